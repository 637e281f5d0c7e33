// Package stem brings words in normal form to their stems, which are the same in
// every index. It is the home of bleve's stemmers.
package stem

import (
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/hi"
	"github.com/blevesearch/bleve/v2/analysis/token/porter"
)

var (
	english = porter.NewPorterStemmer()
	hindi   = hi.NewHindiStemmerFilter()
)

// Of gives the stem of a word in normal form: the Hindi one of a word in
// Devanagari, else the English one. Stems that were made are remembered, for the
// words of postings are few.
func Of(word string) string {
	if word == "" || word[0] >= '0' && word[0] <= '9' {
		return word
	}
	known.RLock()
	stem, ok := known.stems[word]
	known.RUnlock()
	if ok {
		return stem
	}
	stem = makeStem(word)
	known.Lock()
	defer known.Unlock()
	if len(known.stems) >= mostKnown {
		clear(known.stems)
	}
	known.stems[strings.Clone(word)] = stem
	return stem
}

// mostKnown is how many stems are remembered: some megabytes.
const mostKnown = 1 << 15

var known = struct {
	sync.RWMutex
	stems map[string]string
}{stems: map[string]string{}}

func makeStem(word string) string {
	stream := analysis.TokenStream{{Term: []byte(word)}}
	if word[0] < 0x80 {
		stream = english.Filter(stream)
	} else {
		stream = hindi.Filter(stream)
	}
	return string(stream[0].Term)
}
