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
func (h hiding) Posting(ctx context.Context, p *job.Posting, at crawler.Sight) error {
	p.URL = h.src.Hide(p.URL)
	return h.Sink.Posting(ctx, p, at)
}

// Reject hands a rejection on.
func (h hiding) Reject(why job.Rejection, what string) { h.Sink.Reject(why, h.src.Hide(what)) }
