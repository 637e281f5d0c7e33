package filter

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf16"

	"jobsieve/facts"
	"jobsieve/indexer"
	"jobsieve/internal/sentence"
)

// readers bring the values of fields that are neither closed nor open to their
// official form.
var readers = map[string]func(string) (string, error){
	"city":         city,
	"state":        state,
	"country":      country,
	"place":        place,
	"languages":    languageCode,
	"posted_month": month,
	"outsourced":   yesOrNo,
}

// canonical gives the official form of a value, or an error that says what was
// expected.
func canonical(book Book, f *indexer.Field, value string) (string, error) {
	value = strings.Join(strings.Fields(value), " ")
	if value == "" {
		return "", sentence.Wrong("no_value", "expected a value, got an empty one")
	}
	read := readers[f.Name]
	switch {
	case f.Name == "label" && book.Labels != nil:
		return oneOf(f.Filter, value, texts(book.Labels))
	case f.Name == "function" && book.Functions != nil:
		return oneOf(f.Filter, value, texts(book.Functions))
	case f.Name == "criteria" && book.Criteria != nil:
		return criterion(value, book.Criteria)
	case read != nil:
		return read(value)
	case f.Closed != nil:
		return oneOf(f.Filter, value, f.Closed)
	case f.Type == indexer.TypeNamedText && len(utf16.Encode([]rune(value))) > indexer.MaxNamed:
		return "", sentence.Wrong("letters_at_most", "expected at most %d letters, got %d", indexer.MaxNamed,
			len([]rune(value)))
	}
	return f.Compared(value), nil
}

// oneOf finds a value of a closed set, whatever its case.
func oneOf(name, value string, closed []string) (string, error) {
	i := slices.IndexFunc(closed, func(known string) bool { return strings.EqualFold(known, value) })
	if i < 0 {
		return "", sentence.Wrong("unknown_value", "unknown %s %q; %s", sentence.Name(name), value,
			expected(value, closed))
	}
	return closed[i], nil
}

// criterion finds a criterion by its id, or by the number that the id begins
// with: D3.
func criterion(value string, ids []string) (string, error) {
	for _, id := range ids {
		if number, _, _ := strings.Cut(id, "-"); strings.EqualFold(number, value) {
			return id, nil
		}
	}
	return oneOf("criterion", value, ids)
}

func yesOrNo(value string) (string, error) {
	switch strings.ToLower(value) {
	case "true", "yes", "1":
		return "true", nil
	case "false", "no", "0":
		return "false", nil
	}
	return "", sentence.Wrong("not_true_or_false", "expected true or false, got %q", value)
}

func month(value string) (string, error) {
	if _, err := time.Parse("2006-01", value); err != nil {
		return "", sentence.Wrong("not_month", "expected a month such as 2026-01, got %q", value)
	}
	return value, nil
}

var languageForm = regexp.MustCompile(`^[a-z]{2,3}$`)

func languageCode(value string) (string, error) {
	code := strings.ToLower(value)
	if !languageForm.MatchString(code) {
		return "", sentence.Wrong("not_language", "expected the code of a language, such as hi, got %q", value)
	}
	return code, nil
}

// known finds an official name, whatever its case.
func known(value string, names []string) (string, bool) {
	i := slices.IndexFunc(names, func(name string) bool { return strings.EqualFold(name, value) })
	if i < 0 {
		return "", false
	}
	return names[i], true
}

// city gives a city its official name. One that is not known keeps the name
// that postings give it.
func city(value string) (string, error) {
	if name, ok := known(value, facts.Cities()); ok {
		return name, nil
	}
	if name := string(facts.Standard().Place(value).City); slices.Contains(facts.Cities(), name) {
		return name, nil
	}
	return value, nil
}

func state(value string) (string, error) {
	states := facts.States()
	if name, ok := known(value, states); ok {
		return name, nil
	}
	if p := facts.Standard().Place(value); p.City == "" && p.State != "" {
		return string(p.State), nil
	}
	return "", sentence.Wrong("unknown_value", "unknown %s %q; %s", sentence.Name("state"), value,
		expected(value, states))
}

func country(value string) (string, error) {
	code, ok := facts.Country(value)
	if !ok {
		return "", sentence.Wrong("unknown_country",
			"unknown country %q; expected a name such as India, or a code such as IN", value)
	}
	return code, nil
}

// place gives a place of any level its official name, a country the English
// one.
func place(value string) (string, error) {
	for _, names := range [][]string{facts.Cities(), facts.States()} {
		if name, ok := known(value, names); ok {
			return name, nil
		}
	}
	p := facts.Standard().Place(value)
	switch code, isCountry := facts.Country(value); {
	case slices.Contains(facts.Cities(), string(p.City)):
		return string(p.City), nil
	case p.City == "" && p.State != "":
		return string(p.State), nil
	case isCountry:
		return facts.CountryName(code), nil
	case p.City == "":
		return "", sentence.Wrong("not_place", "expected the name of one city, state or country, got %q", value)
	}
	return value, nil
}

// placeInIndex gives the values that documents have of a place. Those of a
// country are codes; a city may be a country too.
func placeInIndex(name string) []string {
	if code, ok := facts.Country(name); ok {
		return []string{name, code}
	}
	return []string{name}
}
