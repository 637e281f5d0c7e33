package indexer

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"jobsieve/job"
)

// Vacancy names what a posting offers: it is the same for postings of the same
// title, company and place, in normal form.
func Vacancy(p *job.Posting, f *job.Facts) string {
	var places []string
	for _, place := range f.Places {
		places = append(places, strings.Join([]string{string(place.City), string(place.State), string(place.Country)},
			"/"))
	}
	slices.Sort(places)
	normal := func(s string) string { return strings.Join(Words(s), " ") }
	where := strings.Join(slices.Compact(places), "|")
	sum := sha256.Sum256([]byte(normal(p.Title) + "\x00" + normal(p.Company) + "\x00" + where))
	return fmt.Sprintf("%x", sum[:8])
}
