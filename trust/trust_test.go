package trust_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
	"jobsieve/lexicon"
	"jobsieve/trust"
)

func reader(tb testing.TB) *trust.Reader {
	tb.Helper()
	r, err := trust.New(lexicon.Embedded())
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// said gives the texts of the signals of one kind.
func said(all []trust.Signal, k trust.Kind) (out []string) {
	for i := range all {
		if all[i].Kind == k {
			out = append(out, all[i].Text)
		}
	}
	return out
}

func TestFee(t *testing.T) {
	r := reader(t)
	for _, tt := range []struct {
		text string
		want string // what asks for money; empty for nothing
	}{
		{"Registration fee Rs 500, refundable after joining.", "Registration fee"},
		{"Candidates have to pay registration charges.", "registration charges"},
		{"Security deposit of ₹2,000 for the laptop", "Security deposit"},
		{"A refundable deposit is required before joining.", "refundable deposit"},
		{"Training fee: 1500/-", "Training fee"},
		{"Uniform charges will be deducted from the first salary.", "Uniform charges"},
		{"ID card charges 250 only", "ID card charges"},
		{"File charge Rs. 350 applicable", "File charge"},
		{"Pay Rs 500 to confirm your interview slot.", "Pay Rs 500 to confirm"},
		{"Send Rs 499 via PhonePe and share the screenshot", "Send Rs 499 via PhonePe"},
		{"Deposit Rs 1000 before joining", "Deposit Rs 1000 before joining"},
		{"Application fee: Rs 600 for general candidates", "Application fee"},
		{"Laptop will be provided. Laptop security 5000 rupees deposit, laptop deposit refundable after 6 months", "laptop deposit"},
		{"No experience needed. Registration fee ₹300.", "Registration fee"},
		{"No registration fee.", ""},
		{"No bond, no security deposit, no training fee and no need to surrender certificates", ""},
		{"There is no registration fee, training fee or security deposit to be paid.", ""},
		{"We never ask for money. Never pay a registration fee to anybody.", ""},
		{"We do not charge any registration fee from candidates.", ""},
		{"Beware of fraud: nobody may ask you to pay a registration fee of Rs 500.", ""},
		{"It will never charge any candidate a registration fee, hiring fee, or any other fee", ""},
		{"Registration fee: Nil", ""},
		{"Registration fees - 0/-. Free training for everyone.", ""},
		{"Training is free of cost", ""},
		{"Collect school fees from parents", ""},
		{"Fee collection executive: explain the application fee of 500 to students", ""},
		{"Handle security deposits of tenants, paid at check-in", ""},
		{"Processing fee on loans must be explained to customers", ""},
		{"Joining bonus of Rs 5,000 and commission fees", ""},
		{"Company will pay the training fee of Rs 2000", ""},
		{"Not responsible for any fees related to unsolicited resumes, agency fee or placement fee required", ""},
		{"Work on claims, registration, charges and payment posting", ""},
		{"Verify the pay of 500 employees to confirm payroll", ""},

		{"रजिस्ट्रेशन फीस 500 रुपये लगेगी।", "रजिस्ट्रेशन फीस"},
		{"सिक्योरिटी डिपॉजिट 2000 जमा करना होगा", "सिक्योरिटी डिपॉजिट"},
		{"आवेदन शुल्क 200 रुपये देना होगा", "आवेदन शुल्क"},
		{"ट्रेनिंग का खर्च उम्मीदवार को देना होगा", "ट्रेनिंग का खर्च"},
		{"कोई रजिस्ट्रेशन फीस नहीं है", ""},
		{"रजिस्ट्रेशन फीस नहीं लगेगी", ""},
		{"पंजीकरण शुल्क: शून्य", ""},
		{"धोखाधड़ी से सावधान, पंजीकरण शुल्क के नाम पर पैसे न दें", ""},
		{"बच्चों की स्कूल फीस जमा करना", ""},
		{"किसी को भी रजिस्ट्रेशन फीस न दें", ""},

		{"Registration fees 300 lagega", "Registration fees"},
		{"Joining ke liye 1000 rupay jama karna hoga", "Joining ke liye 1000 rupay jama"},
		{"ID card ka paisa dena hoga", "ID card ka paisa"},
		{"Training fees deni hogi, baad me wapas", "Training fees"},
		{"Koi registration fees nahi, koi investment nahi", ""},
		{"Registration charge nahi lagega", ""},
		{"Bina kisi registration fee ke direct joining hai", ""},
		{"registration ke naam par koi fees maange to mat dena", ""},
	} {
		got := said(r.Read(&job.Posting{Title: "Job", Description: tt.text}), trust.Fee)
		var want []string
		if tt.want != "" {
			want = []string{tt.want}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q: (-want +got)\n%s", tt.text, d)
		}
	}
}

func TestMessengerOnly(t *testing.T) {
	r := reader(t)
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"Interested candidates WhatsApp your CV to xxxxxxxxxx.", []string{"WhatsApp your CV to xxxxxxxxxx"}},
		{"Contact: xxxxxxxxxx (WhatsApp)", []string{"xxxxxxxxxx (WhatsApp"}},
		{"For more details WhatsApp: 98765 43210", []string{"WhatsApp: xxxxxxxxxxx"}},
		{"WhatsApp xxxxxxxxxx / xxxxxxxxxx", []string{"WhatsApp xxxxxxxxxx"}},
		{"Apply only on Telegram", []string{"Apply only on Telegram"}},
		{"Send your resume on our WhatsApp number", []string{"Send your resume on our WhatsApp"}},
		{"Details at https://wa.me/919876543210", []string{"wa.me/xxxxxxxxxxxx"}},
		{"WhatsApp xxxxxxxxxx or mail hr@acme.com", nil},
		{"Call or WhatsApp xxxxxxxxxx", nil},
		{"Call / WhatsApp: xxxxxxxxxx", nil},
		{"Call us on xxxxxxxxxx. WhatsApp xxxxxxxxxx", nil},
		{"WhatsApp xxxxxxxxxx\nRegards Ram\nxxxxxxxxxx", nil},
		{"WhatsApp xxxxxxxxxx. Apply at www.acme.in/careers", nil},
		{"WhatsApp xxxxxxxxxx, or apply on acme.com", nil},
		{"WhatsApp xxxxxxxxxx. Walk-in from 10 to 4 at our office", nil},
		{"Answer customers on WhatsApp and Telegram", nil},
		{"WhatsApp marketing with 500 contacts", nil},
		{"Signal processing, mixed signal", nil},

		{"व्हाट्सएप करें xxxxxxxxxx", []string{"व्हाट्सएप करें xxxxxxxxxx"}},
		{"अपना बायोडाटा व्हाट्सऐप पर भेजें", []string{"बायोडाटा व्हाट्सऐप पर"}},
		{"व्हाट्सएप xxxxxxxxxx या ऑफिस आकर मिलें", nil},
		{"ग्राहकों को व्हाट्सएप पर जवाब देना", nil},
		{"Apna resume WhatsApp par bheje xxxxxxxxxx", []string{"resume WhatsApp par bheje xxxxxxxxxx"}},
		{"Sirf WhatsApp xxxxxxxxxx", []string{"Sirf WhatsApp xxxxxxxxxx"}},
		{"Call karo ya WhatsApp karo xxxxxxxxxx", nil},
		{"Customer ko WhatsApp par photo bhejna", nil},
	} {
		p := &job.Posting{Title: "Job", Description: tt.text}
		got := said(r.Read(p), trust.MessengerOnly)
		for i := range got {
			got[i] = strings.TrimSpace(got[i])
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%q: (-want +got)\n%s", tt.text, d)
		}
	}
}

// TestEvidence says where a signal was read, and that all fields are.
func TestEvidence(t *testing.T) {
	p := &job.Posting{
		Title: "Typing work, registration fee Rs 99", Description: "WhatsApp xxxxxxxxxx", Salary: "12,000 – security deposit 1,000",
	}
	got := reader(t).Read(p)
	want := []trust.Signal{
		{Kind: trust.Fee, Says: trust.Fee.Says(), Field: job.FieldTitle, Start: 13, End: 29, Text: "registration fee"},
		{Kind: trust.Fee, Says: trust.Fee.Says(), Field: job.FieldSalary, Start: 11, End: 27, Text: "security deposit"},
		{Kind: trust.MessengerOnly, Says: trust.MessengerOnly.Says(), Field: job.FieldDescription, End: 19, Text: "WhatsApp xxxxxxxxxx"},
	}
	for i := range got {
		if s := &got[i]; p.Text(s.Field)[s.Start:s.End] != s.Text {
			t.Errorf("%q is not at %s %d–%d", s.Text, s.Field, s.Start, s.End)
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	// Another way in any field is another way.
	p.Skills = "apply at www.acme.in"
	if left := said(reader(t).Read(p), trust.MessengerOnly); len(left) > 0 {
		t.Errorf("%q, and the skills name another way", left)
	}
}
