package facts

import (
	"testing"

	"jobsieve/job"
)

// TestOpenings has, by the number of posts that must be read, texts that say it;
// those under 0 say none.
func TestOpenings(t *testing.T) {
	for want, texts := range map[int][]string{
		0: {
			"JOIN our global team of more than 1,200 post trade experts.", "1. POSITION VACANT: Director",
			"without limit on its ability to do so\nRequired Qualifications: SQL", "We are hiring for one of our clients.",
			"Looking for AS400 developer.", "Requirements: 5+ years of work.",
			"10 to 15 vacancies", "Our 500 staff serve 30 countries.", "Candidates with 2 years",
			"1 lakh openings across India this year", "3 social media posts every week", "8 posts to 10 posts",
			"Experience in filling 30 positions a month", "Close 5 positions per month as recruiter",
			"vacancy 2026", "20 to 25 positions", "Handle a portfolio of 60 accounts",
			"2. Vacancies are filled on merit", "3 posts per week on Instagram", "write 5 blog posts a month",
			"24 hours staff canteen", "5 saal ka anubhav chahiye",
		},
		50: {
			"50+ openings",
		},
		3: {
			"Vacancies: 3", "Urgent requirement of 3 drivers", "Looking for 3 telecallers",
		},
		25: {
			"25 seat hain",
		},
		12: {
			"12 गार्ड चाहिए", "Twelve posts", "12 कर्मचारियों की आवश्यकता",
		},
		6: {
			"Wanted: 6 drivers", "Six (6) posts", "6 mazdoor chahiye",
		},
		20: {
			"Hiring 20 telecallers urgently", "बीस पद", "vacancy 20",
		},
		7: {
			"Total posts: 07", "Seven positions are open",
		},
		40: {
			"Requirement: 40 BPO executives",
		},
		10: {
			"Need 10 female telecallers", "Posts: 10 (Ten)", "Required 10 security guards",
		},
		4: {
			"Openings - 4", "We are hiring 4 interns",
		},
		5: {
			"5 Nos. of posts", "Required: 5 helpers",
		},
		11: {
			"Eleven vacancies of nurse", "ग्यारह रिक्तियां",
		},
		1: {
			"एक आदमी चाहिए", "Only one vacancy", "Position: 1", "We need one accountant",
		},
		2: {
			"दो नर्स की आवश्यकता",
		},
		250: {
			"250 vacancies in the department",
		},
		9: {
			"Vacancy for 9 fitters",
		},
		100: {
			"100+ vacancies",
		},
		30: {
			"कुल रिक्तियां: 30",
		},
		120: {
			"120 seats available",
		},
		16: {
			"Sixteen posts of junior clerk",
		},
	} {
		for _, s := range texts {
			got := 0
			if n := read(job.Posting{Title: "Staff", Description: s}).Openings; n != nil {
				got = *n
			}
			if got != want {
				t.Errorf("%q: %d, want %d", s, got, want)
			}
		}
	}
}
