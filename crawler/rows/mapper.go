package rows

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"jobsieve/crawler/extract"
	"jobsieve/job"
)

// mapper makes postings of rows: it finds the field that each column holds.
type mapper struct {
	named  map[string]string // field to column, as people said
	notes  *notes
	table  bool // an empty cell is nothing
	rows   int
	met    map[string]bool // named columns that rows have
	unused []unused        // columns that are kept but not used
	used   map[string]bool // columns that some row has used
	known  map[string]bool // those in unused
}

// unused is a column that is not used, and how it is reported.
type unused struct{ key, text string }

// role gives the field that a column holds; it is empty for one that is not
// known.
func (m *mapper) role(column string) role {
	for field, name := range m.named {
		if strings.EqualFold(strings.TrimSpace(name), column) {
			return role{field, -1}
		}
	}
	r := roles[plainName(column)]
	if _, named := m.named[r.field]; named {
		return role{}
	}
	return r
}

// check checks the columns of a table: those that people named are there, and one
// holds the title.
func (m *mapper) check(columns []column) error {
	var names []string
	fields := map[string]bool{}
	for _, c := range columns {
		names = append(names, short(c.key, 60))
		if r := m.role(c.name); r.field != "" {
			fields[r.field] = true
		}
	}
	has := short(strings.Join(names, ", "), 400)
	for _, field := range slices.Sorted(maps.Keys(m.named)) {
		if !fields[field] {
			return fmt.Errorf("no column %q for %s: the file has %s", m.named[field], field, has)
		}
	}
	switch {
	case len(fields) == 0:
		return fmt.Errorf("the first line names no column that is known: "+
			"expected names such as id,title,company, got %s", has)
	case !fields["title"]:
		return fmt.Errorf("no column for title: the file has %s; "+
			"say which one it is with --column title=COLUMN, or under columns", has)
	}
	return nil
}

// jsonRows gives the function that reads the rows of objects.
func (m *mapper) jsonRows(o *objects) func() (Row, error) {
	return func() (Row, error) {
		line, object, err := o.next()
		row := Row{Line: line}
		if err != nil {
			return row, err
		}
		members, twice, err := membersOf(object)
		if err != nil && bytes.ContainsAny(object, "NI") {
			members, twice, err = membersOf(withoutNaN(object))
		}
		if err != nil {
			return row, err
		}
		for _, key := range twice {
			m.notes.add("twice", "line %d has the key %q twice; there and in other rows the last one counts",
				line, short(key, 60))
		}
		row.Members = members
		held := make([]role, len(members))
		for i := range members {
			held[i] = m.role(members[i].Key)
		}
		row.Posting, err = m.posting(members, held)
		return row, err
	}
}

// posting makes a posting of members; held says which field each holds. What is
// not used goes into Extra.
func (m *mapper) posting(members []job.Member, held []role) (p job.Posting, err error) {
	m.rows++
	r := &row{members, map[string]value{}, make([]fate, len(members))}
	if err := m.readAll(r, held); err != nil {
		return p, err
	}
	for field := range r.values {
		if p.Has(field) || field == job.ValidThrough {
			p.Set(field, r.take(field))
		}
	}
	if p.CrawledAt, err = job.ParseTime(strings.TrimSpace(r.take("crawled_at"))); err != nil {
		return p, fmt.Errorf("%s: %w", members[r.values["crawled_at"].member].Key, err)
	}
	p.Salary, p.Location = r.salary(), r.location()
	p.Extra = m.spare(p.Extra, r, held)
	if isMissing(p.Title) {
		return p, ErrNoTitle
	}
	return p, nil
}

// readAll reads the members that hold a field.
func (m *mapper) readAll(r *row, held []role) error {
	for i, h := range held {
		if h.field == "" {
			continue
		}
		if err := m.read(r, i, h); err != nil {
			return fmt.Errorf("%s: %w", short(r.members[i].Key, 60), err)
		}
	}
	return nil
}

// spare adds the members that no field took to extra, and notes which were used and
// which were left.
func (m *mapper) spare(extra []job.Member, r *row, held []role) []job.Member {
	for i, member := range r.members {
		empty := string(member.Value) == `""` || string(member.Value) == "null"
		switch {
		case r.fates[i] == left && !empty:
			m.leave(r, i, held[i])
		case r.fates[i] == taken && r.holds(i, held[i].field) && len(m.used) < mostUsed:
			m.use(member.Key)
		}
		if r.fates[i] != taken && !(empty && m.table) {
			extra = append(extra, member)
		}
	}
	return extra
}

// asWritten are the fields whose texts aren't prose: an "&" in them is a sign like
// any other.
var asWritten = []string{"id", "url", "source", "posted", "crawled_at", "valid_through"}

// read reads the member of a field. One that has another name than the field may
// hold anything.
func (m *mapper) read(r *row, i int, h role) error {
	if h.rank < 0 {
		if m.met == nil {
			m.met = map[string]bool{}
		}
		m.met[h.field] = true
	}
	text, err := textOf(h.field, r.members[i].Value)
	if err != nil {
		if h.rank > 0 {
			err = nil // a column of another name may hold anything
		}
		return err
	}
	if !slices.Contains(asWritten, h.field) && !strings.HasPrefix(text, "{") {
		if plain := extract.Decoded(text); plain != text {
			text = plain
			if err := r.rewrite(i, plain); err != nil {
				return err
			}
		}
	}
	if isMissing(text) {
		r.fates[i] = taken
		return nil
	}
	if have, ok := r.values[h.field]; !ok || h.rank < have.rank {
		r.values[h.field] = value{text, h.rank, i}
	}
	return nil
}

// mostUnused is how many columns that are not used are reported, and how many
// are remembered as reported.
const mostUnused = 40

// leave notes that a column is not used. Keys such as @type say nothing of a
// posting.
func (m *mapper) leave(r *row, i int, h role) {
	key := r.members[i].Key
	switch {
	case m.known[key], len(m.known) > mostUnused, strings.HasPrefix(key, "@"):
		return
	case m.known == nil:
		m.known = map[string]bool{}
	}
	m.known[key] = true
	text := short(key, 60)
	if v, beside := r.values[h.field]; beside && v.member != i {
		text += " (beside " + short(r.members[v.member].Key, 60) + ")"
	}
	m.unused = append(m.unused, unused{key, text})
}

// mostUsed is how many columns are remembered as used.
const mostUsed = 1000

// use notes that a column is used.
func (m *mapper) use(key string) {
	if m.used == nil {
		m.used = map[string]bool{}
	}
	m.used[key] = true
}

// finish reports, when everything is read, what was not used.
func (m *mapper) finish(w *window) {
	var texts []string
	for i, u := range m.unused {
		switch {
		case i == mostUnused:
			u.text = "and more"
		case m.used[u.key]:
			u.text += " in some rows"
		}
		texts = append(texts, u.text)
	}
	if len(texts) > 0 {
		m.notes.add("unused", "not used, but kept: %s; use one with --column FIELD=COLUMN, or under columns",
			strings.Join(texts, ", "))
	}
	for _, field := range slices.Sorted(maps.Keys(m.named)) {
		if w.cut == nil && m.rows > 0 && !m.met[field] {
			w.cut = errors.New("no row has " + strconv.Quote(m.named[field]) + ", which was said to hold " + field)
		}
	}
}
