package crawler

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// ripplehireAPI answers in XML where JSON is not asked for, and to the token jobs alone.
var ripplehireAPI = &api{total: 250, answer: func(a *api, r *http.Request) any {
	if r.Header.Get("Accept") != "application/json" {
		return "<jobs/>"
	}
	if r.Method == http.MethodGet {
		return m{"companyVO": m{"companyName": "Acme"}, "jobVO": m{"jobDesc": "<p>Answer calls.</p>", "jobTitle": r.FormValue("jobSeq")}}
	}
	var q struct {
		Page, PageSize int
		Token          string
	}
	_ = json.Unmarshal([]byte(r.PostFormValue("careerSiteUrlParams")), &q)
	if q.Token != "jobs" {
		return m{"jobVoList": []m{}, "totalJobCount": 0}
	}
	return m{"totalJobCount": a.total, "jobVoList": a.items(q.Page*q.PageSize, q.PageSize, func(i int) m {
		return m{"jobSeq": fmt.Sprint(i + 1), "jobTitle": title(i), "jobDesc": nil}
	})}
}}
