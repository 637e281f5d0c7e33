package ats

import (
	"net/url"
	"regexp"
	"slices"
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
// would stand.
var notAccounts = []string{"www", "api", "app", "careers", "jobs", "support", "help", "static", "assets", "embed", "wday", "login"}

// Recognise tells which board an address leads to; ok is false where it is that
// of none.
func Recognise(address string) (b Board, ok bool) {
	for _, a := range boardAddresses() {
		m := a.re.FindStringSubmatch(address)
		if m == nil {
			continue
		}
		b = Board{Platform: a.platform}
		for i, name := range a.re.SubexpNames() {
			switch name {
			case "account":
				b.Account = m[i]
				if plain, err := url.PathUnescape(m[i]); err == nil {
					b.Account = plain
				}
			case "site":
				b.Site = m[i]
			case "base":
				b.Base = m[i]
			case "eu":
				if m[i] != "" {
					b.Base = connectors[a.platform].EU
				}
			}
		}
		if !slices.Contains(notAccounts, b.Account) && !slices.Contains(notAccounts, b.Site) {
			return b, true
		}
	}
	return Board{}, false
}
