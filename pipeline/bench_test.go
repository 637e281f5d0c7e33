package pipeline

import (
	"regexp"
	"strings"
	"testing"

	ahocorasick "github.com/petar-dambovaliev/aho-corasick"

	"jobsieve/classifier"
	"jobsieve/internal/realtest"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/pay"
	"jobsieve/text"
)

// describedAndBare gives the real postings with and those without a
// description.
func describedAndBare(b *testing.B) (with, without []job.Posting) {
	b.Helper()
	for _, p := range realtest.Postings(b) {
		if p.Description != "" {
			with = append(with, p)
		} else {
			without = append(without, p)
		}
	}
	if len(with) != 2759 || len(without) != 17355 {
		b.Fatalf("%d postings with and %d without a description", len(with), len(without))
	}
	return with, without
}

func size(ps []job.Posting) (n int64) {
	for i := range ps {
		for _, f := range job.Fields {
			n += int64(len(ps[i].Text(f)))
		}
	}
	return n
}

// each runs f over all postings, b.N times, and reports bytes of their fields
// and allocations a posting.
func each(b *testing.B, ps []job.Posting, f func(*job.Posting) int) {
	b.Helper()
	b.SetBytes(size(ps))
	b.ReportAllocs()
	found := 0
	for b.Loop() {
		found = 0
		for i := range ps {
			found += f(&ps[i])
		}
	}
	b.ReportMetric(float64(found), "found")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(ps)), "ns/posting")
	if found == 0 {
		b.Error("nothing was found")
	}
}

// BenchmarkLabels measures, for postings with and without a description:
// normalising; matching all phrases, normalising included; a whole verdict from
// the raw text, of a posting whose facts and pay are read; everything, with
// facts and pay; the facts alone; and, for comparison, one regular expression of all phrases and
// an Aho-Corasick automaton of them, over lower-cased text.
func BenchmarkLabels(b *testing.B) {
	with, without := describedAndBare(b)
	r, err := NewReader("", nil)
	if err != nil {
		b.Fatal(err)
	}
	plain := r.Classifier().PlainPhrases()
	quoted := make([]string, len(plain))
	for i, p := range plain {
		quoted[i] = regexp.QuoteMeta(p)
	}
	alternation := regexp.MustCompile(`\b(?:` + strings.Join(quoted, "|") + `)\b`)
	builder := ahocorasick.NewAhoCorasickBuilder(ahocorasick.Opts{DFA: true, MatchKind: ahocorasick.LeftMostLongestMatch})
	automaton := builder.Build(plain)
	b.Logf("%d plain phrases", len(plain))
	for _, set := range []struct {
		name string
		ps   []job.Posting
	}{{"described", with}, {"bare", without}} {
		b.Run(set.name+"/normalise", func(b *testing.B) {
			var d text.Doc
			each(b, set.ps, func(p *job.Posting) (n int) {
				for _, f := range job.Fields {
					d.Reset(p.Text(f))
					n += len(d.Tokens)
				}
				return n
			})
		})
		b.Run(set.name+"/match", func(b *testing.B) {
			m := r.Classifier().NewMatcher()
			each(b, set.ps, func(p *job.Posting) int { return m.Count(p) })
		})
		read := make(map[*job.Posting]ledger.Reading, len(set.ps))
		for i := range set.ps {
			read[&set.ps[i]] = r.Read(&set.ps[i])
		}
		b.Run(set.name+"/verdict", func(b *testing.B) {
			var ds documentSet
			each(b, set.ps, func(p *job.Posting) int {
				known := read[p]
				v := r.classifier.Classify(ds.parse(r.facts, p), &known.Facts, &known.Pay)
				if v.Label != known.Verdict.Label || len(v.Evidence) != len(known.Verdict.Evidence) {
					b.Fatalf("%s: %s, and %s before", p.ID, v.Label, known.Verdict.Label)
				}
				return 1 + len(v.Evidence)
			})
		})
		b.Run(set.name+"/reading", func(b *testing.B) {
			each(b, set.ps, func(p *job.Posting) int { return 1 + len(r.Read(p).Verdict.Evidence) })
		})
		b.Run(set.name+"/regexp", func(b *testing.B) {
			each(b, set.ps, func(p *job.Posting) (n int) {
				for _, f := range classifier.Fields {
					n += len(alternation.FindAllStringIndex(strings.ToLower(p.Text(f)), -1))
				}
				return n
			})
		})
		b.Run(set.name+"/ahocorasick", func(b *testing.B) {
			each(b, set.ps, func(p *job.Posting) (n int) {
				for _, f := range classifier.Fields {
					n += len(automaton.FindAll(strings.ToLower(p.Text(f))))
				}
				return n
			})
		})
		b.Run(set.name+"/facts", func(b *testing.B) {
			var ds documentSet
			each(b, set.ps, func(p *job.Posting) int { f := r.facts.Read(p, ds.parse(r.facts, p), ""); return 1 + len(f.Readings) })
		})
	}
}

// BenchmarkPayFields reads every pay field of the real postings.
func BenchmarkPayFields(b *testing.B) {
	with, without := describedAndBare(b)
	var fields []string
	var bytes int64
	for _, ps := range [][]job.Posting{with, without} {
		for i := range ps {
			if s := ps[i].Salary; s != "" {
				fields = append(fields, s)
				bytes += int64(len(s))
			}
		}
	}
	b.SetBytes(bytes)
	b.ReportAllocs()
	stated := 0
	for b.Loop() {
		stated = 0
		for _, s := range fields {
			if p := pay.Standard().Read(job.FieldSalary, s, pay.Defaults{}); p.Min != nil || p.Max != nil {
				stated++
			}
		}
	}
	b.ReportMetric(float64(len(fields))*float64(b.N)/b.Elapsed().Seconds(), "fields/s")
	b.ReportMetric(float64(stated), "stated")
	if stated == 0 {
		b.Error("no pay was read")
	}
}
