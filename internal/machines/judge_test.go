//go:build linux

package machines

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// disturbance is what was done to a machine, or to the database of all.
type disturbance struct {
	what string
	// machine is whom it was done to; empty for the database.
	machine string
	// from is when it began. until is when it was over: a killed machine's is its beginning.
	from, until time.Duration
}

// lazily is how long before a fault of the database pages may have been fetched that it had
// not kept for good: it may lose the last of them, which are then asked for again.
const lazily = time.Second

// recovers is how long after a disturbance what was under way may still be sent.
const recovers = 2 * time.Second

// judge compares the log of a disturbed world with what an undisturbed one was asked for: it
// says what is wrong.
func judge(w *world, log []request, want map[request]int, disturbances []disturbance) (faults []string) {
	log = slices.Clone(log)
	slices.SortStableFunc(log, func(a, b request) int { return cmp.Compare(a.at, b.at) })
	got := pages(log)
	for page := range want {
		if got[page] == 0 {
			faults = append(faults, fmt.Sprintf("host %d was never asked for %q", page.host, page.page))
		}
	}
	for page := range got {
		if want[page] == 0 {
			faults = append(faults, fmt.Sprintf("host %d was asked for %q, as nobody undisturbed asks", page.host, page.page))
		}
	}
	faults = append(faults, doubled(log, disturbances)...)
	return append(faults, hurried(w, log)...)
}

// doubled gives the requests that came again though nothing excuses them: of all those for a
// page, but one must have been under way at a disturbance.
func doubled(log []request, disturbances []disturbance) (faults []string) {
	first := map[request]request{}
	for i, r := range log {
		excused := slices.ContainsFunc(disturbances, func(d disturbance) bool { return underWay(log, i, d) })
		if excused || r.page == robotsPage {
			continue
		}
		page := request{host: r.host, page: r.page}
		if before, again := first[page]; again {
			faults = append(faults, fmt.Sprintf("host %d was asked twice for %q: by %s at %s and by %s at %s", r.host, r.page,
				before.machine, before.at, r.machine, r.at))
		}
		first[page] = r
	}
	return faults
}

// underWay reports that a request was under way when a disturbance came: with the database,
// any of about that time; with a machine, the last that it sent to the host before, or the
// first after.
func underWay(log []request, i int, d disturbance) bool {
	r := log[i]
	if d.machine == "" {
		return r.at > d.from-lazily && r.at < d.until+recovers
	}
	if r.machine != d.machine {
		return false
	}
	if r.at <= d.from {
		return !slices.ContainsFunc(log[i+1:], func(next request) bool {
			return next.at <= d.from && next.host == r.host && next.machine == r.machine
		})
	}
	return r.at > d.until && !slices.ContainsFunc(log[:i], func(last request) bool {
		return last.at > d.until && last.host == r.host && last.machine == r.machine
	})
}

// patience is the part of a gap that must be kept, by the host's own clock.
const patience = 0.8

// hurried gives the requests that came too soon after the one before.
func hurried(w *world, log []request) (faults []string) {
	last := map[int]request{}
	for _, r := range log {
		before, ok := last[r.host]
		last[r.host] = r
		if !ok {
			continue
		}
		gap, asks := r.at-before.at, w.hosts[r.host].gap()
		if before.page == robotsPage {
			asks = w.hosts[r.host].delay // what it says is not known before
		}
		if float64(gap) < patience*float64(asks) {
			faults = append(faults, fmt.Sprintf("host %d asks for %s, and %s came %s after another: %q by %s, %q by %s", r.host,
				asks, r.at, gap, before.page, before.machine, r.page, r.machine))
		}
	}
	return faults
}
