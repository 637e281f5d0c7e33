package rows

import (
	"math"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"jobsieve/crawler/extract"
	"jobsieve/job"
)

// value is the text of a field, and the member that it is in.
type value struct {
	text   string
	rank   int
	member int
}

// fate is what becomes of a member.
type fate byte

const (
	left  fate = iota // it is kept, and people are told that it is not used
	kept              // it is kept
	taken             // it is in a field
)

// row is the members of one row on their way into a posting.
type row struct {
	members []job.Member
	values  map[string]value // for each field the best that is not empty
	fates   []fate
}

// take gives the text of a field, which holds it from now on.
func (r *row) take(field string) string {
	r.settle(field, taken)
	return r.values[field].text
}

func (r *row) settle(field string, f fate) {
	if v, ok := r.values[field]; ok {
		r.fates[v.member] = f
	}
}

// holds reports that the text of a field is that of a member.
func (r *row) holds(i int, field string) bool {
	v, ok := r.values[field]
	return ok && v.member == i
}

// rewrite writes a text in place of a member that is one: what is found in a field
// can be found in the row when it is written again.
func (r *row) rewrite(i int, text string) (err error) {
	if r.members[i].Value[0] == '"' {
		r.members[i].Value, err = jsontext.AppendQuote(nil, text)
	}
	return err
}

// salary gives the pay of a row: its text, or what its numbers say together.
func (r *row) salary() string {
	text := r.take("salary")
	low, high := r.amount("salary_min"), r.amount("salary_max")
	one := number(text)
	switch {
	case one != nil && r.values["salary_currency"].text+r.values["salary_period"].text != "":
		low, high = one, one
	case text != "":
		return text
	case low == nil && high == nil:
		for _, field := range []string{"salary_min", "salary_max", "salary_currency", "salary_period"} {
			r.settle(field, kept)
		}
		return ""
	default:
		r.settle("salary_min", taken)
		r.settle("salary_max", taken)
	}
	currency, period := strings.TrimSpace(r.take("salary_currency")), strings.ToUpper(r.take("salary_period"))
	return extract.PayObject(low, high, currency, period)
}

// amount gives a number, or a text that states one; nil for 0, which says that
// none is given.
func (r *row) amount(field string) any {
	text := r.values[field].text
	if _, isNumber := parseNumber(text); isNumber || !strings.ContainsAny(text, "123456789") {
		return number(text)
	}
	return text
}

// number gives a number above 0, else nil.
func number(s string) any {
	if n, ok := parseNumber(s); ok && n > 0 && !math.IsInf(n, 0) {
		return n
	}
	return nil
}

func parseNumber(s string) (float64, bool) {
	n, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(s), ",", ""), 64)
	return n, err == nil
}

// location gives the place of a row, from its parts where it has no text for it,
// and whether the work is remote.
func (r *row) location() string {
	text := r.take("location")
	if text == "" {
		var parts []string
		for _, field := range []string{"city", "state", "country"} {
			if s := strings.TrimSpace(r.take(field)); s != "" {
				parts = append(parts, s)
			}
		}
		text = strings.Join(parts, ", ")
	}
	mode := r.mode()
	switch {
	case mode == "" || strings.Contains(strings.ToLower(text), mode):
		return text
	case text == "":
		return mode
	}
	return text + ", " + mode
}

// modes are what columns say about where the work is done, and what is made of
// it; the first that fits counts.
var modes = []struct{ says, mode string }{
	{"hybrid", "hybrid"}, {"not remote", ""}, {"non-remote", ""},
	{"office", ""}, {"onsite", ""}, {"on-site", ""}, {"on site", ""},
	{"telecommute", "remote"}, {"remote", "remote"}, {"home", "remote"}, {"wfh", "remote"}, {"anywhere", "remote"},
}

// flags are the texts that say yes or no to remote work.
var flags = map[string]string{
	"true": "remote", "yes": "remote", "y": "remote", "t": "remote", "1": "remote", "1.0": "remote",
	"false": "", "no": "", "n": "", "f": "", "0": "", "0.0": "",
}

// mode gives remote or hybrid where a column says so.
func (r *row) mode() string {
	text := strings.ToLower(strings.TrimSpace(r.values["remote"].text))
	mode, known := flags[text]
	for i := 0; i < len(modes) && !known; i++ {
		if strings.Contains(text, modes[i].says) {
			mode, known = modes[i].mode, true
		}
	}
	if known {
		r.settle("remote", kept) // beside the place, which has nothing to say for "no"
	}
	return mode
}
