package job

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Hash is the digest of what decides whether a posting changed: all that it
// says, but not where and when it was fetched, nor a date that is told
// relative to today (relative says that Posted is one), nor until when it is
// valid, which some boards put off with each day.
func (p *Posting) Hash(relative bool) []byte {
	h := sha256.New()
	posted := p.Posted
	if relative {
		posted = ""
	}
	write := func(s string) { fmt.Fprintf(h, "%d:%s", len(s), s) }
	for _, f := range Fields {
		write(p.Text(f))
	}
	write(posted)
	write(p.Openings)
	extra := slices.Clone(p.Extra)
	slices.SortFunc(extra, func(a, b Member) int { return strings.Compare(a.Key, b.Key) })
	for _, m := range extra {
		if m.Key == "validThrough" {
			continue
		}
		write(m.Key)
		write(compact(m.Value))
	}
	return h.Sum(nil)
}

// compact gives a JSON value without the spaces between its parts, its members in
// order, and its numbers with every digit.
func compact(v json.RawMessage) string {
	dec := json.NewDecoder(bytes.NewReader(v))
	dec.UseNumber()
	var value any
	if err := dec.Decode(&value); err != nil {
		return string(v)
	}
	body, err := json.Marshal(value)
	if err != nil {
		return string(v)
	}
	return string(body)
}

// DeriveID gives a posting that came without an id one that is the same
// whenever it is seen: from its canonical URL, else from what it says.
func DeriveID(p *Posting) string {
	prefix, digest := "url-", []byte(CanonicalURL(p.URL))
	if p.URL == "" {
		q := *p
		q.Extra = nil
		prefix, digest = "text-", q.Hash(true)
	}
	sum := sha256.Sum256(digest)
	return fmt.Sprintf("%s:%s%x", p.Source, prefix, sum[:10])
}

// trackingParams are query parameters that say where a visitor came from.
var trackingParams = []string{"gclid", "fbclid", "ref", "src", "sid", "sessionid", "jsessionid", "trk", "trackingid", "refid", "mc_cid", "mc_eid", "xp", "px"}

// CanonicalURL gives a URL without what does not change the page: fragment,
// tracking parameters, default port, the order of parameters. A text that is
// no URL stays as it is.
func CanonicalURL(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" {
		return s
	}
	u.Scheme, u.Host, u.Fragment, u.RawFragment = strings.ToLower(u.Scheme), strings.ToLower(u.Host), "", ""
	if u.Scheme == "http" && u.Port() == "80" || u.Scheme == "https" && u.Port() == "443" {
		u.Host = u.Hostname()
	}
	q := u.Query()
	for k := range q {
		if lower := strings.ToLower(k); strings.HasPrefix(lower, "utm_") || slices.Contains(trackingParams, lower) {
			q.Del(k)
		}
	}
	u.RawQuery = q.Encode()
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String()
}
