package text

import "strings"

// spellings lists words with the other ways in which postings write them, each
// line one word, the common one first. They are in normal form except for this
// table. Loan words, Hinglish, and slips that are frequent in advertisements.
const spellings = `
डाटा डेटा डैटा
एंट्री एंटरी एट्री इंट्री
सेंटर सैंटर सेटर संटर
कंप्यूटर कंपूटर कमप्यूटर कंप्युटर
टेलीकालर टेलिकालर टैलीकालर टेलीकलर टेलीकाॅलर
टेली टेलि
कालिंग काॅलिंग कोलिंग
काल काॅल
कस्टमर कस्टम्र कस्टोमर
एग्जीक्यूटिव एक्जीक्यूटिव एग्जिक्यूटिव एक्जिक्यूटिव एग्ज़ीक्यूटिव एक्सीक्यूटिव एग्जीक्यूटीव
मैनेजर मेनेजर मनेजर मैनेजार
आपरेटर ओपरेटर आपेरेटर आप्रेटर
आफिस ओफिस अाफिस आफीस
प्रोसेस प्रासेस प्रोसैस
वायस वाइस वोइस वाॅइस वायेस
शिफ्ट सिफ्ट शिफ़्ट
सैलरी सेलरी सेलेरी सैलेरी
इंसेंटिव इंसेटिव इनसेंटिव इंसेंटीव इंसेन्टिव
ग्रेजुएट ग्रैजुएट ग्रेजुयेट ग्रेजुवेट ग्रेज्युएट
सर्विस सर्विसेज सरविस
सपोर्ट सप्पोर्ट
अकाउंटेंट एकाउंटेंट अकाउंटेट अकाउंटैंट एकाउंटैंट अकांउटेंट अकाउनटेंट
अकाउंट एकाउंट अकाउंटस एकाउंटस अकाउंट्स एकाउंट्स
टेक्निकल टेकनिकल टैक्निकल
रिक्रूटर रिक्रुटर
एनालिस्ट एनालिस्टट अनालिस्ट एनेलिस्ट एनलिस्ट
इंटरव्यू इंटरव्यु
नहीं नही नहि
पांच पाच
छह छः छ छै
पंद्रह पंदरह पंन्द्रह पनद्रह
हजार हज्जार
वर्क वर्‍क
फ्रेशर फ्रैशर फ्रेशर्स
नाइट नाईट
लाख लाक
shift sift shft shfit
karna krna karnaa
karni krni
karne krne
karo kro
karke krke
chahiye chaiye chahie chaahiye chahiey chahye chaheye chaheeye chayie chaiyye chahiyee
nahi nahin nhi nahee nahii
hazaar hazar hajar hajaar hzar hazzar
lakh lac lacs lakhs laakh lakhh lks laks
crore crores karod karor
mahina maheena mahine mahinaa maheene mahiney mahena
saalana salana saalaana salaana saalanaa
tankhwah tankha tankhva tankhwa tankhaah tankhah tanakhwah tankhuah tankhvah
pagar pagaar
vetan wetan vetann
zaroorat jarurat zarurat jaroorat zarurt zaroorath
ghanta ghante ghnta ghantaa
roz roj rozana rojana rozaana rojaana
dihadi dihari dehadi dehari dihaadi
hafta hafte hapta hapte
anubhav anubhaw
likhna likhnaa
bolna bolnaa
ladke larke ladkey
ladki larki
ladkiyan ladkiya larkiyan ladkiyaan larkiya
rahna rehna rehnaa rahnaa
khana khaana
achhi achi acchi achchi
achha acha accha achchha
salary sallary salery salry sallery
executive excutive exicutive executiv exceutive executives exective excecutive
operator oprator oparator operater
customer custmer costumer cutomer custumer
calling colling
center centre sentar
account accout acount
accountant acountant accountent accoutant accountants acct
analyst analist anaylst analysts
recruiter recruter
engineer enginer
manager manger maneger manageer
experience experiance experince exprience
office ofice offis
processing procesing
communication comunication communcation communicaton
telecaller telcaller telicaller
interview interveiw intrview
`

// variants gives the common spelling of a word that is written differently.
var variants = func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(spellings) {
		words := strings.Fields(line)
		for i, w := range words {
			if i > 0 {
				m[w] = words[0]
			}
		}
	}
	return m
}()

var variantShapes = shapesOf(variants)
