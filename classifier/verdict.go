package classifier

import (
	"math"
	"slices"
	"sync"

	"jobsieve/classifier/likeness"
	"jobsieve/job"
	"jobsieve/text"
)

// Docs gives the parsed text of each field of a posting.
type Docs func(job.Field) *text.Doc

// Classify gives a posting's verdict.
func (c *Classifier) Classify(docs Docs, facts *job.Facts, pay *job.Pay) job.Verdict {
	words := c.learnt.Begin()
	defer words.End()
	memory := matchMemory.Get().(*[]match)
	defer matchMemory.Put(memory)
	*memory = c.matchesIn(docs, facts, pay, words, (*memory)[:0])
	return c.verdict(docs, *memory, c.likelyBy(words))
}

// matchMemory holds the matches of one posting, to be reused.
var matchMemory = sync.Pool{New: func() any { return new([]match) }}

// verdict sums up what the rules matched, with how likely the words make each
// label.
func (c *Classifier) verdict(docs Docs, ms []match, likely *likely) job.Verdict {
	s := c.weigh(docs, ms)
	defer scales.Put(s)
	s.likely = likely
	v := job.Verdict{RulesVersion: c.version, Criteria: []string{}, Evidence: []job.Evidence{}}
	s.counts = zeroed(s.counts, len(ms))
	for i := range s.said {
		s.counts[s.said[i].match] = s.said[i].value
	}
	for _, i := range s.conditional {
		s.counts[i] = c.rules[ms[i].rule].spec.Weight * c.scoring.Condition
	}
	var cancelled []job.Evidence
	for i := range ms {
		m := &ms[i]
		r := &c.rules[m.rule]
		switch {
		case r.spec.other:
			continue
		case m.share == 0:
			cancelled = appendFew(cancelled, c.evidence(docs, m, r.spec.Weight*c.fieldWeight(m.field)*m.strength))
			continue
		case s.counts[i] < least:
			continue
		}
		v.Outsourced = v.Outsourced || r.spec.Outsourced
		v.Evidence = appendFew(v.Evidence, c.evidence(docs, m, s.counts[i]))
		if (s.counts[i] >= firing || !r.names()) && !slices.Contains(v.Criteria, r.criterion.ID) {
			v.Criteria = append(v.Criteria, r.criterion.ID)
		}
	}
	c.decide(&v, s, cancelled)
	c.nameCriterion(&v, s, ms)
	slices.SortFunc(v.Criteria, c.compareCriteria)
	return v
}

// nameCriterion names the criterion of what speaks most for the function of a label,
// where all that speaks for it is a mention.
func (c *Classifier) nameCriterion(v *job.Verdict, s *scale, ms []match) {
	most := -1
	for i := range s.said {
		x := &s.said[i]
		if c.works[x.work] == v.Function && (most < 0 || x.value > s.said[most].value) {
			most = i
		}
	}
	if v.Label == job.Unclassified || most < 0 {
		return
	}
	if id := c.rules[ms[s.said[most].match].rule].criterion.ID; !slices.Contains(v.Criteria, id) {
		v.Criteria = append(v.Criteria, id)
	}
}

// firing is the least that a match must count for its criterion to be named: what
// is merely mentioned names none.
const firing = 0.15

// least is the least that a match must count to be shown as evidence.
const least = 0.005

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
func (c *Classifier) matches(docs Docs, facts *job.Facts, pay *job.Pay, words *likeness.Counts) []match {
	return c.matchesIn(docs, facts, pay, words, nil)
}

// matchesIn is matches in the memory of out, which is empty.
func (c *Classifier) matchesIn(docs Docs, facts *job.Facts, pay *job.Pay, words *likeness.Counts, out []match) []match {
	found := finding{c: c, hinglish: hinglishIn(docs), words: words, facts: c.matchFacts(facts, pay), ms: out}
	for _, f := range Fields {
		found.in(f, docs(f))
	}
	return found.all()
}

// Unheard gives what rules matched that speaks for no label: for work of
// another kind, without a criterion, or taken back by what else is said, with
// the weight 0.
func (c *Classifier) Unheard(docs Docs, facts *job.Facts, pay *job.Pay) []job.Evidence {
	var out []job.Evidence
	ms := c.matches(docs, facts, pay, nil)
	for i := range ms {
		if ms[i].share == 0 {
			out = appendFew(out, c.evidence(docs, &ms[i], 0))
		}
	}
	s := c.weigh(docs, ms)
	defer scales.Put(s)
	for _, x := range s.said {
		if c.rules[ms[x.match].rule].spec.other && x.value >= least {
			out = appendFew(out, c.evidence(docs, &ms[x.match], x.value))
		}
	}
	return out
}

// leaders are the labels that lead in the title.
func (c *Classifier) leaders(ms []match) (out []job.Label) {
	for i := range ms {
		m := &ms[i]
		if r := &c.rules[m.rule]; m.field == job.FieldTitle && r.spec.Leads && m.share > 0 && !slices.Contains(out, r.label) {
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

// matchFacts finds the rules whose facts hold.
func (c *Classifier) matchFacts(facts *job.Facts, pay *job.Pay) []match {
	var out []match
	for _, i := range c.facts {
		spots, ok := c.rules[i].facts.hold(facts, pay)
		if !ok {
			continue
		}
		for _, s := range spots {
			out = append(out, match{rule: i, field: s.field, start: s.start, end: s.end, share: 1, strength: 1})
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

func (c *Classifier) evidence(docs Docs, m *match, weight float64) job.Evidence {
	r := &c.rules[m.rule]
	return job.Evidence{
		Rule: r.spec.ID, Criterion: r.criterion.ID, Field: m.field, Start: m.start, End: m.end,
		Text: docs(m.field).Text[m.start:m.end], Weight: round(weight),
	}
}

// side is a label with what speaks for it: its functions, and the conditions.
type side struct {
	label     job.Label
	at        int // its place in the rule book
	function  job.Function
	functions float64
	condition float64
	liked     float64 // what the words add
}

func (s *side) points() float64 { return s.functions + s.condition + s.liked }

// sideOf sums up a label.
func (c *Classifier) sideOf(of *workSide, totals []float64, s *scale) side {
	out := side{label: of.label}
	v, strongest := c.worksOf(totals, of)
	if out.functions = v; strongest >= 0 {
		out.function = c.works[c.likeliest(strongest, totals, of, s.likely)]
		out.condition = min(s.conditions[out.label], c.scoring.Conditions)
	}
	return out
}

// contest is what speaks for the two strongest labels, and for none.
type contest struct {
	// first is the stronger; where the work is mixed, the one whose conditions
	// speak more. Of equals the earlier in the rule book comes first.
	first, second side
	mixed         bool    // work of both kinds, of much the same weight
	named         bool    // a title alone names the work: what it names first counts
	neither       float64 // what speaks for other work
	threshold     float64
	liked         float64 // what the words add to other work and the threshold
	sum           float64 // of all labels and neither
}

// contestOf sums up what speaks for every label.
func (c *Classifier) contestOf(s *scale) contest {
	t := contest{threshold: s.threshold(&c.scoring)}
	totals := s.totals()
	t.neither, _ = c.worksOf(totals, &c.sides[0])
	sides := make([]side, 0, len(c.sides))
	for i := 1; i < len(c.sides); i++ {
		one := c.sideOf(&c.sides[i], totals, s)
		one.at = i
		sides = append(sides, one)
	}
	c.addLikely(&t, sides, s.likely)
	for i := range sides {
		t.sum += sides[i].points()
		t.enter(sides[i])
	}
	if t.sum += t.against(); t.sum == 0 {
		t.sum = 1
	}
	switch {
	case s.halves:
		t.settle(c.scoring.Halves)
	case s.duties:
		t.settle(c.scoring.Mixed)
	default:
		t.settle(c.scoring.Joined)
		t.named = true
	}
	return t
}

// against is what a label has to beat besides the other labels.
func (t *contest) against() float64 { return max(t.neither, t.threshold) + t.liked }

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
	t.mixed = b.functions > 0 && min(a.functions, b.functions) > share*max(a.functions, b.functions)
	if t.mixed && (b.condition > a.condition || b.condition == a.condition && b.at < a.at) {
		t.first, t.second = t.second, t.first
	}
}

// open reports mixed work whose conditions do not settle it: they differ by less
// than least.
func (t *contest) open(least float64) bool {
	return t.mixed && t.first.condition-t.second.condition < least
}

// decide fills in label, function, score, margin and reason.
func (c *Classifier) decide(v *job.Verdict, s *scale, cancelled []job.Evidence) {
	t := c.contestOf(s)
	if t.named && t.open(c.scoring.Settles) {
		c.firstNamed(&t, s)
	}
	v.Label, v.Function = t.first.label, t.first.function
	v.Score = round(t.first.points() / t.sum)
	v.Margin = c.margin(t.first.points()-max(t.second.points(), t.against()), t.sum)
	reason := c.reasonAgainst(&t, len(cancelled) > 0)
	if reason == "" {
		return
	}
	v.Reason = job.Opt(reason)
	v.Label, v.Function = job.Unclassified, job.FunctionNone
	v.Score = round(t.against() / t.sum)
	v.Margin = c.margin(t.against()-t.first.points(), t.sum)
	if reason == job.ReasonCancelled {
		v.Evidence = append(v.Evidence, cancelled...)
	}
}

// margin is how sure a label is that leads by some points of all, from 0 to 1.
func (c *Classifier) margin(lead, all float64) float64 {
	if lead <= 0 {
		return 0
	}
	return round(math.Pow(lead/all, c.scoring.Sure))
}

// firstNamed puts the label first whose work the title names first.
func (c *Classifier) firstNamed(t *contest, s *scale) {
	at := func(of *side) int {
		first := math.MaxInt
		for i := range s.said {
			if x := &s.said[i]; x.part == partTitle && c.works[x.work] == of.function {
				first = min(first, x.start)
			}
		}
		return first
	}
	if at(&t.second) < at(&t.first) {
		t.first, t.second = t.second, t.first
	}
}

// reasonAgainst says why the first label does not stand, empty where it does.
func (c *Classifier) reasonAgainst(t *contest, cancelled bool) job.Reason {
	first := &t.first
	switch {
	case first.functions == 0 && cancelled:
		return job.ReasonCancelled
	case first.functions == 0:
		return job.ReasonNoEvidence
	case t.against() >= first.points():
		return job.ReasonBelowThreshold
	case t.open(c.scoring.Settles) && !t.named:
		return job.ReasonTie
	}
	return ""
}

// round keeps four decimals.
func round(v float64) float64 { return math.Round(v*1e4) / 1e4 }
