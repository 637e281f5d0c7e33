package desk

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"time"

	"jobsieve/filter"
	"jobsieve/internal/strictyaml"
	"jobsieve/ledger"
)

// Question is a saved search as it is asked: the parameters of its filter by name, in
// their normal form.
type Question struct {
	Name   string     `json:"name"`
	Values url.Values `json:"question"`
}

// SavedSearch is a saved search, and how it stands.
type SavedSearch struct {
	Question
	Saved time.Time `json:"saved"`
	// Looked is when it was looked at last; nil for never.
	Looked *time.Time `json:"looked"`
	// Webhook says that an address is told of new postings. It is a secret, since many
	// services take whoever knows it for somebody known.
	Webhook bool `json:"webhook"`
	// New is how many postings the next look finds; nil where that could not be found
	// out, and Fault says why.
	New   *int   `json:"new"`
	Fault string `json:"fault,omitempty"`
	// Newest are the newest of them, up to five, those first that were first seen last.
	Newest []NewPosting `json:"-"`
}

// mostNewest is how many postings a saved search is listed with.
const mostNewest = 5

// mostSavedName is the longest that the name of a saved search may be.
const mostSavedName = 40

var savedName = regexp.MustCompile(fmt.Sprintf("^[a-z0-9][a-z0-9-]{0,%d}$", mostSavedName-1))

// CheckSavedName gives an error for what can't be the name of a saved search.
func CheckSavedName(name string) error {
	if !savedName.MatchString(name) {
		const format = "expected a name of lower-case letters, digits and hyphens, %d at most, such as pune-voice, " +
			"got %q"
		return fmt.Errorf(format, mostSavedName, name)
	}
	return nil
}

// UnknownSavedError says that there is no saved search of a name.
type UnknownSavedError struct {
	Name  string
	Known []string
}

func (e *UnknownSavedError) Error() string {
	if len(e.Known) == 0 {
		return fmt.Sprintf("no search is saved as %q, nor as anything else", e.Name)
	}
	return fmt.Sprintf("no search is saved as %q; %s", e.Name, strictyaml.Expected(e.Name, e.Known))
}

// Save saves the question of a filter in its normal form. webhook is the address that is
// told of new postings, empty for none. Its error is ledger.ErrSaved where there is one
// of that name, unless that is replaced.
func (d *Desk) Save(
	ctx context.Context, l *ledger.Ledger, name string, f *filter.Filter, webhook string, replace bool,
) error {
	if err := CheckSavedName(name); err != nil {
		return err
	}
	s := ledger.SavedSearch{Name: name, Question: f.String(), Saved: d.Index.Now(), Webhook: webhook}
	return l.Save(ctx, &s, replace)
}

// SaveNew is Save for a new search without a webhook, in the ledger of the desk. Its error
// is ErrManySaved where there are so many that no more is saved.
func (d *Desk) SaveNew(ctx context.Context, name string, f *filter.Filter) error {
	return d.read(ctx, func(l *ledger.Ledger) error {
		all, err := l.SavedSearches(ctx)
		if err == nil && len(all) >= mostSaved {
			err = ErrManySaved
		}
		if err != nil {
			return err
		}
		return d.Save(ctx, l, name, f, "", false)
	})
}

// mostSaved is how many saved searches there may be for SaveNew to add one.
const mostSaved = 200

// ErrManySaved says that no more searches are saved.
var ErrManySaved = fmt.Errorf("%d searches are saved already; forget one first", mostSaved)

// ForgetSaved forgets a saved search. Its error is an *UnknownSavedError where there is none
// of that name.
func (d *Desk) ForgetSaved(ctx context.Context, name string) error {
	return d.read(ctx, func(l *ledger.Ledger) error {
		was, err := l.ForgetSaved(ctx, name)
		if err == nil && !was {
			err = &UnknownSavedError{Name: name}
		}
		return err
	})
}

// SavedNamed gives the saved searches with some names, in their order; all of them for
// no names. Its error is an *UnknownSavedError where there is none of a name.
func SavedNamed(ctx context.Context, l *ledger.Ledger, names []string) ([]ledger.SavedSearch, error) {
	all, err := l.SavedSearches(ctx)
	if err != nil || len(names) == 0 {
		return all, err
	}
	known, by := make([]string, len(all)), map[string]ledger.SavedSearch{}
	for i := range all {
		known[i], by[all[i].Name] = all[i].Name, all[i]
	}
	var out []ledger.SavedSearch
	var errs []error
	for _, name := range names {
		s, ok := by[name]
		if !ok {
			errs = append(errs, &UnknownSavedError{name, known})
			continue
		}
		out = append(out, s)
	}
	return out, errors.Join(errs...)
}

// Saved gives the saved searches, each with how many postings are new to it.
func (d *Desk) Saved(ctx context.Context) (out []SavedSearch, err error) {
	err = d.read(ctx, func(l *ledger.Ledger) error {
		all, err := l.SavedSearches(ctx)
		for i := range all {
			out = append(out, d.stands(ctx, l, &all[i]))
		}
		return err
	})
	return out, err
}

// stands says how a saved search stands.
func (d *Desk) stands(ctx context.Context, l *ledger.Ledger, s *ledger.SavedSearch) SavedSearch {
	out := SavedSearch{Saved: s.Saved, Webhook: s.Webhook != ""}
	if !s.Looked.IsZero() {
		out.Looked = &s.Looked
	}
	news, err := d.News(ctx, l, s, s.Seen)
	out.Question = news.Question
	if err != nil {
		out.Fault = err.Error()
		return out
	}
	n := len(news.Postings)
	out.New = &n
	out.Newest = slices.Clone(news.Postings[max(0, n-mostNewest):])
	slices.Reverse(out.Newest)
	return out
}

// questionOf reads the question of a saved search.
func (d *Desk) questionOf(s *ledger.SavedSearch) (f filter.Filter, asked Question, err error) {
	asked.Name = s.Name
	if asked.Values, err = url.ParseQuery(s.Question); err == nil {
		f, err = filter.Parse(asked.Values, d.Book())
	}
	if err != nil {
		return f, asked, fmt.Errorf("the saved search %s can't be asked; save it anew, or forget it: %w", s.Name, err)
	}
	return f, asked, nil
}

// Args gives the flags that ask the question, as one would type them.
func (q *Question) Args() []string {
	f, err := filter.Parse(q.Values, filter.Book{})
	if err != nil {
		return nil
	}
	return f.Args()
}
