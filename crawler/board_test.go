package crawler

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jobsieve/crawler/ats"
	"jobsieve/internal/sharedtest"
	"jobsieve/job"
)

// recorded says which file holds a recorded answer of each platform, and the
// answer of one posting where there is one.
var recorded = map[string][2]string{
	"apna":            {"ats/apna_jobs.json"},
	"ashby":           {"ats/careerkit/ashby.json"},
	"bamboohr":        {"ats/careerkit/bamboohr.json"},
	"eightfold":       {"ats/careerkit/eightfold.json"},
	"greenhouse":      {"ats/careerkit/greenhouse.json"},
	"icims":           {"ats/careerkit/icims.html"},
	"lever":           {"ats/careerkit/lever.json"},
	"oracle":          {"ats/careerkit/oracle_orc.json", "ats/careerkit/oracle_orc_detail.json"},
	"personio":        {"ats/careerkit/personio.xml"},
	"phenom":          {"ats/careerkit/phenom.html"},
	"pinpoint":        {"ats/careerkit/pinpoint.json"},
	"recruitee":       {"ats/careerkit/recruitee.json"},
	"rippling":        {"ats/careerkit/rippling.json"},
	"smartrecruiters": {"ats/careerkit/smartrecruiters.json"},
	"teamtailor":      {"ats/careerkit/teamtailor.json"},
	"workable":        {"ats/careerkit/workable.json"},
	"workday":         {"ats/careerkit/workday.json"},
}

// midatFX are the platforms of which there is a second recording.
var midatFX = []string{"greenhouse", "lever", "ashby"}

// TestRecordedBoards reads recorded answers of real boards. The golden files
// hold ids, counts and a hash per field, never a text.
func TestRecordedBoards(t *testing.T) {
	dir := filepath.Join(sharedtest.Dir(t), "data")
	for _, platform := range ats.Platforms() {
		files, ok := recorded[platform]
		if !ok {
			continue // no answer of it was recorded
		}
		t.Run(platform, func(t *testing.T) {
			host := serve(t, recordedAnswers(dir, files))
			g := &gather{}
			one := strings.Replace(boardSource(platform), "pages: 50", "pages: 1", 1) // more was not recorded
			r := crawlTest(t, source(t, one, host), g)
			if len(g.postings) == 0 || r.Failed {
				t.Fatalf("receipt %+v", r)
			}
			golden(t, "testdata/boards/"+platform+".golden", g.postings)
		})
	}
	for _, name := range midatFX {
		t.Run("midat-fx/"+name, func(t *testing.T) {
			host := serve(t, recordedAnswers(dir, [2]string{"ats/midat-fx/" + name + ".json"}))
			g := &gather{}
			one := strings.Replace(boardSource(name), "pages: 50", "pages: 1", 1)
			if r := crawlTest(t, source(t, one, host), g); len(g.postings) == 0 || r.Failed {
				t.Fatalf("receipt %+v", r)
			}
			golden(t, "testdata/boards/"+name+"-2.golden", g.postings)
		})
	}
}

// recordedAnswers serves a recorded list; the second file answers for a
// posting, and where there is none such an answer does not exist.
func recordedAnswers(dir string, files [2]string) http.Handler {
	first := true
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := files[1]
		if first && r.URL.Path != "/robots.txt" {
			name, first = files[0], false
		}
		if name == "" || r.URL.Path == "/robots.txt" {
			http.Error(w, "no", http.StatusInternalServerError>>1) // 250: an answer that is no JSON
			return
		}
		http.ServeFile(w, r, filepath.Join(dir, name))
	})
}

func boardSource(platform string) string {
	site := "jobs"
	if platform == "eightfold" {
		site = "apply" // its older form; board_eightfold_test.go has the newer one
	}
	return fmt.Sprintf("sources:\n  - {name: board, kind: ats, platform: %s, account: acme.com, site: %s, api_key: k, pages: 50, url: \"http://BOARD\", fetch: {delay: 1ns, private: [127.0.0.1]}}\n", platform, site)
}

// TestBoards reads a board of each platform: all its pages, each posting once,
// past an answer of 429 and one that is cut.
func TestBoards(t *testing.T) {
	for _, platform := range ats.Platforms() {
		t.Run(platform, func(t *testing.T) {
			a, ok := apis[platform]
			if !ok {
				t.Fatalf("no board of ours in the form of %s", platform)
			}
			g := &gather{}
			r := crawlTest(t, source(t, boardSource(platform), serve(t, a)), g)
			if len(g.postings) != a.total || !r.Complete || r.Failed {
				t.Errorf("%d postings, want %d; receipt %+v", len(g.postings), a.total, r)
			}
			if a.requests > 2 && a.faults == 0 {
				t.Error("no fault was played")
			}
		})
	}
}

// TestBoardsChange reads boards whose total changes while they are read: what
// was seen is kept, and the receipt says so.
func TestBoardsChange(t *testing.T) {
	for _, platform := range []string{
		"smartrecruiters", "workday", "oracle", "eightfold", "adzuna", "darwinbox", "ripplehire", "peoplestrong", "phenom",
	} {
		t.Run(platform, func(t *testing.T) {
			whole := apis[platform]
			a := &api{total: whole.total, answer: whole.answer, change: map[int]int{3: whole.total + 7, 5: whole.total + 7}}
			g := &gather{}
			r := crawlTest(t, source(t, boardSource(platform), serve(t, a)), g)
			if len(g.postings) != a.total || r.Expected == nil || *r.Expected != a.total || len(r.Problems) == 0 {
				t.Errorf("%d postings, want %d; receipt %+v", len(g.postings), a.total, r)
			}
		})
	}
}

// TestBoardsShort reads boards whose pages are all shorter than was asked for: all
// postings are read.
func TestBoardsShort(t *testing.T) {
	for _, platform := range []string{"lever", "smartrecruiters", "workday", "oracle", "eightfold", "peoplestrong", "phenom"} {
		t.Run(platform, func(t *testing.T) {
			a := &api{total: 30, answer: apis[platform].answer, most: 7}
			g := &gather{}
			r := crawlTest(t, source(t, boardSource(platform), serve(t, a)), g)
			if len(g.postings) != a.total || !r.Complete || r.Failed {
				t.Errorf("%d postings, want %d; receipt %+v", len(g.postings), a.total, r)
			}
		})
	}
}

// TestBoardsShortOnce reads boards whose list has a short page in its midst: what comes after
// it is read.
func TestBoardsShortOnce(t *testing.T) {
	for _, platform := range []string{
		"adzuna", "apna", "darwinbox", "eightfold", "icims", "lever", "oracle", "peoplestrong", "phenom", "ripplehire",
		"smartrecruiters", "teamtailor", "workday",
	} {
		t.Run(platform, func(t *testing.T) {
			whole := apis[platform]
			a := &api{total: whole.total, answer: whole.answer, hides: [2]int{whole.total / 2, whole.total/2 + 2}}
			g := &gather{}
			r := crawlTest(t, source(t, boardSource(platform), serve(t, a)), g)
			if len(g.postings) != a.total-3 || r.Failed || len(g.rejected) > 0 {
				t.Errorf("%d postings, want %d; rejected %q, receipt %+v", len(g.postings), a.total-3, g.rejected, r)
			}
		})
	}
}

// TestBoardsRefuse reads boards that answer the first request with 429, and the next with
// half an answer.
func TestBoardsRefuse(t *testing.T) {
	for _, platform := range ats.Platforms() {
		t.Run(platform, func(t *testing.T) {
			a := &api{total: 5, answer: apis[platform].answer, early: true}
			g := &gather{}
			r := crawlTest(t, source(t, boardSource(platform), serve(t, a)), g)
			if len(g.postings) != a.total || a.faults != 2 || !r.Complete || r.Failed {
				t.Errorf("%d postings, want %d, past %d faults; receipt %+v", len(g.postings), a.total, a.faults, r)
			}
		})
	}
}

// TestBoardsClosed wants a posting gone that says itself that it is closed, on the
// board's list or in its own answer, as it is of other kinds of source.
func TestBoardsClosed(t *testing.T) {
	titles := []string{"Telecaller", "[Closed] Typist", "Clerk"}
	text := func(i int) string {
		return []string{"<p>Answer calls.</p>", "<p>Type.</p>", "<p>This position has been filled.</p>"}[i]
	}
	for platform, answer := range map[string]func(a *api, r *http.Request) any{
		"recruitee": func(a *api, _ *http.Request) any {
			return m{"offers": a.items(0, a.total, func(i int) m {
				return m{"guid": fmt.Sprint(i), "title": titles[i], "description": text(i)}
			})}
		},
		"smartrecruiters": func(a *api, r *http.Request) any {
			if i := strings.LastIndex(r.URL.Path, "/postings/"); i >= 0 {
				var n int
				_, _ = fmt.Sscan(r.URL.Path[i+10:], &n)
				return m{"id": fmt.Sprint(n), "jobAd": m{"sections": m{"jobDescription": m{"text": text(n)}}}}
			}
			return m{"totalFound": a.total, "content": a.items(query(r, "offset"), query(r, "limit"), func(i int) m {
				return m{"id": fmt.Sprint(i), "name": titles[i]}
			})}
		},
	} {
		g := &gather{}
		r := crawlTest(t, source(t, boardSource(platform), serve(t, &api{total: 3, answer: answer})), g)
		if len(g.postings) != 1 || g.postings[0].Title != "Telecaller" || !r.Complete || len(g.rejected) != 2 ||
			!strings.HasPrefix(g.rejected[0], "gone ") || !strings.HasPrefix(g.rejected[1], "gone ") {
			t.Errorf("%s: %d postings, rejected %q, %+v", platform, len(g.postings), g.rejected, r)
		}
	}
}

// TestBoardsEnd reads boards that answer 404 where they have no page: what a platform
// counts ends there, what it links to is missing.
func TestBoardsEnd(t *testing.T) {
	for platform, want := range map[string]job.End{"lever": job.EndEmpty, "teamtailor": ""} {
		host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case r.URL.Path == "/robots.txt", query(r, "skip") > 0, query(r, "after") > 0:
				http.NotFound(w, r)
			case platform == "lever":
				_, _ = io.WriteString(w, `[{"id": "1", "text": "One"}]`)
			default:
				_, _ = io.WriteString(w, `{"items": [{"id": "1", "title": "One"}], "next_url": "/jobs.json?after=1"}`)
			}
		}))
		g := &gather{}
		r := crawlTest(t, source(t, boardSource(platform), host), g)
		if len(g.postings) != 1 || r.End != want || r.Failed != (want == "") {
			t.Errorf("%s: %d postings, receipt %+v", platform, len(g.postings), r)
		}
	}
}

// TestBoardsHostile reads answers that are not what the platform gives: one entry
// never costs the others, and what cannot be read at all names the address.
func TestBoardsHostile(t *testing.T) {
	two := `{"id": "1", "title": "One"}, {"id": "2", "title": "Two"}`
	n := 0
	for name, tt := range map[string]struct {
		platform string
		answer   func() string
		read     int
		rejected string
		says     string
	}{
		"entries that are none": {"greenhouse", func() string { return `{"jobs": [null, ` + two + `, "x", [], 3]}` }, 2, "unreadable unreadable unreadable unreadable", "complete"},
		"texts in place of objects": {"greenhouse", func() string {
			return `{"jobs": [{"id": {}, "title": "One", "location": "Pune", "offices": "Surat", "metadata": 3}]}`
		}, 1, "", "complete"},
		"ids that are none": {"ashby", func() string {
			return `{"jobs": [{"id": 0, "title": "One"}, {"id": "", "title": "Two"}, {"title": "Three"}]}`
		}, 3, "", "complete"},
		"ids beyond 2^53": {"ashby", func() string {
			return `{"jobs": [{"id": 9007199254740993, "title": "One"}, {"id": 9007199254740992, "title": "Two"}]}`
		}, 2, "", "complete"},
		"no list":                 {"greenhouse", func() string { return `{"error": "gone"}` }, 0, "", `jobs?content=true&pay_transparency=true: the answer has no list "jobs"`},
		"an object for the list":  {"greenhouse", func() string { return `{"jobs": {}}` }, 0, "", `the answer has an object for the list "jobs"`},
		"null for the list":       {"greenhouse", func() string { return `{"jobs": null}` }, 0, "", "complete"},
		"markup":                  {"greenhouse", func() string { return `<html>` }, 0, "", "is not the JSON that this platform gives"},
		"two answers in one":      {"greenhouse", func() string { return `{"jobs": []} {}` }, 0, "", "something follows it"},
		"a total that is too low": {"greenhouse", func() string { return `{"meta": {"total": 1}, "jobs": [` + two + `]}` }, 2, "", "it has 1 posting, 2 were seen"},
		"a total below 0":         {"greenhouse", func() string { return `{"meta": {"total": -1}, "jobs": [` + two + `]}` }, 2, "", "complete"},
		"a next page that is a script": {"teamtailor", func() string {
			return `{"items": [` + two + `], "next_url": "javascript:next()"}`
		}, 2, "", `names "javascript:next()" as its next page`},
		"the same page again and again": {"lever", func() string { return `[{"id": "1", "text": "One"}]` }, 1, "", "brought nothing new"},
		"pages without end": {"teamtailor", func() string {
			n++
			return fmt.Sprintf(`{"items": [{"id": "n%d", "title": "One"}], "next_url": "/jobs.json?page=%d"}`, n, n)
		}, 50, "", "stopped after 50 pages"},
		"empty pages without end": {"teamtailor", func() string { return `{"items": [], "next_url": "/jobs.json?page=2"}` }, 0, "", "stopped after 50 pages"},
	} {
		t.Run(name, func(t *testing.T) {
			host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/robots.txt" {
					http.NotFound(w, r)
					return
				}
				_, _ = io.WriteString(w, tt.answer())
			}))
			g := &gather{}
			r := crawlTest(t, source(t, boardSource(tt.platform), host), g)
			var rejected []string
			for _, why := range g.rejected {
				rejected = append(rejected, strings.Fields(why)[0])
			}
			says := strings.Join(append(r.Problems, r.Why), "\n")
			if r.Complete {
				says += "complete"
			}
			if len(g.postings) != tt.read || strings.Join(rejected, " ") != tt.rejected || !strings.Contains(says, tt.says) {
				t.Errorf("%d postings, rejected %v, says %s", len(g.postings), rejected, says)
			}
		})
	}
}

func TestEveryPlatformIsDocumented(t *testing.T) {
	body, err := os.ReadFile("../docs/sources.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, platform := range ats.Platforms() {
		c, _ := ats.Find(platform)
		if c.Documented == "" || !strings.Contains(string(body), "`"+platform+"`") {
			t.Errorf("%s stands not in docs/sources.md, or says not where it is documented", platform)
		}
	}
}
