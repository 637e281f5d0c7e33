package daemon

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/config"
)

// listener is a server that is told of sources.
type listener struct {
	*httptest.Server

	mu sync.Mutex
	// answers are the codes that it gives, the last one for ever after.
	answers []int
	told    []string // what it was told
}

// listen starts a server outside of any bubble.
func listen(t *testing.T, answers ...int) *listener {
	t.Helper()
	l := &listener{answers: answers}
	l.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l.mu.Lock()
		defer l.mu.Unlock()
		body, err := io.ReadAll(r.Body)
		var notice Notice
		if err == nil {
			err = json.Unmarshal(body, &notice)
		}
		if err != nil {
			t.Errorf("%s: %v", body, err)
		}
		const format = "%s %s %s %s %s: %s"
		l.told = append(l.told, fmt.Sprintf(format, r.Method, r.URL, r.Header.Get("X-Token"), notice.Source,
			notice.State, strings.Join(notice.Problems, "; ")))
		code := l.answers[0]
		if len(l.answers) > 1 {
			l.answers = l.answers[1:]
		}
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(code)
	}))
	t.Cleanup(l.Close)
	return l
}

func (l *listener) heard() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.told)
}

func (l *listener) notify() config.Notify {
	return config.Notify{URL: config.NewSecret(l.URL + "/hook"), Header: "X-Token", Secret: config.NewSecret("hush")}
}

// TestNotices takes the file of a source away and gives it back: each turn is told
// once, by whichever daemon runs then.
func TestNotices(t *testing.T) {
	l := listen(t, http.StatusNoContent)
	inBubble(t, func(t *testing.T) {
		d := testDaemon(t, "a @every 1h", "b @every 1h")
		d.Line.Config.Notify = l.notify()
		rows := filepath.Join(d.Dir, "rows.jsonl")
		d.Line.Config.Sources[1].Path = filepath.Join(d.Dir, "rows2.jsonl")
		write(t, d.Line.Config.Sources[1].Path, `{"id":"1","title":"Telecaller"}`+"\n")
		runFor(t, d, 90*time.Minute)
		if told := l.heard(); len(told) != 0 {
			t.Errorf("told while all is well: %v", told)
		}
		if err := os.Remove(rows); err != nil {
			t.Fatal(err)
		}
		runFor(t, d, 2*time.Hour)
		runFor(t, d, 2*time.Hour)
		write(t, rows, `{"id":"1","title":"Telecaller"}`+"\n")
		runFor(t, d, 2*time.Hour)
		told := l.heard()
		if len(told) != 2 || !strings.HasPrefix(told[0], "POST /hook hush a sick: failed: ") || told[1] != "POST /hook hush a well: " {
			t.Errorf("told %q", told)
		}
	})
}

// TestNoticesWait lets nobody listen for a while: crawls go on, and the notice is
// sent later.
func TestNoticesWait(t *testing.T) {
	l := listen(t, 500, 500, 500, 500, http.StatusOK)
	inBubble(t, func(t *testing.T) {
		d := testDaemon(t, "a @every 1h")
		log := &strings.Builder{}
		d.Log = slog.New(slog.NewTextHandler(log, nil))
		d.Line.Config.Notify = l.notify()
		if err := os.Remove(filepath.Join(d.Dir, "rows.jsonl")); err != nil {
			t.Fatal(err)
		}
		runFor(t, d, 3*time.Hour-time.Minute)
		if n := len(l.heard()); n != 5 {
			t.Errorf("%d requests, want 5", n)
		}
		if diff := cmp.Diff([]string{"a 01 00:00", "a 01 01:00", "a 01 02:00"}, crawled(t, d)); diff != "" {
			t.Error(diff)
		}
		const want = `error="tell notify.url that source a is sick: it answered 500 Internal Server Error"`
		if strings.Count(log.String(), "notice failed") != 1 || !strings.Contains(log.String(), want) {
			t.Errorf("the log:\n%s", log)
		}
	})
}

// TestSend counts the tries of a notice, by what is answered.
func TestSend(t *testing.T) {
	for name, test := range map[string]struct {
		answers []int
		tries   int
		fault   string
	}{
		"taken":      {[]int{202}, 1, ""},
		"busy":       {[]int{429, 503, 200}, 3, ""},
		"broken":     {[]int{500}, noticeTries, "it answered 500 Internal Server Error"},
		"refused":    {[]int{403}, 1, "it answered 403 Forbidden"},
		"redirected": {[]int{307}, 1, "it answered 307: redirects are not followed; expected the final address"},
	} {
		t.Run(name, func(t *testing.T) {
			l := listen(t, test.answers...)
			to := l.notify()
			inBubble(t, func(t *testing.T) {
				err := send(t.Context(), &to, &Notice{Source: "a", State: "sick"})
				if got := fmt.Sprint(err); err != nil && got != test.fault || (err == nil) != (test.fault == "") {
					t.Errorf("%v, want %s", err, test.fault)
				}
			})
			if n := len(l.heard()); n != test.tries {
				t.Errorf("%d tries, want %d", n, test.tries)
			}
		})
	}
}

// TestSendToNobody wants the address, which may be a secret, out of errors.
func TestSendToNobody(t *testing.T) {
	l := listen(t, http.StatusOK)
	l.Close()
	to := l.notify()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	err := send(ctx, &to, &Notice{Source: "a"})
	if err == nil || strings.Contains(err.Error(), "hook") || !strings.Contains(err.Error(), "refused") {
		t.Errorf("%v", err)
	}
}
