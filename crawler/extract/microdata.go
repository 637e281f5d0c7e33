package extract

import (
	"strings"

	"github.com/PuerkitoBio/goquery"

	"jobsieve/job"
)

// microdata reads the JobPosting items that the page marks up with itemscope
// and itemprop.
func (p *Page) microdata() (postings []job.Posting) {
	p.doc.Find("[itemscope][itemtype]").Each(func(_ int, s *goquery.Selection) {
		if isType(s.AttrOr("itemtype", ""), "JobPosting") {
			postings = append(postings, p.fromLD(p.item(s)))
		}
	})
	return postings
}

// item gives the properties of an item as JSON-LD has them.
func (p *Page) item(s *goquery.Selection) map[string]any {
	o := map[string]any{}
	s.Find("[itemprop]").Each(func(_ int, e *goquery.Selection) {
		if owner := e.Parent().Closest("[itemscope]"); owner.Length() == 0 || owner.Get(0) != s.Get(0) {
			return // a property of an item within
		}
		var v any
		if _, ok := e.Attr("itemscope"); ok {
			v = p.item(e)
		} else {
			v = p.property(e)
		}
		for name := range strings.FieldsSeq(e.AttrOr("itemprop", "")) {
			switch have := o[name].(type) {
			case nil:
				o[name] = v
			case []any:
				o[name] = append(have, v)
			default:
				o[name] = []any{have, v}
			}
		}
	})
	return o
}

// property gives the value of a property: an attribute, or the text.
func (p *Page) property(e *goquery.Selection) string {
	for _, attr := range []string{"content", "datetime", "href", "src"} {
		if v, ok := e.Attr(attr); ok {
			return strings.TrimSpace(v)
		}
	}
	return Text(e.Nodes...)
}
