package facts

import (
	"strings"
	"testing"

	"jobsieve/job"
)

// TestMode reads each text, separated by bars, as where its work is done. Titles
// and locations are marked.
func TestMode(t *testing.T) {
	for want, texts := range map[string]string{
		"remote": `This is a work from home job | 100% remote | Fully remote position | Remote (India)
			Job location: Remote | WFH | Job Type: Full-time, Remote | Role is remote
			You can work remotely from anywhere | We are a remote-first team | Work from the comfort of your home
			Earn from home | Home-based customer support | Part time job from home | घर बैठे टाइपिंग
			वर्क फ्रॉम होम जॉब | Ghar se kaam kare mobile se | घर से पार्ट टाइम काम
			WFH only for candidates in Mumbai | Work from home for all agents | काम रिमोट है | पूरी तरह रिमोट
			Mon-Fri WFH | Monday to Friday WFH | From home, laptop own | Online teaching from home | Office aane ki zarurat nahi | Remote freelance
			ऑफिस आने की जरूरत नहीं | घर पर बैठकर काम | You never have to come to the office | T: Data Entry Operator Online/Home Based | T: Remote Customer Support Executive
			T: Video Editor - Remote - Part Time | L: Remote, India | L: Work from home, Delhi | L: घर से`,
		"onsite": `Strictly WFO, no WFH | In-office role, five days a week | Work mode: Onsite | (On-site)
			Work Location: In person | 5 days from office | Work from our Gurgaon office
			You must come to office daily | Work at client site in Pune | Telephonic interview, then work from office
			No remote option | WFH is not allowed | Not remote | We do not offer remote work
			This is not a work from home job | रोज़ दफ़्तर आना होगा | वर्क फ्रॉम होम की सुविधा नहीं है
			घर से काम नहीं कर सकते | WFH nahi milega | Office mein baith kar kaam | T: Telecaller - WFO
			Counsellors work from office; hybrid is allowed for senior managers only
			Everyone is WFO, only the team leads get WFH | WFO for agents; WFH only for supervisors
			sab log WFO, WFH sirf manager ko milta hai | ऑफिस से काम, घर से काम सिर्फ सीनियर के लिए
			Office based role. Only consultants may work from home. | daily ofc aana padega | 5 days ofc
			काम दफ्तर से ही करना होगा | काम ऑनसाइट रहेगा | होटल में ही काम (ऑनसाइट) | डब्ल्यूएफओ | Remote not possible
			On-site at Jebel Ali. | Onsite at our Hosur plant | रिमोट नहीं | You will attend office six days
			Those seeking WFH need not apply | WFH ke liye call na kare | L: Noida (WFO) | L: Pune, Maharashtra, India (On-site)`,
		"hybrid": `One week in the studio, the following week at home | Training ke baad ghar se calling
			Hybrid working, 3 days in office | 3 days office, 2 days home
			First month in office, then work from home | WFH/WFO | Work from office 3 days a week
			4 days in office and 1 day from home | Work from home or office, your choice
			Office on Mondays and Thursdays, home otherwise | 1st and 3rd Saturday work from home
			Currently WFH, later office in Pune | Work Mode: Hybrid Basic Qualifications | This is a hybrid role
			Partial work from home | Twice a week in office, rest remote | हफ्ते में दो दिन घर से, बाकी ऑफिस
			hybrid 3 days ofc rest home | Hybrid 3 days a week from our Pune centre | Hybrid for all employees
			hybrid 3:2. 40 positions | Hybrid 3+2 | हाइब्रिड 2-3 दिन | hybrid me kaam
			हाइब्रिड मोड में काम | काम हाइब्रिड रहेगा, 3 दिन ऑफिस | (हाइब्रिड) | Fridays from home | 2 days/week WFO
			First 15 days at office later work from home | Mostly home, office once a month | Hybrid from Coimbatore
			Mon-Wed office, Thu-Fri home | Remote with one office day per week | Kabhi office kabhi ghar se
			Six months from office and afterwards from home | WFO thrice a week | Wed & Fri WFH, rest office | पहले तीन महीने ऑफिस, फिर घर से | office teen din, ghar do din
			Pehle mahine office, phir ghar se | T: Python Developer (Hybrid) | L: Hybrid - Pune`,
		"": `We offer work-from-home options | Some roles may be remote
			Remote work is possible for exceptional candidates
			For certain roles, such as those based at our hubs, employees are expected to be in-office all the time
			Give remote support to clients | Provide technical support remotely to users | Field work in remote areas
			Remote desktop | Remote testing of branch activities | Experience working with remote teams
			Remotely monitor servers | Control it by remote | Hybrid cloud | Hybrid seeds
			Hybrid 10:26:26 fertiliser | Hybrid 2-3 wheelers | hybrid 3:2 seed mix
			दूरस्थ (remote) गाँवों का दौरा | Interior (remote) villages | रिमोट (दूरस्थ) विद्यालय
			हाइब्रिड गेंदा और गुलाब की नर्सरी में माली | हाइब्रिड बीज की बिक्री | Hybrid tea roses to be pruned daily
			टीवी रिमोट ठीक करना | रिमोट इलाके में तैनाती | ऑनसाइट विजिट करनी होगी
			Prompt engineering, ensemble methods, or hybrid approaches | Onsite coordinator | Onsite/offshore model
			Onsite opportunity in USA after one year | On-site visits to client plants | On-site cafeteria
			You will meet customers in person | Interview in person at our office | Virtual interview
			Home loan sales | Home delivery | Pickup from home and drop | Staff bus from home to office
			Back office work | Office assistant | Customer ke ghar se documents lena | Ghar se lana aur chhodna
			Collect it from our office | Supplies to remote posts | On-site first aid | On-site at customer plants you mend pumps | Some WFH on request
			Office me safai ka kaam | घर से लाने-छोड़ने की सुविधा | T: Remote Support Engineer
			T: Remote Sensing Analyst | T: On-site IT Support`,
	} {
		for _, s := range barred(texts) {
			p := job.Posting{Title: "Staff"}
			if title, ok := strings.CutPrefix(s, "T: "); ok {
				p.Title = title
			} else if location, ok := strings.CutPrefix(s, "L: "); ok {
				p.Location = location
			} else {
				p.Description = s
			}
			if got := read(p).Mode; string(got) != want {
				t.Errorf("%q: %q, want %q", s, got, want)
			}
		}
	}
}
