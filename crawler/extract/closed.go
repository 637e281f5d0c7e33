package extract

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"

	"jobsieve/config"
	"jobsieve/job"
)

//go:embed closed.txt
var closedText string

// notices are the ways to say that a posting is closed.
type notices struct {
	// keys are words of which every notice has one: few lines of a page do.
	keys                map[string]bool
	says                *regexp.Regexp
	mark, before, after *regexp.Regexp
}

// closedNotices are those of closed.txt.
var closedNotices = sync.OnceValue(func() *notices {
	n, err := parseNotices(closedText)
	if err != nil {
		panic(err) // it is part of the program itself
	}
	return n
})

// parseNotices reads a list such as closed.txt.
func parseNotices(list string) (*notices, error) {
	words, ways, keys := map[string]string{}, map[string][]string{}, map[string]bool{}
	n := 0
	for line := range strings.Lines(list) {
		n++
		kind, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch {
		case kind == "" || strings.HasPrefix(kind, "#"):
		case strings.HasPrefix(kind, "{"):
			words[kind] = rest
		default:
			for name, w := range words {
				rest = strings.ReplaceAll(rest, name, w)
			}
			way, last, err := wayOf(rest)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", n, err)
			}
			if kind == "bare" {
				way, kind = way+bareEnd, "en"
			}
			if kind == "en" || kind == "hi" || kind == "hinglish" {
				kind = "says"
				addKeys(keys, last)
			}
			ways[kind] = append(ways[kind], way)
		}
	}
	all := func(kind, format string) *regexp.Regexp {
		re := regexp.MustCompile(fmt.Sprintf(format, strings.Join(ways[kind], "|")))
		re.Longest()
		return re
	}
	return &notices{
		keys: keys, says: all("says", `(?:^| )(?:%s)`), mark: all("mark", `^(?:%s)$`),
		before: all("before", `(?:^| )(?:%s)`), after: all("after", `^(?:%s)`),
	}, nil
}

// bareEnd is the end of a notice that nothing narrows.
const bareEnd = `(?:$|(?:on|since|now|as|for (?:this|the|these|now|all)) )`

// noticeGroup are words of which one must be there, or, in brackets, may be.
var noticeGroup = regexp.MustCompile(`\([^()\[\]]*\)|\[[^()\[\]]*\]|[^()\[\]\s]+`)

// wayOf gives the expression of a line. What it matches ends in a space, as every
// word does in a text that is ready for it. last are the last of the words that must be there.
func wayOf(line string) (way, last string, err error) {
	var s strings.Builder
	for _, part := range noticeGroup.FindAllString(line, -1) {
		inner := plainWords(strings.Trim(part, "()[]"))
		if inner == "" {
			return "", "", fmt.Errorf("%q has no words", part)
		}
		fmt.Fprintf(&s, "(?:(?:%s) )", inner)
		if part[0] == '[' {
			s.WriteByte('?')
		} else {
			last = inner
		}
	}
	return s.String(), last, nil
}

// addKeys adds the longest word of each that may come last.
func addKeys(keys map[string]bool, last string) {
	for one := range strings.SplitSeq(last, "|") {
		key := ""
		for w := range strings.FieldsSeq(one) {
			if len(w) > len(key) {
				key = w
			}
		}
		keys[key] = true
	}
}

// mayBeIn reports words that hold a key.
func (n *notices) mayBeIn(words string) bool {
	for w := range strings.FieldsSeq(words) {
		if n.keys[w] {
			return true
		}
	}
	return false
}

// plainWords brings each word between bars to the form in which texts are
// compared.
func plainWords(s string) string {
	var out []string
	for one := range strings.SplitSeq(s, "|") {
		if w := wordsOf(one); w != "" {
			out = append(out, w)
		}
	}
	return strings.Join(out, "|")
}

// wordsOf gives the words of a text in lower case with a space between. Signs
// that spellings of Hindi leave out are left out.
func wordsOf(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case r == '\u093c' || r == '\u200c' || r == '\u200d' || r == '\'' || r == '’':
		case r == 'ँ':
			b.WriteRune('ं')
		case unicode.IsLetter(r), unicode.IsMark(r), unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	return b.String()
}

// sentenceEnds are the signs between sentences.
var sentenceEnds = regexp.MustCompile(`[.!?।|;\n]+|\s[-–—]\s`)

// in gives the sentence of a text that says that a posting is closed.
func (n *notices) in(text string) (string, bool) {
	sentences := sentenceEnds.Split(text, -1)
	for _, sentence := range sentences[:min(len(sentences), maxSentences)] {
		words := wordsOf(sentence) + " "
		if !n.mayBeIn(words) {
			continue
		}
		at := n.says.FindStringIndex(words)
		if at != nil && !n.before.MatchString(words[:at[0]]+" ") && !n.after.MatchString(words[at[1]:]) {
			return strings.TrimSpace(sentence), true
		}
	}
	return "", false
}

// A notice is short, and says at once what it says.
const (
	noticeRunes  = 200
	maxSentences = 3
)

// titleMark is what is written before or after the title of a closed posting.
var titleMark = regexp.MustCompile(`(?i)[\[(]\s*(?:closed|expired|(?:position |vacancy )?filled|बंद|band)\s*[\])]` +
	`|^\W*(?:closed|expired)\s*[:|–—-]\s`)

// SaysClosed gives the words by which a list or a feed says itself that a posting is
// closed: in its title, or in a notice in place of a description. ok is false where
// it says no such thing.
func SaysClosed(posting *job.Posting) (words string, ok bool) {
	n := closedNotices()
	if titleMark.MatchString(posting.Title) {
		return posting.Title, true
	}
	if utf8.RuneCountInString(posting.Description) > noticeRunes {
		return "", false
	}
	if sentences := sentenceEnds.Split(strings.TrimSpace(posting.Description), -1); len(sentences) <= maxSentences {
		return n.in(posting.Description)
	}
	return "", false
}

// Closed gives the words by which a page says that its posting is closed: in its
// title or a heading, or in a short notice that stands apart from the posting's
// own text. ok is false where it says no such thing.
func (p *Page) Closed(posting *job.Posting, fields map[string]config.Field) (words string, ok bool) {
	s := noticeSearch{notices: closedNotices(), apart: map[*html.Node]bool{}}
	s.text = " " + wordsOf(posting.Description) + " "
	if f := fields["description"]; f.Select != "" && f.Attr == "" {
		for _, n := range find(p.doc.Selection, f).Nodes {
			s.apart[n] = true
		}
	}
	heads := []string{posting.Title, p.doc.Find("title").First().Text()}
	p.doc.Find("h1").Each(func(_ int, h *goquery.Selection) {
		if !isHidden(h) {
			heads = append(heads, Text(h.Nodes...))
		}
	})
	for _, head := range heads {
		if titleMark.MatchString(head) || s.notices.mark.MatchString(wordsOf(head)+" ") {
			return head, true
		}
	}
	// A description that short isn't one: the notice is in its place.
	for _, short := range append(heads, posting.Description) {
		if words, ok = s.notices.in(short); ok && utf8.RuneCountInString(short) <= noticeRunes {
			return words, true
		}
	}
	for _, body := range p.doc.Find("body").Nodes {
		if s.walk(body, false) {
			return s.found, true
		}
	}
	return "", false
}

// noticeSearch looks for a notice.
type noticeSearch struct {
	notices *notices
	text    string // of the posting, as words
	apart   map[*html.Node]bool
	found   string
}

var (
	// skipped are elements that say nothing of the page's own posting.
	skipped = map[string]bool{
		"script": true, "style": true, "noscript": true, "template": true, "nav": true, "footer": true, "aside": true,
		"li": true, "select": true, "dialog": true, "svg": true, "iframe": true, "textarea": true,
	}
	// elsewhere are class names of what is not shown, or of other postings.
	elsewhere = className(`hidden|d-none|hide|ng-hide|invisible|sr-only|visually-hidden|modal|popup|dialog|tooltip`,
		`related|similar|recommend\w*|suggest\w*|other-jobs|more-jobs|faqs?|footer|nav|breadcrumbs?`)
	// ownText are class names of the posting's own text, noticed those of notices.
	ownText = className(`\w*descri\w*`, `jd`)
	noticed = className(`alert|notice|notification|banner|warning|message|msg|error|info|flash|callout|status|expired|closed`,
		`unavailable|badge|label|tag|ribbon|stamp|state`)
	// inlineElements are elements within a line.
	inlineElements = map[string]bool{
		"a": true, "abbr": true, "b": true, "br": true, "em": true, "font": true, "i": true, "img": true, "label": true,
		"mark": true, "small": true, "span": true, "strong": true, "sub": true, "sup": true, "time": true, "u": true,
	}
	headings = map[string]bool{"h1": true, "h2": true, "h3": true, "h4": true}
)

// className matches one of the parts of a class name or an id.
func className(ways ...string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:^|[\s_-])(?:` + strings.Join(ways, "|") + `)(?:$|[\s_-])`)
}

// walk looks through an element. inText says that it is within the posting's
// own text, where only what is marked as a notice counts.
func (s *noticeSearch) walk(n *html.Node, inText bool) bool {
	names := strings.TrimSpace(attr(n, "class") + " " + attr(n, "id"))
	if skipped[n.Data] || hiddenNode(n) || names != "" && elsewhere.MatchString(names) {
		return false
	}
	marked := isNotice(n, names)
	inText = inText || s.isOwnText(n, names)
	if isLine(n) {
		return s.line(Text(n), marked, inText, headings[n.Data]) || s.inner(n, inText)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.ElementNode:
			if s.walk(c, inText) {
				return true
			}
		case html.TextNode:
			if s.line(c.Data, marked, inText, false) {
				return true
			}
		}
	}
	return false
}

// isNotice reports an element that is marked as a notice; names are its classes and
// its id.
func isNotice(n *html.Node, names string) bool {
	role := attr(n, "role")
	return role == "alert" || role == "status" || names != "" && noticed.MatchString(names)
}

// isOwnText reports an element that holds the posting's own text.
func (s *noticeSearch) isOwnText(n *html.Node, names string) bool {
	return s.apart[n] || attr(n, "itemprop") == "description" || names != "" && ownText.MatchString(names)
}

// inner looks at the elements of a line.
func (s *noticeSearch) inner(n *html.Node, inText bool) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && n.Data != "a" && s.walk(c, inText) {
			return true
		}
	}
	return false
}

// isLine reports an element that holds only what belongs within a line.
func isLine(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && (!inlineElements[c.Data] || !isLine(c)) {
			return false
		}
	}
	return true
}

// line looks at a line of text.
func (s *noticeSearch) line(text string, marked, inText, heading bool) bool {
	if inText && !marked || utf8.RuneCountInString(text) > noticeRunes {
		return false
	}
	words := wordsOf(text)
	if words == "" || !marked && !s.notices.mayBeIn(words) {
		return false
	}
	if !marked && !heading && strings.Contains(s.text, " "+words+" ") {
		return false // the posting's own text
	}
	if marked && s.notices.mark.MatchString(words+" ") {
		s.found = text
		return true
	}
	found, ok := s.notices.in(text)
	if ok {
		s.found = found
	}
	return ok
}
