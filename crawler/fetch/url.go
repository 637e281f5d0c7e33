package fetch

import "net/url"

// mustParse reads an address that stands in the program itself.
func mustParse(s string) *url.URL {
	u, err := url.Parse(s)
	if err != nil {
		panic(err)
	}
	return u
}
