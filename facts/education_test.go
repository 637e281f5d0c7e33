package facts

import (
	"testing"

	"jobsieve/job"
)

// TestEducation has, by the level that must be read, texts that say it; of those
// under "" none says one.
func TestEducation(t *testing.T) {
	for want, texts := range map[string][]string{
		"": {
			"Candidates must be able to work in a fast moving team.",
			"Bachelor's degree in physics or a related field (desired, not required)",
			"Should be flexible and be willing to learn.", "Intermediate skills in MS Excel and PowerPoint.",
			"Intermediate Excel required.", "Maintain customer master data in SAP and clean the item masters.",
			"Strong hands-on work with LLM agents and prompt tuning.",
			"Support the M&A team with due diligence files.",
			"You will advocate for our users inside the company.",
			"The office is in San Jose, CA or Austin, TX.",
			"CS team handles refunds over chat; CS executives report to the floor head.",
			"Teach students of class 10 and 12 physics.", "A high degree of accuracy is needed.",
			"Salary is credited on the 10th of every month.", "The hall is on the 5th floor, 12th Cross.",
			"PG and food provided free of cost.", "Report to the MD and the board.",
			"Experience with MS Office, MS SQL and MS Dynamics.", "MUST BE ABLE TO WORK IN SHIFTS.",
			"Contact us for BE project guidance, leave a mail.", "Tailor master chahiye, 5 saal ka anubhav.",
			"Bachelors can stay in the company hostel.",
			"The ideal person can be trusted to be on time and be honest.",
			"Fine-tune LLMs; LLM required skills: LangChain.",
			"Handle master records, chart of accounts and vendor masters in Oracle.",
			"Intermediate proficiency in SQL required", "You will be a brand advocate and a people champion.",
			"A degree in commerce would be an advantage.", "Counsel students for MBA admissions abroad.",
			"Must have MS Office and must be able to type.", "ME region sales, tell me about yourself round.",
			"बीटेक वालों को प्राथमिकता दी जाएगी।", "Nice to have: a bachelor's degree.",
			"The temperature is kept at 8 degrees.", "Add SSC exam coaching batches; SSC CGL content.",
		},
		"graduate": {
			"Any graduate can apply.", "Graduates in any stream with good English.",
			"Bachelor s degree required, Master s preferred.", "Bachelor’s degree in a related field.",
			"Graduates/Postgraduates only. Undergraduates please excuse.",
			"Graduation with 60% in 10th, 12th and degree.", "Minimum 15 years of full time education.",
			"Only graduates; 12th pass candidates need not apply.",
			"Must hold a bachelor's degree; CA inter is a plus.",
			"Edu. Qualification : Graduate (Any Stream) male candidates preferred",
			"Any Graduate with 2 years experience preferred.", "Minimum Bachelor's degree in any discipline",
			"Eligibility : Graduates (All streams)", "Graduate / Post Graduate",
			"We need graduates who speak Tamil; PG is a plus.",
			"Graduate or higher, final year students excluded.",
			"Graduate with fluent English, female candidates preferred",
			"Job Requirements: Graduate in any stream. 12th with 60%.",
		},
		"degree": {
			"B.Com with Tally.", "BE/B.Tech in Computer Science.", "Engineering graduates of 2025 batch",
			"B E Mechanical with 60 percent marks, qualification verified.", "BBA/MBA from a good college",
			"BS in Computer Science, Statistics or related areas. Preferred: MS in one of these.",
			"BA/BS degree in economics; MBA preferred but not required", "Hotel management graduate, BHM",
			"B.A. English or journalism", "Full-time B.Tech/BE from premier institute, MBA preferred",
			"Diploma holders do not apply; B.Tech only",
			"Bachelors degree (Engineering) from a reputed institute",
			"Bachelor’s degree in Mechanical Engineering (B.E.)", "Bachelor’s or Master’s degree in Physics",
			"Science graduate with lab skills", "Graduate (B.Com / BBA)",
			"Education UG: B.Tech/B.E. in Computers PG: M.Tech in Computers", "Must have a BA in English",
			"वाणिज्य में स्नातक", "बी.ए. पास, हिंदी टाइपिंग", "Engineering degree is mandatory",
			"Diploma not accepted. B.E. (Electrical) only.",
		},
		"12th": {
			"HSC / Any graduate can apply.", "Minimum qualification 10+2",
			"High school diploma or GED needed.", "बारहवीं पास होना जरूरी।",
			"12th Pass/Graduates. Undergraduate and freshers welcome", "12th Pass out freshers",
			"Under graduates and graduates are welcome to apply", "Inter / Graduate, qualification required",
			"12th ya graduate koi bhi",
		},
		"10th": {
			"10th pass boys for delivery.", "10th / 12th pass", "Qualification : 10th", "हाईस्कूल पास",
			"SSLC / PUC / degree", "Min. 10th pass", "dasvi pass chalega",
		},
		"8th": {
			"8th pass security guard", "आठवीं पास", "Minimum education class VIII", "5th pass helper",
			"middle school pass", "8vi pass majdoor",
		},
		"diploma": {
			"Diploma in mechanical engineering", "Diploma / B.E. civil", "DCA or PGDCA certificate",
			"10th with ITI", "12th + DCA", "Diploma (Mech) freshers",
		},
		"postgraduate": {
			"Master s in Statistics", "MA in English with NET", "Post Graduate Diploma in Management",
			"MBA (HR) from a recognised university", "B.Tech + MBA", "M.Sc. / M.Tech. in Biotechnology",
			"Graduate with MBA is a must",
		},
		"professional": {
			"CA/CMA fresher", "Qualification: CA", "LLB with 3 years at the bar",
			"B.Ed is mandatory for teachers", "Pharm.D fresher", "BPT or MPT physiotherapist",
			"LLM or LLB from a recognised university", "CA / CMA / CS with 2 years",
			"B.Pharm / M.Pharm freshers for PV", "B.Ed with TET", "केवल बी.फार्मा",
		},
		"doctorate": {
			"पीएच.डी. अनिवार्य",
		},
		"none": {
			"पढ़ाई की कोई शर्त नहीं", "Qualification: not required", "UG: Graduation Not Required",
			"No formal education needed", "Padhai ki koi zaroorat nahi",
			"Educational qualification not required",
		},
	} {
		for _, s := range texts {
			if got := read(job.Posting{Title: "Staff", Description: s}).Education; string(got) != want {
				t.Errorf("%q: %q, want %q", s, got, want)
			}
		}
	}
}

// TestEducationMore has more such texts.
func TestEducationMore(t *testing.T) {
	for want, texts := range map[string][]string{
		"": {
			"20 articles a month, some on B.Com and MBA admissions.",
			"You will sell MBA and PGDM programmes to students.", "12वीं मंजिल पर इंटरव्यू",
			"Guide M.Tech students in their theses.", "ITI Limited is our client.", "8th main road, Jayanagar",
			"Coaching for SSC and 12th board.", "डिग्री वालों को वरीयता", "CA ka office hai, chai pani ka kaam",
			"Diploma preferred.", "You will teach class 6 to 8.", "Interview on 5th floor.",
			"Call MBA aspirants and explain fees.", "12th July walk-in", "CBSE school till class 12 in Ajmer",
			"Edit papers by PhD scholars.", "10वीं-12वीं के छात्रों को पढ़ाना",
			"12वीं की मार्कशीट बांटना", "MBA walo ke liye alag post hai", "Graduates ke liye dusra ad dekhe",
			"There is a separate advert for MBA candidates.", "CEO is an MBA from IIM.", "Interview on 10th, 12th.",
			"Batches start 10th, 12th, 15th.", "MBA walo ko apply nahi karna", "B.Com tuition centre needs sweeper",
			"diploma college hostel ke liye guard", "MBA (preferred)",
		},
		"10th": {
			"Class 10 pass is enough.", "tenth passed candidates", "Studied up to 10th", "Std X",
			"Matriculation or equivalent from a recognised board", "SSLC or equivalent", "हाई स्कूल उत्तीर्ण",
			"10th pass; 12th preferred", "दसवी पास, कक्षा 5 के बच्चों की वैन", "Tenth standard is enough.",
		},
		"12th": {
			"Tally aata ho. 12th. Day duty.", "hindi fluent, 12th, bike zaruri", "Some English. 12th. 25 seats",
			"10वीं की मार्कशीटें जांचना। 12वीं पास।", "Graduation not asked; 12th pass will do.",
			"Degree not insisted upon, 12th pass ok.", "Graduation nahi mangte, 12th pass chalega.",
			"12th pass / grad both ok.", "Class XII pass", "इंटर (12वीं) पास उम्मीदवार", "PUC completed",
			"12th appeared", "Should have completed 12th.", "XII pass", "हायर सेकेंडरी पास",
			"Intermediate from any board", "HS pass (12th)", "Pre-university passed",
		},
		"8th": {
			"8vi pass, helper ka kaam", "आठवीं तक पढ़ा हो", "5th pass chalega", "Eighth pass, driving licence",
			"8 वीं पास", "8th tak padha ho", "Qualification: VIII pass",
		},
		"degree": {
			"B.Sc Physics; 15 years of full-time education is a must.", "Any bachelor degree in commerce.",
			"Any degree in engineering", "BBA, any graduate degree in management", "BE any branch",
			"BE/BTech", "Bachelor of Library Science", "Graduate in Commerce", "B. Com. with accounts",
			"Bachelor in Computer Applications", "B.Sc. Computer Science or BCA",
			"B.Tech (CSE/IT), final exams cleared", "Degree in hotel management", "बीएससी (गणित)",
			"B.E. (Civil) with site work", "BSW or MSW",
		},
		"diploma": {
			"Diploma/degree in civil", "आईटीआई फिटर", "ITI/Diploma", "ITI (Fitter) passed, NCVT",
			"Trade certificate in plumbing", "iti electrician pass", "ANM course completed",
		},
		"doctorate": {
			"एमएससी के छात्रों का मार्गदर्शन। पीएचडी अनिवार्य।", "Ph.D. or equivalent",
		},
		"graduate": {
			"Graduate; MBA preferred.", "Graduation in any subject is compulsory.", "Graduate girls, 1+ yr exp",
			"College degree a must", "Graduate pass, koi bhi stream", "Degree from a recognised university",
			"Any UG degree", "किसी भी विषय में स्नातक", "A university degree is required.", "Graduate (any stream)",
			"Minimum graduation", "Any graduate (preferably with Statistics)", "Graduates with minimum of 2-4 years",
		},
		"none": {
			"8th fail bhi chalega, padhai ki zarurat nahi", "9वीं फेल भी चलेगा, पढ़ाई की कोई शर्त नहीं",
			"10th fail is fine, no qualification needed", "पढ़ाई का कोई महत्व नहीं", "padhai se matlab nahi",
			"No qualification needed: 5th fail okay", "Certificates do not matter, show us your knife work.",
			"No educational qualification needed.", "Educational qualification is no bar.",
			"No schooling asked for.", "We don't look at degrees, only your portfolio.",
			"Illiterate persons may also apply.", "padhai likhai zaruri nhi", "padhai kuch bhi ho chalega",
			"degree ki koi zarurat nhi", "Qualification: none", "पढ़ाई मायने नहीं रखती।",
			"बिना पढ़े लिखे भी आवेदन करें।", "पढ़े-लिखे न हों तो भी चलेगा।", "डिग्री नहीं मांगी जाती",
			"No qualifications required, we train you.", "Education: not a criterion", "Qualification : Nil",
			"Degrees do not matter here.", "पढ़ाई-लिखाई का कोई बंधन नहीं।", "किसी भी पढ़ाई की जरूरत नहीं",
			"साक्षर होना जरूरी नहीं", "qualification koi bhi chalega", "koi padhai nahi chahiye",
		},
		"postgraduate": {
			"MLIS", "MBA Finance compulsory", "स्नातकोत्तर (हिंदी)", "MBA (Marketing) from a tier 1 college",
			"M.A. in English; you will teach B.A. students.", "PGDM or MBA", "Post graduate in any subject",
		},
		"professional": {
			"Pharm.D required. M.Pharm interns report to you.", "LLB. LLM students will shadow you.",
			"कक्षा 10 तक पढ़ाना है। बी.एड. अनिवार्य।", "Teach maths to class 8; B.Ed must.",
			"LLB from a recognised university. Draft for MBA admissions cases.", "ICWA/CMA Inter cleared",
			"बी.एड. और टीईटी", "एमबीबीएस डॉक्टर", "BPT; MPT preferred",
		},
	} {
		for _, s := range texts {
			if got := read(job.Posting{Title: "Staff", Description: s}).Education; string(got) != want {
				t.Errorf("%q: %q, want %q", s, got, want)
			}
		}
	}
}

// TestEducationAtLarge has what is said of schooling at large, and of that of others.
func TestEducationAtLarge(t *testing.T) {
	for want, texts := range map[string][]string{
		"none": {
			"Schooling makes no difference to us, how you hold the needle does.", "No papers, no marksheets needed.",
			"Nobody asks for a degree in our kitchen.", "Neither degree nor diploma is required.",
			"Padhe likhe ho ya na ho, kaam milega.", "degree ho ya na ho, camera chalana aata ho",
			"पढ़ाई-लिखाई से कोई फर्क नहीं पड़ता", "स्कूल गए हों या न गए हों, काम मिल जाएगा।",
			"Graduate hona zaroori nahi", "Educational qualification: Nil", "Primary schooling is not a must.",
		},
		"12th": {
			"degree ki zarurat nahi, 12th pass hona chahiye", "Min. qual +2, computer", "+2 pass, typing lower",
			"Graduate ho ya 12vi, farak nahi", "12th paas, gaadi chalani aaye",
		},
		"10th": {"Lift mechanic ke liye 10th tak padhai kafi hai", "The floor for this post is Class X."},
		"8th":  {"Should have cleared seventh class at least."},
		"graduate": {
			"Candidates without a degree will not be considered. Graduates in any discipline apply.",
			"A bachelor's degree of any kind will do.", "Graduate, no bar on age",
		},
		"degree":  {"बी.एससी. (गणित) की डिग्री हो", "B.Com ki degree honi chahiye", "Economics graduates"},
		"diploma": {"DCE / DME with two years of site work"},
		"": {
			"Without a degree you will not be considered for promotion.", "No education loans here, only gold.",
			"School bus conductor wanted, uniform not required.", "Salary 500 per day +2 meals.",
			"Keep RC, insurance and PUC of the cab ready.", "Visit MBBS doctors with samples.",
			"B.Sc walo ki hostel mess me rasoiya", "Higher secondary school needs a sweeper.",
			"training ke baad diploma milega", "8वीं से 10वीं के बच्चों को लाना ले जाना", "Grad pref",
			"मालिक एम.टेक हैं, खुद सिखाते हैं।", "Scan old BA/BCom degree certificates.",
		},
	} {
		for _, s := range texts {
			if got := read(job.Posting{Title: "Staff", Description: s}).Education; string(got) != want {
				t.Errorf("%q: %q, want %q", s, got, want)
			}
		}
	}
}

// TestEducationOfOthers has texts that name the schooling of other people, and those
// that say that none is asked for.
func TestEducationOfOthers(t *testing.T) {
	for want, texts := range map[string][]string{
		"": {
			"Peon for a chartered accountant's office", "CA ki family ke liye driver", "बीडीएस डॉक्टर के क्लीनिक में सफाई",
			"MBBS doctors ko sample dikhane hain", "Cook for the hostel of B.Tech boys", "Nanny for the home of a PhD scholar",
			"Our founder, an MBA from Pune, started the dairy; van driver", "दसवीं की छात्रा को पढ़ाना", "बारहवीं गली में माली",
			"10th fail bachcho ko computer sikhana hai", "Graduate hui to accha", "8vi class tak ki kitabe bechna", "दसवीं से बारहवीं मंजिल तक", "बी.टेक के लड़कों को कमरा दिलाना",
		},
		"none": {
			"We do not mind if you never went to school.", "पढ़े-लिखे हों या नहीं, सब आएं", "padha likha ho chahe na ho",
			"No papers or certificates asked", "शिक्षा कितनी भी हो चलेगी", "Degree ho ya na ho, kaam aana chahiye",
		},
		"degree":       {"बीकॉम पास, चार्टर्ड अकाउंटेंट के दफ्तर में काम", "बी.एससी. (रसायन) की डिग्री हो", "पशुपालन में डिग्री या बीएससी", "बी.काॅम. पास", "BE (Civil) needed"},
		"graduate":     {"कोई भी graduate.", "Candidates without graduation need not apply.", "किसी भी stream में graduate."},
		"professional": {"CA की डिग्री अनिवार्य", "MBBS doctors ki zaroorat hai", "GNM for old people at home"},
		"diploma":      {"DMLT reqd", "Qual: Dip / BE Mech.", "ITI walo ko machine pe kaam karna hoga", "ITI ka certificate ho"},
		"12th":         {"+2 pass girls for a saree counter", "12th walo ko 13000 milega"},
	} {
		for _, s := range texts {
			if got := read(job.Posting{Title: "Staff", Description: s}).Education; string(got) != want {
				t.Errorf("%q: %q, want %q", s, got, want)
			}
		}
	}
}
