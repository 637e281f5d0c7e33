package facts

import (
	"maps"
	"slices"

	"jobsieve/job"
	"jobsieve/text"
)

var languageWords = func() *text.Lexicon[string] {
	l := text.NewLexicon[string]()
	codes := map[string]string{
		"hi": "hindi; हिंदी", "en": "english; इंग्लिश; अंग्रेजी; angrezi; angreji; inglish", "mr": "marathi; मराठी", "ta": "tamil; तमिल", "te": "telugu; तेलुगु; तेलगू; तेलुगू", "kn": "kannada; कन्नड; कन्नड़",
		"ml": "malayalam; मलयालम", "bn": "bengali; bangla; बंगाली; बांग्ला; बंगला; bangali", "gu": "gujarati; गुजराती", "pa": "punjabi; पंजाबी; panjabi", "or": "odia; oriya; उड़िया; ओडिया", "as": "assamese; असमिया",
		"ur": "urdu; उर्दू", "bho": "bhojpuri; भोजपुरी", "mai": "maithili; मैथिली", "mag": "magahi; मगही", "hne": "chhattisgarhi; chattisgarhi; छत्तीसगढी; छत्तीसगढ़ी", "sat": "santali; santhali; संथाली; संताली", "kok": "konkani; कोंकणी", "raj": "rajasthani; marwari; राजस्थानी; मारवाड़ी", "bgc": "haryanvi; हरियाणवी", "awa": "awadhi; अवधी",
		"ne": "nepali; नेपाली", "sd": "sindhi; सिंधी", "ks": "kashmiri; कश्मीरी", "doi": "dogri; डोगरी", "mni": "manipuri; मणिपुरी", "sa": "sanskrit; संस्कृत", "brx": "bodo",
		"fr": "french; फ्रेंच", "de": "german; जर्मन", "es": "spanish; स्पेनिश", "it": "italian", "pt": "portuguese", "ja": "japanese; जापानी; जैपनीज; japani", "zh": "mandarin; chinese; चीनी", "ko": "korean; कोरियन", "ar": "arabic; अरबी; arbi", "ru": "russian; रूसी", "nl": "dutch", "th": "thai", "he": "hebrew", "tr": "turkish", "pl": "polish", "sv": "swedish", "vi": "vietnamese",
	}
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		l.MustAdd(code, codes[code])
	}
	l.MustAdd("ask", `speak; speaking; speaker; speakers; spoken; fluent; fluency; fluently; communication; communicate; communications; read; reading; write; writing; written; verbal; typing; type; proficient; proficiency; command; language; languages; bilingual; know; knowledge; conversant; converse; conversation; good; excellent; strong; must; vocabulary; required; skills; only; versant; native; expert; mandatory; knows; understand; b1; b2; c1; c2; n1; n2; n3; basic; comms; neutral accent; accent; grammar;
		बोलना; बोलनी; बोलने; बोल; पढ़ना; लिखना; लिखने; पढ़ने; पढ़; आती; आता; आना; आनी; आए; जानते; जानकारी; ज्ञान; भाषा; भाषी; टाइपिंग; बातचीत; बात; समझना; समझ; पकड़; जानने; धाराप्रवाह; बोलचाल; बोलते; जानकार; जानना; जानता; जानती; शुद्ध; लिखित; कम्युनिकेशन; बढ़िया; अच्छी; साफ; चलेगी; फर्राटेदार; लिख; अनिवार्य; में बात; दोनों; थोड़ी; ठीक; लिखनी; पढ़नी; सही;
		bolna; bolni; bolne; bol; aati; aata; aana; aani; aaye; likhna; likhni; padhna; padhni; jaante; jankari; bhasha; baat; samajhna; samajh; bolta; bolte; saaf; achhi; theek; thodi; dono; pakad; sahi; likhne; padhne; janne; aate; aani chahiye; bolti; badhiya; fluently; likh; jaanta; jaanti; shuddh`)
	l.MustAdd("wish", `preferred; preference; preferable; plus; advantage; bonus; added; optional; desirable; वरीयता; प्राथमिकता; तरजीह; हो तो अच्छा; हो तो बेहतर; ho to achha; ho to badhiya; prathmikta; preference; ho to behtar; हो तो बढ़िया; ho to aur achha; आती हो तो; aati ho to; आए तो; aaye to; extra`)
	l.MustAdd("not", `newspaper; news; medium; literature; teacher; teachers; channel; website; daily; cinema; films; film; songs; content; अखबार; समाचार; माध्यम; साहित्य; शिक्षक; अध्यापक; medium school; school; दैनिक; लेख; articles; article; medicine; food; restaurant; cuisine; खाना; khana; कंटेंट; subtitles; blog; blogs; market; customers; clients; client; embassy; company; firm`)
	return l
}()

// askReach is how many tokens from a language the word that asks for it may
// stand.
const askReach = 6

// languages reads the languages that are asked for.
func (r *reader) languages() []string {
	out := []string{}
	for _, f := range []job.Field{job.FieldTitle, job.FieldDescription, job.FieldSkills} {
		d := r.docs(f)
		hits := languageWords.Hits(d)
		for i, h := range hits {
			if len(h.Value) > 3 || h.Value == "ask" || h.Value == "not" || slices.Contains(out, h.Value) || !asked(d, hits, i, f) {
				continue
			}
			out = append(out, h.Value)
			r.note("language", h.Value, f, h.First, h.End)
		}
	}
	return out
}

// asked reports a language with a word that asks for it in the same sentence,
// and none that makes it a wish or a subject.
func asked(d *text.Doc, hits []text.Hit[string], i int, f job.Field) bool {
	h := hits[i]
	ok := f == job.FieldSkills
	for _, o := range text.Near(hits, h.First-askReach-1, h.End+askReach+1) {
		if !d.Unbroken(min(h.End, o.End), max(h.First, o.First)) {
			continue
		}
		switch {
		case o.Value == "wish" && o.First > h.First && clause(d, h.End, o.First):
			return false
		case o.Value == "not" && o.First == h.End:
			return false
		case o.Value == "ask":
			ok = true
		}
	}
	return ok
}
