package extract

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"jobsieve/config"
	"jobsieve/job"
)

// Detail is what the page of a posting says.
type Detail struct {
	// Posting is the page's own. It has no title where the page has none of its
	// own, or several of which none can be said to be it.
	Posting job.Posting
	// Marked says that Posting was read from JobPosting markup.
	Marked bool
	// Found says that a selector found something.
	Found bool
	// Others are the further postings that the page marks up. Those without a URL
	// stand on this page alone.
	Others []job.Posting
}

// Detail reads the page of a posting that a link led to: by selectors, and from
// JobPosting markup what they leave open. known is what is known of the posting
// already. Of several postings on the page the one whose address, id or title is
// that of the link is its own. The error names markup that could not be read.
func (p *Page) Detail(fields map[string]config.Field, link string, known *job.Posting) (Detail, error) {
	var d Detail
	d.Found = p.fill(&d.Posting, p.doc.Selection, fields)
	marked, err := p.JobPostings()
	marked = unlike(marked)
	i := p.ownOf(marked, link, d.Posting.Title, known.Title)
	if i >= 0 {
		merge(&d.Posting, &marked[i])
		d.Marked, marked = true, slices.Delete(marked, i, i+1)
	}
	for i := range marked {
		if p.isHere(marked[i].URL, link) {
			marked[i].URL = ""
		}
	}
	d.Others = marked
	return d, err
}

// unlike gives postings without those that say just the same as an earlier one.
func unlike(postings []job.Posting) (out []job.Posting) {
	seen := map[string]bool{}
	for i := range postings {
		p := &postings[i]
		key := strings.Join([]string{p.ID, p.URL, string(p.Hash(false))}, "\n")
		if !seen[key] {
			seen[key] = true
			out = append(out, *p)
		}
	}
	return out
}

// isHere reports an address that is the page's own, or the link that led to it.
func (p *Page) isHere(address, link string) bool {
	return address == "" || SameAddress(address, p.at.String()) || SameAddress(address, link)
}

// ownOf gives the place of the posting that the page is about, -1 where none can
// be said to be it.
func (p *Page) ownOf(marked []job.Posting, link string, titles ...string) int {
	titles = append(titles, Text(p.doc.Find("h1").First().Nodes...))
	here := func(q *job.Posting) bool { return p.isHere(q.URL, link) }
	if len(marked) == 1 {
		if here(&marked[0]) || titles[0] == "" || Alike(marked[0].Title, titles[0]) {
			return 0
		}
		return -1 // the selectors found a posting, and this is another one's
	}
	parts := linkParts(link)
	byID := func(q *job.Posting) bool { return q.ID != "" && slices.Contains(parts, strings.ToLower(q.ID)) }
	for _, way := range []func(*job.Posting) bool{here, byID} {
		if i, only := the(marked, way); only {
			return i
		}
	}
	for _, title := range titles {
		if i, _ := the(marked, func(q *job.Posting) bool { return title != "" && Alike(q.Title, title) }); i >= 0 {
			return i
		}
	}
	return -1
}

// the gives the first posting for which it holds, and whether it is the only
// one.
func the(postings []job.Posting, is func(*job.Posting) bool) (first int, only bool) {
	first = -1
	for i := range postings {
		if !is(&postings[i]) {
			continue
		}
		if first >= 0 {
			return first, false
		}
		first = i
	}
	return first, first >= 0
}

// Alike reports titles of which one contains the other.
func Alike(a, b string) bool {
	a, b = folded(a), folded(b)
	return a != "" && b != "" && (strings.Contains(a, b) || strings.Contains(b, a))
}

// folded brings a title, which a list may cut short, to a form to compare.
func folded(s string) string {
	return strings.TrimRight(strings.ToLower(strings.Join(strings.Fields(s), " ")), ".… ")
}

// linkParts gives the parts of an address that may be the id of a posting.
func linkParts(link string) []string {
	u, err := url.Parse(link)
	if err != nil {
		return nil
	}
	parts := strings.FieldsFunc(strings.ToLower(u.Path), func(r rune) bool { return strings.ContainsRune("/-_.", r) })
	parts = append(parts, strings.Split(strings.ToLower(strings.Trim(u.Path, "/")), "/")...)
	for _, values := range u.Query() {
		for _, v := range values {
			parts = append(parts, strings.ToLower(v))
		}
	}
	return parts
}

// SameAddress reports addresses that differ at most in their scheme, a leading
// www., a slash at the end, and in what says where a visitor came from.
func SameAddress(a, b string) bool { return bare(a) == bare(b) }

func bare(s string) string {
	u, err := url.Parse(job.CanonicalURL(s))
	if err != nil {
		return s
	}
	path := strings.TrimRight(u.EscapedPath(), "/")
	return strings.TrimPrefix(u.Host, "www.") + path + "?" + u.RawQuery + "#" + u.Fragment
}

// refresh is the address to which a page sends its reader on at once.
var refresh = regexp.MustCompile(`(?i)^\s*\d?(?:\.\d*)?\s*[;,]\s*url\s*=\s*["']?([^"']+)`)

// Refresh gives the address to which the page sends its reader on, empty where it
// does not.
func (p *Page) Refresh() string {
	to := ""
	p.doc.Find(`meta[http-equiv]`).EachWithBreak(func(_ int, s *goquery.Selection) bool {
		if !strings.EqualFold(s.AttrOr("http-equiv", ""), "refresh") || s.ParentsFiltered("noscript").Length() > 0 {
			return true
		}
		if m := refresh.FindStringSubmatch(s.AttrOr("content", "")); m != nil {
			to = p.absolute(strings.TrimSpace(m[1]))
		}
		return to == ""
	})
	return to
}
