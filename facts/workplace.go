package facts

import (
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// How far a place may be from the word for a workplace that it says where it is: after it
// and before it.
const (
	standsReach = 8
	ofReach     = 6
)

// workplace gives the places that say where a workplace is: "our mill stands in Surat",
// "dukan Meerut me hai", "the Kochi studio", "पटना के बड़े निजी अस्पताल को".
func (r *reader) workplace(d *text.Doc, ms []mention, cue phrase.Hit[string]) []spot {
	if r.anotherThan(d, cue.First) {
		return nil
	}
	if near := r.naming(d, ms, cue); len(near) > 0 && !abroad(near[0].names) {
		if r.ownsThings(d, cue.End) && r.fromHome() {
			return nil
		}
		return settle(d, near, cued)
	}
	if near := r.placesOf(d, ms, cue); len(near) > 0 {
		return settle(d, near, cued)
	}
	titled := capital(d, cue.First) && capital(d, cue.First-1) // "Imperial College London"
	if cue.Value == placeWorkplace && (d.Is(cue.End, ",") || !titled) {
		if found := r.ofWork(d, r.directly(d, ms, cue)); len(found) > 0 {
			return found
		}
	}
	if near := r.beforeIt(d, ms, cue); len(near) > 0 {
		return settle(d, near, cued)
	}
	return r.standing(d, ms, cue)
}

// ownsThings reports from token i on that something is said of what a workplace has: "Delhi
// court ke kagaz".
func (r *reader) ownsThings(d *text.Doc, i int) bool {
	word := next(d, i)
	return r.placeOf[word] && (!r.placeAt[word] || word == "ke" || word == "के")
}

// anotherThan reports that a word closely before the workplace at token i says that it is
// not that of the work: "two years in a hospital".
func (r *reader) anotherThan(d *text.Doc, i int) bool {
	const reach = 4
	for j := max(i-reach, 0); j < i; j++ {
		if r.notThere[d.Tokens[j].Norm] && d.Unbroken(j, i) {
			return true
		}
	}
	return false
}

// naming gives the places that a workplace is named by: "the Kochi studio", "Tiruppur
// garment unit needs".
func (r *reader) naming(d *text.Doc, ms []mention, cue phrase.Hit[string]) []mention {
	const kind = 2 // words that say what kind of workplace it is
	near := r.shortlyBefore(d, ms, cue.First, kind)
	if len(near) == 0 || !r.names(d, near[0].first, near[len(near)-1].end, cue) {
		return nil
	}
	return near
}

// names reports that the places in tokens first up to but not including end are a part
// of what a workplace is called.
func (r *reader) names(d *text.Doc, first, end int, cue phrase.Hit[string]) bool {
	direct := end == cue.First && cue.Value == placeWorkplace
	if direct && ourOwn[next(d, first-1)] {
		return true
	}
	if !r.plainWords(d, end, cue.End) { // "Bangalore Iyengar Bakery"
		return false
	}
	if first > 0 && !d.Stop(first-1) {
		return direct && r.there(d, cue.End)
	}
	return direct || r.placeNeeds[next(d, cue.End)] || r.there(d, cue.End)
}

// plainWords reports only words of a kind, without capitals, among the tokens from i up
// to but not including j.
func (r *reader) plainWords(d *text.Doc, i, j int) bool {
	for ; i < j; i++ {
		if !d.IsKind(i, text.Word) || capital(d, i) || r.placeOf[next(d, i)] {
			return false
		}
	}
	return true
}

// ourOwn are words before the place that a workplace is named by.
var ourOwn = map[string]bool{"our": true, "the": true, "hamare": true, "hamari": true, "हमारे": true, "हमारी": true}

// placesOf gives the places of the list that a workplace is said to be of.
func (r *reader) placesOf(d *text.Doc, ms []mention, cue phrase.Hit[string]) []mention {
	if !r.there(d, cue.End) && !r.announced(d, cue) {
		return nil
	}
	near := r.shortlyBefore(d, ms, cue.First, ofReach)
	if len(near) == 0 {
		return nil
	}
	i := near[len(near)-1].end
	for i < cue.First && !r.placeOf[next(d, i)] &&
		(d.IsKind(i, text.Number) || sector[next(d, i)] || r.district[next(d, i)]) {
		i++
	}
	if !r.placeOf[next(d, i)] || r.dwelling[next(d, i+1)] && !r.seeks(d, cue.End) {
		return nil
	}
	return near
}

// beforeIt gives the places of the list before a workplace that is said to be there: "Gaya
// station ke paas hotel hai".
func (r *reader) beforeIt(d *text.Doc, ms []mention, cue phrase.Hit[string]) []mention {
	near := r.shortlyBefore(d, ms, cue.First, ofReach)
	if len(near) == 0 || !r.clauseEnds[next(d, cue.End)] {
		return nil
	}
	i := near[len(near)-1].end
	for end := min(i+mostPart, cue.First); i < end && r.inPart(d, i); {
		i++
	}
	if d.Is(i, "ke") || d.Is(i, "के") {
		i++
	}
	if i >= cue.First || !r.placeAt[next(d, i)] {
		return nil
	}
	return near
}

// announced reports a workplace that is named, and then that people are sought: "Patna ka
// showroom, cashier chahiye", "Bhilwara ki mill hai, helper chahiye".
func (r *reader) announced(d *text.Doc, cue phrase.Hit[string]) bool {
	said := d.Is(cue.End, ",") || r.clauseEnds[next(d, cue.End)] && !r.sought[next(d, cue.End)]
	return said && cue.Value == placeWorkplace && r.seeks(d, cue.End)
}

// there reports that a workplace before token i is where the work is: "में", and of people
// who are sought "को".
func (r *reader) there(d *text.Doc, i int) bool {
	return r.placeAt[next(d, i)] && (!d.Is(i, "ko") && !d.Is(i, "को") || r.seeks(d, i))
}

// seeks reports that the sentence from token i on says soon that people are sought.
func (r *reader) seeks(d *text.Doc, i int) bool {
	const soon = 40
	for end := min(i+soon, len(d.Tokens)); i < end && !d.Stop(i); i++ {
		if norm := d.Tokens[i].Norm; r.sought[norm] || r.placeNeeds[norm] {
			return true
		}
	}
	return false
}

// sector are words between a city and the number of its part.
var sector = map[string]bool{"sector": true, "phase": true, "सेक्टर": true, "फेस": true, "फेज": true}

// standing gives the places of the list after a workplace that says where it is.
func (r *reader) standing(d *text.Doc, ms []mention, cue phrase.Hit[string]) []spot {
	near := r.ahead(d, ms, cue.End)
	if len(near) == 0 || abroad(near[0].names) {
		return nil
	}
	first, end := near[0].first, near[len(near)-1].end
	at := r.address(d, cue.End, first)
	switch {
	case at > 0 && r.placeNeeds[next(d, end)]: // "family in Surat needs"
	case cue.Value == placeEmployer:
		return nil
	case at > 0 && (r.stands[next(d, cue.End)] || d.Is(at-1, "from")):
		if unknown := town(d, ms, at); len(unknown) > 0 {
			return settle(d, unknown, whole)
		}
	case r.added(d, cue.End, first, end), first-cue.End < nextReach && r.isThere(d, end):
	default:
		return nil
	}
	return settle(d, near, cued)
}

// abroad reports no more than a country, to which workers do not go: "our hub in India".
func abroad(names []name) bool {
	return len(names) > 0 && names[0].state == "" && names[0].city == "" && !gulf[names[0].country]
}

// added reports that the places in tokens first up to but not including end are added to
// what is said from token i on: "dukan hai, Surat.", "site chalu hai: Surat".
func (r *reader) added(d *text.Doc, i, first, end int) bool {
	if !r.stands[next(d, i)] {
		return false
	}
	return d.Is(first-1, ":") || d.Is(first-1, ",") && i+2 == first && (end == len(d.Tokens) || d.Stop(end))
}

// address gives the token after the preposition from which on, up to token i, the names of
// an address stand: "on Kamptee Road, Nagpur"; 0 if there is none.
func (r *reader) address(d *text.Doc, from, i int) int {
	at := i
	if d.Is(at-1, ",") {
		for at--; at > from && capital(d, at-1); {
			at--
		}
	}
	if at > from && (r.prepositions[next(d, at-1)] || d.Is(at-1, "from") && r.distance[next(d, at-2)]) {
		return at
	}
	return 0
}

// isThere reports that from token i on something is said to be at the place before it:
// "में है", "के ठमेल इलाके में है", "ghat ke paas hai".
func (r *reader) isThere(d *text.Doc, i int) bool {
	for end := i + mostPart; i < end && r.inPart(d, i); {
		i++
	}
	if d.IsKind(i, text.Word) && !r.placeAt[next(d, i)] && r.placeOf[next(d, i+1)] && r.placeAt[next(d, i+2)] {
		i++
	}
	if r.placeOf[next(d, i)] {
		for end := i + ofReach; i < end && !r.clauseEnds[next(d, i+1)]; {
			i++
		}
	}
	return r.placeAt[next(d, i)] && r.clauseEnds[next(d, i+1)]
}

// mostPart is how many words say which part of a place is meant.
const mostPart = 3

// inPart reports that token i is of words for a part of a place, before where something is
// said to be: "station road pe hai", "sector 5 me".
func (r *reader) inPart(d *text.Doc, i int) bool {
	if d.IsKind(i, text.Number) {
		return true
	}
	if d.Is(i, "main") { // "main market me hai", but "Patna main hai"
		return !r.clauseEnds[next(d, i+1)]
	}
	word := next(d, i)
	return d.IsKind(i, text.Word) && !r.placeAt[word] && !r.placeOf[word] && !from(d, i) && !denials[word]
}
