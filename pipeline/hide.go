package pipeline

import (
	"context"

	"jobsieve/config"
	"jobsieve/crawler"
	"jobsieve/job"
)

// hiding removes a source's keys from the addresses that are stored: a site may
// pass the key of its list on to the links in it.
type hiding struct {
	crawler.Sink
	src *config.Source
}

// Posting passes a posting on.
func (h hiding) Posting(ctx context.Context, p *job.Posting, at crawler.Sight) error {
	p.URL, at.Link = h.src.Hide(p.URL), h.src.Hide(at.Link)
	return h.Sink.Posting(ctx, p, at)
}

// Reject passes a rejection on.
func (h hiding) Reject(why job.Rejection, what string) { h.Sink.Reject(why, h.src.Hide(what)) }
