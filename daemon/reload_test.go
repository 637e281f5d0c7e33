package daemon

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/config"
	"jobsieve/pipeline"
)

// reloading makes a daemon that reads its configuration again, and counts how often.
func reloading(t *testing.T, sources ...string) (d *Daemon, loads *int, log *bytes.Buffer, hangup chan os.Signal) {
	t.Helper()
	d = testDaemon(t, sources...)
	loads, log, hangup = new(int), &bytes.Buffer{}, make(chan os.Signal, 1)
	d.Log = slog.New(slog.NewTextHandler(log, nil))
	d.Files, d.Hangup = NewWatch(d.Line.Config), hangup
	d.Load = func() (*config.Config, *pipeline.Reader, error) {
		*loads++
		c, err := config.Load(filepath.Join(d.Dir, "jobsieve.yaml"), config.Checks{Schedule: CheckSchedule})
		if err != nil {
			return nil, nil, err
		}
		reader, err := pipeline.ReaderFor(c, c.Rules)
		return c, reader, err
	}
	return d, loads, log, hangup
}

// start runs a daemon's loops; stop ends them.
func start(t *testing.T, d *Daemon) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		d.loop(ctx)
		close(ended)
	}()
	return func() {
		cancel()
		<-ended
	}
}

// pass lets a time pass in a bubble, and what is done by then end.
func pass(span time.Duration) {
	time.Sleep(span)
	synctest.Wait()
}

// TestReload changes the configuration of a running daemon: sources that are new, or
// have another schedule, or are gone; with faults, and without them again.
func TestReload(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d, loads, log, _ := reloading(t, "a @every 6h")
		file := filepath.Join(d.Dir, "jobsieve.yaml")
		stop := start(t, d)
		pass(time.Hour)
		write(t, file, configOf("a @every 6h", "new @every 6h"))
		pass(time.Hour)
		write(t, file, configOf("a @every 6h", "new @every 6h", "other @never"))
		pass(5 * time.Hour)
		fault := `jobsieve.yaml:5: sources[3].schedule: bad schedule "@never"`
		if err := d.healthy(); err == nil || !strings.Contains(err.Error(), fault) {
			t.Errorf("a faulty configuration: %v", err)
		}
		if !strings.Contains(log.String(), "line=5 key=sources[3].schedule") {
			t.Errorf("the log does not say where the fault is:\n%s", log)
		}
		write(t, file, configOf("new @every 9h"))
		pass(13 * time.Hour)
		stop()
		if err := d.healthy(); err != nil || *loads != 3 {
			t.Errorf("after %d loads: %v", *loads, err)
		}
		want := []string{"a 01 00:00", "a 01 06:00", "new 01 01:00", "new 01 07:00", "new 01 16:00"}
		if diff := cmp.Diff(want, crawled(t, d)); diff != "" {
			t.Error(diff)
		}
	})
}

// TestReloadAsked touches the configuration, which changes nothing, and asks for it
// to be read again.
func TestReloadAsked(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d, loads, _, hangup := reloading(t, "a @every 6h")
		stop := start(t, d)
		file := filepath.Join(d.Dir, "jobsieve.yaml")
		if err := os.Chtimes(file, time.Now(), time.Now()); err != nil {
			t.Fatal(err)
		}
		pass(time.Minute)
		if *loads != 0 {
			t.Errorf("read %d times though it is the same", *loads)
		}
		hangup <- syscall.SIGHUP
		pass(time.Minute)
		stop()
		if *loads != 1 {
			t.Errorf("read %d times, want once", *loads)
		}
	})
}

// TestReloadRules changes a file of the rules, at first in a way that can't be read.
func TestReloadRules(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d, loads, log, _ := reloading(t, "a @every 6h")
		rules := filepath.Join(d.Dir, "rules")
		if err := os.Mkdir(rules, 0o700); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(d.Dir, "jobsieve.yaml"), "rules: rules\n"+configOf("a @every 6h"))
		stop := start(t, d)
		pass(time.Minute)
		own := filepath.Join(rules, "own.yaml")
		before := d.current().Reader
		write(t, own, "rulez: []\n")
		pass(time.Minute)
		if err := d.healthy(); err == nil || !strings.Contains(err.Error(), "own.yaml") || d.current().Reader != before {
			t.Errorf("faulty rules: %v", err)
		}
		if !strings.Contains(log.String(), "own.yaml line=1 key=rulez") {
			t.Errorf("the log does not say where the fault is:\n%s", log)
		}
		write(t, own, "rules: []\n")
		pass(time.Minute)
		if err := d.healthy(); err != nil || d.current().Reader == before {
			t.Errorf("good rules: %v", err)
		}
		stop()
		if *loads < 3 {
			t.Errorf("read %d times", *loads)
		}
	})
}

// TestReloadFixed wants what can't change while the daemon runs to stay, and told.
func TestReloadFixed(t *testing.T) {
	d, _, log, _ := reloading(t, "a @every 6h")
	before := *d.Line.Config
	write(t, filepath.Join(d.Dir, "jobsieve.yaml"), "listen: 127.0.0.1:1\nindex: http://127.0.0.1:9200\n"+
		"elasticsearch: {alias: other}\nweb: {hosts: [other]}\ncontact: me@example.org\n"+configOf("b @every 6h"))
	d.reload()
	now := d.current().Config
	if now.Listen != before.Listen || now.Index != before.Index || now.Elasticsearch.Alias != before.Elasticsearch.Alias {
		t.Errorf("listen %s, index %s, alias %s", now.Listen, now.Index, now.Elasticsearch.Alias)
	}
	if len(now.Web.Hosts) != 0 {
		t.Errorf("hosts %v", now.Web.Hosts)
	}
	if now.Contact != "me@example.org" || now.Sources[0].Name != "b" {
		t.Errorf("contact %s, source %s", now.Contact, now.Sources[0].Name)
	}
	for _, key := range []string{"listen", "index", "elasticsearch", "web"} {
		if want := "key=" + key + ` advice="restart the daemon to change it"`; !strings.Contains(log.String(), want) {
			t.Errorf("the log does not say %s:\n%s", want, log)
		}
	}
}
