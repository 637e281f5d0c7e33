package facts

import (
	"strings"

	"jobsieve/job"
	"jobsieve/text"
)

// educationWords name levels of education. The value "preferred" marks words
// that make a level a wish, "taught" words that make it something else.
var educationWords = func() *text.Lexicon[string] {
	l := text.NewLexicon[string]()
	add := func(e job.Education, patterns string) { l.MustAdd(string(e), patterns) }
	add(job.EducationNone, `no (qualification|education|degree) (required|needed|necessary); education no bar; qualification no bar; uneducated; illiterate; without education; any qualification;
		पढ़ाई जरूरी नहीं; पढ़ाई की जरूरत नहीं; पढ़ा लिखा होना जरूरी नहीं; अनपढ़; शिक्षा की आवश्यकता नहीं; शिक्षा अनिवार्य नहीं; पढ़ाई लिखाई जरूरी नहीं; पढ़े लिखे होना जरूरी नहीं; शिक्षा जरूरी नहीं; पढ़ाई की बाध्यता नहीं; पढ़ाई नहीं मांगते; पढ़ाई की शर्त नहीं; पढ़ाई कोई भी;
		padhai zaroori nahi; padhai ki zaroorat nahi; padhai likhai zaroori nahi; padha likha hona zaroori nahi; anpadh; padhai ki koi shart nahi; padhai koi bhi; padhai nahi; padhai no bar; padhe likhe hona zaroori nahi`)
	add(job.Education8th, `8th; 8th (pass|class|standard|std); eighth; class 8; class viii; viii pass; 8 pass; 5th pass; 5th; 7th pass; 6th pass; 9th pass; middle pass;
		8वीं; आठवीं; 8वी; आठवी; कक्षा 8; 5वीं; पांचवीं; 7वीं; 9वीं; 8 वीं; मिडिल पास; आठवीं पास; 8 पास; 8vi; 8vi pass; aathvi; athvi; aathvi pass; 5vi; 8 vi; 9vi`)
	add(job.Education10th, `10th; 10th (pass|class|standard|std); tenth; class 10; class x; x pass; matric; matriculate; matriculation; ssc pass; sslc; ssc; high school pass; high school; 10 pass;
		10वीं; दसवीं; 10वी; दसवी; कक्षा 10; 10 वीं; हाईस्कूल; हाई स्कूल; मैट्रिक; मैट्रिक पास; मैट्रिकुलेट; 10 पास; 10vi; 10 vi; dasvi; dasvin; daswi; dasvi pass; 10vi pass; metric pass; matric pass; 10वीं पास`)
	add(job.Education12th, `12th; 12th (pass|class|standard|std); twelfth; class 12; class xii; xii; xii pass; hsc; hsc pass; intermediate; inter pass; higher secondary; plus two; 10+2; puc; undergraduate; undergraduates; under graduate; under graduates; undergrad; undergrads; senior secondary; 12 pass; ug pursuing; school pass out; 12th passout;
		12वीं; बारहवीं; 12वी; बारहवी; कक्षा 12; 12 वीं; इंटर; इंटरमीडिएट; इंटर पास; इंटरमिडिएट; हायर सेकेंडरी; 12 पास; 12vi; 12 vi; barahvi; barahvin; baarahvi; barvi; baravi; barahwi; 12vi pass; inter pass; सीनियर सेकेंडरी`)
	add(job.EducationDiploma, `diploma; iti; i.t.i; polytechnic; dca; pgdca; adca; ccc certificate; d.el.ed; diploma holder; diploma in engineering; hotel management diploma; anm; a.n.m;
		डिप्लोमा; आईटीआई; आईटीआइ; आइटीआई; पालिटेक्निक; पॉलिटेक्निक; डीसीए; पीजीडीसीए; एडीसीए; एएनएम; iti pass; ट्रेड सर्टिफिकेट`)
	add(job.EducationGraduate, `graduate; graduates; graduation; any graduate; bachelor; bachelors; bachelors degree; any degree; any stream graduate; degree holder; degree; ug; any ug; college degree; graduate any; grad; grads; undergraduate degree; university degree; final year students; any grad; graduate in any; full time degree; graduated;
		स्नातक; ग्रेजुएट; ग्रेजुएशन; बीए; बी.ए; कोई भी स्नातक; किसी भी विषय से स्नातक; कोई भी डिग्री; graduation; graduate pass; snatak; graduate hona; किसी भी विषय में स्नातक; डिग्री`)
	add(job.EducationDegree, `b.com; bcom; b.com.; bca; b.c.a; b.tech; btech; b.e; b.e.; be; b.sc; bsc; bba; b.b.a; bbm; bms; b.ed; bed; b.des; b.arch; bhm; bsw; b.lib; b.voc; bachelor in; bachelors in; bachelor of; bachelors of; bachelors degree in; bachelor degree in; degree in; engineering degree; engineering graduate; engineering graduates; graduate engineer; commerce graduate; commerce graduates; science graduate; science graduates; graduate in (commerce|engineering|computer|science|statistics|economics|mathematics|finance|accounting|english|pharmacy); life science graduate; life science graduates; arts graduate; hotel management; bjmc; b.a. (english|hindi|economics|journalism|in); b.a. english; b.a hindi; ba english; ba hindi; b tech; b com; b sc; bachelors in engineering; graduation in (commerce|engineering|computer|science|statistics|economics|hotel);
		बीकॉम; बी.कॉम; बी.काम; बीसीए; बी.सी.ए; बीटेक; बी.टेक; बीई; बी.ई; बीएससी; बी.एससी; बी.एस.सी; बीबीए; बी.बी.ए; बीएड; बी.एड; बी.एड.; इंजीनियरिंग; इंजीनियरिंग डिग्री; बीएसडब्ल्यू; बी.एस.डब्ल्यू; वाणिज्य स्नातक; कॉमर्स ग्रेजुएट; विज्ञान स्नातक; होटल मैनेजमेंट; बी.लिब; पत्रकारिता में स्नातक; bcom pass; पत्रकारिता की डिग्री; सिविल डिग्री; स्नातक कृषि; कृषि स्नातक; हिंदी से स्नातक; हिंदी में स्नातक; b.a. hindi`)
	add(job.EducationPostgraduate, `mba; m.b.a; m.com; mcom; mca; m.c.a; m.sc; msc; m.tech; mtech; m.e.; ma; m.a; m.a.; pg; pgdm; pgdbm; post graduate; postgraduate; post graduates; postgraduates; post graduation; postgraduation; masters; master; masters degree; master degree; masters in; master of; msw; m.phil; mphil; m.pharm; mpharm; m.pharma; mph; pgp; m.ed; m.stat; mha; mpt; m tech; m com; m sc; advanced degree; higher degree; m.lib; ms degree; m.s.;
		एमबीए; एम.बी.ए; एमकॉम; एम.कॉम; एमसीए; एम.सी.ए; एमएससी; एम.एससी; एम.एस.सी; एमटेक; एम.टेक; एमए; एम.ए; स्नातकोत्तर; परास्नातक; पोस्ट ग्रेजुएट; पीजी; एमएसडब्ल्यू; एम.एस.डब्ल्यू; पोस्टग्रेजुएट; पोस्ट ग्रेजुएशन; एम.फार्मा; एम.फार्म; एम.स्टैट; मास्टर डिग्री; snatakottar`)
	add(job.EducationProfessional, `ca; c.a; c.a.; chartered accountant; ca inter; ca intermediate; qualified ca; semi qualified ca; cma; icwa; cs; c.s; company secretary; cfa; frm; acca; cpa; llb; l.l.b; ll.b; llm; ll.m; law degree; law graduate; law graduates; degree in law; ba llb; mbbs; m.b.b.s; md; bds; b.d.s; bams; b.a.m.s; bhms; bums; gnm; g.n.m; बी.एससी नर्सिंग; बी.एससी. नर्सिंग; बीएससी नर्सिंग; बी एससी नर्सिंग; बी.एस.सी. नर्सिंग; bsc. nursing; b.sc in nursing; bsc in nursing; b.sc nursing; bsc nursing; b.sc. nursing; nursing degree; nursing; registered nurse; rn; b.pharm; b.pharma; bpharm; d.pharm; d.pharma; dpharm; dpharma; pharmacy; pharm d; pharm.d; pharmd; bpt; b.p.t; dmlt; d.m.l.t; bmlt; b.m.l.t; actuarial; bachelor of pharmacy; physiotherapy degree; optometry; radiology; dnb; cisa; bachelor of law; graduate in law; post qualified ca; inter ca; ca article; m.b.b.s.; bachelor of physiotherapy; bvsc; advocate;
		सीए; सी.ए; चार्टर्ड अकाउंटेंट; चार्टर्ड एकाउंटेंट; सीएमए; सीएस; कंपनी सेक्रेटरी; एलएलबी; एल.एल.बी; एलएलएम; एमबीबीएस; एम.बी.बी.एस; बीडीएस; बी.डी.एस; बीएएमएस; बी.ए.एम.एस; बीएचएमएस; जीएनएम; जी.एन.एम; बीएससी नर्सिंग; बी.एससी नर्सिंग; बी.एससी. नर्सिंग; नर्सिंग; डी.फार्मा; डी फार्मा; डीफार्मा; बी.फार्मा; बी फार्मा; बीफार्मा; फार्मेसी; डीएमएलटी; डी.एम.एल.टी; बीएमएलटी; बी.एम.एल.टी; बीपीटी; बी.पी.टी; डी.फार्म; बी.फार्म; एमडी; सीएफए; विधि स्नातक; ला ग्रेजुएट; सीए इंटर; एक्चुरियल`)
	add(job.EducationDoctorate, `phd; ph.d; ph.d.; doctorate; doctoral; d.phil; पीएचडी; पी.एचडी; पी.एच.डी; डाक्टरेट`)
	l.MustAdd("preferred", `preferred; preferable; preferably; preference; desirable; advantage; added advantage; plus; a plus; bonus; nice to have; good to have; ideally; would be; an asset; वरीयता; प्राथमिकता; तरजीह; हो तो अच्छा; हो तो बेहतर; हो तो और अच्छा; को वरीयता; को प्राथमिकता; hoga to achha; ho to achha; ho to badhiya; ho to behtar; ko preference; prathmikta; variyata; ho toh achha; walo ko pehle; ho to aur; हो तो ठीक; हो तो बढ़िया; extra`)
	l.MustAdd("demand", `education; qualification; qualifications; educational; eligibility; qualified; must; required; requirement; requirements; pass; passed; passout; pass out; minimum; degree in; holder; holders; शिक्षा; योग्यता; पास; उत्तीर्ण; अनिवार्य; जरूरी; न्यूनतम; शैक्षणिक; डिग्री; धारक; किया हो; की हो; padhai; yogyata; zaroori; kiya ho; ki ho; honi chahiye; chalega; chalegi; apply; can apply; चलेगा; चलेगी; चलेंगे; मान्य; हो; वाले; wale; walo; candidates; students; freshers; fresher; any; background; stream; complete; completed; equivalent; or; या; ya; above; and above; bhi; भी; hona; होना; चाहिए; chahiye; only; सिर्फ; degree; in; with`)
	return l
}()

// ambiguous are short words that mean a level only beside a word of demand.
var ambiguousEducation = map[string]bool{
	"ca": true, "cs": true, "ma": true, "be": true, "pg": true, "rn": true, "md": true, "ug": true, "xii": true, "master": true, "cpa": true, "inter": true, "इंटर": true, "nursing": true, "नर्सिंग": true,
	"10th": true, "8th": true, "12th": true, "5th": true, "degree": true, "graduation": true, "radiology": true, "इंजीनियरिंग": true, "pharmacy": true, "hotel management": true, "masters": true, "ssc": true, "+2": true,
}

// education reads the lowest level that is enough, from the description, else
// the title, else the skills.
func (r *reader) education() job.Opt {
	for _, f := range []job.Field{job.FieldDescription, job.FieldTitle, job.FieldSkills} {
		if e := r.educationIn(f); e != "" {
			return job.Opt(e)
		}
	}
	return ""
}

func (r *reader) educationIn(f job.Field) job.Education {
	d := r.docs(f)
	hits := educationWords.Hits(d)
	best, at := len(job.EducationLevels), -1
	for i, h := range hits {
		level := levelOf(h.Value)
		if level < 0 || level >= best || wished(d, hits, i) || ambiguous(d, hits, i) || studentOf(d, h) {
			continue
		}
		best, at = level, i
	}
	if at < 0 {
		return ""
	}
	e := job.EducationLevels[best]
	r.note("education", string(e), f, hits[at].First, hits[at].End)
	return e
}

func levelOf(value string) int {
	for i, e := range job.EducationLevels {
		if string(e) == value {
			return i
		}
	}
	return -1
}

// wished reports a level that is only preferred: such a word stands in the
// same clause and no other level does between.
func wished(d *text.Doc, hits []text.Hit[string], i int) bool {
	for j := i + 1; j < len(hits) && hits[j].First-hits[i].End < 7 && clause(d, hits[i].End, hits[j].First); j++ {
		if hits[j].Value == "preferred" {
			return true
		}
	}
	if j := i - 1; j >= 0 && hits[j].Value == "preferred" && hits[i].First-hits[j].End < 2 && clause(d, hits[j].End, hits[i].First) {
		return true
	}
	return false
}

// clause reports that no sentence end or comma stands among tokens i to j.
func clause(d *text.Doc, i, j int) bool {
	for ; i < j; i++ {
		if d.Stop(i) || d.Is(i, ",") {
			return false
		}
	}
	return true
}

// ambiguous reports a short word without a word of demand or another level
// beside it.
func ambiguous(d *text.Doc, hits []text.Hit[string], i int) bool {
	h := hits[i]
	if !ambiguousEducation[phrase(d, h.First, h.End)] {
		return false
	}
	const beside = 2
	for _, o := range text.Near(hits, h.First-beside-1, h.End+beside+1) {
		if o != h && o.Value != "preferred" && d.Unbroken(min(h.End, o.End), max(h.First, o.First)) {
			return false
		}
	}
	return true
}

// phrase gives the normal form of tokens i to j.
func phrase(d *text.Doc, i, j int) string {
	s := ""
	for ; i < j; i++ {
		if d.Tokens[i].Kind == text.Symbol && !d.Is(i, "+") {
			continue
		}
		if s != "" && d.Tokens[i].Kind == text.Word && d.Tokens[i].Glued && d.Tokens[i-1].Kind == text.Number {
			s += d.Tokens[i].Norm
			continue
		}
		if s != "" && s != "+" {
			s += " "
		}
		s += d.Tokens[i].Norm
	}
	return s
}

// studentOf reports levels that the work is for, not asked of the applicant:
// "students of class 10", "12th grade maths".
func studentOf(d *text.Doc, h text.Hit[string]) bool {
	for _, w := range []string{"students", "student", "classes", "grade", "grades", "board", "syllabus", "floor", "छात्रों", "छात्र", "बच्चों", "बच्चो", "bachcho", "bacchon", "bachon", "bachche", "तक के", "के", "ke", "of"} {
		if d.Is(h.End, w) && !(w == "students" && d.Is(h.End+1, "can")) {
			return true
		}
	}
	if h.End-h.First <= 2 && months[next(d, h.End)] {
		return true
	}
	return d.Is(h.First-1, "students") || d.Is(h.First-1, "to") || d.Is(h.End, "-") && d.IsKind(h.End+1, text.Number)
}

// months tell that an ordinal is a day: "12th June".
var months = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec") {
		m[w] = true
	}
	return m
}()
