package classifier

import (
	"math"
	"slices"

	"jobsieve/job"
	"jobsieve/text"
)

// Docs gives the parsed text of each field of a posting.
type Docs func(job.Field) *text.Doc

// points are what speaks for each function, by field, and for each label
// through conditions.
type points struct {
	function  map[job.Function]map[job.Field]float64
	condition map[job.Label]float64
}

// Classify gives a posting's verdict.
func (c *Classifier) Classify(docs Docs, facts *job.Facts, pay *job.Pay) job.Verdict {
	return c.verdict(docs, c.matches(docs, facts, pay))
}

// verdict sums up what the rules matched.
func (c *Classifier) verdict(docs Docs, ms []match) job.Verdict {
	p := points{map[job.Function]map[job.Field]float64{}, map[job.Label]float64{}}
	v := job.Verdict{RulesVersion: c.version, Criteria: []string{}, Evidence: []job.Evidence{}}
	var cancelled []job.Evidence
	counted := map[count]int{}
	leaders := c.leaders(ms)
	for _, m := range ms {
		r := &c.rules[m.rule]
		weight := c.weigh(&m, counted)
		if m.field == job.FieldTitle && len(leaders) > 0 && r.names() && !slices.Contains(leaders, r.label) {
			weight *= c.scoring.Led
		}
		if r.spec.other {
			if weight > 0 {
				p.add(job.FunctionNone, m.field, weight)
			}
			continue
		}
		e := c.evidence(docs, &m, weight)
		if m.share == 0 {
			e.Weight = c.fieldWeight(m.field) * r.spec.Weight
			cancelled = appendFew(cancelled, e)
			continue
		}
		v.Outsourced = v.Outsourced || r.spec.Outsourced
		v.Evidence = appendFew(v.Evidence, e)
		if !slices.Contains(v.Criteria, r.criterion.ID) {
			v.Criteria = append(v.Criteria, r.criterion.ID)
		}
		switch {
		case r.function != "":
			p.add(r.function, m.field, weight)
		case !r.spec.Outsourced:
			p.condition[r.label] += weight
		}
	}
	slices.SortFunc(v.Criteria, c.compareCriteria)
	c.decide(&v, &p, cancelled)
	return v
}

// mostEvidence is how much evidence is shown; what is beyond it, in a text that
// repeats the same words without end, counts all the same.
const mostEvidence = 1000

func appendFew(list []job.Evidence, e job.Evidence) []job.Evidence {
	if len(list) >= mostEvidence {
		return list
	}
	return append(list, e)
}

// matches finds what every rule matches.
func (c *Classifier) matches(docs Docs, facts *job.Facts, pay *job.Pay) []match {
	var ms []match
	for _, f := range Fields {
		ms = c.matchField(f, docs(f), ms)
	}
	return append(ms, c.matchFacts(facts, pay)...)
}

// Unheard gives what rules matched that speaks for no label: for work of
// another kind, without a criterion, or taken back by what else is said, with
// the weight 0.
func (c *Classifier) Unheard(docs Docs, facts *job.Facts, pay *job.Pay) []job.Evidence {
	var out []job.Evidence
	counted := map[count]int{}
	for _, m := range c.matches(docs, facts, pay) {
		weight := c.weigh(&m, counted)
		if c.rules[m.rule].spec.other && weight > 0 || m.share == 0 {
			out = appendFew(out, c.evidence(docs, &m, weight))
		}
	}
	return out
}

// leaders are the labels that lead in the title.
func (c *Classifier) leaders(ms []match) (out []job.Label) {
	for _, m := range ms {
		if r := &c.rules[m.rule]; r.spec.Leads && m.field == job.FieldTitle && m.share > 0 && !slices.Contains(out, r.label) {
			out = append(out, r.label)
		}
	}
	return out
}

func (c *Classifier) compareCriteria(a, b string) int {
	order := func(id string) int {
		return slices.IndexFunc(c.names.criteria, func(k Criterion) bool { return k.ID == id })
	}
	return order(a) - order(b)
}

func (p *points) add(f job.Function, field job.Field, weight float64) {
	if p.function[f] == nil {
		p.function[f] = map[job.Field]float64{}
	}
	p.function[f][field] += weight
}

// matchFacts finds the rules whose facts hold.
func (c *Classifier) matchFacts(facts *job.Facts, pay *job.Pay) []match {
	var out []match
	for _, i := range c.facts {
		spots, ok := c.rules[i].facts.hold(facts, pay)
		if !ok {
			continue
		}
		for _, s := range spots {
			out = append(out, match{rule: i, field: s.field, start: s.start, end: s.end, share: 1})
		}
	}
	return out
}

func (c *Classifier) fieldWeight(f job.Field) float64 {
	if w, ok := c.scoring.Fields[string(f)]; ok {
		return w
	}
	return 1
}

// count says what is counted: a rule's matches in a field, those of one phrase.
type count struct {
	rule   int
	field  job.Field
	phrase string
}

// weigh gives what a match counts. The same rule counts less each further time
// in a field, the same words count once; a rule of facts counts once.
func (c *Classifier) weigh(m *match, counted map[count]int) float64 {
	r := &c.rules[m.rule]
	if m.share == 0 {
		return 0
	}
	if r.facts != nil {
		counted[count{rule: m.rule}]++
		if counted[count{rule: m.rule}] > 1 {
			return 0
		}
		return r.spec.Weight
	}
	same := count{m.rule, m.field, m.phrase}
	counted[same]++
	if counted[same] > 1 {
		return 0
	}
	times := count{m.rule, m.field, ""}
	n := counted[times]
	counted[times]++
	if n >= len(c.scoring.Repeats) {
		return 0
	}
	return c.fieldWeight(m.field) * r.spec.Weight * m.share * c.scoring.Repeats[n]
}

func (c *Classifier) evidence(docs Docs, m *match, weight float64) job.Evidence {
	r := &c.rules[m.rule]
	return job.Evidence{
		Rule: r.spec.ID, Criterion: r.criterion.ID, Field: m.field, Start: m.start, End: m.end,
		Text: docs(m.field).Text[m.start:m.end], Weight: round(weight),
	}
}

// total is what speaks for a function in all fields.
func (c *Classifier) total(p *points, f job.Function) float64 {
	sum := 0.0
	for _, field := range job.Fields { // in a fixed order, since sums of floats depend on it
		v, ok := p.function[f][field]
		if !ok {
			continue
		}
		if most, ok := c.scoring.Caps[string(field)]; ok {
			v = min(v, most)
		}
		switch {
		case field == job.FieldTitle && c.unborne(p, f):
			v *= c.scoring.Unborne
		case field == job.FieldSkills && p.silent(job.FieldTitle):
			v *= c.scoring.Silent
		}
		sum += v
	}
	return sum
}

// silent reports whether a field speaks for no function.
func (p *points) silent(f job.Field) bool {
	for _, fields := range p.function {
		if fields[f] > 0 {
			return false
		}
	}
	return true
}

// unborne reports whether the duties mention functions, but not this one.
func (c *Classifier) unborne(p *points, f job.Function) bool {
	const plain = 1.5 // what a plain duty counts
	if p.function[f][job.FieldDescription] > 0 {
		return false
	}
	for _, fields := range p.function {
		if fields[job.FieldDescription] >= plain {
			return true
		}
	}
	return false
}

// side is a label with what speaks for it: its functions, and the conditions.
type side struct {
	label     job.Label
	at        int // its place in the rule book
	function  job.Function
	functions float64
	condition float64
}

func (s *side) points() float64 { return s.functions + s.condition }

// sideOf sums up a label: its strongest function, half of the others, and its
// conditions where any function speaks for it.
func (c *Classifier) sideOf(l *job.LabelFunctions, p *points) side {
	s := side{label: l.Label}
	best, all := 0.0, 0.0
	for _, f := range l.Functions {
		v := c.total(p, f)
		all += v
		if v > best {
			best, s.function = v, f
		}
	}
	s.functions = best + (all-best)/2
	if s.functions > 0 {
		s.condition = min(p.condition[l.Label], c.scoring.Conditions)
	}
	return s
}

// contest is what speaks for the two strongest labels, and for none.
type contest struct {
	// first is the stronger; where the work is mixed, the one whose conditions
	// speak more. Of equals the earlier in the rule book comes first.
	first, second side
	mixed         bool // work of both kinds, of much the same weight
	neither       float64
	sum           float64 // of all labels and neither
}

// contestOf sums up what speaks for every label.
func (c *Classifier) contestOf(p *points) contest {
	t := contest{neither: c.scoring.Neither + c.total(p, job.FunctionNone)}
	if p.silent(job.FieldTitle) {
		t.neither += c.scoring.Untitled
	}
	for i := range c.names.labels {
		if l := &c.names.labels[i]; l.Label != job.Unclassified {
			s := c.sideOf(l, p)
			s.at = i
			t.sum += s.points()
			t.enter(s)
		}
	}
	if t.sum += t.neither; t.sum == 0 {
		t.sum = 1
	}
	t.settle(c.scoring.Mixed)
	return t
}

// enter takes in a label that comes later in the rule book than those before.
func (t *contest) enter(s side) {
	switch {
	case t.first.label == "":
		t.first = s
	case s.points() > t.first.points():
		t.first, t.second = s, t.first
	case t.second.label == "" || s.points() > t.second.points():
		t.second = s
	}
}

// settle says whether the work is mixed, which takes at least share; then the
// conditions say which label comes first.
func (t *contest) settle(share float64) {
	a, b := &t.first, &t.second
	t.mixed = min(a.functions, b.functions) > share*max(a.functions, b.functions)
	if t.mixed && (b.condition > a.condition || b.condition == a.condition && b.at < a.at) {
		t.first, t.second = t.second, t.first
	}
}

// decide fills in label, function, score, margin and reason.
func (c *Classifier) decide(v *job.Verdict, p *points, cancelled []job.Evidence) {
	t := c.contestOf(p)
	score := t.first.points() / t.sum
	lead := score - max(t.second.points(), t.neither)/t.sum
	v.Label, v.Function = t.first.label, t.first.function
	v.Score, v.Margin = round(score), round(max(0, lead))
	reason := c.reasonAgainst(&t, score, lead, len(cancelled) > 0)
	if reason == "" {
		return
	}
	v.Reason = job.Opt(reason)
	v.Label, v.Function = job.Unclassified, job.FunctionNone
	v.Score = round(t.neither / t.sum)
	v.Margin = round(max(0, (t.neither-t.first.points())/t.sum))
	if reason == job.ReasonCancelled {
		v.Evidence = append(v.Evidence, cancelled...)
	}
}

// reasonAgainst says why the first label does not stand, empty where it does.
func (c *Classifier) reasonAgainst(t *contest, score, lead float64, cancelled bool) job.Reason {
	first, second := &t.first, &t.second
	switch {
	case first.functions == 0 && cancelled:
		return job.ReasonCancelled
	case first.functions == 0:
		return job.ReasonNoEvidence
	case t.mixed && first.condition-second.condition < c.scoring.Settles:
		return job.ReasonTie
	case t.mixed && first.points()+second.points() > t.neither: // the conditions settle it
		return ""
	case score < c.scoring.Score || t.neither >= first.points():
		return job.ReasonBelowThreshold
	case lead < c.scoring.Margin && second.points() > t.neither:
		return job.ReasonTie
	case lead < c.scoring.Margin:
		return job.ReasonBelowThreshold
	}
	return ""
}

// round keeps four decimals.
func round(v float64) float64 { return math.Round(v*1e4) / 1e4 }
