package crawler

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"time"

	"jobsieve/config"
	"jobsieve/job"
)

// frontierForm is the first byte of a frontier. It rises with each change of what is in
// it, so that one of another version is as none.
const frontierForm = 1

// longestBreak is how long after a slice the next one may begin: after a longer one the
// pages before it count as kept from before, since the site may have changed meanwhile.
const longestBreak = time.Hour

// mostFrontier is how long a frontier is at most, in bytes.
const mostFrontier = 128 << 20

// frontier is the state of a crawl between two of its slices.
type frontier struct {
	At      position
	Paused  time.Time
	Receipt []byte // as JSON

	// What the crawl has met: maps, as flatten gives them.
	Met, Visited, ListPages, Ends, Listed []byte

	Later  []waiting
	Held   []held
	Visits []openVisit

	Repeated                           int
	Clashes, Variants, Scripts, Logins examples
	Unlisted                           bool

	Slow     map[string]time.Duration
	Seen     time.Time // when the last page came
	Replayed int
	Had      int
}

// openVisit is a visit of which it is not known yet what it gives.
type openVisit struct {
	Visit
	Open, Rejected bool
}

// stopped reports that the crawl is to go on from where the error left it.
func (c *crawl) stopped(ctx context.Context, err error) bool {
	return c.src.Kind != config.KindFile && c.get != nil && (errors.Is(err, errPaused) || c.cutOff(ctx, err))
}

// frontier gives the state of the crawl; nil where it only began.
func (c *crawl) frontier() []byte {
	if !c.at.Chosen && c.at.Page == 0 {
		return nil
	}
	f := frontier{
		At: c.at, Paused: c.env.Now(),
		Met: flatten(c.met), Visited: flatten(c.visited), ListPages: flatten(c.listPages), Ends: flatten(c.ends),
		Listed: flatten(c.listed), Later: c.later, Held: c.held, Repeated: c.repeated,
		Clashes: c.clashes, Variants: c.variants, Scripts: c.scripts, Logins: c.logins, Unlisted: c.unlisted,
		Slow: c.slow, Seen: c.get.at, Replayed: c.get.replayed, Had: c.get.had,
	}
	if c.visits != nil {
		for _, v := range c.visits.waiting {
			f.Visits = append(f.Visits, openVisit{*v, v.open, v.rejected})
		}
	}
	var err error
	if f.Receipt, err = json.Marshal(&c.receipt); err != nil {
		return c.unkeepable(err)
	}
	out := bytes.NewBuffer([]byte{frontierForm})
	if err := gob.NewEncoder(out).Encode(&f); err != nil {
		return c.unkeepable(err)
	}
	if out.Len() > mostFrontier {
		return c.unkeepable(fmt.Errorf("it has %d bytes, and at most %d are kept", out.Len(), mostFrontier))
	}
	return out.Bytes()
}

// unkeepable notes that there is no frontier: the crawl goes on from the pages that are
// kept.
func (c *crawl) unkeepable(err error) []byte {
	c.env.Log.Warn("the frontier of a crawl can't be kept", "source", c.src.Name, "error", err)
	return nil
}

// Frontier is where a crawl stands, as a slice of it left that.
type Frontier struct {
	state   frontier
	receipt job.Receipt
}

var errForm = errors.New("it is of another version")

// ReadFrontier reads the bytes of an Outcome. Its error says why they can't be read: they
// are damaged, or of another version. The crawl then goes on without.
func ReadFrontier(from []byte) (*Frontier, error) {
	if len(from) == 0 || from[0] != frontierForm {
		return nil, errForm
	}
	f := &Frontier{}
	if err := gob.NewDecoder(bytes.NewReader(from[1:])).Decode(&f.state); err != nil {
		return nil, err
	}
	return f, json.Unmarshal(f.state.Receipt, &f.receipt)
}

// goOn stands where an earlier slice stopped, if there was one.
func (c *crawl) goOn() {
	if c.env.Frontier == nil || !c.env.Resumed || c.env.Offline {
		return
	}
	f, began := &c.env.Frontier.state, c.receipt.Started
	c.at, c.receipt, c.restored = f.At, c.env.Frontier.receipt, f.Visits
	c.met, c.visited, c.ends = unflatten[likeness](f.Met), unflatten[visit](f.Visited), unflatten[int32](f.Ends)
	c.listPages, c.listed = unflatten[bool](f.ListPages), unflatten[struct{}](f.Listed)
	c.later, c.held, c.repeated, c.unlisted = f.Later, f.Held, f.Repeated, f.Unlisted
	c.clashes, c.variants, c.scripts, c.logins = f.Clashes, f.Variants, f.Scripts, f.Logins
	c.get.at, c.get.replayed, c.get.had = f.Seen, f.Replayed, f.Had
	maps.Copy(c.slow, f.Slow)
	if c.env.Told {
		c.receipt.Started = began
		c.receipt.Bytes, c.receipt.Waits, c.receipt.Waited, c.receipt.Statuses = 0, 0, 0, nil
	}
	if c.env.Told || began.Sub(f.Paused) > longestBreak {
		c.get.replayed = f.Had
	}
}

// entry is one of a map.
type entry[V any] struct {
	Key   hash
	Value V
}

// flatten gives a map as bytes, each entry as many as the others.
func flatten[V any](m map[hash]V) []byte {
	entries := make([]entry[V], 0, len(m))
	for key, value := range m {
		entries = append(entries, entry[V]{key, value})
	}
	out, err := binary.Append(nil, binary.LittleEndian, entries)
	if err != nil {
		panic(err) // V is not of a fixed size
	}
	return out
}

// unflatten gives the map that was flattened.
func unflatten[V any](from []byte) map[hash]V {
	entries := make([]entry[V], len(from)/binary.Size(entry[V]{}))
	if _, err := binary.Decode(from, binary.LittleEndian, entries); err != nil {
		panic(err) // V is not of a fixed size
	}
	m := make(map[hash]V, len(entries))
	for i := range entries {
		m[entries[i].Key] = entries[i].Value
	}
	return m
}

// restore gives the visits of earlier slices back.
func (v *visits) restore(all []openVisit) {
	for i := range all {
		visit := all[i].Visit
		visit.open, visit.rejected = all[i].Open, all[i].Rejected
		v.waiting[visit.Link] = &visit
	}
}
