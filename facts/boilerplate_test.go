package facts

import (
	"strings"
	"testing"

	"jobsieve/text"
)

func TestBoilerplate(t *testing.T) {
	for in, want := range map[string]string{
		"About us,Careers,Employer home,Sitemap":                                     "",
		"Answer calls. About us | Careers | Privacy Policy | Terms of use":           "Answer calls.",
		"We are an equal opportunity employer. You type forms.":                      "You type forms.",
		"You type forms.\nInterested candidates can share their updated CV at xxxx.": "You type forms.",
		"Interested candidates can apply, salary 15000 a month.":                     "Interested candidates can apply, salary 15000 a month.",
		"Must speak Hindi, share your CV on chat.":                                   "Must speak Hindi,",
		"Careers guidance for students.":                                             "Careers guidance for students.",
		"We never ask for money for a job. Type forms.":                              "Type forms.",
		"इच्छुक उम्मीदवार अपना बायोडाटा भेजें। फॉर्म टाइप करना।": "फॉर्म टाइप करना।",
		"Resume WhatsApp par bhejen. Form type karna.":                                       "Form type karna.",
		"About us: we make soap.":                                                            "About us: we make soap.",
		"Terms and conditions of clients, privacy policy of users: you write both documents": "Terms and conditions of clients, privacy policy of users: you write both documents",
	} {
		var d text.Doc
		Standard().ResetWork(&d, in)
		if len(d.Text) != len(in) {
			t.Errorf("%q: %d bytes became %d", in, len(in), len(d.Text))
		}
		if got := strings.Trim(d.Text, " \n.।"); got != strings.Trim(want, " \n.।") {
			t.Errorf("%q\n got %q\nwant %q", in, got, want)
		}
	}
}
