package rows

import (
	"crypto/sha256"
	"fmt"

	"jobsieve/job"
)

// Repeats finds the rows of one input that have the id of an earlier one. The first
// row counts: if the last did, each reading of the same input would change what the
// one before left. Memory is a few bytes a row.
type Repeats struct {
	met    map[digest]first
	differ int
	told   []string
}

// digest stands for a text.
type digest [16]byte

// first is the row that an id was met in first.
type first struct {
	says digest
	line int
}

// Met reports a posting whose source and id an earlier row has.
func (r *Repeats) Met(line int, p *job.Posting) bool {
	if r.met == nil {
		r.met = map[digest]first{}
	}
	key, says := digestOf([]byte(p.Source+"\x00"+p.ID)), digestOf(p.Hash(false))
	f, met := r.met[key]
	switch {
	case !met:
		r.met[key] = first{says, line}
	case f.says != says:
		if r.differ++; r.differ <= MaxTold {
			const format = "line %d: the id %q is in line %d already, where it says something else; the first counts"
			r.told = append(r.told, fmt.Sprintf(format, line, short(p.ID, 60), f.line))
		}
	}
	return met
}

// Differ says how many rows have the id of an earlier one and say something else.
func (r *Repeats) Differ() int { return r.differ }

// Notes describe the rows that Differ counts, line by line for the first few.
func (r *Repeats) Notes() []string {
	if more := r.differ - MaxTold; more > 0 {
		return append(r.told[:MaxTold:MaxTold], fmt.Sprintf("of other rows that have the id of an earlier one "+
			"and say something else: %d; the first counts", more))
	}
	return r.told
}

func digestOf(b []byte) (d digest) {
	sum := sha256.Sum256(b)
	copy(d[:], sum[:])
	return d
}
