package page

import (
	"net/http"
	"net/url"
)

// criteriaView is the criteria of the rule book, by the labels that they speak for.
type criteriaView struct{ Groups []criteriaOf }

type criteriaOf struct {
	Title    string
	Criteria []criterion
}

type criterion struct{ ID, Says, Search string }

// criteria shows what speaks for each label.
func (p *pages) criteria(_ *http.Request, w *words) (*answer, error) {
	all, err := p.desk().Criteria()
	if err != nil {
		return nil, err
	}
	v := &criteriaView{}
	for _, c := range all {
		title := w.T("criteria.of", w.Value("label", string(c.Label)))
		if n := len(v.Groups); n == 0 || v.Groups[n-1].Title != title {
			v.Groups = append(v.Groups, criteriaOf{Title: title})
		}
		of := &v.Groups[len(v.Groups)-1]
		of.Criteria = append(of.Criteria, criterion{c.ID, c.Says, w.link("/", url.Values{"criterion": {c.ID}})})
	}
	return &answer{page: "criteria", title: w.T("criteria.title"), body: v}, nil
}
