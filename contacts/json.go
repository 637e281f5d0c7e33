package contacts

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/go-json-experiment/json/jsontext"
)

// MaskJSON masks the contacts in a JSON value that has a name: in its texts, in
// the names of its members, and numbers under a name such as "contact". Under a
// name that says that its value is a contact, such as "email" or "mobile_no",
// all texts and numbers are masked, in however many pieces. All else stays as
// it is written.
func MaskJSON(name string, value json.RawMessage) json.RawMessage {
	m := members{in: value, natures: []nature{natureOf(name)}}
	if m.read() != nil {
		return json.RawMessage(Mask(string(value)))
	}
	if m.copied == 0 {
		return value
	}
	return append(m.out, value[m.copied:]...)
}

// members goes through a JSON value.
type members struct {
	in  json.RawMessage
	out []byte
	// copied is how much of in has been written to out, masked.
	copied int
	// natures are what the names say that lead to the value at hand, one for
	// each object and list around it.
	natures []nature
}

func (m *members) read() error {
	d := jsontext.NewDecoder(bytes.NewReader(m.in), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	for {
		before := int(d.InputOffset())
		t, err := d.ReadToken()
		if err != nil {
			if before == 0 || d.StackDepth() > 0 {
				return err
			}
			return nil
		}
		end := int(d.InputOffset())
		start := end - len(bytes.TrimLeft(m.in[before:end], " \t\r\n,:"))
		own := len(m.natures) - 1
		switch t.Kind() {
		case '{', '[':
			m.natures = append(m.natures, m.natures[own])
		case '}', ']':
			m.natures = m.natures[:own]
		case '"':
			s := t.String()
			kind, length := d.StackIndex(d.StackDepth())
			if kind == '{' && length%2 == 1 {
				err = m.put(start, end, s, m.name(s))
			} else {
				err = m.put(start, end, s, maskValue(s, m.nature(kind, s)))
			}
		case '0':
			literal := string(m.in[start:end])
			kind, _ := d.StackIndex(d.StackDepth())
			err = m.put(start, end, "", maskNumber(literal, m.nature(kind, literal)))
		}
		if err != nil {
			return err
		}
	}
}

// name reads a member's name, and masks it. A name that says nothing goes by
// those around it, where these speak of people.
func (m *members) name(s string) string {
	own := len(m.natures) - 1
	n, around := natureOf(s), m.natures[own-1]
	switch {
	case around == contact, n == prose && (around == phone || around == note):
		n = around
	case around == phone && natureOf("contact "+s) == contact: // "number"
		n = contact
	}
	m.natures[own] = n
	if around == contact && isFigures(s) {
		return maskAll(s)
	}
	return mask(s, prose)
}

// nature gives what a value is that is in an object, in a list, or on its own.
// A list of figures under "contact" is one number in pieces.
func (m *members) nature(in jsontext.Kind, value string) nature {
	n := m.natures[len(m.natures)-1]
	if n == phone && in == '[' && isFigures(value) {
		return contact
	}
	return n
}

// isFigures reports two digits or more, and no letters.
func isFigures(s string) bool {
	digits := 0
	for _, r := range plainOf(s).text {
		if unicode.IsLetter(r) {
			return false
		}
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	return digits > 1
}

// maskAll masks a text as a whole, unless it only says whether there is a
// contact.
func maskAll(s string) string {
	if slices.Contains(flags, strings.ToLower(strings.TrimSpace(s))) {
		return s
	}
	return strings.Repeat("x", len(s))
}

// flags are values that are not contacts.
var flags = []string{"", "0", "1", "-", "yes", "no", "true", "false", "na", "n/a", "null", "none", "required",
	"optional", "mandatory", "hidden"}

// put replaces bytes start to end by a text, unless they are that text already.
func (m *members) put(start, end int, was, s string) (err error) {
	if s == was {
		return nil
	}
	m.out = append(m.out, m.in[m.copied:start]...)
	m.out, err = jsontext.AppendQuote(m.out, s)
	m.copied = end
	return err
}

// maskValue masks a text; a name may say that digits alone are not a telephone
// number.
func maskValue(s string, n nature) string {
	if n == contact {
		return maskAll(s)
	}
	if n == amount {
		n = id
	}
	if n == id && strings.Trim(s, "0123456789") != "" {
		n = prose
	}
	return mask(s, n)
}

// maskNumber masks a JSON number that is a telephone number; it is empty for
// any other.
func maskNumber(literal string, n nature) string {
	if n == contact {
		return maskAllNumber(literal)
	}
	v, err := strconv.ParseFloat(literal, 64)
	if err != nil || v != math.Trunc(v) || v < 0 || n != phone && n != note {
		return ""
	}
	digits := strconv.FormatFloat(v, 'f', -1, 64)
	if n == note {
		n = prose
	}
	if len(find(digits, n)) == 0 {
		return ""
	}
	return strings.Repeat("x", len(digits))
}

// maskAllNumber masks a JSON number; it is empty for one that only says whether
// there is a contact.
func maskAllNumber(literal string) string {
	v, err := strconv.ParseFloat(literal, 64)
	if err == nil && v == math.Trunc(v) && strings.ContainsAny(literal, "eE.") {
		literal = strconv.FormatFloat(v, 'f', -1, 64)
	}
	if s := maskAll(literal); s != literal {
		return s
	}
	return ""
}
