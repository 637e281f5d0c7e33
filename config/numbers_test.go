package config

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestNumbers gives every number and time span of the configuration an absent
// value, an explicit zero, nonsense, and a fair one.
func TestNumbers(t *testing.T) {
	const source = "sources:\n  - name: a\n    kind: feed\n    url: http://x.example/\n"
	general := func(key string) string { return key + ": %s\n" }
	in := func(part, key string) string { return part + ":\n  " + key + ": %s\n" }
	ofSource := func(key string) string { return source + "    " + key + ": %s\n" }
	ofFetch := func(key string) string { return source + "    fetch:\n      " + key + ": %s\n" }
	first := func(f func(*Source) any) func(*Config) any {
		return func(c *Config) any {
			if len(c.Sources) == 0 {
				return nil
			}
			return f(&c.Sources[0])
		}
	}
	for _, tt := range []struct {
		key, file string
		get       func(*Config) any
		absent    any
		zero      bool // that it means something
		fair      string
		want      any
		span      bool
	}{
		{"deadline", general("deadline"), func(c *Config) any { return c.Deadline }, Duration(DefaultDeadline), false, "5m", Duration(5 * time.Minute), true},
		{"elasticsearch.timeout", in("elasticsearch", "timeout"), func(c *Config) any { return c.Elasticsearch.Timeout }, Duration(0), false, "5s", Duration(5 * time.Second), true},
		{"elasticsearch.max_bytes", in("elasticsearch", "max_bytes"), func(c *Config) any { return c.Elasticsearch.MaxBytes }, 0, false, "1000", 1000, false},
		{"elasticsearch.parallel", in("elasticsearch", "parallel"), func(c *Config) any { return c.Elasticsearch.Parallel }, 0, false, "2", 2, false},
		{"prune.readings", in("prune", "readings"), func(c *Config) any { return c.Prune.Readings }, Duration(0), false, "48h", Duration(48 * time.Hour), true},
		{"prune.versions", in("prune", "versions"), func(c *Config) any { return c.Prune.Versions }, Duration(0), false, "48h", Duration(48 * time.Hour), true},
		{"prune.runs", in("prune", "runs"), func(c *Config) any { return c.Prune.Runs }, Duration(0), false, "48h", Duration(48 * time.Hour), true},
		{"fetch.delay", in("fetch", "delay"), func(c *Config) any { return c.Fetch.Delay }, Duration(DefaultDelay), true, "5s", Duration(5 * time.Second), true},
		{"fetch.timeout", in("fetch", "timeout"), func(c *Config) any { return c.Fetch.Timeout }, Duration(DefaultTimeout), false, "5s", Duration(5 * time.Second), true},
		{"fetch.max_bytes", in("fetch", "max_bytes"), func(c *Config) any { return c.Fetch.MaxBytes }, int64(DefaultMaxBytes), false, "1000", int64(1000), false},
		{"fetch.keep_pages", in("fetch", "keep_pages"), func(c *Config) any { return c.Fetch.Keep() }, DefaultKeepPages, true, "5s", 5 * time.Second, true},
		{"pages", ofSource("pages"), first(func(s *Source) any { return s.Pages }), DefaultPages, false, "7", 7, false},
		{"fetch.delay of a source", ofFetch("delay"), first(func(s *Source) any { return s.Fetch.Delay }), Duration(DefaultDelay), true, "5s", Duration(5 * time.Second), true},
		{"fetch.timeout of a source", ofFetch("timeout"), first(func(s *Source) any { return s.Fetch.Timeout }), Duration(DefaultTimeout), false, "5s", Duration(5 * time.Second), true},
		{"fetch.max_bytes of a source", ofFetch("max_bytes"), first(func(s *Source) any { return s.Fetch.MaxBytes }), int64(DefaultMaxBytes), false, "9", int64(9), false},
		{"fetch.keep_pages of a source", ofFetch("keep_pages"), first(func(s *Source) any { return s.Fetch.Keep() }), DefaultKeepPages, true, "5s", 5 * time.Second, true},
	} {
		read := func(value string) (any, string) {
			c, err := parse("x.yaml", fmt.Appendf(nil, tt.file, value), testChecks)
			if err != nil {
				return nil, err.Error()
			}
			return tt.get(c), ""
		}
		if strings.HasPrefix(tt.file, source) {
			if c, err := parse("x.yaml", []byte(source), testChecks); err != nil || tt.get(c) != tt.absent {
				t.Errorf("%s absent: %v, want %v", tt.key, tt.get(c), tt.absent)
			}
		} else if got := tt.get(Default()); got != tt.absent {
			t.Errorf("%s absent: %v, want %v", tt.key, got, tt.absent)
		}
		if got, fault := read("null"); got != tt.absent {
			t.Errorf("%s null: %v %s, want %v", tt.key, got, fault, tt.absent)
		}
		if got, fault := read(tt.fair); got != tt.want {
			t.Errorf("%s %s: %v %s, want %v", tt.key, tt.fair, got, fault, tt.want)
		}
		zero, bad := "0", []string{"-1", "99999999999", "many", "[1]", "99999999999999999999", "1.5", "-0.5"}
		if tt.span {
			zero, bad = "0s", []string{"-1s", "99999h", "soon", "[1s]", "5", "9999999999h"}
		}
		got, fault := read(zero)
		if tt.zero && fmt.Sprint(got) != "0s" && fmt.Sprint(got) != "0" || !tt.zero && !strings.Contains(fault, "expected a ") {
			t.Errorf("%s %s: %v %q", tt.key, zero, got, fault)
		}
		for _, value := range bad {
			got, fault := read(value)
			name, _, _ := strings.Cut(tt.key, " ")
			if !strings.HasPrefix(fault, "x.yaml:") || !strings.Contains(fault, name+": expected") || strings.Contains(fault, "\n") {
				t.Errorf("%s %s: %v %q", tt.key, value, got, fault)
			}
		}
	}
}

// TestZeroOverGeneral shows that a source's zero holds over the general value,
// also where it comes with a merged mapping.
func TestZeroOverGeneral(t *testing.T) {
	const file = `fetch: {delay: 9s, keep_pages: 3h}
sources:
  - {name: zero, kind: feed, url: "http://x.example/", fetch: &quick {delay: 0s, keep_pages: 0s}}
  - {name: merged, kind: feed, url: "http://x.example/", fetch: {<<: *quick, timeout: 1s}}
  - {name: alias, kind: feed, url: "http://x.example/", fetch: *quick}
  - {name: absent, kind: feed, url: "http://x.example/", fetch: {timeout: 1s}}
`
	c, err := parse("x.yaml", []byte(file), testChecks)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"0s 0s", "0s 0s", "0s 0s", "9s 3h0m0s"} {
		f := &c.Sources[i].Fetch
		if got := fmt.Sprint(time.Duration(f.Delay), " ", f.Keep()); got != want {
			t.Errorf("%s: %s, want %s", c.Sources[i].Name, got, want)
		}
	}
}
