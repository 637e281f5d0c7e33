package facts

import "jobsieve/text"

// opening gives the places at the end of the few words that a text begins with, which say who
// is sought: "Hostel warden, Kota.", "Maid for a family in Kota.", or only where. The text has
// no such beginning where end is 0.
func (r *reader) opening(d *text.Doc, ms []mention, end int) []spot {
	spots := settle(d, r.before(d, ms, end), running)
	if len(spots) == 0 || spots[0].region() && !gulf[spots[0].country] {
		return nil
	}
	first := spots[0].first
	if first == 0 {
		return spots // "Laxmi Nagar, Delhi."
	}
	if !r.opens(d, first-1) {
		return nil
	}
	for i := range first - 1 {
		if !d.IsKind(i, text.Word) || r.notSought[d.Tokens[i].Norm] || r.placeBetween[d.Tokens[i].Norm] {
			return nil
		}
	}
	return spots
}

// opens reports what stands at token i between who is sought and the place: a comma, "for", and
// in front of an employer "for a family in".
func (r *reader) opens(d *text.Doc, i int) bool {
	if d.Is(i, ",") || d.Is(i, "for") {
		return i > 0
	}
	if !r.prepositions[next(d, i)] {
		return false
	}
	for i--; i > 0; i-- {
		if d.Is(i, "for") {
			return true
		}
	}
	return false
}

// openingEnd gives the token at which a short first sentence ends that may say who is sought
// where; 0 where there is none.
func openingEnd(d *text.Doc) int {
	const most = 10
	joined := false
	for i := 0; i < len(d.Tokens) && i <= most; i++ {
		if d.Stop(i) {
			if joined {
				return i
			}
			return 0
		}
		joined = joined || d.Is(i, ",") || d.Is(i, "for")
	}
	if joined && len(d.Tokens) <= most {
		return len(d.Tokens)
	}
	return 0
}
