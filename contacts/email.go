package contacts

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// An e-mail address as people write it, or hide it: a name, a sign or word for
// "at", and a host whose labels have signs or words for "dot" between.
const (
	label   = `[\p{L}\p{M}\p{N}\-]+`
	theRate = `(?: ?(?:the|d|द) ?rate(?: ?of)?)?`
	atForm  = ` {0,2}@` + theRate + ` {0,2}` +
		`| {0,2}[\[({<] ?(?:at|@|एट)` + theRate + ` ?[\])}>] {0,2}` +
		`|[ _\-]{1,2}(?:at|एट)` + theRate + `[ _\-]{1,2}`
	// atSigns may stand before an @ and belong to it, atWordSigns before a word
	// for it.
	atSigns     = " [({<"
	atWordSigns = atSigns + "_-"
	dotForm     = ` ?\. ?| ?[\[({<] ?(?:dot|\.|डाट|डॉट) ?[\])}>] ?|[ _\-]{1,2}(?:dot|डाट|डॉट)[ _\-]{1,2}`
)

var (
	atHost = regexp.MustCompile(`(?i)^(` + atForm + `)(` + label + `(?:(?:` + dotForm + `)` + label + `)*)`)
	dots   = regexp.MustCompile(`(?i)` + dotForm)
)

// maxHost is how far the host of an address is looked for, in bytes.
const maxHost = 300

// topLevels end the hosts that a name with spaces in it, or in words, is taken
// for an address by.
var topLevels = strings.Fields(`com in co org net io edu gov ac info biz me ai app dev tech online jobs careers xyz
	email mail site store club us uk au ae sg ca de nic nhs कॉम काम इन`)

// mailHosts are known without the rest of their name.
var mailHosts = strings.Fields(`gmail gmai gmial googlemail yahoo ymail yahoomail rocketmail hotmail outlook live
	msn rediff rediffmail icloud protonmail proton zoho zohomail aol जीमेल याहू`)

// fileTypes end what only looks like a host: "logo@2x.png".
var fileTypes = strings.Fields(`png jpg jpeg gif svg webp ico js css mjs html pdf`)

// emails finds e-mail addresses in a plain text.
func emails(s string) (out []Span) {
	for i := 0; i < len(s); i++ {
		nameEnd, ok := atSign(s, i)
		if !ok {
			continue
		}
		name := strings.TrimLeft(nameBefore(s[:nameEnd]), ".'-")
		if name == "" {
			continue
		}
		m := atHost.FindStringSubmatch(s[nameEnd:min(len(s), nameEnd+maxHost)])
		if m == nil {
			continue
		}
		if n := hostLen(m[1], m[2]); n > 0 {
			end := nameEnd + len(m[1]) + n
			out = append(out, Span{nameEnd - len(name), end})
			i = end - 1
		}
	}
	return out
}

// atSign reports what may stand for "at" at byte i, and where the name before
// it ends.
func atSign(s string, i int) (nameEnd int, ok bool) {
	signs := atSigns
	if s[i] != '@' {
		signs = atWordSigns
		if !beginsAt(s[i:]) || i == 0 || strings.IndexByte(signs, s[i-1]) < 0 {
			return 0, false
		}
	}
	const most = 4 // " [ @"
	nameEnd = i
	for nameEnd > 0 && i-nameEnd < most && strings.IndexByte(signs, s[nameEnd-1]) >= 0 {
		nameEnd--
	}
	return nameEnd, true
}

// beginsAt reports a word for "at" at the beginning of s.
func beginsAt(s string) bool {
	return len(s) > 1 && s[0]|0x20 == 'a' && s[1]|0x20 == 't' || strings.HasPrefix(s, "एट")
}

// nameBefore gives the name of an address that ends a text.
func nameBefore(s string) string {
	i := strings.LastIndexFunc(s, func(r rune) bool {
		return !unicode.In(r, unicode.L, unicode.M, unicode.N) && !strings.ContainsRune("._%+'-", r)
	})
	if i < 0 {
		return s
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	return s[i+size:]
}

// hostLen gives how much of the text behind what stands for "at" is a host, up
// to the last label that can belong to it; 0 for what is no address, such as
// "interview @ 10.30" and "apply at acme.com".
func hostLen(at, s string) int {
	bare := at == "@" // nothing hides it
	worded := !strings.ContainsAny(at, "@[({<")
	spelled := false
	start, ends, labels := 0, []int{}, []string{}
	for start <= len(s) {
		loc := dots.FindStringIndex(s[start:])
		if loc == nil {
			loc = []int{len(s) - start, len(s) - start}
		}
		labels = append(labels, strings.ToLower(s[start:start+loc[0]]))
		ends = append(ends, start+loc[0])
		sign := s[start+loc[0] : start+loc[1]]
		start += loc[1]
		if sign == "" {
			break
		}
		if sign != "." && !slices.Contains(topLevels, firstLabel(s[start:])) {
			break // "hr@acme.com. Apply now"
		}
		spelled = spelled || strings.IndexFunc(sign, unicode.IsLetter) >= 0
	}
	known := slices.Contains(mailHosts, labels[0])
	for i := len(labels) - 1; i > 0; i-- {
		top := slices.Contains(topLevels, labels[i]) && (!worded || spelled || known)
		if top || bare && isName(labels[i]) {
			return ends[i]
		}
	}
	if known && !worded && strings.TrimSpace(at) == at { // priya@gmail
		return ends[0]
	}
	return 0
}

// firstLabel gives the label that begins a host.
func firstLabel(s string) string {
	if loc := dots.FindStringIndex(s); loc != nil {
		s = s[:loc[0]]
	}
	return strings.ToLower(s)
}

// isName reports what may be the last label of a host, cut off or not.
func isName(top string) bool {
	return !strings.ContainsAny(top, "0123456789") && !slices.Contains(fileTypes, top)
}
