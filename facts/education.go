package facts

import (
	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// education reads the lowest level that is enough: from the description, else
// the title, else the skills.
func (r *reader) education() job.Opt {
	for _, f := range []job.Field{job.FieldDescription, job.FieldTitle, job.FieldSkills} {
		if e := r.educationIn(f); e != "" {
			return job.Opt(e)
		}
	}
	return ""
}

func (r *reader) educationIn(f job.Field) job.Education {
	d := r.docs(f)
	hits := r.words.education.Hits(d)
	best, at := len(job.EducationLevels), -1
	for i, h := range hits {
		level := levelOf(h.Value)
		if level < 0 || level >= best || wished(d, hits, i) || r.isAmbiguous(d, hits, i) || r.studentOf(d, h) {
			continue
		}
		best, at = level, i
	}
	if at < 0 {
		return ""
	}
	e := job.EducationLevels[best]
	r.note("education", string(e), f, hits[at].First, hits[at].End)
	return e
}

func levelOf(value string) int {
	for i, e := range job.EducationLevels {
		if string(e) == value {
			return i
		}
	}
	return -1
}

// wished reports a level that is only preferred: such a word stands in the
// same clause and no other level does between.
func wished(d *text.Doc, hits []phrase.Hit[string], i int) bool {
	for j := i + 1; j < len(hits) && hits[j].First-hits[i].End < 7 && clause(d, hits[i].End, hits[j].First); j++ {
		if hits[j].Value == valuePreferred {
			return true
		}
	}
	if j := i - 1; j >= 0 && hits[j].Value == valuePreferred && hits[i].First-hits[j].End < 2 && clause(d, hits[j].End, hits[i].First) {
		return true
	}
	return false
}

// clause reports that there is no sentence end or comma among tokens i to j.
func clause(d *text.Doc, i, j int) bool {
	for ; i < j; i++ {
		if d.Stop(i) || d.Is(i, ",") {
			return false
		}
	}
	return true
}

// isAmbiguous reports a short word without a word of demand or another level
// beside it.
func (w *words) isAmbiguous(d *text.Doc, hits []phrase.Hit[string], i int) bool {
	h := hits[i]
	if !w.ambiguous[phraseOf(d, h.First, h.End)] {
		return false
	}
	const beside = 2
	for _, o := range phrase.Near(hits, h.First-beside-1, h.End+beside+1) {
		if o != h && o.Value != valuePreferred && d.Unbroken(min(h.End, o.End), max(h.First, o.First)) {
			return false
		}
	}
	return true
}

// phraseOf gives the normal form of tokens i to j.
func phraseOf(d *text.Doc, i, j int) string {
	s := ""
	for ; i < j; i++ {
		if d.Tokens[i].Kind == text.Symbol && !d.Is(i, "+") {
			continue
		}
		if s != "" && d.Tokens[i].Kind == text.Word && d.Tokens[i].Glued && d.Tokens[i-1].Kind == text.Number {
			s += d.Tokens[i].Norm
			continue
		}
		if s != "" && s != "+" {
			s += " "
		}
		s += d.Tokens[i].Norm
	}
	return s
}

// studentOf reports levels that the work is for, not asked of the applicant:
// "students of class 10", "12th grade maths".
func (w *words) studentOf(d *text.Doc, h phrase.Hit[string]) bool {
	after := next(d, h.End)
	switch {
	case w.students[after] && !(after == "students" && d.Is(h.End+1, "can")):
		return true
	case h.End-h.First <= 2 && w.months[after]:
		return true
	}
	return d.Is(h.First-1, "students") || d.Is(h.First-1, "to") || d.Is(h.End, "-") && d.IsKind(h.End+1, text.Number)
}
