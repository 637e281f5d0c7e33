package page

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"jobsieve/desk"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/trust"
)

// postingView is one posting: what it says, and what was made of it.
type postingView struct {
	Card     card
	ID       string
	Source   string
	LastSeen string
	Back     string
	Texts    []markedText
	// Why heads what speaks for the label and against it.
	Why, ByHand, RulesSay, Margin string
	Sides                         []side
	Likely                        []likely
	Pay                           []said
	Facts                         []said
	Signals                       []said
	History                       []event
	Members                       []member
	Linked                        []member
	Due                           bool // it was not compared with others yet
}

// markedText is a field of a posting, with what was read in it marked.
type markedText struct {
	Field    string
	Segments []segment
}

// side is evidence that speaks for the same thing.
type side struct {
	Title string
	Kind  string
	Of    []ofCriterion
}

// ofCriterion is the evidence of one criterion; its texts are empty where none applies.
type ofCriterion struct {
	ID, Says string
	Evidence []said
}

// said is one thing that was read.
type said struct {
	mentioned
	What, Value     string
	Quote, Rule     string
	Weight, Because string
}

// mentioned is where a thing stands in the text.
type mentioned struct {
	// N is its number there, 0 where it has none; First says that nothing above it has
	// the same.
	N     int
	First bool
}

// likely is how like a posting is to labelled ones.
type likely struct{ Like, Words string }

// member is another posting of the vacancy.
type member struct {
	Title, URL, Company, Place, Posted, Source string
	Because                                    string
	Represents                                 bool
}

// posting shows one posting.
func (p *pages) posting(r *http.Request, w *words) (*answer, error) {
	d, ctx := p.desk(), r.Context()
	source, id := r.PathValue("source"), r.PathValue("id")
	if id == "" {
		source, id = r.FormValue("source"), r.FormValue("id")
	}
	found, err := d.Explain(ctx, id, source)
	if err = damaged(err); err != nil {
		return nil, err
	}
	if len(found) == 0 || source == "" {
		return nil, errNotFound
	}
	v := w.postingOf(&found[0])
	histories, err := d.Histories(ctx, id, source)
	if err = damaged(err); err != nil {
		return nil, err
	}
	for i := range histories {
		v.History = append(v.History, w.eventsOf(&histories[i])...)
	}
	if err := v.vacancy(ctx, d, w, found[0].Record); err != nil {
		return nil, err
	}
	return &answer{page: "posting", title: v.Card.Title, body: v}, nil
}

// reading gathers what was read of a posting, each with its number.
type reading struct {
	w     *words
	p     *job.Posting
	marks []mark
}

// note marks a piece of text, and gives its number.
func (r *reading) note(kind string, field job.Field, start, end int) mentioned {
	m := mark{len(r.marks) + 1, field, start, end, kind}
	if !m.valid(r.p.Text(field)) {
		return mentioned{}
	}
	for i := range r.marks { // what is read twice has one number
		if o := &r.marks[i]; o.Field == field && o.Start == start && o.End == end && o.Kind == kind {
			return mentioned{N: o.N}
		}
	}
	r.marks = append(r.marks, m)
	return mentioned{m.N, true}
}

// postingOf shows what was read of a posting.
func (w *words) postingOf(e *desk.Explanation) *postingView {
	rec := e.Record
	p := &rec.Posting
	doc := chosen.DocumentOf(rec)
	hit := doc.Hit(0)
	v := &postingView{
		Card: w.cardOf(&desk.Card{Hit: hit, Since: hit.FirstSeen}, &doc), ID: p.ID, Source: p.Source,
		LastSeen: dayOf(rec.LastSeen), Back: w.link("/", nil),
	}
	r := &reading{w: w, p: p}
	w.why(v, rec)
	v.Sides = r.sides(e)
	for _, l := range e.Likely {
		like := w.T("posting.likely_share", percent(l.Share), w.Value("label", string(l.Label)))
		v.Likely = append(v.Likely, likely{like, strings.Join(l.Words, ", ")})
	}
	v.Pay, v.Facts = r.pay(&rec.Pay, &hit.Stated), r.facts(&rec.Facts)
	v.Signals = r.signals(e.Signals)
	for _, f := range job.Fields {
		if text := p.Text(f); text != "" {
			of := slices.DeleteFunc(slices.Clone(r.marks), func(m mark) bool { return m.Field != f })
			v.Texts = append(v.Texts, markedText{w.Field(string(f)), segments(text, of)})
		}
	}
	return v
}

// why says which label holds, and who gave it.
func (w *words) why(v *postingView, rec *ledger.Record) {
	label, _, by := rec.Label()
	name := w.Value("label", string(label))
	v.Why = w.T("posting.why", name)
	verdict := &rec.Verdict
	if label == job.Unclassified {
		v.Why = w.T("posting.why_none")
	}
	if by == job.ByHand {
		v.ByHand = w.T("posting.by_hand", rec.Hand.Because)
		v.RulesSay = w.T("posting.rules_say", w.Value("label", string(verdict.Label)))
	}
	if verdict.Reason != "" {
		v.Margin = w.Value("reason", string(verdict.Reason))
		return
	}
	v.Margin = w.T("posting.margin", score(verdict.Score), score(verdict.Margin))
}

// sides gathers the evidence by what it speaks for.
func (r *reading) sides(e *desk.Explanation) []side {
	label := e.Record.Verdict.Label
	var speaks, others []side
	against := side{Title: r.w.T("posting.against"), Kind: "against"}
	for i := range e.Criteria {
		c := &e.Criteria[i]
		title := r.w.T("posting.for", r.w.Value("label", string(c.Label)))
		of := &speaks
		kind := "for"
		if label != job.Unclassified && c.Label != label {
			of, kind = &others, "against"
		}
		agree, differ := signed(c.Evidence)
		if n := len(*of); len(agree) > 0 && (n == 0 || (*of)[n-1].Title != title) {
			*of = append(*of, side{Title: title, Kind: kind})
		}
		if len(agree) > 0 {
			r.gather(&(*of)[len(*of)-1], c.ID, c.Says, agree)
		}
		r.gather(&against, c.ID, c.Says, differ)
	}
	other := side{Title: r.w.T("posting.other"), Kind: "against"}
	r.gather(&other, "", "", e.Other)
	undone := side{Title: r.w.T("posting.undone"), Kind: "undone"}
	r.gather(&undone, "", "", e.Undone)
	all := append(append(speaks, others...), against, other, undone)
	return slices.DeleteFunc(all, func(s side) bool { return len(s.Of) == 0 })
}

// signed parts evidence into what speaks for its criterion and what speaks against it.
func signed(all []job.Evidence) (agree, differ []job.Evidence) {
	for _, ev := range all {
		if ev.Weight < 0 {
			differ = append(differ, ev)
		} else {
			agree = append(agree, ev)
		}
	}
	return agree, differ
}

// gather takes evidence of a criterion into a side.
func (r *reading) gather(to *side, id, says string, evidence []job.Evidence) {
	if len(evidence) == 0 {
		return
	}
	of := ofCriterion{ID: id, Says: says}
	for i := range evidence {
		ev := &evidence[i]
		one := said{
			mentioned: r.note(to.Kind, ev.Field, ev.Start, ev.End), What: r.w.Field(string(ev.Field)), Quote: ev.Text,
			Rule: ev.Rule, Weight: weight(ev.Weight),
		}
		of.Evidence = append(of.Evidence, one)
	}
	to.Of = append(to.Of, of)
}

// pay tells what was read of pay.
func (r *reading) pay(p *job.Pay, stated *indexer.Stated) []said {
	w := r.w
	m := w.moneyOf(stated)
	var more []string
	add := func(yes bool, text string) {
		if yes {
			more = append(more, text)
		}
	}
	add(m.Known && p.Basis != "", w.Value("pay_basis", string(p.Basis)))
	add(p.PeriodInferred, w.T("pay.inferred"))
	if p.VariablePercent != nil {
		add(true, w.T("pay.variable", job.Grouped(*p.VariablePercent)))
	}
	add(p.Incentives, w.T("pay.incentives"))
	one := said{What: w.Field("pay"), Value: strings.TrimSpace(m.Stated + " " + m.Year)}
	one.Because = strings.Join(more, ", ")
	if p.Raw != nil && p.Start != nil && p.End != nil {
		one.Quote = *p.Raw
		one.mentioned = r.note("pay", job.Field(p.Field), *p.Start, *p.End)
	}
	return []said{one}
}

// facts tells what else was read.
func (r *reading) facts(f *job.Facts) (out []said) {
	for i := range f.Readings {
		one := &f.Readings[i]
		what := one.Fact
		if what == "language" {
			what = "languages" // one that the work asks for, not that of the text
		}
		out = append(out, said{
			mentioned: r.note("fact", one.Field, one.Start, one.End),
			What:      r.w.Field(what), Value: r.w.Value(what, one.Value), Quote: one.Text,
		})
	}
	if len(f.Skills) > 0 {
		out = append(out, said{What: r.w.Field("skill"), Value: strings.Join(f.Skills, ", ")})
	}
	if f.Language != "" {
		out = append(out, said{What: r.w.Field("language"), Value: r.w.Value("language", string(f.Language))})
	}
	return out
}

// signals tells what speaks against trusting it.
func (r *reading) signals(all []trust.Signal) (out []said) {
	for i := range all {
		s := &all[i]
		one := said{What: r.w.T("signal." + string(s.Kind)), Quote: s.Text, Because: s.Because}
		if s.Field != "" {
			one.mentioned = r.note("signal", s.Field, s.Start, s.End)
		}
		out = append(out, one)
	}
	return out
}

// vacancy takes in the other postings of the vacancy.
func (v *postingView) vacancy(ctx context.Context, d *desk.Desk, w *words, rec *ledger.Record) error {
	of, err := d.VacancyOf(ctx, rec.Posting.Source, rec.Posting.ID)
	var due *desk.DueError
	if errors.As(err, &due) {
		v.Due = true
		return nil
	}
	if err = damaged(err); err != nil || of == nil {
		return err
	}
	for i := range of.Members {
		m := &of.Members[i]
		if m.Source == rec.Posting.Source && m.ID == rec.Posting.ID {
			continue
		}
		one := w.memberOf(&m.Advertised)
		one.Represents = m.Represents
		switch {
		case m.ByHand:
			one.Because = w.T("posting.joined_by_hand")
		case m.Joined != "":
			one.Because = w.T("posting.agreed", score(m.Score), m.Agreed)
		}
		v.Members = append(v.Members, one)
	}
	for i := range of.Linked {
		v.Linked = append(v.Linked, w.memberOf(&of.Linked[i]))
	}
	return nil
}

func (w *words) memberOf(a *desk.Advertised) member {
	return member{
		Title: a.Title, URL: w.postingLink(a.Source, a.ID), Company: a.Company, Place: a.Location, Posted: a.Posted,
		Source: a.Source,
	}
}
