package facts

import (
	"slices"

	"jobsieve/job"
	"jobsieve/text"
)

var shiftWords = func() *text.Lexicon[string] {
	l := text.NewLexicon[string]()
	add := func(s job.Shift, patterns string) { l.MustAdd(string(s), patterns) }
	add(job.ShiftDay, `day shift; day shifts; day (time|timing|timings|duty|process|job); morning (shift|shifts|batch); general shift; regular shift; regular shifts; day only; only day; day time shift; fixed day; standard shift;
		दिन की शिफ्ट; दिन शिफ्ट; डे शिफ्ट; सुबह की शिफ्ट; दिन की पाली; दिन की ड्यूटी; केवल दिन; सिर्फ दिन; दिन पाली; जनरल शिफ्ट; मार्निंग शिफ्ट; सुबह की पाली; दिन में ही; दिन का काम; दिन का समय; डे टाइम;
		din ki shift; din shift; din ki duty; subah ki shift; sirf din; din me hi; din ka kaam; din ka time; din ka timing; din ki naukri; din ki job; keval din`)
	add(job.ShiftEvening, `evening (shift|shifts); afternoon (shift|shifts); second shift; noon shift; शाम की शिफ्ट; शाम की पाली; दोपहर की शिफ्ट; इवनिंग शिफ्ट; shaam ki shift; sham ki shift; evening ki shift; dopahar ki shift; दोपहर की पाली`)
	add(job.ShiftNight, `night (shift|shifts|duty|duties|process|batch|job); nightshift; nightshifts; graveyard; night (rotational|only); overnight; shifts including nights; including (nights|night); nights; in nights; night work; working nights; day/night; midnight shift; late night shift; late night shifts; night stay;
		नाइट शिफ्ट; रात की शिफ्ट; रात्रि शिफ्ट; रात की पाली; रात्रि पाली; नाइट ड्यूटी; रात की ड्यूटी; रात पाली; रात्रि ड्यूटी; नाइट में; रात में काम; रात को काम; रात की नौकरी; रात पाली; रात भर; रात्रिकालीन; रात में ड्यूटी; रात का काम;
		raat ki shift; raat ki duty; night ki shift; raat me kaam; raat ko kaam; raat wali; raat shift; raat ki job; raat ki naukri; night me; raat bhar; raat ka kaam; night duty; raat ki pali`)
	add(job.ShiftRotational, `rotational (shift|shifts|shift basis|timings|timing|roster|basis|days and nights); rotating (shift|shifts|roster|timings); rotational; rotation shift; shift rotation; rotation (shift|shifts); shifts rotate; shift rotates; (alternate|alternating|changing|revolving|flexible rotational) (shift|shifts); 24x7; 24*7; 24 x 7; 24/7; 24x7x365; 24 hours shift; any shift; all shifts; roster; rostered; rota; work in shifts; working in shifts; three shifts; two shifts; 3 shifts; shift basis; shifts basis; rotational shift window; round the clock;
		रोटेशनल; रोटेशनल शिफ्ट; शिफ्ट बदलती; शिफ्ट बदलेगी; बदलती शिफ्ट; तीन शिफ्ट; दो शिफ्ट; शिफ्ट रोटेशन; रोटेशन; बदल बदल कर; बारी बारी; चौबीसों घंटे; 24 घंटे; शिफ्ट हर; तीनों पाली; पाली बदलेगी; पाली बदलती; शिफ्टें बदलती; रोटेशन में; शिफ्टों में; तीन पाली; बदलने वाली शिफ्ट;
		rotational shift; shift badalti; shift badlegi; shift badal; badal badal; shift change hoti; teen shift; shift ghoomti; shift ghumti; rotation me; rotation shift; shift rotation; shift hafta; badalti shift; ghoomti shift`)
	add(job.ShiftUS, `us (shift|shifts|process|hours|timing|timings|time|voice|time zone|timezone|client|clients|customers|calling|market|sales|collections|bpo|it recruiter|healthcare process|mortgage|payroll|taxation|hours shift); u.s (shift|process|hours|timings); usa (shift|process|timings|hours); american (shift|process|hours|timings|clients|customers|time); north american (hours|shift|process); est (shift|hours|timings|time|timezone|time zone|zone); pst (shift|hours|timings|time|timezone|time zone|zone); cst (shift|hours|timings|time zone|timezone|zone); canada (shift|process|timings); canadian (shift|process|hours|customers); us/uk; us or uk; us and uk; eastern time; pacific time; us rotational; usa voice; us night;
		यूएस शिफ्ट; यूएस प्रोसेस; अमेरिकी शिफ्ट; अमेरिकन प्रोसेस; अमेरिकी प्रोसेस; अमेरिकन शिफ्ट; यूएसए प्रोसेस; अमेरिकी समय; अमेरिका के समय; अमेरिकी ग्राहकों; अमेरिकी ग्राहक; यूएस के; अमेरिका की शिफ्ट; अमेरिका के ग्राहकों; US प्रोसेस; US शिफ्ट; us ki shift; us wali shift; usa ki shift; us timing; america ke; us ke customer; us ke client; us night shift; अमेरिका का प्रोसेस; अमेरिकी क्लाइंट`)
	add(job.ShiftUK, `uk (shift|shifts|process|hours|timing|timings|time|voice|time zone|client|clients|customers|calling|market|sales|bpo|accounting|hours shift); u.k (shift|process|hours|timings); british (shift|process|hours|customers|timings); gmt (shift|hours|timings); european (shift|hours|time|timings|shifts); europe (shift|process|hours|timings); emea (shift|hours|timings); uk/us; uk/europe; bst (shift|hours|timings);
		यूके शिफ्ट; यूके प्रोसेस; ब्रिटिश प्रोसेस; ब्रिटेन के; UK शिफ्ट; UK प्रोसेस; यूके के ग्राहकों; ब्रिटिश समय; ब्रिटिश शिफ्ट; uk ki shift; uk wali shift; यूके के; uk ke customer; uk ke client; uk timing; ब्रिटेन का; ब्रिटिश ग्राहकों; यूरोप के`)
	add(job.ShiftAU, `australian (shift|process|hours|timing|timings|time|clients|customers|shifts); australia (shift|process|timings|hours|time); aus (shift|process|timings|hours); aest (shift|hours|timings); au (shift|process|hours); anz (shift|process|hours); आस्ट्रेलियाई; आस्ट्रेलियन; आस्ट्रेलिया के; आस्ट्रेलिया शिफ्ट; आस्ट्रेलियन प्रोसेस; आस्ट्रेलिया प्रोसेस; australia ki shift; australia ke; australian ki; आस्ट्रेलिया का`)
	l.MustAdd("no", `no night shift; no night shifts; no nights; no night; no rotational; no rotational shift; no rotational shifts; no shift; no shifts; no night duty; not a night shift; without night shift; no us shift; no uk shift; no rotation; no late night; no graveyard; never night; नाइट शिफ्ट नहीं; रात की शिफ्ट नहीं; शिफ्ट नहीं; रात की ड्यूटी नहीं; नाइट ड्यूटी नहीं; कोई शिफ्ट नहीं; कोई नाइट शिफ्ट नहीं; रोटेशनल शिफ्ट नहीं; रोटेशन नहीं; नाइट नहीं; रात में काम नहीं; रात की पाली नहीं; रात्रि पाली नहीं; कोई रात की; न रात की शिफ्ट; न रात की पाली; न रात पाली; न नाइट शिफ्ट; रात का काम नहीं; नाइट शिफ्ट बिल्कुल नहीं; नाइट शिफ्ट कोई नहीं; नाइट शिफ्ट कभी नहीं; शिफ्ट का झंझट नहीं; रात की शिफ्ट बिल्कुल नहीं; रात की शिफ्ट कभी नहीं;
		night shift nahi; night nahi; raat ki shift nahi; shift nahi; night duty nahi; rotational nahi; rotational shift nahi; koi night shift; koi shift; raat ka kaam nahi; night shift bilkul nahi; raat ki duty nahi; na night shift; no raat; rotation nahi; night shift kabhi nahi; night ka jhanjhat nahi; raat me kaam nahi; night shift koi nahi; shift ka chakkar; raat ki koi`)
	return l
}()

// shifts reads the working hours that are named in words and in clock hours.
func (r *reader) shifts() []job.Shift {
	found := map[job.Shift]bool{}
	for _, f := range []job.Field{job.FieldTitle, job.FieldDescription, job.FieldSkills} {
		d := r.docs(f)
		for _, h := range shiftWords.Hits(d) {
			if h.Value == "no" || denied(d, h.First, h.End) || isReply(d, h.First) {
				continue
			}
			r.addShift(found, job.Shift(h.Value), f, h.First, h.End)
		}
		for _, c := range clockSpans(d) {
			r.addShift(found, c.shift(), f, c.first, c.end)
		}
	}
	out := []job.Shift{}
	for _, s := range job.Shifts {
		if found[s] {
			out = append(out, s)
		}
	}
	return out
}

func (r *reader) addShift(found map[job.Shift]bool, s job.Shift, f job.Field, first, end int) {
	if !found[s] {
		r.note("shift", string(s), f, first, end)
	}
	found[s] = true
}

// denied reports "no …" before or "… नहीं" after, in the same clause.
func denied(d *text.Doc, first, end int) bool {
	for i := first - 1; i >= 0 && i >= first-3 && !d.Stop(i) && !d.Is(i, ","); i-- {
		if slices.Contains([]string{"no", "not", "without", "never", "non", "zero", "na", "न", "बिना", "bina"}, d.Tokens[i].Norm) {
			return true
		}
	}
	for i := end; i < len(d.Tokens) && i < end+4 && !d.Stop(i) && !d.Is(i, ","); i++ {
		if slices.Contains([]string{"nahi", "नहीं", "zero"}, d.Tokens[i].Norm) {
			return true
		}
	}
	return false
}

// isReply reports service hours of something else: "24x7 support for", "reply
// within 24 hours".
func isReply(d *text.Doc, first int) bool {
	return d.Is(first-1, "within") || d.Is(first-1, "in")
}
