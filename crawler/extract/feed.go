package extract

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"jobsieve/job"
)

// Feed reads the postings of a feed at an address: RSS, Atom, JSON Feed, or XML with
// one element a job, as Indeed takes it. Every item gives a posting, except one that
// is cut off. Where the feed is damaged the error says so, and comes with what could
// be read all the same; it is a *FlawError where that is everything.
func Feed(at *url.URL, body []byte) ([]job.Posting, error) {
	postings, _, err := FeedPage(at, body)
	return postings, err
}

// FeedPage is Feed for one that comes in pages: next is the address of the next
// one, empty where the feed names none.
func FeedPage(at *url.URL, body []byte) (out []job.Posting, next string, err error) {
	p := &Page{URL: at}
	body, cut := gunzip(body)
	text, flaw := feedText(body)
	var fault error
	if isJSON(text) {
		items, link, err := jsonFeed(text)
		if items == nil {
			return nil, "", fmt.Errorf("%s is not a feed: expected RSS, Atom or JSON Feed: %w", at, cmp.Or(cut, err))
		}
		for _, item := range items {
			out = append(out, p.fromJSONItem(item))
		}
		next, fault = link, err
	} else {
		x, err := newFeedXML(text)
		if err != nil {
			return nil, "", fmt.Errorf("%s is not a feed: expected RSS, Atom or JSON Feed: %w", at, cmp.Or(cut, err))
		}
		x.each(func(item *element) { out = append(out, p.fromItem(item)) })
		next, flaw, fault = x.next, cmp.Or(flaw, x.flaw), x.fault
	}
	next = p.absolute(next)
	if cut != nil {
		fault = fmt.Errorf("the gzip file is damaged: %w", cut)
	}
	switch {
	case fault != nil:
		const format = "%s is damaged, items may be missing (read: %d): %w"
		return out, next, fmt.Errorf(format, at, len(out), fault)
	case flaw != nil:
		return out, next, &FlawError{at, flaw}
	}
	return out, next, nil
}

// FlawError says that a feed is not proper XML, but that every item was read.
type FlawError struct {
	At  *url.URL
	Err error
}

func (e *FlawError) Error() string {
	return fmt.Sprintf("%s is not well-formed XML, but all of its items were read: %v", e.At, e.Err)
}

// Unwrap gives the flaw.
func (e *FlawError) Unwrap() error { return e.Err }

func isJSON(text []byte) bool {
	text = bytes.TrimSpace(text)
	return len(text) > 0 && text[0] == '{'
}

var errNotUTF8 = errors.New("it is not all in UTF-8, as it should be")

// feedText brings a feed to UTF-8, without the declaration of its charset. What calls
// itself UTF-8, or names no charset, but clearly isn't UTF-8, is windows-1252.
func feedText(body []byte) (text []byte, flaw error) {
	if utf16Of(body) == nil && !utf8.Valid(body) && calledUTF8(body) {
		flaw = errNotUTF8
		if decoded, err := charmap.Windows1252.NewDecoder().Bytes(body); err == nil && !hasRunes(body) {
			body = decoded
		}
	}
	body = plainText(body)
	body = body[len(xmlDeclaration.Find(body)):]
	return bytes.Map(printable, body), flaw
}

// calledUTF8 reports a feed that names no other charset.
func calledUTF8(body []byte) bool {
	m := xmlDeclaration.FindSubmatch(body)
	if m == nil {
		return true
	}
	name := strings.ToLower(string(m[1]))
	return name == "" || name == "utf-8" || name == "utf8"
}

// hasRunes reports a text that has characters of several bytes.
func hasRunes(text []byte) bool {
	for len(text) > 0 {
		_, n := utf8.DecodeRune(text)
		if n > 1 {
			return true
		}
		text = text[n:]
	}
	return false
}

var errNotXML = errors.New("it is neither XML nor JSON")
