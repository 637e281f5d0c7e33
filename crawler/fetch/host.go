package fetch

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/idna"
)

// HostKey gives the host of an address, with its port where that isn't the
// default, in one form: names that lead to the same server are the same.
func HostKey(u *url.URL) string {
	name, port := HostName(u.Hostname()), u.Port()
	if n, err := strconv.Atoi(port); err == nil {
		port = strconv.Itoa(n)
	}
	if port != "" && port != map[string]string{"http": "80", "https": "443"}[strings.ToLower(u.Scheme)] {
		return net.JoinHostPort(name, port)
	}
	return name
}

// HostName gives the name of a host in one form: in lower case, as DNS has it,
// without the dot at its end; an IP address in its short form.
func HostName(name string) string {
	name = strings.ToLower(strings.Trim(name, "[]"))
	if ascii, err := idna.Lookup.ToASCII(name); err == nil {
		name = ascii
	}
	name = strings.TrimRight(name, ".")
	if ip, err := netip.ParseAddr(name); err == nil {
		name = ip.Unmap().String()
	}
	return name
}

// mostHost is how long the name of a host may be, in bytes (RFC 1035).
const mostHost = 253

// checkHost refuses the name of a host that none can have.
func checkHost(u *url.URL) error {
	if name := HostName(u.Hostname()); len(name) > mostHost {
		const shown = 40 // bytes
		const format = "the name of the host %.*s… has %d bytes, and none has more than %d: correct the address"
		return fmt.Errorf(format, shown, name, len(name), mostHost)
	}
	return nil
}

// IsPrivate reports whether a host is given as a private or loopback address,
// or is localhost.
func IsPrivate(name string) bool {
	name = HostName(name)
	ip, err := netip.ParseAddr(name)
	return name == "localhost" || err == nil && (ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast())
}

// Hosts is what one process knows of hosts, and the book that it shares with
// others, if any. Transports that share it send each host one request at a time
// between them, and ask for its robots.txt once. When there are very many, it
// forgets those that have gone unasked the longest.
type Hosts struct {
	book  Book // nil for none
	mu    sync.Mutex
	known map[string]*host
	rules int // in the robots.txt of all
}

// The most that is known at once: a site may have any number of names, each
// with a robots.txt of its own.
const (
	maxHosts = 1000
	maxRules = 200_000
)

// NewHosts knows of hosts what the book does; with nil it knows nothing yet, and
// shares nothing with other processes.
func NewHosts(book Book) *Hosts { return &Hosts{book: book, known: map[string]*host{}} }

// use gives a host; done must be called after its use.
func (h *Hosts) use(name string, now time.Time) *host {
	h.mu.Lock()
	defer h.mu.Unlock()
	one := h.known[name]
	if one == nil {
		one = &host{name: name, turn: make(chan struct{}, 1), robots: map[string]*robotsState{}}
		h.known[name] = one
	}
	one.users++
	one.used = now
	return one
}

func (h *Hosts) done(one *host) {
	h.mu.Lock()
	defer h.mu.Unlock()
	one.users--
	for len(h.known) > maxHosts || h.rules > maxRules {
		oldest := h.idle()
		if oldest == nil {
			return
		}
		h.rules -= oldest.rules
		delete(h.known, oldest.name)
	}
}

// weigh notes how many rules a host's robots.txt has. It is called by whoever
// has the turn.
func (h *Hosts) weigh(one *host) {
	rules := 0
	for _, r := range one.robots {
		rules += len(r.rules)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.rules += rules - one.rules
	one.rules = rules
}

// idle gives the host that has gone unasked the longest; nil where all are
// being asked now.
func (h *Hosts) idle() (oldest *host) {
	for _, one := range h.known {
		if one.users == 0 && (oldest == nil || one.used.Before(oldest.used)) {
			oldest = one
		}
	}
	return oldest
}

// host is what is known of one host.
type host struct {
	name string
	turn chan struct{} // holds a token during a request

	// Guarded by Hosts.
	users int
	used  time.Time // when it was last asked for
	rules int       // in its robots.txt

	// Guarded by turn.
	robots   map[string]*robotsState // by scheme
	last     time.Time               // end of the last request
	latency  time.Duration           // what its answers take, on average
	failures int                     // pages in a row that could not be fetched
	rests    time.Time               // until then it is left alone
	why      string                  // it is left alone
	mine     time.Time               // when its slot in the book was taken last, here
	begins   time.Time               // when that slot begins, by this process's clock; zero for none
	allowed  time.Duration           // how long after that a request may still be sent
	slow     time.Duration           // by what slots may be missed, since the book takes its time
	ready    bool                    // its slot is taken, and the request not sent yet
	untold   bool                    // the book lacks how it does now
}

// A host that fails circuitAfter pages in a row, each tried several times, is
// left alone for circuitRest; then one page shows whether it has recovered.
const (
	circuitAfter = 5
	circuitRest  = 10 * time.Minute
)

// maxRest is the longest that a host is left alone because it asks for it.
const maxRest = 24 * time.Hour

// maxLatency is the longest rest that a slow host is given between requests.
const maxLatency = 30 * time.Second

// DownError says that a page was not asked for, because its host failed too
// often in a row, or asks to be left alone for longer than the crawl may wait.
type DownError struct {
	Host     string
	Failures int
	Until    time.Time // zero where the host is not asked again at all
	// Why is read on from the host's name.
	Why string
}

func (e *DownError) Error() string {
	if e.Until.IsZero() {
		return e.Host + " " + e.Why
	}
	return fmt.Sprintf("%s %s, and is left alone until %s", e.Host, e.Why, e.Until.UTC().Format("15:04 MST"))
}

// rest leaves the host alone until a time, unless it already rests for longer, which
// it reports.
func (h *host) rest(until time.Time, why string) (longer bool) {
	if longer = until.After(h.rests); longer {
		h.rests, h.why = until, why
	}
	return longer
}

// note takes in how a page went.
func (h *host) note(resp *http.Response, err error, now time.Time) {
	if err == nil && resp.StatusCode < http.StatusInternalServerError || err != nil && !temporary(err) {
		h.untold = h.untold || h.failures > 0
		h.failures = 0
		return
	}
	h.untold = true
	if h.failures++; h.failures >= circuitAfter {
		h.rest(now.Add(circuitRest), fmt.Sprintf("failed %d pages in a row", h.failures))
	}
}

// noteAnswer takes in what an answer asks for.
func (h *host) noteAnswer(resp *http.Response, now time.Time) {
	if after, ok := RetryAfter(resp.Header.Get("Retry-After"), now); ok && resp.StatusCode >= http.StatusBadRequest {
		why := fmt.Sprintf("asks to be left alone for %s (Retry-After)", after)
		h.untold = h.rest(now.Add(min(after, maxRest)), why) || h.untold
	}
}

// delay gives the Crawl-delay of the robots.txt of a scheme.
func (h *host) delay(scheme string) time.Duration {
	if r := h.robots[scheme]; r != nil {
		return r.Delay
	}
	return 0
}
