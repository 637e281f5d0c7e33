package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// ready gives a posting to compare, as ahead got it if it did; nil where it is forgotten or
// damaged.
func (g *grouper) ready(ctx context.Context, n int64) (*compared, error) {
	if c, ok := g.known[n]; ok && g.current[n] {
		return c, nil
	}
	return g.load(ctx, n)
}

// ahead gets postings to compare, which ready then gives: so many at once as a query takes,
// for a question to a server takes longer than its answer.
func (g *grouper) ahead(ctx context.Context, numbers []int64) error {
	var kept, lacking []int64
	for _, n := range numbers {
		switch _, ok := g.known[n]; {
		case !ok:
			lacking = append(lacking, n)
		case !g.current[n]:
			kept = append(kept, n)
		}
	}
	outdated, err := g.outdated(ctx, kept)
	if err != nil {
		return err
	}
	lacking = append(lacking, outdated...)
	if len(g.known)+len(lacking) > mostCached {
		clear(g.known)
	}
	return g.some(ctx, recordColumns, lacking, func(scan func(...any) error) error {
		r, damaged := scanRecord(scan)
		g.keep(r, damaged)
		g.current[r.N] = true
		return nil
	})
}

// outdated gives those of some known postings that were written since they were read; it
// notes that the others are current.
func (g *grouper) outdated(ctx context.Context, numbers []int64) (out []int64, err error) {
	err = g.some(ctx, "n, revision", numbers, func(scan func(...any) error) error {
		var n, revision int64
		if err := scan(&n, &revision); err != nil {
			return err
		}
		if c := g.known[n]; c != nil && c.revision != revision {
			out = append(out, n)
			return nil
		}
		g.current[n] = true
		return nil
	})
	return out, err
}

// some calls f for a row of columns of each of some postings.
func (g *grouper) some(
	ctx context.Context, columns string, numbers []int64, f func(scan func(...any) error) error,
) error {
	query := "SELECT " + columns + " FROM posting p WHERE n IN (" + placeholders + ")"
	for chunk := range slices.Chunk(numbers, mostCompared) {
		args := make([]any, mostCompared)
		for i := range args {
			args[i] = int64(0) // which no posting has
			if i < len(chunk) {
				args[i] = chunk[i]
			}
		}
		if err := g.tx.each(ctx, query, args, f); err != nil {
			return err
		}
	}
	return nil
}

// placeholders are those of mostCompared values.
var placeholders = func() string {
	var all []string
	for i := range mostCompared {
		all = append(all, fmt.Sprintf("$%d", i+1))
	}
	return strings.Join(all, ", ")
}()
