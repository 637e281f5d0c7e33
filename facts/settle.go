package facts

import (
	"cmp"
	"slices"

	"jobsieve/text"
)

// spot is what a mention was decided to be.
type spot struct {
	name
	first, end int
	inside     bool
	// unknown is true of a city that no gazetteer has.
	unknown bool
	// stated is true where a state or country beside it says where it is.
	stated bool
	// others are what else it may be, where nothing beside it decides.
	others []name
}

// sight is how sure it is that names are those of places.
type sight int

// The kinds of sight, from the least sure.
const (
	running sight = iota // a text that says something else too
	cued                 // after a word for place
	whole                // a field or a line that is nothing but places
)

// settle decides what mentions stand for: a state or country beside a city says
// where that is, and decides between namesakes. Where a text is nothing but
// places, a city in a state that has none of that name is one that no gazetteer
// knows.
func settle(d *text.Doc, ms []mention, sure sight) []spot {
	s := settler{d: d, ms: ms, sure: sure}
	for i := 0; i < len(ms); {
		switch city := s.chain(i + 1); {
		case ms[i].mayBeCity():
			i = s.city(i, city, nil)
		case city < len(ms) && ms[city].mayBeCity() && s.beside(city) && s.leads(i, city):
			i = s.city(city, s.chain(city+1), ms[i:city])
		default:
			i = s.region(i, city)
		}
	}
	s.decideLater()
	s.leaveDistricts()
	return s.kept()
}

type settler struct {
	d     *text.Doc
	ms    []mention
	sure  sight
	spots []spot
}

// beside reports that only signs and numbers are between mention i and the one
// before it.
func (s *settler) beside(i int) bool {
	first, end := s.ms[i-1].end, s.ms[i].first
	return separated(s.d, first, end) && (s.sure == whole || s.d.Unbroken(first, end))
}

// mostRegions is how many regions an address has: a district, a state, a country.
const mostRegions = 3

// chain gives the end of the regions that stand one beside the other from mention i on,
// beside the mention before.
func (s *settler) chain(i int) int {
	end := min(i+mostRegions, len(s.ms))
	for i < end && s.ms[i].mayBeRegion() && s.beside(i) {
		i++
	}
	return i
}

// leads reports that the regions from mention i up to but not including city say
// where that is: "Maharashtra - Pune", "US-OR-Salem".
func (s *settler) leads(i, city int) bool {
	if len(s.ms[city].names) == 0 {
		return i == 0 && city == len(s.ms)-1
	}
	return agreed(s.ms[city].cities(), s.ms[i:city]) != nil || s.sure == whole && together(s.ms[i:city]).foreignState()
}

// foreignState reports a state of another country, which a list of places does not have.
func (n name) foreignState() bool { return n.state != "" && n.country != "IN" }

// city decides on mention i, with the regions after it up to but not including
// end, and those before it. It gives the mention after what it took.
func (s *settler) city(i, end int, before []mention) int {
	m, next := &s.ms[i], i+1
	p := spot{first: m.first, end: m.end, inside: m.inside, unknown: len(m.names) == 0}
	after, cities := s.ms[i+1:end], m.cities()
	behind, ahead := agreed(cities, after), agreed(cities, before)
	switch {
	case behind != nil:
		p.name, p.stated = behind.name, true
		next += behind.used
	case ahead != nil:
		p.name, p.stated = ahead.name, true
	case s.isNamesake(m, after):
		where := together(after)
		p.name, p.stated, p.unknown = where.name, true, true
		p.city = s.d.Slice(m.first, m.end)
		next += where.used
	case p.unknown || len(before) > 0:
		if len(before) > 0 {
			p.name, p.stated = together(before).name, true
		}
		p.city = s.d.Slice(m.first, m.end)
	default:
		p.name, p.others = cities[0], cities[1:]
	}
	s.spots = append(s.spots, p)
	return next
}

// region decides on the regions from mention i up to but not including end, which
// say nothing about a city.
func (s *settler) region(i, end int) int {
	m, where := &s.ms[i], together(s.ms[i:end])
	if where.used > 1 || !where.beside && (s.sure == whole || !where.code) {
		s.spots = append(s.spots, spot{name: where.name, first: m.first, end: m.end, inside: m.inside, stated: true})
	}
	return i + where.used
}

// choice is what some mentions stand for together.
type choice struct {
	name
	used int
}

// agreed gives the first of cities that most of the regions are consistent with,
// with the state that they state; nil where the first of them is not.
func agreed(cities []name, regions []mention) *choice {
	var best choice
	for _, c := range cities {
		n := 0
		for n < len(regions) && c.takes(&regions[n]) {
			n++
		}
		if n > best.used {
			best = choice{c, n}
		}
	}
	if best.used == 0 {
		return nil
	}
	return &best
}

// takes reports that a city is in one of the regions that a mention may be. It
// gives the city its state where that was not known.
func (n *name) takes(m *mention) bool {
	for _, r := range m.regions() {
		if n.in(&r) {
			if n.state == "" {
				n.state = r.state
			}
			return true
		}
	}
	return false
}

// together gives the one region that neighbouring regions stand for: "CA, US",
// "Sindh, PK", "Bihar".
func together(regions []mention) choice {
	first := regions[0].regions()
	if len(regions) > 1 {
		second := regions[1].regions()
		for _, a := range first {
			for _, b := range second {
				if a.country == b.country && (a.state == "" || b.state == "" || a.state == b.state) {
					return choice{name{state: cmp.Or(a.state, b.state), country: a.country}, 2}
				}
			}
		}
	}
	alone := slices.IndexFunc(first, func(n name) bool { return !n.beside })
	return choice{first[max(alone, 0)], 1}
}

// isNamesake reports that a mention is a place of its name in the regions after
// it, which no gazetteer knows. The name of a country or of a state of India after
// a well-known city is another place of a list.
func (s *settler) isNamesake(m *mention, after []mention) bool {
	if s.sure < whole || len(after) == 0 || after[0].mayBeCity() {
		return false
	}
	if len(m.names) == 0 {
		return true
	}
	if len(s.ms) > fewPlaces {
		return false // a list
	}
	c, where := m.names[0], after[0].regions()[0]
	switch {
	case c.quarter:
		return false
	case where.code, where.foreignState():
		return true
	}
	return c.country == "IN" && !c.known
}

// decideLater decides between namesakes with nothing beside them by the other places
// of the text.
func (s *settler) decideLater() {
	if !slices.ContainsFunc(s.spots, func(p spot) bool { return len(p.others) > 0 }) {
		return
	}
	states, cities := map[name]bool{}, map[string]bool{}
	for i := range s.spots {
		if p := &s.spots[i]; len(p.others) == 0 {
			states[name{state: p.state, country: p.country}] = true
			cities[p.city] = true
		}
	}
	for i := range s.spots {
		p := &s.spots[i]
		if len(p.others) == 0 {
			continue
		}
		for _, n := range append([]name{p.name}, p.others...) {
			where := name{state: n.state, country: n.country}
			if n.quarter && cities[n.city] || !n.quarter && states[where] {
				p.name = n
				break
			}
		}
	}
}

// leaveDistricts leaves out the districts that say where the city before lies: "Baddi,
// Dist. Solan".
func (s *settler) leaveDistricts() {
	kept := s.spots[:0]
	end := 0 // of the place before
	for _, p := range s.spots {
		before := end
		end = p.end
		if n := len(kept); n > 0 && s.district(&p, &kept[n-1], before) {
			kept[n-1].state, kept[n-1].country, kept[n-1].stated = p.state, p.country, true
			continue
		}
		kept = append(kept, p)
	}
	s.spots = kept
}

// district reports that a place is said to be a district, and stands beside a city in it, or
// what follows that up to token before.
func (s *settler) district(p, city *spot, before int) bool {
	const signs = 2 // between "Dist" and the name
	if p.city == "" || city.city == "" || city.state != "" && city.state != p.state {
		return false
	}
	if districts[next(s.d, p.end)] || districts[next(s.d, p.end-1)] {
		return separated(s.d, before, p.first)
	}
	at := p.first - 1
	for end := at - signs; at > end && s.d.IsKind(at, text.Symbol) && !s.d.Is(at, ","); {
		at--
	}
	return at >= before && districts[next(s.d, at)] && separated(s.d, before, at)
}

// districts are words beside the name of a district.
var districts = map[string]bool{
	"dist": true, "distt": true, "dt": true, "district": true, "zila": true, "zilla": true, "jila": true, "jilla": true,
	"tehsil": true, "taluka": true, "taluk": true, "tal": true, "जिला": true, "जिल्हा": true, "तहसील": true,
}

// kept gives the spots that are places of their own: not a region that says where another
// place is, a quarter beside its city, a word.
func (s *settler) kept() []spot {
	if len(s.spots) == 0 {
		return nil
	}
	out := make([]spot, 0, len(s.spots))
	lies, city := s.lying()
	outer := 0
	for i := range s.spots {
		p := &s.spots[i]
		if !p.inside {
			outer = i
		}
		redundant := false
		switch {
		case p.region():
			redundant = lies[name{state: p.state, country: p.country}] || p.vague && s.sure == running
		case p.inside:
			redundant = elsewhereThan(p, &s.spots[outer])
		case p.unknown && !p.stated:
			redundant = s.partOfCity(i)
		case p.vague && s.sure == running:
			redundant = !p.stated
		case p.vague && p.quarter:
			redundant = city
		}
		if !redundant {
			out = append(out, *p)
		}
	}
	return out
}

// lying gives the regions for which another place says where in them it is, and whether
// a city is named.
func (s *settler) lying() (lies map[name]bool, city bool) {
	if len(s.spots) == 1 {
		return nil, false
	}
	lies = map[name]bool{}
	for i := range s.spots {
		p := &s.spots[i]
		if p.city != "" {
			lies[name{state: p.state, country: p.country}] = true
			city = city || !p.quarter
		}
		if p.city != "" || p.state != "" {
			lies[name{country: p.country}] = true
		}
	}
	return lies, city
}

// elsewhereThan reports that a place in brackets after a city is a part of that, or a
// place that cannot be meant: "Bengaluru (Salem Main Road)". The cities around Delhi and
// Chandigarh are in other states.
func elsewhereThan(p, city *spot) bool {
	return p.quarter || p.unknown || !p.known || p.state != city.state && city.state != city.city
}

// fewPlaces is how many names an address has at most; more are a list.
const fewPlaces = 3

// partOfCity reports that place i, which no gazetteer knows, is a quarter of the city
// that is named after it: "Hazra, Kolkata".
func (s *settler) partOfCity(i int) bool {
	if len(s.spots) > fewPlaces || i+1 == len(s.spots) {
		return false
	}
	next := &s.spots[i+1]
	return next.known || next.city != "" && (next.stated || next.country != "IN" && !next.unknown)
}
