package job

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
)

// packedForm is the first byte of a packed summary. It is raised with every change
// to what summaries have or to how it is written, the order of the closed lists
// included.
const packedForm = 4

// Forms from the time before postings had a role in their vacancy, and before they had a
// state, are read as well.
const (
	rolelessForm  = 3
	statelessForm = 2
)

// ErrOtherForm says that a summary is packed in another form than this program's,
// or that there is none: it has to be made anew.
var ErrOtherForm = errors.New("a summary in another form")

// errDamaged says that bytes are no packed summary.
var errDamaged = errors.New("a damaged summary")

// AppendPacked appends the packed form of a summary to b.
func (s *Summary) AppendPacked(b []byte) []byte {
	c := codec{bytes: append(b, packedForm), writes: true}
	c.summary(s)
	return c.bytes
}

// Unpacker unpacks summaries. It keeps every short text that it met, so that
// postings share them. Its zero value is ready; it is for one goroutine.
type Unpacker struct{ codec codec }

// Unpack gives the summary of a packed form in s, whose memory it uses again; it
// belongs to the unpacker, and holds until the next call with any summary. The
// error is ErrOtherForm where s must be made anew, or says that the bytes are
// damaged; then s has no meaning.
func (u *Unpacker) Unpack(packed []byte, s *Summary) error {
	if len(packed) == 0 || packed[0] < statelessForm || packed[0] > packedForm {
		return ErrOtherForm
	}
	c := &u.codec
	c.bytes, c.damaged, c.used = packed[1:], false, 0
	c.stateless, c.roleless = packed[0] <= statelessForm, packed[0] <= rolelessForm
	if len(c.texts) > mostKept {
		c.texts = nil
	}
	if c.texts == nil {
		c.texts = map[string]string{}
	}
	c.summary(s)
	if c.damaged || len(c.bytes) > 0 {
		return errDamaged
	}
	return nil
}

// mostKept is how many texts an unpacker keeps, longestKept how long they are at
// most, in bytes.
const (
	mostKept    = 200_000
	longestKept = 200
)

// summary names the parts of a summary in the order in which they are packed, for
// both directions.
func (c *codec) summary(s *Summary) {
	text(c, &s.Source)
	text(c, &s.Company)
	c.fixed((*uint64)(&s.Vacancy))
	if c.roleless {
		s.Role = ""
	} else {
		oneOf(c, &s.Role, VacancyRoles)
	}
	text(c, &s.Posted)
	text(c, &s.FirstSeen)
	oneOf(c, &s.PostedHow, DatesKnown)
	c.facts(&s.Facts)
	c.pay(&s.Pay)
	c.verdict(&s.Verdict)
	if c.stateless {
		s.State, s.Closed = StateUnknown, ""
	} else {
		oneOf(c, &s.State, States)
		text(c, &s.Closed)
	}
	byHand := s.Hand != nil
	if c.flag(&byHand); !byHand {
		s.Hand = nil
		return
	}
	if !c.writes {
		s.Hand = &c.hand
	}
	text(c, &s.Hand.Label)
	text(c, &s.Hand.Function)
}

func (c *codec) facts(f *Facts) {
	list(c, &f.Places, func(p *Place) {
		text(c, &p.City)
		text(c, &p.State)
		text(c, &p.Country)
	})
	c.amount(&f.Experience.Min)
	c.amount(&f.Experience.Max)
	oneOf(c, &f.Education, EducationLevels)
	list(c, &f.Shift, func(s *Shift) { oneOf(c, s, Shifts) })
	oneOf(c, &f.Mode, Modes)
	whole(c, &f.Openings, &c.openings)
	list(c, &f.Languages, func(l *string) { text(c, l) })
	list(c, &f.Skills, func(s *string) { text(c, s) })
	oneOf(c, &f.Language, Languages)
}

func (c *codec) pay(p *Pay) {
	oneOf(c, &p.Kind, PayKinds)
	c.amount(&p.Min)
	c.amount(&p.Max)
	text(c, &p.Currency)
	oneOf(c, &p.Period, periods)
	oneOf(c, &p.Basis, payBases)
	whole(c, &p.AnnualMin, &c.annual[0])
	whole(c, &p.AnnualMax, &c.annual[1])
	c.flag(&p.Suspect)
}

func (c *codec) verdict(v *Verdict) {
	text(c, &v.Label)
	text(c, &v.Function)
	c.number(&v.Score)
	c.number(&v.Margin)
	text(c, &v.Reason)
	list(c, &v.Criteria, func(id *string) { text(c, id) })
	c.flag(&v.Outsourced)
	text(c, &v.RulesVersion)
}

var (
	periods  = []Period{PerHour, PerDay, PerWeek, PerMonth, PerYear}
	payBases = []PayBasis{BasisCTC, BasisInHand, BasisUnspecified}
)

// codec writes values to the end of bytes, or reads them from the beginning, where
// damaged says that there was none to read: then all others are zero.
type codec struct {
	bytes           []byte
	writes, damaged bool
	stateless       bool // there is no state to be read
	roleless        bool // and no role
	// texts are those that were met.
	texts map[string]string
	// What a summary points to.
	amounts  [4]float64
	used     int // of amounts
	annual   [2]int64
	openings int
	hand     HandLabel
}

// fail notes damage.
func (c *codec) fail() { c.damaged, c.bytes = true, nil }

func (c *codec) fixed(v *uint64) {
	if c.writes {
		c.bytes = binary.BigEndian.AppendUint64(c.bytes, *v)
		return
	}
	const size = 8
	if len(c.bytes) < size {
		*v = 0
		c.fail()
		return
	}
	*v = binary.BigEndian.Uint64(c.bytes)
	c.bytes = c.bytes[size:]
}

func (c *codec) count(v *uint64) {
	if c.writes {
		c.bytes = binary.AppendUvarint(c.bytes, *v)
		return
	}
	value, n := binary.Uvarint(c.bytes)
	if n <= 0 {
		*v = 0
		c.fail()
		return
	}
	*v, c.bytes = value, c.bytes[n:]
}

func (c *codec) flag(v *bool) {
	var n uint64
	if *v {
		n = 1
	}
	c.count(&n)
	if *v = n == 1; n > 1 {
		c.fail()
	}
}

// text is a text: its length, and its bytes.
func text[T ~string](c *codec, v *T) {
	n := uint64(len(*v))
	c.count(&n)
	if c.writes {
		c.bytes = append(c.bytes, *v...)
		return
	}
	if n > uint64(len(c.bytes)) {
		*v = ""
		c.fail()
		return
	}
	*v = T(c.known(c.bytes[:n]))
	c.bytes = c.bytes[n:]
}

// known gives a text, in the memory of the first that was the same.
func (c *codec) known(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if known, ok := c.texts[string(b)]; ok {
		return known
	}
	s := string(b)
	if len(s) <= longestKept {
		c.texts[s] = s
	}
	return s
}

// oneOf is a text that is one of a list, as its place there from 1 on; any other
// is 0 and the text.
func oneOf[T, L ~string](c *codec, v *T, values []L) {
	var n uint64
	if c.writes {
		n = uint64(slices.Index(values, L(*v)) + 1)
	}
	c.count(&n)
	switch {
	case n == 0:
		text(c, v)
	case n > uint64(len(values)):
		c.fail()
	default:
		*v = T(values[n-1])
	}
}

// list is how many elements there are, and each of them.
func list[T any](c *codec, v *[]T, each func(*T)) {
	n := uint64(len(*v))
	c.count(&n)
	if !c.writes {
		if n > uint64(len(c.bytes)) { // each has a byte or more
			c.fail()
			n = 0
		}
		*v = slices.Grow((*v)[:0], int(n))[:n]
	}
	for i := range *v {
		each(&(*v)[i])
	}
}

// The forms of a number: none, eight bytes, and from numberForms on whole numbers
// and ten-thousandths in turns.
const (
	numberNone = iota
	numberRaw
	numberForms
	parts = 1e4
	// mostWhole is below what a float64 holds exactly.
	mostWhole = 1 << 52
)

// number is a number, mostly of few digits.
func (c *codec) number(v *float64) {
	n := uint64(numberRaw)
	if c.writes {
		n = numberForm(*v)
	}
	c.count(&n)
	c.numberIn(n, v)
}

// amount is a number that may be absent.
func (c *codec) amount(v **float64) {
	n := uint64(numberNone)
	if c.writes && *v != nil {
		n = numberForm(**v)
	}
	c.count(&n)
	if n == numberNone {
		*v = nil
		return
	}
	if !c.writes {
		*v = &c.amounts[c.used]
		c.used++
	}
	c.numberIn(n, *v)
}

// numberIn is the rest of a number of a form.
func (c *codec) numberIn(n uint64, v *float64) {
	switch {
	case n == numberNone:
		c.fail()
	case n == numberRaw:
		bits := math.Float64bits(*v)
		c.fixed(&bits)
		*v = math.Float64frombits(bits)
	case c.writes:
	case n%2 == 0:
		*v = float64((n - numberForms) / 2)
	default:
		*v = float64((n-numberForms)/2) / parts
	}
}

// numberForm gives the form of a number that holds all of it.
func numberForm(v float64) uint64 {
	same := func(w float64) bool { return math.Float64bits(v) == math.Float64bits(w) }
	if !(v >= 0 && v < mostWhole/parts) {
		return numberRaw
	}
	if n := uint64(v); same(float64(n)) {
		return numberForms + 2*n
	}
	if n := uint64(math.Round(v * parts)); same(float64(n) / parts) {
		return numberForms + 1 + 2*n
	}
	return numberRaw
}

// whole is a whole number that may be absent; room is where one that is read is
// put.
func whole[T int | int64](c *codec, v **T, room *T) {
	has := *v != nil
	if c.flag(&has); !has {
		*v = nil
		return
	}
	if c.writes {
		c.bytes = binary.AppendVarint(c.bytes, int64(**v))
		return
	}
	n, size := binary.Varint(c.bytes)
	if size <= 0 {
		c.fail()
		return
	}
	c.bytes = c.bytes[size:]
	*room = T(n)
	*v = room
}
