package fetch

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"
)

// wayTo is a way to the web.
type wayTo func(*http.Request) (*http.Response, error)

func (f wayTo) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// standing is a way to the web before which a process may stand still, its slot taken.
type standing struct {
	http.RoundTripper
	clock  *clock
	stands map[string][]time.Duration // before each request to a path
}

func (s *standing) RoundTrip(req *http.Request) (*http.Response, error) {
	if left := s.stands[req.URL.Path]; len(left) > 0 {
		s.clock.now, s.stands[req.URL.Path] = s.clock.now.Add(left[0]), left[1:]
	}
	return s.RoundTripper.RoundTrip(req)
}

// TestLapsedSlotIsTakenAgain has a process stand still after it took a slot, before it sends:
// nothing goes out until it has taken another, and no two requests are closer than is wanted,
// while another process goes on.
func TestLapsedSlotIsTakenAgain(t *testing.T) {
	const gap = time.Second
	for _, test := range []struct {
		stands []time.Duration
		taken  int // slots, besides the one for robots.txt
	}{
		{nil, 1},
		{[]time.Duration{leastAnswer / 2}, 1},
		{[]time.Duration{leastAnswer}, 2},
		{[]time.Duration{time.Hour}, 2},
		{[]time.Duration{time.Minute, time.Hour}, 3},
		{[]time.Duration{time.Minute, time.Minute}, 2}, // it is known how slow the way is
	} {
		t.Run(fmt.Sprint(test.stands), func(t *testing.T) {
			var mu sync.Mutex
			var asked []time.Time
			var paths []string
			one, other, books, c := twoOn(t, nil, nil)
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				defer mu.Unlock()
				asked, paths = append(asked, c.now), append(paths, r.URL.Path)
			}))
			defer server.Close()
			direct := new(http.Transport)
			defer direct.CloseIdleConnections()
			one.base = &standing{direct, c, map[string][]time.Duration{"/1": test.stands}}
			other.base = direct
			for i, tr := range []*Transport{other, one, other, one} {
				if code, _, err := get(t, tr, fmt.Sprintf("%s/%d", server.URL, i)); code != 200 || err != nil {
					t.Fatal(code, err)
				}
			}
			if want := []string{robotsPath, "/0", "/1", "/2", "/3"}; !slices.Equal(paths, want) {
				t.Errorf("asked for %q", paths)
			}
			for i := range asked[1:] {
				if apart := asked[i+1].Sub(asked[i]); apart < gap {
					t.Errorf("requests %d and %d are %s apart", i, i+1, apart)
				}
			}
			if taken := books[0].taken - 1; taken != test.taken {
				t.Errorf("%d slots were taken for a page, want %d", taken, test.taken)
			}
		})
	}
}

// TestSlotLapsesBesideAnother has another process ask while one stands still: it is not sent
// a moment after.
func TestSlotLapsesBesideAnother(t *testing.T) {
	var mu sync.Mutex
	var asked []time.Time
	one, other, _, c := twoOn(t, nil, nil)
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		asked = append(asked, c.now)
	}))
	defer server.Close()
	direct := new(http.Transport)
	defer direct.CloseIdleConnections()
	one.base, other.base = direct, direct
	get(t, one, server.URL+"/1")
	get(t, other, server.URL+"/1")
	one.base = wayTo(func(req *http.Request) (*http.Response, error) {
		one.base = direct
		c.now = c.now.Add(time.Hour)
		if code, _, err := get(t, other, server.URL+"/2"); code != 200 || err != nil {
			t.Error(code, err)
		}
		return direct.RoundTrip(req)
	})
	if code, _, err := get(t, one, server.URL+"/2"); code != 200 || err != nil {
		t.Fatal(code, err)
	}
	for i := range asked[1:] {
		if apart := asked[i+1].Sub(asked[i]); apart < time.Second {
			t.Errorf("requests %d and %d are %s apart", i, i+1, apart)
		}
	}
}
