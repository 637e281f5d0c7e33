package contacts

import (
	"bytes"
	"encoding/json"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// MaskJSON masks the contacts in a JSON value that has a name: in its texts, in
// the names of its members, and numbers under a name such as "phone". All else
// stays as it is written.
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
	// copied is how much of in stands in out, masked.
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
			s, n := t.String(), m.natures[own]
			if kind, length := d.StackIndex(d.StackDepth()); kind == '{' && length%2 == 1 {
				m.natures[own], n = m.natureBelow(s), prose
			}
			err = m.put(start, end, s, maskValue(s, n))
		case '0':
			err = m.put(start, end, "", maskNumber(string(m.in[start:end]), m.natures[own]))
		}
		if err != nil {
			return err
		}
	}
}

// natureBelow gives what a member's name says; a name that says nothing goes by
// those around it, where these speak of people.
func (m *members) natureBelow(name string) nature {
	n, around := natureOf(name), m.natures[len(m.natures)-2]
	if n == prose && (around == phone || around == note) {
		return around
	}
	return n
}

// put replaces bytes start to end by a text, unless it is what stands there.
func (m *members) put(start, end int, was, s string) (err error) {
	if s == was {
		return nil
	}
	m.out = append(m.out, m.in[m.copied:start]...)
	m.out, err = jsontext.AppendQuote(m.out, s)
	m.copied = end
	return err
}

// maskValue masks a text; of digits alone a name may say that they are none of
// a telephone.
func maskValue(s string, n nature) string {
	if n == amount {
		n = id
	}
	if n == id && strings.Trim(s, "0123456789") != "" {
		n = prose
	}
	return mask(s, n)
}

// maskNumber masks a JSON number that is a telephone number, empty for any
// other.
func maskNumber(literal string, n nature) string {
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

// natureWords are the words in a member's name that tell what it holds; where
// it has several the first of these lists counts.
var natureWords = []struct {
	nature nature
	words  []string
}{
	{amount, strings.Fields(`amount allowance salary pay ctc stipend fee price cost bill budget count counts total
		views time times date timestamp ts duration limit year`)},
	{id, strings.Fields(`id ids uuid guid slug sku hash token`)},
	{phone, strings.Fields(`ph phn phno mbl tele dial phone phones telephone tel mobile mobiles mob cell cellphone contact contacts whatsapp wa
		call calls sms fax landline helpline phonenumber phoneno mobileno mobilenumber contactno contactnumber telno
		फोन मोबाइल संपर्क`)},
	{id, strings.Fields(`ref reference code key req requisition job order invoice application vacancy posting account
		reg registration pin pincode zip postal`)},
	{note, strings.Fields(`number no note notes remark remarks comment comments message messages info detail details
		other others text about apply hr recruiter recruiters spoc poc person manager consultant reach instructions
		description`)},
}

// natureOf reads the name of a member: "contactPerson_mobileNo".
func natureOf(name string) nature {
	words := nameWord.FindAllString(name, -1)
	for i := range words {
		words[i] = strings.ToLower(words[i])
	}
	for _, list := range natureWords {
		if slices.ContainsFunc(words, func(w string) bool { return slices.Contains(list.words, w) }) {
			return list.nature
		}
	}
	return prose
}

// nameWord is one word of a name, in camel case or not.
var nameWord = regexp.MustCompile(`\p{Lu}+(?:\p{Ll}|\p{M})*|(?:\p{Ll}|\p{Lo}|\p{M})+`)
