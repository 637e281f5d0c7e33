package daemon

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"time"

	"jobsieve/config"
	"jobsieve/internal/strictyaml"
	"jobsieve/pipeline"
)

// lookEvery is how often the files of the configuration are looked at.
const lookEvery = 3 * time.Second

// reloadUntil reads configuration and rules again when Hangup says so, or when their
// files have changed, until the context ends.
func (d *Daemon) reloadUntil(ctx context.Context) {
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-d.Hangup:
			d.Files.take()
			d.reload()
		case <-look.C:
			if d.Files.changed() {
				d.reload()
			}
		}
	}
}

// current is the line that crawls begin with.
func (d *Daemon) current() *pipeline.Line {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.Line
}

// reload reads configuration and rules again. Where they have faults the ones from
// before stay. Crawls that are running go on with what they began with.
func (d *Daemon) reload() {
	c, reader, err := d.Load()
	d.Metrics.Reload(err == nil)
	if c != nil {
		d.Files.of = c
	}
	d.mu.Lock()
	d.stale = err
	d.mu.Unlock()
	if err != nil {
		d.tellFaults(err)
		return
	}
	before := d.current()
	d.keepFixed(c, before.Config)
	line := *before
	line.Config, line.Reader = c, reader
	d.mu.Lock()
	d.Line = &line
	maps.DeleteFunc(d.faults, func(source string, _ error) bool { return !crawlsBySchedule(c, source) })
	d.mu.Unlock()
	d.Log.Info("configuration read again", "file", c.File, "sources", len(c.Sources))
	select {
	case d.reloaded <- struct{}{}:
	default: // it is known already
	}
}

// crawlsBySchedule reports that a configuration has a source crawled by schedule.
func crawlsBySchedule(c *config.Config, source string) bool {
	src, err := c.Source(source)
	return err == nil && scheduled(src)
}

// tellFaults logs what is wrong with a configuration or its rules.
func (d *Daemon) tellFaults(err error) {
	const message = "configuration refused; the one from before stays"
	var faults strictyaml.Faults
	if !errors.As(err, &faults) {
		d.Log.Error(message, "error", err)
		return
	}
	for _, f := range faults {
		d.Log.Error(message, "file", f.File, "line", f.Line, "key", f.Key, "error", f.Message)
	}
}

// keepFixed keeps what can't change while the daemon runs as it was before.
func (d *Daemon) keepFixed(c, before *config.Config) {
	refuse := func(key string) {
		d.Log.Error("setting can't change while the daemon runs; the one from before stays", "key", key,
			"advice", "restart the daemon to change it")
	}
	if c.Listen != before.Listen {
		refuse("listen")
	}
	if c.Index != before.Index {
		refuse("index")
	}
	if !c.Ledger.Equal(before.Ledger) {
		refuse("ledger")
	}
	if !reflect.DeepEqual(c.Elasticsearch, before.Elasticsearch) {
		refuse("elasticsearch")
	}
	if !reflect.DeepEqual(c.Web, before.Web) {
		refuse("web")
	}
	c.Listen, c.Index, c.Ledger = before.Listen, before.Index, before.Ledger
	c.Elasticsearch, c.Web = before.Elasticsearch, before.Web
}
