package config

import (
	"fmt"
	"time"
)

// The defaults of numbers and time spans, and the most that each may be. A key
// that is absent has its default; one that says 0 means 0.
const (
	DefaultDelay    = 2 * time.Second
	DefaultTimeout  = 30 * time.Second
	DefaultMaxBytes = 8 << 20
	DefaultPages    = 50
	// DefaultSitemapPages is the most pages of postings that a crawl of a sitemap asks for.
	DefaultSitemapPages = 100_000
	DefaultDeadline     = time.Hour
	DefaultKeepPages    = 7 * 24 * time.Hour
	DefaultRequests     = 50
	DefaultCost         = 50

	mostDelay     = time.Hour
	mostTimeout   = time.Hour
	mostMaxBytes  = 1 << 30
	mostPages     = 1_000_000
	mostDeadline  = 31 * 24 * time.Hour
	mostKeepPages = 3660 * 24 * time.Hour
	leastPrune    = 24 * time.Hour
	mostPrune     = 3660 * 24 * time.Hour
	mostBulkBytes = 100 << 20 // that Elasticsearch takes in one request
	mostParallel  = 64
	mostReplicas  = 8
	mostJitter    = 366 * 24 * time.Hour
	mostPerSecond = 10_000

	leastSpan = time.Millisecond // of what can't be zero
)

// numbers checks the general numbers, and gives those that are absent their
// defaults; those of Elasticsearch have theirs in indexer/elastic.
func (k *checker) numbers() {
	c, e := k.config, &k.config.Elasticsearch
	k.span(&c.Deadline, leastSpan, mostDeadline, DefaultDeadline, "deadline")
	k.span(&e.Timeout, leastSpan, mostTimeout, 0, "elasticsearch", "timeout")
	whole(k, &e.MaxBytes, mostBulkBytes, 0, "elasticsearch", "max_bytes")
	whole(k, &e.Parallel, mostParallel, 0, "elasticsearch", "parallel")
	k.span(&c.Prune.Readings, leastPrune, mostPrune, 0, "prune", "readings")
	k.span(&c.Prune.Versions, leastPrune, mostPrune, 0, "prune", "versions")
	k.span(&c.Prune.Runs, leastPrune, mostPrune, 0, "prune", "runs")
	k.fetch(&c.Fetch, &Fetch{
		Delay: Duration(DefaultDelay), Timeout: Duration(DefaultTimeout), MaxBytes: DefaultMaxBytes,
	})
	for i := range c.Sources {
		s := &c.Sources[i]
		k.fetch(&s.Fetch, &c.Fetch, "sources", i)
		k.span(&s.Jitter, 0, mostJitter, 0, "sources", i, "jitter")
		whole(k, &s.Pages, mostPages, pagesOf(s.Kind), "sources", i, "pages")
	}
}

// pagesOf gives the most pages of a source of a kind that says nothing of them.
func pagesOf(kind Kind) int {
	if kind == KindSitemap {
		return DefaultSitemapPages
	}
	return DefaultPages
}

// fetch checks the numbers of f, which stands at a path, and takes from d what f
// does not set.
func (k *checker) fetch(f, d *Fetch, at ...any) {
	key := func(name string) []any { return append(at[:len(at):len(at)], "fetch", name) }
	k.span(&f.Delay, 0, mostDelay, time.Duration(d.Delay), key("delay")...)
	k.span(&f.Timeout, leastSpan, mostTimeout, time.Duration(d.Timeout), key("timeout")...)
	whole(k, &f.MaxBytes, mostMaxBytes, d.MaxBytes, key("max_bytes")...)
	if f.KeepPages == nil {
		f.KeepPages = d.KeepPages
	} else {
		k.span(f.KeepPages, 0, mostKeepPages, DefaultKeepPages, key("keep_pages")...)
	}
	if f.Private == nil {
		f.Private = d.Private
	}
}

// span checks a time span, or gives it the value of an absent one.
func (k *checker) span(v *Duration, least, most, absent time.Duration, key ...any) {
	d := time.Duration(*v)
	switch {
	case k.file.Tag(key...) == "":
		*v = Duration(absent)
	case *v != unread && (d < least || d > most):
		k.file.Fault(fmt.Sprintf("expected a time span from %s to %s, got %s", least, most, d), key...)
	}
}

// whole checks a number from 1 on, or gives it the value of an absent one.
func whole[T int | int64](k *checker, v *T, most, absent T, key ...any) {
	tag := k.file.Tag(key...)
	unread := *v == 0 && tag != "!!int" // its fault is known
	switch {
	case tag == "":
		*v = absent
	case !unread && (*v < 1 || *v > most):
		k.file.Fault(fmt.Sprintf("expected a number from 1 to %d, got %d", most, *v), key...)
	}
}
