package facts

import (
	"testing"

	"jobsieve/job"
	"jobsieve/text"
)

// placeTest is a text, and its places as city/state/country.
type placeTest struct{ in, want string }

func checkPlaces(t *testing.T, tests []placeTest, posting func(in string) job.Posting) {
	t.Helper()
	for _, tt := range tests {
		if got := places(read(posting(tt.in))); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestLocations(t *testing.T) {
	checkPlaces(t, []placeTest{
		{"Hyderabad, Sindh, PK", "Hyderabad/Sindh/PK"},
		{"Hyderabad, Andhra Pradesh", "Hyderabad/Telangana/IN"},
		{"Aurangabad, Bihar", "Aurangabad/Bihar/IN"},
		{"Aurangabad, BR, IN", "Aurangabad/Bihar/IN"},
		{"Aurangabad, Maharashtra", "Chhatrapati Sambhajinagar/Maharashtra/IN"},
		{"Aurangabad (Bihar), Gaya", "Aurangabad/Bihar/IN Gaya/Bihar/IN"},
		{"Salem, OR, US", "Salem/Oregon/US"},
		{"Salem", "Salem/Tamil Nadu/IN"},
		{"US-OR-Salem", "Salem/Oregon/US"},
		{"IN-KA-Bangalore", "Bengaluru/Karnataka/IN"},
		{"India - Karnataka - Bengaluru", "Bengaluru/Karnataka/IN"},
		{"Indianapolis, IN", "Indianapolis/Indiana/US"},
		{"Fishers, IN, USA", "Fishers/Indiana/US"},
		{"Bengaluru, IN", "Bengaluru/Karnataka/IN"},
		{"San Francisco, CA", "San Francisco/California/US"},
		{"Toronto, CA", "Toronto//CA"},
		{"London, ON, Canada", "London/Ontario/CA"},
		{"Wilmington, DE", "Wilmington/Delaware/US"},
		{"Berlin, DE", "Berlin//DE"},
		{"Springfield, IL", "Springfield/Illinois/US"},
		{"Dublin, OH, US", "Dublin/Ohio/US"},
		{"Atlanta, Georgia", "Atlanta/Georgia/US"},
		{"Tbilisi, Georgia", "Tbilisi//GE"},
		{"Buffalo, New York", "Buffalo/New York/US"},
		{"Portland, OR", "Portland/Oregon/US"},
		{"Bhubaneswar, OR", "Bhubaneswar/Odisha/IN"},
		{"Dehradun, UK", "Dehradun/Uttarakhand/IN"},
		{"UK", "//GB"},
		{"Lahore, Punjab, Pakistan", "Lahore/Punjab/PK"},
		{"Jurong East, Singapore", "Singapore//SG"},
		{"Sydney, Nova Scotia, Canada", "Sydney/Nova Scotia/CA"},
		{"Delhi, NY, US", "Delhi/New York/US"},
		{"NH-48, Panipat", "Panipat/Haryana/IN"},
		{"SH 17, Mandya", "Mandya/Karnataka/IN"},
		{"Kotputli (Raj)", "Kotputli/Rajasthan/IN"},
		{"Ankleshwar, Guj.", "Ankleshwar/Gujarat/IN"},
		{"Tirupur knitwear belt", "Tiruppur/Tamil Nadu/IN"},
		{"nan", ""},
		{"Not Specified", ""},
		{"NA", ""},
		{"-", ""},
		{"Multiple locations", ""},
		{"Multiple Locations, India", "//IN"},
		{"Anywhere", ""},
		{"Pin - 110001", ""},
		{"110001", ""},
		{"Mumbai - 400093", "Mumbai/Maharashtra/IN"},
		{"Remote - US", "//US"},
		{"+3 more", ""},
		{"Pune, Nashik +3 more", "Pune/Maharashtra/IN Nashik/Maharashtra/IN"},
		{"Will be discussed", ""},
		{"Near Metro Station", ""},
		{"Sector 44", ""},
		{"Delhi", "Delhi/Delhi/IN"},
		{"Delhi/NCR", "Delhi/Delhi/IN"},
		{"South Delhi, Delhi", "Delhi/Delhi/IN"},
		{"Chandigarh, Punjab", "Chandigarh/Chandigarh/IN"},
		{"Pondicherry, Tamil Nadu", "Puducherry/Puducherry/IN"},
		{"Karaikal, Puducherry", "Karaikal/Puducherry/IN"},
		{"Noida, Delhi", "Noida/Uttar Pradesh/IN Delhi/Delhi/IN"},
		{"Hydrabad", "Hyderabad/Telangana/IN"},
		{"Chandigrah", "Chandigarh/Chandigarh/IN"},
		{"Coimbtore", "Coimbatore/Tamil Nadu/IN"},
		{"Navi Mumabi", "Navi Mumbai/Maharashtra/IN"},
		{"GreaterNoida", "Greater Noida/Uttar Pradesh/IN"},
		{"Maharastra", "/Maharashtra/IN"},
		{"Thiruvananthpuram", "Thiruvananthapuram/Kerala/IN"},
		{"Rampura, Rajasthan", "Rampura/Rajasthan/IN"},
		{"Andheri East", "Mumbai/Maharashtra/IN"},
		{"Salt Lake Sector V", "Kolkata/West Bengal/IN"},
		{"Salt Lake City, UT", "Salt Lake City/Utah/US"},
		{"Malviya Nagar, Jaipur", "Jaipur/Rajasthan/IN"},
		{"Malviya Nagar, New Delhi", "Delhi/Delhi/IN"},
		{"Anna Nagar, Madurai", "Madurai/Tamil Nadu/IN"},
		{"Laxmi Nagar, Nagpur", "Nagpur/Maharashtra/IN"},
		{"Plot 12, Sector 18, Gurugram, Haryana 122015", "Gurugram/Haryana/IN"},
		{"Sikar Road, Jaipur", "Jaipur/Rajasthan/IN"},
		{"Rampur Maniharan, Uttar Pradesh", "Rampur Maniharan/Uttar Pradesh/IN"},
		{"Bilaspur, Himachal Pradesh", "Bilaspur/Himachal Pradesh/IN"},
		{"Bilaspur, CG", "Bilaspur/Chhattisgarh/IN"},
		{"Udaipur, Tripura", "Udaipur/Tripura/IN"},
		{"Bijapur, Chhattisgarh", "Bijapur/Chhattisgarh/IN"},
		{"औरंगाबाद, बिहार", "Aurangabad/Bihar/IN"},
		{"जिला गोपालगंज, बिहार", "Gopalganj/Bihar/IN"},
		{"लखनऊ और कानपुर", "Lucknow/Uttar Pradesh/IN Kanpur/Uttar Pradesh/IN"},
		{"पूरे उत्तर प्रदेश में", "/Uttar Pradesh/IN"},
		{"कहीं भी", ""},
		{"UP & Bihar", "/Uttar Pradesh/IN /Bihar/IN"},
		{"Mumbai, Karnataka", "Mumbai/Maharashtra/IN /Karnataka/IN"},
		{"Bangalore, Dubai, Singapore", "Bengaluru/Karnataka/IN Dubai//AE Singapore//SG"},
		{"Delhi NCR (Noida, Gurgaon)", "Delhi/Delhi/IN Noida/Uttar Pradesh/IN Gurugram/Haryana/IN"},
		{"Osmanabad", "Dharashiv/Maharashtra/IN"},
		{"Lunglei", "Lunglei/Mizoram/IN"},
		{"Bengaluru (Salem Main Road)", "Bengaluru/Karnataka/IN"},
		{"Mohali(Kharar), Panchkula(Kalka +1)", "Mohali/Punjab/IN Panchkula/Haryana/IN"},
		{"Patna, Gaya, Aurangabad, Bihar", "Patna/Bihar/IN Gaya/Bihar/IN Aurangabad/Bihar/IN"},
		{"Hamirpur, Una, Kangra", "Hamirpur/Himachal Pradesh/IN Una/Himachal Pradesh/IN Kangra/Himachal Pradesh/IN"},
		{"Jhalawar, Aklera", "Jhalawar/Rajasthan/IN Aklera//"},
		{"Hazra, Kolkata", "Kolkata/West Bengal/IN"},
		{"Germany, United Kingdom (UK)", "//DE //GB"},
		{"नैनीताल, उत्तरांचल", "Nainital/Uttarakhand/IN"},
		{"Cyberpark, Calicut", "Kozhikode/Kerala/IN"},
		{"Cebu City, Philippines", "Cebu City//PH"},
		{"Tuticorin Port", "Thoothukudi/Tamil Nadu/IN"},
		{"Gr. Noida", "Greater Noida/Uttar Pradesh/IN"},
		{"Al Satwa, Dubai", "Dubai//AE"},
		{"On board ship", ""},
		{"Kala Amb, Dist. Sirmaur, HP", "Kala Amb/Himachal Pradesh/IN"},
		{"Bhiwandi, Thane District", "Bhiwandi/Maharashtra/IN"},
		{"Pune and Satara district", "Pune/Maharashtra/IN Satara/Maharashtra/IN"},
		{"Salem Main Road, Erode", "Erode/Tamil Nadu/IN"},
		{"Nashik Road", "Nashik/Maharashtra/IN"},
		{"Colva, Goa", "Colva/Goa/IN"},
		{"refer JD", ""},
		{"अघोषित", ""},
	}, func(in string) job.Posting { return job.Posting{Title: "Clerk", Location: in} })
}

func TestPlacesInTitles(t *testing.T) {
	checkPlaces(t, []placeTest{
		{"Telecaller - Noida Sector 63", "Noida/Uttar Pradesh/IN"},
		{"Customer Care Executive (Pune)", "Pune/Maharashtra/IN"},
		{"UK Process – Customer Support", ""},
		{"AP Analyst", ""},
		{"US Healthcare AR Caller – Chennai", "Chennai/Tamil Nadu/IN"},
		{"Bank of Baroda Recruitment Clerk", ""},
		{"Delhi Public School – Office Assistant", ""},
		{"Sales Officer Bihar", "/Bihar/IN"},
		{"Telecaller for Kalyan Jewellers", ""},
		{"Nurse in Saudi Arabia", "//SA"},
		{"Country Manager India", ""},
		{"Germany SEO Specialist", ""},
		{"टेलीकॉलर – पटना", "Patna/Bihar/IN"},
		{"Anand Rathi – Relationship Manager", ""},
		{"Telecaller chahiye Lucknow me", "Lucknow/Uttar Pradesh/IN"},
		{"Telecaller (Hindi) || Kanpur", "Kanpur/Uttar Pradesh/IN"},
		{"AP Accountant – Accounts Payable", ""},
		{"MP Board Teacher", ""},
		{"Credit Card Sales - Delhi/NCR", "Delhi/Delhi/IN"},
		{"Field Executive: Ghaziabad, Noida", "Ghaziabad/Uttar Pradesh/IN Noida/Uttar Pradesh/IN"},
		{"Australia Process Executive", ""},
		{"Male Nurse", ""},
		{"Tailor for Bahrain", "//BH"},
		{"ओमान के लिए वेल्डर", "//OM"},
		{"UAE Payroll Executive", ""},
		{"Madras Cafe – Waiter", ""},
		{"Bid Manager", ""},
		{"Salem – Branch Manager", "Salem/Tamil Nadu/IN"},
		{"Sagar Ratna – Cashier", ""},
		{"डाटा एंट्री ऑपरेटर (जयपुर)", "Jaipur/Rajasthan/IN"},
	}, func(in string) job.Posting { return job.Posting{Title: in, Location: "Not specified"} })
}

func TestPlacesInDescriptions(t *testing.T) {
	checkPlaces(t, []placeTest{
		{"Job Location: Jaipur, Rajasthan. Salary 15k.", "Jaipur/Rajasthan/IN"},
		{"We are a company with head office in Mumbai. Work location: Indore.", "Indore/Madhya Pradesh/IN"},
		{"Our clients are in New York and London.", ""},
		{"Interview venue: Sector 16, Noida. Candidates from Delhi can apply.", ""},
		{"Bangalore Location. Immediate joiners.", "Bengaluru/Karnataka/IN"},
		{"Location – Bhopal / Indore", "Bhopal/Madhya Pradesh/IN Indore/Madhya Pradesh/IN"},
		{"Place of posting: Aurangabad (Bihar)", "Aurangabad/Bihar/IN"},
		{"कार्य स्थल: गया, बिहार", "Gaya/Bihar/IN"},
		{"नौकरी का स्थान – रांची", "Ranchi/Jharkhand/IN"},
		{"पटना में टेलीकॉलर की जरूरत है।", "Patna/Bihar/IN"},
		{"Noida office ke liye telecaller chahiye.", "Noida/Uttar Pradesh/IN"},
		{"Hamara office Gurgaon me hai.", "Gurugram/Haryana/IN"},
		{"Vacancy in Ahmedabad for data entry operator.", "Ahmedabad/Gujarat/IN"},
		{"Candidate must be ready to relocate to Pune.", "Pune/Maharashtra/IN"},
		{"Registered office: Kolkata. Job location: Durgapur.", "Durgapur/West Bengal/IN"},
		{"Corporate Office: Mumbai", ""},
		{"You will work from our Kochi branch.", "Kochi/Kerala/IN"},
		{"We have offices in Delhi, Mumbai and Chennai.", ""},
		{"Mode of interview: face to face at Surat. Posting at Vapi.", "Vapi/Gujarat/IN"},
		{"Location: Hydrabad", "Hyderabad/Telangana/IN"},
		{"Work Location: Bhabhua, Kaimur", "Bhabua/Bihar/IN Kaimur/Bihar/IN"},
		{"Location: Remote", ""},
		{"Support customers in the USA. Location: Mohali", "Mohali/Punjab/IN"},
		{"We are hiring telecallers for our Nagpur office.", "Nagpur/Maharashtra/IN"},
		{"Office address: 3rd floor, SCO 45, Sector 17, Chandigarh", "Chandigarh/Chandigarh/IN"},
		{"Send your CV with current location and expected CTC. Delhi based candidates preferred.", ""},
		{"Urgent requirement at Coimbatore.", "Coimbatore/Tamil Nadu/IN"},
		{"The position is based in Thiruvananthapuram.", "Thiruvananthapuram/Kerala/IN"},
		{"Ladkiyon ke liye job Kanpur me, salary 12000.", "Kanpur/Uttar Pradesh/IN"},
		{"State Bank of India, branches across India.", ""},
		{"दिल्ली के ग्राहकों से फोन पर बात करनी है।", ""},
		{"जयपुर स्थित हमारे कार्यालय में काम करना है।", "Jaipur/Rajasthan/IN"},
		{"Preferred location of candidate: anywhere. Job at Ranchi.", "Ranchi/Jharkhand/IN"},
		{"Work location is Mohali and shift is day.", "Mohali/Punjab/IN"},
		{"Job location: Sector 5, Salt Lake, Kolkata", "Kolkata/West Bengal/IN"},
		{"Walk-in venue: Andheri, Mumbai. Job location: Thane", "Thane/Maharashtra/IN"},
		{"This is a full-time on-site role for a Telecaller located in Surat.", "Surat/Gujarat/IN"},
		{"Founded in London, we now serve customers in the USA and Canada.", ""},
		{"We are a Pune based company.", ""},
		{"Our Jaipur branch needs a receptionist.", "Jaipur/Rajasthan/IN"},
		{"इंदौर में घर से काम करने वाली टेलीकॉलर चाहिए।", "Indore/Madhya Pradesh/IN"},
		{"मुख्यालय मुंबई में है। काम नासिक में होगा।", "Nashik/Maharashtra/IN"},
		{"Office Patna me hai, ghar se aana jaana khud ka.", "Patna/Bihar/IN"},
		{"Bhopal aur Indore me 20 ladke chahiye.", "Bhopal/Madhya Pradesh/IN Indore/Madhya Pradesh/IN"},
		{"Interview Delhi me hoga, posting Agra.", "Agra/Uttar Pradesh/IN"},
		{"Place of work – Bhubaneswar (Odisha)", "Bhubaneswar/Odisha/IN"},
		{"Location: Hyderabad, Sindh, PK", "Hyderabad/Sindh/PK"},
		{"Reporting location: Manesar", "Manesar/Haryana/IN"},
		{"Posting: anywhere in Bihar", "/Bihar/IN"},
		{"Resource allocation and posting of entries.", ""},
		{"Job Location – Gurgaon (Udyog Vihar)", "Gurugram/Haryana/IN"},
		{"He will handle clients of Mumbai from home.", ""},
		{"The work is at our eye hospital in Cuttack; letters go from the head office in Puri.", "Cuttack/Odisha/IN"},
		{"The registered office is in Chennai, but the vacancy is in Madurai.", "Madurai/Tamil Nadu/IN"},
		{"Although our head office is in Delhi, the work is in Patiala.", "Patiala/Punjab/IN"},
		{"पूरी तरह घर से काम। हमारी टीम पुणे में बैठती है।", ""},
		{"Company Noida me hai, kaam ghar se.", ""},
		{"हमारे इंदौर हब पर पार्सल छाँटने का काम।", "Indore/Madhya Pradesh/IN"},
		{"Hamare Kota warehouse par packing ka kaam.", "Kota/Rajasthan/IN"},
		{"सतना के स्कूल में शिक्षक।", "Satna/Madhya Pradesh/IN"},
		{"Parcels come from the Delhi hub.", ""},
		{"Ghar se kaam. Hamara office Patna me hai.", ""},
		{"Work from home. Branch: Pune", ""},
		{"क्षेत्र: वाराणसी, चंदौली", "Varanasi/Uttar Pradesh/IN Chandauli/Uttar Pradesh/IN"},
		{"Area: Python, Django", ""},
		{"Loc: Technopark phase 2", "Thiruvananthapuram/Kerala/IN"},
		{"Office: Anna Salai, Chennai", "Chennai/Tamil Nadu/IN"},
		{"Need staff nurse @ Thrissur, salary 22k.", "Thrissur/Kerala/IN"},
		{"Salary 20k 📍Thane", "Thane/Maharashtra/IN"},
		{"Boys wanted at Guwahati for courier work.", "Guwahati/Assam/IN"},
		{"At Texas Instruments, we build.", ""},
		{"He studied at Pune.", ""},
		{"Store: data in Singapore cloud", ""},
		{"Shop - Amazon India", ""},
		{"Exam at Patna on 5 May.", ""},
		{"Nurse for mission hospital, Aizawl. Quarters given.", "Aizawl/Mizoram/IN"},
		{"Salesman needed – Kolhapur", "Kolhapur/Maharashtra/IN"},
		{"Cook wanted, Delhi people only apply", ""},
		{"Silvassa ki factory me helper chahiye", "Silvassa/Dadra and Nagar Haveli and Daman and Diu/IN"},
		{"नाथद्वारा के मंदिर में रसोइया चाहिए।", "Nathdwara/Rajasthan/IN"},
		{"मालिक दिल्ली में रहते हैं, दुकान हिसार में है।", "Hisar/Haryana/IN"},
		{"Company in Dubai requires electricians. Interview in Kochi.", "Dubai//AE"},
		{"5 years of experience in Saudi Arabia must", ""},
		{"Our mill stands on Station Road, Surat; yarn is from Erode.", "Surat/Gujarat/IN"},
		{"Hotel Katra me hai, Jammu se 40 km.", "Katra/Jammu and Kashmir/IN"},
		{"बस्ती के निजी विद्यालय में शिक्षक चाहिए।", "Basti/Uttar Pradesh/IN"},
		{"सागर जिले में बीड़ी बनाने का काम।", "Sagar/Madhya Pradesh/IN"},
		{"The workshop is in Xanpur, Himachal Pradesh.", "Xanpur/Himachal Pradesh/IN"},
		{"Panipat weaving unit needs ten hands.", "Panipat/Haryana/IN"},
		{"wrk loc: Gorakpur ke paas. HO Kanpur me hai", "Gorakhpur/Uttar Pradesh/IN"},
		{"Area Agra, Mathura. Guests come from Delhi.", "Agra/Uttar Pradesh/IN Mathura/Uttar Pradesh/IN"},
		{"At least two years in a hospital in Delhi needed.", ""},
		{"Bangalore Iyengar Bakery ko ladke chahiye", ""},
		{"Sports kota me ek seat.", ""},
		{"Duty location will be told along with the date.", ""},
		{"Sadar Bazar, Agra ki juta factory, karigar ki zarurat.", "Agra/Uttar Pradesh/IN"},
		{"Andheri, Mumbai ofc. Cab after 9.", "Mumbai/Maharashtra/IN"},
		{"सतना के किसानों से मिलकर बीज बेचना है।", "Satna/Madhya Pradesh/IN"},
		{"बिहार राज्य में कहीं भी नियुक्ति होगी।", "/Bihar/IN"},
		{"You may be posted anywhere in the state of Odisha.", "/Odisha/IN"},
		{"नौकरी कोटा के हॉस्टल की है।", "Kota/Rajasthan/IN"},
		{"कोटा में रहने वाले परिवार के बच्चे।", ""},
		{"Kaam Delhi se aata hai.", ""},
		{"Training Delhi, job Moradabad.", "Moradabad/Uttar Pradesh/IN"},
		{"BPO hiring thirty agents for credit card sales in Jayanagar, Bengaluru.", "Bengaluru/Karnataka/IN"},
		{"Company wants callers fluent in English for clients in London.", ""},
		{"Factory Surat. Helper wanted.", "Surat/Gujarat/IN"},
		{"We work with Imperial College London.", ""},
		{"Truck Bhuj me khada rehta hai, driver chahiye.", "Bhuj/Gujarat/IN"},
		{"Gaya station ke paas hotel hai.", "Gaya/Bihar/IN"},
		{"Documents will be verified at our Lucknow office.", ""},
		{"हमारी संस्था जगदलपुर से काम करती है, साथी वहीं रहेगा।", "Jagdalpur/Chhattisgarh/IN"},
		{"Our mill lies 8 km from Erode.", "Erode/Tamil Nadu/IN"},
		{"मऊ से 5 किमी आगे हमारी दुकान।", "Mau/Uttar Pradesh/IN"},
		{"Warden for a girls hostel, Kota. Room is given.", "Kota/Rajasthan/IN"},
		{"Two cooks for Muscat. Ticket paid.", "Muscat//OM"},
		{"Nurse for an old couple in Mysore.", "Mysuru/Karnataka/IN"},
		{"Contact Ravi, Kota. Salary is good.", ""},
		{"Delhi court ke kagaz hote hai, ghar se kaam karna hai.", ""},
	}, func(in string) job.Posting { return job.Posting{Title: "Clerk", Description: in} })
}

func TestNear(t *testing.T) {
	for _, tt := range []placeTest{
		{"Hydrabad", "Hyderabad"},
		{"Lukcnow", "Lucknow"},
		{"Visakapatnam", "Visakhapatnam"},
		{"navimumbai", "Navi Mumbai"},
		{"Patnaa", ""},   // too short
		{"Udaypur", ""},  // too little before the ending
		{"Phenhara", ""}, // like none
		{"Ahmednagarr", "Ahilyanagar"},
		{"Hyderabaaad", ""}, // two slips
	} {
		d := text.Parse(tt.in)
		got := ""
		if names := near(d, 0, len(d.Tokens)); len(names) > 0 {
			got = names[0].city
		}
		if got != tt.want {
			t.Errorf("%q is near %q, want %q", tt.in, got, tt.want)
		}
	}
}

// TestGazetteer wants every city to be found by its own name in its state.
func TestGazetteer(t *testing.T) {
	for _, e := range entries() {
		p := e.place
		if p.city == "" || p.state == "" {
			continue
		}
		got := Standard().Place(p.city + ", " + p.state)
		if string(got.City) != p.city || string(got.State) != p.state {
			t.Errorf("%s in %s is read as %+v", p.city, p.state, got)
		}
	}
}
