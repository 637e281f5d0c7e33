package facts

import (
	"strings"
	"testing"

	"jobsieve/job"
)

// TestLanguages reads from each text, separated by bars, the languages that it
// asks for. Titles and skills are marked.
func TestLanguages(t *testing.T) {
	for want, texts := range map[string]string{
		"hi": `T: Chef (Hindi speaking) | T: Hindi Telecaller | T: Hindi Content Writer | T: Sub Editor (Hindi)
			Openings for Hindi voice process | Hindi: fluent | Able to converse in Hindi and one regional language
			Hindi mandatory; English good to have | हिंदी टेलीकॉलर | Sirf Hindi bolni hai | S: Hindi Typing, MS Excel`,
		"kn": `T: Kannada process | Kannada telecaller chahiye | Local language Kannada is a must
			Calls are in Kannada`,
		"en": `Excellent verbal & written English skills | Need a chef. English must. | English medium or not, good spoken English
			English is must, regional language will be preferred | English mandatory. Hindi preferred.
			Explain it in plain English | Executive-level English | अंग्रेजी बोलने में झिझक नहीं होनी चाहिए
			Thodi English chalegi | English (Required), Hindi (Preferred) | T: English Voice Over Artist
			S: Spoken English | Fluent Eng must | Eng: fluent | Bike is a plus. English required. | English neccessary
			Any graduate, English reqd.`,
		"hi en": `T: Telecaller (Hindi/English) | Hindi and English required, Marathi preferred | Hindi English dono
			हिंदी एवं अंग्रेजी टंकण | Language - Hindi/English | T: Customer Support Executive || Hindi + English
			Translate from Hindi to English | Hindi/Eng fluent | T: Telecaller (Hindi/Eng)
			Hindi or English, whichever you are at ease in`,
		"en hi": `English or Hindi | English, Hindi (mandatory) and Tamil (optional) | Bilingual (English + Hindi)
			Languages Known: English, Hindi | CCE, Eng/Hin.`,
		"mr": `Marathi yayla pahije | मराठी बोलता येणे आवश्यक आहे | Driver: must read Marathi signboards`,
		"te": `Telugu vachi undali | Without Telugu you will not manage here`,
		"ta hi": `Meet suppliers in Tamil and workers in Hindi, you must know both
			Be at ease in Tamil with growers and in Hindi with drivers | Tamil with Hindi to run the crew
			Telecaller, Tamil + Hindi, day duty`,
		"as":       `Those not knowing Assamese need not apply | Ledger in Assamese to be maintained`,
		"or":       `जो ओड़िया में ग्राहकों को योजना बता सकें | Jo Odia me scheme samjha paaye wahi aaye`,
		"ja en":    `Contracts from Japanese to English, ten pages a day.`,
		"hi sa":    `You look over Hindi and Sanskrit pages, so a good command of both is needed.`,
		"te kn hi": `Lang: Tel / Kan / Hin - all three`,
		"doi":      `डोगरी न आती हो तो कृपया फोन न करें। | Counter clerk: Dogri.`,
		"ta en":    `Attend to callers in Tamil and English. | Tamil and English. | Tamil n English`,
		"pa en":    `Punjabi n English compulsary`,
		"kn en":    `Kannada or English, either will do.`,
		"bn hi":    `Bengali or Hindi will do.`,
		"pa hi":    `MBA preferred. Punjabi and Hindi are a must. | पंजाबी या हिंदी, कोई भी भाषा`,
		"ml en":    `Malayalam and English needed`,
		"kn te ta": `T: Multilingual BPO - Kannada, Telugu, Tamil`,
		"ta te kn": `Must know any one: Tamil, Telugu, Kannada`,
		"ml":       `T: Malayalam customer serivce executive`,
		"de":       `T: German Language Expert | Native German speaker | German B2 level`,
		"ja":       `T: Japanese Interpreter | JLPT N2 Japanese`,
		"bho mai":  `भोजपुरी और मैथिली दोनों`,
		"ta":       `T: Tamil Voice Process - Tamil Nadu | You will speak Tamil with villagers.`,
		"gu":       `Gujarati-speaking lady wanted | Gujarati fluent. English avg ok, not compulsory. | मरीजों से गुजराती में बात करनी होगी।`,
		"": `Knows French polish and lacquer. | Must cook Thai and Italian dishes. | तमिल न आए तब भी चलेगा। | English aaye na aaye, chalega
			English? Not here. | A Persian speaker with the group will talk. | The owner's son speaks English. | Our guests chat in Russian; you carry bags. | Buyers from abroad write to us in German. | Dutch-era fort
			We teach you German here. | जापानी यहीं सिखाई जाएगी। | Tel: 0484 22, call Mar to May | T: Cook – Indian / Chinese
			T: Cook (Chinese) | T: Chef - Italian | T: Clerk, Sanskrit College | T: Manager – French cafe | T: मैनेजर – पंजाबी ढाबा | T: Guard - Hindi Bhavan
			T: Waiter – Konkani Nook | T: Tamil Nadu Sales Head | मरीजों में मराठी, कोंकणी बोलने वाले।
			T: Indian, Chinese, Tandoor | Bhojpuri samajhne wale ko pehle mauka | Language no issue, foreman Bengali hai | If you happen to speak Korean, good
			We dub serials into Marathi | Urdu is strictly not spoken here | Nepali guard | The manual is in Dutch
			Many patients are Bengali speaking. | Locals speak Konkani. | गाँव के लोग मैथिली बोलते हैं।
			English medium school | From an English medium school | Leading English newspaper
			Hindi daily newspaper | T: Reporter - Marathi Daily | Our customers speak Bengali
			Serve Gujarati customers across the state | Communicate with our Gujarati customers | Marathi preferred
			Tamil is a plus | Preferred: Kannada | Preference for Malayalam speaking candidates
			Preferred language: English | Candidates knowing Punjabi/Bengali/Arabic/Urdu/Malayalam is added advantage
			Bengali speaking preferred | English not required | No English needed | English nahi aati to bhi chalega
			अंग्रेजी की जरूरत नहीं | तमिल को वरीयता | B.A. English | M.A. (Hindi) with typing
			Degree in English literature | Teach English to class 8 | T: PGT English | T: English Language Teacher
			T: Hindi Teacher | T: Assistant Professor - English | S: English Teaching | English speaking course
			Indian and Chinese food | T: Chinese Cook | T: German Bakery Staff | German company in Pune
			Japanese clients | T: Korean MNC - Accountant | Polish your skills | Swedish massage
			B.Eng in mechanical, good knowledge of CAD | Diploma in Mech. Eng, skills in AutoCAD
			T: Sr. Eng - Civil | Mech Eng required | Good communication skills | Language: Python | हिंदी माध्यम से पढ़ाई | संस्कृत के शिक्षक`,
	} {
		for _, s := range barred(texts) {
			p := job.Posting{Title: "Staff"}
			if title, ok := strings.CutPrefix(s, "T: "); ok {
				p.Title = title
			} else if skills, ok := strings.CutPrefix(s, "S: "); ok {
				p.Skills = skills
			} else {
				p.Description = s
			}
			if got := strings.Join(read(p).Languages, " "); got != want {
				t.Errorf("%q: %q, want %q", s, got, want)
			}
		}
	}
}
