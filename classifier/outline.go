package classifier

import (
	"jobsieve/job"
	"jobsieve/lexicon"
)

// Outline is what is known of a rule book without compiling it.
type Outline struct {
	// Version is that of the compiled rule book.
	Version  string
	Labels   job.Labels
	Criteria []Criterion
	// Lexicon has the words of the rule book too.
	Lexicon *lexicon.Lexicon
}

// ReadOutline reads the rule book that New compiles, and compiles nothing, which
// takes a small part of the time. Its error is strictyaml.Faults where there are
// faults; those of phrases are found by New only.
func ReadOutline(dir string) (*Outline, error) {
	layers, err := layersOf(dir)
	if err != nil {
		return nil, err
	}
	s, err := readSpec(layers)
	if err != nil {
		return nil, err
	}
	s.check()
	if len(s.faults) > 0 {
		s.faults.Sort()
		return nil, s.faults
	}
	return &Outline{s.hash, s.labels, s.criteria, s.lexicon}, nil
}
