package extract

import (
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"jobsieve/config"
	"jobsieve/job"
)

// Next is the way from a list page to the next one. The zero value is that of
// the last page.
type Next struct {
	// URL is where it leads.
	URL string
	// Off says that the page marks the way as one that leads nowhere.
	Off bool
	// Script is what is there in place of an address, where only a script leads
	// on.
	Script string
	// Seen is what else on the page leads on, where no way was found, and Advice
	// what to configure for it.
	Seen, Advice string
}

// Next gives the way to the next list page.
func (p *Page) Next(next config.Field) (n Next) {
	if next.IsZero() {
		return n
	}
	if next.Attr == "" {
		next.Attr = "href"
	}
	find(p.doc.Selection, next).EachWithBreak(func(_ int, s *goquery.Selection) bool {
		target := strings.TrimSpace(s.AttrOr(next.Attr, ""))
		cut := next.Cut(target)
		if cut == "" && target != "" {
			return true // not what the source looks for
		}
		off := isOff(s)
		if link := p.absolute(cut); link != "" && !inPage(target) {
			n = Next{URL: link, Off: off}
			return false
		}
		if script := scriptOf(s, target); script != "" && !off && n.Script == "" {
			n.Script = script
		}
		return true
	})
	return n
}

// inPage reports a target on the same page, which a script may use for more.
func inPage(target string) bool {
	fragment, ok := strings.CutPrefix(target, "#")
	return ok && !job.IsRoute(fragment)
}

// scriptOf gives what is in place of an address where something happens when the
// element is clicked; empty where nothing does, as on most last pages.
func scriptOf(s *goquery.Selection, target string) string {
	if target != "" {
		return target
	}
	for _, a := range s.Get(0).Attr {
		if handler.MatchString(a.Key) {
			return a.Key + "=" + a.Val
		}
	}
	if s.Is(`button, [role="button"], input[type="submit"], input[type="button"]`) {
		return "a button"
	}
	return ""
}

// handler are the attributes by which a script handles a click.
var handler = regexp.MustCompile(`(?i)click|^data-(?:page|url|href|next|target|action|offset|cursor)` +
	`|^hx-|^wire:|^href$`)

// off are the class names of what is shown and leads nowhere, or is not shown.
var off = className(`disabled?|inactive|deactivated|unavailable|hidden|d-none|hide|invisible`)

// isOff reports an element that is marked, itself or by what is close around it,
// as one that leads nowhere, or that is not shown.
func isOff(s *goquery.Selection) bool {
	for range 3 {
		if s.Length() == 0 || s.Is("body, html") {
			return false
		}
		if isMarkedOff(s) {
			return true
		}
		if s = s.Parent(); s.Children().Length() > 1 {
			return false // what is around it is not this element's alone
		}
	}
	return false
}

func isMarkedOff(s *goquery.Selection) bool {
	_, disabled := s.Attr("disabled")
	return disabled || s.AttrOr("aria-disabled", "") == "true" || off.MatchString(s.AttrOr("class", "")) || isHidden(s)
}

// isHidden reports an element that is marked as not shown.
func isHidden(s *goquery.Selection) bool { return s.Length() > 0 && hiddenNode(s.Get(0)) }

func hiddenNode(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			if a.Val == "true" {
				return true
			}
		case "style":
			style := strings.ToLower(strings.ReplaceAll(a.Val, " ", ""))
			if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
				return true
			}
		}
	}
	return false
}

// attr gives an attribute of an element, empty where it has none.
func attr(n *html.Node, name string) string {
	value, _ := attrOf(n, name)
	return value
}
