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
	// Words gives how much a term of a list counts that has one word, two, and
	// three or more.
	Words []float64 `yaml:"words"`
	// Common gives the share that a term counts whose rarest word is a common
	// one: in one of five postings, of twenty, of a hundred, of three hundred.
	Common []float64 `yaml:"common"`
	// Distance is how many words between the terms of a combination halve it.
	Distance float64 `yaml:"distance"`
	// Rest is the share of what is said of a function beside the strongest, in
	// one place; and of the functions of a label beside the strongest.
	Rest float64 `yaml:"rest"`
	// Also is the share of what else one sentence says of a function.
	Also float64 `yaml:"also"`
	// Same is the share that the same words count when they are said again.
	Same float64 `yaml:"same"`
	// Most is the most that is counted of what is said of a function in one
	// place, Least the least that a match must count.
	Most  float64 `yaml:"most"`
	Least float64 `yaml:"least"`
	// Led is the share that a match in a title counts beside a rule that leads.
	Led float64 `yaml:"led"`
	// Outspoken is what the duties must say, by the root of their number, to
	// be as clear as can be. Then Overruled is the share that a title counts,
	// Border that of a border title, and what is required counts less by the
	// share Silenced.
	Outspoken float64 `yaml:"outspoken"`
	Overruled float64 `yaml:"overruled"`
	Border    float64 `yaml:"border"`
	// Unborne is the share that a title counts for a function that the duties do
	// not mention, where they mention others.
	Unborne float64 `yaml:"unborne"`
	// Phrases is the share that a phrase of a rule counts in a description,
	// beside terms that are combined.
	Phrases  float64 `yaml:"phrases"`
	Silenced float64 `yaml:"silenced"`
	// Requirement is the share that a match counts in a sentence about what
	// the applicant should bring, Lone that of something merely mentioned.
	Requirement float64 `yaml:"requirement"`
	Lone        float64 `yaml:"lone"`
	// Mentioned is the most that what is merely mentioned may count.
	Mentioned float64 `yaml:"mentioned"`
	// Seldom is the share of work that is done now and then.
	Seldom float64 `yaml:"seldom"`
	// Condition is the share that a condition counts, Conditions the most that
	// all conditions of a label may.
	Condition  float64 `yaml:"condition"`
	Conditions float64 `yaml:"conditions"`
	// Mixed is the share of the stronger label's functions from which on the
	// weaker one's make the work mixed; then the conditions settle it, if those
	// of one label weigh Settles more than those of the other.
	Mixed   float64 `yaml:"mixed"`
	Settles float64 `yaml:"settles"`
	// Halves is Mixed where the posting says that the work has two halves.
	Halves float64 `yaml:"halves"`
	// Joined is Mixed where a title alone names the work.
	Joined float64 `yaml:"joined"`
	// Likeness is the share of all points that the words of labelled postings give
	// beside the rules; 0 leaves them out.
	Likeness float64 `yaml:"likeness"`
	// Functions is how much those words count, beside the rules, for which function
	// of a label the work is.
	Functions float64 `yaml:"functions"`
	// Sure is the power to which a lead is raised for the margin: the labelled postings
	// say how often a lead, as a part of all points, is right.
	Sure float64 `yaml:"sure"`
	// Threshold is what a label needs.
	Threshold threshold `yaml:"threshold"`
	Earlier   earlier   `yaml:",inline"`
}

// tells says how much a term or phrase tells: more the rarer its rarest word, and
// the more words it has.
func (sc *scoring) tells(rarest float64, words int) float64 {
	if len(sc.Words) != numWords {
		return rarest // the check of the scoring says what is wrong
	}
	return rarest * sc.Words[min(max(words, 1), numWords)-1]
}

// threshold is what a label needs: Root times the root of the number of
// sentences, at least Least, at most Most.
type threshold struct {
	Root  float64 `yaml:"root"`
	Least float64 `yaml:"least"`
	Most  float64 `yaml:"most"`
	// Title is what a title needs by itself, where no work is described.
	Title float64 `yaml:"title"`
}

// earlier are numbers of earlier rule books: files that give them are read, and
// they change nothing.
type earlier struct {
	Caps     map[string]float64 `yaml:"caps"`
	Neither  float64            `yaml:"neither"`
	Untitled float64            `yaml:"untitled"`
	Silent   float64            `yaml:"silent"`
	Repeats  []float64          `yaml:"repeats"`
	Score    float64            `yaml:"score"`
	Margin   float64            `yaml:"margin"`
}

// clone gives a scoring that can be changed without changing s.
func (sc scoring) clone() scoring {
	sc.Fields = maps.Clone(sc.Fields)
	sc.Words, sc.Common = slices.Clone(sc.Words), slices.Clone(sc.Common)
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
		"distance": sc.Distance, "rest": sc.Rest, "also": sc.Also, "same": sc.Same, "most": sc.Most, "least": sc.Least, "led": sc.Led,
		"outspoken": sc.Outspoken, "overruled": sc.Overruled, "border": sc.Border, "unborne": sc.Unborne, "phrases": sc.Phrases, "silenced": sc.Silenced,
		"requirement": sc.Requirement, "lone": sc.Lone, "seldom": sc.Seldom, "mentioned": sc.Mentioned, "condition": sc.Condition, "conditions": sc.Conditions,
		"mixed": sc.Mixed, "settles": sc.Settles, "halves": sc.Halves, "joined": sc.Joined, "likeness": sc.Likeness, "functions": sc.Functions, "sure": sc.Sure,
	} {
		number(v, key)
	}
	for key, v := range map[string]float64{"root": sc.Threshold.Root, "title": sc.Threshold.Title, "least": sc.Threshold.Least, "most": sc.Threshold.Most} {
		number(v, "threshold", key)
	}
	for field, v := range sc.Fields {
		number(v, "fields", field)
		if names := fieldNames(); !slices.Contains(names, field) && f.Tag("scoring", "fields", field) != "" {
			f.Fault("unknown field; "+strictyaml.Expected(field, names), "scoring", "fields", field)
		}
	}
	for key, list := range map[string][]float64{"words": sc.Words, "common": sc.Common} {
		for i, v := range list {
			number(v, key, i)
		}
	}
	if len(sc.Words) != numWords && f.Tag("scoring", "words") != "" {
		f.Fault("expected three numbers: for terms of one word, of two, and of more", "scoring", "words")
	}
	if len(sc.Common) != len(commonLists) && f.Tag("scoring", "common") != "" {
		f.Fault(fmt.Sprintf("expected %d numbers, one for each list of common words", len(commonLists)), "scoring", "common")
	}
}

// numWords is how many numbers scoring has for terms by their words.
const numWords = 3

func fieldNames() []string {
	names := make([]string, len(job.Fields))
	for i, f := range job.Fields {
		names[i] = string(f)
	}
	return names
}
