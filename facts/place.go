package facts

import (
	"slices"
	"strings"

	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// places reads where the work is: from the location field, else from the
// title, else from what the description says after a word for place.
func (r *reader) places() []job.Place {
	if strings.TrimSpace(r.posting.Location) != "" {
		return r.locatedPlaces()
	}
	if places := r.placesOf(job.FieldTitle, namesIn(r.docs(job.FieldTitle))); len(places) > 0 {
		return places
	}
	return r.describedPlaces()
}

// Place reads a text that is one place, such as "Bangalore". What is not known
// about it is empty.
func (rd *Reader) Place(s string) job.Place {
	docs := func(job.Field) *text.Doc { return text.Parse(s) }
	r := reader{words: &rd.words, posting: &job.Posting{Location: s}, docs: docs}
	places := r.places()
	if len(places) != 1 {
		return job.Place{Raw: s}
	}
	return places[0]
}

// cueReach is how many tokens after a cue a place may be.
const cueReach = 12

func (r *reader) describedPlaces() []job.Place {
	d := r.docs(job.FieldDescription)
	cues := r.placeOfWork.Hits(d)
	if len(cues) == 0 {
		return []job.Place{}
	}
	names := namesIn(d)
	for _, h := range cues {
		end := h.End
		for end < len(d.Tokens) && end < h.End+cueReach && !d.Stop(end) {
			end++
		}
		near := phrase.Near(names, h.End, end)
		if len(near) > 0 && near[0].First < h.End {
			near = near[1:]
		}
		if n := len(near); n > 0 && near[n-1].End > end {
			near = near[:n-1]
		}
		if places := r.placesOf(job.FieldDescription, near); len(places) > 0 {
			return places
		}
	}
	return []job.Place{}
}

// locatedPlaces reads the location field, which is nothing but places, so that
// an unknown name counts as one.
func (r *reader) locatedPlaces() []job.Place {
	d := r.docs(job.FieldLocation)
	hits := namesIn(d)
	out := r.placesOf(job.FieldLocation, hits)
	if !hasCity(out) {
		out = r.unknownPlace(d, hits, out)
	}
	return out
}

// placesOf gives the places whose names are in a field, each once.
func (r *reader) placesOf(f job.Field, hits []phrase.Hit[name]) []job.Place {
	d := r.docs(f)
	lies := lying(hits)
	out := []job.Place{}
	seen := map[name]bool{}
	for _, h := range hits {
		n := h.Value
		n.short = false
		if seen[n] || n.city == "" && lies[n] {
			continue
		}
		seen[n] = true
		p := n.place(d.Slice(h.First, h.End))
		out = append(out, p)
		r.note("place", p.Raw, f, h.First, h.End)
	}
	return out
}

// namesIn finds the names of places in a text; an abbreviation is one in
// capitals only.
func namesIn(d *text.Doc) []phrase.Hit[name] {
	return slices.DeleteFunc(gazetteer().Hits(d), func(h phrase.Hit[name]) bool {
		s := d.Slice(h.First, h.End)
		return h.Value.short && s != strings.ToUpper(s)
	})
}

// lying gives the states and countries for which another name says where in
// them the place is.
func lying(hits []phrase.Hit[name]) map[name]bool {
	lies := map[name]bool{}
	for _, h := range hits {
		n := h.Value
		if n.city != "" {
			lies[name{state: n.state, country: n.country}] = true
		}
		if n.city != "" || n.state != "" {
			lies[name{country: n.country}] = true
		}
	}
	return lies
}

func hasCity(places []job.Place) bool {
	for _, p := range places {
		if p.City != "" || p.Country != "IN" {
			return true
		}
	}
	return false
}

// unknownPlace keeps the first part of a location that no gazetteer knows, as
// it is written; a state or country beside it says where it is.
func (r *reader) unknownPlace(d *text.Doc, hits []phrase.Hit[name], known []job.Place) []job.Place {
	taken := make([]bool, len(d.Tokens))
	for _, h := range hits {
		for i := h.First; i < h.End; i++ {
			taken[i] = true
		}
	}
	first := -1
	for i := 0; i <= len(d.Tokens); i++ {
		inside := i < len(d.Tokens) && !taken[i] && d.Tokens[i].Kind == text.Word && !r.noPlace[d.Tokens[i].Norm]
		glue := i < len(d.Tokens) && first >= 0 && (d.Is(i, ".") || d.Is(i, "-")) && d.Tokens[i].Glued && !taken[i]
		switch {
		case inside && first < 0:
			first = i
		case !inside && !glue && first >= 0:
			if i < len(d.Tokens) && d.Tokens[i].Kind == text.Word && !taken[i] {
				first = -1 // a sentence, not a name
				continue
			}
			return withUnknown(d.Slice(first, i), known)
		}
	}
	return known
}

// maxNameWords is the most words that an unknown place's name may have.
const maxNameWords = 4

func withUnknown(raw string, known []job.Place) []job.Place {
	if len(strings.Fields(raw)) > maxNameWords {
		return known
	}
	p := job.Place{City: job.Opt(raw), Raw: raw}
	if len(known) > 0 {
		p.State, p.Country = known[0].State, known[0].Country
		return append([]job.Place{p}, known[1:]...)
	}
	return []job.Place{p}
}
