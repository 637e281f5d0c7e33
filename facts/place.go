package facts

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// places reads where the work is: from the location field if that names a place,
// else from the title, else from what the description says beside a word for
// place.
func (r *reader) places() []job.Place {
	if places := r.locatedPlaces(); len(places) > 0 {
		return places
	}
	if places := r.titledPlaces(); len(places) > 0 {
		return places
	}
	return r.describedPlaces()
}

// Place reads a text that is one place, such as "Bangalore". What is not known
// about it is empty.
func (rd *Reader) Place(s string) job.Place {
	docs := func(job.Field) *text.Doc { return text.Parse(s) }
	r := reader{words: &rd.words, posting: &job.Posting{Location: s}, docs: docs}
	places := r.locatedPlaces()
	if len(places) != 1 {
		return job.Place{Raw: s}
	}
	return places[0]
}

// titledPlaces reads the title. A country in it is mostly a market or a client's.
func (r *reader) titledPlaces() []job.Place {
	d := r.docs(job.FieldTitle)
	var spots []spot
	for _, s := range settle(d, r.mentions(d), running) {
		if s.city != "" || s.state != "" || d.Is(s.first-1, "in") || toGulf(d, &s) {
			spots = append(spots, s)
		}
	}
	return r.noted(job.FieldTitle, spots)
}

// toGulf reports a country of the Gulf that people are sought for: "Masons for Qatar".
func toGulf(d *text.Doc, s *spot) bool {
	hindi := d.Is(s.end, "के") && d.Is(s.end+1, "लिए") || d.Is(s.end, "ke") && d.Is(s.end+1, "liye")
	return gulf[s.country] && (hindi || d.Is(s.first-1, "for") && !d.IsKind(s.end, text.Word))
}

// gulf are the countries that Indians go to for work, but that no processes serve.
var gulf = map[string]bool{"AE": true, "SA": true, "QA": true, "KW": true, "OM": true, "BH": true}

// How many tokens after a cue the name of a place may begin: a label heads a line, a
// word such as "vacancy in" is said of the next, "at" of what it stands before.
const (
	labelReach = 12
	nextReach  = 4
)

// placeTiers are the kinds of cues from the surest; only of a label it does not matter
// what else its sentence is about.
var placeTiers = [][]string{
	{placeLabelled}, {placeHeaded}, {placeThere}, {placeNamedNext, placeNamedBefore, placeWorkplace, placeEmployer},
	{placeBeside, placeAbroad}, {placeNeeds},
}

// describedPlaces reads the places that the description says the work is at: beside the
// first of the surest cues that has one.
func (r *reader) describedPlaces() []job.Place {
	d := r.docs(job.FieldDescription)
	cues := r.placeCues(d)
	opening := openingEnd(d)
	if len(cues) == 0 && opening == 0 && !strings.ContainsAny(d.Text, "@"+pin) {
		return []job.Place{}
	}
	ms, away := r.mentions(d), r.away(d, cues)
	for tier, values := range placeTiers {
		for _, cue := range cues {
			if !slices.Contains(values, cue.Value) || tier > 0 && away(cue.First) {
				continue
			}
			if places := r.noted(job.FieldDescription, r.cuedPlaces(d, ms, cue)); len(places) > 0 {
				return places
			}
		}
	}
	if opening > 0 && !away(opening-1) {
		if places := r.noted(job.FieldDescription, r.opening(d, ms, opening)); len(places) > 0 {
			return places
		}
	}
	return r.noted(job.FieldDescription, r.atSigns(d, ms, away))
}

// placeCues gives the words that places of work stand beside.
func (r *reader) placeCues(d *text.Doc) []phrase.Hit[string] {
	cues := append(r.placeOfWork.Hits(d), r.workplaces.Hits(d)...)
	slices.SortStableFunc(cues, func(a, b phrase.Hit[string]) int { return cmp.Compare(a.First, b.First) })
	return cues
}

// atSigns gives the first places that "@" or a pin stands before.
func (r *reader) atSigns(d *text.Doc, ms []mention, away func(i int) bool) []spot {
	for _, m := range ms {
		at := m.first - 1
		if sign := d.Is(at, "@") && !d.Tokens[at].Glued || d.Is(at, pin); !sign || away(at) {
			continue
		}
		if found := r.directly(d, ms, phrase.Hit[string]{End: m.first}); len(found) > 0 {
			return found
		}
	}
	return nil
}

// wantedIn gives the places that people are sought in, later in the sentence of the word
// for that: "requires operators for digitising land records in Bilaspur".
func (r *reader) wantedIn(d *text.Doc, ms []mention, i int) []spot {
	const reach = 24
	for end := min(i+reach, len(d.Tokens)-1); i < end && !d.Stop(i); i++ {
		norm := d.Tokens[i].Norm
		if r.placeBetween[norm] || r.notThere[norm] {
			return nil
		}
		if !r.prepositions[norm] {
			continue
		}
		found := r.directly(d, ms, phrase.Hit[string]{End: i + 1})
		if len(found) > 0 && (found[0].country == "IN" || gulf[found[0].country]) {
			return found
		}
	}
	return nil
}

// pointedTo gives the list of places that "there" at token i points back to: the last one
// in this sentence or the one before.
func (r *reader) pointedTo(d *text.Doc, ms []mention, i int) []mention {
	to := sort.Search(len(ms), func(j int) bool { return ms[j].end > i })
	if to == 0 || d.Sentence(i)-d.Sentence(ms[to-1].first) > 1 || !ms[to-1].mayBeCity() {
		return nil
	}
	return r.before(d, ms, ms[to-1].end)
}

// pin is the sign that maps have at a place.
const pin = "📍"

// directly gives the places of a list that begins right after a cue, or behind a sign there
// and then with nothing after it. It begins with a city, or after words for work abroad with
// a place in the Gulf.
func (r *reader) directly(d *text.Doc, ms []mention, cue phrase.Hit[string]) []spot {
	i := cue.End
	if r.placeAt[next(d, i)] && d.Is(i+1, ",") { // "dukan par, Rewari"
		i++
	}
	apart := d.Is(i, ",") || d.Is(i, "-") || d.Is(i, "–")
	if apart {
		i++
	}
	spots := settle(d, r.after(d, ms, i, 0), running)
	if len(spots) == 0 || !gulf[spots[0].country] && (cue.Value == placeAbroad || spots[0].region()) {
		return nil
	}
	if end := spots[len(spots)-1].end; apart && d.IsKind(end, text.Word) && !d.Is(end, "district") || goesOn(d, end) {
		return nil
	}
	return spots
}

// goesOn reports that a name goes on at token i: "at Texas Instruments", "At Kovai.co".
func goesOn(d *text.Doc, i int) bool {
	if d.Is(i, ".") {
		return i+1 < len(d.Tokens) && d.Tokens[i].Glued && d.Tokens[i+1].Glued
	}
	return capital(d, i)
}

// away reports tokens in a sentence, or its part before or after "but", that is about
// another place than that of the work: the head office, the interview.
func (r *reader) away(d *text.Doc, cues []phrase.Hit[string]) func(i int) bool {
	var others []phrase.Hit[string]
	for _, h := range cues {
		if h.Value == placeElsewhere && !r.things[next(d, h.First-1)] { // "gaadi khadi rehti hai"
			others = append(others, h)
		}
	}
	others = append(others, headOffices(d)...)
	if offices := r.ownOffice.Hits(d); len(offices) > 0 && r.fromHome() {
		others = append(others, offices...)
	}
	if len(others) == 0 {
		return func(int) bool { return false }
	}
	parts := r.partsOfSentences(d)
	elsewhere := map[int]int{} // parts, and the token from which on they are
	for _, h := range others {
		from := 0
		if r.toOthers[next(d, h.End-1)] {
			from = h.First
		}
		if old, ok := elsewhere[parts[h.First]]; !ok || from < old {
			elsewhere[parts[h.First]] = from
		}
	}
	return func(i int) bool {
		from, ok := elsewhere[parts[i]]
		return ok && i >= from
	}
}

// partsOfSentences gives for each token the number of the part of a sentence that it is in.
func (r *reader) partsOfSentences(d *text.Doc) []int {
	parts := make([]int, len(d.Tokens))
	part, contrast := 0, false
	for i := range d.Tokens {
		switch {
		case d.Stop(i):
			part++
			contrast = false
		case r.contrasts[d.Tokens[i].Norm],
			d.Is(i, ",") && (contrast || r.endsClause(next(d, i-1)) || r.turns[next(d, i+1)]):
			// "though …, …", "… hai, …", "…, posting …"
			part++
			contrast = true
		}
		parts[i] = part
	}
	return parts
}

// endsClause reports a word that ends what is said about one place.
func (r *reader) endsClause(word string) bool { return r.clauseEnds[word] || r.placeAt[word] }

// headOffices gives the short forms of head office, which are a verb in small letters.
func headOffices(d *text.Doc) (out []phrase.Hit[string]) {
	for i := range d.Tokens {
		if d.Is(i, "ho") && d.Slice(i, i+1) == "HO" {
			out = append(out, phrase.Hit[string]{First: i, End: i + 1})
		}
	}
	return out
}

// fromHome reports work that is done at home, whose office is no place of work.
func (r *reader) fromHome() bool {
	for _, f := range []job.Field{job.FieldLocation, job.FieldTitle, job.FieldDescription} {
		m := modeReader{reader: r, d: r.docs(f), field: f}
		if best := m.read(); best.Value != "" {
			return best.Value == job.ModeRemote
		}
	}
	return false
}

// cuedPlaces gives the places beside a cue.
func (r *reader) cuedPlaces(d *text.Doc, ms []mention, cue phrase.Hit[string]) []spot {
	switch cue.Value {
	case placeNamedNext:
		if unknown := town(d, ms, cue.End); len(unknown) > 0 {
			return settle(d, unknown, whole)
		}
		return settle(d, r.after(d, ms, cue.End, nextReach), cued)
	case placeWorkplace, placeEmployer:
		return r.workplace(d, ms, cue)
	case placeBeside, placeAbroad:
		found := r.directly(d, ms, cue)
		if len(found) == 0 && r.placeNeeds[next(d, cue.First)] {
			return r.wantedIn(d, ms, cue.First+1)
		}
		return found
	case placeNeeds:
		return r.wantedIn(d, ms, cue.End)
	case placeThere:
		return settle(d, r.pointedTo(d, ms, cue.First), cued)
	case placeHeaded:
		if found := r.headed(d, ms, cue.End); len(found) > 0 {
			return found
		}
		if d.IsKind(cue.End, text.Word) { // "Area Hojai, Nagaon"
			return r.ofWork(d, r.directly(d, ms, cue))
		}
		return nil
	case placeNamedBefore:
		return r.namedBefore(d, ms, cue)
	}
	return r.labelled(d, ms, cue)
}

// labelled gives the places after a label, or before: "Bangalore location".
func (r *reader) labelled(d *text.Doc, ms []mention, cue phrase.Hit[string]) []spot {
	first, end, alone := line(d, cue.End)
	if alone {
		return settle(d, r.placesIn(d, ms, first, end), whole)
	}
	if first > cue.End {
		if near := slip(d, ms, first); len(near) > 0 {
			return settle(d, near, cued)
		}
		if unknown := town(d, ms, first); len(unknown) > 0 {
			return settle(d, unknown, whole)
		}
	}
	if near := r.after(d, ms, first, labelReach); len(near) > 0 && (near[0].first == first || !justWord(d, &near[0])) {
		return settle(d, near, cued)
	}
	return settle(d, r.before(d, ms, cue.First), cued)
}

// namedBefore gives the places before a cue, or those that it is a label of.
func (r *reader) namedBefore(d *text.Doc, ms []mention, cue phrase.Hit[string]) []spot {
	if from(d, cue.End) && !hindiWork[next(d, cue.End+1)] || r.dwelling[next(d, cue.End)] {
		return nil
	}
	if r.ownsThings(d, cue.End) && r.fromHome() {
		return nil
	}
	at := cue.First
	if r.district[next(d, at-1)] { // "सागर जिले में"
		at--
	}
	near := r.before(d, ms, at)
	if len(near) == 0 && r.placeAt[next(d, cue.First)] {
		near = slip(d, ms, at-1)
	}
	if len(near) > 0 {
		return settle(d, near, cued)
	}
	if found := r.headed(d, ms, cue.End); len(found) > 0 { // "Office: Bangalore"
		return found
	}
	if d.Is(cue.End, ",") { // "St. Mary's Hospital, Kottayam"
		return r.directly(d, ms, cue)
	}
	return nil
}

// from reports "से" at token i.
func from(d *text.Doc, i int) bool { return d.Is(i, "se") || d.Is(i, "से") }

// justWord reports a mention that is a word rather than a name: "along with", "the basti".
func justWord(d *text.Doc, m *mention) bool {
	return len(m.names) > 0 && m.names[0].vague && strings.ToLower(d.Slice(m.first, m.end)) == d.Slice(m.first, m.end)
}

// ofWork gives the places after a word for work, unless things come from there or it is
// not there: "kaam Delhi se aata hai", "kaam Delhi ka nahi".
func (r *reader) ofWork(d *text.Doc, spots []spot) []spot {
	if len(spots) == 0 {
		return nil
	}
	end := spots[len(spots)-1].end
	if from(d, end) && !hindiWork[next(d, end+1)] || r.placeOf[next(d, end)] && denials[next(d, end+1)] {
		return nil
	}
	return spots
}

// denials are the Hindi words that deny.
var denials = map[string]bool{"nahi": true, "nahin": true, "nai": true, "नहीं": true}

// hindiWork is what is done from an office.
var hindiWork = map[string]bool{"kaam": true, "काम": true, "work": true, "join": true}

// headed gives the places after the colon or dash at token i, before which a word is a
// label. Those of work at home are the firm's or the customers'.
func (r *reader) headed(d *text.Doc, ms []mention, i int) []spot {
	first, _, _ := line(d, i)
	if first == i {
		return nil
	}
	near := slip(d, ms, first)
	if len(near) == 0 {
		near = r.after(d, ms, first, labelReach)
	}
	if len(near) == 0 || d.Is(near[0].first-1, "in") || r.fromHome() {
		return nil // "Store: data in Singapore"
	}
	if !near[0].mayBeCity() && near[0].first > first { // "Shop - Amazon India"
		return nil
	}
	return settle(d, near, cued)
}

// mostInLine is the most tokens that a line may have in which nothing but places follows
// a label.
const mostInLine = 8

// labelSigns stand between a label and what it labels; the question mark was a dash once.
var labelSigns = []string{":", "-", "–", "*", "?", "=", ">"}

// line gives the tokens after a label and its colon or dash, up to the end of the sentence
// or a few more than a line has, and whether they are a line without another label.
func line(d *text.Doc, i int) (first, end int, alone bool) {
	label := i
	for i < len(d.Tokens) && slices.Contains(labelSigns, d.Tokens[i].Norm) {
		i++
	}
	alone = i > label
	if alone && d.IsKind(i, text.Newline) {
		i++
	}
	first = i
	for i < len(d.Tokens) && i-first <= mostInLine && !d.Stop(i) {
		alone = alone && !d.Is(i, ":")
		i++
	}
	over := i >= len(d.Tokens)-1 || d.IsKind(i, text.Newline) || d.Stop(i) && d.IsKind(i+1, text.Newline)
	return first, i, alone && over && i-first <= mostInLine
}

// after gives the mentions of the list that begins among the next tokens from i on, in the
// same sentence.
func (r *reader) after(d *text.Doc, ms []mention, i, reach int) []mention {
	from := sort.Search(len(ms), func(j int) bool { return ms[j].first >= i })
	if from == len(ms) || ms[from].first-i > reach || !d.Unbroken(i, ms[from].first) {
		return nil
	}
	to := from + 1
	for to < len(ms) && r.joined(d, ms[to-1].end, ms[to].first) {
		to++
	}
	return ms[from:to]
}

// before gives the mentions of the list that ends before token i.
func (r *reader) before(d *text.Doc, ms []mention, i int) []mention {
	to := sort.Search(len(ms), func(j int) bool { return ms[j].end > i })
	from := to
	for at := i; from > 0 && r.joined(d, ms[from-1].end, at); at = ms[from].first {
		from--
	}
	return ms[from:to]
}

// joined reports that tokens i to j stand between two places of a list.
func (r *reader) joined(d *text.Doc, i, j int) bool {
	const most = 6
	if j-i > most || !d.Unbroken(i, j) {
		return false
	}
	for ; i < j; i++ {
		if d.IsKind(i, text.Word) && !r.placeJoins[d.Tokens[i].Norm] {
			return false
		}
	}
	return true
}

// noted gives the places of spots, each once, and notes where they were read.
func (r *reader) noted(f job.Field, spots []spot) []job.Place {
	d := r.docs(f)
	out := []job.Place{}
	seen := map[job.Place]bool{}
	for _, s := range spots {
		p := job.Place{City: job.Opt(s.city), State: job.Opt(s.state), Country: job.Opt(s.country)}
		if seen[p] {
			continue
		}
		seen[p] = true
		p.Raw = d.Slice(s.first, s.end)
		out = append(out, p)
		r.note("place", p.Raw, f, s.first, s.end)
	}
	return out
}
