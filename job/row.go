package job

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// Member is one key and value of a JSON object, the value as it was given.
type Member struct {
	Key   string
	Value json.RawMessage
}

// Row is a posting as one line of JSON: the posting, and all members of the
// object in their order, so that it can be written again unchanged.
type Row struct {
	Posting Posting
	Members []Member
}

// ErrNoTitle says that a row is an object without a title.
var ErrNoTitle = errors.New(`title: missing; every posting needs a "title" text`)

// ParseRow reads one JSON object with the members id, source, title, company,
// location, experience, salary, skills, description, url, posted, openings and
// crawled_at, all but title optional; others are kept in Extra. A number may
// stand for a text, a list of texts for a text with ", " between. Of a key that
// stands twice the last one counts. Invalid UTF-8 becomes U+FFFD.
func ParseRow(line []byte) (Row, error) {
	members, err := parseObject(bytes.ToValidUTF8(line, []byte("\uFFFD")))
	if err != nil {
		return Row{}, err
	}
	row := Row{Members: members}
	for _, m := range members {
		if err := row.Posting.setMember(m); err != nil {
			return row, err
		}
	}
	if strings.TrimSpace(row.Posting.Title) == "" {
		return row, ErrNoTitle
	}
	return row, nil
}

func parseObject(line []byte) ([]Member, error) {
	dec := json.NewDecoder(bytes.NewReader(line))
	tok, err := dec.Token()
	if err != nil {
		return nil, syntaxError(err, len(line))
	}
	if tok != json.Delim('{') {
		return nil, fmt.Errorf("expected a JSON object, got %s", kindOf(tok))
	}
	var members []Member
	seen := map[string]int{}
	for dec.More() {
		tok, err := dec.Token()
		if err != nil {
			return nil, syntaxError(err, len(line))
		}
		key := tok.(string) // the decoder lets nothing else stand here
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return nil, syntaxError(err, len(line))
		}
		if i, twice := seen[key]; twice {
			members[i].Value = value
			continue
		}
		seen[key] = len(members)
		members = append(members, Member{key, value})
	}
	if _, err := dec.Token(); err != nil {
		return nil, syntaxError(err, len(line))
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, fmt.Errorf("expected one JSON object on the line, found more after byte %d", dec.InputOffset())
	}
	return members, nil
}

func syntaxError(err error, size int) error {
	var syn *json.SyntaxError
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("the JSON object ends too early, after byte %d", size)
	case errors.As(err, &syn):
		return fmt.Errorf("not JSON: %w (at byte %d)", err, syn.Offset)
	}
	return fmt.Errorf("not JSON: %w", err)
}

func kindOf(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return "true or false"
	case float64, json.Number:
		return "a number"
	case string:
		return "a text"
	case json.Delim:
		if v == '[' {
			return "a list"
		}
	}
	return "an object"
}

// crawlTimeKeys are the names under which rows state when they were fetched.
var crawlTimeKeys = map[string]bool{
	"crawled_at": true, "scraped_at": true, "fetched_at": true, "collected_at": true,
}

func (p *Posting) setMember(m Member) error {
	dst := p.named(m.Key)
	switch {
	case dst != nil:
		text, err := textOf(m.Value)
		if err != nil {
			return fmt.Errorf("%s: %w", m.Key, err)
		}
		*dst = text
	case crawlTimeKeys[m.Key]:
		at, err := timeOf(m.Value)
		if err != nil {
			return fmt.Errorf("%s: %w", m.Key, err)
		}
		p.CrawledAt = at
	default:
		p.Extra = append(p.Extra, m)
	}
	return nil
}

// textOf reads a JSON value as a text: null is empty, a number its own digits,
// a list its texts with ", " between. An object stays as it is written: a
// salary may be one.
func textOf(raw json.RawMessage) (string, error) {
	switch raw[0] {
	case '"':
		var s string
		err := json.Unmarshal(raw, &s)
		return s, err
	case 'n':
		return "", nil
	case '[':
		var list []json.RawMessage
		if err := json.Unmarshal(raw, &list); err != nil {
			return "", err
		}
		parts := make([]string, 0, len(list))
		for _, item := range list {
			if item[0] == '[' || item[0] == '{' {
				return "", errors.New("expected a text, got a list of lists or objects")
			}
			part, err := textOf(item)
			if err != nil {
				return "", err
			}
			parts = append(parts, part)
		}
		return strings.Join(parts, ", "), nil
	case 't', 'f':
		return "", errors.New("expected a text, got true or false")
	}
	return string(raw), nil
}

var timeLayouts = []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02"}

// IST is Indian Standard Time, in which Indian boards write dates.
var IST = time.FixedZone("IST", 5*3600+1800)

func timeOf(raw json.RawMessage) (time.Time, error) {
	text, err := textOf(raw)
	if err != nil {
		return time.Time{}, err
	}
	return ParseTime(text)
}

// ParseTime reads when a row was fetched: a date, with or without a time and
// zone, or seconds or milliseconds since 1970. An empty text is the zero time.
func ParseTime(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range timeLayouts {
		if t, err := time.ParseInLocation(layout, text, IST); err == nil {
			return t, nil
		}
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return EpochTime(n), nil
	}
	return time.Time{}, fmt.Errorf("expected a time such as 2026-01-31T12:00:00+05:30 or seconds since 1970, got %q", text)
}

// EpochTime reads seconds or milliseconds since 1970, whichever gives a date
// before the year 5000.
func EpochTime(n int64) time.Time {
	const year5000 = 95617584000
	if n > year5000 || n < -year5000 {
		return time.UnixMilli(n)
	}
	return time.Unix(n, 0)
}
