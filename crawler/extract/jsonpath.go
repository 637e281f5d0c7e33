package extract

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"jobsieve/config"
	"jobsieve/job"
)

// At follows a path of names, with points between, into a JSON value as DecodeJSON
// gives it. A number picks from a list; a name gives what each object of a list has
// under it, in one list. It gives nil where nothing is there, and the value itself
// for an empty path.
func At(v any, path string) any {
	if path == "" {
		return v
	}
	return follow(v, strings.Split(path, "."))
}

func follow(v any, names []string) any {
	for i, name := range names {
		switch at := v.(type) {
		case map[string]any:
			v = at[name]
		case []any:
			n, err := strconv.Atoi(name)
			if err != nil {
				return followEach(at, names[i:])
			}
			if n < 0 || n >= len(at) {
				return nil
			}
			v = at[n]
		default:
			return nil
		}
	}
	return v
}

// followEach gives what is at a path in the items of a list, with lists joined into
// one; nil where no item has it.
func followEach(items []any, names []string) any {
	if len(items) == 0 {
		return items
	}
	all, found := []any{}, false
	for _, item := range items {
		switch v := follow(item, names).(type) {
		case nil:
			continue
		case []any:
			all = append(all, v...)
		default:
			all = append(all, v)
		}
		found = true
	}
	if !found {
		return nil
	}
	return all
}

// Map makes a posting of a JSON value: columns gives the path of each field, or
// several, whose texts are joined. A list of texts is joined by commas; an object in
// the salary field is given as it is, since the pay reader knows such objects, and
// is made from salary_min and salary_max where those are given.
func Map(at *url.URL, v any, columns config.Columns) job.Posting {
	var p job.Posting
	page := &Page{URL: at}
	for field, paths := range columns {
		var texts []string
		for _, path := range paths {
			texts = append(texts, textAt(At(v, path), field))
		}
		text := strings.Join(distinct(texts), ", ")
		if field == "url" {
			text = page.absolute(text)
		}
		p.Set(field, bounded(text))
	}
	if p.Salary == "" {
		p.Salary = bounded(payOf(v, columns))
	}
	return p
}

// payOf makes pay from the numbers that are in columns of their own.
func payOf(v any, columns config.Columns) string {
	column := func(name string) any {
		if len(columns[name]) == 0 {
			return nil
		}
		return At(v, columns[name][0])
	}
	text := func(name string) string { return strings.ToUpper(textAt(column(name), name)) }
	lowest, highest := amountOf(column("salary_min")), amountOf(column("salary_max"))
	return PayObject(lowest, highest, text("salary_currency"), text("salary_period"))
}

// textAt gives the text of a value for a field.
func textAt(v any, field string) string {
	switch v := v.(type) {
	case string:
		if field == "id" || field == "url" {
			return strings.TrimSpace(v)
		}
		return HTMLText(v)
	case json.Number:
		return numberText(v)
	case bool:
		return fmt.Sprint(v)
	case []any:
		var parts []string
		for _, item := range v {
			if s := textAt(item, field); s != "" {
				parts = append(parts, s)
			}
		}
		return strings.Join(parts, ", ")
	case map[string]any:
		return textOfObject(v, field)
	}
	return ""
}

// textOfObject gives the text of an object: pay as the pay reader takes it, for a
// place its address, for any other its name.
func textOfObject(o map[string]any, field string) string {
	switch job.Field(field) {
	case job.FieldSalary:
		return objectText(o)
	case job.FieldLocation:
		if plain(o["city"]) != "" {
			parts := []string{plain(o["city"]), plain(o["state"]), plain(o["country"])}
			return HTMLText(strings.Join(distinct(parts), ", "))
		}
		if places := placesOf(newBlock(nil).object(o, 0)); len(places) > 0 {
			return strings.Join(places, " | ")
		}
	}
	return textAt(plain(o), field)
}
