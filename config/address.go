package config

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// Address is where an index is: embedded, or the URL of an Elasticsearch. It is
// shown without the name and password that the URL may carry.
type Address struct {
	text     string
	user     string
	password Secret
}

// The faults of an address. They do not show the address: a mistyped one may
// hold a password.
var (
	errAddress = errors.New("expected embedded or the URL of an Elasticsearch, such as http://127.0.0.1:9200")
	errQuery   = errors.New("expected the URL of an Elasticsearch without ? and #: its credentials belong under " +
		"elasticsearch, or before the host with / ? # @ written %2F %3F %23 %40")
)

var plainWord = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)

// ParseAddress reads an address.
func ParseAddress(s string) (Address, error) {
	if s == "" || s == DefaultIndex {
		return Address{text: s}, nil
	}
	u, err := parseURL(s)
	switch {
	case err != nil && plainWord.MatchString(s):
		return Address{}, fmt.Errorf("%w, got %q", errAddress, s)
	case err != nil:
		return Address{}, errAddress
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || strings.Contains(u.Path, "@"):
		return Address{}, errQuery
	}
	a := Address{user: u.User.Username()}
	password, _ := u.User.Password()
	a.password = NewSecret(password)
	u.User = nil
	a.text = strings.TrimSuffix(u.String(), "/")
	return a, nil
}

// String gives the address without credentials.
func (a Address) String() string { return a.text }

// UnmarshalText reads an address.
func (a *Address) UnmarshalText(text []byte) (err error) {
	*a, err = ParseAddress(string(text))
	return err
}

// MarshalText writes the address without credentials.
func (a Address) MarshalText() ([]byte, error) { return []byte(a.text), nil }

// parseURL reads an http or https URL with a host. Its error shows nothing of it.
func parseURL(s string) (*url.URL, error) {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return nil, errAddress
	}
	return u, nil
}

func isHTTP(s string) bool {
	_, err := parseURL(s)
	return err == nil
}

// errLedger is the fault of a ledger's locator. It does not show it: it may hold a password.
var errLedger = errors.New("expected postgres://HOST/DATABASE; without it the ledger is a file in the data " +
	"folder, which --data names")

var database = regexp.MustCompile(`(?i)^postgres(ql)?://`)

// isDatabase reports the locator of a database of PostgreSQL, which may name several hosts.
func isDatabase(s string) bool { return database.MatchString(s) }

// In a text, the credentials of a URL end with the last @ of its word, since a
// mistyped password may hold anything.
var (
	credentials = regexp.MustCompile(`([A-Za-z][A-Za-z0-9+.-]*://)[^\s"'<>]*@`)
	keyNames    = regexp.MustCompile(`(?i)(key|token|secret|passw(or)?d|pass|pwd|sig(nature)?|auth(orization)?|credentials?|jwt)$`)
	keyValues   = regexp.MustCompile(`([?&]([^=&\s"'<>]+)=)([^&\s"'<>#]+)`)
)

// Redact takes credentials of URLs, and the values of their parameters that are
// named like keys, out of a text meant for people.
func Redact(text string) string {
	if !strings.ContainsAny(text, "@=") {
		return text
	}
	text = credentials.ReplaceAllString(text, "${1}"+hidden+"@")
	return keyValues.ReplaceAllStringFunc(text, func(s string) string {
		m := keyValues.FindStringSubmatch(s)
		if keyNames.MatchString(m[2]) {
			return m[1] + hidden
		}
		return s
	})
}

// RedactArgs gives the arguments of a command as others may read them.
func RedactArgs(args []string) []string {
	out := make([]string, len(args))
	for i, arg := range args {
		flag, value, joined := strings.Cut(arg, "=")
		switch {
		case joined && flag == "--index":
			out[i] = flag + "=" + shown(value)
		case i > 0 && args[i-1] == "--index":
			out[i] = shown(arg)
		case joined && flag == "--webhook":
			out[i] = flag + "=" + hidden
		case i > 0 && args[i-1] == "--webhook":
			out[i] = hidden
		default:
			out[i] = Redact(arg)
		}
	}
	return out
}

// shown is how an address that may be wrong is shown.
func shown(address string) string {
	a, err := ParseAddress(address)
	if err != nil {
		return hidden
	}
	return a.String()
}
