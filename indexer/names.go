package indexer

import (
	"slices"
	"strings"
	"sync"

	"jobsieve/concept"
	"jobsieve/facts"
	"jobsieve/lexicon"
)

// mostNames is the most names of one thing that a document is given.
const mostNames = 40

// factNames gives, by fact and value, the names of the value in three languages.
var factNames = sync.OnceValue(func() map[string]map[string][]string {
	out := map[string]map[string][]string{}
	for _, known := range facts.Reference(lexicon.Embedded()) {
		values := map[string][]string{}
		for _, e := range known.Entries {
			values[e.Value] = append(values[e.Value], PlainNames(e.Patterns)...)
		}
		out[known.Fact] = values
	}
	return out
})

// PlainNames makes names of patterns of package phrase; it leaves out patterns of several phrases, and names beyond the most.
func PlainNames(patterns []string) (out []string) {
	for _, p := range patterns {
		if !strings.ContainsAny(p, "(|<.") && len(out) < mostNames {
			out = append(out, strings.ReplaceAll(p, "~", ""))
		}
	}
	return out
}

// Names gives the names, in three languages, of the document's places, label and
// shifts, and of concepts: by these a server finds it whatever language it is in.
func Names(d *Document, concepts []string) (out []string) {
	known := factNames()
	add := func(fact string, values ...string) {
		for _, v := range values {
			out = append(out, known[fact][v]...)
		}
	}
	for _, place := range slices.Concat(d.City, d.State) {
		out = append(out, facts.NamesOf(place)...)
	}
	add("shift", d.Shift...)
	add("mode", d.Mode)
	for _, name := range append([]string{"label." + strings.ToLower(d.Label)}, concepts...) {
		out = append(out, PlainNames(concept.Standard().Words(name))...)
	}
	return out
}
