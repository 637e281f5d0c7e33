package indexer

import "strings"

// placesOf writes the places in one text.
func placesOf(d *Document) any {
	var out []string
	for _, p := range d.Detail.Facts.Places {
		parts := []string{string(p.City), string(p.State), string(p.Country)}
		out = append(out, strings.Trim(strings.Join(parts, "/"), "/"))
	}
	return strings.Join(out, "; ")
}

// placeNames names each place as exactly as is known.
func placeNames(d *Document) any {
	var out []string
	for _, p := range d.Detail.Facts.Places {
		name := p.City
		if name == "" {
			name = p.State
		}
		if name == "" {
			name = p.Country
		}
		out = appendNew(out, string(name))
	}
	return out
}

func monthOf(d *Document) any { return monthIn(d.Posted) }

func firstMonthOf(d *Document) any { return monthIn(d.FirstSeen) }

func closedMonthOf(d *Document) any { return monthIn(d.Closed) }

// monthIn gives the month of a date, YYYY-MM of YYYY-MM-DD.
func monthIn(date string) string { return date[:min(len("2006-01"), len(date))] }
