package pipeline

import (
	"context"

	"jobsieve/config"
	"jobsieve/crawler"
	"jobsieve/job"
)

// hiding takes a source's keys out of the addresses that are stored: a site may
// hand the key of its list on to the links there.
type hiding struct {
	crawler.Sink
	src *config.Source
}

// Posting hands a posting on.
func (h hiding) Posting(ctx context.Context, p *job.Posting, from crawler.Source) error {
	p.URL, from.URL = h.src.Hide(p.URL), h.src.Hide(from.URL)
	return h.Sink.Posting(ctx, p, from)
}

// Unchanged hands on that a page has not changed.
func (h hiding) Unchanged(ctx context.Context, url string) error {
	return h.Sink.Unchanged(ctx, h.src.Hide(url))
}

// Reject hands a rejection on.
func (h hiding) Reject(why job.Rejection, what string) { h.Sink.Reject(why, h.src.Hide(what)) }

// Validator asks for what a page was last served with.
func (h hiding) Validator(ctx context.Context, url string) (crawler.Validator, bool, error) {
	return h.Sink.Validator(ctx, h.src.Hide(url))
}
