package crawler

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"jobsieve/config"
	"jobsieve/crawler/extract"
	"jobsieve/job"
)

// oldPages is how many pages in a row may bring nothing new before the next one is
// not asked for.
const oldPages = 2

// json reads pages of JSON, or the state that a page's own script reads, by
// paths. Where the address or the body has {page} in it the pages are counted from
// 1, up to one without postings.
func (c *crawl) json(ctx context.Context) error {
	if !strings.Contains(c.src.URL+c.src.Body, config.PagePlaceholder) {
		_, err := c.jsonPage(ctx, 1)
		if err == nil {
			c.receipt.End = job.EndWhole
		}
		return err
	}
	for n, old := 1, 0; n <= c.src.Pages; n++ {
		repeated := c.repeated
		items, err := c.jsonPage(ctx, n)
		if err != nil && n > 1 && notThere(err) {
			items, err = 0, nil // so many sites answer that there is no such page
		}
		if err != nil {
			return err
		}
		if old++; c.repeated-repeated < items {
			old = 0
		}
		switch {
		case items == 0, old == oldPages && n > oldPages+1: // the last page is given again and again
			c.receipt.End = job.EndEmpty
			return nil
		case old == oldPages:
			c.incomplete(fmt.Sprintf("pages 2 to %d bring nothing that page 1 has not: "+
				"does the site take {page} as it stands in url?", n))
			return nil
		}
	}
	c.incomplete(fmt.Sprintf("stopped after %d pages, as pages says; there may be more", c.src.Pages))
	return nil
}

// notThere reports the answer that there is no such page.
func notThere(err error) bool {
	var status *StatusError
	return errors.As(err, &status) && (status.Code == http.StatusNotFound || status.Code == http.StatusGone)
}

// jsonPage reads a page and says how many postings its list has. After the first
// page a list that is not there is an empty one.
func (c *crawl) jsonPage(ctx context.Context, n int) (items int, err error) {
	link, body := numbered(c.src.URL, n), []byte(numbered(c.src.Body, n))
	page, err := c.get.send(cmp.Or(c.src.Method, http.MethodGet), link, body)
	if err != nil {
		return 0, err
	}
	c.receipt.Pages++
	state, err := c.state(page, link)
	if err != nil {
		return 0, err
	}
	list := extract.At(state, c.src.Items)
	found, ok := list.([]any)
	switch {
	case !ok && (n == 1 || list != nil || saysError(state) || saysMessage(state, c.src.Items)):
		return 0, fmt.Errorf("%s: no list stands at items %q; the page's form may have changed", link, c.src.Items)
	case len(found) == 0 && n == 1:
		return 0, fmt.Errorf("no posting on %s: the list at items %q is empty", link, c.src.Items)
	case len(found) == 0 && saysError(state):
		return 0, fmt.Errorf("%s answers an error: the list at items %q is empty", link, c.src.Items)
	}
	for i, item := range found {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		p := extract.Map(page.URL, item, c.src.Columns)
		if p.ID+p.URL+strings.TrimSpace(p.Title) == "" {
			place := fmt.Sprintf("item %d of %s", i+1, link)
			c.sink.Reject(job.RejectNoTitle, place)
			c.problem("a posting without a title: " + place)
			continue
		}
		if err := c.hand(ctx, &p, Sight{}); err != nil {
			return 0, err
		}
	}
	return len(found), nil
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

// saysFailed reports an object with a status that says so in words, or as that of HTTP.
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
			return nil, fmt.Errorf("%s answers no JSON: %w; where a script of the page holds it, name that under state", link, err)
		}
		return v, nil
	}
	doc, err := extract.NewPage(page.URL, page.Body)
	if err != nil {
		return nil, err
	}
	v, ok := doc.State(c.src.State)
	if !ok {
		return nil, fmt.Errorf("%s has no script with the id %q that holds JSON, and none that assigns JSON to that name: %w", link, c.src.State, errNoState)
	}
	return v, nil
}
