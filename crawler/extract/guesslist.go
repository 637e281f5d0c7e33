package extract

import (
	"regexp"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"jobsieve/config"
	"jobsieve/job"
)

// ListGuess is a guess at how a list page is read.
type ListGuess struct {
	// Item selects the elements of postings, Link the link of each, if they have
	// one.
	Item string
	Link config.Field
	// Fields are the fields that were found in them.
	Fields map[string]config.Field
	// First is where the first one leads.
	First string
	// Next leads to the next list page, empty where there is no such link.
	Next config.Field

	score int
}

// leastCards is how many similar elements make a list; beyond mostCards, more
// of them don't make a guess better.
const (
	leastCards = 2
	mostCards  = 25
)

// GuessList finds the elements of a page that are most likely its postings: many
// similar ones, with fields of postings and links of their own, preferably ones
// that look like a posting's. ok is false where there are none.
func (p *Page) GuessList() (best ListGuess, ok bool) {
	groups := map[string][]*goquery.Selection{}
	var order []string
	p.doc.Find("body *").Each(func(_ int, s *goquery.Selection) {
		for _, name := range signatures(s) {
			if groups[name] == nil {
				order = append(order, name)
			}
			groups[name] = append(groups[name], s)
		}
	})
	for _, item := range order {
		if g, fits := p.guess(item, groups[item]); fits && g.score > best.score {
			best, ok = g, true
		}
	}
	if ok {
		best.Next = p.guessNext()
	}
	return best, ok
}

var plainName = regexp.MustCompile(`^[A-Za-z_][\w-]*$`)

// signatures are selectors for elements like this one: its name with one of its
// classes, else its name within its parent; none where it can't be an item.
func signatures(s *goquery.Selection) (out []string) {
	tag := goquery.NodeName(s)
	switch tag {
	case "li", "tr", "article", "div", "section", "a":
	default:
		return nil
	}
	for class := range strings.FieldsSeq(s.AttrOr("class", "")) {
		if plainName.MatchString(class) {
			out = append(out, tag+"."+class)
		}
	}
	if len(out) > 0 || tag == "a" || tag == "div" || tag == "section" {
		return out
	}
	if class := firstClass(s.Parent()); plainName.MatchString(class) {
		return []string{"." + class + " > " + tag}
	}
	return []string{tag}
}

// firstClass gives the first class of an element.
func firstClass(s *goquery.Selection) string {
	class, _, _ := strings.Cut(strings.TrimSpace(s.AttrOr("class", "")), " ")
	return class
}

// jobWord occurs in the names of elements that hold postings.
var jobWord = regexp.MustCompile(`(?i)job|career|vacanc|posting|opening|tuple|position`)

// guess makes a guess from elements that are similar.
func (p *Page) guess(item string, cards []*goquery.Selection) (g ListGuess, ok bool) {
	if len(cards) < leastCards {
		return g, false
	}
	g = ListGuess{Item: item, Fields: map[string]config.Field{}}
	id := p.guessID(cards)
	n := p.count(&g, cards, id)
	// One posting per card, else it is a part of the page that holds several.
	if n.different < leastCards || n.different*4 < len(cards)*3 || cards[0].Find("a[href]").Length() > 12 {
		return g, false
	}
	if id.Attr != "" {
		g.Fields["id"] = id
	}
	if g.Link.Select != "" {
		g.Fields["url"] = g.Link
	}
	facts := p.guessFields(&g, cards)
	if p.having(cards, g.Fields["title"])*2 < len(cards) || n.jobs*2 <= n.different && facts == 0 {
		return g, false
	}
	g.score = min(n.different, mostCards)*(2+6*facts) + 2*min(n.rich, mostCards) + 2*min(n.jobs, mostCards)
	if jobWord.MatchString(item) {
		g.score++
	}
	return g, true
}

// cardCounts says how many cards there are, each counted once, how many of them
// lead to what looks like a posting, and how many say more than a few words.
type cardCounts struct{ different, jobs, rich int }

// count counts cards, each once: by its link, or by the attribute that names it.
// The first link is noted in g.
func (p *Page) count(g *ListGuess, cards []*goquery.Selection, id config.Field) (n cardCounts) {
	met := map[string]bool{}
	for _, card := range cards {
		link, href := p.cardLink(card)
		if g.First == "" && href != "" {
			g.Link, g.First = link, href
		}
		key := href
		if key == "" && id.Attr != "" {
			key = card.AttrOr(id.Attr, "")
		}
		if key == "" || met[key] {
			continue
		}
		met[key] = true
		n.different++
		if LooksLikeJob(href) {
			n.jobs++
		}
		if len(strings.Fields(Text(card.Nodes...))) >= 5 {
			n.rich++
		}
	}
	return n
}

// cardLink is the link of a card: its own, one that looks like a posting's, that
// of its heading, or the first that does not lead to another host.
func (p *Page) cardLink(card *goquery.Selection) (config.Field, string) {
	if goquery.NodeName(card) == "a" {
		return config.Field{Attr: "href"}, p.absolute(card.AttrOr("href", ""))
	}
	for _, css := range []string{"h1 a", "h2 a", "h3 a", "h4 a", "h5 a"} {
		if hrefs := p.links(card, config.Field{Select: css}); len(hrefs) > 0 {
			return config.Field{Select: css, Attr: "href"}, hrefs[0]
		}
	}
	for i, a := range card.Find("a[href]").EachIter() {
		href := p.absolute(a.AttrOr("href", ""))
		if !LooksLikeJob(href) && !p.sameHost(href) {
			continue
		}
		if class := firstClass(a); plainName.MatchString(class) {
			return config.Field{Select: "a." + class, Attr: "href"}, href
		}
		if i == 0 {
			return config.Field{Select: "a", Attr: "href"}, href
		}
	}
	return config.Field{}, ""
}

// fieldWords are parts of class names by which the fields of cards go.
var fieldWords = []struct {
	field job.Field
	words []string
}{
	{job.FieldTitle, []string{"title", "position", "designation", "role", "heading"}},
	{job.FieldCompany, []string{"company", "employer", "organization", "organisation", "comp-name", "recruiter"}},
	{job.FieldLocation, []string{"location", "place", "city", "loc"}},
	{job.FieldExperience, []string{"experience", "exp"}},
	{job.FieldSalary, []string{"salary", "pay", "ctc", "stipend", "package", "compensation"}},
	{job.FieldSkills, []string{"skills", "skill", "tags"}},
}

// longestFact is how long a field of a card is, at most, in bytes.
const longestFact = 120

// guessFields finds the fields of cards, and says how many there are besides the
// title.
func (p *Page) guessFields(g *ListGuess, cards []*goquery.Selection) (facts int) {
	half := (len(cards) + 1) / 2
	for _, css := range []string{"h1 a", "h2 a", "h3 a", "h4 a", "h5 a"} {
		if f := (config.Field{Select: css}); p.having(cards, f) >= half {
			g.Fields["title"] = f
			break
		}
	}
	for _, f := range fieldWords {
		for _, word := range f.words {
			if _, have := g.Fields[string(f.field)]; have {
				break
			}
			class := classWith(cards[0], word, f.field == job.FieldSkills)
			if class == "" || p.having(cards, config.Field{Select: "." + class}) < half {
				continue
			}
			g.Fields[string(f.field)] = config.Field{Select: "." + class}
			if f.field != job.FieldTitle {
				facts++
			}
		}
	}
	for _, css := range []string{"h1", "h2", "h3", "h4", "h5", g.Link.Select} {
		if f := (config.Field{Select: css}); g.Fields["title"].IsZero() && p.having(cards, f) >= half {
			g.Fields["title"] = f
		}
	}
	if g.Fields["title"].IsZero() {
		delete(g.Fields, "title")
	}
	return facts
}

// having counts the cards that have a text for a field.
func (p *Page) having(cards []*goquery.Selection, f config.Field) (n int) {
	if f.IsZero() {
		return 0
	}
	for _, card := range cards {
		if p.field(card, "title", f) != "" {
			n++
		}
	}
	return n
}

// guessID finds the attribute of cards that names each: data-id, data-job-id,
// jobid.
func (p *Page) guessID(cards []*goquery.Selection) config.Field {
	for _, a := range cards[0].Nodes[0].Attr {
		named := strings.HasSuffix(a.Key, "-id") || strings.HasSuffix(a.Key, "jobid")
		if !named || !plainName.MatchString(a.Key) {
			continue
		}
		different := map[string]bool{}
		for _, card := range cards {
			different[card.AttrOr(a.Key, "")] = true
		}
		if len(different) == len(cards) && !different[""] {
			return config.Field{Attr: a.Key}
		}
	}
	return config.Field{}
}

// classWith gives the class within a card that has a word among its parts: of
// several, that with the shortest text, since the others contain it. For a list,
// such as of skills, the elements are meant; else a long text is more than one
// field.
func classWith(card *goquery.Selection, word string, list bool) (css string) {
	shortest := 0
	for _, s := range card.Find("[class]").EachIter() {
		text := Text(s.Nodes...)
		if text == "" || css != "" && len(text) >= shortest || !list && len(text) > longestFact {
			continue
		}
		for class := range strings.FieldsSeq(s.AttrOr("class", "")) {
			if !plainName.MatchString(class) || !saysWord(class, word) {
				continue
			}
			css, shortest = class, len(text)
			if list {
				css += childrenAlike(s)
			}
		}
	}
	return css
}

// saysWord reports a class that has a word among its parts; one with a hyphen may
// be anywhere in it.
func saysWord(class, word string) bool {
	class = strings.ToLower(class)
	parts := strings.FieldsFunc(class, func(r rune) bool { return r == '-' || r == '_' })
	return slices.Contains(parts, word) || strings.Contains(word, "-") && strings.Contains(class, word)
}

// childrenAlike selects the children of an element where there are several of
// one kind, each with a text; else nothing.
func childrenAlike(s *goquery.Selection) string {
	children := s.Children()
	if children.Length() < 2 {
		return ""
	}
	tag := goquery.NodeName(children)
	for _, c := range children.EachIter() {
		if goquery.NodeName(c) != tag || Text(c.Nodes...) == "" {
			return ""
		}
	}
	return " > " + tag
}

// guessNext finds the link to the next list page.
func (p *Page) guessNext() config.Field {
	for _, css := range []string{`a[rel~="next"]`, `link[rel~="next"]`, "a.next", ".next a", `a[aria-label="Next"]`, `a[aria-label="Next page"]`} {
		if f := (config.Field{Select: css, Attr: "href"}); p.Next(f).URL != "" {
			return f
		}
	}
	return config.Field{}
}
