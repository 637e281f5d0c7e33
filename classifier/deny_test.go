package classifier

import (
	"testing"

	"jobsieve/job"
	"jobsieve/text"
)

// TestDeniedLists takes back every item of a list that is denied as a whole, and no
// more.
func TestDeniedLists(t *testing.T) {
	c, err := New("")
	if err != nil {
		t.Fatal(err)
	}
	for description, want := range map[string]bool{
		"Tally, voucher ya GST filing ka kaam is post me nahi hai.":                                true,
		"टैली, वाउचर या जीएसटी का काम नहीं है।":                                                    true,
		"Tally, voucher aur GST filing ka kaam hai.":                                               false,
		"Tally entries karni hain, field ka kaam nahi hai.":                                        false,
		"Those looking for Tally accounting work need not apply.":                                  true,
		"Tally entries karni hain, bank ya post office ka kaam nahi hai.":                          false,
		"Make Tally entries or GST returns for a firm where prior experience is not required.":     false,
		"Post Tally entries or sales invoices for US clients with zero errors.":                    false,
		"We are looking for people who make Tally entries and GST returns, others need not worry.": false,
	} {
		docs := func(f job.Field) *text.Doc {
			if f == job.FieldDescription {
				return text.Parse(description)
			}
			return text.Parse("")
		}
		denied := true
		for _, m := range c.matches(docs, &job.Facts{}, &job.Pay{}, nil) {
			if c.rules[m.rule].function == "accounting-finance" && m.share > 0 && m.start < 50 {
				denied = false
			}
		}
		if denied != want {
			t.Errorf("%q: denied %v, want %v", description, denied, want)
		}
	}
}
