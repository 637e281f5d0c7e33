package lexicon

import (
	"crypto/sha256"
	"embed"
	"fmt"
	"path"
	"sync"

	"jobsieve/internal/strictyaml"
)

//go:embed words/*.yaml
var files embed.FS

// wordFile is one file of lists.
type wordFile struct {
	Kind  Kind   `yaml:"kind"`
	Lists []List `yaml:"lists"`
}

// Embedded is the lexicon that comes with the program.
var Embedded = sync.OnceValue(func() *Lexicon {
	x, faults := readEmbedded()
	if len(faults) > 0 {
		panic(faults) // the files are embedded, and a test reads them
	}
	return x
})

// readEmbedded reads the embedded files; the entries are left unchecked.
func readEmbedded() (*Lexicon, strictyaml.Faults) {
	x := &Lexicon{}
	var faults strictyaml.Faults
	sum := sha256.New()
	for name, data := range embeddedFiles() {
		var w wordFile
		f := strictyaml.Read(name, data, &w)
		if w.Kind != Signals {
			fmt.Fprintf(sum, "%s %d\n", name, len(data))
			sum.Write(data)
		}
		for i := range w.Lists {
			if _, known := x.lists[w.Lists[i].Name]; known {
				f.Fault("a list of another file has this name", "lists", i, "name")
			}
		}
		x = x.With(f, w.Kind, w.Lists)
		faults = append(faults, f.Faults...)
	}
	x.hash = fmt.Sprintf("%x", sum.Sum(nil))[:12]
	return x, faults
}

// embeddedFiles gives the embedded files with their names, in order.
func embeddedFiles() func(yield func(string, []byte) bool) {
	return func(yield func(string, []byte) bool) {
		entries, err := files.ReadDir("words")
		if err != nil {
			panic(err) // the folder is embedded
		}
		for _, e := range entries {
			data, err := files.ReadFile(path.Join("words", e.Name()))
			if err != nil {
				panic(err)
			}
			if !yield(path.Join("lexicon", "words", e.Name()), data) {
				return
			}
		}
	}
}
