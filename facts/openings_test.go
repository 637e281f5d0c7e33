package facts

import (
	"strings"
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

// TestOpeningsMore has more such texts; before " || " stands the title.
func TestOpeningsMore(t *testing.T) {
	for want, texts := range map[int][]string{
		0: {
			"Bus driver || 36 सीट वाली बस है", "पिछले साल 60 पद थे", "Clerk || Previous drive 25 vacancies were filled.",
			"Cook || Cook needed for 70 workers", "Need an electrician with 2 helpers under him", "Malayalam ya Hindi koi ek aani chahiye",
			"What do people want from us?", "We do have immediate openings",
			"A team of 12 engineers builds it.", "You will lead 8 telecallers.",
			"Company me 150 log kaam karte hain.", "Parivar ke 5 log ka khana.", "Cook for a family of 6 people.",
			"Insta pe 10 posts daily.", "4 posts monthly and two reels", "40 seat call centre in Indore.",
			"A 60-seat restaurant.", "Our BPO has 300 seats.", "Training of 10 teachers per batch.",
			"Roster of 40 guards to be made.", "300 rider ka hisaab rakhna hai.",
			"24 vacancies closed by you last year is a plus", "5 se 6 ladke chahiye",
			"Interview: first 50 candidates only.", "2 referees needed with phone numbers", "3 photos required",
			"1 room me 4 ladke rahenge", "12 helpers already work in the godown.", "Payroll of 400 workers.",
			"Supervise 6 helpers and 2 drivers.", "50 मजदूरों की हाजिरी लगाना",
			"Serve 30 patients in a shift with 2 nurses.", "100 calls daily, 20 leads chahiye", "5 years required",
			"one of the best places", "Handle 4 stores and 20 staff.", "Class of 40 students.",
			"Coordinate with 3 developers.", "Candidates above 18 needed", "5 posts every week for our page",
			"A staff of 40 and two managers.", "Hamari team me 12 log hain.", "Hotel me 60 staff ka khana.",
			"Line of 20 operators to be supervised.", "20 guards under you", "Manage roster of 15 nurses",
			"50 बच्चों की क्लास", "रोज 40 ग्राहक", "फैक्ट्री में 300 मजदूर काम करते हैं।", "Fleet of 40 drivers.",
			"A panel of 3 doctors will interview.", "Two teachers share a class.", "10 guards per shift",
			"Last year we placed 500 candidates.", "Only first 30 candidates will be interviewed.",
			"Screen 20 candidates a day.", "Call 100 candidates daily", "2 to 3 vacancies", "दो-तीन लड़के चाहिए",
			"do teen bande chahiye", "Vacancies: multiple", "seats 4 people per table",
			"Cafe with 40 seats, 2 floors", "position 2 in the hierarchy", "Accommodation: 2 persons in one room.",
			"Must handle 3 executives", "Vacancy code 45", "Adv No 12, Post code 7", "7 members in the team.",
			"Tally 5 vouchers, one accountant checks.", "Hotel with 120 rooms and 80 staff.",
			"30 waiters serve here.", "Each guard covers 2 posts.", "You handle 40 accounts, 3 branches",
			"Kitchen of 12 cooks.", "We are 25 people.", "Founded by two doctors.",
			"A school of 900 students needs a clerk.", "Roz 50 customer ko call karna hai", "200 pieces roz",
			"family of four needs a cook", "Old couple, 2 persons, veg cooking", "2 लोगों का खाना बनाना है",
			"परिवार में 6 लोग हैं", "5 बसों का बेड़ा", "Bring 2 photos, 1 copy of Aadhaar",
			"The candidate will work with 3 chefs.", "Room for 4 people, free", "Lift 20 kg required",
			"100% attendance required", "Shift of 12 hours required", "Only 2 leaves allowed",
			"One must be able to read.", "Post office, sector 12", "Post Graduate 2 years", "posted 3 days ago",
			"Vacancy in Block 4", "openings across 5 states", "hiring in 3 cities", "Hiring for 2 shifts",
			"Needs 2 languages", "Operator || Line: 2 supervisors, 25 operators.", "Truck driver || 6 trucks.",
			"Computer operator || 6 computers.", "Clerk || With you, 2 clerks.", "Nurse || Shift me, 2 nurses.",
			"Chef || Under you, 4 chefs.", "ट्रैक्टर चालक || 2 ट्रैक्टर।", "Developer || Chaar developer, 1 tester, 1 designer.",
			"Fellow || Two fellowships won by our lab", "Web designer || 5 websites, 3 designers in team.",
		},
		1: {
			"One vacancy at our Salem branch.", "Only 1 opening is left.", "ek hi post hai", "1 vacancy",
			"केवल एक रिक्ति", "bas 1 vacancy h", "Warden || One lady warden for our hostel.",
		},
		2: {
			"Chef de Partie || 2 no. CDP for a resort", "Headcount sanctioned: 2", "Scooter wali 2 ladkiyan, survey ka kaam",
			"Research Fellow || Two fellowships are on offer.", "Apprentice || 2 apprenticeships available.",
			"Two more drivers wanted at our Pune depot.", "Barber || 2 barber. Sunday full work.",
			"Vacancy 2 only, local boys.", "दो दर्जी चाहिए", "2 jagah khali h", "Number of post(s): 2",
			"We have to fill 2 vacancies at once.", "Intake 2", "Nanny || Two nannies, live-in, Gurgaon sector 50.",
			"दो रिक्तियाँ", "No of vacancies 2",
		},
		3: {
			"Applications invited from women for 3 posts of ANM.", "We are adding 3 analysts.",
			"Pump operator required: 3 nos", "The bank has three vacancies for probationary clerks.",
			"तीन सेल्समैन की आवश्यकता है, शोरूम में।", "3 plumber ki zaroorat", "Wanted three receptionists",
			"तीन पदों हेतु आवेदन", "3 peon ki vacancy", "Tailor || ladies tailor 3 chahiye",
		},
		4: {
			"Cook || Four cooks for our hostel mess in Nashik. Veg food only.", "Reqd 4 waiters for banquet",
			"4 स्थान रिक्त हैं", "Phlebotomist || We are hiring four phlebotomists for home collection.",
			"Looking out for 4 relationship officers",
			"Dialysis Technician || Four dialysis technicians needed, rotating.",
			"The trust invites applications for 4 posts of warden.", "AC mechanic || 4 mechanics, own tools",
		},
		5: {
			"माली || 5 माली चाहिए, सरकारी पार्क के लिए", "आवश्यकता है 5 हेल्परों की",
			"paanch ladke chahiye godown me", "Recruit 5 field officers.", "total 5 position hai",
			"Five of us? No, five more: 5 openings",
			"Physics Teacher || A chain of schools is hiring five physics teachers.",
		},
		6: {
			"Half a dozen packers needed", "Need 4 welders and 2 helpers", "Turner || Reqmt: 6 trnr + own tools",
			"5 seats in Pune and 1 in Nashik, 6 vacancies in all.",
			"6 ladkiyon ki jarurat hai", "Positions available: 6", "Six posts, of which two are for women.",
			"छह महिलाओं को काम मिलेगा, पापड़ बनाने का।", "vacancy: 6 bande", "mobile repair wale 6 mistri chahiye",
			"6 bhai log chahiye loading me",
		},
		7: {
			"Vacancies: seven", "सात राजमिस्त्री चाहिए",
		},
		8: {
			"kaam wale 8 bande chahiye", "Field boy || field boys 8 required", "8 सहायकों की भर्ती",
			"8 banda chahiye kal se", "8 vacancies exist at the Kanpur depot",
		},
		9: {
			"Welder || Welder (9 Nos), 6G preferred",
		},
		10: {
			"दस गार्ड की जरूरत है।", "Immediate joiners, 10 openings, Noida.", "10 ऑपरेटर लगेंगे",
			"10 अकाउंटेंट की वैकेंसी",
		},
		12: {
			"12 लड़के-लड़कियां। खाना फ्री।", "Posts (12)", "BPO || Batch of 12 starts Monday, seats 12.",
		},
		13: {
			"Recruitment for 13 posts",
		},
		14: {
			"कारपेंटर || 4 साल का अनुभव। 14 कारपेंटर। दुबई।", "इलेक्ट्रिशियन || आईटीआई। 14 इलेक्ट्रिशियन।",
			"मशीन ऑपरेटर || आईटीआई पास, 14 ऑपरेटर। 0-2 वर्ष।", "Welder || ITI pass, 14 welder.",
			"Tiler || 14 tilers. Food given.", "Steel fixer || 14 steel fixers.", "वेटर || 3 साल, 14 वेटर।",
			"14 गार्ड तुरंत चाहिए", "Vacant seats 14",
		},
		15: {
			"15 riders will be hired in Whitefield.", "15 bande lagenge site pe",
			"Bus Driver || 15 heavy licence drivers, salary on 1st.",
		},
		18: {
			"seat 18, joining immediate",
			"Applications are invited from eligible candidates for filling up 18 posts of Staff Nurse.",
		},
		20: {
			"20 driver vacancies in our Hubli depot", "राज मिस्त्री || कुल बीस मिस्त्री।",
			"20 delivery boy chahiye, petrol alag", "Bulk hiring - 20 tele sales executives",
			"Join our store. 20 staff required.",
		},
		21: {
			"Twenty-one posts of village accountant are to be filled.",
		},
		22: {
			"Requirement - 22 boys for loading",
		},
		25: {
			"25 worker ki requirement hai",
		},
		30: {
			"30 vacancy hai bhai log", "Looking for 30+ field agents", "30 रिक्त पदों पर बहाली",
		},
		35: {
			"35 युवाओं को मौका मिलेगा, सीधी भर्ती।",
		},
		36: {
			"There are thirty-six posts.",
		},
		38: {
			"Total No. of Posts: 38 (UR 20, OBC 10, SC 8)",
		},
		44: {
			"44 Posts of Assistant Loco Pilot",
		},
		50: {
			"50+ मजदूर चाहिए।", "50 लड़कियां चाहिए पैकिंग में",
		},
	} {
		for _, s := range texts {
			got := 0
			title, description, ok := strings.Cut(s, " || ")
			if !ok {
				title, description = "Staff", s
			}
			if n := read(job.Posting{Title: title, Description: description}).Openings; n != nil {
				got = *n
			}
			if got != want {
				t.Errorf("%q: %d, want %d", s, got, want)
			}
		}
	}
}

// TestOpeningsSaid has texts that say it in other ways, and such as only seem to.
func TestOpeningsSaid(t *testing.T) {
	for _, tt := range []struct {
		title, description string
		want               int
	}{
		{"Milker", "Taking on half a dozen milkers.", 6},
		{"Packer", "2 darjan packer chahiye", 24},
		{"Loader", "One hundred and forty positions in loading.", 140},
		{"Loader", "Requirement: Seventy five loaders.", 75},
		{"Guard", "The mall wants a pair of night guards.", 2},
		{"Clerk", "Headcount approved for Surat: 3. Hybrid.", 3},
		{"Clerk", "Posts advertised: four.", 4},
		{"Clerk", "Both posts are vacant.", 2},
		{"Clerk", "A post has fallen vacant.", 1},
		{"Clerk", "2 posts in Agra and 4 in Mathura, 6 posts in all.", 6},
		{"Tailor", "Orders pile up; we need 3 more before Holi.", 3},
		{"Welder", "Welder.... 60 nos", 60},
		{"Site supervisor", "Camp stay. 4 suprvsr.", 4},
		{"हेल्पर", "हम आठ साथियों को जोड़ना चाहते हैं।", 8},
		{"Salesman", "Six boys for the counter. Hindi must.", 6},
		{"Courier boy", "Bike se courier, 18 ladke. 8th pass.", 18},
		{"टेलर", "सिलाई केंद्र में बाईस टेलर।", 22},
		{"Fitter", "A sugar factory hires 14 fitters in the season.", 14},
		{"Security guard", "Each gate 4, total 20 nos. Ex army ok.", 20},
		{"Nanny", "Live in nanny for twins. One lady only.", 1},
		{"Resort GM", "Small resort near Kasauli. One GM.", 1},
		{"Foreman", "Plastic plant. 2 foremen, total 90 workers.", 2},
		{"Accountant", "Each branch has 4 people, total 60 people.", 0},
		{"Warden", "Girls hostel, 80 girls. Warden stays in.", 0},
		{"Plant head", "Factory in Daman, 250 operators.", 0},
		{"Salon manager", "Salon, 6 girls. Manager to run it.", 0},
		{"Driver", "Office cab, 4 ladies. Driver with badge.", 0},
		{"Courier boy", "Courier office, 9 boys. Boys must have a bike.", 9},
		{"Safety officer", "Site at Mundra, 600 workers.", 0},
		{"हेल्पर", "पिछली भर्ती में 80 लोग चुने गए थे।", 0},
		{"हेल्पर", "300 सीटों वाला कॉल सेंटर।", 0},
		{"हेल्पर", "एक हेल्पर को 4 मशीन देखनी होंगी।", 0},
		{"Fitter", "5 fitter nahi chahiye", 0},
		{"Faculty", "Total seats in our institute: 240", 0},
		{"Clerk", "Position grade: 2. Vacancy ID: 45.", 0},
		{"Engineer", "We do ask every engineer to join us.", 0},
		{"Driver", "Requirements: 1. Heavy licence", 0},
	} {
		got := 0
		if n := read(job.Posting{Title: tt.title, Description: tt.description}).Openings; n != nil {
			got = *n
		}
		if got != tt.want {
			t.Errorf("%q: %d, want %d", tt.description, got, tt.want)
		}
	}
}
