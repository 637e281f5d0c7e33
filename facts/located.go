package facts

import (
	"slices"
	"strings"
	"sync"

	"jobsieve/job"
)

// The most locations that are remembered, and the longest, in bytes.
const (
	maxLocated  = 4096
	maxLocation = 256
)

// located remembers what locations were read as: boards repeat the same few
// thousand. It may be used by several goroutines.
type located struct {
	mu     sync.RWMutex
	byText map[string]location
}

// location is what the text of a location was read as.
type location struct {
	places []job.Place
	spans  []job.FactSpan
}

func (l *located) get(text string) (location, bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	found, ok := l.byText[text]
	return found, ok
}

// put remembers a location; where there are too many, all others are forgotten. It
// keeps copies: a text may be a piece of a whole row.
func (l *located) put(text string, read location) {
	if len(text) > maxLocation {
		return
	}
	text = strings.Clone(text)
	read = location{slices.Clone(read.places), slices.Clone(read.spans)}
	for i := range read.places {
		p := &read.places[i]
		p.City, p.Raw = job.Opt(strings.Clone(string(p.City))), strings.Clone(p.Raw) // an unknown city is as written
	}
	for i := range read.spans {
		span := &read.spans[i]
		span.Value, span.Text = strings.Clone(span.Value), text[span.Start:span.End]
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.byText == nil || len(l.byText) >= maxLocated {
		l.byText = map[string]location{}
	}
	l.byText[text] = read
}

// locatedPlaces reads the location field, which is nothing but places, so that
// an unknown name counts as one.
func (r *reader) locatedPlaces() []job.Place {
	d := r.docs(job.FieldLocation)
	read, ok := r.located.get(d.Text)
	if !ok {
		before := len(r.facts.Readings)
		spots := settle(d, r.placesIn(d, r.mentions(d), 0, len(d.Tokens)), whole)
		read.places = r.noted(job.FieldLocation, spots)
		read.spans = r.facts.Readings[before:]
		r.facts.Readings = r.facts.Readings[:before]
		r.located.put(d.Text, read)
	}
	r.facts.Readings = append(r.facts.Readings, read.spans...)
	return slices.Clone(read.places)
}
