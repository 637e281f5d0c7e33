//go:build linux

package machines

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// boardKind is how a board shows its postings.
type boardKind int

// The kinds: lists in HTML with a page for each posting, pages of JSON, the API of a platform
// with a page for each posting, and a sitemap of pages.
const (
	list boardKind = iota
	api
	platform
	sitemap
)

// How many postings a page of each kind shows.
const (
	onList     = 10
	onAPI      = 2
	onPlatform = 20
)

// board is one board of a host, which one source reads.
type board struct {
	name, address string
	kind          boardKind
	path          string // of all its pages
	postings      int
}

// newBoard makes a board of about so many pages.
func newBoard(h *host, n int, kind boardKind, pages int) *board {
	b := &board{
		name: fmt.Sprintf("host-%02d-%d", h.number, n), address: h.address, kind: kind, path: fmt.Sprintf("/board%d", n),
	}
	switch kind {
	case list:
		b.postings = pages * onList / (onList + 1)
	case api:
		b.postings = (pages - 1) * onAPI
	case platform:
		b.postings = pages * onPlatform / (onPlatform + 1)
	case sitemap:
		b.postings = pages - 1
	}
	return b
}

// pageOf names what a request asks for.
func pageOf(r *http.Request) string {
	body, _ := io.ReadAll(r.Body) // the test sees a page of another name
	r.Body = io.NopCloser(bytes.NewReader(body))
	return strings.TrimSpace(r.Method + " " + r.URL.RequestURI() + " " + string(body))
}

// source writes the source that reads the board.
func (b *board) source(delay time.Duration) string {
	head := fmt.Sprintf("  - name: %s\n    schedule: \"@every 24h\"\n    fetch: {delay: %s, private: [127.0.0.1]}\n",
		b.name, delay)
	url := "http://" + b.address + b.path
	switch b.kind {
	case list:
		return head + fmt.Sprintf(`    kind: html
    url: %s/list/0
    pages: 10000
    list: {item: li, next: a.next@href, fields: {id: "@data-id", title: a}}
    detail: {link: a@href, fields: {company: b, location: i, salary: s, description: p}}
`, url)
	case api:
		return head + fmt.Sprintf(`    kind: json
    url: %s/api?page={page}
    pages: 10000
    items: jobs
    columns: {id: id, title: title, company: company, location: place, salary: pay, description: text}
`, url)
	case platform:
		return head + fmt.Sprintf("    kind: ats\n    platform: workday\n    account: acme\n    site: jobs\n    url: %s\n", url)
	}
	return head + fmt.Sprintf("    kind: sitemap\n    url: %s/sitemap.xml\n    match: /job/\n", url)
}

// posting is one that a board shows.
type posting struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Company string `json:"company"`
	Place   string `json:"place"`
	Pay     string `json:"pay"`
	Text    string `json:"text"`
}

func (b *board) posting(n int) posting {
	const ofTitle, ofText, places, step = 3, 60, 4, 100
	id := b.name + "-" + strconv.Itoa(n)
	return posting{
		ID: id, Title: say(id, ofTitle), Company: "Company " + b.name, Pay: fmt.Sprintf("Rs %d a month", 10_000+step*n),
		Place: []string{"Pune", "Surat", "Delhi", "Kochi"}[n%places], Text: say(id+" text", ofText),
	}
}

// answer answers a request for one of the board's pages; it gives false for others.
func (b *board) answer(w http.ResponseWriter, r *http.Request) bool {
	path, ok := strings.CutPrefix(r.URL.Path, b.path+"/")
	if !ok {
		return false
	}
	switch b.kind {
	case list:
		return b.answerList(w, path)
	case api:
		return path == "api" && b.answerAPI(w, r)
	case platform:
		return b.answerPlatform(w, r, path)
	}
	return b.answerSitemap(w, path)
}

// numbered reads the number that a path ends in.
func (b *board) numbered(path, before string) (n int, ok bool) {
	rest, ok := strings.CutPrefix(path, before)
	n, err := strconv.Atoi(rest)
	return n, ok && err == nil && n >= 0 && n < b.postings
}

func (b *board) answerList(w http.ResponseWriter, path string) bool {
	if n, ok := b.numbered(path, "job/"); ok {
		p := b.posting(n)
		fmt.Fprintf(w, "<h1>%s</h1><b>%s</b><i>%s</i><s>%s</s><p>%s</p>", p.Title, p.Company, p.Place, p.Pay, p.Text)
		return true
	}
	page, ok := b.numbered(path, "list/")
	if !ok {
		return false
	}
	end := min(b.postings, (page+1)*onList)
	for n := page * onList; n < end; n++ {
		p := b.posting(n)
		fmt.Fprintf(w, "<li data-id=%s><a href=%s/job/%d>%s</a>\n", p.ID, b.path, n, p.Title)
	}
	if end < b.postings {
		fmt.Fprintf(w, "<a class=next href=%s/list/%d>next</a>", b.path, page+1)
	}
	return true
}

// write writes a value as JSON.
func write(w http.ResponseWriter, v any) bool {
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(v) == nil
}

func (b *board) answerAPI(w http.ResponseWriter, r *http.Request) bool {
	page, err := strconv.Atoi(r.URL.Query().Get("page"))
	jobs := []posting{}
	for n := (page - 1) * onAPI; n < min(b.postings, page*onAPI); n++ {
		jobs = append(jobs, b.posting(n))
	}
	return err == nil && page > 0 && write(w, map[string]any{"jobs": jobs})
}

func (b *board) answerPlatform(w http.ResponseWriter, r *http.Request, path string) bool {
	if n, ok := b.numbered(path, "wday/cxs/acme/jobs/job/"); ok {
		p := b.posting(n)
		return write(w, map[string]any{
			"jobPostingInfo":     map[string]any{"jobDescription": p.Text, "location": p.Place},
			"hiringOrganization": map[string]any{"name": p.Company},
		})
	}
	var asked struct{ Offset int }
	if path != "wday/cxs/acme/jobs/jobs" || json.NewDecoder(r.Body).Decode(&asked) != nil {
		return false
	}
	jobs := []map[string]any{}
	for n := asked.Offset; n < min(b.postings, asked.Offset+onPlatform); n++ {
		p := b.posting(n)
		jobs = append(jobs, map[string]any{
			"title": p.Title, "externalPath": "/job/" + strconv.Itoa(n), "locationsText": p.Place,
		})
	}
	return write(w, map[string]any{"total": b.postings, "jobPostings": jobs})
}

func (b *board) answerSitemap(w http.ResponseWriter, path string) bool {
	if path == "sitemap.xml" {
		fmt.Fprint(w, `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
		for n := range b.postings {
			fmt.Fprintf(w, "<url><loc>http://%s%s/job/%d</loc></url>", b.address, b.path, n)
		}
		fmt.Fprint(w, "</urlset>")
		return true
	}
	n, ok := b.numbered(path, "job/")
	if !ok {
		return false
	}
	p := b.posting(n)
	marked, err := json.Marshal(map[string]any{
		"@context": "https://schema.org", "@type": "JobPosting", "title": p.Title, "description": p.Text,
		"identifier":         p.ID,
		"hiringOrganization": map[string]any{"@type": "Organization", "name": p.Company},
		"jobLocation":        map[string]any{"@type": "Place", "address": map[string]any{"addressLocality": p.Place}},
	})
	fmt.Fprintf(w, `<title>%s</title><script type="application/ld+json">%s</script><p>%s</p>`, p.Title, marked, p.Text)
	return err == nil
}
