package crawler

import (
	"fmt"
	"net/http"
)

var kekaAPI = &api{total: 60, answer: func(a *api, r *http.Request) any {
	if r.URL.Path != "/careers/api/jobs/jobs/active" {
		return m{"message": "no such portal: " + r.URL.Path}
	}
	return a.items(0, a.total, func(i int) m {
		return m{"id": fmt.Sprint(i + 1), "title": title(i), "description": "<p>Answer calls.</p>"}
	})
}}
