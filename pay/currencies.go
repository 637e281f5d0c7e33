package pay

import (
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

	// The Gulf.
	"dirham": "AED", "dirhams": "AED", "dhs": "AED", "dh": "AED", "दिरहम": "AED",
	"riyal": "SAR", "riyals": "SAR", "रियाल": "SAR", "sr": "SAR",
	"qr": "QAR", "bd": "BHD", "kd": "KWD", "ro": "OMR",

	// South and East Asia.
	"nrs": "NPR", "npr": "NPR", "slrs": "LKR", "rufiyaa": "MVR", "mvr": "MVR", "kyat": "MMK",
	"tk": "BDT", "taka": "BDT", "৳": "BDT", "टका": "BDT",
	"¥": "JPY", "yen": "JPY", "येन": "JPY", "rmb": "CNY", "yuan": "CNY", "元": "CNY",
	"rm": "MYR", "ringgit": "MYR", "ringgits": "MYR", "रिंगित": "MYR", "rp": "IDR", "rupiah": "IDR",
	"₱": "PHP", "peso": "PHP", "pesos": "PHP", "₩": "KRW", "won": "KRW", "₫": "VND", "dong": "VND",
	"฿": "THB", "baht": "THB", "₭": "LAK", "₮": "MNT", "៛": "KHR",

	// The rest of Europe and Asia.
	"zł": "PLN", "zloty": "PLN", "kč": "CZK", "koruna": "CZK", "forint": "HUF", "francs": "CHF", "fr": "CHF",
	"₺": "TRY", "lira": "TRY", "₽": "RUB", "rubles": "RUB", "roubles": "RUB", "₴": "UAH", "hryvnia": "UAH",
	"₪": "ILS", "shekel": "ILS", "shekels": "ILS", "₸": "KZT", "₼": "AZN", "₾": "GEL", "֏": "AMD",

	// Africa and America.
	"₦": "NGN", "naira": "NGN", "₵": "GHS", "cedis": "GHS", "ksh": "KES", "kshs": "KES", "rand": "ZAR", "rands": "ZAR",
	"₡": "CRC", "₲": "PYG",
}

// dollars are the letters before a $ that tell whose dollar it is.
var dollars = map[string]string{
	"us": "USD", "s": "SGD", "sg": "SGD", "a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "cdn": "CAD",
	"hk": "HKD", "nz": "NZD", "r": "BRL", "nt": "TWD", "mx": "MXN", "tt": "TTD", "j": "JMD", "fj": "FJD",
	"bn": "BND", "z": "ZWL", "n": "NAD",
}

// moneyOf are the words before the name of a currency that tell whose it is.
var moneyOf = map[string]map[string]string{
	"rupee": {
		"pakistani": "PKR", "pak": "PKR", "पाकिस्तानी": "PKR", "nepali": "NPR", "nepalese": "NPR", "नेपाली": "NPR",
		"lankan": "LKR", "mauritian": "MUR",
	},
	"dollar": {
		"us": "USD", "american": "USD", "अमेरिकी": "USD", "singapore": "SGD", "sing": "SGD", "सिंगापुर": "SGD",
		"australian": "AUD", "आस्ट्रेलियाई": "AUD", "canadian": "CAD", "कनाडाई": "CAD", "kong": "HKD", "zealand": "NZD",
	},
	"riyal": {
		"qatar": "QAR", "qatari": "QAR", "कतर": "QAR", "कतरी": "QAR", "saudi": "SAR", "सऊदी": "SAR",
		"oman": "OMR", "omani": "OMR", "ओमान": "OMR", "ओमानी": "OMR",
	},
	"dinar": {
		"kuwait": "KWD", "kuwaiti": "KWD", "कुवैती": "KWD", "bahrain": "BHD", "bahraini": "BHD", "बहरीनी": "BHD",
		"jordanian": "JOD",
	},
}

// commonNames are the names that currencies of several countries share.
var commonNames = map[string]string{
	"rupee": "rupee", "rupees": "rupee", "rs": "rupee", "रुपए": "rupee",
	"dollar": "dollar", "dollars": "dollar", "$": "dollar", "डालर": "dollar",
	"riyal": "riyal", "riyals": "riyal", "rial": "riyal", "rials": "riyal", "रियाल": "riyal",
	"dinar": "dinar", "dinars": "dinar", "दीनार": "dinar",
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
