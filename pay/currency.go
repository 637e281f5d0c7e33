package pay

import (
	"strings"
	"unicode"

	"golang.org/x/text/currency"

	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// foreignMoney are the usual signs and names of currencies besides their ISO
// codes, in lower case.
var foreignMoney = map[string]string{
	"$": "USD", "dollar": "USD", "dollars": "USD", "usdollar": "USD", "bucks": "USD", "डालर": "USD", "डॉलर": "USD",
	"€": "EUR", "euro": "EUR", "euros": "EUR", "यूरो": "EUR",
	"£": "GBP", "pounds": "GBP", "quid": "GBP", "पाउंड": "GBP", "पौंड": "GBP",
	"dirham": "AED", "dirhams": "AED", "dhs": "AED", "dh": "AED", "दिरहम": "AED", "riyal": "SAR", "riyals": "SAR", "रियाल": "SAR",
	"sr": "SAR", "qr": "QAR", "bd": "BHD", "kd": "KWD", "ro": "OMR", "¥": "JPY", "yen": "JPY", "येन": "JPY", "rmb": "CNY", "yuan": "CNY", "元": "CNY",
	"rm": "MYR", "ringgit": "MYR", "ringgits": "MYR", "रिंगित": "MYR", "rp": "IDR", "rupiah": "IDR", "tk": "BDT", "taka": "BDT", "৳": "BDT", "टका": "BDT",
	"₱": "PHP", "peso": "PHP", "pesos": "PHP", "₩": "KRW", "won": "KRW", "₫": "VND", "dong": "VND", "฿": "THB", "baht": "THB", "₦": "NGN", "naira": "NGN",
	"₺": "TRY", "lira": "TRY", "₽": "RUB", "rubles": "RUB", "roubles": "RUB", "₪": "ILS", "shekel": "ILS", "shekels": "ILS", "₴": "UAH", "hryvnia": "UAH",
	"₸": "KZT", "₡": "CRC", "₵": "GHS", "cedis": "GHS", "₭": "LAK", "₮": "MNT", "₲": "PYG", "₼": "AZN", "₾": "GEL", "֏": "AMD", "៛": "KHR",
	"zł": "PLN", "zloty": "PLN", "kč": "CZK", "koruna": "CZK", "forint": "HUF", "ksh": "KES", "kshs": "KES", "rand": "ZAR", "rands": "ZAR",
	"nrs": "NPR", "npr": "NPR", "slrs": "LKR", "rufiyaa": "MVR", "mvr": "MVR", "kyat": "MMK", "francs": "CHF", "fr": "CHF",
}

// dollars are the letters before a $ that tell whose dollar it is.
var dollars = map[string]string{
	"us": "USD", "s": "SGD", "sg": "SGD", "a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "cdn": "CAD", "hk": "HKD", "nz": "NZD",
	"r": "BRL", "nt": "TWD", "mx": "MXN", "tt": "TTD", "j": "JMD", "fj": "FJD", "bn": "BND", "z": "ZWL", "n": "NAD",
}

// moneyOf are the words before the name of a currency that tell whose it is.
var moneyOf = map[string]map[string]string{
	"rupee": {"pakistani": "PKR", "nepali": "NPR", "nepalese": "NPR", "lankan": "LKR", "mauritian": "MUR", "pak": "PKR", "नेपाली": "NPR", "पाकिस्तानी": "PKR"},
	"dollar": {
		"singapore": "SGD", "australian": "AUD", "canadian": "CAD", "kong": "HKD", "zealand": "NZD", "us": "USD", "american": "USD",
		"सिंगापुर": "SGD", "कनाडाई": "CAD", "आस्ट्रेलियाई": "AUD", "अमेरिकी": "USD", "sing": "SGD",
	},
	"riyal": {
		"कतरी": "QAR", "qatari": "QAR", "saudi": "SAR", "सऊदी": "SAR", "omani": "OMR", "ओमानी": "OMR", "qatar": "QAR", "oman": "OMR", "कतर": "QAR", "ओमान": "OMR",
	},
	"dinar": {"kuwaiti": "KWD", "bahraini": "BHD", "kuwait": "KWD", "bahrain": "BHD", "कुवैती": "KWD", "बहरीनी": "BHD", "jordanian": "JOD"},
}

// commonNames are the names that currencies of several countries share.
var commonNames = map[string]string{
	"rupee": "rupee", "rupees": "rupee", "रुपए": "rupee", "रुपये": "rupee", "rs": "rupee", "dollar": "dollar", "dollars": "dollar", "डालर": "dollar",
	"$": "dollar", "riyal": "riyal", "riyals": "riyal", "रियाल": "riyal", "rial": "riyal", "rials": "riyal", "dinar": "dinar", "dinars": "dinar", "दीनार": "dinar",
}

// isoCodes are the ISO 4217 codes that are in use.
var isoCodes = func() map[string]bool {
	codes := map[string]bool{}
	for it := currency.Query(currency.NonTender); it.Next(); {
		codes[it.Unit().String()] = true
	}
	return codes
}()

// currencyTable gives the currency that a word or sign names, of a market at
// home.
func currencyTable(m *job.Market) *phrase.Table[string] {
	byWord := map[string]string{}
	put := func(word, code string) {
		if d := text.Parse(word); len(d.Tokens) == 1 {
			byWord[d.Tokens[0].Norm] = code
		}
	}
	for word, code := range foreignMoney {
		put(word, code)
	}
	for _, word := range m.CurrencyWords {
		put(word, m.Currency)
	}
	return phrase.NewTable(byWord)
}

// currencyAt reads a currency from token i on; its code and the token after it,
// "" for none. A code of three letters counts in capitals only.
func (s *scan) currencyAt(i int) (code string, end int) {
	d := s.doc
	if i < 0 || i >= len(d.Tokens) {
		return "", i
	}
	t := &d.Tokens[i]
	if i+1 < len(d.Tokens) {
		next := d.Tokens[i+1].Norm
		if code := dollars[t.Norm]; code != "" && next == "$" && d.Tokens[i+1].Glued {
			return code, i + 2
		}
		if name := commonNames[next]; name != "" && moneyOf[name][t.Norm] != "" {
			return moneyOf[name][t.Norm], i + 2
		}
	}
	raw := d.Slice(i, i+1)
	if raw == "tk" && (!d.IsKind(i+1, text.Number) || s.oneOf(i+1)) {
		return "", i // short for तक
	}
	switch code, ok := s.currencies.At(d, i); {
	case ok && t.Kind == text.Word && len(raw) == 2 && code != s.market.Currency && raw != strings.ToUpper(raw) && raw[0]|0x20 != 't' && raw[0]|0x20 != 'r' && raw[0]|0x20 != 'd':
		return "", i // "ro", "sr", "bd" are other words
	case ok:
		return code, i + 1
	}
	if len(raw) == 3 && raw == strings.ToUpper(raw) && isoCodes[raw] {
		return raw, i + 1
	}
	if s.unknownCurrency(i, raw) {
		return raw, i + 1
	}
	if t.Kind == text.Symbol {
		for _, r := range raw {
			if unicode.Is(unicode.Sc, r) {
				return raw, i + 1
			}
		}
	}
	return "", i
}

// unknownCurrency reports a code in capitals right before the first figure of a
// salary field that is no currency of ISO's: "USDT 1,500".
func (s *scan) unknownCurrency(i int, raw string) bool {
	return s.field == job.FieldSalary && i == 0 && s.doc.IsKind(1, text.Number) && inCapitals(raw) && !s.starting[0].ok
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
	if code == "" || i > 0 && d.Tokens[i].Glued && d.Tokens[i].Kind == text.Word && d.Tokens[i-1].Kind == text.Word {
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
	if !d.Is(i, "`") && !d.Is(i, "?") && !d.Is(i, "�") || !d.IsKind(i+1, text.Number) {
		return false
	}
	apart := i == 0 || !d.Tokens[i].Glued || d.Is(i-1, "-")
	return d.Is(i, "`") || d.Tokens[i+1].Glued && apart && len(d.Tokens[i+1].Norm) > 1
}

// readCurrencyAfter reads the currency after a figure.
func (a *amount) readCurrencyAfter(s *scan) {
	d := s.doc
	code, end := s.currencyAt(a.end)
	if raw := d.Slice(a.end, min(a.end+1, len(d.Tokens))); code == "" && inCapitals(raw) && !s.starting[a.end].ok && s.says(a.end+1, cuePeriod) {
		code, end = raw, a.end+1 // "2,500 USDT per month"
	}
	if code == "" || a.currency != "" && a.currency != code {
		return
	}
	// The sign may belong to the next figure: "5000 ₹6000", "5000 Rs. 6000".
	next := end
	if d.Is(next, ".") {
		next++
	}
	if d.IsKind(next, text.Number) && !s.oneOf(next) && (d.Tokens[a.end].Kind == text.Symbol && d.Tokens[next].Glued || next > end) {
		return
	}
	a.currency, a.end = code, end
	if d.Is(a.end, ".") && d.Tokens[a.end].Glued && abbreviations[d.Tokens[a.end-1].Norm] {
		a.end++ // "रु." and "Rs." are abbreviations
	}
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
