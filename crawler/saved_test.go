package crawler

import (
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/internal/sharedtest"
	"jobsieve/job"
)

var update = flag.Bool("update", false, "write the golden files anew")

// savedSite serves the saved files; under /list/ a page that leads to one of
// them, and under /apna/jobs a saved page where the connector looks for it.
func savedSite(dir string) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServer(http.Dir(dir)))
	mux.HandleFunc("/list/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `<li><a href="%s">a posting</a>`, strings.TrimPrefix(r.URL.Path, "/list"))
	})
	mux.HandleFunc("/apna/jobs", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFile(w, r, filepath.Join(dir, "html/nithinkonda/apna_jobs.html"))
	})
	return mux
}

// savedParts are the saved lists of which only the first page is there, and by what a
// receipt tells it.
var savedParts = map[string]string{
	"internshala": "the page has a link to the next page",
	"phenom":      "the answer states 52 postings",
	"shine":       "postings (props.pageProps.initialState.jsrp.searchresult.data.count), and only 20 were read",
	"timesjobs":   "the page has a link to the next page",
}

// TestSavedPages reads saved pages of real boards, served over loopback, each
// by a source in testdata/saved. The golden files hold ids, counts and a hash
// per field, never a text.
func TestSavedPages(t *testing.T) {
	host := serve(t, savedSite(filepath.Join(sharedtest.Dir(t), "data")))
	names, err := filepath.Glob("testdata/saved/*.yaml")
	if err != nil || len(names) < 2 {
		t.Fatalf("%d sources of saved pages: %v", len(names), err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".yaml"), func(t *testing.T) {
			yaml, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			g := &gather{}
			r := crawlTest(t, source(t, string(yaml), host), g)
			why, part := savedParts[strings.TrimSuffix(filepath.Base(name), ".yaml")]
			if !part {
				why = "as pages says"
			}
			read := r.Complete && !part || !r.Complete && strings.Contains(r.Why, why)
			if r.Failed || len(g.postings) == 0 || len(g.rejected) > 0 || !read {
				t.Fatalf("receipt %+v, rejected %v", r, g.rejected)
			}
			golden(t, strings.TrimSuffix(name, ".yaml")+".golden", g.postings)
		})
	}
}

// setAside are the saved files that no source reads, and why.
var setAside = map[string]string{
	"ats/careerkit/README.md":                  "says where the recordings come from",
	"ats/careerkit/freehire_*":                 "another project's own API",
	"ats/greenhouse_io/*":                      "a client's recordings of 2013",
	"html/jobseek/*talentclue*":                "a platform that is not used in India",
	"html/jobseek/*peoplestrong*":              "pages of a platform without lists, links or structured data",
	"html/js-shell-negative/naukri_shell.html": "shows its postings by scripts alone: `TestSavedShell` wants it told as such",
}

// TestEverySavedFile wants every saved file read by a connector or a source, or
// set aside for a reason, and writes the table of it.
func TestEverySavedFile(t *testing.T) {
	dir := filepath.Join(sharedtest.Dir(t), "data")
	readBy := map[string]string{"html/nithinkonda/apna_jobs.html": "connector `apna`, [apna.yaml](saved/apna.yaml)"}
	for platform, files := range recorded {
		for _, f := range files {
			readBy[f] = "connector `" + platform + "`"
		}
	}
	for _, name := range midatFX {
		readBy["ats/midat-fx/"+name+".json"] = "connector `" + name + "`"
	}
	readBy["ats/careerkit/neogov.xml"] = "[neogov.yaml](saved/neogov.yaml), the same file"
	names, err := filepath.Glob("testdata/saved/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	address := regexp.MustCompile(`http://BOARD/(?:list/)?((?:html|ats|feeds)/[\w./-]+)`)
	for _, name := range names {
		yaml, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range address.FindAllStringSubmatch(string(yaml), -1) {
			by := fmt.Sprintf("[%s](saved/%s)", filepath.Base(name), filepath.Base(name))
			if also := readBy[m[1]]; strings.HasPrefix(also, "connector") {
				by = also + ", " + by
			}
			readBy[m[1]] = by
		}
	}
	table := "# Which saved file is read by what\n\nWritten by the tests of this package, which want every file of `data/html`, `data/ats` and `data/feeds` read or set aside. What came out is in the golden files beside each source and in [boards](boards).\n\n| file | read by |\n|---|---|\n"
	for _, under := range []string{"ats", "feeds", "html"} {
		err := filepath.WalkDir(filepath.Join(dir, under), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			file, err := filepath.Rel(dir, path)
			if err != nil {
				return err
			}
			by := readBy[file]
			for pattern, why := range setAside {
				if ok, _ := filepath.Match(pattern, file); ok {
					by = "set aside: " + why
				}
			}
			if by == "" {
				t.Errorf("%s is read by nothing", file)
			}
			table += fmt.Sprintf("| `%s` | %s |\n", file, by)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	const path = "testdata/files.md"
	if *update {
		if err := os.WriteFile(path, []byte(table), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if diff := cmp.Diff(string(want), table); diff != "" || err != nil {
		t.Errorf("%s (-want +got), %v:\n%s", path, err, diff)
	}
}

// golden compares what was read with a golden file.
func golden(t *testing.T, path string, postings []*job.Posting) {
	t.Helper()
	filled := map[string]int{}
	var lines []string
	for _, p := range postings {
		line, _, derived := strings.Cut(p.ID, ":url-")
		if derived {
			line += " (derived)" // from an address with the test's own port
		}
		for _, f := range append(job.Fields, "url", "posted") {
			text := p.Text(f)
			switch f {
			case "url":
				text = job.CanonicalURL(p.URL)
				if i := strings.Index(text, "127.0.0.1"); i >= 0 {
					text = text[strings.Index(text[i:], "/")+i:]
				}
			case "posted":
				text = p.Posted
			}
			if text != "" {
				filled[string(f)]++
				line += fmt.Sprintf(" %s=%x", f, sha256.Sum256([]byte(text)))[:len(f)+10]
			}
		}
		lines = append(lines, line)
	}
	head, err := json.Marshal(filled)
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprintf("%d postings, fields filled %s\n%s\n", len(postings), head, strings.Join(lines, "\n"))
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// TestSavedShell reads the saved page of a board that shows its postings by
// scripts alone: it is told as such, and nothing is made of it.
func TestSavedShell(t *testing.T) {
	host := serve(t, http.FileServer(http.Dir(filepath.Join(sharedtest.Dir(t), "data", "html"))))
	yaml := strings.Replace(plainHTML, "/jobs", "/js-shell-negative/naukri_shell.html", 1)
	g := &gather{}
	r := crawlTest(t, source(t, strings.Replace(yaml, "item: li,", "item: .srp-jobtuple-wrapper,", 1), host), g)
	if len(g.postings) != 0 || !r.Failed || !strings.Contains(r.Why, "without running its scripts") {
		t.Errorf("%d postings, receipt %+v", len(g.postings), r)
	}
}
