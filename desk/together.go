package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/trust"
	"jobsieve/vacancy"
)

// What makes a signal beside other postings.
const (
	leastOffers    = 50   // of a function, to compare an offer with
	offersShare    = 0.95 // of them that an offer is measured by
	timesAbove     = 3    // of what that share offers at most
	mostRepeats    = 5    // days on which the same is posted
	leastDays      = 60   // from the first of them to the last
	leastEmployers = 5    // who share one text
)

// together is what postings show beside one another. While it looks it keeps some 100
// bytes a posting, however long the texts.
type together struct {
	usual   map[occupation]usual
	repeats map[reposter]repeats
	// employers is how many there are of a text that many share.
	employers map[uint64]int
}

// occupation is what offers are compared within: a function, and the band of experience
// asked for; all bands where that is empty.
type occupation struct{ function, band string }

// usual is how much is usually offered at most.
type usual struct {
	offers int
	most   int64 // rupees a year
}

// repeats are the days on which the same was posted.
type repeats struct {
	days        int
	first, last int32 // by postedDay
}

// look goes through all postings of a ledger for signals of some kinds.
func (t *together) look(ctx context.Context, l *ledger.Ledger, kinds map[trust.Kind]bool) error {
	if kinds[trust.PayFarAbove] || kinds[trust.Reposted] {
		if err := t.lookAtSummaries(ctx, l); err != nil {
			return err
		}
	}
	if kinds[trust.ManyCompanies] {
		return t.lookAtTexts(ctx, l)
	}
	return nil
}

func (t *together) lookAtSummaries(ctx context.Context, l *ledger.Ledger) error {
	offers := map[occupation][]int64{}
	var seen []postedOn
	var doc indexer.Document
	err := l.Summaries(ctx, func(_ int64, s *job.Summary) error {
		doc.SetSummary(s)
		if w := occupationOf(&doc); w.function != "" {
			if _, high, ok := doc.Offer(); ok {
				offers[w] = append(offers[w], high)
			}
		}
		if day, ok := postedDay(s); ok {
			if of, ok := reposterOf(s.Vacancy, s.Company); ok {
				seen = append(seen, postedOn{of, day})
			}
		}
		return nil
	})
	t.usual, t.repeats = usualOf(offers), repeatsOf(seen)
	return beyondDamage(err)
}

// beyondDamage leaves out that rows are damaged: whoever reads the postings themselves
// is told.
func beyondDamage(err error) error {
	var damaged *ledger.DamagedError
	if errors.As(err, &damaged) {
		return nil
	}
	return err
}

// occupationOf gives what a posting is compared within; without a function, nothing.
func occupationOf(d *indexer.Document) occupation {
	if d.Function == "" || d.Function == string(job.FunctionNone) {
		return occupation{}
	}
	return occupation{d.Function, d.ExperienceBand}
}

// usualOf says what is usual where there are enough offers: for each band of experience,
// and for all of a function under the empty band.
func usualOf(offers map[occupation][]int64) map[occupation]usual {
	all := map[occupation][]int64{}
	for w, values := range offers {
		whole := occupation{function: w.function}
		all[whole] = append(all[whole], values...)
		if w.band != "" {
			all[w] = values
		}
	}
	out := map[occupation]usual{}
	for w, values := range all {
		if len(values) >= leastOffers {
			slices.Sort(values)
			last := int(math.Ceil(offersShare*float64(len(values)))) - 1
			out[w] = usual{len(values), values[last]}
		}
	}
	return out
}

// reposter is an employer, as a hash, and one of its vacancies.
type reposter struct {
	vacancy  job.Vacancy
	employer uint64
}

// reposterOf is false where no employer is named.
func reposterOf(v job.Vacancy, company string) (of reposter, ok bool) {
	employer := vacancy.EmployerKey(company)
	return reposter{v, trust.Hash(employer)}, employer != ""
}

func (r reposter) compare(other reposter) int {
	return cmp.Or(cmp.Compare(r.vacancy, other.vacancy), cmp.Compare(r.employer, other.employer))
}

// postedOn is one day on which an employer posted a vacancy.
type postedOn struct {
	of  reposter
	day int32
}

// postedDay is when a posting was posted, or first seen where that is not known to the day,
// in days since 1970.
func postedDay(s *job.Summary) (day int32, ok bool) {
	date := cmp.Or(s.Posted, s.FirstSeen)
	if s.PostedHow == job.DateBounded {
		date = s.FirstSeen
	}
	t, err := time.Parse(time.DateOnly, date)
	return int32(t.Unix() / secondsADay), err == nil
}

const secondsADay = 24 * 60 * 60

// dateOf writes such a day: YYYY-MM-DD.
func dateOf(day int32) string {
	return time.Unix(int64(day)*secondsADay, 0).UTC().Format(time.DateOnly)
}

// repeatsOf gives the vacancies that were posted again and again.
func repeatsOf(seen []postedOn) map[reposter]repeats {
	slices.SortFunc(seen, func(a, b postedOn) int {
		return cmp.Or(a.of.compare(b.of), cmp.Compare(a.day, b.day))
	})
	seen = slices.Compact(seen)
	out := map[reposter]repeats{}
	for first := 0; first < len(seen); {
		end := first
		for end < len(seen) && seen[end].of == seen[first].of {
			end++
		}
		r := repeats{end - first, seen[first].day, seen[end-1].day}
		if r.days > mostRepeats && r.last-r.first > leastDays {
			out[seen[first].of] = r
		}
		first = end
	}
	return out
}

// textOf is the text of an employer's posting, both as hashes.
type textOf struct{ text, employer uint64 }

func (t *together) lookAtTexts(ctx context.Context, l *ledger.Ledger) error {
	var texts []textOf
	err := l.Each(ctx, func(r *ledger.Record) error {
		employer := vacancy.EmployerKey(r.Posting.Company)
		if hash, ok := trust.SameText(r.Posting.Description); ok && employer != "" {
			texts = append(texts, textOf{hash, trust.Hash(employer)})
		}
		return nil
	})
	t.employers = employersOf(texts)
	return beyondDamage(err)
}

// employersOf counts the employers of the texts that many share.
func employersOf(texts []textOf) map[uint64]int {
	slices.SortFunc(texts, func(a, b textOf) int {
		return cmp.Or(cmp.Compare(a.text, b.text), cmp.Compare(a.employer, b.employer))
	})
	texts = slices.Compact(texts)
	out := map[uint64]int{}
	for first := 0; first < len(texts); {
		end := first
		for end < len(texts) && texts[end].text == texts[first].text {
			end++
		}
		if n := end - first; n >= leastEmployers {
			out[texts[first].text] = n
		}
		first = end
	}
	return out
}

// of gives the signals that a posting gives beside others.
func (t *together) of(r *ledger.Record) (out []trust.Signal) {
	if s, ok := t.farAbove(r); ok {
		out = append(out, s)
	}
	if n, ok := t.repeated(r); ok {
		const why = "this employer posted the same vacancy on %d days from %s to %s"
		out = append(out, because(trust.Reposted, fmt.Sprintf(why, n.days, dateOf(n.first), dateOf(n.last))))
	}
	if len(t.employers) == 0 {
		return out
	}
	hash, ok := trust.SameText(r.Posting.Description)
	if n := t.employers[hash]; ok && n > 0 {
		const why = "postings of %d employers have this very description; a consultancy that hires for them may have " +
			"written it"
		out = append(out, because(trust.ManyCompanies, fmt.Sprintf(why, n)))
	}
	return out
}

// repeated says how often a posting was posted, where that is a signal.
func (t *together) repeated(r *ledger.Record) (n repeats, ok bool) {
	if len(t.repeats) == 0 {
		return n, false
	}
	of, ok := reposterOf(r.Vacancy, r.Posting.Company)
	if !ok {
		return n, false
	}
	n, ok = t.repeats[of]
	return n, ok
}

func because(k trust.Kind, why string) trust.Signal {
	return trust.Signal{Kind: k, Says: k.Says(), Because: why}
}

// farAbove gives the signal of an offer that is far above what is usual.
func (t *together) farAbove(r *ledger.Record) (s trust.Signal, ok bool) {
	if len(t.usual) == 0 {
		return s, false
	}
	doc := chosen.DocumentOf(r)
	w := occupationOf(&doc)
	_, high, ok := doc.Offer()
	if !ok || w.function == "" {
		return s, false
	}
	u, ok := t.usual[w]
	if !ok {
		w.band = ""
		u, ok = t.usual[w]
	}
	if !ok || high <= timesAbove*u.most {
		return s, false
	}
	where := w.function
	if w.band != "" {
		where += " with " + w.band + " years of experience"
	}
	s = because(trust.PayFarAbove, fmt.Sprintf(
		"%s rupees a year, where 95 of 100 offers for %s are of %s or less (%s offers)",
		job.Grouped(float64(high)), where, job.Grouped(float64(u.most)), job.Grouped(float64(u.offers))))
	if p := &r.Pay; p.Raw != nil && p.Start != nil && p.End != nil {
		s.Field, s.Start, s.End, s.Text = job.Field(p.Field), *p.Start, *p.End, *p.Raw
	}
	return s, true
}
