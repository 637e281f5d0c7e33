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
	theRate = `(?:\s?(?:the|d|द)\s?(?:rate|रेट)(?:\s?of)?)?`
	atWord  = `(?:at|[एऐऍ]ट)`
	atShort = ` {0,2}(?:\(a\)|\[a\]|\{a\}|[|#*]a[|#*]) {0,2}`
	dotWord = `(?:dot|\.|डाट|डॉट|डोट)`
	space   = `\s{0,8}` // a line may end there, and the next may be indented
	spaced  = `[\s_\-]{0,8}`
	// pairs may hide a word on both sides: #at#.
	pairs = "|#*+~^=:;,!\"'`/\\"
	// atSigns may stand before an @ and belong to it, atWordSigns before a word
	// for it.
	atSigns     = whites + "[({<" + pairs
	atWordSigns = atSigns + "_-"
	whites      = " \t\r\n"
)

var (
	atForm = space + `(?:@\s?){1,3}` + theRate + space + `|` + spaced + enclosed(`(?:@|`+atWord+`)`+theRate) + spaced +
		`|` + atShort + `|[\s_\-]{1,4}` + atWord + theRate + `[\s_\-]{1,4}`
	dotForm = `\s{0,2}\. ?| ?` + enclosed(dotWord) + ` ?|[\s_\-]{1,2}(?:dot|डाट|डॉट|डोट)[\s_\-]{1,2}`
	atHost  = regexp.MustCompile(`(?i)^(` + atForm + `)(` + label + `(?:(?:` + dotForm + `)` + label + `)*)`)
	dots    = regexp.MustCompile(`(?i)` + dotForm)
	rated   = regexp.MustCompile(`(?i)rate|रेट`)
)

// enclosed gives a pattern for a word between brackets, or between two of the
// same sign.
func enclosed(word string) string {
	forms := []string{`[\[({<]{1,2}\s?` + word + `\s?[\])}>]{1,2}`}
	for _, r := range pairs {
		sign := regexp.QuoteMeta(string(r)) + `{1,2}`
		forms = append(forms, sign+`\s?`+word+`\s?`+sign)
	}
	return `(?:` + strings.Join(forms, `|`) + `)`
}

// maxHost is how far ahead the host of an address is looked for, in bytes.
const maxHost = 300

// topLevels end the hosts by which a name with spaces in it, or in words, is
// recognised as an address.
var topLevels = strings.Fields(`com in co org net io edu gov ac info biz me ai app dev tech online jobs careers xyz
	email mail site store club us uk au ae sg ca de nic nhs कॉम काम इन`)

// mailHosts are known without the rest of their name.
var mailHosts = strings.Fields(`gmail gmai gmial googlemail yahoo ymail yahoomail rocketmail hotmail outlook live
	msn rediff rediffmail icloud protonmail proton zoho zohomail aol जीमेल याहू`)

// payHandles end addresses for payments, name@okicici, and nothing else;
// payNames do too, but are also what companies are called.
var (
	payHandles = strings.Fields(`okicici oksbi okaxis okhdfcbank okbizaxis okbizicici ybl ibl axl yapl apl rapl ptyes
		ptaxis pthdfc ptsbi waicici waaxis wahdfcbank wasbi axisb fbl ikwik naviaxis yespop yescred timecosmos idfcfirst
		superyes tapicici kmbl sliceaxis jupiteraxis hdfcbankjd fifederal goaxb amazonpay`)
	payNames = strings.Fields(`upi paytm icici hdfcbank sbi axisbank kotak airtel freecharge fam federal indus idfcbank
		barodampay boi cnrb pnb yesbank rbl phonepe gpay slice jio mobikwik unionbank idbi hsbc citi dbs axis postbank
		aubank kvb csb dlb uco mahb indianbank sib cred`)
)

// fileTypes end what only looks like a host: "logo@2x.png".
var fileTypes = strings.Fields(`png jpg jpeg gif svg webp ico js css mjs html pdf`)

// emails finds e-mail addresses in a plain text.
func emails(s string) (out []span) {
	for i := 0; i < len(s); i++ {
		for _, nameEnd := range atSign(s, i) {
			if sp, ok := addressAt(s, nameEnd); ok && sp.End > i {
				out = append(out, sp)
				i = sp.End - 1
				break
			}
		}
	}
	return out
}

// addressAt reads the address whose name ends at a given byte.
func addressAt(s string, nameEnd int) (sp span, ok bool) {
	name := strings.TrimLeft(nameBefore(s[:nameEnd]), ".'-")
	if name == "" {
		return sp, false
	}
	m := atHost.FindStringSubmatch(s[nameEnd:min(len(s), nameEnd+maxHost)])
	if m == nil {
		return sp, false
	}
	start := nameEnd - len(name)
	if strings.Contains(m[1], "/") && start > 0 && s[start-1] == '/' {
		return sp, false // "/jobs/at/acme.com"
	}
	n := hostLen(m[1], m[2])
	return span{start, nameEnd + len(m[1]) + n}, n > 0
}

// atSign gives where the name may end before a sign or a word for "at" at byte
// i, none where neither begins there.
func atSign(s string, i int) []int {
	signs := atSigns
	if s[i] != '@' {
		signs = atWordSigns
		if i == 0 || strings.IndexByte(signs, s[i-1]) < 0 || !beginsAt(s[i:]) {
			return nil
		}
	}
	far, near := beside(s, i, signs), beside(s, i, whites)
	if far == near {
		return []int{far}
	}
	return []int{far, near}
}

// beside gives where the signs begin that end at byte i.
func beside(s string, i int, signs string) int {
	const most = 12
	start := i
	for start > 0 && i-start < most && strings.IndexByte(signs, s[start-1]) >= 0 {
		start--
	}
	return start
}

// beginsAt reports a word for "at" at the beginning of s.
func beginsAt(s string) bool {
	if len(s) > 1 && s[0]|0x20 == 'a' {
		return s[1]|0x20 == 't' || strings.IndexByte(")]}|#*", s[1]) >= 0
	}
	return strings.HasPrefix(s, "एट") || strings.HasPrefix(s, "ऐट") || strings.HasPrefix(s, "ऍट")
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

// hostLen gives how much of the text after what stands for "at" is a host, up
// to the last label that can belong to it; 0 for what isn't an address, such as
// "interview @ 10.30" and "apply at acme.com".
func hostLen(at, s string) int {
	bare := at == "@" // nothing hides it
	first, _ := utf8.DecodeRuneInString(strings.Trim(at, whites+"_-"))
	worded := unicode.IsLetter(first) && !rated.MatchString(at)
	h := hostAt(s)
	provider := h.labels[0]
	known := slices.Contains(mailHosts, provider)
	for i := len(h.labels) - 1; i > 0; i-- {
		top := slices.Contains(topLevels, h.labels[i]) && (!worded || h.spelled || known)
		if top || bare && isName(h.labels[i]) {
			return h.ends[i]
		}
	}
	tight := !worded && strings.TrimSpace(at) == at
	if known && tight || slices.Contains(payHandles, provider) || tight && slices.Contains(payNames, provider) {
		return h.ends[0] // priya@gmail, priya@okicici
	}
	return 0
}

// host is what may be a host.
type host struct {
	labels  []string // one at least, in lower case
	ends    []int    // the byte after each
	spelled bool     // a word stands for one of the dots
}

// hostAt reads the labels at the beginning of a text, and what stands for the dots
// between them.
func hostAt(s string) (h host) {
	for start := 0; start <= len(s); {
		loc := dots.FindStringIndex(s[start:])
		if loc == nil {
			loc = []int{len(s) - start, len(s) - start}
		}
		end, next := start+loc[0], start+loc[1]
		h.labels = append(h.labels, strings.ToLower(s[start:end]))
		h.ends = append(h.ends, end)
		sign := s[end:next]
		if sign == "" {
			break
		}
		if sign != "." && !slices.Contains(topLevels, firstLabel(s[next:])) {
			break // "hr@acme.com. Apply now"
		}
		h.spelled = h.spelled || strings.IndexFunc(sign, unicode.IsLetter) >= 0
		start = next
	}
	return h
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
