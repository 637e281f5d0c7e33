// Package faultproxy stands between a program and a real Elasticsearch and
// plays the faults that a network and an overloaded server have, chosen from a
// seed, and counts them. It is for tests.
package faultproxy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Fault is what is done to one bulk request.
type Fault string

// The faults. Lost says that the server never saw the request; the others
// that it took all of it, or a part.
const (
	Reset     Fault = "connection reset, lost"
	Gone      Fault = "connection reset, taken"
	Queue429  Fault = "429 for the request, lost"
	After429  Fault = "429 for the request with Retry-After, lost"
	Gateway   Fault = "502 for the request, lost"
	Away      Fault = "503 for the request, lost"
	Late      Fault = "504 for the request, taken"
	Item429   Fault = "429 for items"
	Item503   Fault = "503 for items"
	Silence   Fault = "no answer in time, taken"
	Cut       Fault = "reply cut off, taken"
	Short     Fault = "reply with fewer items, taken"
	TooLarge  Fault = "413 for the request, lost"
	Refusal   Fault = "400 for items"
	Conflict  Fault = "409 for items that are there"
	Duplicate Fault = "an old request arrives once more"
)

// Faults lists all of them.
var Faults = []Fault{
	Reset, Gone, Queue429, After429, Gateway, Away, Late, Item429, Item503,
	Silence, Cut, Short, TooLarge, Refusal, Conflict, Duplicate,
}

// Proxy plays faults. Its fields are set before it serves.
type Proxy struct {
	// Target is the address of the real server.
	Target string
	// Share is the part of the bulk requests to which a fault is played.
	Share float64
	// Silence is how long a request goes without an answer.
	Silence time.Duration

	mu     sync.Mutex
	random *rand.Rand
	counts map[Fault]int
	old    [][2]string // paths and bodies that may arrive once more
	honest bool
}

// New makes a proxy whose faults come from a seed.
func New(target string, seed uint64) *Proxy {
	return &Proxy{
		Target: target, Share: 0.5, Silence: time.Second,
		random: rand.New(rand.NewPCG(seed, 7)), counts: map[Fault]int{},
	}
}

// Honest makes the proxy play no more faults.
func (p *Proxy) Honest() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.honest = true
}

// Counts says how often each fault was played.
func (p *Proxy) Counts() map[Fault]int {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := map[Fault]int{}
	for _, f := range Faults {
		out[f] = p.counts[f]
	}
	return out
}

// choose picks the fault for a bulk request of n items: the one that was
// played least, among those that fit, by chance where several were.
func (p *Proxy) choose(n int) (Fault, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.honest || p.random.Float64() >= p.Share {
		return "", false
	}
	best := Fault("")
	for _, i := range p.random.Perm(len(Faults)) {
		f := Faults[i]
		if f == TooLarge && n < 2 || f == Duplicate && len(p.old) == 0 {
			continue
		}
		if best == "" || p.counts[f] < p.counts[best] {
			best = f
		}
	}
	p.counts[best]++
	return best, true
}

// ServeHTTP forwards a request, or plays a fault to it.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	path := r.URL.RequestURI()
	if !strings.Contains(path, "/_bulk") {
		p.forward(w, r.Method, path, r.Header, body)
		return
	}
	items := splitBulk(body)
	fault, ok := p.choose(len(items))
	if !ok {
		p.remember(path, body)
		p.forward(w, r.Method, path, r.Header, body)
		return
	}
	p.play(fault, w, r, path, body, items)
}

// refusals are the faults that refuse the whole request, each with its status.
var refusals = map[Fault]int{
	Queue429: http.StatusTooManyRequests,
	After429: http.StatusTooManyRequests,
	Gateway:  http.StatusBadGateway,
	Away:     http.StatusServiceUnavailable,
	TooLarge: http.StatusRequestEntityTooLarge,
}

// play plays one fault to a bulk request.
func (p *Proxy) play(fault Fault, w http.ResponseWriter, r *http.Request, path string, body []byte, items [][]byte) {
	switch fault {
	case Reset:
		panic(http.ErrAbortHandler)
	case Gone:
		p.ask(r.Method, path, r.Header, body)
		panic(http.ErrAbortHandler)
	case Queue429, After429, Gateway, Away, TooLarge:
		if fault == After429 {
			w.Header().Set("Retry-After", "1")
		}
		refuse(w, refusals[fault])
	case Late:
		p.ask(r.Method, path, r.Header, body)
		refuse(w, http.StatusGatewayTimeout)
	case Silence:
		p.ask(r.Method, path, r.Header, body)
		select {
		case <-r.Context().Done():
		case <-time.After(10 * p.Silence):
		}
		panic(http.ErrAbortHandler)
	case Cut:
		_, header, reply := p.ask(r.Method, path, r.Header, body)
		copyHeader(w, header)
		w.Header().Set("Content-Length", strconv.Itoa(len(reply)))
		_, _ = w.Write(reply[:len(reply)/2])
		panic(http.ErrAbortHandler)
	case Short:
		p.rewrite(w, r, path, body, func(reply []json.RawMessage) []json.RawMessage { return reply[:len(reply)/2] })
	case Item429, Item503, Refusal:
		p.without(fault, w, r, path, items)
	case Conflict:
		p.rewrite(w, r, path, body, func(reply []json.RawMessage) []json.RawMessage { return conflicts(reply, items) })
	case Duplicate:
		p.mu.Lock()
		old := p.old[p.random.IntN(len(p.old))]
		p.mu.Unlock()
		p.ask(http.MethodPost, old[0], r.Header, []byte(old[1]))
		p.forward(w, r.Method, path, r.Header, body)
	}
}

// conflicts says of every third item that the server has it already.
func conflicts(reply []json.RawMessage, items [][]byte) []json.RawMessage {
	const kind, reason = "version_conflict_engine_exception", "current version is higher or equal"
	for i := range reply {
		if i%3 == 0 {
			reply[i] = itemError(idOf(items[i]), http.StatusConflict, kind, reason)
		}
	}
	return reply
}

// keepOld is how many requests are kept to arrive once more.
const keepOld = 20

func (p *Proxy) remember(path string, body []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.old) < keepOld {
		p.old = append(p.old, [2]string{path, string(body)})
	} else if p.random.IntN(4) == 0 {
		p.old[p.random.IntN(keepOld)] = [2]string{path, string(body)}
	}
}

// without forwards some of the items, and says of the others that they were
// not taken.
func (p *Proxy) without(fault Fault, w http.ResponseWriter, r *http.Request, path string, items [][]byte) {
	status, kind := 429, "es_rejected_execution_exception"
	switch fault {
	case Item503:
		status, kind = 503, "unavailable_shards_exception"
	case Refusal:
		status, kind = 400, "document_parsing_exception"
	}
	dropped := func(i int) bool { return i%4 == 1 || len(items) == 1 }
	if fault == Refusal {
		dropped = func(i int) bool { return i == len(items)/2 }
	}
	var body []byte
	for i, it := range items {
		if !dropped(i) {
			body = append(body, it...)
		}
	}
	if len(body) == 0 {
		w.Header().Set("X-Elastic-Product", "Elasticsearch")
		writeItems(w, []json.RawMessage{itemError(idOf(items[0]), status, kind, "played")})
		return
	}
	p.rewrite(w, r, path, body, func(reply []json.RawMessage) []json.RawMessage {
		var out []json.RawMessage
		for i, it := range items {
			if dropped(i) {
				out = append(out, itemError(idOf(it), status, kind, "played"))
				continue
			}
			if len(reply) == 0 {
				break
			}
			out = append(out, reply[0])
			reply = reply[1:]
		}
		return out
	})
}

// rewrite forwards a body and changes the items of the reply.
func (p *Proxy) rewrite(
	w http.ResponseWriter, r *http.Request, path string, body []byte, change func([]json.RawMessage) []json.RawMessage,
) {
	status, header, reply := p.ask(r.Method, path, r.Header, body)
	var parsed struct {
		Items []json.RawMessage `json:"items"`
	}
	if status != http.StatusOK || json.Unmarshal(reply, &parsed) != nil {
		copyHeader(w, header)
		w.WriteHeader(status)
		_, _ = w.Write(reply)
		return
	}
	w.Header().Set("X-Elastic-Product", "Elasticsearch")
	writeItems(w, change(parsed.Items))
}

func writeItems(w http.ResponseWriter, items []json.RawMessage) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"items": items})
}

func itemError(id string, status int, kind, reason string) json.RawMessage {
	fault := map[string]string{"type": kind, "reason": reason}
	b, _ := json.Marshal(map[string]any{"index": map[string]any{"_id": id, "status": status, "error": fault}})
	return b
}

func refuse(w http.ResponseWriter, status int) {
	w.Header().Set("X-Elastic-Product", "Elasticsearch")
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, `{"error":{"type":"played","reason":"a fault"},"status":%d}`, status)
}

func (p *Proxy) forward(w http.ResponseWriter, method, path string, header http.Header, body []byte) {
	status, got, reply := p.ask(method, path, header, body)
	copyHeader(w, got)
	w.WriteHeader(status)
	_, _ = w.Write(reply)
}

func copyHeader(w http.ResponseWriter, header http.Header) {
	for _, name := range []string{"Content-Type", "X-Elastic-Product"} {
		if v := header.Get(name); v != "" {
			w.Header().Set(name, v)
		}
	}
}

// ask asks the real server; where it is down the client's connection breaks.
func (p *Proxy) ask(method, path string, header http.Header, body []byte) (int, http.Header, []byte) {
	req, err := http.NewRequest(method, p.Target+path, bytes.NewReader(body))
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	for _, name := range []string{"Content-Type", "Accept"} {
		if v := header.Get(name); v != "" {
			req.Header.Set(name, v)
		}
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer func() { _ = resp.Body.Close() }()
	reply, err := io.ReadAll(resp.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	return resp.StatusCode, resp.Header, reply
}

// splitBulk splits a bulk body into its items: action and document.
func splitBulk(body []byte) [][]byte {
	var items [][]byte
	for len(body) > 0 {
		end := lineEnd(body)
		if !bytes.HasPrefix(body, []byte(`{"delete"`)) {
			end += lineEnd(body[end:])
		}
		items = append(items, body[:end])
		body = body[end:]
	}
	return items
}

func lineEnd(b []byte) int {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return i + 1
	}
	return len(b)
}

func idOf(item []byte) string {
	var action map[string]struct {
		ID string `json:"_id"`
	}
	_ = json.Unmarshal(item[:lineEnd(item)], &action)
	for _, a := range action {
		return a.ID
	}
	return ""
}
