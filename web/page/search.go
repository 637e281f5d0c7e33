package page

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"strings"

	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
)

// found is what the views of a search have in common: the question, how it was understood,
// and what else can be asked.
type found struct {
	Ask   *ask
	Path  string
	Text  string
	Vague string // says that the words ask for nothing; empty where they do
	Lang  string // empty for the usual one
	Views []choice
	// Total says how many postings there are; empty where the question has faults.
	Total      string
	N          int
	Closed     string // how many closed ones are left out; empty for none
	ShowClosed string
	Lacks      []string
	Asked      []chip
	Understood []chip
	Exact      string // the link that takes the words alone, empty where that changes nothing
	Clear      string
	Faults     []fault
	Facets     []facet
	Inputs     []input
	Hidden     []param
	Save       string // the link that saves the question; empty where it asks nothing
	// Of the view.
	Results *results
	Pay     *payView
	Compare *compareView
	Trends  *trendsView
}

// param is a parameter that a form sends along.
type param struct{ Name, Value string }

// results are the postings of one page of a search.
type results struct {
	Sorts          []choice
	Cards          []card
	From, To       int
	Previous, Next string
	Downloads      []choice
	Less           string
	Nothing        *nothing
}

// search shows the postings that a question finds.
func (p *pages) search(r *http.Request, w *words) (*answer, error) {
	d := p.desk()
	a, v, to := p.begin(d, r, w)
	if to != nil {
		return to, nil
	}
	if len(a.faults) > 0 {
		return a.refused(v), nil
	}
	page := desk.Page{Limit: perPage, Offset: a.offset, Order: a.order}
	got, err := a.find(r.Context(), d, page)
	if to := a.refusedBy(v, err); to != nil {
		return to, nil
	}
	if err != nil {
		return nil, err
	}
	if a.day != "" {
		v.Lacks = append(v.Lacks, w.say(desk.SaidOf(a.day)))
	}
	if err := v.tell(r.Context(), d, got); err != nil {
		return nil, err
	}
	if v.Results, err = a.results(r.Context(), d, got); err != nil {
		return nil, err
	}
	return a.answer(v, "search.title"), nil
}

// begin reads the question of a request. The answer is where to go instead: to the same
// question without what a form leaves empty.
func (p *pages) begin(d *desk.Desk, r *http.Request, w *words) (*ask, *found, *answer) {
	a := askOf(r.URL, w, d.Book())
	if a.blank && len(a.faults) == 0 {
		return a, nil, &answer{elsewhere: a.link(nil)}
	}
	v := &found{Ask: a, Path: a.path, Text: a.filter.Text}
	v.Vague = a.leaveVague(d) // what was typed stays in its box
	if w.lang != languages[0] {
		v.Lang = w.lang
	}
	if len(a.faults) > 0 {
		v.Text = a.given.Get("text")
	}
	v.Faults = a.told()
	v.Views = []choice{
		{w.T("search.postings"), a.linkTo("/", nil), a.path == "/", ""},
		{w.T("search.pay"), a.linkTo("/pay", nil), a.path == "/pay", ""},
		{w.T("search.compare"), a.linkTo(comparePath, nil), a.path == comparePath, ""},
		{w.T("search.trends"), a.linkTo(trendsPath, nil), a.path == trendsPath, ""},
	}
	if len(a.faults) == 0 && !a.filter.IsZero() && a.day == "" {
		v.Save = w.link(savedPath, a.filter.Values())
	}
	v.Clear = a.clear()
	v.Asked = a.asked(d)
	v.Inputs = a.inputs()
	v.Hidden = a.hidden()
	return a, v, nil
}

// leaveVague takes words that ask for nothing out of the question, and says why.
func (a *ask) leaveVague(d *desk.Desk) string {
	if len(a.faults) > 0 {
		return ""
	}
	vague, filler, err := d.Vague(&a.filter)
	if err != nil || !vague { // an error is told where the question is asked
		return ""
	}
	text := a.filter.Text
	a.filter.Text, a.filter.Exact = "", false
	if filler {
		return a.w.T("search.only_filler", text)
	}
	return a.w.T("search.no_words", text)
}

// find finds postings, as they are or as they were on the day that is asked for.
func (a *ask) find(ctx context.Context, d *desk.Desk, page desk.Page) (got *desk.Answer, err error) {
	if a.day == "" {
		got, err = d.Search(ctx, &a.filter, page, chosen.Wait)
	} else {
		got, err = d.SearchAsOf(ctx, &a.filter, page, a.day)
	}
	return got, damaged(err)
}

// refusedBy is the answer to a question of which the desk says that it is wrong; nil for
// any other error.
func (a *ask) refusedBy(v *found, err error) *answer {
	var wrong *desk.ParameterError
	if !errors.As(err, &wrong) {
		return nil
	}
	v.Faults = []fault{{Field: a.w.Field(wrong.Of[0]), Problem: a.w.english(wrong.Error())}}
	return a.refused(v)
}

// clear is the link that takes all filters back, and the day.
func (a *ask) clear() string {
	own := maps.Clone(a.own)
	own.Del(asOfName)
	return a.w.link(a.path, own)
}

// answer is a view of a search.
func (a *ask) answer(v *found, title string) *answer {
	titles := []string{a.w.T(title)}
	if a.filter.Text != "" {
		titles = []string{a.filter.Text, titles[0]}
	}
	return &answer{page: searchPage, title: strings.Join(titles, " · "), body: v}
}

// refused is the answer to a question that has faults.
func (a *ask) refused(v *found) *answer {
	return &answer{page: searchPage, title: a.w.T("search.faults"), status: http.StatusBadRequest, body: v}
}

// damaged is an error without that of damaged rows, which is told with what is whole.
func damaged(err error) error {
	if desk.InPart(err) {
		return nil
	}
	return err
}

// tell takes in what a search found, and what could be asked besides.
func (v *found) tell(ctx context.Context, d *desk.Desk, got *desk.Answer) (err error) {
	a, w := v.Ask, v.Ask.w
	v.N, v.Total = got.Total, a.total(got)
	if got.ClosedLeftOut > 0 {
		v.Closed = w.Count("search.closed", got.ClosedLeftOut)
		v.ShowClosed = a.link(set("all", "true"))
	}
	if got.Waiting > 0 {
		v.Lacks = append(v.Lacks, w.Count("search.waiting", got.Waiting))
	}
	if got.Missing+got.Foreign > 0 {
		v.Lacks = append(v.Lacks, w.T("search.missing"))
	}
	v.Understood = a.understood(d, got.Understood)
	if len(v.Understood) > 0 {
		v.Exact = a.link(set("exact", "true"))
	}
	counts, err := a.counted(ctx, d, got)
	v.Facets = a.facets(counts)
	return err
}

// total says how many postings are found, and of how many vacancies where the page has the
// last of them.
func (a *ask) total(got *desk.Answer) string {
	postings := a.w.Count("count.postings", got.Total)
	vacancies := a.offset + len(got.Hits)
	if got.More || len(got.Hits) == 0 || got.Total > indexer.MaxHits || vacancies == got.Total {
		return postings
	}
	return a.w.T("search.of_vacancies", postings, a.w.Count("count.vacancies", vacancies))
}

// nothing says what may be asked where nothing is found.
type nothing struct {
	Unknown []string
	Links   []choice
	Absent  []absent
}

// absent is a value that no posting has, and a link to one that is near to it.
type absent struct {
	Value string
	Near  *choice
}

// nothing gathers what the desk says where nothing is found.
func (a *ask) nothing(ctx context.Context, d *desk.Desk, got *desk.Answer) (*nothing, error) {
	w := a.w
	n := &nothing{Unknown: got.Unknown}
	for _, part := range got.Understood {
		if part.Corrected != "" {
			text := replaced(a.filter.Text, part.Typed, part.Corrected)
			to := a.link(set("text", text))
			n.Links = append(n.Links, choice{Name: w.T("search.instead", part.Corrected), URL: to})
		}
	}
	for i := range got.Wider {
		name, rest := a.wider(&got.Wider[i])
		if rest != nil {
			name += ": " + w.Count("count.postings", got.Wider[i].Total)
			n.Links = append(n.Links, choice{Name: name, URL: a.linkOf(rest)})
		}
	}
	lacking, err := d.Absent(ctx, &a.filter)
	for i := range lacking {
		l := &lacking[i]
		one := absent{Value: w.Field(l.Filter) + " " + w.Value(l.Filter, l.Value)}
		if l.Near != "" {
			near := a.values()
			without(l.Filter, l.Value)(near)
			near.Add(l.Filter, l.Near)
			one.Near = &choice{Name: w.T("search.near", l.Near), URL: w.link(a.path, near)}
		}
		n.Absent = append(n.Absent, one)
	}
	return n, damaged(err)
}

// wider names what a question leaves out that finds more, and gives the rest of the filter;
// nil where that is not known.
func (a *ask) wider(of *desk.Wider) (name string, rest *filter.Filter) {
	if len(of.Without) == 0 {
		f := a.filter
		f.Text = unquoted.Replace(f.Text)
		return a.w.T("search.without", a.w.T("search.quotes")), &f
	}
	for param := range a.filter.Values() {
		rest, part := a.filter.Apart(param)
		if same(part.Args(), of.Without) {
			return a.w.T("search.without", a.nameOf(param, part.Values()[param])), &rest
		}
	}
	return "", nil
}
