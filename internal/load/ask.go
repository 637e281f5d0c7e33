package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// asker asks one daemon.
type asker struct {
	base, token string
	client      *http.Client
}

// mostConnections is how many connections are kept for the next requests.
const mostConnections = 100

func newAsker(address, tokenFile string) (*asker, error) {
	a := &asker{base: strings.TrimSuffix(address, "/")}
	a.client = &http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: mostConnections}}
	if tokenFile == "" {
		return a, nil
	}
	body, err := os.ReadFile(tokenFile)
	a.token = strings.TrimSpace(string(body))
	return a, err
}

// ask asks for a path and reads the whole answer.
func (a *asker) ask(ctx context.Context, path string) error {
	return a.get(ctx, path, io.Discard)
}

func (a *asker) get(ctx context.Context, path string, to io.Writer) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, a.base+path, http.NoBody)
	if err != nil {
		return err
	}
	if a.token != "" {
		r.Header.Set("Authorization", "Bearer "+a.token)
	}
	resp, err := a.client.Do(r)
	if errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("no answer in %s", a.client.Timeout)
	}
	if err != nil {
		return errors.Unwrap(err) // without the address, so that errors can be counted
	}
	_, err = io.Copy(to, resp.Body)
	if err = errors.Join(err, resp.Body.Close()); err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("it answered %s", resp.Status)
	}
	return err
}

// The words of questions, in English, Hindi and Hinglish.
var words = []string{
	"telecaller", "voice process", "data entry operator", "\"customer support\" -night", "market research analyst",
	"chartered accountant", "medical coding", "hr recruiter", "sales executive", "back office", "टेलीकॉलर",
	"डाटा एंट्री", "ग्राहक सेवा", "लेखाकार", "tele calling ki naukri", "ghar se kaam", "hisab kitab",
	"computer operator ka kaam",
}

var cities = []string{"Pune", "Mumbai", "Bengaluru", "Chennai", "Delhi", "Hyderabad", "Jaipur", "Kochi"}

// mix is how many of a hundred requests are of each kind.
var mix = []struct {
	kind string
	of   int
}{{"search", 45}, {"facets", 15}, {"posting", 20}, {"page", 15}, {"pay report", 5}}

// questions are those that are asked, by kind.
type questions struct {
	paths map[string][]string
	order []string // of the kinds of a hundred requests
}

// questions makes them. The postings are those that some of the searches find.
func (a *asker) questions(ctx context.Context) (*questions, error) {
	q := &questions{paths: map[string][]string{}}
	add := func(kind, path string, params url.Values) {
		q.paths[kind] = append(q.paths[kind], path+"?"+params.Encode())
	}
	for i, text := range words {
		city := cities[i%len(cities)]
		add("search", "/api/v1/search", url.Values{"text": {text}})
		add("search", "/api/v1/search", url.Values{
			"text": {text}, "city": {city}, "per": {"vacancy"}, "limit": {"20"},
		})
		add("page", "/", url.Values{"text": {text}})
		add("page", "/", url.Values{"text": {text}, "city": {city}})
	}
	for i, city := range cities {
		add("facets", "/api/v1/search", url.Values{"city": {city}, "limit": {"0"}})
		add("facets", "/api/v1/search", url.Values{
			"label": {"BPO"}, "where": {"pay >= 15000/month"}, "place": {city}, "limit": {"0"},
		})
		add("pay report", "/api/v1/reports/pay", url.Values{"by": {"label"}, "city": {city}, "period": {"month"}})
		if i%2 == 0 {
			add("pay report", "/api/v1/reports/pay", url.Values{"by": {"function"}})
		}
		if err := a.postings(ctx, q, words[i]); err != nil {
			return nil, err
		}
	}
	if len(q.paths["posting"]) == 0 {
		return nil, fmt.Errorf("%s: expected postings to ask for, and its searches found none", a.base)
	}
	q.interleave()
	return q, nil
}

// postings adds the postings that words find.
func (a *asker) postings(ctx context.Context, q *questions, text string) error {
	var body strings.Builder
	path := "/api/v1/search?" + url.Values{"text": {text}, "limit": {"50"}}.Encode()
	if err := a.get(ctx, path, &body); err != nil {
		return fmt.Errorf("%s: %w", a.base, err)
	}
	var found struct{ Hits []struct{ Source, ID string } }
	if err := json.Unmarshal([]byte(body.String()), &found); err != nil {
		return fmt.Errorf("%s%s: %w", a.base, path, err)
	}
	for _, h := range found.Hits {
		path := "/api/v1/postings/" + url.PathEscape(h.Source) + "/" + url.PathEscape(h.ID)
		q.paths["posting"] = append(q.paths["posting"], path)
	}
	return nil
}

// interleave orders a hundred requests so that those of a kind are far apart.
func (q *questions) interleave() {
	const hundred = 100
	owed := make([]int, len(mix))
	for range hundred {
		most := 0
		for i := range mix {
			owed[i] += mix[i].of
			if owed[i] > owed[most] {
				most = i
			}
		}
		owed[most] -= hundred
		q.order = append(q.order, mix[most].kind)
	}
}

// next is the nth request.
func (q *questions) next(n int) (kind, path string) {
	const stride = 7 // so that a kind goes through its questions in another order than the kinds
	kind = q.order[n%len(q.order)]
	paths := q.paths[kind]
	return kind, paths[n*stride%len(paths)]
}
