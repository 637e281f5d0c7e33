package page

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jobsieve/classifier"
	"jobsieve/desk"
	"jobsieve/job"
)

// criteriaView is the criteria of the rule book, by the labels that they speak for, and the
// rules for work that no criterion names.
type criteriaView struct {
	Version string
	Groups  []criteriaOf
	Other   []rule
}

type criteriaOf struct {
	Title    string
	Criteria []criterion
}

// criterion is one with the rules that apply it; Search leads to its postings.
type criterion struct {
	ID, Says, Search string
	Rules            []rule
}

// rule is what applies a criterion. Of says what it is about: a kind of work, or a trade.
type rule struct{ ID, Of, In, Weight, Comment string }

// criteria shows what speaks for each label.
func (p *pages) criteria(_ *http.Request, w *words) (*answer, error) {
	all, other, version, err := p.desk().Rules()
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, func(a, b desk.CriterionRules) int { return cmp.Compare(a.Label, b.Label) })
	v := &criteriaView{Version: version, Other: w.rules(other)}
	for i := range all {
		c := &all[i]
		title := w.T("criteria.of", w.Value("label", string(c.Label)))
		if n := len(v.Groups); n == 0 || v.Groups[n-1].Title != title {
			v.Groups = append(v.Groups, criteriaOf{Title: title})
		}
		of := &v.Groups[len(v.Groups)-1]
		search := w.link("/", url.Values{"criterion": {c.ID}})
		of.Criteria = append(of.Criteria, criterion{c.ID, c.Says, search, w.rules(c.Rules)})
	}
	return &answer{page: "criteria", title: w.T("criteria.title"), body: v}, nil
}

// rules tells of rules, the weightiest first.
func (w *words) rules(all []classifier.RuleInfo) (out []rule) {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b classifier.RuleInfo) int { return cmp.Compare(b.Weight, a.Weight) })
	for i := range all {
		r := &all[i]
		one := rule{ID: r.ID, Of: r.Trade, Weight: weight(r.Weight), Comment: r.Comment}
		if r.Function != "" && r.Function != job.FunctionNone {
			one.Of = w.Value("function", string(r.Function))
		}
		var in []string
		for _, f := range r.In {
			in = append(in, w.Field(string(f)))
		}
		one.In = strings.Join(in, ", ")
		out = append(out, one)
	}
	return out
}
