package page

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"jobsieve/desk"
	"jobsieve/ledger"
)

// savedPath is where saved searches are; what is sent there with POST changes them.
const savedPath = "/saved"

// nameName is the name of a saved search in a form.
const nameName = "name"

// mostForm is the most bytes of a form.
const mostForm = 64 << 10

// errForm says that a form can't be read.
var errForm = errors.New("the form can't be read")

// savedView is the saved searches, and the form that saves the question of the URL.
type savedView struct {
	All []savedSearch
	// Form is nil where the URL asks nothing.
	Form *savedForm
}

// savedForm saves a question.
type savedForm struct {
	Action, Name string
	Says         []string
	Search       string
	Hidden       []param
	// Wrong says what is wrong with the name, Faults what is with the question.
	Wrong  string
	Faults []fault
}

// savedSearch is one saved search.
type savedSearch struct {
	ID, Name      string
	Search, Feed  string
	Forget        string // where the form goes that forgets it
	Says          []string
	Saved, Looked string
	New, Fault    string
	Faults        []fault // of the question
	Newest        []member
	Webhook       bool
}

// saved lists the saved searches, beside a form for the question of the URL.
func (p *pages) saved(r *http.Request, w *words) (*answer, error) {
	a := askOf(r.URL, w, p.desk().Book())
	a.leaveVague(p.desk())
	a.refuseDay()
	return p.savedAnswer(r, a, "", "")
}

// refuseDay refuses to save what is asked of a day before today.
func (a *ask) refuseDay() {
	if a.day != "" {
		a.refuse(asOfName, "day_saved", "expected no day, for a saved search finds what is stored from now on")
	}
}

// savedAnswer is the page with a form for a question that is to have a name, and what is
// wrong with what was sent.
func (p *pages) savedAnswer(r *http.Request, a *ask, name, wrong string) (*answer, error) {
	w := a.w
	all, err := p.desk().Saved(r.Context())
	if err = damaged(err); err != nil {
		return nil, err
	}
	v, status := &savedView{}, http.StatusOK
	for i := range all {
		v.All = append(v.All, p.savedSearch(w, &all[i]))
	}
	if len(a.faults) > 0 || wrong != "" {
		status = http.StatusBadRequest
	}
	if status != http.StatusOK || !a.filter.IsZero() {
		v.Form = &savedForm{
			Action: w.link(savedPath, nil), Name: name, Says: a.says(p.desk()), Search: a.linkTo("/", nil),
			Wrong: wrong, Faults: a.told(), Hidden: sorted(a.filter.Values()),
		}
	}
	return &answer{page: "saved", title: w.T("saved.title"), status: status, body: v}, nil
}

// sorted gives the parameters of a form.
func sorted(values url.Values) (out []param) {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		for _, v := range values[name] {
			out = append(out, param{name, v})
		}
	}
	return out
}

// says are the parts of a question.
func (a *ask) says(d *desk.Desk) (out []string) {
	if a.filter.Text != "" {
		out = append(out, a.filter.Text)
	}
	for _, part := range a.asked(d) {
		out = append(out, part.Text)
	}
	return out
}

// savedSearch tells of a saved search.
func (p *pages) savedSearch(w *words, s *desk.SavedSearch) savedSearch {
	a := askOf(&url.URL{Path: "/", RawQuery: s.Values.Encode()}, w, p.desk().Book())
	out := savedSearch{
		ID: "saved-" + s.Name, Name: s.Name, Says: a.says(p.desk()), Saved: dayOf(s.Saved), Webhook: s.Webhook,
		Search: a.link(nil), Feed: savedPath + "/" + s.Name + ".rss",
		Forget: w.link(savedPath+"/"+s.Name+"/forget", nil),
	}
	if out.Faults = a.told(); s.Fault != "" && len(a.faults) == 0 {
		out.Fault = w.T("fault.failed")
	}
	if s.Looked != nil {
		out.Looked = w.moment(*s.Looked)
	}
	if s.New == nil {
		return out
	}
	out.New = w.Count("saved.new", *s.New)
	for i := range s.Newest {
		n := &s.Newest[i]
		out.Newest = append(out.Newest, member{
			URL: w.postingLink(n.Source, n.ID), Title: n.Title, Company: n.Company, Place: n.Place, Source: n.Source,
		})
	}
	return out
}

// save saves the question that a form sends.
func (p *pages) save(r *http.Request, w *words) (*answer, error) {
	r.Body = http.MaxBytesReader(nil, r.Body, mostForm)
	if err := r.ParseForm(); err != nil {
		return nil, errForm
	}
	name := r.PostForm.Get(nameName)
	r.PostForm.Del(nameName)
	a := askOf(&url.URL{Path: savedPath, RawQuery: r.PostForm.Encode()}, w, p.desk().Book())
	a.leaveVague(p.desk())
	a.refuseDay()
	switch {
	case len(a.faults) > 0:
		return p.savedAnswer(r, a, name, "")
	case a.filter.IsZero():
		return p.savedAnswer(r, a, name, w.T("saved.nothing"))
	case desk.CheckSavedName(name) != nil:
		return p.savedAnswer(r, a, name, w.T("saved.name_wrong"))
	}
	err := p.desk().SaveNew(r.Context(), name, &a.filter)
	switch {
	case errors.Is(err, ledger.ErrSaved):
		return p.savedAnswer(r, a, name, w.T("saved.taken", name))
	case errors.Is(err, desk.ErrManySaved):
		return p.savedAnswer(r, a, name, w.T("saved.many"))
	case err != nil:
		return nil, err
	}
	return &answer{elsewhere: w.link(savedPath, nil) + "#saved-" + name}, nil
}

// forget forgets a saved search.
func (p *pages) forget(r *http.Request, w *words) (*answer, error) {
	if err := p.desk().ForgetSaved(r.Context(), r.PathValue(nameName)); err != nil {
		return nil, err
	}
	return &answer{elsewhere: w.link(savedPath, nil)}, nil
}
