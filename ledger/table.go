package ledger

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"math"
	"strings"
)

// What a column holds.
type holds byte

const (
	number holds = iota
	flag
	score
	text
	octet // bytes
)

// column is a column of a table.
type column struct {
	name  string
	holds holds
}

// table is a table of the ledger as it is copied.
type table struct {
	name string
	// key is how many of the first columns tell rows apart.
	key int
	// lasting is how many of the first columns never change, of a row that never goes, unless
	// it is pruned; 0 where rows may go.
	lasting int
	columns []column
}

// columnsOf gives columns that hold one kind of thing, by their names.
func columnsOf(kind holds, names string) (out []column) {
	for _, name := range strings.Fields(names) {
		out = append(out, column{name, kind})
	}
	return out
}

func columnsIn(parts ...[]column) (out []column) {
	for _, part := range parts {
		out = append(out, part...)
	}
	return out
}

// tables are all tables, in an order in which none refers to a later one; what waits to be
// compared comes last, since a posting that is stored waits.
var tables = []table{
	{"run", 1, 4, columnsIn(
		columnsOf(number, "id"), columnsOf(text, "command"), columnsOf(number, "pid started finished"),
		columnsOf(text, "outcome"))},
	{"receipt", 1, 3, columnsIn(columnsOf(number, "id run"), columnsOf(text, "source"), columnsOf(octet, "body"))},
	{"crawl", 1, 1, columnsIn(
		columnsOf(text, "source"), columnsOf(number, "n"), columnsOf(flag, "ended"), columnsOf(number, "attempt"),
		columnsOf(octet, "frontier"), columnsOf(number, "run"))},
	{"posting", 1, 3, columnsIn(
		columnsOf(number, "n"), columnsOf(text, "source id"), columnsOf(octet, "hash"),
		columnsOf(number, "version revision first_seen last_seen"), columnsOf(text, "posted"),
		columnsOf(flag, "forgotten"), columnsOf(octet, "content reading"), columnsOf(text, "rules"),
		columnsOf(octet, "hand"), columnsOf(text, "posted_how state"), columnsOf(number, "closed crawl until"),
		columnsOf(octet, "link"))},
	{"version", 2, 0, columnsIn(columnsOf(number, "n version seen"), columnsOf(octet, "content"))},
	{"reading", 2, 0, columnsIn(columnsOf(number, "n revision until"), columnsOf(octet, "body"))},
	{"summary", 1, 0, columnsIn(columnsOf(number, "n"), columnsOf(octet, "packed"))},
	{"delivery", 2, 0, columnsIn(
		columnsOf(text, "target"), columnsOf(number, "n revision"), columnsOf(text, "refused"),
		columnsOf(number, "at"))},
	{"page", 2, 0, columnsIn(
		columnsOf(text, "source request"), columnsOf(number, "crawl asked status fetched"),
		columnsOf(text, "url etag modified robots"), columnsOf(octet, "body"))},
	{"address", 2, 0, columnsIn(
		columnsOf(text, "source"), columnsOf(octet, "link"), columnsOf(number, "crawl asked modified"),
		columnsOf(text, "way"), columnsOf(number, "n"), columnsOf(text, "outcome said"), columnsOf(flag, "changed"))},
	{"host", 1, 0, columnsIn(
		columnsOf(text, "host"), columnsOf(number, "asked free failures rests"), columnsOf(text, "why"))},
	{"robots", 2, 0, columnsIn(
		columnsOf(text, "host scheme"), columnsOf(flag, "found"), columnsOf(octet, "body"), columnsOf(text, "fault"),
		columnsOf(number, "faults until"))},
	{"turn", 1, 0, columnsIn(columnsOf(number, "id n at crawl"), columnsOf(text, "state cause"))},
	{"yield", 2, 0, columnsIn(
		columnsOf(text, "source"), columnsOf(number, "crawl at"), columnsOf(text, "way"),
		columnsOf(number, "found"), columnsOf(flag, "good complete"))},
	{"next_due", 1, 0, columnsIn(columnsOf(text, "source schedule"), columnsOf(number, "next begun"))},
	{"told_sick", 1, 0, columnsIn(columnsOf(text, "source"), columnsOf(flag, "sick"))},
	{"vacancy_member", 1, 0, columnsIn(
		columnsOf(number, "n cluster joined vacancy"), columnsOf(text, "role"), columnsOf(octet, "keys"))},
	{"vacancy_key", 2, 0, columnsOf(number, "key n")},
	{"vacancy_pair", 2, 0, columnsIn(
		columnsOf(number, "a b"), columnsOf(flag, "linked"), columnsOf(score, "score"), columnsOf(text, "agreed"))},
	{"vacancy_decision", 2, 0, columnsIn(
		columnsOf(number, "a b"), columnsOf(flag, "together"), columnsOf(number, "at"))},
	{"saved_search", 1, 0, columnsIn(
		columnsOf(text, "name question"), columnsOf(number, "saved looked seen"), columnsOf(text, "webhook"),
		columnsOf(number, "told"))},
	{"vacancy_due", 1, 0, columnsOf(number, "n")},
}

// passing are the tables of who is at work now, and on what, which is neither copied nor
// verified.
var passing = []table{
	{"machine", 1, 0, columnsIn(
		columnsOf(text, "id name version roles"), columnsOf(number, "workers"), columnsOf(text, "keeps"),
		columnsOf(number, "started seen"), columnsOf(flag, "draining"))},
	{"claim", 1, 0, columnsIn(columnsOf(text, "source token machine holder"), columnsOf(number, "started until"))},
	{"rereading", 1, 0, columnsIn(columnsOf(text, "id reader"), columnsOf(octet, "asks"), columnsOf(number, "begun"))},
	{"chunk", 2, 0, columnsIn(
		columnsOf(text, "rereading"), columnsOf(number, "first last next"), columnsOf(text, "machine"),
		columnsOf(octet, "counts samples"))},
}

// names gives the names of columns, with commas.
func names(columns []column) string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = c.name
	}
	return strings.Join(out, ", ")
}

// places are those of so many arguments of a statement, after some others: ($3, $4).
func places(after, n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("$%d", after+i+1)
	}
	return "(" + strings.Join(out, ", ") + ")"
}

// upsert is the statement that writes so many rows, over those of the same keys.
func (t *table) upsert(rows int) string {
	var values, set []string
	for i := range rows {
		values = append(values, places(i*len(t.columns), len(t.columns)))
	}
	for _, c := range t.columns[t.key:] {
		set = append(set, c.name+" = excluded."+c.name)
	}
	query := fmt.Sprintf("INSERT INTO %s (%s) VALUES %s ON CONFLICT (%s) DO ", t.name, names(t.columns),
		strings.Join(values, ", "), names(t.columns[:t.key]))
	if len(set) == 0 {
		return query + "NOTHING"
	}
	return query + "UPDATE SET " + strings.Join(set, ", ")
}

// row is a row of a table: for each column an int64, bool, float64, string or []byte, or
// nil.
type row []any

// cell is a value that is read as what its column holds.
type cell struct {
	holds holds
	value any
}

var errCell = errors.New("its value is of another kind than its column")

// Scan takes the value of a database.
func (c *cell) Scan(from any) error {
	c.value = nil
	switch v := from.(type) {
	case nil:
		return nil
	case int64:
		return c.take(v, v != 0, float64(v))
	case bool:
		if c.holds == flag {
			c.value = v
			return nil
		}
	case float64:
		if c.holds == score {
			c.value = v
			return nil
		}
	case string:
		return c.takeText([]byte(v))
	case []byte:
		return c.takeText(append([]byte{}, v...))
	}
	return errCell
}

// take takes a number, which is also how SQLite has flags and round scores.
func (c *cell) take(n int64, set bool, fraction float64) error {
	switch c.holds {
	case number:
		c.value = n
	case flag:
		c.value = set
	case score:
		c.value = fraction
	default:
		return errCell
	}
	return nil
}

func (c *cell) takeText(v []byte) error {
	switch c.holds {
	case text:
		c.value = string(v)
	case octet:
		c.value = v
	default:
		return errCell
	}
	return nil
}

// read reads a row.
func (t *table) read(scan func(...any) error) (row, error) {
	cells := make([]cell, len(t.columns))
	to := make([]any, len(cells))
	for i := range cells {
		cells[i].holds = t.columns[i].holds
		to[i] = &cells[i]
	}
	if err := scan(to...); err != nil {
		return nil, err
	}
	r := make(row, len(cells))
	for i := range cells {
		r[i] = cells[i].value
	}
	return r, nil
}

// write writes a row in one form, by which rows are compared.
func (r row) write(b []byte) []byte {
	for _, v := range r {
		switch v := v.(type) {
		case nil:
			b = append(b, 0)
		case int64:
			b = binary.BigEndian.AppendUint64(append(b, 1), uint64(v))
		case bool:
			if b = append(b, 1, 0); v {
				b[len(b)-1] = 1
			}
		case float64:
			b = binary.BigEndian.AppendUint64(append(b, 1), math.Float64bits(v))
		case string:
			b = append(binary.BigEndian.AppendUint64(append(b, 1), uint64(len(v))), v...)
		case []byte:
			b = append(binary.BigEndian.AppendUint64(append(b, 1), uint64(len(v))), v...)
		}
	}
	return b
}

// size is about how many bytes a row takes.
func (r row) size() (n int) {
	for _, v := range r {
		switch v := v.(type) {
		case string:
			n += len(v)
		case []byte:
			n += len(v)
		default:
			n++
		}
	}
	return n
}

// digest is the count of rows, and a hash of all that they hold.
type digest struct {
	rows int
	hash hash.Hash
	form []byte
}

func newDigest() *digest { return &digest{hash: sha256.New()} }

func (d *digest) add(r row) {
	d.rows++
	d.form = r.write(d.form[:0])
	_, _ = d.hash.Write(d.form) // it never fails
}

func (d *digest) String() string {
	const shown = 8 // bytes
	return fmt.Sprintf("%d rows with the hash %s", d.rows, hex.EncodeToString(d.hash.Sum(nil)[:shown]))
}
