package crawler

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// api is a board of ours in the form of a platform's API.
type api struct {
	total  int
	answer func(a *api, r *http.Request) any
	// change is the total from some request on.
	change map[int]int
	// most is how many postings it gives at once, whatever is asked for; 0 for no
	// limit of its own.
	most int
	// hides are the first and the last posting that it has and never gives.
	hides [2]int
	// early says that it refuses the first request and cuts the next answer, not the second
	// and the fourth.
	early bool

	mu       sync.Mutex
	requests int
	faults   int
}

func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if r.URL.Path == "/robots.txt" {
		http.NotFound(w, r)
		return
	}
	a.requests++
	fault := a.requests
	if a.early {
		fault *= 2
	}
	switch fault {
	case 2: // too many requests, and how long to wait
		a.faults++
		w.Header().Set("Retry-After", "1")
		http.Error(w, "slow down", http.StatusTooManyRequests)
		return
	case 4: // an answer that is cut
		a.faults++
		w.Header().Set("Content-Length", "100000")
		_, _ = io.WriteString(w, `{"jobs":[`)
		return
	}
	if n, ok := a.change[a.requests]; ok {
		a.total = n
	}
	answer := a.answer(a, r)
	if s, ok := answer.(string); ok {
		_, _ = io.WriteString(w, s)
		return
	}
	_ = json.NewEncoder(w).Encode(answer)
}

type m = map[string]any

func query(r *http.Request, name string) int {
	n, _ := strconv.Atoi(r.URL.Query().Get(name))
	return n
}

// items makes the postings from offset on, at most n.
func (a *api) items(offset, n int, one func(i int) m) []m {
	out := []m{}
	if a.most > 0 {
		n = min(n, a.most)
	}
	for i := offset; i < min(a.total, offset+n); i++ {
		if a.hides[1] == 0 || i < a.hides[0] || i > a.hides[1] {
			out = append(out, one(i))
		}
	}
	return out
}

func title(i int) string { return fmt.Sprintf("Process Associate %d", i) }

// apis are the platforms' APIs, each with more postings than three pages hold.
var apis = map[string]*api{
	"keka":         kekaAPI,
	"peoplestrong": peopleStrongAPI,
	"phenom":       phenomAPI,
	"lever": {total: 250, answer: func(a *api, r *http.Request) any {
		return a.items(query(r, "skip"), query(r, "limit"), func(i int) m { return m{"id": fmt.Sprint(i), "text": title(i), "descriptionPlain": "Answer calls."} })
	}},
	"smartrecruiters": {total: 230, answer: func(a *api, r *http.Request) any {
		if i := strings.LastIndex(r.URL.Path, "/postings/"); i >= 0 {
			return m{"id": r.URL.Path[i+10:], "jobAd": m{"sections": m{"jobDescription": m{"text": "<p>Answer calls.</p>"}}}}
		}
		return m{"totalFound": a.total, "content": a.items(query(r, "offset"), query(r, "limit"), func(i int) m { return m{"id": fmt.Sprint(i), "name": title(i)} })}
	}},
	"workday": {total: 65, answer: func(a *api, r *http.Request) any {
		if r.Method == http.MethodGet {
			return m{"jobPostingInfo": m{"jobDescription": "<p>Answer calls.</p>", "startDate": "2026-11-01"}}
		}
		var q struct{ Offset, Limit int }
		_ = json.NewDecoder(r.Body).Decode(&q)
		return m{"total": a.total, "jobPostings": a.items(q.Offset, q.Limit, func(i int) m {
			return m{"title": title(i), "externalPath": fmt.Sprintf("/job/Pune/%d", i), "bulletFields": []string{fmt.Sprintf("R%d", i)}}
		})}
	}},
	"oracle": {total: 80, answer: func(a *api, r *http.Request) any {
		finder := r.URL.Query().Get("finder")
		if strings.HasPrefix(finder, "ById") {
			return m{"items": []m{{"ExternalDescriptionStr": "<p>Answer calls.</p>"}}}
		}
		offset, limit := 0, 0
		for _, part := range strings.Split(finder, ",") {
			_, _ = fmt.Sscanf(part, "offset=%d", &offset)
			_, _ = fmt.Sscanf(part, "limit=%d", &limit)
		}
		return m{"items": []m{{"TotalJobsCount": a.total, "requisitionList": a.items(offset, limit, func(i int) m { return m{"Id": fmt.Sprint(i), "Title": title(i)} })}}}
	}},
	"eightfold": {total: 35, answer: func(a *api, r *http.Request) any {
		if strings.Contains(r.URL.Path, "/jobs/") {
			return m{"job_description": "<p>Answer calls.</p>"}
		}
		return m{"count": a.total, "positions": a.items(query(r, "start"), query(r, "num"), func(i int) m { return m{"id": i + 1, "name": title(i)} })}
	}},
	"adzuna": {total: 160, answer: func(a *api, r *http.Request) any {
		page, _ := strconv.Atoi(r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:])
		n := query(r, "results_per_page")
		return m{"count": a.total, "results": a.items((page-1)*n, n, func(i int) m {
			return m{"id": fmt.Sprint(i), "title": title(i), "salary_min": 200000, "salary_max": 300000, "salary_is_predicted": strconv.Itoa(i % 2)}
		})}
	}},
	"apna": {total: 60, answer: func(a *api, r *http.Request) any {
		page := max(1, query(r, "page"))
		state, _ := json.Marshal(m{"props": m{"pageProps": m{"totalJobCount": a.total, "totalPages": 4, "jobs": a.items((page-1)*15, 15, func(i int) m {
			return m{"id": i + 1, "title": title(i), "min_salary": 12000, "max_salary": 18000}
		})}}})
		return `<html><script id="__NEXT_DATA__" type="application/json">` + string(state) + `</script></html>`
	}},
	"teamtailor": {total: 45, answer: func(a *api, r *http.Request) any {
		offset := query(r, "after")
		page := m{"items": a.items(offset, 15, func(i int) m {
			return m{"id": fmt.Sprint(i), "title": title(i), "content_html": "<p>Answer calls.</p>"}
		})}
		if offset+15 < a.total {
			page["next_url"] = fmt.Sprintf("/jobs.json?after=%d", offset+15)
		}
		return page
	}},
	"greenhouse": {total: 120, answer: func(a *api, _ *http.Request) any {
		return m{"meta": m{"total": a.total}, "jobs": a.items(0, a.total, func(i int) m { return m{"id": i + 1, "title": title(i), "content": "&lt;p&gt;Answer calls.&lt;/p&gt;"} })}
	}},
	"ashby": {total: 60, answer: func(a *api, _ *http.Request) any {
		return m{"jobs": a.items(0, a.total, func(i int) m { return m{"id": fmt.Sprint(i), "title": title(i)} })}
	}},
	"workable": {total: 60, answer: func(a *api, _ *http.Request) any {
		return m{"name": "Acme", "jobs": a.items(0, a.total, func(i int) m { return m{"shortcode": fmt.Sprint(i), "title": title(i)} })}
	}},
	"recruitee": {total: 60, answer: func(a *api, _ *http.Request) any {
		return m{"offers": a.items(0, a.total, func(i int) m {
			return m{"guid": fmt.Sprint(i), "title": title(i), "salary": m{"min": "20000", "max": "25000", "currency": "INR", "period": "month"}}
		})}
	}},
	"rippling": {total: 12, answer: func(a *api, r *http.Request) any {
		if strings.Contains(r.URL.Path, "/jobs/") {
			return m{"description": m{"role": "<p>Answer calls.</p>"}}
		}
		return a.items(0, a.total, func(i int) m { return m{"uuid": fmt.Sprint(i), "name": title(i)} })
	}},
	"pinpoint": {total: 60, answer: func(a *api, _ *http.Request) any {
		return m{"data": a.items(0, a.total, func(i int) m { return m{"id": fmt.Sprint(i), "title": title(i)} })}
	}},
	"bamboohr": {total: 12, answer: func(a *api, r *http.Request) any {
		if strings.HasSuffix(r.URL.Path, "/detail") {
			return m{"result": m{"jobOpening": m{"description": "<p>Answer calls.</p>", "compensation": "₹20,000 a month"}}}
		}
		return m{"meta": m{"totalCount": a.total}, "result": a.items(0, a.total, func(i int) m { return m{"id": fmt.Sprint(i + 1), "jobOpeningName": title(i)} })}
	}},
	"darwinbox":      darwinboxAPI,
	"ripplehire":     ripplehireAPI,
	"successfactors": successFactorsAPI,
	"personio": {total: 30, answer: func(a *api, _ *http.Request) any {
		var b strings.Builder
		for i := range a.total {
			fmt.Fprintf(&b, "<position><id>%d</id><name>", i+1)
			_ = xml.EscapeText(&b, []byte(title(i)))
			b.WriteString("</name></position>")
		}
		return "<workzag-jobs>" + b.String() + "</workzag-jobs>"
	}},
	"icims": icimsAPI,
	"zoho":  zohoAPI,
}
