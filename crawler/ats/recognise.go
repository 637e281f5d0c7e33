package ats

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// boardAddress is one way in which a platform's boards are addressed.
type boardAddress struct {
	platform string
	re       *regexp.Regexp
}

var boardAddresses = sync.OnceValue(func() (all []boardAddress) {
	for _, platform := range Platforms() {
		for _, expr := range connectors[platform].Boards {
			all = append(all, boardAddress{platform, regexp.MustCompile(expr)})
		}
	}
	return all
})

// notAccounts are names that platforms use for themselves where an account's
// name would be.
var notAccounts = []string{
	"www", "api", "api-eu", "app", "app-eu", "apply", "careers", "jobs", "j", "support", "help", "status", "docs",
	"developer", "developers", "static", "assets", "cdn", "blog", "embed", "wday", "login", "oneclick-ui",
}

// noSite is a language, or a word of the platform, where the name of a site would
// be.
var noSite = regexp.MustCompile(`^(?:[a-z]{2}-[A-Z]{2}|en|wday|recruiting)$`)

// Recognise says which board an address leads to; ok is false where it leads to
// none.
func Recognise(address string) (b Board, ok bool) {
	address, ok = plainAddress(address)
	if !ok {
		return Board{}, false
	}
	for _, a := range boardAddresses() {
		m := a.re.FindStringSubmatch(address)
		if m == nil {
			continue
		}
		if b, ok := a.board(m); ok && !(b.Own && unreadAt(address) != nil) {
			return b, true
		}
	}
	return Board{}, false
}

var loadedByBoards = sync.OnceValue(func() (all []boardAddress) {
	for _, platform := range Platforms() {
		if expr := connectors[platform].Loaded; expr != "" {
			all = append(all, boardAddress{platform, regexp.MustCompile(expr)})
		}
	}
	return all
})

// RecogniseLoaded says which board a page belongs to, by the addresses of the scripts and
// styles that it loads; ok is false where they show none. The board is at the page's own
// host, which is likely, not certain.
func RecogniseLoaded(page *url.URL, loaded []string) (b Board, ok bool) {
	for _, address := range loaded {
		address, _ = plainAddress(address)
		for _, a := range loadedByBoards() {
			if a.re.MatchString(address) {
				return Board{Platform: a.platform, Base: page.Scheme + "://" + page.Host, Own: true}, true
			}
		}
	}
	return Board{}, false
}

// plainAddress writes an address as the expressions of boards have it: https, the host
// in lower case, without a user or the usual port, and with a path.
func plainAddress(address string) (string, bool) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return "", false
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		host += ":" + port
	}
	u.Scheme, u.Host, u.User = "https", host, nil
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String(), true
}

// board gives the board that an address names by the groups of its expression.
func (a *boardAddress) board(m []string) (Board, bool) {
	b := Board{Platform: a.platform}
	for i, name := range a.re.SubexpNames() {
		switch name {
		case "account":
			b.Account = unescaped(m[i])
		case "site":
			b.Site = unescaped(m[i])
		case "base":
			b.Base = m[i]
		case "own":
			b.Base, b.Own = m[i], true
		case "host":
			if slices.Contains(notAccounts, m[i]) {
				return Board{}, false
			}
		case "eu":
			if m[i] != "" {
				b.Base = connectors[a.platform].EU
			}
		}
	}
	return b, !slices.Contains(notAccounts, b.Account) && !noSite.MatchString(b.Site)
}

// unescaped is a name without the escapes of addresses.
func unescaped(name string) string {
	if plain, err := url.PathUnescape(name); err == nil {
		return plain
	}
	return name
}
