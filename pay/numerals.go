package pay

import (
	"strings"

	"jobsieve/lexicon/phrase"
)

// numeralTable gives the number words of Hindi, in both scripts, and of English
// in which pay is stated. Words are in normal form.
const numeralTable = `
1 एक ek one
2 दो do two
3 तीन teen three
4 चार char chaar four
5 पांच paanch panch five
6 छह chhah chhe che chah chhai six
7 सात saat seven
8 आठ aath eight
9 नौ nau nine
10 दस das dus ten
11 ग्यारह gyarah gyara eleven
12 बारह barah bara baarah twelve
13 तेरह terah tera thirteen
14 चौदह chaudah chauda fourteen
15 पंद्रह pandrah pandra pandraha fifteen
16 सोलह solah sola sixteen
17 सत्रह satrah satra seventeen
18 अठारह atharah athara atthara eighteen
19 उन्नीस unnis nineteen
20 बीस bees bis twenty
21 इक्कीस ikkis ikkees
22 बाईस baees bais
23 तेईस teis tees
24 चौबीस chaubis chaubees
25 पच्चीस pachis pachchis pacchis pachees
26 छब्बीस chhabbis chabbis
27 सत्ताईस sattais
28 अट्ठाईस अठ्ठाईस अठाईस atthais athais
29 उनतीस untis
30 तीस tees tis thirty
32 बत्तीस battis
35 पैंतीस paintis
36 छत्तीस chhattis chattis
38 अड़तीस adtis
40 चालीस chalis chaalis chalees forty
42 बयालीस bayalis
45 पैंतालीस paintalis
48 अड़तालीस adtalis
50 पचास pachas pachaas fifty
55 पचपन pachpan
60 साठ saath sath sixty
65 पैंसठ painsath
70 सत्तर sattar seventy
75 पचहत्तर pachhattar
80 अस्सी assi eighty
85 पचासी pachasi
90 नब्बे nabbe ninety
95 पंचानवे panchanve
1.5 डेढ dedh dhed
2.5 ढाई dhai dhaai
`

// numerals gives the value of a number word.
var numerals = phrase.NewTable(numeralValues())

func numeralValues() map[string]float64 {
	m := map[string]float64{}
	for line := range strings.Lines(numeralTable) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		v := parseNumber(words[0])
		for _, w := range words[1:] {
			m[nuktaless.Replace(w)] = v
		}
	}
	m["tees"] = 30
	return m
}

// numberWords has the words that a number in words may begin with.
var numberWords = phrase.NewTable(func() map[string]bool {
	m := map[string]bool{}
	for _, values := range []map[string]float64{numeralValues(), quarterValues} {
		for w := range values {
			m[w] = true
		}
	}
	return m
}())

// nuktaless brings the table to the normal form of package text.
var nuktaless = strings.NewReplacer("ड़", "ड", "ढ़", "ढ", "ड़", "ड", "ढ़", "ढ")

// quarters are the words that change the number after them: साढ़े चार is 4.5.
var quarters = phrase.NewTable(quarterValues)

var quarterValues = map[string]float64{
	"साढे": 0.5, "sadhe": 0.5, "saadhe": 0.5, "saade": 0.5, "sade": 0.5, "sarhe": 0.5,
	"सवा": 0.25, "sava": 0.25, "sawa": 0.25,
	"पौने": -0.25, "paune": -0.25, "pone": -0.25,
}

// parseNumber reads the digits of a number token.
func parseNumber(norm string) float64 {
	v, scale, point := 0.0, 1.0, false
	for i := range len(norm) {
		c := norm[i]
		if c == '.' {
			point = true
			continue
		}
		v = v*10 + float64(c-'0')
		if point {
			scale *= 10
		}
	}
	return v / scale
}
