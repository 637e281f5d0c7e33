package crawler

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"sync"
	"sync/atomic"
	"time"

	"jobsieve/config"
	"jobsieve/crawler/ats"
	"jobsieve/crawler/extract"
	"jobsieve/crawler/fetch"
	"jobsieve/job"
)

// askedAtOnce is how many hosts are asked at the same time, and askPatience how long a
// source may take with all its waits.
const (
	askedAtOnce = 8
	askPatience = 2 * time.Minute
)

// Ask sends each source one request, as politely as a crawl, and says what it answers:
// of a board, its first page; where another page leads to that, two. Several hosts are
// asked at once, each one request at a time. Nothing is followed, tried again or stored.
// progress is told how many replies there are; nil tells nobody. Replies are in the order
// of the sources. Its error says that there is no contact.
func Ask(ctx context.Context, sources []*config.Source, env Env, progress func(done int)) ([]Reply, error) {
	env.once, env.Hosts, env.Pages = true, cmp.Or(env.Hosts, NewHosts(nil)), nil
	replies := make([]Reply, len(sources))
	var hosts [][]int // the sources of each, as they are in the order
	at := map[string]int{}
	for i, src := range sources {
		replies[i] = Reply{Source: src, State: ReplyStopped, Why: "not asked: stopped"}
		if src.Kind != config.KindFile && env.Contact == "" && !private(src) {
			return nil, errNoContact
		}
		host := hostOf(src)
		n, known := at[host]
		if !known {
			n = len(hosts)
			at[host], hosts = n, append(hosts, nil)
		}
		hosts[n] = append(hosts[n], i)
	}
	var done atomic.Int64
	askHosts(hosts, func(i int) {
		replies[i].ask(ctx, env)
		if n := int(done.Add(1)); progress != nil {
			progress(n)
		}
	})
	return replies, nil
}

// askHosts asks the sources of each host one after the other, and so many hosts at once.
func askHosts(hosts [][]int, ask func(i int)) {
	free := make(chan struct{}, askedAtOnce)
	var all sync.WaitGroup
	for _, sources := range hosts {
		free <- struct{}{}
		all.Go(func() {
			for _, i := range sources {
				ask(i)
			}
			<-free
		})
	}
	all.Wait()
}

// hostOf is the host that a source is asked at; empty for a file.
func hostOf(src *config.Source) string {
	req, err := firstRequest(src)
	if err != nil || req == nil {
		return ""
	}
	u, err := url.Parse(req.URL)
	if err != nil {
		return ""
	}
	return fetch.HostKey(u)
}

// firstRequest is the first that a crawl of a source sends; nil for a file.
func firstRequest(src *config.Source) (*ats.Request, error) {
	switch src.Kind {
	case config.KindFile:
		return nil, nil
	case config.KindATS:
		connector, ok := ats.Find(src.Platform)
		if !ok {
			return nil, fmt.Errorf("unknown platform %q", src.Platform)
		}
		return connector.First(boardOf(src)), nil
	case config.KindJSON:
		return jsonRequest(src, 1), nil
	default:
		return getOf(src.URL), nil
	}
}

// ask asks the source.
func (r *Reply) ask(ctx context.Context, env Env) {
	if ctx.Err() != nil {
		return
	}
	req, err := firstRequest(r.Source)
	if err == nil && req == nil {
		r.State, r.Why = ReplyFile, ""
		return
	}
	if err == nil {
		patient, stop := context.WithTimeout(ctx, askPatience)
		defer stop()
		err = r.send(patient, env, req)
	}
	if err != nil && ctx.Err() == nil {
		r.fail(err)
	}
	r.Why, r.Moved = r.Source.Hide(r.Why), r.Source.Hide(r.Moved)
}

// send sends the request and reads the answer. Its error says that there is none.
func (r *Reply) send(ctx context.Context, env Env, req *ats.Request) error {
	c := &crawl{src: r.Source, env: env}
	if err := c.prepare(ctx); err != nil {
		return err
	}
	got, err := c.get.send(req)
	if err != nil {
		return err
	}
	r.State, r.Why, r.Moved = ReplyAnswers, "", ""
	if end := got.URL.String(); !extract.SameAddress(req.URL, end) {
		r.Moved = end
	}
	if req.Method == http.MethodPost && isElsewhere(req.URL, got.URL) {
		const format = "%s leads to another host, %s, to which nothing is posted"
		r.State, r.Why = ReplyMoved, fmt.Sprintf(format, req.URL, r.Moved)
		return nil
	}
	switch next, err := r.read(c, req, got); {
	case err != nil:
		r.unread(req, got, err)
	case next != nil:
		return r.send(ctx, env, next)
	case r.Here == 0 && r.Why == "":
		r.State, r.Why = ReplyEmpty, "it answers, and has no posting"
	}
	return nil
}

// unread says what an answer is that can't be read as postings.
func (r *Reply) unread(req *ats.Request, got *page, err error) {
	r.State, r.Why = ReplyForm, err.Error()
	var wall *WallError
	if r.Source.Kind == config.KindATS || r.Source.Kind == config.KindJSON {
		if doc, err := extract.NewPage(got.URL, got.Body); err == nil && doc.Wall() != "" {
			wall = &WallError{req.URL, doc.Wall()}
		}
	}
	switch {
	case wall != nil:
		r.State, r.Why = ReplyWall, wall.Error()
	case errors.As(err, &wall):
		r.State = ReplyWall
	case r.Moved != "":
		r.State, r.Why = ReplyMoved, fmt.Sprintf("%s leads to %s, where no postings are: %v", req.URL, r.Moved, err)
	}
}

// read counts the postings of an answer. next is the request for them, where the answer
// only leads there.
func (r *Reply) read(c *crawl, req *ats.Request, got *page) (next *ats.Request, err error) {
	switch r.Source.Kind {
	case config.KindATS:
		return r.board(req, got)
	case config.KindJSON:
		return nil, r.json(c, req, got)
	case config.KindFeed:
		postings, _, err := extract.FeedPage(got.URL, got.Body)
		if r.Here = len(postings); r.Here > 0 {
			return nil, nil // a crawl reports what is damaged in it
		}
		return nil, err
	case config.KindSitemap:
		return nil, r.sitemap(got)
	default:
		return nil, r.list(c, req, got)
	}
}

func (r *Reply) board(req *ats.Request, got *page) (next *ats.Request, err error) {
	connector, _ := ats.Find(r.Source.Platform)
	page, err := connector.Read(boardOf(r.Source), req, got.Body)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", req.URL, err)
	}
	if page.Leads {
		return page.Next, nil
	}
	r.Here, r.Total = len(page.Postings), page.Total
	return nil, nil
}

func (r *Reply) list(c *crawl, req *ats.Request, got *page) error {
	doc, err := extract.NewPage(got.URL, got.Body)
	if err != nil {
		return err
	}
	if r.Here = len(doc.Cards(&r.Source.List, r.Source.Detail.Link)); r.Here == 0 {
		return c.noCards(doc, req.URL, 1)
	}
	return nil
}

func (r *Reply) json(c *crawl, req *ats.Request, got *page) error {
	state, err := c.state(got, req.URL)
	if err != nil {
		return err
	}
	items, ok := extract.At(state, r.Source.Items).([]any)
	if !ok {
		return fmt.Errorf("%s: there is no list at items %q", req.URL, r.Source.Items)
	}
	r.Here = len(items)
	if total, ok := extract.Whole(extract.At(state, r.Source.Total)); ok && r.Source.Total != "" {
		r.Total = &total
	}
	return nil
}

func (r *Reply) sitemap(got *page) error {
	wanted, err := regexp.Compile(r.Source.Match)
	if err != nil {
		return fmt.Errorf("match: %w", err)
	}
	file, err := extract.Sitemap(got.URL, got.Body)
	for _, e := range file.Pages {
		if wanted.MatchString(e.URL) {
			r.Here++
		}
	}
	switch {
	case r.Here > 0:
		return nil
	case len(file.Sitemaps) > 0:
		r.Why = fmt.Sprintf("an index of %s, which are not asked", job.Count(len(file.Sitemaps), "sitemap"))
		return nil
	case err != nil:
		return err
	case len(file.Pages) > 0:
		return fmt.Errorf("none of the %s in it matches %q", job.Count(len(file.Pages), "address"), r.Source.Match)
	}
	return nil
}
