package likeness

import (
	"crypto/sha256"
	_ "embed"
	"fmt"
	"sync"
)

//go:embed words.tsv
var file []byte

// The kinds of classes of the words that come with the program.
const (
	Labels = iota
	Functions
)

// Default gives the words that come with the program.
var Default = sync.OnceValue(func() *Index {
	m, err := Read(file)
	if err != nil {
		panic("words.tsv: " + err.Error()) // it is embedded
	}
	return m.Index()
})

// Version names the words that come with the program: the beginning of a hash.
var Version = sync.OnceValue(func() string { return fmt.Sprintf("%x", sha256.Sum256(file))[:12] })
