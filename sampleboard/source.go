package sampleboard

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"jobsieve/config"
)

// Serve serves the sample board on a free port of this machine.
func Serve() (host string, stop func() error, err error) {
	board, err := NewBoard()
	if err != nil {
		return "", nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("serve the sample board: %w", err)
	}
	server := &http.Server{Handler: board, ReadHeaderTimeout: 10 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	return listener.Addr().String(), func() error {
		err := server.Shutdown(context.Background())
		if e := <-ended; !errors.Is(e, http.ErrServerClosed) {
			err = errors.Join(err, e)
		}
		return err
	}, nil
}

// Source is the source that reads the sample board: list pages, and pages
// of postings, half of them with JSON-LD.
func Source(host string) config.Source {
	field := func(css, attr string) config.Field { return config.Field{Select: css, Attr: attr} }
	fetch := config.Default().Fetch
	fetch.Delay, fetch.Private = config.Duration(time.Millisecond), []string{"127.0.0.1"}
	return config.Source{
		Name: "naukri-chowk", Kind: config.KindHTML, URL: "http://" + host + "/jobs", Pages: config.DefaultPages,
		Fetch: fetch,
		List: config.List{
			Item: "li.job", Next: field("a.next", "href"),
			Fields: map[string]config.Field{
				"id": field("", "data-id"), "title": field(".title", ""), "company": field(".company", ""),
				"location":   field(".place", ""),
				"experience": field(".experience", ""), "salary": field(".pay", ""),
			},
		},
		Detail: config.Detail{
			Link: field("a.title", "href"),
			Fields: map[string]config.Field{
				"id": field(".posting", "data-id"), "title": field(".job-title", ""),
				"company": field(".job-company", ""), "location": field(".job-place", ""),
				"experience": field(".job-experience", ""), "salary": field(".job-salary", ""),
				"skills":      field(".job-skills", ""),
				"description": field(".job-description", ""), "openings": field(".job-openings", ""),
				"posted": field(".job-posted", "datetime"),
			},
		},
	}
}
