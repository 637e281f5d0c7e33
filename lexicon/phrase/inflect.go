package phrase

import "strings"

// inflect gives the forms of a word: in English its plural, -ed and -ing, in
// Hindi its plural and oblique forms. Forms that do not exist do no harm.
func inflect(stem string) []string {
	if stem == "" {
		return nil
	}
	if stem[len(stem)-1] < 0x80 {
		return inflectEnglish(strings.ToLower(stem))
	}
	return inflectHindi(stem)
}

func inflectEnglish(w string) []string {
	last := w[len(w)-1]
	vowel := func(i int) bool { return i >= 0 && strings.IndexByte("aeiou", w[i]) >= 0 }
	n := len(w)
	short := n >= 3 && n <= 4 && !vowel(n-1) && vowel(n-2) && !vowel(n-3) // run, plan
	switch {
	case last == 'e':
		return []string{w, w + "s", w + "d", w[:n-1] + "ing"}
	case last == 'y' && !vowel(n-2):
		return []string{w, w[:n-1] + "ies", w[:n-1] + "ied", w + "ing"}
	case strings.HasSuffix(w, "s"), strings.HasSuffix(w, "x"), strings.HasSuffix(w, "ch"), strings.HasSuffix(w, "sh"):
		return []string{w, w + "es", w + "ed", w + "ing"}
	case short && last != 'w' && last != 'y':
		return []string{w, w + "s", w + string(last) + "ed", w + string(last) + "ing", w + "ed", w + "ing"}
	}
	return []string{w, w + "s", w + "ed", w + "ing"}
}

func inflectHindi(w string) []string {
	switch {
	case strings.HasSuffix(w, "ा"):
		s := strings.TrimSuffix(w, "ा")
		return []string{w, s + "े", s + "ी", s + "ों", w + "ओं"}
	case strings.HasSuffix(w, "ी"):
		s := strings.TrimSuffix(w, "ी")
		return []string{w, s + "ियां", s + "ियों"}
	case strings.HasSuffix(w, "े"), strings.HasSuffix(w, "ो"), strings.HasSuffix(w, "ू"), strings.HasSuffix(w, "ि"):
		return []string{w, w + "ओं", w + "यों"}
	}
	return []string{w, w + "ों", w + "ें", w + "स"}
}
