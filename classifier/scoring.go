package classifier

import (
	"fmt"
	"maps"
	"slices"

	"jobsieve/internal/strictyaml"
	"jobsieve/job"
)

// scoring holds the numbers that turn matches into a verdict.
type scoring struct {
	// Fields gives how much a match counts by where it is.
	Fields map[string]float64 `yaml:"fields"`
	// Caps gives the most that all matches of one function may count, by
	// field.
	Caps map[string]float64 `yaml:"caps"`
	// Neither is what speaks for UNCLASSIFIED from the start.
	Neither float64 `yaml:"neither"`
	// Conditions is the most that all conditions of a label may count.
	Conditions float64 `yaml:"conditions"`
	// Requirement is the share that a match counts in a sentence about what
	// the applicant should bring.
	Requirement float64 `yaml:"requirement"`
	// Untitled also speaks for UNCLASSIFIED, where the title names no work.
	Untitled float64 `yaml:"untitled"`
	// Led is the share that a match in a title counts beside a rule that leads.
	Led float64 `yaml:"led"`
	// Unborne is the share that a title counts for a function that the duties do
	// not mention, where they mention others.
	Unborne float64 `yaml:"unborne"`
	// Mixed is the share of the stronger label's functions from which on the
	// weaker one's make the work mixed; then the conditions settle it, if those
	// of one label weigh Settles more than those of the other.
	Mixed   float64 `yaml:"mixed"`
	Settles float64 `yaml:"settles"`
	// Silent is how many times the skills count where the title names no work.
	Silent float64 `yaml:"silent"`
	// Repeats gives the share that the first, second, … match of one rule in
	// one field counts.
	Repeats []float64 `yaml:"repeats"`
	// Score and Margin are the least that a label needs.
	Score  float64 `yaml:"score"`
	Margin float64 `yaml:"margin"`
}

// clone gives a scoring that can be changed without changing s.
func (sc scoring) clone() scoring {
	sc.Fields, sc.Caps, sc.Repeats = maps.Clone(sc.Fields), maps.Clone(sc.Caps), slices.Clone(sc.Repeats)
	return sc
}

// mostPoints is the most that a number of the scoring may be.
const mostPoints = 1000

// check finds the numbers that a file gives which can't be meant.
func (sc *scoring) check(f *strictyaml.File) {
	number := func(v float64, key ...any) {
		if at := append([]any{"scoring"}, key...); f.Tag(at...) != "" && !(v >= 0 && v <= mostPoints) {
			f.Fault(fmt.Sprintf("expected a number from 0 to %d, got %v", mostPoints, v), at...)
		}
	}
	for key, v := range map[string]float64{
		"neither": sc.Neither, "conditions": sc.Conditions, "requirement": sc.Requirement, "untitled": sc.Untitled,
		"led": sc.Led, "unborne": sc.Unborne,
		"mixed": sc.Mixed, "settles": sc.Settles, "silent": sc.Silent, "score": sc.Score, "margin": sc.Margin,
	} {
		number(v, key)
	}
	for part, byField := range map[string]map[string]float64{"fields": sc.Fields, "caps": sc.Caps} {
		for field, v := range byField {
			number(v, part, field)
			if names := fieldNames(); !slices.Contains(names, field) && f.Tag("scoring", part, field) != "" {
				f.Fault("unknown field; "+strictyaml.Expected(field, names), "scoring", part, field)
			}
		}
	}
	for i, v := range sc.Repeats {
		number(v, "repeats", i)
	}
	if len(sc.Repeats) == 0 && f.Tag("scoring", "repeats") != "" {
		f.Fault("expected at least one number: how much the first match of a rule counts", "scoring", "repeats")
	}
}

func fieldNames() []string {
	names := make([]string, len(job.Fields))
	for i, f := range job.Fields {
		names[i] = string(f)
	}
	return names
}
