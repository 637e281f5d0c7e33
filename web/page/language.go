package page

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"jobsieve/job"
)

//go:embed texts/*.yaml
var textFiles embed.FS

// languages are those of the interface; the first is used where a URL names none.
var languages = []string{"en", "hi"}

// words are the texts of the interface in one language, by key.
type words struct {
	lang  string
	texts map[string]string
}

// readWords reads the catalogue of a language. What other packages say in sentences has
// English with them.
func readWords(lang string) (*words, error) {
	w := &words{lang, map[string]string{}}
	if err := w.read(lang + ".yaml"); err != nil || lang == languages[0] {
		return w, err
	}
	return w, w.read("said." + lang + ".yaml")
}

// read takes in the texts of a file.
func (w *words) read(file string) error {
	name := path.Join("texts", file)
	body, err := textFiles.ReadFile(name)
	if err != nil {
		return err
	}
	var tree map[string]any
	if err := yaml.Unmarshal(body, &tree); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return w.add(name, "", tree)
}

// add takes in the texts below a key.
func (w *words) add(file, under string, tree map[string]any) error {
	for name, value := range tree {
		key := strings.TrimPrefix(under+"."+name, ".")
		switch v := value.(type) {
		case string:
			w.texts[key] = v
		case map[string]any:
			if err := w.add(file, key, v); err != nil {
				return err
			}
		default:
			return fmt.Errorf("%s: %s: expected a text, got %v", file, key, value)
		}
	}
	return nil
}

// T gives a text by its key, with what it takes put in.
func (w *words) T(key string, args ...any) string {
	text, ok := w.texts[key]
	switch {
	case !ok:
		return key
	case len(args) == 0:
		return text
	}
	return fmt.Sprintf(text, args...)
}

// Count gives the text for a number of things.
func (w *words) Count(key string, n int) string {
	if n == 1 {
		return w.T(key + ".one")
	}
	return w.T(key+".many", number(n))
}

// Value gives the name of a field's value; the value itself where it has none.
func (w *words) Value(field, value string) string {
	if name, ok := w.texts["value."+field+"."+value]; ok {
		return name
	}
	if strings.HasSuffix(field, "month") {
		return w.month(value)
	}
	return value
}

// Field gives the name of a field, or of a parameter of a filter.
func (w *words) Field(name string) string {
	if text, ok := w.texts["field."+name]; ok {
		return text
	}
	return strings.ReplaceAll(name, "_", " ")
}

// Column gives the name of a column of a table.
func (w *words) Column(name string) string {
	if text, ok := w.texts["column."+name]; ok {
		return text
	}
	return w.Field(name)
}

// Date writes a day, YYYY-MM-DD; any other text stays as it is.
func (w *words) Date(day string) string {
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return day
	}
	return strings.TrimLeft(day[8:], "0") + " " + w.month(day[:7])
}

// dayOf gives the day of a time, in India's time.
func dayOf(at time.Time) string { return at.In(job.IST).Format(time.DateOnly) }

// month writes a month, YYYY-MM.
func (w *words) month(month string) string {
	if _, err := time.Parse("2006-01", month); err != nil {
		return month
	}
	return w.T("month."+month[5:]) + " " + month[:4]
}

// number writes a number with its digits grouped as in India.
func number(n int) string { return job.Grouped(float64(n)) }

// score writes a score of 0 to 1.
func score(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }

// weight writes what a piece of evidence, or a rule, counts.
func weight(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }

// percent writes a share.
func percent(share float64) string { return strconv.FormatFloat(100*share, 'f', 0, 64) + " %" }

// languageOf gives the language that a URL asks for.
func languageOf(asked string) string {
	if slices.Contains(languages, asked) {
		return asked
	}
	return languages[0]
}
