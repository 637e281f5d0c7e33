package facts

import (
	"strings"
	"testing"

	"jobsieve/job"
)

// asStated gives the hours that a text names, which is a title after "T: ".
func asStated(s string) string {
	p := job.Posting{Title: "Staff", Description: s}
	if title, ok := strings.CutPrefix(s, "T: "); ok {
		p = job.Posting{Title: title}
	}
	var out []string
	for _, shift := range read(p).Shift {
		out = append(out, string(shift))
	}
	return strings.Join(out, " ")
}

// TestShifts reads each text, separated by bars, as the hours that it names.
func TestShifts(t *testing.T) {
	for want, texts := range map[string]string{
		"night us": `Night shift aligned to EST | Shift 9 pm - 6 am (PST) | Night Shift(US Shift) | 7:30 pm to 4:30 am IST (US Eastern) | US Shift (6:30 PM - 3:30 AM) | US voice process, night shift
			PST shift (9 PM to 6 AM) | US process hai, raat ka kaam | T: Customer Support - Night Shift - US Process`,
		"night uk": `Night shift/UK shift, both side cab`,
		"night": `Candidate must be ready to work in night shifts | नाइट ड्यूटी करनी होगी
			Raat wali shift hai, cab milegi | Shift: Night | Shift Type : Fixed Night
			Job Type: Full Time, Night Shift | Night batch only | Graveyard shift | Overnight duty at the warehouse
			रात में काम करने को तैयार | T: Staff Nurse (Night)
			Nyt duty, chai free | Chowkidar raat ka | Raat bhar toll par baithna padega | रात भर बाग में जागना होगा
			Candidates not willing to work night shifts need not apply | नाईट शिफ्ट में चौकीदार | Night shift supervisor for a mill
			Sleeps in and minds the ward the entire night | Two boys needed for night`,
		"rotational": `Willing to work in shifts | Should be flexible to work in a 24*7 environment
			Duties run on a rotational basis | Nurses are rostered on a rotating basis | Working in rotation, six days
			Rotational shifts. Ticket reply within 2 hours, day or night
			काम पालियों में बारी-बारी से | Shift duty in ICU | Rotating shifts with two rotational offs | Must be flexible with shifts
			Ready for any shift | Shifts are 24x7 | Shifts rotate every week | A/B/C shifts | As per duty roster
			शिफ्ट ड्यूटी | तीन पालियों में कार्य | दो पाली में बारी-बारी से ड्यूटी
			Do shift hain, har 15 din mein badalti hain | Shift me kaam karna hoga
			Duty as per the ward's rota | Shifts will be by rotation | Weekly shift change, cab one side
			Guards rotate through A, B and C shifts | A shift, B shift, C shift ghumegi | Duty roster ke hisab se | A, B and C shift
			A, B, C shift | Shifts: M / E / N | Weekly change of shift
			Ability to work in a 24x7 environment | T: Customer Care Executive (Rotational)`,
		"day evening rotational": `Shift A 6am-2pm / B 2pm-10pm, ghoomti rahegi`,
		"night rotational": `Rotational shifts including night | Shift: Night Shift / Rotational
			Alternate week night shift`,
		"day rotational":       `Female 7 am to 7 pm, male 24x7 shifts`,
		"day night rotational": `Shifts: day & night on rotation | Ek hafta din, ek hafta raat`,
		"day night": `Guards, day/night, mess free | Day & Night shift both available | रात्रि पाली एवं दिवा पाली में ड्यूटी
			नाइट और डे शिफ्ट दोनों | दिन और रात दोनों शिफ्ट`,
		"day evening night": `Morning / Evening / Night shifts | सुबह, शाम और रात की शिफ्ट
			Shift 1: 6 AM - 2 PM, shift 2: 2 PM - 10 PM, shift 3: 10 PM - 6 AM
			0600-1400 hrs, 1400-2200 hrs and 2200-0600 hrs`,
		"day": `General shift only | Day shift (no rotational shift) | Shift: Day | T: Telecaller (Day Shift)
			Din ki shift hai, raat ka kaam nahi | US healthcare clients, day shift`,
		"us": `EST hours | On US Central hours | EST-aligned hours | Your day follows Eastern time
			Work hours: 9-5 Central Time | West Coast hours | Must work US hours | Should work as per EST time zone | 9AM to 6PM EST
			Willing to work in US shifts | Interact with stakeholders in US time zones`,
		"uk":    `Your day mirrors London's | UK ke time pe login | लंदन के समयानुसार काम | UK process timings | European time zone | T: Voice Process UK Shift | EMEA shift`,
		"us uk": `US/UK shift | Hiring, US&UK shifts`,
		"evening uk": `European shift 12 pm to 9 pm | UK process, 2 pm to 11 pm
			1 pm to 10 pm to overlap with London`,
		"day au": `Australia shift (5:30 AM to 2:30 PM) | AEST-aligned hours, 5:30 am to 2:30 pm IST`,
		"": `No night shift | Night shift is not required | Night shift: No | Night Shift - Not required
			You need not work nights | No night or rotational shifts | नाइट शिफ्ट नहीं है | Raat ki duty nahi karni
			No US shift, only Indian timing | Exposure to US taxation preferred | US accounting
			Our US clients love us | US process | T: US Tax Analyst | Give us time | Contact us | Join us!
			We provide 24x7 customer support to our merchants | Replies within 24 hours | 24 घंटे के भीतर जवाब देना
			On-call support may be needed | Rotational week off | 9 hours shift with a break
			Flexible shift timings for students | Willing to shift to Pune | Ability to shift priorities
			Supervise shift operations | Day to day operations | On a day to day basis | 15 days only
			About eighty nights a year | T: Shift Engineer | T: Day Care Teacher | Prepare duty rosters for nurses
			Saturday off on rotational basis | Posts are rotated among branches on rotation basis every three years
			Ten hours a day, six days a week | डॉक्टरों का समय शाम को मिलता है
			Plan B and C of the fund | Expected Notice Period: 15 Days Shift: (GMT+05:30)`,
	} {
		for _, s := range barred(texts) {
			if got := asStated(s); got != want {
				t.Errorf("%q: %q, want %q", s, got, want)
			}
		}
	}
}

// TestClock reads hours of the clock, whose forms stand separated by bars.
func TestClock(t *testing.T) {
	for want, texts := range map[string]string{
		"night": `6.30pm-3.30am | 6:30 PM to 3:30 AM IST | Timing 1830–0330 hrs | 2200 hrs to 0600 hrs
			19:00 hrs – 04:00 hrs | shaam 6 se raat 3 | raat 8 se subah 5 tak | रात 9 बजे से सुबह 6 बजे तक
			6pm IST - 3am IST | 7 pm to 4 | Shift: 3pm-12am | Night shift 9 to 6 | 9-6 night shift
			Dhaba 24 ghante khula, aapki duty raat 9 se subah 6 | दवा की दुकान 24 घंटे खुली, ड्यूटी रात 10 से सुबह 7
			Shift begins 2 AM and ends 10 AM | Report at 2000 hrs, relieved at 0800 hrs | Be there at 3 am and you are done by 11
			रात 1 बजे मंडी जाना और सुबह 8 बजे तक लौटना | The 0000-0400 watch | Nite duty 9 to 6 morning
			Night 10 o clock to morning 6 o clock | Login 9 pm, logout 6 am
			Awake in the ward from 10 pm until the 6 am round | Watch the yard from 9 pm till about 6 am
			raat ki shift 8 se 8 | 4 AM to 1 PM | Shift timings between 5 pm to 4 am, any 9 hours`,
		"evening": `दोपहर 2 से रात 11 | dopahar 1 baje se raat 10 baje | 12 noon to 9 pm | 2:00 PM - 11:00 PM
			Shift timing 1 to 10 | Shift ka time 2 se 10 | between 12 PM and 9 PM | 6 to 10 pm part time
			12:00 to 09:30 PM | Break shift - duty 11 am to 11 pm with 3 hr break | Shop timing for staff 12 noon - 9:30 pm`,
		"day": `Aana 10 baje subah, jana 6 baje sham | सुबह 8 बजे आना और शाम 5 बजे ताला लगाकर जाना | Timing:10.00 am-7.00 pm
			Maid for Baner, 8 to 8, lunch free | Cook needed, 7-9 am batch | Office timing 9 to 6 | 9 to 5 job | Working hours: 10-7 | 9.30 am - 6.30 pm, Monday to Friday
			9 a.m. to 6 p.m. | 0900 hrs to 1800 hrs | 08:00-17:00 | 11 am till 8 pm | सुबह 9 से शाम 6
			साढ़े नौ बजे से साढ़े छह बजे तक | 10 से 6, रविवार अवकाश | सुबह नौ बजे से शाम छह बजे तक
			subah 10 baje se shaam 7 baje tak | Dukan 9 se 7 tak | Timings 10 to 6.30 | 9 to 6 pm | 10:30-7:30
			Mon-Sat 9:30-6:30 | Store hours 10 am to 10 pm; your duty 11 am to 8 pm | Night shift nahi hai, 9 se 6
			from 8 AM until 5 PM | 9 am to 6 pm with lunch 1 pm to 2 pm | Duty 9 am to 6 pm, visitors allowed 4 pm to 6 pm
			10-6.30 pm din me | Duty 9 am to 5 pm. The counter serves the public from 10 am to 3 pm
			Handle calls for customers from 9 am to 6 pm | ड्यूटी सुबह 8 से शाम 5, दुकान 9 बजे तक खुली
			Start at 9 and leave at 6 | Subah 9 baje aana, shaam 6 baje chhutti | Sign in 8 am, sign out 5 pm | ofc tym 10-7
			Tuition 4 to 6 pm daily | समय दोपहर 3 से 5 बजे | From nine thirty until half past five | 8 subah se 6 shaam
			Only local girls. 10-7. Diwali bonus | Duty nine to five | Office 10 am to 7 pm, lunch free
			Store 24x7 khula rehta par aapki shift 8 am to 4 pm | पूर्वाह्न 10 बजे से अपराह्न 5 बजे तक
			You will attend to visitors from 9 am to 6 pm | Help students with doubts from 10 am to 5 pm`,
		"day evening night": `पाली 6-2, 2-10, 10-6`,
		"day evening":       `Pehle 7 se 10 subah, phir 6 se 9:30 sham ko | Morning shift 7-3, evening shift 3 pm - 11 pm | Do shift: 8-2 aur 2-9`,
		"": `Interview timing 10 am to 5 pm | Walk-in between 11 AM and 3 PM at our office
			Call HR between 10 am and 6 pm | Our store is open for customers from 10 am to 10 pm
			Bank opens 10 to 4 for the public | Break 1 pm to 2 pm | Date: 6 June 2026, Time: 08:30 AM - 12:00 PM
			इंटरव्यू सुबह 10 से शाम 4 बजे तक | सुबह 10 से 5 के बीच कागज लेकर आ जाएं
			The registry serves litigants between 10:30 am and 4:30 pm | Showroom public ke liye 10 am se 8 pm
			केंद्र किसानों के लिए सुबह 8 से शाम 6 खुला | पंजीयन कार्यालय नागरिकों के लिए 10 से 5 बजे तक
			Cafe 11 am-11 pm khula, aapka time baad me | Reply within 2 hours, day or night
			Relatives may visit from 4 pm to 9 pm | Readers are admitted from 9 am to 7 pm
			Patients are seen from 10 am to 1 pm and 5 pm to 8 pm | Our members train from 5 am to 11 am
			The museum admits visitors from 9:30 am to 5 pm | ग्राहक सुबह 10 से रात 9 तक आते हैं
			Age 18 to 30, salary 10 to 15 thousand | 8 to 9 hours | 15-20 hours per week | Experience: 10 to 19 years
			कार्यालय समय 10 से 5 में फॉर्म मिलेंगे | Forms can be collected from 11 am to 4 pm | Duty two to three days
			Ratio 6 to 1 of children | Crew of 9 to 6 | Cut from 10 to 7 minutes | Vans reach booths 6 am to 9 am | Shop open 9 to 9
			Surgeon sits 10 am to 1 pm | Call only 10am-6pm | Gym 6 am to 10 pm, free for staff | Children come at 8 and leave at 2 | Bus starts 7 am, back by 11 am
			मिलने के लिए सुबह 11 से दोपहर 2 | Drop your CV at the gate from 9 to 5 | 10 se 6 log chahiye
			Canteen open 8 am to 8 pm | Document verification 10 am to 4 pm | Mon 3-6 | 12 घंटे | Session 2024-2025 | from 10 to 7 days`,
	} {
		for _, s := range barred(texts) {
			if got := asStated(s); got != want {
				t.Errorf("%q: %q, want %q", s, got, want)
			}
		}
	}
}
