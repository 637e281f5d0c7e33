package pay

import (
	"strings"
	"unicode"

	"jobsieve/job"
	"jobsieve/text"
)

// currencyAt reads a currency from token i on; its code and the token after it,
// "" for none.
func (s *scan) currencyAt(i int) (code string, end int) {
	d := s.doc
	if i < 0 || i >= len(d.Tokens) {
		return "", i
	}
	if code := s.currencyOfTwo(i); code != "" {
		return code, i + 2
	}
	raw := d.Slice(i, i+1)
	if raw == "tk" && !s.figureFollows(i) {
		return "", i // short for तक
	}
	if code, ok := s.currencies.At(d, i); ok {
		if d.IsKind(i, text.Word) && code != s.market.Currency && isOtherWord(raw) {
			return "", i
		}
		return code, i + 1
	}
	if isCode(raw) || s.unknownCurrency(i, raw) || d.IsKind(i, text.Symbol) && isCurrencySign(raw) {
		return raw, i + 1
	}
	return "", i
}

// currencyOfTwo gives the currency that token i and the one after it name
// together, "S$", "Pakistani rupees"; "" for none.
func (s *scan) currencyOfTwo(i int) string {
	d := s.doc
	if i+1 >= len(d.Tokens) {
		return ""
	}
	whose, next := d.Tokens[i].Norm, d.Tokens[i+1].Norm
	if next == "$" && d.Tokens[i+1].Glued && dollars[whose] != "" {
		return dollars[whose]
	}
	if name := commonNames[next]; name != "" {
		return moneyOf[name][whose]
	}
	return ""
}

// figureFollows reports a figure after token i that is not the "1" of "1 day".
func (s *scan) figureFollows(i int) bool {
	return s.doc.IsKind(i+1, text.Number) && !s.oneOf(i+1)
}

// isOtherWord reports a short name of a currency that isn't in capitals and so is
// more likely another word: "ro", "sr", "bd".
func isOtherWord(raw string) bool {
	if len(raw) != 2 || raw == strings.ToUpper(raw) {
		return false
	}
	switch strings.ToLower(raw) {
	case "dh", "rp", "tk":
		return false // nothing else is written so
	}
	return true
}

// isCode reports a code of ISO's, which counts in capitals only.
func isCode(raw string) bool {
	return len(raw) == 3 && raw == strings.ToUpper(raw) && isoCodes[raw]
}

// isCurrencySign reports a sign that Unicode lists as one of a currency.
func isCurrencySign(raw string) bool {
	return strings.ContainsFunc(raw, func(r rune) bool { return unicode.Is(unicode.Sc, r) })
}

// unknownCurrency reports a code in capitals right before the first figure of a
// salary field that is no currency of ISO's: "USDT 1,500".
func (s *scan) unknownCurrency(i int, raw string) bool {
	return s.field == job.FieldSalary && i == 0 && s.doc.IsKind(1, text.Number) &&
		inCapitals(raw) && !s.starting[0].ok
}

// inCapitals reports three to five capital letters.
func inCapitals(s string) bool {
	if len(s) < 3 || len(s) > 5 {
		return false
	}
	return strings.IndexFunc(s, func(r rune) bool { return r < 'A' || r > 'Z' }) < 0
}

// maxCurrencyTokens is the most tokens of a currency: "Rs. : -".
const maxCurrencyTokens = 4

// currencyBefore reads the currency before a figure, from token i on.
func (s *scan) currencyBefore(i int) (code string, end int) {
	d := s.doc
	if s.lostSign(i) {
		return s.market.Currency, i + 1
	}
	code, j := s.currencyAt(i)
	ofName := glued(d, i) && d.IsKind(i, text.Word) && d.IsKind(i-1, text.Word) // a part of a longer word
	if code == "" || ofName {
		return "", i
	}
	for most := i + maxCurrencyTokens; j < most; j++ {
		if more, _ := s.currencyAt(j); more == code || more == "USD" && strings.HasSuffix(code, "D") {
			continue // "INR Rs 5000", "USD $50"
		}
		if !d.Is(j, ".") && !d.Is(j, ":") && (!d.Is(j, "-") || !d.IsKind(j+1, text.Number)) {
			break
		}
	}
	return code, j
}

// lostSign reports a sign that a board could not write: "?15,000", "` 15,000".
func (s *scan) lostSign(i int) bool {
	d := s.doc
	if !isAny(d, i, "`", "?", "�") || !d.IsKind(i+1, text.Number) {
		return false
	}
	apart := i == 0 || !d.Tokens[i].Glued || d.Is(i-1, "-")
	return d.Is(i, "`") || d.Tokens[i+1].Glued && apart && len(d.Tokens[i+1].Norm) > 1
}

// readCurrencyAfter reads the currency after a figure.
func (a *amount) readCurrencyAfter(s *scan) {
	d := s.doc
	code, end := s.currencyAt(a.end)
	if code == "" && s.unknownAfter(a.end) {
		code, end = d.Slice(a.end, a.end+1), a.end+1
	}
	if code == "" || a.currency != "" && a.currency != code || s.startsNext(a.end, end) {
		return
	}
	a.currency, a.end = code, end
	if d.Is(a.end, ".") && glued(d, a.end) && abbreviations[d.Tokens[a.end-1].Norm] {
		a.end++ // "रु." and "Rs." are abbreviations
	}
}

// unknownAfter reports a code in capitals at token i that is no currency of
// ISO's, after a figure and before a period: "2,500 USDT per month".
func (s *scan) unknownAfter(i int) bool {
	return i < len(s.doc.Tokens) && inCapitals(s.doc.Slice(i, i+1)) && !s.starting[i].ok && s.says(i+1, cuePeriod)
}

// startsNext reports that a currency, from token i to token end, belongs to the
// figure after it: "5000 ₹6000", "5000 Rs. 6000".
func (s *scan) startsNext(i, end int) bool {
	d := s.doc
	pointed := d.Is(end, ".")
	if pointed {
		end++
	}
	if !d.IsKind(end, text.Number) || s.oneOf(end) {
		return false
	}
	return pointed || d.IsKind(i, text.Symbol) && glued(d, end)
}

// oneOf reports the "1" of "850 रु. 1 दिन के".
func (s *scan) oneOf(i int) bool {
	return s.doc.Is(i, "1") && s.says(i+1, cuePeriod|cuePeriodShort)
}

// currencyCode gives the ISO code of what boards write for a currency, or what
// they wrote where none is known.
func (w *words) currencyCode(s string) string {
	s = strings.Trim(strings.TrimSpace(s), ".")
	if code, ok := w.currencies.Of(strings.ToLower(s)); ok {
		return code
	}
	if len(s) == 3 {
		return strings.ToUpper(s)
	}
	return s
}
