package page

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"jobsieve/job"
	"jobsieve/question"
)

// chip is one part of a question, with the link that takes it back.
type chip struct{ Text, Remove string }

// unquoted takes quotation marks out.
var unquoted = strings.NewReplacer(`"`, " ", "“", " ", "”", " ")

func same(a, b []string) bool { return slices.Equal(a, b) }

// asked are the parts of the filter, without the words, which stand in the box.
func (a *ask) asked() (out []chip) {
	all := a.filter.Values()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if name == "text" || name == "pay_period" {
			continue
		}
		for _, v := range all[name] {
			out = append(out, chip{a.nameOf(name, []string{v}), a.link(without(name, v))})
		}
	}
	return out
}

// cutNot parts the name of a parameter that leaves values out.
func cutNot(name string) (field string, excluded bool) { return strings.CutPrefix(name, "not.") }

// nameOf names a parameter with its values.
func (a *ask) nameOf(name string, values []string) string {
	w := a.w
	field, excluded := cutNot(name)
	var texts []string
	for _, v := range values {
		switch name {
		case "pay_min", "pay_max":
			period := string(a.filter.Pay.Period)
			if period == "" {
				period = string(job.PerMonth)
			}
			if amount, err := strconv.ParseFloat(v, 64); err == nil {
				v = job.Grouped(amount)
			}
			v = w.T("pay."+period, job.India.Sign+v)
		case "exact", "all":
			return w.Field(name)
		case "since", "until", "first_seen_since", "first_seen_until":
			v = w.Date(v)
		default:
			v = w.Value(field, v)
		}
		texts = append(texts, v)
	}
	text := w.Field(field) + ": " + strings.Join(texts, ", ")
	if excluded {
		return w.T("search.not", text)
	}
	return text
}

// understood are the parts of the words that are taken for more than words.
func (a *ask) understood(parts []question.Part) (out []chip) {
	w := a.w
	for i := range parts {
		part := &parts[i]
		var as []string
		if part.Corrected != "" {
			as = append(as, part.Corrected+"?")
		}
		for _, what := range part.As {
			as = append(as, w.reading(what))
		}
		if part.Empty {
			as = []string{w.T("search.empty")}
		}
		text := part.Typed + " = " + strings.Join(as, ", ")
		if part.Not {
			text = w.T("search.not", text)
		}
		rest := strings.Join(strings.Fields(replaced(a.filter.Text, part.Typed, "")), " ")
		out = append(out, chip{text, a.link(set("text", rest))})
	}
	return out
}

// reading names what a part of a question is taken for: "city Pune".
func (w *words) reading(as string) string {
	field, value, _ := strings.Cut(as, " ")
	if field == "label" {
		value = strings.ToUpper(value)
	}
	if name, ok := w.texts["field."+field]; ok && value != "" {
		return name + ": " + w.Value(field, value)
	}
	return as
}

// replaced puts a text in the place of a part of what was typed, where that stands by
// itself.
func replaced(text, part, with string) string {
	for from := 0; part != "" && from < len(text); {
		i := strings.Index(text[from:], part)
		if i < 0 {
			return text
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(part):])
		if !inWord(before) && !inWord(after) {
			return text[:i] + with + text[i+len(part):]
		}
		from = i + len(part)
	}
	return text
}

// inWord reports a letter, a sign that belongs to one, or a digit.
func inWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r))
}

// downloads are links to files of exactly what is shown.
func downloads(path string, params url.Values, formats ...string) (out []choice) {
	for _, f := range formats {
		all := url.Values{"format": {f}}
		for name, values := range params {
			all[name] = values
		}
		if f == "parquet" {
			all.Del(sortName) // its rows are ordered by id
		}
		out = append(out, choice{Name: fileNames[f], URL: address(apiPath+path, all)})
	}
	return out
}

// apiPath is where programs ask.
const apiPath = "/api/v1"

// fileNames are the names of formats.
var fileNames = map[string]string{"csv": "CSV", "xlsx": "Excel", "parquet": "Parquet", "json": "JSON", "jsonl": "JSON"}
