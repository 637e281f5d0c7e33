package facts

import (
	"strings"

	"jobsieve/job"
	"jobsieve/text"
)

// places reads where the work is: from the location field, else from the
// title, else from what the description says after a word for place.
func (r *reader) places() []job.Place {
	if strings.TrimSpace(r.posting.Location) != "" {
		return r.placesIn(job.FieldLocation, 0, len(r.docs(job.FieldLocation).Tokens), true)
	}
	title := r.docs(job.FieldTitle)
	if places := r.placesIn(job.FieldTitle, 0, len(title.Tokens), false); len(places) > 0 {
		return places
	}
	return r.describedPlaces()
}

// Place reads a text that is one place, such as "Bangalore". What is not
// known of it is empty.
func Place(s string) job.Place {
	r := reader{posting: &job.Posting{Location: s}, docs: func(job.Field) *text.Doc { return text.Parse(s) }}
	places := r.places()
	if len(places) != 1 {
		return job.Place{Raw: s}
	}
	return places[0]
}

// locationCues begin the part of a description that names the place of work.
var locationCues = func() *text.Lexicon[bool] {
	l := text.NewLexicon[bool]()
	l.MustAdd(true, `location; locations; job location; work location; place of work; place of posting; posting; base location; venue; office; jagah; pata;
		स्थान; कार्यस्थल; कार्य स्थल; लोकेशन; जगह; पता; नौकरी का स्थान; location hai; address`)
	return l
}()

// cueReach is how many tokens after a cue a place may stand.
const cueReach = 12

func (r *reader) describedPlaces() []job.Place {
	d := r.docs(job.FieldDescription)
	for _, h := range locationCues.Hits(d) {
		end := h.End
		for end < len(d.Tokens) && end < h.End+cueReach && !d.Stop(end) {
			end++
		}
		if places := r.placesIn(job.FieldDescription, h.End, end, false); len(places) > 0 {
			return places
		}
	}
	return []job.Place{}
}

// placesIn reads the places among tokens first to end of a field. whole says
// that the text is nothing but places, so that an unknown name counts as one.
func (r *reader) placesIn(f job.Field, first, end int, whole bool) []job.Place {
	d := r.docs(f)
	var hits []text.Hit[name]
	for _, h := range gazetteer().Hits(d) {
		if h.First >= first && h.End <= end && (!h.Value.short || inCapitals(d, h)) {
			hits = append(hits, h)
		}
	}
	out := []job.Place{}
	for i, h := range hits {
		if redundant(hits, i) {
			continue
		}
		p := h.Value.place(d.Slice(h.First, h.End))
		if !listed(out, p) {
			out = append(out, p)
			r.note("place", p.Raw, f, h.First, h.End)
		}
	}
	if whole && !hasCity(out) {
		out = r.unknownPlace(d, hits, out)
	}
	return out
}

func inCapitals(d *text.Doc, h text.Hit[name]) bool {
	s := d.Slice(h.First, h.End)
	return s == strings.ToUpper(s)
}

// redundant reports a state or country that only says where another hit lies.
func redundant(hits []text.Hit[name], i int) bool {
	v := hits[i].Value
	if v.city != "" {
		return false
	}
	for j, h := range hits {
		switch {
		case j == i:
		case v.state != "" && h.Value.city != "" && h.Value.state == v.state:
			return true
		case v.state == "" && h.Value.country == v.country && (h.Value.city != "" || h.Value.state != ""):
			return true
		}
	}
	return false
}

func listed(places []job.Place, p job.Place) bool {
	for _, q := range places {
		if q.City == p.City && q.State == p.State && q.Country == p.Country {
			return true
		}
	}
	return false
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
// it is written; a state or country beside it says where it lies.
func (r *reader) unknownPlace(d *text.Doc, hits []text.Hit[name], known []job.Place) []job.Place {
	taken := make([]bool, len(d.Tokens))
	for _, h := range hits {
		for i := h.First; i < h.End; i++ {
			taken[i] = true
		}
	}
	first := -1
	for i := 0; i <= len(d.Tokens); i++ {
		inside := i < len(d.Tokens) && !taken[i] && d.Tokens[i].Kind == text.Word && !ignored[d.Tokens[i].Norm]
		glue := i < len(d.Tokens) && first >= 0 && (d.Is(i, ".") || d.Is(i, "-")) && d.Tokens[i].Glued && !taken[i]
		switch {
		case inside && first < 0:
			first = i
		case !inside && !glue && first >= 0:
			if i < len(d.Tokens) && d.Tokens[i].Kind == text.Word && !taken[i] {
				first = -1 // a sentence, no name
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
