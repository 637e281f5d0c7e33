package job

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Hash is the digest of what decides whether a posting changed: all that it
// says, but not where and when it was fetched, nor a date that is given
// relative to today (relative says that Posted is one), nor until when it is
// valid, which some boards put off every day.
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
		if m.Key == validThroughKey {
			continue
		}
		write(m.Key)
		write(compact(m.Value))
	}
	return h.Sum(nil)
}

// compact gives a JSON value without the spaces between its parts, its numbers
// as they are written: two ids may differ beyond what a float64 holds.
func compact(v json.RawMessage) string {
	var value any
	dec := json.NewDecoder(bytes.NewReader(v))
	dec.UseNumber()
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
	if p.URL != "" {
		return DeriveURLID(p.Source, CanonicalURL(p.URL))
	}
	q := *p
	q.Extra = nil
	return derived(p.Source, "text-", q.Hash(true))
}

// DeriveURLID gives an id that is made from the URL of a posting, and from what
// else tells it apart from others there.
func DeriveURLID(source, url string) string { return derived(source, "url-", []byte(url)) }

func derived(source, prefix string, from []byte) string {
	sum := sha256.Sum256(from)
	return fmt.Sprintf("%s:%s%x", source, prefix, sum[:10])
}
