package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
)

// Forget removes the text of postings from the ledger, in all their versions,
// and marks their documents to go from every index; then it rewrites the file,
// so that nothing of them stays on the disk. Names are those of Get. It says
// how many postings there were, and which names no posting has. What was
// forgotten before is forgotten again: a Forget that was cut short can be
// repeated.
func (l *Ledger) Forget(ctx context.Context, names []string) (n int, unknown []string, err error) {
	n, err = l.forgetEach(ctx, func(tx *sql.Tx) (n int, err error) {
		unknown = nil
		for _, name := range names {
			found, err := l.forget(ctx, tx, name)
			if err != nil {
				return n, err
			}
			if found == 0 {
				unknown = append(unknown, name)
			}
			n += found
		}
		return n, nil
	})
	return n, unknown, err
}

// ForgetNumbered is Forget for the postings of the ledger's own numbers.
func (l *Ledger) ForgetNumbered(ctx context.Context, numbers []int64) (n int, err error) {
	return l.forgetEach(ctx, func(tx *sql.Tx) (n int, err error) {
		for _, number := range numbers {
			found, err := l.forgetNamed(ctx, tx, named{"n = $1", []any{number}})
			if err != nil {
				return n, err
			}
			n += found
		}
		return n, nil
	})
}

// forgetEach forgets in one transaction, and then rewrites the file.
func (l *Ledger) forgetEach(ctx context.Context, f func(*sql.Tx) (int, error)) (n int, err error) {
	err = l.transact(ctx, "forget postings", func(tx *sql.Tx) (err error) {
		if n, err = f(tx); err != nil {
			return err
		}
		// It is not known which samples are of what is forgotten.
		_, err = tx.ExecContext(ctx, "UPDATE chunk SET samples = $1", []byte{})
		return err
	})
	if err != nil || n == 0 {
		return n, err
	}
	return n, l.engine.shred(ctx)
}

// forget forgets the postings of a name; see Get.
func (l *Ledger) forget(ctx context.Context, tx *sql.Tx, name string) (found int, err error) {
	for _, n := range namesOf(name) {
		if found, err = l.forgetNamed(ctx, tx, n); err != nil || found > 0 {
			return found, err
		}
	}
	return 0, nil
}

func (l *Ledger) forgetNamed(ctx context.Context, tx *sql.Tx, these named) (found int, err error) {
	if err := l.leaveVacancies(ctx, tx, these); err != nil {
		return 0, err
	}
	for _, statement := range []string{
		"DELETE FROM version WHERE n IN (SELECT n FROM posting WHERE %s)",
		"DELETE FROM summary WHERE n IN (SELECT n FROM posting WHERE %s)",
		"DELETE FROM vacancy_due WHERE n IN (SELECT n FROM posting WHERE %s)",
		"DELETE FROM reading WHERE n IN (SELECT n FROM posting WHERE %s)",
		"DELETE FROM turn WHERE n IN (SELECT n FROM posting WHERE %s)",
		"DELETE FROM address WHERE n IN (SELECT n FROM posting WHERE %s)",
		// It is not known which of a source's kept pages hold the posting.
		"DELETE FROM page WHERE source IN (SELECT source FROM posting WHERE %s)",
	} {
		if _, err := tx.ExecContext(ctx, fmt.Sprintf(statement, these.where), these.args...); err != nil {
			return 0, err
		}
	}
	args := append(slices.Clip(these.args), []byte{})
	// Nor is it known what a crawl of it holds that is under way.
	statement := fmt.Sprintf(`UPDATE crawl SET frontier = $%d WHERE source IN (SELECT source FROM posting WHERE %s)`,
		len(args), these.where)
	if _, err := tx.ExecContext(ctx, statement, args...); err != nil {
		return 0, err
	}
	statement = fmt.Sprintf(`UPDATE posting SET forgotten = TRUE, revision = revision + 1, posted = '',
		posted_how = '', rules = '', hand = NULL, state = 'unknown', closed = NULL, link = NULL, until = NULL, hash = $%d, content = $%d, reading = $%[2]d WHERE %[3]s`, len(these.args)+1, len(these.args)+2, these.where)
	res, err := tx.ExecContext(ctx, statement, append(args, []byte("{}"))...)
	if err != nil {
		return 0, err
	}
	rows, err := res.RowsAffected()
	return int(rows), err
}
