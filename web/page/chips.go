package page

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"jobsieve/desk"
	"jobsieve/job"
	"jobsieve/lexicon"
	"jobsieve/question"
)

// chip is one part of a question, with the link that takes it back. Says explains it, in
// English, as the rules do.
type chip struct{ Text, Says, Remove string }

// unquoted takes quotation marks out.
var unquoted = strings.NewReplacer(`"`, " ", "“", " ", "”", " ")

func same(a, b []string) bool { return slices.Equal(a, b) }

// asked are the parts of the filter, without the words, which stand in the box, and the day.
func (a *ask) asked(d *desk.Desk) (out []chip) {
	all := a.filter.Values()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if name == "text" || name == "pay_period" {
			continue
		}
		for _, v := range all[name] {
			out = append(out, chip{a.nameOf(name, []string{v}), saysOf(d, name, v), a.link(without(name, v))})
		}
	}
	if a.day != "" && len(a.faults) == 0 {
		out = append(out, chip{Text: a.w.T("search.as_of", a.w.Date(a.day)), Remove: a.link(set(asOfName, ""))})
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
func (a *ask) understood(d *desk.Desk, parts []question.Part) (out []chip) {
	w := a.w
	for i := range parts {
		part := &parts[i]
		var as []string
		if part.Corrected != "" {
			as = append(as, part.Corrected+"?")
		}
		for _, what := range part.As {
			as = append(as, w.reading(d, what))
		}
		if part.Empty {
			as = []string{w.T("search.empty")}
		}
		text := part.Typed + " = " + strings.Join(as, ", ")
		if part.Not {
			text = w.T("search.not", text)
		}
		rest := strings.Join(strings.Fields(replaced(a.filter.Text, part.Typed, "")), " ")
		out = append(out, chip{text, "", a.link(set("text", rest))})
	}
	return out
}

// saysOf says what a criterion is, as the rules do; empty for any other parameter.
func saysOf(d *desk.Desk, param, value string) string {
	if name, _ := cutNot(param); name != "criterion" {
		return ""
	}
	criteria, _, _, err := d.Rules()
	if err != nil {
		return ""
	}
	for i := range criteria {
		if criteria[i].ID == value {
			return criteria[i].Says
		}
	}
	return ""
}

// reading names what a part of a question is taken for: "city Pune".
func (w *words) reading(d *desk.Desk, as string) string {
	field, value, _ := strings.Cut(as, " ")
	if field == "language" {
		field = "languages" // those that the work asks for
	}
	name, ok := w.texts["reading."+field]
	if !ok {
		name, ok = w.texts["field."+field]
	}
	switch {
	case !ok:
		return as
	case value == "":
		return name
	}
	switch field {
	case "label":
		value = w.Value(field, strings.ToUpper(value))
	case "pay":
		value = w.amountAsked(value)
	default:
		value = w.upTo(value, func(v string) string { return w.Value(field, cmp.Or(w.conceptOf(d, field, v), v)) })
	}
	return name + ": " + value
}

// upTo names a value that has "up to" before it, or has not.
func (w *words) upTo(value string, name func(string) string) string {
	if most, ok := strings.CutPrefix(value, "up to "); ok {
		return w.T("pay.to", name(most))
	}
	return name(value)
}

// amountAsked writes an amount that a question asks for: "from ₹15,000 a month".
func (w *words) amountAsked(text string) string {
	amount, period, hasPeriod := strings.Cut(strings.Replace(text, " an ", " a ", 1), " a ")
	if least, ok := strings.CutPrefix(amount, "from "); ok {
		amount = w.T("pay.from", least)
	} else {
		amount = w.upTo(amount, func(v string) string { return v })
	}
	if hasPeriod {
		return w.T("pay."+period, amount)
	}
	return amount
}

// conceptOf gives the first of the words that the lexicon has for a concept, in the language
// of the page where it has some; empty for what is no concept.
func (w *words) conceptOf(d *desk.Desk, kind, name string) string {
	for _, l := range d.Lists() {
		if l.Name != kind+"."+name || l.Kind != lexicon.Concepts {
			continue
		}
		for _, entries := range [][]string{w.ofLanguage(&l), l.English} {
			if len(entries) > 0 {
				return strings.TrimRight(entries[0], "~")
			}
		}
	}
	return ""
}

// ofLanguage are the words of a list in the language of the page.
func (w *words) ofLanguage(l *lexicon.List) []string {
	if w.lang == languages[0] {
		return l.English
	}
	return l.Hindi
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
func (w *words) downloads(path string, params url.Values, formats ...string) (out []choice) {
	for _, f := range formats {
		all, name := url.Values{"format": {f}}, fileNames[f]
		for param, values := range params {
			all[param] = values
		}
		if f == "parquet" && all.Has(sortName) { // which has the order of ids, and no other
			all.Del(sortName)
			name = w.T("search.by_id", name)
		}
		out = append(out, choice{Name: name, URL: address(apiPath+path, all)})
	}
	return out
}

// apiPath is where programs ask.
const apiPath = "/api/v1"

// fileNames are the names of formats.
var fileNames = map[string]string{"csv": "CSV", "xlsx": "Excel", "parquet": "Parquet", "json": "JSON", "jsonl": "JSON"}
