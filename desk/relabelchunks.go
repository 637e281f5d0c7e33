package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"time"

	"jobsieve/filter"
	"jobsieve/ledger"
	"jobsieve/pipeline"
)

// relabelAsks is what a relabelling in chunks asks of machines.
type relabelAsks struct {
	// Filter is which postings.
	Filter string `json:"filter"`
	// Samples is how many are kept of each change.
	Samples int `json:"samples"`
}

// Relabeller does the chunks of relabellings that its program, of a version, and its reader
// can do.
type Relabeller struct {
	Program string
	Reader  *pipeline.Reader
	Now     func() time.Time
}

// Begin begins what Desk.Relabel does, so that machines do it in chunks, or joins what others
// began that is the same and is not done; what is begun by other rules ends. It gives the ID.
// The filter has no words: what has them, the index of one process says.
func (r *Relabeller) Begin(
	ctx context.Context, l *ledger.Ledger, which *filter.Filter, samples int,
) (id string, err error) {
	if which.Text != "" {
		return "", errors.New("a filter with words can't be shared")
	}
	asks, err := json.Marshal(relabelAsks{which.String(), samples})
	if err != nil {
		return "", err
	}
	return l.BeginRereading(ctx, r.name(), asks, r.Now())
}

// name tells relabellers apart that read otherwise.
func (r *Relabeller) name() string { return r.Program + " " + r.Reader.Name() }

// ErrOtherRules says that a chunk is to be read by another version of the program or of the
// rules, or with other pay in the configuration of sources.
var ErrOtherRules = errors.New("it is to be read by other rules than this process has")

// Chunk does what is left of a chunk. Its error is ErrOtherRules where it must not.
func (r *Relabeller) Chunk(ctx context.Context, l *ledger.Ledger, c *ledger.Chunk) error {
	if c.Reader != r.name() {
		return ErrOtherRules
	}
	var asks relabelAsks
	if err := json.Unmarshal(c.Asks, &asks); err != nil {
		return fmt.Errorf("what a chunk asks: %w", err)
	}
	p, err := passingAll(asks.Filter)
	if err != nil {
		return fmt.Errorf("what a chunk asks: %w", err)
	}
	reads := rereading{passes: p}
	read := reads.reads(r.Reader.ReadAll(ctx))
	return l.RereadChunk(ctx, r.Now(), c, func(batch []*ledger.Record) ([]ledger.Reading, error) {
		reads.seen = map[int64]bool{}
		return read(batch)
	}, func(was ledger.Tally, batch []*ledger.Record, to []ledger.Reading, differs []bool) (ledger.Tally, error) {
		m := &Relabelling{Impact: NewImpact(asks.Samples)}
		if err := m.take(&was); err != nil {
			return was, err
		}
		for i, record := range batch {
			m.add(&reads, record, &to[i], differs[i])
		}
		return m.tally()
	})
}

// passingAll is what a filter without words, in its normal form, lets pass.
func passingAll(parameters string) (p passes, err error) {
	values, err := url.ParseQuery(parameters)
	if err != nil {
		return p, err
	}
	f, err := filter.Parse(values, filter.Book{})
	if err != nil {
		return p, err
	}
	p.all = f.IsZero()
	p.query, err = f.Query()
	return p, err
}

// Relabelling is what has come of a relabelling in chunks.
type Relabelling struct {
	// Readings is how many are stored.
	Readings int
	*Impact
	// Chunks are all, and ByMachines those that machines did, not processes beside them.
	Chunks, ByMachines int
}

// Relabelling sums up what is done of a relabelling, with up to samples of each change.
func (r *Relabeller) Relabelling(ctx context.Context, l *ledger.Ledger, id string, samples int) (*Relabelling, error) {
	chunks, err := l.Chunks(ctx, id)
	if err != nil {
		return nil, err
	}
	m := &Relabelling{Impact: NewImpact(samples)}
	for i := range chunks {
		m.Chunks++
		if chunks[i].Machine != "" {
			m.ByMachines++
		}
		if err := m.take(&chunks[i].Tally); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// add notes a posting that was read again, if it passes.
func (m *Relabelling) add(reads *rereading, r *ledger.Record, to *ledger.Reading, differs bool) {
	byHand, passes := reads.seen[r.N]
	if !passes {
		return
	}
	if differs {
		m.Readings++
	}
	if byHand {
		m.ByHand++
	} else if differs {
		m.Impact.Add(&r.Posting, &r.Reading, to)
		return
	}
	m.Postings++
}

// relabelCounts are the counts of a chunk, and relabelSamples its samples, as they are stored.
type relabelCounts struct {
	Readings int            `json:"readings"`
	Postings int            `json:"postings"`
	ByHand   int            `json:"by_hand"`
	Labels   []labelCount   `json:"labels"`
	Reread   map[string]int `json:"reread"`
}

type labelCount struct {
	LabelChange
	N int `json:"n"`
}

type relabelSamples struct {
	Labels []Sample                  `json:"labels"`
	Reread map[string][]RereadSample `json:"reread"`
}

// tally writes what was found.
func (m *Relabelling) tally() (t ledger.Tally, err error) {
	counts := relabelCounts{Readings: m.Readings, Postings: m.Postings, ByHand: m.ByHand, Reread: map[string]int{}}
	for _, change := range m.Changes() {
		counts.Labels = append(counts.Labels, labelCount{change, m.Counts[change]})
	}
	samples := relabelSamples{Labels: m.Samples, Reread: map[string][]RereadSample{}}
	for _, r := range m.Reread {
		counts.Reread[r.What], samples.Reread[r.What] = r.Changed, r.Samples
	}
	var failed error
	t.Counts, err = json.Marshal(counts)
	t.Samples, failed = json.Marshal(samples)
	return t, errors.Join(err, failed)
}

// take adds what was found before, or in another chunk.
func (m *Relabelling) take(t *ledger.Tally) error {
	var counts relabelCounts
	var samples relabelSamples
	for _, part := range []struct {
		stored []byte
		into   any
	}{{t.Counts, &counts}, {t.Samples, &samples}} {
		if len(part.stored) == 0 {
			continue
		}
		if err := json.Unmarshal(part.stored, part.into); err != nil {
			return fmt.Errorf("what was found in a chunk: %w", err)
		}
	}
	m.Readings += counts.Readings
	m.Postings += counts.Postings
	m.ByHand += counts.ByHand
	kept := map[LabelChange]int{}
	for _, s := range m.Samples {
		kept[s.LabelChange]++
	}
	for _, c := range counts.Labels {
		m.Changed += c.N
		m.Counts[c.LabelChange] += c.N
	}
	for _, s := range samples.Labels {
		if kept[s.LabelChange]++; kept[s.LabelChange] <= m.most {
			m.Samples = append(m.Samples, s)
		}
	}
	for what, n := range counts.Reread {
		r := m.reread(what)
		r.Changed += n
		r.Samples = append(r.Samples, samples.Reread[what]...)
		r.Samples = r.Samples[:min(len(r.Samples), m.most)]
	}
	return nil
}
