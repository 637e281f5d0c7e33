package guard

import (
	"container/list"
	"context"
	"net/http"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"
)

const (
	// mostClients is how many clients are remembered; the one that asked longest ago is
	// forgotten first.
	mostClients = 10_000
	// mostWaiting is how many heavy requests may wait for their turn. Of others mostLight
	// are answered at once, so that what begins also ends in time, and mostInLine wait.
	mostWaiting = 16
	mostLight   = 32
	mostInLine  = 128
	// mostAtOnce is how many heavy requests are answered at once on whatever machine: each
	// may have several connections to the ledger.
	mostAtOnce = 8
	// heavyCost is what a heavy request costs; a client may save up for burstOf seconds.
	heavyCost = 10
	burstOf   = 4
	// A client may give mostFailures wrong tokens in a row, and one more every failureTime.
	mostFailures = 10
	failureTime  = 10 * time.Second
)

// mostHeavy is how many heavy requests are answered at once: two, so that one that is read
// slowly does not stop all others, or half as many as there are processors.
func mostHeavy() int { return min(max(2, runtime.GOMAXPROCS(0)/2), mostAtOnce) }

// client is one that asks: somebody with a name, or an address.
type client struct {
	key                      string
	requests, cost, failures *rate.Limiter
}

// clients are those that asked lately.
type clients struct {
	most, requests, cost int

	mu    sync.Mutex
	lru   *list.List // of *client, the one that asked last in front
	byKey map[string]*list.Element
}

// newClients remembers so many clients, which may each send so many requests a second and
// ask what costs so much.
func newClients(most, requests, cost int) *clients {
	return &clients{most: most, requests: requests, cost: cost, lru: list.New(), byKey: map[string]*list.Element{}}
}

// of gives the client of a key.
func (c *clients) of(key string) *client {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at, ok := c.byKey[key]; ok {
		c.lru.MoveToFront(at)
		known, _ := at.Value.(*client)
		return known
	}
	limit := func(perSecond int) *rate.Limiter {
		return rate.NewLimiter(rate.Limit(perSecond), max(burstOf*perSecond, heavyCost))
	}
	made := &client{
		key: key, requests: limit(c.requests), cost: limit(c.cost),
		failures: rate.NewLimiter(rate.Every(failureTime), mostFailures),
	}
	c.byKey[key] = c.lru.PushFront(made)
	if c.lru.Len() > c.most {
		oldest := c.lru.Back()
		forgotten, _ := c.lru.Remove(oldest).(*client)
		delete(c.byKey, forgotten.key)
	}
	return made
}

// take takes n from what a client may; else it takes nothing, and says how long to wait
// for it. n is no more than the limiter ever has.
func take(l *rate.Limiter, now time.Time, n int) (wait time.Duration) {
	taken := l.ReserveN(now, n)
	if wait = taken.DelayFrom(now); wait > 0 {
		taken.CancelAt(now)
	}
	return wait
}

// Costs gives a handler whose requests cost 1 of what a client may ask. Where too many are
// being answered they wait for their turn.
func Costs(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r)
		if v == nil { // no guard stands before the handler
			next.ServeHTTP(w, r)
			return
		}
		if !v.pay(w, 1) {
			return
		}
		if leave, ok := v.enter(w, r, v.guard.light, "Too much is being asked at once"); ok {
			defer leave()
			next.ServeHTTP(w, r)
		}
	})
}

// Heavy gives a handler of requests that take long, such as reports and exports: each
// costs 10, few are answered at once, others wait for their turn, and they have minutes.
func Heavy(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r)
		if v == nil {
			next.ServeHTTP(w, r)
			return
		}
		if !v.pay(w, heavyCost) {
			return
		}
		g := v.guard
		leave, ok := v.enter(w, r, g.heavy, "Too many reports and exports are being made")
		if !ok {
			return
		}
		defer leave()
		if v.timer.Reset(g.times.heavy) { // else it is too late already
			allow(w, g.times.heavy+g.times.write)
			next.ServeHTTP(w, r)
		}
	})
}

// HeavyWith gives a handler of requests that are Heavy where they have a parameter; else they
// cost 1.
func HeavyWith(name string, next http.Handler) http.Handler {
	costs, heavy := Costs(next), Heavy(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		says := func(v string) bool { return strings.TrimSpace(v) != "" }
		if slices.ContainsFunc(r.URL.Query()[name], says) {
			heavy.ServeHTTP(w, r)
			return
		}
		costs.ServeHTTP(w, r)
	})
}

// enter waits for the turn of a request in a queue; where there is none it has answered that
// there is too much.
func (v *visit) enter(w http.ResponseWriter, r *http.Request, q *queue, tooMuch string) (leave func(), ok bool) {
	longest := v.guard.times.queue
	if leave, ok = q.enter(r.Context(), longest); !ok {
		w.Header().Set("Retry-After", seconds(longest))
		refuse(w, http.StatusServiceUnavailable, tooMuch+": ask again a little later.")
	}
	return leave, ok
}

// pay takes the cost of a request from what its client may ask; where that is not enough it
// has answered.
func (v *visit) pay(w http.ResponseWriter, cost int) bool {
	wait := take(v.client.cost, v.guard.now(), cost)
	if wait > 0 {
		tooMany(w, wait)
	}
	return wait == 0
}

// tooMany refuses a request until later.
func tooMany(w http.ResponseWriter, wait time.Duration) {
	w.Header().Set("Retry-After", seconds(wait))
	refuse(w, http.StatusTooManyRequests, "Too much was asked in a short time: ask again in "+seconds(wait)+" s.")
}

// seconds gives whole seconds, rounded up.
func seconds(d time.Duration) string {
	return strconv.FormatInt(int64((d+time.Second-1)/time.Second), 10)
}

// queue lets in a few at once.
type queue struct {
	places  chan struct{}
	waiting atomic.Int64
	most    int64 // that may wait
}

func newQueue(places, waiting int) *queue {
	return &queue{places: make(chan struct{}, places), most: int64(waiting)}
}

// enter waits for a place, no longer than a time; leave gives it back. ok is false where
// there was none.
func (q *queue) enter(ctx context.Context, longest time.Duration) (leave func(), ok bool) {
	leave = func() { <-q.places }
	select {
	case q.places <- struct{}{}:
		return leave, true
	default:
	}
	defer q.waiting.Add(-1)
	if q.waiting.Add(1) > q.most {
		return nil, false
	}
	timer := time.NewTimer(longest)
	defer timer.Stop()
	select {
	case q.places <- struct{}{}:
		return leave, true
	case <-timer.C:
	case <-ctx.Done():
	}
	return nil, false
}
