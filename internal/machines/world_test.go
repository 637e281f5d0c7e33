//go:build linux

package machines

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// request is one request to a host, as the host logs it.
type request struct {
	at time.Duration // since the world began, by a clock that is never put right
	// host is the number of the host, page what was asked for: the method, the address and
	// what was sent.
	host int
	page string
	// machine is who asked, by the contact in its User-Agent; port is that of its connection.
	machine, port string
}

const robotsPage = "GET /robots.txt"

// world is hosts that are boards, and the log of all that they are asked.
type world struct {
	began time.Time
	hosts []*host

	mu   sync.Mutex
	log  []request
	fast bool // whether hosts ask for no delay
}

// host is a site of this machine, with a board of its own or two.
type host struct {
	world   *world
	number  int
	address string
	boards  []*board
	// delay is what the configuration asks for, crawlDelay what robots.txt does; 0 for nothing.
	delay, crawlDelay time.Duration
}

// gap is the least time between two requests that the host is asked by.
func (h *host) gap() time.Duration { return max(h.delay, h.crawlDelay) }

// spread is the shortest and the longest delay that hosts ask for.
type spread struct{ least, most time.Duration }

// newWorld makes hosts whose boards have so many pages each, all kinds in turn.
func newWorld(t testing.TB, random *rand.Rand, of size) *world {
	t.Helper()
	w := &world{began: time.Now()}
	for n := range of.hosts {
		h := &host{world: w, number: n}
		delay := of.delays.least + upTo(random, of.delays.most-of.delays.least)
		if random.IntN(2) == 0 {
			h.delay, h.crawlDelay = time.Millisecond, delay
		} else {
			h.delay = delay
		}
		server := httptest.NewServer(h)
		t.Cleanup(server.Close)
		h.address = strings.TrimPrefix(server.URL, "http://")
		h.boards = boardsOf(h, of.pages)
		w.hosts = append(w.hosts, h)
	}
	return w
}

// boardsOf makes the boards of a host: one, or two on every fifth.
func boardsOf(h *host, pages int) []*board {
	kinds := []boardKind{list, api, platform, sitemap, list}
	kind := kinds[h.number%len(kinds)]
	if h.number%len(kinds) != len(kinds)-1 {
		return []*board{newBoard(h, 0, kind, pages)}
	}
	const half = 2
	return []*board{newBoard(h, 0, kind, pages/half), newBoard(h, 1, kind, pages/half)}
}

var machineInAgent = regexp.MustCompile(`\+([a-z0-9-]+)@`)

// ServeHTTP logs a request and answers it.
func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	page := pageOf(r)
	h.world.note(h, r, page)
	if page == robotsPage {
		fmt.Fprintln(w, "User-agent: *\nDisallow: /private/")
		if h.crawlDelay > 0 && !h.world.isFast() {
			fmt.Fprintf(w, "Crawl-delay: %.3f\n", h.crawlDelay.Seconds())
		}
		return
	}
	for _, b := range h.boards {
		if b.answer(w, r) {
			return
		}
	}
	http.NotFound(w, r)
}

// note logs a request.
func (w *world) note(h *host, r *http.Request, page string) {
	entry := request{host: h.number, page: page, port: r.RemoteAddr[strings.LastIndexByte(r.RemoteAddr, ':')+1:]}
	if found := machineInAgent.FindStringSubmatch(r.UserAgent()); found != nil {
		entry.machine = found[1]
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	entry.at = time.Since(w.began)
	w.log = append(w.log, entry)
}

func (w *world) isFast() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.fast
}

// quicken lets hosts ask for no delay, or for their own again, and forgets the log, which it
// gives.
func (w *world) quicken(fast bool) []request {
	w.mu.Lock()
	defer w.mu.Unlock()
	log := w.log
	w.log, w.fast = nil, fast
	return log
}

// now is the time by the clock of the log.
func (w *world) now() time.Duration { return time.Since(w.began) }

// asked gives the log so far.
func (w *world) asked() []request {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.log)
}

// count counts the log so far.
func (w *world) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.log)
}

// pages are the requests of a log but for robots.txt, each once: by host and page.
func pages(log []request) map[request]int {
	all := map[request]int{}
	for _, r := range log {
		if r.page != robotsPage {
			all[request{host: r.host, page: r.page}]++
		}
	}
	return all
}

// sources writes the sources of all boards, as they are configured.
func (w *world) sources() string {
	fast := w.isFast()
	var b strings.Builder
	for _, h := range w.hosts {
		delay := h.delay
		if fast {
			delay = time.Nanosecond
		}
		for _, board := range h.boards {
			b.WriteString(board.source(delay))
		}
	}
	return b.String()
}

// boards are those of all hosts, by the names of their sources.
func (w *world) boards() map[string]*board {
	all := map[string]*board{}
	for _, h := range w.hosts {
		for _, b := range h.boards {
			all[b.name] = b
		}
	}
	return all
}

// words are what invented postings are made of.
var words = strings.Fields(`answer calls chat claims invoice ledger payroll refund order ticket voice night shift
	insurance bank airline retail hospital research survey analyst dashboard excel typing form data entry audit
	quality coach team target bonus transport cab hindi english tamil marathi customer vendor onboarding billing
	collections medical coding radiology legal contract patent market pricing forecast content writing review
	moderation network router helpdesk laptop password printer server monitor backup cloud`)

// say makes a text of so many words, the same for the same name.
func say(name string, n int) string {
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(name)) // it never fails
	random := rand.New(rand.NewPCG(hash.Sum64(), 1))
	var said []string
	for range n {
		said = append(said, words[random.IntN(len(words))])
	}
	return strings.Join(said, " ")
}

// upTo chooses a time below most.
func upTo(random *rand.Rand, most time.Duration) time.Duration {
	return time.Duration(random.Int64N(int64(most)))
}
