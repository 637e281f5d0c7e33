package facts

import (
	"slices"
	"strings"
	"sync"

	"jobsieve/text"
)

// Names of fewer letters have no near spellings: one letter more or less makes
// them other names. Nor have those whose letters before an ending that many places
// share are fewer.
const (
	leastLetters = 7
	leastStem    = 5
	mostLetters  = 24
)

var endings = strings.Fields(`
	pur pura puri puram garh gadh nagar ganj abad bad gaon wara wada pally palli pet patti halli giri
	पुर पुरा पुरी गढ नगर गंज बाद गांव वाडा`)

// slips knows the long names of cities and states by what is left of their letters
// without one of them.
var slips = sync.OnceValue(func() map[string][]*nearName {
	out := map[string][]*nearName{}
	byKey := map[string]*nearName{}
	for _, e := range entries() {
		for i, alias := range slices.Concat(e.names, e.quarters) {
			plain, _, vague := marks(alias)
			d := text.Parse(plain)
			key := letters(d, 0, len(d.Tokens))
			least := leastLetters
			if i >= len(e.names) {
				least++ // of a quarter
			}
			if vague || isAbbreviation(plain) || len([]rune(key)) < least {
				continue
			}
			n := byKey[key]
			if n == nil {
				n = &nearName{letters: []rune(key)}
				byKey[key] = n
				for _, v := range n.variants() {
					out[v] = append(out[v], n)
				}
			}
			n.names = append(n.names, e.place)
		}
	}
	for _, n := range byKey {
		inOrder(n.names)
	}
	return out
})

// nearName is a name by its letters.
type nearName struct {
	letters []rune
	names   []name
}

// variants gives the letters, and where the name is long enough, what is left of them
// without one.
func (n *nearName) variants() []string {
	all := string(n.letters)
	for _, end := range endings {
		if stem, ok := strings.CutSuffix(all, end); ok && len([]rune(stem)) < leastStem {
			return []string{all}
		}
	}
	return append(without(n.letters), all)
}

// without gives letters less one of them, each but the first.
func without(letters []rune) (out []string) {
	for i := 1; i < len(letters); i++ {
		out = append(out, string(letters[:i])+string(letters[i+1:]))
	}
	return out
}

// near gives what the tokens from first up to but not including end stand for if one
// letter is wrong, missing, too much or in the wrong place, or the words are written
// as one; nothing where that may be several places.
func near(d *text.Doc, first, end int) []name {
	word := []rune(letters(d, first, end))
	if len(word) < leastLetters-1 || len(word) > mostLetters {
		return nil
	}
	index := slips()
	var found *nearName
	for _, v := range append(without(word), string(word)) {
		for _, n := range index[v] {
			switch {
			case string(n.letters) == string(word):
				return n.names
			case n == found || !oneSlip(n.letters, word):
			case found != nil && found.names[0] != n.names[0]:
				return nil
			default:
				found = n
			}
		}
	}
	if found == nil {
		return nil
	}
	return found.names
}

// oneSlip reports that one letter more or less, another letter, or two in the other
// order make b of a.
func oneSlip(a, b []rune) bool {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 2 && len(b) == 2 {
		return a[0] == b[1] && a[1] == b[0]
	}
	return len(a) <= 1 && len(b) <= 1
}

// letters gives the letters of the words among the tokens from first up to but not
// including end.
func letters(d *text.Doc, first, end int) string {
	var s strings.Builder
	for _, t := range d.Tokens[first:end] {
		if t.Kind == text.Word {
			s.WriteString(t.Norm)
		}
	}
	return s.String()
}

// sounds knows the names of cities and states in the one spelling of those that sound the
// same; nothing stands for what may be several places.
var sounds = sync.OnceValue(func() map[string][]name {
	out := map[string][]name{}
	for _, e := range entries() {
		for _, alias := range e.names {
			plain, _, vague := marks(alias)
			d := text.Parse(plain)
			key := sound(letters(d, 0, len(d.Tokens)))
			if vague || isAbbreviation(plain) || len([]rune(key)) < leastSounds {
				continue
			}
			old, ok := out[key]
			if ok && (len(old) == 0 || old[0].city != e.place.city) {
				out[key] = nil
				continue
			}
			out[key] = append(old, e.place)
			inOrder(out[key])
		}
	}
	return out
})

// leastSounds is how many letters a name has at least that is known by how it sounds.
const leastSounds = 4

// sound spells letters that sound much the same in one way: "Udaypur", "नागपूर", "भोपल".
var sound = strings.NewReplacer(
	"aa", "a", "ee", "i", "oo", "u", "ay", "ai", "w", "v", "ा", "", "ी", "ि", "ू", "ु", "ै", "े", "ौ", "ो", "ँ", "ं",
).Replace

// alike gives what the tokens from first up to but not including end, which are the whole name
// of a place, stand for if they differ from it by a slip or sound like it.
func alike(d *text.Doc, first, end int) []name {
	if names := near(d, first, end); len(names) > 0 {
		return names
	}
	return sounds()[sound(letters(d, first, end))]
}
