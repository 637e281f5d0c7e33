package million

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"time"

	"jobsieve/crawler/rows"
	"jobsieve/job"
	"jobsieve/sampleboard"
)

// From gives the postings to vary: those of a file, or the sample board's where it has
// no name.
func From(ctx context.Context, path string) ([]job.Posting, error) {
	if path == "" {
		return sample()
	}
	return ofFile(ctx, path)
}

func ofFile(ctx context.Context, path string) (out []job.Posting, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	_, err = rows.Each(ctx, f, rows.Options{}, func(row rows.Row, err error) error {
		out = append(out, row.Posting)
		return err
	})
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("%s: expected postings, found none", path)
	}
	return out, err
}

func sample() ([]job.Posting, error) {
	board, err := sampleboard.Postings()
	var out []job.Posting
	for i := range board {
		p := board[i].Job()
		p.Source = "sample"
		out = append(out, p)
	}
	return out, err
}

// row is a posting as "jobsieve import" reads it.
type row struct {
	ID          string    `json:"id"`
	Source      string    `json:"source"`
	Title       string    `json:"title"`
	Company     string    `json:"company,omitempty"`
	Location    string    `json:"location,omitempty"`
	Experience  string    `json:"experience,omitempty"`
	Salary      string    `json:"salary,omitempty"`
	Skills      string    `json:"skills,omitempty"`
	Description string    `json:"description,omitempty"`
	URL         string    `json:"url,omitempty"`
	Posted      string    `json:"posted,omitempty"`
	Openings    string    `json:"openings,omitempty"`
	CrawledAt   time.Time `json:"crawled_at"`
}

// Write writes postings as JSON lines.
func Write(w io.Writer, postings iter.Seq[job.Posting]) error {
	out := bufio.NewWriter(w)
	for p := range postings {
		line, err := lineOf(&p)
		if err != nil {
			return fmt.Errorf("%s: %w", p.ID, err)
		}
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	return out.Flush()
}

// lineOf is a posting's line, with whatever else the row had that it was made from.
func lineOf(p *job.Posting) ([]byte, error) {
	line, err := json.Marshal(row{
		p.ID, p.Source, p.Title, p.Company, p.Location, p.Experience, p.Salary, p.Skills, p.Description, p.URL, p.Posted,
		p.Openings, p.CrawledAt,
	})
	if err != nil {
		return nil, err
	}
	line = line[:len(line)-1]
	for _, m := range p.Extra {
		key, err := json.Marshal(m.Key)
		if err != nil {
			return nil, err
		}
		line = append(append(append(append(line, ','), key...), ':'), m.Value...)
	}
	return append(line, '}', '\n'), nil
}
