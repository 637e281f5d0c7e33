package million

import (
	_ "embed"
	"math/rand/v2"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// placesTSV has a city of India a line, with its state and how often postings name it.
//
//go:embed places.tsv
var placesTSV string

// place is a city and its state.
type place struct{ city, state string }

var (
	places []place
	// upTo are the weights of the places, each with those before it.
	upTo = weigh()
)

func weigh() (sums []int) {
	sum := 0
	for line := range strings.Lines(placesTSV) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		weight, err := strconv.Atoi(cells[len(cells)-1])
		if err != nil {
			panic("places.tsv: expected a weight: " + line)
		}
		sum += weight
		places, sums = append(places, place{cells[0], cells[1]}), append(sums, sum)
	}
	return sums
}

// drawPlace gives a place, by its weight.
func drawPlace(random *rand.Rand) place {
	return places[sort.SearchInts(upTo, random.IntN(upTo[len(upTo)-1])+1)]
}

// hybrid is what some boards write before the places of such work.
const hybrid = "Hybrid - "

// firstCity is the city that a location begins with, empty where it is none that this
// package knows.
func firstCity(location string) string {
	ends := func(r rune) bool { return strings.ContainsRune(",|/+(", r) }
	first := strings.FieldsFunc(strings.TrimPrefix(location, hybrid), ends)
	if len(first) == 0 {
		return ""
	}
	name := strings.TrimSpace(first[0])
	isKnown := slices.ContainsFunc(places, func(p place) bool { return p.city == name })
	if isKnown || name == "Bangalore" || name == "Gurgaon" {
		return name
	}
	return ""
}

// in gives a location that is written as another one, with this place as its first.
// Work from home, whole countries and nothing stay.
func (p place) in(location string, random *rand.Rand) string {
	switch location {
	case "", "Work from home", "Remote", "India", "All India":
		return location
	}
	prefix, rest := "", location
	if after, ok := strings.CutPrefix(rest, hybrid); ok {
		prefix, rest = hybrid, after
	}
	more := ""
	if at := strings.LastIndex(rest, " +"); at > 0 {
		rest, more = rest[:at], rest[at:]
	}
	for _, separator := range []string{"|", ", "} {
		if parts := strings.Split(rest, separator); len(parts) > 1 {
			return prefix + p.beside(parts, separator, random) + more
		}
	}
	return prefix + p.city + more
}

// beside writes as many places as a list has; a city with its state stays such a pair.
func (p place) beside(list []string, separator string, random *rand.Rand) string {
	if slices.ContainsFunc(places, func(q place) bool { return q.state == list[1] && q.city != list[1] }) {
		return p.city + separator + p.state
	}
	names := []string{p.city}
	for len(names) < len(list) {
		if q := drawPlace(random); !slices.Contains(names, q.city) {
			names = append(names, q.city)
		}
	}
	return strings.Join(names, separator)
}
