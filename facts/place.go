package facts

import (
	"cmp"
	"slices"
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

// pin is the sign that maps have at a place.
const pin = "📍"

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
