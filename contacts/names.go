package contacts

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// natureWords are the words in a member's name that show what it holds; where
// it has several, the first of these lists counts.
var natureWords = []struct {
	nature nature
	words  []string
}{
	{amount, strings.Fields(`amount allowance salary pay ctc stipend fee price cost bill budget count counts total
		views time times date timestamp ts duration limit year`)},
	{id, strings.Fields(`id ids uuid guid slug sku hash token`)},
	{phone, strings.Fields(`ph phn phno mbl tele dial phone phones telephone tel mobile mobiles mob cell cellphone
		contact contacts whatsapp wa
		call calls sms fax landline helpline phonenumber phoneno mobileno mobilenumber contactno contactnumber telno
		फोन मोबाइल संपर्क`)},
	{id, strings.Fields(`ref reference code key req requisition job order invoice application vacancy posting account
		reg registration pin pincode zip postal`)},
	{note, strings.Fields(`number no note notes remark remarks comment comments message messages info detail details
		other others text about apply hr recruiter recruiters spoc poc person manager consultant reach instructions
		description`)},
}

// natureOf reads the name of a member: "contactPerson_mobileNo".
func natureOf(name string) nature {
	const nukta = "\u093c" // फ़ोन is फोन
	name = strings.ReplaceAll(norm.NFD.String(plainOf(name).text), nukta, "")
	name = whatsApp.ReplaceAllString(name, "whatsapp")
	words := nameWord.FindAllString(name, -1)
	for i := range words {
		words[i] = strings.ToLower(words[i])
	}
	if namesContact(words) {
		return contact
	}
	for _, list := range natureWords {
		if slices.ContainsFunc(words, func(w string) bool { return slices.Contains(list.words, w) }) {
			return list.nature
		}
	}
	return prose
}

// whatsApp is one word, however it is written.
var whatsApp = regexp.MustCompile(`(?i)whats[ _\-]?app`)

// nameWord is one word of a name, in camel case or not.
var nameWord = regexp.MustCompile(`\p{Lu}+(?:\p{Ll}|\p{M})*|(?:\p{Ll}|\p{Lo}|\p{M})+`)

// The words by which the name of a member says that its value is a contact: the
// thing itself, with words after it that change nothing. For some things only
// the number is a contact, for some also the id.
var (
	contactNouns = strings.Fields(`email emails mail mails gmail emailid emailids mailid emailaddress emailaddresses
		phone phones phoneno phonenos phonenumber phonenumbers telephone telephones tel ph phno phn mbl
		mobile mobiles mob mobileno mobilenos mobilenumber mobilenumbers cellphone cellphones landline fax
		whatsapp whatsappno whatsappnumber contactno contactnos contactnumber contactnumbers telno upi upiid vpa
		gpay phonepe ईमेल मेल फोन मोबाइल व्हाट्सएप वाट्सएप`)
	contactEnds = strings.Fields(`email emailid emailaddress mobile mobileno mobilenumber phoneno phonenumber
		contactno`)
	numberedNouns = strings.Fields(`contact contacts call calling cell tele dial sms wa संपर्क helpline`)
	idNouns       = strings.Fields(`email mail gmail whatsapp upi ईमेल मेल`)
	sameWords     = strings.Fields(`primary secondary alternate alternative alt other optional work home office personal
		official address addresses value values to hr recruiter user username domain host local part parts
		prefix suffix`)
	numberWords = strings.Fields(`no nos num nums number numbers नंबर नं`)
	// otherThings make the noun after them something else: "smart_phone".
	otherThings = strings.Fields(`smart head ear micro has is need needs require requires options show hide
		verify via by per`)
)

// namesContact reports that the words of a name say so: "alternate_mobile_no",
// but not "mobile_allowance".
func namesContact(words []string) bool {
	numbered, id := false, false
	for i := len(words) - 1; i >= 0; i-- {
		w := words[i]
		switch {
		case slices.Contains(numberWords, w):
			numbered = true
		case w == "id" || w == "ids":
			id = true
		case slices.Contains(sameWords, w):
		case id && !numbered:
			return slices.Contains(idNouns, w)
		case numbered && slices.Contains(numberedNouns, w):
			return true
		case i > 0 && slices.Contains(otherThings, words[i-1]):
			return false
		default:
			return slices.Contains(contactNouns, w) ||
				slices.ContainsFunc(contactEnds, func(end string) bool { return strings.HasSuffix(w, end) })
		}
	}
	return false
}
