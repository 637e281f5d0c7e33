package config

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"jobsieve/internal/strictyaml"
	"jobsieve/job"
	"net/http"
)

// testChecks refuse one schedule and one selector, so that what is said of
// them is seen.
var testChecks = Checks{
	Schedule: func(s string) error {
		if s == "bad" {
			return errors.New(`bad schedule "bad": expected five fields`)
		}
		return nil
	},
	Span: func(string) time.Duration { return time.Hour },
	Selector: func(s string) error {
		if strings.Contains(s, "[[") {
			return errors.New("expected identifier")
		}
		return nil
	},
	Platform: func(platform string) (needs, known []string) {
		all := map[string][]string{
			"eightfold": {"account or base"}, "greenhouse": {"account"}, "workday": {"account", "site", "base"},
		}
		return all[platform], slices.Sorted(maps.Keys(all))
	},
}

// TestBadConfigs reads testdata/bad-*.yaml; the comment lines at the end of
// each, "# want: …", are all its faults in order.
func TestBadConfigs(t *testing.T) {
	names, err := filepath.Glob("testdata/bad-*.yaml")
	if err != nil || len(names) < 10 {
		t.Fatalf("%d bad configurations: %v", len(names), err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for line := range strings.Lines(string(data)) {
				if w, ok := strings.CutPrefix(line, "# want: "); ok {
					want = append(want, strings.TrimSpace(w))
				}
			}
			_, err = Load(name, testChecks)
			var faults strictyaml.Faults
			if !errors.As(err, &faults) {
				t.Fatalf("got %v, want faults", err)
			}
			var got []string
			for _, f := range faults {
				got = append(got, strings.ReplaceAll(strings.TrimPrefix(f.Error(), name+":"), "testdata"+string(filepath.Separator), ""))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestGoodConfig(t *testing.T) {
	c, err := Load("testdata/good.yaml", testChecks)
	if err != nil {
		t.Fatal(err)
	}
	s, err := c.Source("board")
	if err != nil {
		t.Fatal(err)
	}
	want := Field{Select: "a.title", Attr: "href"}
	if diff := cmp.Diff(want, s.Detail.Link, cmp.AllowUnexported(Field{})); diff != "" {
		t.Error(diff)
	}
	if time.Duration(s.Fetch.Delay) != 5*time.Second || time.Duration(s.Fetch.Timeout) != DefaultTimeout || s.Pages != DefaultPages || c.Index != DefaultIndex {
		t.Errorf("defaults: %+v", s.Fetch)
	}
	if got := s.List.Fields["experience"].Cut("Exp: 2-5 Yrs, Pune"); got != "2-5 Yrs" {
		t.Errorf("cut %q", got)
	}
	if n := c.Notify; n.URL.Reveal() != "https://hooks.example.org/abc" || n.Header != "X-Token" || n.Secret.Reveal() != "hush" {
		t.Errorf("notify: %s %s", n.URL.Reveal(), n.Header)
	}
	if _, err := c.Source("bord"); err == nil || !strings.Contains(err.Error(), `did you mean "board"?`) {
		t.Errorf("mistyped name: %v", err)
	}
	for _, tt := range []struct {
		title, country string
		want           job.Rejection
	}{{"Telecaller", "IN", ""}, {"Telecaller", "", ""}, {"Telecaller", "US", job.RejectCountry}, {"Driver", "IN", job.RejectTitle}, {"Telecaller intern", "IN", job.RejectTitle}} {
		got, _ := s.Keep.Wants(tt.title, []job.Place{{Country: job.Opt(tt.country)}})
		if got != tt.want {
			t.Errorf("%+v: %q", tt, got)
		}
	}
}

// TestListen wants an address to listen on refused where it has not its form.
func TestListen(t *testing.T) {
	for listen, want := range map[string]bool{
		"127.0.0.1:8790": true, ":8790": true, "localhost:0": true, `"[::1]:65535"`: true, "0.0.0.0:8790": true, "null": true,
		"off": false, "off/8790": false, "abc": false, "8790": false, "127.0.0.1": false, `"127.0.0.1:"`: false,
		"http://127.0.0.1:8790": false, "off/x:8790": false, "localhost:65536": false, "localhost:-1": false, "a:b:1": false,
	} {
		_, err := parse("x.yaml", []byte("listen: "+listen+"\n"), testChecks)
		said := err != nil && strings.HasPrefix(err.Error(), "x.yaml:1: listen: expected host:port, such as 127.0.0.1:8790")
		if (err == nil) != want || !want && !said {
			t.Errorf("listen: %s: %v", listen, err)
		}
	}
}

func TestNoFile(t *testing.T) {
	if _, err := Load("testdata/none.yaml", testChecks); !errors.Is(err, ErrNoFile) {
		t.Errorf("got %v", err)
	}
}

func TestSettingsOver(t *testing.T) {
	env, err := FromEnvironment(func(name string) string { return map[string]string{EnvIndex: "http://a", EnvData: "d"}[name] })
	embedded := Address{text: DefaultIndex}
	if got := env.Over(Settings{Index: embedded}); got != (Settings{Data: "d", Index: embedded}) || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
}

func FuzzParse(f *testing.F) {
	good, err := os.ReadFile("testdata/good.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte("sources:\n  - name: a\n    kind: [1]\n"))
	f.Add([]byte("a: &x [*x]\n"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		_, _ = parse("x.yaml", data, testChecks)
	})
}

// TestColumns reads the places of fields, and writes them as they were.
func TestColumns(t *testing.T) {
	c, err := parse("x.yaml", []byte(`
sources:
  - name: a
    kind: json
    url: https://x.example/
    method: POST
    body: page={page}
    company: Acme
    columns: {title: name, location: [city, state]}
`), testChecks)
	if err != nil {
		t.Fatal(err)
	}
	s := c.Sources[0]
	if diff := cmp.Diff(Columns{"title": {"name"}, "location": {"city", "state"}}, s.Columns); diff != "" || s.Company != "Acme" || s.Method != http.MethodPost {
		t.Errorf("%+v\n%s", s, diff)
	}
	out, err := yaml.Dump(s.Columns, yaml.WithIndent(2))
	if want := "location:\n- city\n- state\ntitle: name\n"; err != nil || string(out) != want {
		t.Errorf("%q %v", out, err)
	}
}

// TestLedger wants the ledger where the environment says, else where the file says, else in
// the data folder.
func TestLedger(t *testing.T) {
	for _, tt := range []struct{ file, environment, want string }{
		{"{}", "", "folder"},
		{"ledger: postgres://me:pw@h/jobs\n", "", "postgres://me:pw@h/jobs"},
		{"ledger: postgres://me:pw@h/jobs\n", "postgresql:///jobs?host=/run/postgresql", "postgresql:///jobs?host=/run/postgresql"},
		{"{}", "postgres://h", "postgres://h"},
		{"{}", "PostgreSQL://h1:5432,h2:5433/jobs", "PostgreSQL://h1:5432,h2:5433/jobs"},
		{"{}", "a-folder-with-secret", ""},
	} {
		c, err := parse("x.yaml", []byte(tt.file), testChecks)
		if err != nil {
			t.Fatal(err)
		}
		err = Settings{}.Apply(c, func(name string) string { return map[string]string{EnvLedger: tt.environment}[name] })
		if tt.want == "" {
			if err == nil || !strings.HasPrefix(err.Error(), "JOBSIEVE_LEDGER: expected postgres://") || strings.Contains(err.Error(), "secret") {
				t.Errorf("%+v: %v", tt, err)
			}
			continue
		}
		if got := c.LedgerIn("folder"); got != tt.want || err != nil {
			t.Errorf("%+v: %s: %v", tt, got, err)
		}
	}
}
