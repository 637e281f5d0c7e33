package crawler

import (
	"context"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"jobsieve/crawler/extract"
	"jobsieve/job"
)

var (
	// closedPart is a part of an address that says that the posting is gone.
	closedPart = regexp.MustCompile(`(?i)^(?:sorry[-_]?)?(?:(?:the|this)[-_])?(?:jobs?|positions?|postings?|vacancy|page|listing|opening|offer)?[-_]?` +
		`(?:(?:is|has|has[-_]been)[-_])?(?:expired|closed|filled|not[-_]?found|no[-_]?longer[-_]?(?:available|active|exists)|unavailable|removed|inactive|gone|404|410|error)` +
		`(?:[-_](?:job|page|posting|position|vacancy|listing))?(?:\.\w+)?$`)
	// generalPart is that of a page for all postings, or for none.
	generalPart = regexp.MustCompile(`(?i)^(?:index|home|default|main|welcome|jobs?|all-?jobs|careers?|vacanc(?:y|ies)|openings?|positions?|opportunit(?:y|ies)|search|results?|search-?(?:jobs|results)|job-?(?:search|list|listings?|openings?|board)|browse(?:-jobs)?|log-?in|sign-?in|sign-?up|register|auth|account|sso)(?:\.\w+)?$`)
	// loginPart is that of a page that lets people in.
	loginPart = regexp.MustCompile(`(?i)^(?:log-?in|sign-?in|sign-?up|register|auth|account|sso)(?:\.\w+)?$`)
	// locale is the part of an address that says the language or country.
	locale = regexp.MustCompile(`(?i)^[a-z]{2}(?:[-_][a-z]{2})?$`)
	// aboutPart are the parts behind the address of a posting that lead to pages about
	// it.
	aboutPart = regexp.MustCompile(`(?i)^(?:apply|view|details?|description|show|amp|print)(?:\.\w+)?$`)
)

// leadsAway reports that the link to a posting ended, after redirects, at a page
// that is not about it: the site's home or list, a page above it, a login, a
// notice.
func (c *crawl) leadsAway(link, final string) bool {
	if extract.SameAddress(link, final) {
		return false
	}
	from, err := url.Parse(job.CanonicalURL(link))
	if err != nil {
		return false
	}
	to, err := url.Parse(job.CanonicalURL(final))
	if err != nil {
		return false
	}
	last := path.Base("/" + to.Path)
	switch {
	case saysClosed(to):
		return true
	case namesByQuery(to), sharesNumber(from.String(), to.Query()):
		return false
	case strings.Trim(to.Path, "/") == "", locale.MatchString(last), generalPart.MatchString(last), c.listPages[pageKey(to)]:
		return true
	}
	return isAbove(from, to)
}

// saysClosed reports an address that says itself that the posting is gone.
func saysClosed(u *url.URL) bool {
	parts := strings.Split(u.Path, "/")
	for name, values := range u.Query() {
		parts = append(append(parts, name), values...)
	}
	return slices.ContainsFunc(parts, closedPart.MatchString)
}

// pageKey stands for a page whatever its query.
func pageKey(u *url.URL) hash {
	return hashOf(strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimRight(u.EscapedPath(), "/"))
}

// noteList notes the address of a list page: a posting whose page leads there is
// gone.
func (c *crawl) noteList(link string, at *url.URL) {
	if u, err := url.Parse(link); err == nil {
		c.listPages[pageKey(u)] = true
	}
	c.listPages[pageKey(at)] = true
}

// namesByQuery reports a query that names something; one that says where a
// visitor wanted to go names nothing.
func namesByQuery(u *url.URL) bool {
	q := u.Query()
	for name, values := range q {
		if strings.ContainsAny(strings.Join(values, ""), "/") {
			q.Del(name)
		}
	}
	return job.NamesOne("http://x/?" + q.Encode())
}

// long is a number that hardly counts pages.
var long = regexp.MustCompile(`\d{3,}`)

// sharesNumber reports a query of which a value is a number in the address.
func sharesNumber(from string, q url.Values) bool {
	numbers := long.FindAllString(from, -1)
	for _, values := range q {
		if slices.ContainsFunc(values, func(v string) bool { return slices.Contains(numbers, v) }) {
			return true
		}
	}
	return false
}

// isAbove reports that an address has lost what named the posting: its query, or
// the end of its path.
func isAbove(from, to *url.URL) bool {
	if strings.TrimPrefix(from.Host, "www.") != strings.TrimPrefix(to.Host, "www.") || job.NamesOne(to.String()) {
		return false
	}
	above, below := strings.TrimRight(to.Path, "/"), strings.TrimRight(from.Path, "/")
	if above == below {
		return namesByQuery(from)
	}
	rest, ok := strings.CutPrefix(below, above+"/")
	return ok && !aboutPart.MatchString(rest)
}

// numbers are what tells addresses of postings apart.
var numbers = regexp.MustCompile(`\d+`)

// isAnother reports that a link led to the page of another posting: one that was
// followed itself, or that has another number beside it and another title.
func (c *crawl) isAnother(link, final string, own, known *job.Posting) bool {
	from, err := url.Parse(link)
	if err != nil {
		return false
	}
	to, err := url.Parse(final)
	if err != nil || extract.SameAddress(link, final) || path.Dir(from.Path) != path.Dir(to.Path) {
		return false
	}
	theirs := numbers.FindAllString(path.Base(to.Path)+"?"+to.RawQuery, -1)
	ours := numbers.FindAllString(path.Base(from.Path)+"?"+from.RawQuery, -1)
	shared := slices.ContainsFunc(ours, func(n string) bool { return slices.Contains(theirs, n) })
	if shared || len(ours) == 0 || len(theirs) == 0 {
		return false
	}
	if _, followed := c.visited[hashOf(job.ExactURL(final))]; followed {
		return true
	}
	return known.Title != "" && own.Title != "" && !extract.Alike(known.Title, own.Title)
}

// held is a posting whose link ended at an address that does not look like that
// of one posting. It is handed on when no other link has ended there.
type held struct {
	final   hash
	link    string
	posting *job.Posting
	at      Sight
}

// maxHeld is how many postings are held at most.
const maxHeld = 10

// hold holds a posting. A second one that ends at the same address shows that
// both are gone.
func (c *crawl) hold(ctx context.Context, h held) error {
	c.ends[h.final]++
	if c.ends[h.final] > 1 {
		c.held = slices.DeleteFunc(c.held, func(earlier held) bool {
			if earlier.final != h.final {
				return false
			}
			c.gone(earlier.link, "others lead to the same page")
			return true
		})
		c.gone(h.link, "others lead to the same page")
		return nil
	}
	c.held = append(c.held, h)
	if len(c.held) <= maxHeld {
		return nil
	}
	first := c.held[0]
	c.held = c.held[1:]
	return c.hand(ctx, first.posting, first.at)
}

// awayFrom rejects a posting whose link leads to a page that is not about it.
func (c *crawl) awayFrom(link, final string) {
	if u, err := url.Parse(final); err == nil && loginPart.MatchString(path.Base(u.Path)) {
		c.logins.add(final)
	}
	c.gone(link, "it leads to "+final)
}

// leastLogins is how many postings lead to a login before that says that the
// site asks for one.
const leastLogins = 4

// tellLogins notes a site that asks for a login before it shows postings.
func (c *crawl) tellLogins() {
	if c.logins.n >= leastLogins && 2*c.logins.n > len(c.visited) {
		c.incomplete(fmt.Sprintf("%d of %d pages of postings lead to a login (%s), which is not for programs", c.logins.n, len(c.visited), &c.logins))
	}
}

// gone rejects a posting whose page is not about it any more.
func (c *crawl) gone(link, why string) {
	c.env.Log.Debug("a posting is gone", "source", c.src.Name, "url", link, "reason", why)
	c.sink.Reject(job.RejectGone, link)
}
