package crawler

import (
	"fmt"
	"net/http"
	"strings"
)

var peopleStrongAPI = &api{total: 310, answer: func(a *api, r *http.Request) any {
	if r.Method == http.MethodGet {
		return m{"response": m{"jobTitle": "Process Associate", "jobDescription": "<p>Answer calls.</p>"}}
	}
	if !strings.HasSuffix(r.URL.Path, "/api/cp/rest/altone/cp/jobs/v1") {
		return m{"response": nil, "messageCode": m{"code": 201}}
	}
	const most = 99
	return m{"totalRecords": a.total, "response": a.items(query(r, "offset"), min(most, query(r, "limit")), func(i int) m {
		return m{"jobCode": fmt.Sprintf("ACM/PA/%d", i), "jobTitle": title(i)}
	})}
}}
