// Package facts reads from a posting what analysts group by and rules test:
// place, experience, education, shift, mode of work, openings, languages asked
// for, skills, date and language.
//
// A posting with its parsed texts enters, job.Facts leave, each with the text
// that it was read from. What is not stated stays empty; nothing is guessed
// from the employer's name. There is no clock: a relative date counts from the
// posting's own crawl time or is left open.
package facts

import (
	"strconv"

	"jobsieve/job"
	"jobsieve/text"
)

// Docs gives the parsed text of each field of a posting.
type Docs func(job.Field) *text.Doc

// Read reads a posting's facts; posted is what Posted says of it.
func (rd *Reader) Read(p *job.Posting, docs Docs, posted job.Opt) job.Facts {
	r := reader{words: &rd.words, posting: p, docs: docs}
	const usual = 4
	f := &r.facts
	f.Readings = make([]job.FactSpan, 0, usual)
	f.Places = r.places()
	f.Experience = r.experience()
	f.Education = r.education()
	f.Shift = r.shifts()
	f.Mode = r.mode()
	f.Openings = r.openings()
	f.Languages = r.languages()
	f.Skills = r.skills()
	f.Posted = posted
	f.Language = job.Language(text.DetectLanguage(docs(job.FieldTitle), docs(job.FieldDescription)))
	return *f
}

// reader gathers the facts of one posting.
type reader struct {
	*words
	posting *job.Posting
	docs    Docs
	facts   job.Facts
}

// note records that tokens first up to but not including end of a field were
// read as a fact.
func (r *reader) note(fact, value string, f job.Field, first, end int) {
	d := r.docs(f)
	if first >= end || end > len(d.Tokens) {
		return
	}
	r.facts.Readings = append(r.facts.Readings, job.FactSpan{
		Fact: fact, Value: value, Field: f,
		Start: d.Tokens[first].Start, End: d.Tokens[end-1].End, Text: d.Slice(first, end),
	})
}

// number writes a number the short way: 2, 0.5.
func number(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }

// span gives the readable form of a range: "2-5", "3-", "-2".
func span(lo, hi *float64) string {
	s := ""
	if lo != nil {
		s = number(*lo)
	}
	s += "-"
	if hi != nil {
		s += number(*hi)
	}
	return s
}
