package phrase

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// formsOf gives the other forms of a word of a term in normal form, as they are
// written: those of inflect, the singular of a plural, and the forms of Hindi verbs
// in either script; of Hinglish also those of nouns. Forms that do not exist do no
// harm.
func formsOf(norm string, hinglish bool) []string {
	switch {
	case norm == "" || norm[0] >= '0' && norm[0] <= '9':
		return nil
	case norm[0] >= utf8.RuneSelf:
		return slices.Concat(inflectHindi(norm), nounHindi(norm), verbHindi(norm))
	case hinglish:
		return slices.Concat(inflectEnglish(norm), nounHinglish(norm), verbHinglish(norm))
	}
	return append(inflectEnglish(norm), singular(norm)...)
}

// nounHindi gives the singular of a plural, and the other plural forms.
func nounHindi(w string) []string {
	for _, plural := range [...]struct {
		end  string
		ends []string
	}{
		{"ियों", []string{"ी"}}, {"ियां", []string{"ी", "ियों"}}, {"ों", []string{"", "ा", "े"}},
		{"ें", []string{"", "ों"}}, {"े", []string{"ा", "ों"}},
	} {
		if stem, ok := strings.CutSuffix(w, plural.end); ok && len(stem) > len("क") {
			var out []string
			for _, end := range plural.ends {
				out = append(out, stem+end)
			}
			return out
		}
	}
	return nil
}

// shortNoun is the length from which on a Hinglish noun has plural forms: those
// of shorter ones are other words.
const shortNoun = 4

// nounHinglish gives the plural forms of a noun.
func nounHinglish(w string) []string {
	if len(w) < shortNoun || strings.HasSuffix(w, "na") {
		return nil
	}
	stem := w[:len(w)-1]
	switch w[len(w)-1] {
	case 'a':
		return []string{stem + "e", stem + "on", stem + "o"}
	case 'i':
		return []string{stem + "iyan", stem + "iyon", stem + "iyo", stem + "iya"}
	case 'e', 'o', 'u', 's', 'n':
		return nil
	}
	return []string{w + "on", w + "o", w + "en", w + "ein"}
}

// noPlural are words that end like plurals and mean something else without
// that ending.
var noPlural = strings.Fields(`
	accounts sales news analytics logistics goods arms customs means statistics physics economics mathematics maths
	electronics operations relations resources affairs savings dues claims collections communications materials ms os
	bds mds gps sms is his us this`)

// singular gives the singular of a plural.
func singular(w string) []string {
	switch {
	case len(w) < 4 || !strings.HasSuffix(w, "s") || strings.HasSuffix(w, "ss") || strings.HasSuffix(w, "us"),
		strings.HasSuffix(w, "is"), slices.Contains(noPlural, w):
		return nil
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return []string{w[:len(w)-3] + "y"}
	case strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "sses"),
		strings.HasSuffix(w, "xes"):
		return []string{w[:len(w)-2]}
	}
	return []string{w[:len(w)-1]}
}

// Endings of verbs, after the stem, and the forms of those that have others.
var (
	endingsHindi = strings.Fields("ने नी ता ते ती कर के ें े ेगा ेगी ेंगे ो ा ी एं ए " +
		"एगा एगी एंगे ओ ई या ये यी इए िए वाना वाने ाना ाने")
	endingsHinglish = strings.Fields("ne ni naa ta te ti kar ke ein en e o enge ega egi iye iyega a i ye yen " +
		"oge ogi unga")
	irregularHindi = map[string]string{
		"करना": "किया की किए कीजिए करके", "देना": "दिया दी दिए दें दीजिए देकर दो",
		"लेना": "लिया ली लें लीजिए लेकर लो",
		"होना": "हो हुआ हुई", "जाना": "जाए जाएं गया",
	}
	irregularHinglish = map[string]string{
		"karna": "kiya kare krna krne krni kr karke krke", "dena": "diya do dijiye deni", "lena": "liya lo lijiye leni",
		"jana": "jaye jayen gaya",
	}
)

// verbHindi gives the forms of a verb such as देखना.
func verbHindi(w string) []string {
	stem, ok := strings.CutSuffix(w, "ना")
	if !ok || len(stem) < len("क") {
		return nil
	}
	out := strings.Fields(irregularHindi[w])
	for _, end := range endingsHindi {
		out = append(out, stem+end)
	}
	if len(stem) > len("कर") || w == "करना" {
		out = append(out, stem)
	}
	return out
}

// shortStem is the length up to which the stem of a Hinglish verb is too short to
// be told from other words: hana, hai.
const shortStem = 2

// verbHinglish gives the forms of a verb such as dekhna.
func verbHinglish(w string) []string {
	stem, ok := strings.CutSuffix(w, "na")
	if !ok || len(stem) <= shortStem && irregularHinglish[w] == "" {
		return nil
	}
	out := strings.Fields(irregularHinglish[w])
	for _, end := range endingsHinglish {
		out = append(out, stem+end)
	}
	if len(stem) > shortStem+1 || w == "karna" {
		out = append(out, stem)
	}
	return out
}
