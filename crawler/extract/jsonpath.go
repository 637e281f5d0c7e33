package extract

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"jobsieve/job"
)

// At follows a path of names, with points between, into a JSON value; a number
// picks from a list. It gives nil where nothing stands there, and the value
// itself for an empty path.
func At(v any, path string) any {
	if path == "" {
		return v
	}
	for name := range strings.SplitSeq(path, ".") {
		switch at := v.(type) {
		case map[string]any:
			v = at[name]
		case []any:
			n, err := strconv.Atoi(name)
			if err != nil || n < 0 || n >= len(at) {
				return nil
			}
			v = at[n]
		default:
			return nil
		}
	}
	return v
}

// Map makes a posting of a JSON value: fields gives the path of each field. A
// list of texts is joined by commas; an object in the salary field is given as
// it is, for the pay reader knows such objects, and is made of salary_min and
// salary_max where those are given.
func Map(at *url.URL, v any, fields map[string]string) job.Posting {
	var p job.Posting
	page := &Page{URL: at}
	for field, path := range fields {
		text := textAt(At(v, path), field == string(job.FieldSalary))
		switch field {
		case "url":
			text = page.absolute(text)
		case "description", "title", "skills":
			text = HTMLText(text)
		}
		p.Set(field, bounded(text))
	}
	if p.Salary == "" {
		text := func(name string) string { return strings.ToUpper(textAt(pathAt(v, fields[name]), false)) }
		p.Salary = bounded(PayObject(amountAt(v, fields["salary_min"]), amountAt(v, fields["salary_max"]), text("salary_currency"), text("salary_period")))
	}
	return p
}

func pathAt(v any, path string) any {
	if path == "" {
		return nil
	}
	return At(v, path)
}

// amountAt gives the amount at a path, nil where none stands: 0 says that none
// is given.
func amountAt(v any, path string) any {
	switch a := pathAt(v, path).(type) {
	case float64:
		if a > 0 {
			return a
		}
	case string:
		if n, err := strconv.ParseFloat(strings.TrimSpace(a), 64); err == nil && n > 0 {
			return n
		}
	}
	return nil
}

func textAt(v any, objects bool) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []any:
		var parts []string
		for _, item := range v {
			if s := textAt(item, false); s != "" {
				parts = append(parts, s)
			}
		}
		return strings.Join(parts, ", ")
	case map[string]any:
		if objects {
			if body, err := json.Marshal(v); err == nil {
				return string(body)
			}
		}
		return plain(v)
	case bool:
		return fmt.Sprint(v)
	}
	return ""
}
