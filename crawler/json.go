package crawler

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jobsieve/config"
	"jobsieve/crawler/ats"
	"jobsieve/crawler/extract"
	"jobsieve/job"
)

// oldPages is how many pages in a row may bring nothing new before the next one is
// not asked for.
const oldPages = 2

// json reads pages of JSON, or the state that a page's own script reads, by
// paths. Where the address or the body has {page} in it the pages are counted from
// 1, up to one without postings, or to as many postings as the site says it has.
func (c *crawl) json(ctx context.Context) (err error) {
	if strings.Contains(c.src.URL+c.src.Body, config.PagePlaceholder) {
		err = c.jsonPages(ctx)
	} else {
		err = c.jsonWhole(ctx)
	}
	if c.unlisted {
		c.receipt.End = ""
	}
	return err
}

// jsonWhole reads a source that is one answer.
func (c *crawl) jsonWhole(ctx context.Context) error {
	c.at.begin("")
	page, err := c.jsonPage(ctx)
	if err != nil {
		return err
	}
	c.receipt.End = job.EndWhole
	if c.src.Total != "" {
		c.boardTotal(page.items)
		return nil
	}
	const advice = "{page} in url or body asks for all pages (docs/sources.md)"
	switch stated := extract.StatedOf(page.state, c.src.Items, page.items); {
	case stated.Total > page.items:
		c.receipt.Expected = &stated.Total
		c.incomplete(fmt.Sprintf("the answer states %d postings (%s), and only %d %s read: %s; total: %s compares them",
			stated.Total, stated.Path, page.items, job.Plural(page.items, "was", "were"), advice, stated.Path))
	case stated.Next != "":
		const format = "the answer states that more pages follow (%s), and only one was read: %s"
		c.incomplete(fmt.Sprintf(format, stated.Next, advice))
	}
	return nil
}

// jsonPages reads a source whose pages are numbered.
func (c *crawl) jsonPages(ctx context.Context) error {
	at := &c.at
	for at.begin(""); at.Page <= c.src.Pages; at.turn() {
		if !at.Entered {
			at.Repeated = c.repeated
		}
		page, err := c.jsonPage(ctx)
		if err != nil && at.Page > 1 && notThere(err) {
			page, err = jsonPage{}, nil // many sites answer like this that there is no such page
		}
		if err != nil {
			return err
		}
		fresh := page.items - (c.repeated - at.Repeated)
		at.Met += fresh
		if at.Old++; fresh > 0 {
			at.Old = 0
		}
		switch {
		case c.receipt.Expected != nil && at.Met == *c.receipt.Expected:
			c.receipt.End = job.EndTotal
			return nil
		case page.items == 0, at.Old == oldPages && at.Page > oldPages+1: // the last page is given again and again
			c.receipt.End = job.EndEmpty
			c.boardTotal(at.Met)
			return nil
		case at.Old == oldPages:
			c.incomplete(fmt.Sprintf("pages 2 to %d bring nothing that is not on page 1: "+
				"does the site take {page} as it stands in url?", at.Page))
			return nil
		}
	}
	c.incomplete(fmt.Sprintf("stopped after %d pages, as pages says; there may be more", c.src.Pages))
	return nil
}

// jsonTotal notes how many postings a page says there are in all.
func (c *crawl) jsonTotal(n int, page jsonPage, link string) {
	if c.src.Total == "" || page.items == 0 {
		return
	}
	total, ok := extract.Whole(extract.At(page.state, c.src.Total))
	switch {
	case ok:
		c.expect(&total)
	case n == 1:
		const format = "%s: there is no number at total %q; the page's form may have changed"
		c.incomplete(fmt.Sprintf(format, link, c.src.Total))
	}
}

// notThere reports the answer that there is no such page.
func notThere(err error) bool {
	var status *StatusError
	return errors.As(err, &status) && (status.Code == http.StatusNotFound || status.Code == http.StatusGone)
}

// jsonPage is a page of JSON that was read: what it says, and how many postings its
// list has.
type jsonPage struct {
	state any
	items int
}

// jsonRequest asks for a page of a source.
func jsonRequest(src *config.Source, n int) *ats.Request {
	return &ats.Request{
		Method: cmp.Or(src.Method, http.MethodGet), URL: numbered(src.URL, n), Body: []byte(numbered(src.Body, n)),
	}
}

// jsonPage reads the page at which the crawl stands. After the first one a list that is
// not there is an empty one.
func (c *crawl) jsonPage(ctx context.Context) (read jsonPage, err error) {
	n := c.at.Page
	req := jsonRequest(c.src, n)
	link := req.URL
	page, again, err := c.enter(ctx, req)
	if err != nil {
		return read, err
	}
	state, err := c.state(page, link)
	if err != nil {
		return read, err
	}
	list := extract.At(state, c.src.Items)
	found, ok := list.([]any)
	switch {
	case !ok && (n == 1 || list != nil || saysError(state) || saysMessage(state, c.src.Items)):
		return read, fmt.Errorf("%s: there is no list at items %q; the page's form may have changed", link, c.src.Items)
	case len(found) == 0 && n == 1:
		return read, fmt.Errorf("no posting on %s: the list at items %q is empty", link, c.src.Items)
	case len(found) == 0 && saysError(state):
		return read, fmt.Errorf("%s answered with an error: the list at items %q is empty", link, c.src.Items)
	}
	read = jsonPage{state, len(found)}
	if !again {
		c.jsonTotal(n, read, link)
	}
	return read, c.jsonItems(ctx, page.URL, link, found)
}

// jsonItems hands on the postings of a page.
func (c *crawl) jsonItems(ctx context.Context, at *url.URL, link string, items []any) error {
	return c.each(ctx, len(items), false, func(i int) error {
		p := extract.Map(at, items[i], c.src.Columns)
		if p.ID+p.URL+strings.TrimSpace(p.Title) == "" {
			place := fmt.Sprintf("item %d of %s", i+1, link)
			c.sink.Reject(job.RejectNoTitle, place)
			c.problem("a posting without a title: " + place)
			return nil
		}
		return c.hand(ctx, &p, Sight{})
	})
}

// saysError reports an answer that names an error in place of what was asked for.
func saysError(state any) bool {
	o, ok := state.(map[string]any)
	if !ok {
		return state != nil
	}
	for _, name := range []string{"error", "errors"} {
		switch v := o[name].(type) {
		case string:
			ok = v == ""
		case []any:
			ok = len(v) == 0
		case map[string]any:
			ok = len(v) == 0
		case bool:
			ok = !v
		case json.Number:
			ok = strings.Trim(v.String(), "0.-") == ""
		default:
			ok = v == nil
		}
		if !ok {
			return true
		}
	}
	return o["success"] == false || o["ok"] == false || saysFailed(o)
}

// saysFailed reports an object with a status that says so, in words or as an HTTP
// status.
func saysFailed(o map[string]any) bool {
	for _, name := range []string{"code", "status", "statusCode", "status_code"} {
		said := strings.ToLower(fmt.Sprint(o[name]))
		if slices.Contains([]string{"fail", "failed", "failure", "error"}, said) {
			return true
		}
		if code, err := strconv.Atoi(said); err == nil && code >= 400 && code < 600 {
			return true
		}
	}
	return false
}

// saysMessage reports an object that has a message where the path of the items begins
// with another name.
func saysMessage(state any, items string) bool {
	o, ok := state.(map[string]any)
	first, _, _ := strings.Cut(items, ".")
	message, _ := o["message"].(string)
	_, has := o[first]
	return ok && !has && message != "" && o["success"] != true && o["ok"] != true
}

// numbered puts the number of a page where its placeholder stands.
func numbered(s string, n int) string {
	return strings.ReplaceAll(s, config.PagePlaceholder, strconv.Itoa(n))
}

var errNoState = errors.New("the page's form may have changed")

// state gives the JSON of a page: its body, or the state in one of its scripts.
func (c *crawl) state(page *page, link string) (v any, err error) {
	if c.src.State == "" {
		if v, err = extract.DecodeJSON(page.Body); err != nil {
			const format = "%s did not answer with JSON: %w; if a script on the page holds it, name that under state"
			return nil, fmt.Errorf(format, link, err)
		}
		return v, nil
	}
	doc, err := extract.NewPage(page.URL, page.Body)
	if err != nil {
		return nil, err
	}
	v, ok := doc.State(c.src.State)
	if !ok {
		const format = "%s has no script with the id %q that holds JSON, " +
			"and none that assigns JSON to that name: %w"
		return nil, fmt.Errorf(format, link, c.src.State, errNoState)
	}
	return v, nil
}
