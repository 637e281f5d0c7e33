package crawler

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"jobsieve/config"
	"jobsieve/crawler/extract"
)

// json reads pages of JSON, or the state that a page's own script reads, by
// paths. Where the address or the body has {page} in it the pages are counted from 1, up to
// one that brings nothing new.
func (c *crawl) json(ctx context.Context) error {
	for n := 1; n <= c.src.Pages; n++ {
		before := len(c.seen)
		if err := c.jsonPage(ctx, n); err != nil {
			return err
		}
		if !strings.Contains(c.src.URL+c.src.Body, config.PagePlaceholder) || len(c.seen) == before {
			return nil
		}
	}
	c.incomplete(fmt.Sprintf("stopped after %d pages, as pages says; there may be more", c.src.Pages))
	return nil
}

func (c *crawl) jsonPage(ctx context.Context, n int) error {
	link, body := numbered(c.src.URL, n), []byte(numbered(c.src.Body, n))
	page, err := c.get.send(cmp.Or(c.src.Method, http.MethodGet), link, body, Validator{})
	if err != nil {
		return err
	}
	c.receipt.Pages++
	state, err := c.state(page, link)
	if err != nil {
		return err
	}
	items, ok := extract.At(state, c.src.Items).([]any)
	if !ok {
		return fmt.Errorf("%s: no list stands at items %q; the page's form may have changed", link, c.src.Items)
	}
	if len(items) == 0 && n == 1 {
		return fmt.Errorf("no posting on %s: the list at items %q is empty", link, c.src.Items)
	}
	for _, item := range items {
		if err := ctx.Err(); err != nil {
			return err
		}
		p := extract.Map(page.URL, item, c.src.Columns)
		if err := c.hand(ctx, &p, Source{}); err != nil {
			return err
		}
	}
	return nil
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
