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
	var out []Span
	for i, f := range found {
		switch f.Value {
		case footerLink:
			if links, last := d.linksFrom(found, i); links >= leastLinks {
				out = append(out, d.span(f.First, last))
			}
		case notice:
			out = append(out, d.sentence(f))
		case howToApply:
			if s := d.sentence(f); !d.figures(s) {
				out = append(out, s)
			}
		}
	}
	return out
}

// linksFrom counts the footer links that follow one another from found[i] on,
// and gives the token after the last.
func (d *Doc) linksFrom(found []Found, i int) (links, last int) {
	links, last = 1, found[i].End
	for _, f := range found[i+1:] {
		if f.Value != footerLink || f.First < last {
			continue
		}
		for k := last; k < f.First; k++ {
			if d.Tokens[k].Kind == Word || d.Tokens[k].Kind == Number {
				return links, last
			}
		}
		links, last = links+1, f.End
	}
	return links, last
}

func (d *Doc) span(first, end int) Span { return Span{d.Tokens[first].Start, d.Tokens[end-1].End} }

// sentence gives the sentence in which a phrase stands.
func (d *Doc) sentence(f Found) Span {
	first, end := f.First, f.End
	for first > 0 && !d.Stop(first-1) {
		first--
	}
	for end < len(d.Tokens) && !d.Stop(end) {
		end++
	}
	return d.span(first, end)
}

// figures reports a number in a piece of the text.
func (d *Doc) figures(s Span) bool {
	for i := range d.Tokens {
		if t := &d.Tokens[i]; t.Start >= s.Start && t.End <= s.End && t.Kind == Number {
			return true
		}
	}
	return false
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
