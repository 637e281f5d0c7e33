package text

// kinds of boilerplate phrase.
const (
	footerLink = iota // a link of a site's footer; a run of them is a footer
	notice            // a sentence that says nothing of the job
	howToApply        // a sentence about applying, unless it states figures too
)

// leastLinks is how many links make a footer.
const leastLinks = 3

var boilerplate = boilerplatePhrases()

func boilerplatePhrases() *Phrases {
	p := NewPhrases()
	for kind, patterns := range map[int][]string{
		footerLink: {
			"about (us|company)", "careers", "career", "employer home", "sitemap", "site map", "credits", "privacy policy", "cookie policy",
			"(terms and conditions|terms of use|terms of service|terms conditions)", "fraud alert", "trust (and|) safety", "report issue", "grievances",
			"help (center|centre)", "contact us", "summons notices", "all rights reserved", "faqs", "faq", "advertise with us", "partner with us",
			"follow us", "sign in", "log in", "register now", "post a job", "browse jobs", "download (the|) app",
		},
		notice: {
			"equal (opportunity|opportunities) (employer|employers|workplace)", "equal employment opportunity", "(does|do|will) not discriminate",
			"(regardless of|without regard to|irrespective of) ..3 (race|gender|caste|religion|sex|age|disability|colour|color)", "reasonable accommodation~",
			"never ask~ ..4 (money|fee|fees|payment)", "(does not|do not|never|not) charge ..4 (fee|fees|money|amount)", "beware of (fraud|fake|fraudulent)",
			"sourced from a public domain", "all rights reserved", "skills highlighted with", "verify all details directly", "fraudulent (job|calls|emails|offers)",
			"किसी भी प्रकार का शुल्क", "कोई शुल्क नहीं लिया", "(koi fees|koi charge|koi paisa) nahi",
		},
		howToApply: {
			"(interested|suitable|eligible) (candidates|candidate|applicants) ..4 (share|send|mail|email|apply|forward|contact|whatsapp|call|drop|reach)",
			"(share|send|mail|email|forward|drop) ..2 (updated|latest|) (cv|resume|resumes|cvs|profile|biodata)", "(click|tap) ..3 apply", "(refer|share) ..4 (friends|references|reference)",
			"apply (now|online|here|through|at|via)", "how to apply", "(इच्छुक|योग्य) (उम्मीदवार|अभ्यर्थी) ..6 (भेजें|संपर्क|आवेदन)", "(रिज्यूमे|बायोडाटा|सीवी) ..3 (भेजें|व्हाट्सएप|मेल)",
			"(resume|cv|biodata) ..3 (bheje|bhejen|bhejo|whatsapp|bhej)",
		},
	} {
		for _, pattern := range patterns {
			p.MustAdd(pattern, kind)
		}
	}
	return p
}

// Span is a piece of a text: bytes Start up to but not including End.
type Span struct{ Start, End int }

// Boilerplate gives the pieces of a text that say nothing of the job: a site's
// footer, statements of equal opportunity, warnings of fraud, how to apply.
func (d *Doc) Boilerplate() []Span {
	found := boilerplate.FindIn(d)
	if len(found) == 0 {
		return nil
	}
	out := d.footers(found)
	sentences := d.sentences()
	for _, f := range found {
		s := &sentences[d.Sentence(f.First)]
		if !s.taken && (f.Value == notice || f.Value == howToApply && !s.figures) {
			s.taken = true
			out = append(out, s.Span)
		}
	}
	return out
}

// footers gives the runs of footer links that are long enough.
func (d *Doc) footers(found []Found) (out []Span) {
	var links []Found
	for _, f := range found {
		if f.Value == footerLink {
			links = append(links, f)
		}
	}
	// From the last link to the first, each takes over the run of the next.
	counts, ends := make([]int, len(links)), make([]int, len(links))
	for i := len(links) - 1; i >= 0; i-- {
		counts[i], ends[i] = 1, links[i].End
		next := i + 1
		for next < len(links) && links[next].First < links[i].End {
			next++
		}
		if next < len(links) && !d.says(links[i].End, links[next].First) {
			counts[i], ends[i] = 1+counts[next], ends[next]
		}
	}
	end := 0 // of the run that was taken last
	for i, f := range links {
		if counts[i] >= leastLinks && ends[i] > end {
			end = ends[i]
			out = append(out, Span{d.Tokens[f.First].Start, d.Tokens[end-1].End})
		}
	}
	return out
}

// says reports a word or a number among the tokens from i up to but not
// including j.
func (d *Doc) says(i, j int) bool {
	for ; i < j; i++ {
		if d.Tokens[i].Kind == Word || d.Tokens[i].Kind == Number {
			return true
		}
	}
	return false
}

// sentence is one sentence of a text, without the sign that ends it.
type sentence struct {
	Span
	figures bool // it has a number
	taken   bool
}

func (d *Doc) sentences() []sentence {
	out := make([]sentence, d.Sentence(len(d.Tokens))+1)
	for i := range d.Tokens {
		t, s := &d.Tokens[i], &out[d.Sentence(i)]
		if d.Stop(i) {
			continue
		}
		if s.End == 0 {
			s.Start = t.Start
		}
		s.End = t.End
		s.figures = s.figures || t.Kind == Number
	}
	return out
}

// ResetWork makes d the document of s without its boilerplate: where that
// stands, Text has spaces, so that all spans are those of s.
func (d *Doc) ResetWork(s string) {
	d.Reset(s)
	spans := d.Boilerplate()
	if len(spans) == 0 {
		return
	}
	b := []byte(s)
	for _, sp := range spans {
		for i := sp.Start; i < sp.End; i++ {
			if b[i] != '\n' {
				b[i] = ' '
			}
		}
	}
	d.Reset(string(b))
}
