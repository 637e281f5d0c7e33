package facts

import (
	"testing"

	"jobsieve/job"
)

// TestExperienceField has, by the range that must be read, what stands in the field
// for experience.
func TestExperienceField(t *testing.T) {
	for want, fields := range map[string][]string{
		"-": {
			"28 Feb", "10th pass", "12th", "2-Apr", "3 months duration", "15 years of education", "Mar-28",
			"B.Tech", "1-Mar", "30 days notice", "6 months duration",
		},
		"0-1": {
			"Fresher or up to 1 year",
		},
		"2-": {
			"Min 2 yrs",
		},
		"0-2": {
			"0 - 2 वर्ष", "0-2",
		},
		"2-4": {
			"2 se 4 saal", "2 Yr 0 Mo - 4 Yr 0 Mo",
		},
		"0-": {
			"No experience required", "Experience not required",
		},
		"10-": {
			"10 years and above",
		},
		"1.5-3": {
			"1.5 - 3 years",
		},
		"4-9": {
			"4-9 years",
		},
		"1-": {
			"Atleast 1 year",
		},
		"7-": {
			"7+",
		},
	} {
		for _, s := range fields {
			e := read(job.Posting{Title: "Staff", Experience: s}).Experience
			if got := span(e.Min, e.Max); got != want {
				t.Errorf("%q: %s, want %s", s, got, want)
			}
		}
	}
}

// TestExperienceTold has, by the range that must be read, texts that say it; those
// under "-" say none.
func TestExperienceTold(t *testing.T) {
	for want, texts := range map[string][]string{
		"3-6": {
			"3-6 years of proficiency in Java",
		},
		"5-": {
			"At least 5 yrs in a call centre", "5 years experience required, 8 years preferred",
			"5+ years of proven track record in B2B sales",
		},
		"6-8": {
			"2 years in SAP MM. Total work experience: 6 to 8 years.",
		},
		"0-": {
			"Freshers are welcome", "Experience not required", "अनुभव जरूरी नहीं", "नए लोग भी आ सकते हैं",
			"naye ladke bhi chalenge",
		},
		"0-0": {
			"Only freshers", "Experience: Fresher", "हमें केवल नए लोग चाहिए", "Sirf female freshers", "Only fresh graduates will be taken",
		},
		"-5": {
			"Do not apply if you have over five years of experience", "अनुभव पांच साल से ज्यादा न हो",
		},
		"0-1": {
			"Fresher or up to 1 year experience", "Naye log ya jinka 1 saal tak ka anubhav ho",
		},
		"0-2": {
			"Freshers or max 2 years experience", "0-2 years, freshers can apply",
		},
		"-": {
			"Our firm has 25 years of experience in textiles.",
			"We have been serving clients for over 10 years.", "1 year contract, extendable",
			"With more than 20 years of experience, our company leads the market.",
			"Train and mentor freshers on the floor.", "Prepare 5 years of projections",
			"Experience the thrill: 5 years of growth behind us", "We offer a 3 year career plan.",
			"Serving since 1990, over 30 years of trust", "A company with 12 years of experience in logistics",
			"Our team has 20+ years of experience", "Applicants must be 21 to 30 years old",
			"Work 5 days, holidays after 6 months", "16 years of education is required",
			"3 years agreement is compulsory", "Contract of 1 to 2 years with renewal", "Ten years of growing together",
		},
		"1-": {
			"ek saal ka kaam kiya hua ho",
		},
		"2-3": {
			"Exp : 2-3 Yrs", "2-3 saal ka experience ho",
		},
		"4-6": {
			"Years of Experience: 4 to 6",
		},
		"2-": {
			"Should have 2+ yrs in collections", "2+ years as a team leader",
			"Bond of 1 year. Experience 2 years.", "Age 20-30 years, 2 years experience",
			"2 years of experience and a 1 year bond", "teen mahine training, do saal ka anubhav chahiye",
			"Work ex: 2 years", "Requires 2+ years working in a kitchen",
		},
		"7-10": {
			"7-10 years in data science",
		},
		"10-": {
			"10+ years in banking operations", "At least a decade at sea", "जिनका अनुभव दस साल से कम हो वे न आएं",
		},
		"3-": {
			"Minimum three (3) years experience", "3+ years working with REST APIs",
			"3 plus years of experience", "3 years in retail needed", "Must have driven heavy vehicles for 3 years",
		},
		"2-5": {
			"2 (two) to 5 (five) years of experience",
		},
		"-3": {
			"Not more than 3 years of experience",
		},
		"-2": {
			"Less than 2 years of experience",
		},
		"1-2": {
			"1-2 years at a petrol pump", "Experience between 1 and 2 years", "Looking for someone with 1-2 years in telesales",
		},
		"2-4": {
			"Two to four years of writing for finance sites",
			"Job Description: Experience Required : 2 Yr 0 Mo - 4 Yr 0 Mo",
		},
		"0.5-2": {
			"6 months to 2 years experience",
		},
		"1.5-": {
			"1 year 6 months experience",
		},
		"7-": {
			"3 years in Oracle; total experience of 7 years",
		},
		"8-12": {
			"8–12 years of progressive HR practice",
		},
		"6-9": {
			"Exp- 6 to 9 yrs",
		},
	} {
		for _, s := range texts {
			e := read(job.Posting{Title: "Staff", Description: s}).Experience
			if got := span(e.Min, e.Max); got != want {
				t.Errorf("%q: %s, want %s", s, got, want)
			}
		}
	}
}

// TestExperienceItems has years that no word names, as items of a short list.
func TestExperienceItems(t *testing.T) {
	for want, texts := range map[string]string{
		"2-3": `Small bakery near the lake. 2-3 yrs. Diploma in baking. | दर्जी चाहिए, 2-3 साल। सुबह 10 से 7
			D.Pharm, 2-3 yr hospital pharmacy. Night off | south indian counter. 2-3 yrs. diploma hotel mgmt`,
		"2-5": `CMA inter with 2 to 5 years. Costing and MIS.`,
		"3-5": `M.Sc. chemistry and 3-5 years. HPLC. | Graduate / 3-5 yrs / Hindi`,
		"3-": `After effects aana chahiye. 3+ yr. 10 am - 7 pm. | Diploma + 3 yrs min. | वेल्डर। आईटीआई। 3 वर्ष न्यूनतम।
			electrician chahiye, 3 saal kam se kam. ITI pass | Carpenter. 3 yr zaroori. tools apne
			Plant head, 3 years or more. Hosur.`,
		"0.5-": `Packing helper. 6 months min. 20 log`,
		"-1":   `Tally, up to 1 yr. Hindi | Trainee, not more than one year of agency work please.`,
		"4-": `A potter who has fired kilns for four years or longer. | चार साल करघा चला चुके बुनकर आएं।
			Those with less than four years need not apply. | 4 saal se kam wale call na kare.`,
		"-6":    `6 saal se upar wale apply mat karna.`,
		"1-":    `One year at a tea stall will do. | GNM. 1yr+ dialysis must. | Need 1 year in a nursery.`,
		"10-":   `A decade of experience in dyeing is needed.`,
		"1.5-":  `Eighteen months with toddlers, at minimum. | A year and a half of experience in a lab.`,
		"3.5-":  `साढ़े तीन साल का अनुभव हो।`,
		"2-":    `दो साल तक ट्रैक्टर चलाया हो। | At least 2 yrs of uniformed service.`,
		"5-":    `Half a decade of experience in dyeing. | Five years in a bank, mandatory. | MBBS ke baad 5 saal ka kaam kiya ho.`,
		"10-15": `Plant mein total 10 to 15 yrs hona chahiye, jisme 3 saal team lead kiya ho.`,
		"-": `2 साल का जीएनएम कोर्स किया हो। | Panels, 20-25 years. ITI electrician. | Bond, 2-3 yrs. Training paid. | Ladies, 21-35 yrs. Own bike.
			न्यूनतम 18 वर्ष। बाइक हो। | FD of 2+ yrs. Sales of deposits. | ITI, 2-3 yr bond. Stipend
			Machines have a warranty of 2 years minimum. | Stay with us 2 yrs min. | Promotion within 1-2 yrs. 12th pass.
			Kids - 5 years and above - art class | Night cover, 3-6 months. Packing. | संविदा, 1 से 2 वर्ष।
			Dr. Iyer, with 20 years of experience, will guide you. | You work under a chef with 15 years of experience.
			Clients who have banked with us for two years get a call. | You must stay with us for at least two years.
			The mill has run for ten years. | You should have lived here for two years. | (6-12 yrs) kids class
			बच्चे 3 से 6 वर्ष। आया चाहिए। | ITI, 2 yr bond must
			We sort out old paper from mills across the state, 2-3 years. | Battery warranty, free, 3-5 years.`,
	} {
		for _, s := range barred(texts) {
			e := read(job.Posting{Title: "Staff", Description: s}).Experience
			if got := span(e.Min, e.Max); got != want {
				t.Errorf("%q: %s, want %s", s, got, want)
			}
		}
	}
}
