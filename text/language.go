package text

import "strings"

// hinglishWords are Hindi words in Latin letters, in normal form, that aren't
// English words. Endings and helpers count most: they are in any sentence.
const hinglishWords = `
	hai hain h ho hoga hogi honge hona hone hote hoti hota tha thi the hua hue hui raha rahe rahi rha rhe rhi
	ka ki ke ko se mein me par pe tak liye lie ne aur ya bhi hi jo ki kya kyu kyun kaise kab kahan jahan
	nahi na mat bina sirf keval bas abhi turant jaldi yahan wahan yaha waha
	karna karni karne kare karen karein kijiye karo karke karte karta karti kar dena deni dene de denge degi diya
	lena leni lene milega milegi milenge mile milna milti milta aana aani aate aata aati aaye aao aaiye jana jaana
	jaye jayega jayegi chahiye sakte sakta sakti sake hamare hamari humare humari apna apne apni aap aapko aapke
	ghar baithe kaam kam zyada jyada bahut achhi achhe achhe achha naya naye nayi purane khud sab sabhi koi kuch
	ladke ladki ladkiyan mahila purush yuvak log logon bande banda umar padhai padhe likhe likhna padhna bolna
	bolni baat bharna bharni uthana lagana sunna samjhana samjhna bechna
	din raat subah shaam sham dopahar roz mahina saal hafta ghanta baje
	tankhwah pagar vetan paisa paise rupaye rupay hazaar saalana dihadi anubhav zaroorat jagah pad
	wala wale wali walo waale waali pass paas dasvi barahvi aathvi khana rahna suvidha sath saath andar bahar upar
	bharti naukri rozgar sampark jankari jaankari ek do teen char paanch chhe saat aath nau das
	rakhna rakhni rakhne badalna badalni banani banane banate nikalna nikalni dekhna dekhni dekhne chalana chalani chalane
	jodna jodne hatana poochna puchna poochne batana batani batane dikhana dikhane sudharna sudharne chhantna bhejna bhejni
	bhejne jaanchna janchna jaanchne milana milane seekhna sikhana sikhane padhana padhane karwana karwani karvana lagwana
	sambhalna sambhalni kharidna dhoondhna dhundhna ginna naapna sunni padhni dalna dalne daalna daalne uthane lagane
	khabar aasan hisab hisaab kagaz kagazat dukaan grahak grahakon mareez mareezon dawai sawal sawalon jawab shikayat shikayaten`

var hinglish = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(hinglishWords) {
		m[w] = true
	}
	// Words that English has as well say nothing on their own.
	for _, w := range strings.Fields("h ho the me par pe hi na de do pass kam sath hue ne tak char log pad din bas " +
		"se sake mat") {
		m[w] = false
	}
	return m
}()

var hinglishShapes = shapesOf(hinglish)

// Languages of a stretch of text.
const (
	langNone = iota
	langEnglish
	langHindi
	langHinglish
)

// tally counts the words of a text by the language of the sentence that they
// are in.
type tally struct {
	words [4]int
	// loose counts words of sentences that are too short to judge by themselves.
	// hinglish are those that are nothing else.
	latin, deva, hinglish int
}

// alsoNames are Hinglish words that say nothing on their own: an English word, a
// state, an insurer, a board.
var alsoNames = map[string]bool{"mile": true, "ka": true, "abhi": true, "naukri": true}

// minSentence is the fewest words that show the language of a sentence.
const minSentence = 4

func (t *tally) sentence(latin, deva, hing, sure int) {
	switch total := latin + deva; {
	case total == 0:
	case deva*3 >= total:
		t.words[langHindi] += total
	case total < minSentence:
		t.latin += latin
		t.deva += deva
		t.hinglish += sure
	case (sure > 0 || hing > 1) && hing*7 >= total:
		t.words[langHinglish] += total
	default:
		t.words[langEnglish] += total
	}
}

func (t *tally) add(d *Doc) {
	latin, deva, hing, sure := 0, 0, 0, 0
	for i := range d.Tokens {
		tok := &d.Tokens[i]
		switch {
		case tok.Kind == Word && tok.Script == Devanagari:
			deva++
		case tok.Kind == Word:
			latin++
			if mayHave(hinglishShapes, tok.Norm) && hinglish[tok.Norm] {
				hing++
				if !alsoNames[tok.Norm] {
					sure++
				}
			}
		case d.Stop(i):
			t.sentence(latin, deva, hing, sure)
			latin, deva, hing, sure = 0, 0, 0, 0
		}
	}
	t.sentence(latin, deva, hing, sure)
}

// mixedShare is the share of a text's words above which a second language
// makes it mixed.
const mixedShare = 0.25

// DetectLanguage says what texts are written in, taken together: "en", "hi"
// (Devanagari), "hi-Latn" (Hindi in Latin letters) or "mixed". Single English
// words in a Hindi sentence do not make it mixed, whole sentences do. A text
// without words is "en".
func DetectLanguage(docs ...*Doc) string {
	var t tally
	for _, d := range docs {
		t.add(d)
	}
	short := langEnglish
	if t.hinglish*4 >= t.latin && t.hinglish > 0 {
		short = langHinglish
	}
	if t.words[langHindi] == 0 && t.words[langHinglish] == 0 && t.words[langEnglish] == 0 {
		t.words[short] += t.latin
	}
	total := t.words[langEnglish] + t.words[langHindi] + t.words[langHinglish]
	best := langEnglish
	for _, l := range []int{langHindi, langHinglish} {
		if t.words[l] > t.words[best] {
			best = l
		}
	}
	if rest := total - t.words[best]; total > 0 && float64(rest) > mixedShare*float64(total) {
		return "mixed"
	}
	return [...]string{"en", "en", "hi", "hi-Latn"}[best]
}

// IsHinglish reports a Hindi word in Latin letters, in normal form, that is no
// English word.
func IsHinglish(norm string) bool {
	return norm != "" && mayHave(hinglishShapes, norm) && hinglish[norm]
}
