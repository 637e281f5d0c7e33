package fetch

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"jobsieve/job"
	"jobsieve/ledger"
)

// newBook gives the book of a test's next transport, with nothing in it; where it is nil
// they have none.
var newBook func(now func() time.Time) Book

// ledgerBook is a book in a ledger. It counts what is written.
type ledgerBook struct {
	*ledger.Ledger
	now                 func() time.Time
	taken, notes, files int
	fault               error
}

func (b *ledgerBook) Take(ctx context.Context, host string, w job.Want) (job.Slot, error) {
	s, err := b.TakeSlot(ctx, host, w, b.now)
	if !s.Begins.IsZero() {
		b.taken++
	}
	return s, errors.Join(err, b.fault)
}

func (b *ledgerBook) Rest(ctx context.Context, host string) (time.Duration, error) {
	return b.HostRest(ctx, host, b.now)
}

func (b *ledgerBook) Note(ctx context.Context, host string, c job.Condition) error {
	b.notes++
	return b.NoteHost(ctx, host, c, b.now)
}

func (b *ledgerBook) KeepRobots(ctx context.Context, host, scheme string, f *job.RobotsFile) error {
	b.files++
	return b.Ledger.KeepRobots(ctx, host, scheme, f)
}

func openLedger(t *testing.T) *ledger.Ledger {
	t.Helper()
	l, err := ledger.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// TestOnALedger runs the tests of pacing with a book in a ledger: nothing of what they want
// changes.
func TestOnALedger(t *testing.T) {
	l := openLedger(t)
	newBook = func(now func() time.Time) Book {
		if err := l.DropHosts(context.Background(), now().AddDate(100, 0, 0), now()); err != nil {
			t.Fatal(err)
		}
		return &ledgerBook{Ledger: l, now: now}
	}
	defer func() { newBook = nil }()
	for name, test := range map[string]func(*testing.T){
		"pacing": TestPacingAndUserAgent, "retries": TestRetries, "robots.txt that cannot be had": TestRobotsTxtThatCannotBeHad,
		"a day": TestRobotsTxtIsReadAgainAfterADay, "Retry-After": TestRetryAfterIsKept, "the last Retry-After": TestTheLastRetryAfterIsKept,
		"delays": TestDelaysThatAreTooLong, "spellings": TestSpellingsOfAHostArePacedTogether, "schemes": TestSchemesHaveTheirOwnRobots,
		"failed robots.txt": TestFailedRobotsAreAskedForAgain, "redirects of robots.txt": TestRobotsRedirects,
		"a host that is down": TestHostThatIsDownIsLeftAlone, "a slow host": TestSlowHostIsGivenTime, "many hosts": TestHostsAreForgotten,
	} {
		t.Run(name, test)
	}
}

// twoOn makes two transports with one clock, a retry and one ledger, as two processes have
// them.
func twoOn(t *testing.T, f web, change func(*Options)) (one, other *Transport, books [2]*ledgerBook, c *clock) {
	t.Helper()
	l := openLedger(t)
	c = &clock{now: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}
	var both [2]*Transport
	for i := range both {
		books[i] = &ledgerBook{Ledger: l, now: func() time.Time { return c.now }}
		both[i], _ = onWeb(f, func(o *Options) {
			o.Hosts, o.Now, o.Sleep, o.Retries = NewHosts(books[i]), books[i].now, c.sleep, 1
			if change != nil {
				change(o)
			}
		})
	}
	return both[0], both[1], books, c
}

// TestProcessesPaceTogether lets two ask one host in turn, by its spellings: no request is
// closer to the one before than the longest gap that is wanted, and robots.txt is asked for
// once.
func TestProcessesPaceTogether(t *testing.T) {
	var asked []time.Time
	var paths []string
	var c *clock
	one, other, books, clock := twoOn(t, func(r *http.Request) *http.Response {
		asked, paths = append(asked, c.now), append(paths, r.URL.Path)
		if r.URL.Path == robotsPath {
			return answer(200, "User-agent: *\nCrawl-delay: 3\nDisallow: /no")
		}
		return answer(200, "")
	}, nil)
	c = clock
	for _, next := range []struct {
		tr   *Transport
		host string
	}{{one, "h.example"}, {other, "H.example"}, {other, "h.example."}, {one, "h.example:443"}, {one, "h.example"}, {other, "h.example"}} {
		if code, _, err := get(t, next.tr, "https://"+next.host+"/yes"); code != 200 || err != nil {
			t.Fatal(code, err)
		}
		var denied *DeniedError
		if _, _, err := get(t, next.tr, "https://"+next.host+"/no"); !errors.As(err, &denied) {
			t.Errorf("%s: %v", next.host, err)
		}
	}
	for i := range asked[1:] {
		if gap := asked[i+1].Sub(asked[i]); gap < 3*time.Second {
			t.Errorf("requests %d and %d are %s apart", i, i+1, gap)
		}
	}
	if want := slices.Concat([]string{robotsPath}, slices.Repeat([]string{"/yes"}, 6)); !slices.Equal(paths, want) {
		t.Errorf("asked for %v", paths)
	}
	if taken, notes, files := books[0].taken+books[1].taken, books[0].notes+books[1].notes, books[0].files+books[1].files; taken != len(paths) || notes != 0 || files != 1 {
		t.Errorf("%d slots for %d requests, %d notes, %d robots.txt kept", taken, len(paths), notes, files)
	}
}

// TestTheOtherReadsRobotsMeanwhile has one ask for robots.txt while the other waits to: it is
// asked for once, and the gap that it wants is kept.
func TestTheOtherReadsRobotsMeanwhile(t *testing.T) {
	var asked []time.Time
	robots := 0
	one, other, _, c := twoOn(t, nil, nil)
	site := web(func(r *http.Request) *http.Response {
		asked = append(asked, c.now)
		if r.URL.Path == robotsPath {
			robots++
			return answer(200, "User-agent: *\nCrawl-delay: 9\nDisallow: /no")
		}
		return answer(200, "")
	})
	one.base, other.base = site, site
	if s, err := one.opts.Hosts.book.Take(t.Context(), "h.example", job.Want{Keeps: time.Second}); err != nil || s.Begins.IsZero() {
		t.Fatal(s, err)
	}
	other.opts.Sleep = func(ctx context.Context, d time.Duration) error {
		if robots == 0 {
			c.now = c.now.Add(time.Second)
			get(t, one, "https://h.example/no")
		}
		return c.sleep(ctx, d)
	}
	if code, _, err := get(t, other, "https://h.example/yes"); code != 200 || err != nil {
		t.Fatal(code, err)
	}
	for i := range asked[1:] {
		if gap := asked[i+1].Sub(asked[i]); gap < 9*time.Second {
			t.Errorf("requests %d and %d are %s apart", i, i+1, gap)
		}
	}
	if robots != 1 || len(asked) != 2 {
		t.Errorf("robots.txt was asked for %d times of %d", robots, len(asked))
	}
}

// TestProcessesLeaveAHostAlone has one told to wait, or met by faults: the other leaves the
// host alone too, and what it finds counts for both.
func TestProcessesLeaveAHostAlone(t *testing.T) {
	status, after, asked := 503, "3600", 0
	one, other, books, c := twoOn(t, func(r *http.Request) *http.Response {
		if r.URL.Path == robotsPath {
			return answer(404, "")
		}
		asked++
		return answer(status, "", "Retry-After", after)
	}, nil)
	leftAlone := func(tr *Transport, want string) {
		t.Helper()
		var down *DownError
		before := asked
		if _, _, err := get(t, tr, "https://h.example/"); !errors.As(err, &down) || asked != before || !strings.Contains(err.Error(), want) {
			t.Errorf("asked %d times more: %v", asked-before, err)
		}
	}
	get(t, one, "https://h.example/")
	leftAlone(other, "h.example asks to be left alone for 1h0m0s (Retry-After), and is left alone until 01:00 UTC")
	leftAlone(one, "Retry-After")
	c.now = c.now.Add(time.Hour)
	after = ""
	for _, tr := range []*Transport{one, other, one, other} { // the first page counts too
		get(t, tr, "https://h.example/")
	}
	leftAlone(one, "failed 5 pages in a row")
	leftAlone(other, "failed 5 pages in a row")
	c.now, status = c.now.Add(circuitRest), 200
	if code, _, err := get(t, other, "https://h.example/"); code != 200 || err != nil {
		t.Error(code, err)
	}
	status = 503
	get(t, one, "https://h.example/")
	if h := one.opts.Hosts.use("h.example", c.now); h.failures != 1 {
		t.Errorf("%d failures in a row, want 1", h.failures)
	}
	// The first answer and the page, five pages, the one that went well and the last.
	if notes := books[0].notes + books[1].notes; notes != 8 {
		t.Errorf("%d notes", notes)
	}
}

// TestWaitingAsksWhatOthersAreTold has one told to leave the host alone while the other waits
// for its slot: that is not used.
func TestWaitingAsksWhatOthersAreTold(t *testing.T) {
	for rest, want := range map[time.Duration]string{30 * time.Second: "", time.Hour: "h.example asks for rest, and is left alone until 01:00 UTC"} {
		var last time.Time
		one, other, books, c := twoOn(t, nil, nil)
		one.base = web(func(*http.Request) *http.Response { return answer(200, "") })
		other.base = web(func(*http.Request) *http.Response {
			last = c.now
			return answer(200, "")
		})
		get(t, one, "https://h.example/1")
		asked := c.now
		other.opts.Sleep = func(ctx context.Context, d time.Duration) error {
			other.opts.Sleep = c.sleep
			if err := books[0].Note(ctx, "h.example", job.Condition{Rest: rest, Why: "asks for rest"}); err != nil {
				t.Error(err)
			}
			return c.sleep(ctx, d)
		}
		_, _, err := get(t, other, "https://h.example/2")
		switch {
		case want == "" && (err != nil || !last.Equal(asked.Add(rest))):
			t.Errorf("%s: it was asked after %s: %v", rest, last.Sub(asked), err)
		case want != "" && (err == nil || err.Error() != want || !last.IsZero()):
			t.Errorf("%s: %v", rest, err)
		}
	}
}

// TestSlotThatNobodyWaitedFor gives up while it waits: who asks next in the same process comes
// after that slot, not in place of it.
func TestSlotThatNobodyWaitedFor(t *testing.T) {
	var asked []time.Time
	one, other, _, c := twoOn(t, nil, nil)
	site := web(func(*http.Request) *http.Response {
		asked = append(asked, c.now)
		return answer(200, "")
	})
	one.base, other.base = site, site
	get(t, one, "https://h.example/1")
	other.opts.Sleep = func(context.Context, time.Duration) error { return context.Canceled }
	if _, _, err := get(t, other, "https://h.example/2"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	other.opts.Sleep = c.sleep
	get(t, other, "https://h.example/3")
	if gap := asked[2].Sub(asked[1]); len(asked) != 3 || gap != 2*(time.Second+leastAnswer) {
		t.Errorf("asked %d times, %s apart", len(asked), gap)
	}
}

// TestMissedSlotIsTakenAgain wakes one too late for its slot.
func TestMissedSlotIsTakenAgain(t *testing.T) {
	one, other, books, c := twoOn(t, func(*http.Request) *http.Response { return answer(200, "") }, nil)
	get(t, one, "https://h.example/1")
	other.opts.Sleep = func(ctx context.Context, d time.Duration) error {
		other.opts.Sleep = c.sleep
		return c.sleep(ctx, d+late)
	}
	if code, _, err := get(t, other, "https://h.example/2"); code != 200 || err != nil || books[1].taken != 2 {
		t.Errorf("%d slots: %d, %v", books[1].taken, code, err)
	}
}

// slowBook takes its time.
type slowBook struct {
	*ledgerBook
	clock *clock
	takes time.Duration
}

func (b *slowBook) Take(ctx context.Context, host string, w job.Want) (job.Slot, error) {
	if b.taken > 10 {
		return job.Slot{}, errors.New("it was asked for slots without end")
	}
	s, err := b.ledgerBook.Take(ctx, host, w)
	b.clock.now = b.clock.now.Add(b.takes)
	return s, err
}

// TestABookMayBeSlow takes slots in a book that takes longer than a slot may be missed by:
// hosts are asked all the same, and no closer together than is wanted.
func TestABookMayBeSlow(t *testing.T) {
	for _, takes := range []time.Duration{late, time.Second, time.Minute} {
		var asked []time.Time
		one, other, books, c := twoOn(t, nil, nil)
		site := web(func(*http.Request) *http.Response {
			asked = append(asked, c.now)
			return answer(200, "")
		})
		one.base, other.base = site, site
		one.opts.Hosts.book = &slowBook{books[0], c, takes}
		for _, tr := range []*Transport{one, other, one} {
			if code, _, err := get(t, tr, "https://h.example/"); code != 200 || err != nil {
				t.Fatal(takes, code, err)
			}
		}
		for i := range asked[1:] {
			if gap := asked[i+1].Sub(asked[i]); gap < time.Second {
				t.Errorf("%s: requests %d and %d are %s apart", takes, i, i+1, gap)
			}
		}
	}
}

// TestProcessesBelieveOneRobots believes what another process came to know of robots.txt for
// as long as that one does, faults too.
func TestProcessesBelieveOneRobots(t *testing.T) {
	status, asked := 503, 0
	one, other, books, c := twoOn(t, func(r *http.Request) *http.Response {
		if r.URL.Path == robotsPath {
			asked++
			return answer(status, "")
		}
		return answer(200, "")
	}, func(o *Options) { o.Retries = 0 })
	for i, tt := range []struct {
		tr    *Transport
		after time.Duration
		asked int
	}{
		{one, 0, 1}, {other, 4 * time.Minute, 1}, {other, time.Minute, 2}, {one, 9 * time.Minute, 2}, {one, time.Minute, 3},
		{other, 19 * time.Minute, 3}, {other, time.Minute, 4},
	} {
		c.now = c.now.Add(tt.after)
		var denied *DeniedError
		if _, _, err := get(t, tt.tr, "https://h.example/"); !errors.As(err, &denied) || denied.Fault == "" || asked != tt.asked {
			t.Errorf("%d: asked %d times, want %d: %v", i, asked, tt.asked, err)
		}
	}
	status = 404
	for _, tr := range []*Transport{one, other, one} {
		c.now = c.now.Add(8 * time.Hour)
		if code, _, err := get(t, tr, "https://h.example/"); code != 200 || err != nil || asked != 5 {
			t.Errorf("asked %d times, want 5: %d, %v", asked, code, err)
		}
	}
	// What would hold for longer than any does was noted by a clock that was wrong.
	wrong := job.RobotsFile{Fault: "a fault", Until: c.now.Add(3 * robotsAge)}
	if err := books[0].KeepRobots(t.Context(), "h.example", "https", &wrong); err != nil {
		t.Fatal(err)
	}
	c.now = c.now.Add(robotsAge)
	if code, _, err := get(t, other, "https://h.example/"); code != 200 || err != nil || asked != 6 {
		t.Errorf("asked %d times, want 6: %d, %v", asked, code, err)
	}
}

// TestAFaultOfTheBookIsNoneOfTheHost ends the request and is not tried again.
func TestAFaultOfTheBookIsNoneOfTheHost(t *testing.T) {
	one, other, books, c := twoOn(t, func(*http.Request) *http.Response { return answer(200, "") }, nil)
	get(t, one, "https://h.example/")
	books[0].fault = errors.New("the disk is full")
	c.now = c.now.Add(robotsAge)
	for range circuitAfter + 1 {
		if _, _, err := get(t, one, "https://h.example/"); err == nil || !strings.Contains(err.Error(), "the disk is full") {
			t.Error(err)
		}
	}
	if code, _, err := get(t, other, "https://h.example/"); code != 200 || err != nil || books[0].notes != 0 {
		t.Errorf("%d notes, %d, %v", books[0].notes, code, err)
	}
}

// TestAnotherProcessMayAskForLong ends where the crawl may not last until a slot is free.
func TestAnotherProcessMayAskForLong(t *testing.T) {
	one, other, _, c := twoOn(t, func(*http.Request) *http.Response { return answer(200, "User-agent: *\nCrawl-delay: 600") }, nil)
	if code, _, err := get(t, one, "https://h.example/1"); code != 200 || err != nil {
		t.Fatal(code, err)
	}
	other.patience = time.Minute
	waits := len(c.waits)
	if _, _, err := get(t, other, "https://h.example/2"); err == nil || !strings.Contains(err.Error(), "was asked by another process just now") || len(c.waits) != waits {
		t.Errorf("%v, waits %v", err, c.waits[waits:])
	}
}

// TestARestMayBeTooLong says why a host is left alone for longer than the crawl may last.
func TestARestMayBeTooLong(t *testing.T) {
	one, other, books, _ := twoOn(t, func(*http.Request) *http.Response { return answer(200, "") }, nil)
	get(t, one, "https://h.example/1")
	if err := books[0].Note(t.Context(), "h.example", job.Condition{Rest: 90 * time.Second, Why: "asks for rest"}); err != nil {
		t.Fatal(err)
	}
	other.patience = time.Minute
	if _, _, err := get(t, other, "https://h.example/2"); err == nil || !strings.Contains(err.Error(), "h.example asks for rest, and is left alone until") {
		t.Error(err)
	}
}
