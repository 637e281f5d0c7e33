package page

import (
	"fmt"

	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/internal/sentence"
)

// told is a text, with its language where that is not the page's.
type told struct{ Text, Lang string }

// english are texts that are said in English alone.
func (w *words) english(text string) told {
	if w.lang == languages[0] {
		return told{Text: text}
	}
	return told{text, languages[0]}
}

// tell says a sentence: in English where the catalogue lacks it.
func (w *words) tell(s sentence.Sentence) told {
	if _, ok := w.texts[saidKey+s.Kind]; !ok {
		return w.english(w.say(s))
	}
	return told{Text: w.say(s)}
}

func (w *words) tellAll(all []sentence.Sentence) (out []told) {
	for _, s := range all {
		out = append(out, w.tell(s))
	}
	return out
}

// saidKey begins the keys of sentences, nounKey those of what is counted in them.
const (
	saidKey = "said."
	nounKey = "noun."
)

// say gives a sentence in the language of the words, with what is put in it by its name.
func (w *words) say(s sentence.Sentence) string {
	text, ok := w.texts[saidKey+s.Kind]
	if !ok {
		text = s.English
	}
	args := make([]any, len(s.Args))
	for i, arg := range s.Args {
		args[i] = w.named(arg)
	}
	return fmt.Sprintf(text, args...)
}

// named gives what is put in a sentence by the name that the page has for it.
func (w *words) named(arg any) any {
	switch v := arg.(type) {
	case sentence.Sentence:
		return w.say(v)
	case sentence.Count:
		return w.counted(v)
	case sentence.Grouped:
		return w.counted(sentence.Count(v))
	case sentence.Value:
		if _, ok := indexer.Fields.Grouping(v.Field); ok {
			return w.groupName(v.Field, v.Value)
		}
		return w.Value(v.Field, v.Value)
	case sentence.Name:
		return w.Column(string(v))
	case sentence.Day:
		return w.Date(string(v))
	}
	return arg
}

// counted gives a number of what a noun names.
func (w *words) counted(c sentence.Count) string {
	if text, ok := w.texts[nounKey+c.Of]; ok {
		return fmt.Sprintf(text, number(c.N))
	}
	return sentence.Grouped(c).String()
}

// fault is something that is wrong with a question. Where it is in a condition, that is
// Before, the part that is wrong, and After.
type fault struct {
	Field             string
	Problem           told
	Before, At, After string
}

// told are the faults of a question.
func (a *ask) told() (out []fault) {
	for i := range a.faults {
		out = append(out, a.w.fault(&a.faults[i]))
	}
	return out
}

func (w *words) fault(f *filter.Fault) fault {
	name, excluded := cutNot(f.Field)
	one := fault{Field: w.Field(name), Problem: w.tell(f.Says)}
	if excluded {
		one.Field = w.T("search.not", one.Field)
	}
	if f.In != "" {
		one.Before, one.At, one.After = f.In[:f.Start], f.In[f.Start:f.End], f.In[f.End:]
	}
	return one
}
