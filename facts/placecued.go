package facts

import (
	"slices"
	"strings"

	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// How many tokens after a cue the name of a place may begin: a label heads a line, a
// word such as "vacancy in" is said of the next, "at" of what it stands before.
const (
	labelReach = 12
	nextReach  = 4
)

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
	to := endingBy(ms, i)
	if to == 0 || d.Sentence(i)-d.Sentence(ms[to-1].first) > 1 || !ms[to-1].mayBeCity() {
		return nil
	}
	return r.before(d, ms, ms[to-1].end)
}

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
	end := spots[len(spots)-1].end
	if apart && d.IsKind(end, text.Word) && !d.Is(end, "district") || nameGoesOn(d, end) {
		return nil
	}
	return spots
}

// nameGoesOn reports that a name goes on at token i: "at Texas Instruments", "At Kovai.co".
func nameGoesOn(d *text.Doc, i int) bool {
	if d.Is(i, ".") {
		return i+1 < len(d.Tokens) && d.Tokens[i].Glued && d.Tokens[i+1].Glued
	}
	return capital(d, i)
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
