package facts

import (
	"strconv"
	"strings"

	"jobsieve/job"
	"jobsieve/text"
)

var openingWords = func() *text.Lexicon[string] {
	l := text.NewLexicon[string]()
	l.MustAdd("after", `posts; post; openings; opening; vacancies; vacancy; positions; position; seats; openings available; पद; पदों; पोस्ट; रिक्तियां; रिक्ति; रिक्त पद; जगह; पद खाली; जगह खाली; वैकेंसी; लड़के; लड़कों; लड़कियां; लड़कियों; युवक; युवकों; युवती; युवतियां; महिलाएं; महिलाओं; लोग; लोगों; उम्मीदवार; उम्मीदवारों; कर्मचारी; कर्मचारियों; व्यक्ति; सीटें;
		pad; jagah; jagah khali; ladke; ladki; ladkiyan; ladko; ladkiyon; log; logon; bande; vacency; vacancy khali; post khali; candidates; banda; mahila; purush; staff; बंदे; स्टाफ; yuvak; executive; telecaller; tele caller; recruiter; analyst; nurse; operator; accountant; developers; telecallers`)
	l.MustAdd("before", `openings; number of openings; no of openings; number of positions; no of positions; number of vacancies; no of vacancies; no of posts; vacancies; vacancy; positions; open positions; total posts; total vacancies; total openings; total positions; number of posts; headcount; पदों की संख्या; कुल पद; पद संख्या; रिक्त पद; पद; कुल रिक्तियां; no. of openings; no. of positions; no. of vacancies; no. of posts; kul pad; total post; रिक्तियां; रिक्ति; opening`)
	l.MustAdd("need", `need; needed; required; require; hiring; wanted; looking for; urgently need; urgent; चाहिए; आवश्यकता; की आवश्यकता; की जरूरत; की भर्ती; भर्ती; chahiye; ki zaroorat; bharti; की तलाश; khali; खाली; available; immediately`)
	return l
}()

// weakOpenings are words that a number before makes openings of only where
// somebody is wanted.
var weakOpenings = map[string]bool{
	"लडके": true, "लडकों": true, "लडकियां": true, "लडकियों": true, "युवक": true, "युवकों": true, "युवती": true, "युवतियां": true, "महिलाएं": true, "महिलाओं": true, "लोग": true, "लोगों": true, "उम्मीदवार": true,
	"उम्मीदवारों": true, "कर्मचारी": true, "कर्मचारियों": true, "व्यक्ति": true, "ladke": true, "ladki": true, "ladkiyan": true, "ladko": true, "ladkiyon": true, "log": true, "logon": true, "bande": true, "candidates": true,
	"banda": true, "mahila": true, "purush": true, "staff": true, "बंदे": true, "स्टाफ": true, "yuvak": true, "executive": true, "tele caller": true, "recruiter": true, "analyst": true, "nurse": true, "operator": true, "accountant": true,
	"developers": true, "telecallers": true, "जगह": true, "jagah": true,
}

// maxOpenings is the most posts that are believed.
const maxOpenings = 5000

// openings reads how many posts there are.
func (r *reader) openings() *int {
	if n, err := strconv.Atoi(strings.TrimSpace(r.posting.Openings)); err == nil && n > 0 && n <= maxOpenings {
		return &n
	}
	for _, f := range []job.Field{job.FieldTitle, job.FieldDescription} {
		d := r.docs(f)
		hits := openingWords.Hits(d)
		for i, h := range hits {
			if n, first, end, ok := openingsAt(d, hits, i, h); ok {
				r.note("openings", strconv.Itoa(n), f, first, end)
				return &n
			}
		}
	}
	return nil
}

func openingsAt(d *text.Doc, hits []text.Hit[string], i int, h text.Hit[string]) (n, first, end int, ok bool) {
	if h.Value == "need" {
		return 0, 0, 0, false
	}
	if j := h.First - 1; j >= 0 {
		if d.Is(j, "-") {
			j--
		}
		if v, isNumber := numberAt(d, j); isNumber && wholeCount(d, j, v) && (!weakOpenings[phrase(d, h.First, h.End)] || wanted(d, hits, i)) && !levelPost(d, j) {
			return int(v), j, h.End, true
		}
	}
	if h.Value == "before" || d.Is(h.First, "openings") || d.Is(h.First, "vacancies") || d.Is(h.First, "vacancy") || d.Is(h.First, "positions") || d.Is(h.First, "पद") || d.Is(h.First, "opening") {
		j := h.End
		for j < len(d.Tokens) && j < h.End+2 && (d.Is(j, ":") || d.Is(j, "-") || d.Is(j, "=")) {
			j++
		}
		if v, isNumber := numberAt(d, j); isNumber && d.IsKind(j, text.Number) && wholeCount(d, j, v) && (j > h.End || h.End-h.First > 1) {
			return int(v), h.First, j + 1, true
		}
	}
	return 0, 0, 0, false
}

// wholeCount reports a number that may count posts: whole, and no part of a
// range, a date, or a figure of money.
func wholeCount(d *text.Doc, j int, v float64) bool {
	if v != float64(int(v)) || v < 1 || v > maxOpenings || v >= 1990 && v <= 2040 {
		return false
	}
	if j > 0 && (d.Is(j-1, "₹") || d.Is(j-1, "rs") || d.Is(j-1, ".") && d.Tokens[j].Glued || d.Is(j-1, "/") && d.Tokens[j].Glued) {
		return false
	}
	if j > 1 && d.Is(j-1, "-") && d.IsKind(j-2, text.Number) {
		return false
	}
	return !d.Is(j+1, "-") || !d.IsKind(j+2, text.Number)
}

// levelPost reports "grade 2 post", "class 4 post".
func levelPost(d *text.Doc, j int) bool {
	return d.Is(j-1, "grade") || d.Is(j-1, "level") || d.Is(j-1, "group") || d.Is(j-1, "phase") || d.Is(j-1, "batch")
}

// wanted reports that the same sentence asks for somebody.
func wanted(d *text.Doc, hits []text.Hit[string], i int) bool {
	const near = 10
	h := hits[i]
	for _, o := range text.Near(hits, h.First-near-1, h.End+near+1) {
		if o.Value == "need" && d.Unbroken(min(h.End, o.End), max(h.First, o.First)) {
			return true
		}
	}
	return false
}
