package crawler

import (
	"context"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"jobsieve/crawler/extract"
	"jobsieve/job"
)

var (
	// closedPart is a part of an address that says that the posting is gone.
	closedPart = wholePart(`sorry|oops|(?:sorry[-_]?)?(?:(?:the|this)[-_])?` +
		`(?:(?:jobs?|positions?|postings?|vacancy|page|listing|opening|offer)[-_]?)?(?:(?:is|has|has[-_]been)[-_])?` +
		`(?:expired|closed|filled|not[-_]?found|no[-_]?longer[-_]?(?:available|active|exists)|unavailable|removed|inactive|gone|404|410|error)` +
		`(?:[-_](?:job|page|posting|position|vacancy|listing))?`)
	// generalPart is a part of the address of a page for all postings, or for
	// none.
	generalPart = wholePart(`index|home|default|main|welcome|jobs?|all-?jobs|careers?|vacanc(?:y|ies)|openings?|positions?` +
		`|opportunit(?:y|ies)|(?:current|latest|all|open)-(?:jobs|vacancies|openings|positions)` +
		`|search|results?|search-?(?:jobs|results)` +
		`|jobs?-?(?:search|list|listings?|openings?|board)|browse(?:-jobs)?|` + logins)
	// categoryPart is that of a page for one kind of posting.
	categoryPart = wholePart(`(?:[a-z]+-)*jobs?-in(?:-[a-z]+)+`)
	// loginPart is that of a page where people log in.
	loginPart = wholePart(logins)
	// locale is the part of an address that says the language or country.
	locale = regexp.MustCompile(`(?i)^[a-z]{2}(?:[-_][a-z]{2})?$`)
	// aboutPart are the parts after the address of a posting that lead to pages about
	// it.
	aboutPart = wholePart(`apply|view|details?|description|show|amp|print`)
)

const logins = `log-?in|sign-?in|sign-?up|register|auth|account|sso`

// wholePart matches a whole part of a path, with or without the ending of a file.
func wholePart(ways string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:` + ways + `)(?:\.\w+)?$`)
}

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
	case saysClosed(to), categoryPart.MatchString(last) && !categoryPart.MatchString(path.Base("/"+from.Path)):
		return true
	case namesByQuery(to), sharesNumber(from.String(), to.Query()):
		return false
	case strings.Trim(to.Path, "/") == "", locale.MatchString(last), generalPart.MatchString(last):
		return true
	case c.listPages[pageKey(to)]:
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

// pageKey stands for a page, whatever its query.
func pageKey(u *url.URL) hash {
	return hashOf(strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimRight(u.EscapedPath(), "/"))
}

// endKey stands for where a link ended: a page, with its query where that names
// something.
func endKey(u *url.URL) hash {
	if namesByQuery(u) {
		return hashOf(job.CanonicalURL(u.String()))
	}
	return pageKey(u)
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

// sharesNumber reports a query that has a number of the address as a value.
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

// numbers are what distinguishes the addresses of postings.
var numbers = regexp.MustCompile(`\d+`)

// isAnother reports that a link led to the page of another posting: one that was itself
// followed or is in the sitemap, that has a different number in the same place and a
// different title, or whose title and address say nothing that the link's do.
func (c *crawl) isAnother(link, final string, own, known *job.Posting) bool {
	from, err := url.Parse(link)
	if err != nil {
		return false
	}
	to, err := url.Parse(final)
	if err != nil || extract.SameAddress(link, final) || shareNumber(from, to) {
		return false
	}
	key := hashOf(job.ExactURL(final))
	_, followed := c.visited[key]
	if _, listed := c.listed[key]; followed || listed {
		return true
	}
	beside := path.Dir(from.Path) == path.Dir(to.Path) && len(numbersOf(from)) > 0 && len(numbersOf(to)) > 0
	if beside && known.Title != "" && own.Title != "" {
		return !extract.Alike(known.Title, own.Title)
	}
	return unlike(saying{known.Title, slugOf(from)}, saying{own.Title, lastOf(to)})
}

// numbersOf gives the numbers in the end of an address.
func numbersOf(u *url.URL) []string {
	return numbers.FindAllString(path.Base(u.Path)+"?"+u.RawQuery, -1)
}

// shareNumber reports two addresses of which one ends in a number of the other.
func shareNumber(a, b *url.URL) bool {
	ends := func(a, b *url.URL) bool {
		all := numbers.FindAllString(b.Path+"?"+b.RawQuery, -1)
		return slices.ContainsFunc(numbersOf(a), func(n string) bool { return slices.Contains(all, n) })
	}
	return ends(a, b) || ends(b, a)
}

// isOwn reports that what a link was redirected to is its own page: by its title, or
// a number or the words in its address.
func isOwn(link, final, title, known string) bool {
	if extract.Alike(title, known) {
		return true
	}
	from, err := url.Parse(link)
	if err != nil {
		return false
	}
	to, err := url.Parse(final)
	return err == nil && (shareNumber(from, to) || alike(wordsOf(slugOf(from)), wordsOf(lastOf(to))))
}

// saying is what an address and its page say of a posting; empty where they are
// not known.
type saying struct{ title, slug string }

// unlike reports that nothing that a link says is like anything where it ended,
// though the title there can be compared.
func unlike(a, b saying) bool {
	compared := false
	for _, x := range []string{a.title, a.slug} {
		for _, y := range []string{b.title, b.slug} {
			v, w := wordsOf(x), wordsOf(y)
			switch {
			case extract.Alike(x, y) || alike(v, w):
				return false
			case y == b.title && len(v) > 0 && len(w) > 0 && isLatin(v) == isLatin(w):
				compared = true
			}
		}
	}
	return compared
}

// alike reports that most of the shorter list's words are in the other.
func alike(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	n, all := 0, strings.Join(b, "")
	for _, w := range a {
		if strings.Contains(all, w) {
			n++
		}
	}
	return 2*n > len(a)
}

// slugOf gives the end of an address where it is made of words.
func slugOf(u *url.URL) string {
	if last := lastOf(u); strings.ContainsAny(last, "-_") {
		return strings.ReplaceAll(last, "_", " ")
	}
	return ""
}

// lastOf gives the end of an address without the ending of a file.
func lastOf(u *url.URL) string {
	last := path.Base("/" + u.Path)
	return strings.TrimSuffix(last, path.Ext(last))
}

// commonWords are those of any posting.
var commonWords = regexp.MustCompile(`^(?:jobs?|vacanc(?:y|ies)|careers?|openings?|positions?|hiring|urgent|required` +
	`|in|at|for|the|and|of|a|an)$`)

// wordsOf gives the words that tell a posting from others, which words with a
// number in them do not.
func wordsOf(s string) (words []string) {
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), isNoWord) {
		if utf8.RuneCountInString(w) > 2 && !strings.ContainsFunc(w, unicode.IsDigit) && !commonWords.MatchString(w) {
			words = append(words, w)
		}
	}
	return words
}

func isNoWord(r rune) bool { return !unicode.In(r, unicode.Letter, unicode.Mark, unicode.Digit) }

// isLatin reports words of which one is written in Latin letters.
func isLatin(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		return strings.ContainsFunc(w, func(r rune) bool { return unicode.Is(unicode.Latin, r) })
	})
}

// held is a posting whose link ended at an address that nothing shows to be its
// own. It is handed on when no other link has ended there.
type held struct {
	Final   hash
	Link    string
	Posting *job.Posting
	At      Sight
}

// maxHeld is how many postings are held at most.
const maxHeld = 10

// hold holds a posting. A second one that ends at the same address shows that
// both are gone.
func (c *crawl) hold(ctx context.Context, h held) error {
	c.ends[h.Final]++
	if c.ends[h.Final] > 1 {
		c.held = slices.DeleteFunc(c.held, func(earlier held) bool {
			if earlier.Final != h.Final {
				return false
			}
			c.gone(earlier.Link, "others lead to the same page")
			return true
		})
		c.gone(h.Link, "others lead to the same page")
		return nil
	}
	c.held = append(c.held, h)
	if len(c.held) <= maxHeld {
		return nil
	}
	first := c.held[0]
	c.held = c.held[1:]
	return c.hand(ctx, first.Posting, first.At)
}

// awayFrom rejects a posting whose link leads to a page that is not about it.
func (c *crawl) awayFrom(link, final string) {
	if u, err := url.Parse(final); err == nil && loginPart.MatchString(path.Base(u.Path)) {
		c.logins.add(final)
	}
	c.gone(link, "it leads to "+final)
}

// leastLogins is how many postings must lead to a login before that shows that
// the site asks for one.
const leastLogins = 4

// tellLogins notes a site that asks for a login before it shows postings.
func (c *crawl) tellLogins() {
	if c.logins.N >= leastLogins && 2*c.logins.N > len(c.visited) {
		c.incomplete(fmt.Sprintf("%d of %d pages of postings lead to a login (%s), which is not for programs",
			c.logins.N, len(c.visited), &c.logins))
	}
}

// gone rejects a posting whose page is no longer about it.
func (c *crawl) gone(link, why string) {
	c.env.Log.Debug("a posting is gone", "source", c.src.Name, "url", link, "reason", why)
	c.sink.Reject(job.RejectGone, link)
}
