package crawler

import (
	"encoding/json"
	"fmt"
	"net/http"
)

var darwinboxAPI = &api{total: 350, answer: func(a *api, r *http.Request) any {
	var q struct{ Page, Limit int }
	_ = json.NewDecoder(r.Body).Decode(&q)
	return m{"status": "success", "job_counts": a.total, "data": a.items((q.Page-1)*q.Limit, q.Limit, func(i int) m {
		return m{"id": fmt.Sprintf("a%d", i), "title": title(i), "jd": "&lt;p&gt;Answer calls.&lt;/p&gt;"}
	})}
}}
