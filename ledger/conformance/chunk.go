package conformance

import (
	"errors"
	"fmt"
	"strconv"
	"testing"
	"time"

	"jobsieve/job"
	"jobsieve/ledger"
)

// inChunks reads chunks as the titles of postings, and tallies how many differ.
type inChunks struct {
	ledger *ledger.Ledger
	// meanwhile, which may be nil, is called once between reading and writing.
	meanwhile func()
}

func (r *inChunks) read(batch []*ledger.Record) ([]ledger.Reading, error) {
	out := make([]ledger.Reading, len(batch))
	for i, record := range batch {
		out[i].Verdict.Function = job.Function(record.Posting.Title)
	}
	if r.meanwhile != nil {
		r.meanwhile()
		r.meanwhile = nil
	}
	return out, nil
}

func tally(was ledger.Tally, batch []*ledger.Record, _ []ledger.Reading, differs []bool) (ledger.Tally, error) {
	n, _ := strconv.Atoi(string(was.Counts)) // 0 where it is empty
	for i := range batch {
		if differs[i] {
			n++
			was.Samples = append([]byte(batch[i].Posting.Title+";"), was.Samples...)
		}
	}
	was.Counts = []byte(strconv.Itoa(n))
	return was, nil
}

func (r *inChunks) do(t *testing.T, c ledger.Chunk) {
	t.Helper()
	if err := r.ledger.RereadChunk(t.Context(), day, &c, r.read, tally); err != nil || !c.Done() {
		t.Errorf("%+v: %v", c, err)
	}
}

func chunksOf(t *testing.T, l *ledger.Ledger, id string) []ledger.Chunk {
	t.Helper()
	chunks, err := l.Chunks(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return chunks
}

func beginReread(t *testing.T, l *ledger.Ledger, reader, asks string) (id string) {
	t.Helper()
	id, err := l.BeginRereading(t.Context(), reader, []byte(asks), day)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// Chunks are read by several at once, and each posting is stored and tallied once, whoever
// writes beside them.
func rereadInChunks(t *testing.T, p Place) {
	a, b := open(t, p.Locator), open(t, p.Locator)
	var entries []ledger.Entry
	for i := range 2 * ledger.ChunkSize {
		entries = append(entries, entry("s", strconv.Itoa(i), "Clerk"))
	}
	storeAll(t, a, day, entries...)
	id := beginReread(t, a, "1", "all")
	if again, other := beginReread(t, b, "1", "all"), beginReread(t, b, "1", "some"); again != id || other == id {
		t.Errorf("%s was begun, then %s and %s", id, again, other)
	}
	chunks := chunksOf(t, a, id)
	if len(chunks) != 2 || chunks[0].First != 1 || chunks[1].First != 1+ledger.ChunkSize || chunks[1].Last != 2*ledger.ChunkSize {
		t.Fatalf("%+v", chunks)
	}
	beside := &inChunks{ledger: a, meanwhile: func() { (&inChunks{ledger: b}).do(t, chunks[0]) }}
	beside.do(t, chunks[0])
	stored := &inChunks{ledger: a, meanwhile: func() { storeAll(t, b, day, entry("s", "502", "Typist")) }}
	stored.do(t, chunks[1])
	for i, c := range chunksOf(t, b, id) {
		if string(c.Counts) != strconv.Itoa(ledger.ChunkSize) || len(c.Samples) == 0 {
			t.Errorf("chunk %d: %s differ, %d bytes of samples", i, c.Counts, len(c.Samples))
		}
	}
	undone, err := a.UndoneChunks(t.Context())
	left, all, failed := a.ChunksLeft(t.Context(), id)
	if err := errors.Join(err, failed); err != nil || len(undone) != 2 || left != 0 || all != 2 {
		t.Errorf("%d chunks of others, %d of %d: %v", len(undone), left, all, err)
	}
	if r := get(t, a, "502"); r.Verdict.Function != "Typist" || r.Revision != 3 {
		t.Errorf("%+v", r)
	}
	if again := beginReread(t, a, "1", "all"); again == id {
		t.Error("what is done was joined")
	}
	chunksForgotten(t, a, id)
}

// chunksForgotten forgets a posting, and drops what is old.
func chunksForgotten(t *testing.T, l *ledger.Ledger, id string) {
	t.Helper()
	if _, _, err := l.Forget(t.Context(), []string{"7"}); err != nil {
		t.Fatal(err)
	}
	for _, c := range chunksOf(t, l, id) {
		if len(c.Samples) > 0 {
			t.Errorf("%d has samples", c.First)
		}
	}
	if err := l.DropRereadings(t.Context(), day.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	id = beginReread(t, l, "1", "all")
	if other := beginReread(t, l, "2", "all"); other == id || len(chunksOf(t, l, id)) != 0 || len(chunksOf(t, l, other)) != 2 {
		t.Error("two readers read at once")
	}
	err := l.RereadChunk(t.Context(), day, &ledger.Chunk{Rereading: id, First: 1, Last: 2, Next: 1}, (&inChunks{}).read, tally)
	if !errors.Is(err, ledger.ErrNoChunk) {
		t.Error(fmt.Errorf("a dropped one: %w", err))
	}
}
