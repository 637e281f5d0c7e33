package api

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"

	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/ledger"
)

// cursor says where the next page of a search begins, while the index is written:
//
//   - In an order by a field it has the rank of the last posting, which ends with its key,
//     and the next page has what comes after it. A posting that matches all the while, and
//     whose rank stays, comes exactly once.
//   - By relevance ranks move with every posting that is written. So it has the keys that
//     were given, each as a few bytes of its digest, and the next page has the best of the
//     others. A posting that matches all the while comes exactly once, as long as it is
//     among the best mostRelevant.
type cursor struct {
	// Question is the digest of what is asked: a cursor is good for its own question.
	Question string        `json:"q"`
	After    *indexer.Rank `json:"after,omitempty"`
	Seen     []byte        `json:"seen,omitempty"`
}

// mostRelevant is how many postings of a search by relevance are given.
const mostRelevant = 1000

// seenBytes is how much of the digest of a key a cursor has: of a thousand keys two are
// taken for one once in a million times.
const seenBytes = 5

// digest is that of a question about now, or about a day.
func digest(f *filter.Filter, o indexer.Order, day string) string {
	const enough = 9 // bytes
	sum := sha256.Sum256([]byte(f.String() + " " + string(o) + day))
	return base64.RawURLEncoding.EncodeToString(sum[:enough])
}

var errCursor = errors.New("expected the next of an answer to this very question, or no cursor to begin anew")

// readCursor reads a cursor of a question; that of its first page is empty.
func readCursor(text, question string) (c cursor, err error) {
	if text == "" {
		return cursor{Question: question}, nil
	}
	body, err := base64.RawURLEncoding.DecodeString(text)
	if err == nil {
		err = json.Unmarshal(body, &c)
	}
	if err != nil || c.Question != question || len(c.Seen)%seenBytes != 0 || len(c.Seen) > mostRelevant*seenBytes {
		return c, errCursor
	}
	return c, nil
}

func (c *cursor) String() string {
	body, err := json.Marshal(c)
	if err != nil {
		return "" // it has texts and numbers alone
	}
	return base64.RawURLEncoding.EncodeToString(body)
}

// seen is how many postings were given before.
func (c *cursor) seen() int { return len(c.Seen) / seenBytes }

// give leaves out the hits that were given before, and notes the first of the others, up
// to a limit, which it gives.
func (c *cursor) give(hits []desk.Card, limit int) []desk.Card {
	before := map[[seenBytes]byte]bool{}
	for at := 0; at < len(c.Seen); at += seenBytes {
		before[[seenBytes]byte(c.Seen[at:])] = true
	}
	given := []desk.Card{}
	for i := range hits {
		if len(given) == limit {
			break
		}
		sum := sha256.Sum256([]byte(ledger.Key(hits[i].Source, hits[i].ID)))
		if before[[seenBytes]byte(sum[:])] {
			continue
		}
		given = append(given, hits[i])
		c.Seen = append(c.Seen, sum[:seenBytes]...)
	}
	return given
}
