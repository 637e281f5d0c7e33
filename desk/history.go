package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/job"
	"jobsieve/ledger"
)

// History is what became of a stored posting.
type History struct {
	Record *ledger.Record
	// Events are in the order of time.
	Events []Event
}

// Event is one thing that became of a posting. Besides its time one of its members is
// there.
type Event struct {
	At time.Time `json:"at"`
	// Version is a text that was seen then.
	Version *NewVersion `json:"version,omitempty"`
	// ReadAnew is that the text was read by other rules than before.
	ReadAnew *ReadAnew `json:"read_anew,omitempty"`
	// Turn is a change of state.
	Turn *ledger.Turn `json:"turn,omitempty"`
	// Hand is the label by hand that holds.
	Hand *job.HandLabel `json:"hand,omitempty"`
}

// NewVersion is a version of the text of a posting, with what differs from the one before.
type NewVersion struct {
	Number  int64    `json:"number"`
	Changes []Change `json:"changes"`
}

// ReadAnew is a reading that another took the place of.
type ReadAnew struct {
	// Earlier is what had been read.
	Earlier ledger.Reading `json:"earlier"`
	// Changes are what the reading after it says otherwise, without a label by hand; nil
	// where that one is not kept, since the text had changed before it was read again.
	Changes []Change `json:"changes"`
}

// Change is a field that was changed, by the names of the fields of a document, or, in a
// version, of a posting.
type Change struct {
	Field string `json:"field"`
	From  string `json:"from"`
	To    string `json:"to"`
}

// Histories gives what became of the postings of an id, of one source where source is not
// empty; none where there is no such posting. Its error is a *config.UnknownSourceError
// where nobody knows the source.
func (d *Desk) Histories(ctx context.Context, id, source string) (out []History, err error) {
	err = d.read(ctx, func(l *ledger.Ledger) error {
		records, err := d.named(ctx, l, id, source)
		if err != nil {
			return err
		}
		for _, r := range records {
			events, err := eventsOf(ctx, l, r)
			if err != nil {
				return err
			}
			out = append(out, History{r, events})
		}
		return nil
	})
	return out, err
}

// named gives the postings of an id, of one source where source is not empty.
func (d *Desk) named(ctx context.Context, l *ledger.Ledger, id, source string) ([]*ledger.Record, error) {
	records, err := l.Get(ctx, id)
	records = slices.DeleteFunc(records, func(r *ledger.Record) bool {
		return source != "" && r.Posting.Source != source
	})
	if err == nil && len(records) == 0 {
		err = d.checkSource(ctx, l, source)
	}
	return records, err
}

// eventsOf gives what became of a posting.
func eventsOf(ctx context.Context, l *ledger.Ledger, r *ledger.Record) (out []Event, err error) {
	versions, err := l.Versions(ctx, r)
	if err != nil {
		return nil, err
	}
	for i := range versions {
		v := &NewVersion{Number: versions[i].Version, Changes: []Change{}}
		if i > 0 {
			v.Changes = changedTexts(&versions[i-1].Posting, &versions[i].Posting)
		}
		out = append(out, Event{At: versions[i].Seen, Version: v})
	}
	earlier, err := l.History(ctx, r)
	if err != nil {
		return nil, err
	}
	for i := range earlier {
		next, until := &r.Reading, time.Time{}
		if i+1 < len(earlier) {
			next, until = &earlier[i+1].Reading, earlier[i+1].Until
		}
		again := &ReadAnew{Earlier: earlier[i].Reading}
		if !seenBetween(versions, earlier[i].Until, until) {
			again.Changes = changedReading(r, &earlier[i].Reading, next)
		}
		out = append(out, Event{At: earlier[i].Until, ReadAnew: again})
	}
	turns, err := l.Turns(ctx, r)
	if err != nil {
		return nil, err
	}
	for i := range turns {
		out = append(out, Event{At: turns[i].At, Turn: &turns[i]})
	}
	if r.Hand != nil {
		out = append(out, Event{At: r.Hand.At, Hand: r.Hand})
	}
	slices.SortStableFunc(out, func(a, b Event) int { return a.At.Compare(b.At) })
	return out, nil
}

// seenBetween reports a version that was seen after a time and up to another, which is the
// zero time for none.
func seenBetween(versions []ledger.Version, after, until time.Time) bool {
	return slices.ContainsFunc(versions, func(v ledger.Version) bool {
		return v.Seen.After(after) && (until.IsZero() || !v.Seen.After(until))
	})
}

// changedTexts says what differs between two versions of a posting.
func changedTexts(from, to *job.Posting) []Change {
	out := []Change{}
	note := func(field, a, b string) {
		if a != b {
			out = append(out, Change{field, a, b})
		}
	}
	for _, f := range job.Fields {
		note(string(f), from.Text(f), to.Text(f))
	}
	note("url", from.URL, to.URL)
	note("posted", from.Posted, to.Posted)
	note("openings", from.Openings, to.Openings)
	a, b := others(from), others(to)
	for _, m := range slices.Concat(from.Extra, to.Extra) {
		note(m.Key, a[m.Key], b[m.Key])
		delete(a, m.Key)
		delete(b, m.Key)
	}
	return out
}

// others gives what else a row had: texts as they are, other values as JSON.
func others(p *job.Posting) map[string]string {
	out := map[string]string{}
	for _, m := range p.Extra {
		var text string
		if err := json.Unmarshal(m.Value, &text); err != nil {
			text = string(m.Value)
		}
		out[m.Key] = text
	}
	return out
}

// saidTwice are the fields that are the same as others where there is no label by hand.
var saidTwice = []string{"rules_label", "rules_function"}

// changedReading says what differs between two readings of a posting.
func changedReading(r *ledger.Record, from, to *ledger.Reading) []Change {
	document := func(read *ledger.Reading) *indexer.Document {
		other := *r
		other.Reading, other.Hand = *read, nil
		d := chosen.DocumentOf(&other)
		return &d
	}
	a, b := document(from), document(to)
	out := []Change{}
	for i := range indexer.Fields {
		f := &indexer.Fields[i]
		if cmp.Or(f.Column, f.Grouping) == "" || len(f.Of) > 0 || slices.Contains(saidTwice, f.Name) {
			continue
		}
		before, after := strings.Join(f.Texts(a), ", "), strings.Join(f.Texts(b), ", ")
		if before != after {
			out = append(out, Change{f.Name, before, after})
		}
	}
	return out
}
