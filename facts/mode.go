package facts

import (
	"jobsieve/job"
	"jobsieve/text"
)

var modeWords = func() *text.Lexicon[job.Mode] {
	l := text.NewLexicon[job.Mode]()
	l.MustAdd(job.ModeRemote, `remote; remotely; fully remote; work from home; wfh; work at home; home based; work from anywhere; telecommute; 100 remote; virtual job; work online from home; permanent wfh;
		वर्क फ्राम होम; घर बैठे; घर से काम; रिमोट; घर से ही; डब्ल्यूएफएच; वर्कफ्राम होम; घर से करना; पूरा काम घर से; घर पर ही; घर से कर; घर पर काम;
		ghar baithe; ghar se kaam; ghar se hi; ghar par kaam; kaam ghar se; ghar se karna; ghar se; ghar baith`)
	l.MustAdd(job.ModeHybrid, `hybrid; hybrid (mode|model|working|work); partly remote; partially remote; 2 days wfo; 3 days wfo; 2 days in office; 3 days in office; 2 days work from home; two days from home; two days a week from home; three days in office; wfo and wfh; days from home; days wfh; days in the office; din ghar se; din office; दिन घर से; दिन आफिस; हाइब्रिड; hybrid mode; दो दिन घर; baaki ghar se; baki ghar se; बाकी घर से`)
	l.MustAdd(job.ModeOnsite, `work from office; wfo; in office; on site; onsite; office based; from our office; from the office; at our office; in person; no wfh; not remote; no work from home; wfh not available; not a remote; 5 days office; office job; work on site; on premises; on premise; wfh is not; no remote; from office; on-site only; strictly office; reporting to office; come to office; in-office; not wfh; work from home is not; work from home not; remote not; wfh not;
		आफिस आना होगा; आफिस आकर; आफिस आना; कार्यालय आना; आफिस से काम; वर्क फ्राम आफिस; वर्क फ्राम होम नहीं; घर से काम नहीं; आफिस में बैठकर; कार्यालय में बैठकर; परिसर में उपस्थित; आफिस में रहकर; आफिस में ही; घर से नहीं; रोज आफिस; घर बैठे नहीं; कार्यालय में उपस्थित; आफिस में आकर; आफिस आना जरूरी; आफिस में बैठ; केवल आफिस; आफिस से ही; कार्यालय आकर; आफिस आना पड़ेगा; रिमोट नहीं; रिमोट की सुविधा नहीं; वर्क फ्राम होम की सुविधा नहीं; वर्क फ्राम होम उपलब्ध नहीं; वर्क फ्राम होम बिल्कुल नहीं;
		office aana; office aakar; office ana; office se kaam; wfh nahi; work from home nahi; ghar se kaam nahi; office me baith; office me baithkar; roz office; ghar se nahi; remote nahi; ghar baithe nahi; roz campus; office jaana; office jana; office me hi; ghar se kaam wala nahi; wfh bilkul nahi; office se hi; office aake; office me aake`)
	return l
}()

// mode reads where the work is done, from the location first. Hybrid wins over
// the two that it is made of; a home that is denied is on site.
func (r *reader) mode() job.Opt {
	for _, f := range []job.Field{job.FieldLocation, job.FieldTitle, job.FieldDescription} {
		d := r.docs(f)
		best, at := job.Mode(""), text.Hit[job.Mode]{}
		for _, h := range modeWords.Hits(d) {
			m := h.Value
			if m == job.ModeRemote && (denied(d, h.First, h.End) || isTool(d, h)) {
				continue
			}
			if rankMode(m) > rankMode(best) {
				best, at = m, h
			}
		}
		if best != "" {
			r.note("mode", string(best), f, at.First, at.End)
			return job.Opt(best)
		}
	}
	return ""
}

func rankMode(m job.Mode) int {
	switch m {
	case job.ModeHybrid:
		return 3
	case job.ModeOnsite:
		return 2
	case job.ModeRemote:
		return 1
	}
	return 0
}

// isTool reports "remote support", "remote areas": not where the work is done.
func isTool(d *text.Doc, h text.Hit[job.Mode]) bool {
	if !d.Is(h.First, "remote") && !d.Is(h.First, "remotely") && !d.Is(h.First, "रिमोट") {
		return false
	}
	for _, w := range []string{"support", "assistance", "desktop", "areas", "area", "sites", "site", "villages", "locations", "access", "sensing", "monitoring", "server", "control", "team", "teams", "ya", "login", "tool", "session", "सपोर्ट", "इलाकों", "क्षेत्रों", "troubleshooting", "infrastructure", "customers", "users", "diagnosis", "and"} {
		if d.Is(h.End, w) {
			return true
		}
	}
	return false
}
