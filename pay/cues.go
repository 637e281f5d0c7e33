package pay

import (
	"strings"

	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// cue is a set of things that words near a figure may say about it.
type cue uint32

const (
	cuePay       cue = 1 << iota // names pay: salary, CTC, वेतन
	cueCTC                       // the figure is cost to company
	cueInHand                    // the figure is what is paid out
	cueUpto                      // before a figure: at most
	cueFrom                      // before a figure: at least
	cueUptoAfter                 // after a figure: at most
	cueFromAfter                 // after a figure: at least
	cueNotPay                    // names other money or counts: turnover, loan, bonus
	cueNoun                      // after a figure: it counts these (users, calls, km)
	cuePerk                      // comes with pay: food, room
	cueIncentive                 // incentives
	cueHidden                    // pay is spoken of without a figure
	cueUnpaid                    // the work is not paid
	cueEstimate                  // the figure is the board's guess
	cuePeriod                    // names a period anywhere near
	cuePeriodOf                  // names a period only after "per", "a", "/" and the like
	cuePer                       // "per", "a", प्रति
	cueGiven                     // the figure is what one will get
	cueSoft                      // says nothing, may come between
	cueLump                      // a single sum, of no period
	cuePiece                     // paid by the piece
	cueNoPeriod                  // undoes a word of a period: "day shift"
	cueTo                        // stands between the two sides of a range
)

// cueTable lists the phrases of each cue.
var cueTable = []struct {
	cue    cue
	period job.Period
	words  string
}{
	{cuePay, "", `salary; salaries; sal; package; pkg; pay; pay (scale|range|rate|band|package|out); payout; payroll salary; compensation; compensations; comp; stipend; stipends;
		remuneration; renumeration; emoluments; wage; wages; budget; fixed pay; offered salary; earn; earning; earnings; income; honorarium;
		salary (range|offered|structure|package|budget|bracket|slab); base (salary|pay); starting (salary|pay); fixed; gross; gross salary; rate; pay scale;
		वेतन; वेतनमान; पगार; तनख्वाह; तनख्वा; तनखाह; मानदेय; सैलरी; पैकेज; स्टाइपेंड; मेहनताना; मजदूरी; पारिश्रमिक; कमाई; कमाएं; कमाओ; वजीफा; भुगतान; पेमेंट; हाथ में वेतन; आय; दिहाडी;
		tankhwah; pagar; vetan; maandey; mandey; manday; payment; kamai; kamaye; kamao; majdoori; mazdoori; dihadi; sellery; mehnatana`},
	{cuePay | cueCTC, "", `ctc; c.t.c; cost to company; ctcs; सीटीसी; सी.टी.सी.; fixed ctc; ctc fixed; ctc range`},
	{cuePay | cueInHand, "", `in hand; inhand; in-hand; take home; takehome; th; net salary; net pay; nett; net; take-home; inhands; in hands;
		हाथ में; इन हैंड; इनहैंड; इन हेंड; इनहेंड; टेक होम; haath me; haath mein; hath me; hath mein; haath m; hath m; in hand salary; take home salary`},
	{cueUpto, "", `upto; up to; up-to; uptoo; upt; max; maximum; maximum of; max of; till; below; under; within; not more than; as high as; as much as; at most; can go upto; less than; maximum upto; max upto; max up to;
		अधिकतम; ज्यादा से ज्यादा; zyada se zyada; jyada se jyada`},
	{cueFrom, "", `min; minimum; starting; start; starts; starting from; starts from; start from; from; at least; atleast; above; over; more than; minimum of; begins at; starts at; starting at; start at; not less than;
		न्यूनतम; कम से कम; शुरुआत; शुरुआती; शुरू; प्रारंभिक; kam se kam; shuru; shuruaat; shuruat; starting salary; shuruati; aarambhik`},
	{cueUptoAfter, "", `तक; tak; तक का; tak ka; max; maximum; maximum only; तक की; tak ki; तक के; tak ke`},
	{cueFromAfter, "", `onwards; onward; and above; above; or more; or above; and more; and up; minimum; se start; se shuru; se shuruaat; से शुरू; से शुरुआत; से स्टार्ट; से प्रारंभ; से अधिक; से ज्यादा; से ऊपर; se upar; se zyada; se jyada; se adhik; se above; से शुरु; plus; starting; only start; से आगे; se aage`},
	{cueNotPay, "", `turnover; turn over; revenue; revenues; funding; funded; raised; raise; valuation; valued; valuations; worth; target; targets; loan; loans; ticket size; premium of; insurance premium; premium collection; bonus; bonuses; joining bonus; signing bonus; retention bonus;
		referral; referral bonus; reward; rewards; insurance; mediclaim; medical cover; cover; coverage; fee; fees; deposit; registration; charges; charge; cost of; aum; assets; portfolio; gmv; arr; mrr; prize; prizes; allowance; allowances;
		project value; deal; deals; deal size; order value; invoice; invoices; invested; investment; investments; investors; capital; market cap; business of; sales of; collection of; collections of; budget of; marketing budget; ad budget; ad spend; ad spends; spends; spend; profit; savings; sip; fd;
		penalty; fine of; bond; bond of; service agreement; security; security deposit; subsidy; scheme; yojana; grant; donation; donations; discount; price; priced; cost; rent; reimbursement; reimburse; reimbursed; allowance of; bonus of; commission of; incentive of; incentives of; pf; esi; esic; gratuity; experience of; crore company; mutual fund; credit limit; limit; transaction; transactions; petrol; conveyance; mobile recharge; recharge; shift allowance; overtime; ot; voucher; vouchers; gift;
		टर्नओवर; कारोबार; लोन; ऋण; कर्ज; टारगेट; लक्ष्य; बोनस; बीमा; कवर; फीस; शुल्क; जमानत; जमा; पंजीकरण; निवेश; फंड; फंडिंग; राजस्व; बजट; इनाम; पुरस्कार; भत्ता; जुर्माना; सब्सिडी; योजना; अनुदान; कीमत; किराया; किराए; सिक्योरिटी; डिपॉजिट; रजिस्ट्रेशन; जॉइनिंग बोनस; ज्वाइनिंग बोनस; पूंजी; बिक्री; वसूली; बिल; चंदा; ओवरटाइम; पेट्रोल; मोबाइल रिचार्ज; इंश्योरेंस; दुर्घटना बीमा; रिफरल; बॉन्ड; बांड;
		joining fee; karza; karz; karobar; bima; shulk; jurmana; bhatta; inaam; kiraya; security fees; udhaar; vasooli; wasooli; vasuli; bikri; joining bonas; bonas; kimat; keemat`},
	{cueNoun, "", `users; user; customers; customer; clients; client; employees; people; members; followers; subscribers; downloads; calls; call; platform; km; kms; sq; sqft; sq ft; records; rows; students; learners; stores; outlets; merchants; sellers; partners; words; word; pages; leads; tickets; orders; seats; companies; candidates; farmers; schools; beneficiaries; run; marathon; video; resolution; monitor; daily active; installs; reviews; visitors; views; skus; sku; products; units; vehicles; machines; homes; households; families; projects; bookings; locations; cities; branches; years; year old; yrs; hours; minutes; days; months; seconds; gb; mb; mbps; kg; tons; tonnes; mw; kw; kv; volts; hp; members strong; transactions; documents; files; forms; entries; invoices; bills; accounts; resumes; profiles; readers; patients; beds; drivers; riders;
		ग्राहक; ग्राहकों; लोग; लोगों; किमी; वर्ष; साल; घंटे; मिनट; दिन; शब्द; कॉल; फॉर्म; फाइल; फाइलें; बिल; छात्र; छात्रों; मरीज; मरीजों; किसान; किसानों; परिवार; परिवारों; गांव; गांवों; सदस्य; दुकान; दुकानों; रिकॉर्ड; एंट्री; पेज;
		log; logo; logon; grahak; customers ko; din; shabd; saal; kilometer; parivar; kisan; dukan; dukaan; mareez; bachche; entry; form; minute; dial; dials`},
	{cuePerk, "", `khana; rahna; food; accommodation; accomodation; room; lodging; boarding; pf; esi; esic; meals; meal; cab; petrol; mobile; medical; travel; ta; da; ta da; conveyance; bonus; commission; variable; overtime; insurance; perks; benefits; allowances; allowance; hostel; stay; bus; tip; tips;
		खाना; रहना; भोजन; आवास; पीएफ; ईएसआई; कमीशन; पेट्रोल; बोनस; भत्ता; ओवरटाइम; रूम; मोबाइल; टीए; किराया; रहने; खाने; बीमा; कैब; commision; comission; rehne; rahne; khane; nashta; chai`},
	{cueIncentive, "", `incentive; incentives; incen; incent; incentivs; insentive; insentiv; incentiv; unlimited incentive; inc; इंसेंटिव; प्रोत्साहन राशि; performance bonus; perf bonus; performance incentive`},
	{cueHidden, "", `not disclosed; undisclosed; confidential; competitive (salary|pay|compensation|package|remuneration|stipend); (salary|pay|compensation|package|remuneration|stipend|ctc|wages) ..2 (competitive|negotiable|attractive|confidential|undisclosed); (best|attractive|good|handsome|lucrative|excellent|decent|industry best|highly competitive|competitive|great) (salary|pay|compensation|package|remuneration|stipend|ctc|salaries);
		as per (market|industry|company|the company|govt|government) (standards|standard|norms|norm|rules); at par with (industry|market) (standards|standard); as per (industry|market); best in (industry|the industry|class|the market); (salary|ctc|package|compensation|pay|stipend|remuneration) ..2 (as per|based on|depends on|depending on|commensurate|no bar|no constraint|not a constraint|will be discussed|to be discussed|per interview|in interview); commensurate with experience; no bar for (right|deserving|good); hike on current; hike on (last|previous|present|existing);
		salary no bar; as per (experience|interview|skills|qualification|candidate|last drawn); open for discussion;
		योग्यतानुसार; योग्यता अनुसार; योग्यता के अनुसार; अनुभव के अनुसार; अनुभव अनुसार; आकर्षक वेतन; आकर्षक सैलरी; वेतन आकर्षक; अच्छा वेतन; अच्छी सैलरी; वेतन ..2 अनुसार; सैलरी ..2 अनुसार; नियमानुसार; नियम अनुसार; इंटरव्यू के अनुसार; इंटरव्यू में; वेतन ..2 तय; सैलरी ..2 तय; मानदेय ..2 अनुसार; मानदेय ..2 नियमानुसार; उचित वेतन; वेतन बातचीत;
		(salary|tankhwah|pagar|vetan|package|payment|stipend) ..3 (achhi|achha|badhiya|hisab|hisaab|anusar|interview|decide|baad|tay); (achhi|achha|badhiya) (salary|tankhwah|pagar|vetan|package); yogyata anusar; experience ke hisab`},
	{cueUnpaid, "", `unpaid (internship|intern|role|position|work|job|opportunity|volunteer|training|only|basis|post|traineeship); no (stipend|salary|pay|remuneration); without (pay|salary|stipend|remuneration); (internship|position|role|job|post|work) is unpaid; (internship|position|role) (unpaid); is an unpaid; (stipend|salary|pay) (unpaid|nil|none|zero); non paid; nonpaid; non stipendiary; pro bono; voluntary basis; volunteer basis;
		अवैतनिक; बिना वेतन; वेतन नहीं; मानदेय नहीं; स्टाइपेंड नहीं; नि:शुल्क सेवा; स्वयंसेवा;
		bina (salary|tankhwah|pagar|vetan|stipend|paise); (salary|tankhwah|pagar|vetan|stipend) nahi (milegi|milega|hai|hogi|hoga|di|diya); (salary|tankhwah|stipend) nahi; avaitanik; unpaid hai; paise nahi milenge`},
	{cueEstimate, "", `avg; average; estimated; estimate; est; approx estimate; औसत`},
	{cuePeriod, job.PerMonth, `per month; per mth; per mnth; a month; each month; every month; monthly; pm; p.m; pcm; month; mth; mnth; permonth; p/m; p month; monthly basis; in a month;
		प्रति माह; प्रतिमाह; माह; महीना; महीने; मासिक; माहवार; महीने के; महीने का; महीने की; हर महीने; हर माह; प्र.मा; प्र माह; महीनें; महिना; महिने; प्रति महीना; मंथली; पर मंथ; एक महीने;
		mahina; mahwar; maahwar; maah; prati maah; prati mahina; pratimah; har mahina; masik; maasik; mahina ka; mahina ke; mahina ki`},
	{cuePeriod, job.PerYear, `per annum; per anum; perannum; annum; per year; a year; yearly; annually; annual; p.a; pa; lpa pa; per yr; p annum; anum; each year; annualy;
		सालाना; वार्षिक; प्रति वर्ष; प्रतिवर्ष; प्रति साल; सालाना का; साल का; साल के; साल की; सालभर;
		saalana; saal ka; saal ke; saal ki; varshik; prati varsh; prativarsh; warshik; per saal; har saal; yearly basis`},
	{cuePeriod, job.PerDay, `per day; a day; daily; daily wage; daily wages; per diem; perday; day rate; p.d.; each day; every day; everyday;
		रोज; रोजाना; प्रतिदिन; प्रति दिन; दिहाडी; दैनिक; हर दिन; हर रोज; एक दिन के; एक दिन का; दिन के; दिन का; दिन की;
		roz; dihadi; prati din; pratidin; per din; din ke; din ka; din ki; har din; har roz; dainik; roz ka; roz ke; roz ki`},
	{cuePeriod, job.PerWeek, `per week; a week; weekly; each week; every week; per wk; perweek;
		हफ्ते के; हफ्ते का; हफ्ते की; प्रति हफ्ता; प्रति हफ्ते; प्रति सप्ताह; साप्ताहिक; हर हफ्ते; हफ्तावार; सप्ताह के; सप्ताह का; हफ्ता; हफ्ते; हर सप्ताह; एक हफ्ते;
		hafta; hafta ke; hafta ka; hafta ki; har hafta; prati hafta; saptahik; weekly basis; per hafta`},
	{cuePeriod, job.PerHour, `per hour; an hour; a hour; hourly; per hr; hrly; each hour; every hour; perhour; per hrs; hourly rate;
		प्रति घंटा; प्रति घंटे; प्रतिघंटा; घंटा; घंटे के; घंटे का; घंटे की; हर घंटे; घंटेवार; एक घंटे के; एक घंटे का;
		ghanta; ghanta ka; ghanta ke; ghanta ki; prati ghanta; per ghanta; har ghanta; ek ghanta`},
	{cuePeriodOf, job.PerMonth, `month; months; mth; mo; m; mnth; माह; महीना; महीने; mahina; maah; mon`},
	{cuePeriodOf, job.PerYear, `year; yr; annum; anum; y; साल; वर्ष; saal; varsh; years; yrs`},
	{cuePeriodOf, job.PerDay, `day; d; दिन; din; roz; रोज; days`},
	{cuePeriodOf, job.PerWeek, `week; wk; w; हफ्ता; हफ्ते; सप्ताह; hafta; weeks`},
	{cuePeriodOf, job.PerHour, `hour; hr; h; hrs; घंटा; घंटे; ghanta; hours`},
	{cuePer, "", `per; a; an; each; every; प्रति; हर; har; prati; ek; एक; par; पर`},
	{cueGiven | cueSoft, "", `मिलेगा; मिलेगी; मिलेंगे; milega; milegi; milenge; milte hai; milta hai; दिए जाएंगे; दिया जाएगा; दी जाएगी; diye jayenge; nakad; नकद; denge; देंगे`},
	{cueSoft, "", `of; is; are; the; be; will; would; around; approx; approximately; about; nearly; upward; range; ranges; ranging; between; scale; offered; offering; offer; structure; hai; h; hain; ka; ki; ke; का; की; के; है; हैं; होगा; होगी; रहेगा; रहेगी; rahegi; rahega; hoga; hogi; in; inr; rs; rupees; और; aur; for; at; and; to; your; yours; our; monthly; total; you; can; get; slab; bracket; up; करीब; लगभग; lagbhag; kareeb; karib; तो; bhi; भी; on; roll; offers; with; salaried; rupaye; rupay; rupe; paise; only; निश्चित; nishchit; fix; fixed; decent; good; best; attractive; amount; देय; दिया; जाएगा; diya; jayega; di; jayegi; दी; जाएगी; approx.; negotiable; starting; रुपए; रु; रू; रुपया; expected; base; cash; component; details; detail; info; information; details.; upto; guaranteed; assured; कुल; kul; straight; seedha; सीधे; सीधा; पूरे; pure; poore; poori; puri; flat; aapki; aapka; apni; apki; आपका; आपकी`},
	{cueTo, "", `to; se; से; upto; up to; till; से लेकर; se lekar; se le kar; se leke; to max; se max`},
	{cueLump, "", `lump sum; lumpsum; one time; एकमुश्त; ek musht`},
	{cuePiece, "", `per project; per article; per word; per file; per form; per entry; per page; per lead; per sale; per call; per video; per case; per content; per blog; per assignment; per delivery; per parcel; per order; per trip; per interview; per task; per class; per session; per student; per visit; per patient; per shift; per batch; per lecture; per survey; per record; per minute; per image; per closure; per joining; per candidate; per selection; per piece; per unit; per kg; per km;
		प्रति लेख; प्रति फॉर्म; प्रति फाइल; प्रति शब्द; प्रति पेज; प्रति कॉल; प्रति डिलीवरी; प्रति ऑर्डर; प्रति क्लास; प्रति एंट्री; प्रति केस; प्रति विजिट; प्रति सर्वे; हर लेख; हर फाइल; हर ऑर्डर; हर डिलीवरी; हर लोन; हर सेल; हर केस; हर फॉर्म;
		har file; har form; har lead; har sale; har order; har delivery; har loan; har case; har entry; har article; har call; har page; har joining; per parcel; har survey; har visit; har parcel`},
	{cueNoPeriod, "", `day shift; day shifts; day process; day job; days working; days week; दिन की शिफ्ट; day rotational; day off; hr recruiter; hr executive; hr manager; hr round; hr team; month duration; months duration; month internship; months internship; month training; months training; month contract; months contract; month probation; months experience; month experience; year experience; years experience; year old; week off; week offs; weekly off; weekly offs; weekly holiday; month notice; months notice; साल का अनुभव; साल के अनुभव; महीने का अनुभव; माह का अनुभव; saal ka anubhav; saal ka experience; mahina ka anubhav; mahina ka experience; din ki shift; din ki training; दिन की ट्रेनिंग; माह की ट्रेनिंग; महीने की ट्रेनिंग; mahina ki training; हफ्ते की ट्रेनिंग; hafta ki training; roz ki call; घंटे की शिफ्ट; ghanta ki shift; ghanta shift; daily calls; daily call; daily target; roz call; hr sonal`},
}

// cues is the table, ready to be found in a text.
var cues = newCueSet()

type cueSet struct {
	phrases *phrase.Set
}

func newCueSet() *cueSet {
	s := &cueSet{phrase.NewSet()}
	for i, row := range cueTable {
		for _, pattern := range strings.Split(row.words, ";") {
			s.phrases.MustAdd(strings.TrimSpace(pattern), i)
		}
	}
	return s
}

// sign is one cue in a text: tokens first up to but not including end.
type sign struct {
	cue        cue
	period     job.Period
	first, end int
}

// find gives the cues of a text, in the order of their first tokens.
func (s *cueSet) find(d *text.Doc) (signs []sign) {
	s.phrases.Visit(d, func(found []phrase.Found) {
		signs = make([]sign, len(found))
		for i, f := range found {
			signs[i] = sign{cueTable[f.Value].cue, cueTable[f.Value].period, f.First, f.End}
		}
	})
	return signs
}
