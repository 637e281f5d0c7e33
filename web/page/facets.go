package page

import (
	"cmp"
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"

	"jobsieve/desk"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
)

// facet is a field whose values are counted and can be asked for.
type facet struct {
	Name, Title string
	Open        bool
	// Options are the first, More the others.
	Options, More []option
}

// option is a value that can be asked for.
type option struct {
	ID, Name, Value, Text string
	Count                 string // empty where nothing was counted
	Checked               bool
}

// mostOptions is how many values of a facet are shown at once.
const mostOptions = 6

// opened are the facets that are open from the beginning.
var opened = []string{"label", "function", "city"}

// isFacet reports a field whose values are chosen from a list.
func isFacet(f *indexer.Field) bool { return f.Filter != "" && (f.Facet || f.Closed != nil) }

// counted gives, by field, how many postings each value would find: of a field that is
// asked for, those that the rest of the question finds, unless it is about a day.
func (a *ask) counted(ctx context.Context, d *desk.Desk, got *desk.Answer) (map[string][]indexer.Count, error) {
	counts := maps.Clone(got.Facets)
	if counts == nil {
		counts = map[string][]indexer.Count{}
	}
	for i := range indexer.Fields {
		f := &indexer.Fields[i]
		if !f.Facet || len(a.filter.Is[f.Filter]) == 0 {
			continue
		}
		if a.day != "" { // each would go through the ledger once more
			delete(counts, f.Name)
			continue
		}
		rest, _ := a.filter.Apart(f.Filter)
		others, err := d.Search(ctx, &rest, desk.Page{}, chosen.Wait)
		if err = damaged(err); err != nil {
			return nil, err
		}
		counts[f.Name] = others.Facets[f.Name]
	}
	return counts, nil
}

// facets gives the fields with their values; nil counts are of a question that was not
// asked.
func (a *ask) facets(counts map[string][]indexer.Count) (out []facet) {
	for i := range indexer.Fields {
		f := &indexer.Fields[i]
		if !isFacet(f) {
			continue
		}
		options := a.options(f, counts[f.Name])
		if len(options) == 0 {
			continue
		}
		checked := slices.ContainsFunc(options, func(o option) bool { return o.Checked })
		one := facet{Name: f.Filter, Title: a.w.Field(f.Filter)}
		one.Open = checked || slices.Contains(opened, f.Filter)
		first := min(mostOptions, len(options))
		for first < len(options) && options[first].Checked {
			first++
		}
		one.Options, one.More = options[:first], options[first:]
		out = append(out, one)
	}
	return out
}

// options gives the values of a field, those that are asked for first.
func (a *ask) options(f *indexer.Field, counts []indexer.Count) (out []option) {
	asked := a.filter.Is[f.Filter]
	of := map[string]string{}
	var values []string
	for _, c := range counts {
		of[c.Value] = number(c.Count)
		values = append(values, c.Value)
	}
	if !f.Facet {
		values = f.Closed
	}
	if len(counts) > 0 && (f.Closed != nil || f.Name == "posted_month") {
		slices.SortStableFunc(values, func(x, y string) int { return rankOf(f, x, y) })
	}
	add := func(v string, checked bool) {
		one := option{Name: f.Filter, Value: v, Text: a.w.Value(f.Filter, v), Count: of[v], Checked: checked}
		one.ID = "is-" + f.Filter + "-" + url.QueryEscape(v)
		if one.Count == "" && len(of) > 0 {
			one.Count = number(0)
		}
		out = append(out, one)
	}
	for _, v := range asked {
		add(v, true)
	}
	for _, v := range values {
		if !slices.Contains(asked, v) {
			add(v, false)
		}
	}
	return out
}

// rankOf orders the values of a field that have an order of their own.
func rankOf(f *indexer.Field, x, y string) int {
	if f.Closed == nil {
		return strings.Compare(y, x) // months, the latest first
	}
	return slices.Index(f.Closed, x) - slices.Index(f.Closed, y)
}

// input is a field of the form in which something is typed or chosen.
type input struct {
	Name, Title, Value, Hint, Kind string
	ID                             string
	Options                        []option // of one that is chosen
	Checked                        bool
}

// scalars are the parameters of a filter that are not fields of a document, and the day, in
// the order of the form, with the kinds of their inputs.
var scalars = []struct{ name, kind string }{
	{"pay_min", "number"}, {"pay_max", "number"}, {"pay_period", "choice"},
	{"experience", "text"}, {"openings", "text"},
	{"since", "date"}, {"until", "date"}, {"first_seen_since", "date"}, {"first_seen_until", "date"},
	{"where", "text"}, {"exact", "switch"}, {"all", "switch"}, {asOfName, "date"},
}

// payPeriods are those of amounts; the empty one is a month.
var payPeriods = []string{"", "hour", "day", "week", "year"}

// inputs are what can be asked for besides words and facets.
func (a *ask) inputs() (out []input) {
	values := a.values()
	if len(a.faults) > 0 {
		values = maps.Clone(a.given)
		set(asOfName, a.day)(values)
	}
	for i := range indexer.Fields {
		if f := &indexer.Fields[i]; f.Filter != "" && !isFacet(f) {
			for n, v := range append(slices.Clone(values[f.Filter]), "") {
				out = append(out, a.input(f.Filter, "text", v, n))
			}
		}
	}
	for _, s := range scalars {
		all := values[s.name]
		if s.name == "where" || len(all) == 0 {
			all = append(slices.Clone(all), "")
		}
		for n, v := range all {
			out = append(out, a.input(s.name, s.kind, v, n))
		}
	}
	return out
}

func (a *ask) input(name, kind, value string, n int) input {
	in := input{
		Name: name, Title: a.w.Field(name), Value: value, Hint: a.w.texts["hint."+name], Kind: kind,
		ID: "in-" + name + "-" + number(n), Checked: value == "true",
	}
	if kind == "choice" {
		for _, p := range payPeriods {
			text := a.w.Value(name, cmp.Or(p, "month"))
			in.Options = append(in.Options, option{Value: p, Text: text, Checked: p == value})
		}
	}
	return in
}

// hidden are the parameters that no input and no facet shows.
func (a *ask) hidden() (out []param) {
	shown := map[string]bool{"text": true}
	for _, in := range a.inputs() {
		shown[in.Name] = true
	}
	if a.path == comparePath {
		shown[oneName], shown[otherName] = true, true
	}
	values := a.values()
	if len(a.faults) > 0 {
		values = a.given
	} else {
		for i := range indexer.Fields {
			f := &indexer.Fields[i]
			shown[f.Filter] = shown[f.Filter] || isFacet(f)
		}
	}
	if a.w.lang != languages[0] {
		values.Set(langName, a.w.lang)
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if shown[name] {
			continue
		}
		for _, v := range values[name] {
			out = append(out, param{name, v})
		}
	}
	return out
}
