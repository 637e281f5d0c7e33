package job

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// tracking are query parameters that on every site say where a visitor came
// from, and on none which page is meant. So do those that begin with utm_.
var tracking = []string{
	"_ga", "_gl", "dclid", "fbclid", "gbraid", "gclid", "gh_src", "igshid", "mc_cid", "mc_eid", "msclkid", "twclid",
	"wbraid", "yclid",
}

// doubtful are query parameters that name a visit on some sites, and on others
// the posting.
var doubtful = []string{
	"jsessionid", "phpsessid", "px", "ref", "refid", "sessionid", "sid", "src", "trackingid", "trk", "xp",
}

// CanonicalURL gives a URL without what does not change the page: tracking
// parameters, session ids in the path, default port, the order of parameters,
// and a fragment unless it is a route. Parameters that name a visit on some
// sites and the posting on others, such as ref and sid, go only where what is
// left names a posting by itself. A text that isn't a URL stays as it is.
func CanonicalURL(s string) string { return cleaned(s, false) }

// ExactURL gives a URL without what on every site only says where a visitor
// came from: any other difference may be what tells postings apart.
func ExactURL(s string) string { return cleaned(s, true) }

func cleaned(s string, exact bool) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" {
		return s
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	if port := map[string]string{"http": ":80", "https": ":443"}[u.Scheme]; port != "" {
		u.Host = strings.TrimSuffix(u.Host, port)
	}
	withoutSession(u)
	params := paramsOf(u.RawQuery)
	params = slices.DeleteFunc(params, param.tracks)
	if !exact {
		rest := slices.DeleteFunc(slices.Clone(params), func(p param) bool { return p.is(doubtful) })
		if namesOne(u.Path, rest) {
			params = rest
		}
		if !IsRoute(u.Fragment) {
			u.Fragment, u.RawFragment = "", ""
		}
	}
	u.RawQuery, u.ForceQuery = joinParams(params), false
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String()
}

// param is one parameter of a query, as it is written there and read.
type param struct{ text, name, value string }

func (p param) lower() string { return strings.ToLower(p.name) }

func (p param) tracks() bool { return p.is(tracking) || strings.HasPrefix(p.lower(), "utm_") }

func (p param) is(list []string) bool { return slices.Contains(list, p.lower()) }

// paramsOf gives the parameters of a query by name, those of one name in their
// order. One that is not written as the standard has it stays as it is.
func paramsOf(query string) (params []param) {
	for text := range strings.SplitSeq(query, "&") {
		if text == "" {
			continue
		}
		name, value, _ := strings.Cut(text, "=")
		p := param{text, name, value}
		n, nameErr := url.QueryUnescape(name)
		v, valueErr := url.QueryUnescape(value)
		if nameErr == nil && valueErr == nil && !strings.Contains(text, ";") {
			p = param{url.QueryEscape(n) + "=" + url.QueryEscape(v), n, v}
		}
		params = append(params, p)
	}
	slices.SortStableFunc(params, func(a, b param) int { return cmp.Compare(a.name, b.name) })
	return params
}

func joinParams(params []param) string {
	texts := make([]string, len(params))
	for i, p := range params {
		texts[i] = p.text
	}
	return strings.Join(texts, "&")
}

// sessionPart is a session id that servers write into the path: that of Java and
// PHP after a semicolon, that of ASP.NET as a part of its own.
var sessionPart = regexp.MustCompile(`(?i);(?:jsessionid|phpsessid)=[^/;]*|/\([A-Z]\([^/()]*\)\)`)

func withoutSession(u *url.URL) {
	if sessionPart.MatchString(u.EscapedPath()) {
		u.RawPath = sessionPart.ReplaceAllString(u.EscapedPath(), "")
		u.Path, _ = url.PathUnescape(u.RawPath) // what is left of a valid one is valid
	}
}

var (
	// number is a number that is on its own or is long, or letters and digits
	// mixed as in a key.
	number = regexp.MustCompile(`(?i)(?:^|[-_.~])\d+(?:[-_.~]|$)|\d{3}|\d[a-z]+\d[a-z\d]*[a-z]\d|[a-z]\d[a-z]+\d`)
	// place are parameters that say where in a list, or how the page is shown.
	place = regexp.MustCompile(`(?i)^(?:p|pg|page|start|offset|limit|size|per_?page|sort|order|tab|view|step` +
		`|lang|language|locale|v|ver|version)$`)
	// named are parameters that name something.
	named = regexp.MustCompile(`(?i)(?:id|no|num|number|code|key|slug)$` +
		`|^(?:job|jk|req|requisition|vacancy|posting|position|opening|title|name)`)
)

// NamesOne reports a URL that by its looks names one posting: a number or a
// whole title in the last part of its path, or a parameter that names something.
func NamesOne(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (IsRoute(u.Fragment) || namesOne(u.Path, paramsOf(u.RawQuery)))
}

func namesOne(path string, params []param) bool {
	path = strings.TrimRight(path, "/")
	last := path[strings.LastIndexByte(path, '/')+1:]
	if number.MatchString(last) || strings.Count(last, "-") > 1 || strings.Count(last, "_") > 1 {
		return true
	}
	return slices.ContainsFunc(params, func(p param) bool {
		return p.value != "" && !place.MatchString(p.name) && (named.MatchString(p.name) || number.MatchString(p.value))
	})
}

// route is a fragment that a page's script takes for an address: #/jobs/12,
// #!jobs/12, #jobId=12.
var route = regexp.MustCompile(`(?i)^[!/].|(?:job|id|req|vacancy|posting|position|opening)[\w-]*[=/].`)

// IsRoute reports a fragment of a URL that names what the page shows, rather
// than a place on it.
func IsRoute(fragment string) bool {
	return !strings.HasPrefix(fragment, ":~:") && route.MatchString(fragment)
}
