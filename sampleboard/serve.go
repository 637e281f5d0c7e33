package sampleboard

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"time"

	"jobsieve/job"
)

//go:embed board.html
var boardHTML string

var pages = template.Must(template.New("board").Parse(boardHTML))

// perPage is how many postings a list page shows.
const perPage = 12

// Board serves the postings.
type Board struct {
	postings []Posting
	mux      *http.ServeMux
}

// NewBoard makes the board's handler.
func NewBoard() (*Board, error) {
	postings, err := Postings()
	if err != nil {
		return nil, err
	}
	b := &Board{postings: postings, mux: http.NewServeMux()}
	b.mux.HandleFunc("GET /robots.txt", b.robots)
	b.mux.HandleFunc("GET /jobs", b.list)
	b.mux.HandleFunc("GET /jobs/{id}", b.detail)
	b.mux.HandleFunc("GET /feed.xml", b.feed)
	b.mux.HandleFunc("GET /sitemap.xml", b.sitemap)
	b.mux.Handle("GET /{$}", http.RedirectHandler("/jobs", http.StatusFound))
	return b, nil
}

// ServeHTTP answers as a job board does.
func (b *Board) ServeHTTP(w http.ResponseWriter, r *http.Request) { b.mux.ServeHTTP(w, r) }

func base(r *http.Request) string { return "http://" + r.Host }

func (b *Board) robots(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprintf(w,
		"User-agent: *\nDisallow: /employers/\nDisallow: /jobs?*sort=\nAllow: /\n\nSitemap: %s/sitemap.xml\n", base(r))
}

func render(w http.ResponseWriter, name string, data any) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if err := pages.ExecuteTemplate(w, name, data); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func (b *Board) list(w http.ResponseWriter, r *http.Request) {
	page, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err != nil || page < 1 {
		page = 1
	}
	from := (page - 1) * perPage
	if from >= len(b.postings) {
		http.NotFound(w, r)
		return
	}
	to := min(from+perPage, len(b.postings))
	next := 0
	if to < len(b.postings) {
		next = page + 1
	}
	render(w, "list", map[string]any{"Postings": b.postings[from:to], "Page": page, "Next": next,
		"Total": len(b.postings)})
}

func (b *Board) find(id string) (*Posting, int) {
	for i := range b.postings {
		if b.postings[i].ID == id {
			return &b.postings[i], i
		}
	}
	return nil, 0
}

// detail serves a posting: every other one with JobPosting JSON-LD, the others
// with markup only.
func (b *Board) detail(w http.ResponseWriter, r *http.Request) {
	p, i := b.find(r.PathValue("id"))
	if p == nil {
		http.NotFound(w, r)
		return
	}
	if i%2 == 0 {
		ld, err := json.Marshal(p.jsonLD(base(r)))
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		render(w, "jsonld", map[string]any{"P": p,
			"LD": template.JS(ld)}) // #nosec G203 -- our own postings, escaped by encoding/json
		return
	}
	render(w, "markup", map[string]any{"P": p, "Paragraphs": strings.Split(strings.TrimSpace(p.Description), "\n")})
}

// jsonLD describes the posting in the words of schema.org.
func (p *Posting) jsonLD(base string) map[string]any {
	ld := map[string]any{
		"@context": "https://schema.org", "@type": "JobPosting", "title": p.Title, "datePosted": p.Posted,
		"url":                base + "/jobs/" + p.ID,
		"identifier":         map[string]any{"@type": "PropertyValue", "name": "Naukri Chowk", "value": p.ID},
		"hiringOrganization": map[string]any{"@type": "Organization", "name": p.Company},
		"description": "<p>" + strings.ReplaceAll(template.HTMLEscapeString(strings.TrimSpace(p.Description)),
			"\n", "</p><p>") + "</p>",
	}
	set := func(key, value string) {
		if value != "" {
			ld[key] = value
		}
	}
	set("skills", p.Skills)
	set("experienceRequirements", p.Experience)
	set("baseSalary", p.Salary)
	if p.Openings > 0 {
		ld["totalJobOpenings"] = p.Openings
	}
	if p.Location != "" {
		ld["jobLocation"] = map[string]any{"@type": "Place", "address": map[string]any{"@type": "PostalAddress",
			"addressLocality": p.Location}}
	}
	return ld
}

func (b *Board) feed(w http.ResponseWriter, r *http.Request) {
	const (
		head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel>" +
			"<title>Naukri Chowk</title><link>%s/jobs</link><description>New jobs</description>\n"
		item = "<item><guid isPermaLink=\"false\">%s</guid><title>%s</title><link>%s/jobs/%s</link>" +
			"<company>%s</company><location>%s</location><salary>%s</salary>" +
			"<pubDate>%s</pubDate><description>%s</description></item>\n"
	)
	w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
	fmt.Fprintf(w, head, base(r))
	for i := range b.postings[:min(40, len(b.postings))] {
		p := &b.postings[i]
		fmt.Fprintf(w, item, p.ID, escape(p.Title), base(r), p.ID,
			escape(p.Company), escape(p.Location), escape(p.Salary),
			p.pubDate(), escape(strings.TrimSpace(p.Description)))
	}
	fmt.Fprint(w, "</channel></rss>\n")
}

func escape(s string) string { return template.HTMLEscapeString(s) }

func (p *Posting) pubDate() string {
	t, err := time.ParseInLocation(time.DateOnly, p.Posted, job.IST)
	if err != nil {
		return ""
	}
	return t.Format(time.RFC1123Z)
}

func (b *Board) sitemap(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/xml; charset=utf-8")
	fmt.Fprint(w,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n")
	fmt.Fprintf(w, "<url><loc>%s/jobs</loc></url>\n", base(r))
	for i := range b.postings {
		fmt.Fprintf(w, "<url><loc>%s/jobs/%s</loc><lastmod>%s</lastmod></url>\n", base(r), b.postings[i].ID,
			b.postings[i].Posted)
	}
	fmt.Fprint(w, "</urlset>\n")
}
