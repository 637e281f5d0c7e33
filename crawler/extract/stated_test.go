package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestStatedOf wants what answers say of the list in them, wherever that is usual.
func TestStatedOf(t *testing.T) {
	for _, tt := range []struct {
		body, items string
		want        Stated
	}{
		{`{"total":50,"jobs":[1]}`, "jobs", Stated{Total: 50, Path: "total"}},
		{`{"total":"50","jobs":[1]}`, "jobs", Stated{Total: 50, Path: "total"}},
		{`{"total":50.0,"jobs":[1]}`, "jobs", Stated{Total: 50, Path: "total"}},
		{`{"count":2,"total_count":7,"jobs":[1]}`, "jobs", Stated{Total: 7, Path: "total_count"}},
		{`{"data":{"numFound":9,"jobs":[1]}}`, "data.jobs", Stated{Total: 9, Path: "data.numFound"}},
		{`{"meta":{"totalCount":9},"data":{"jobs":[1]}}`, "data.jobs", Stated{Total: 9, Path: "meta.totalCount"}},
		{`{"hits":{"total":{"value":9},"hits":[1]}}`, "hits.hits", Stated{Total: 9, Path: "hits.total"}},
		{`{"page":{"totalElements":9,"totalPages":3},"jobs":[1]}`, "jobs",
			Stated{Total: 9, Path: "page.totalElements", Next: "page.totalPages"}},
		{`{"count":9,"next":"https://x.example/?page=2","jobs":[1]}`, "jobs", Stated{Total: 9, Path: "count", Next: "next"}},
		{`{"next_page_url":"/2","jobs":[1]}`, "jobs", Stated{Next: "next_page_url"}},
		{`{"_links":{"next":{"href":"/2"}},"jobs":[1]}`, "jobs", Stated{Next: "_links.next"}},
		{`{"links":{"next":"/2"},"jobs":[1]}`, "jobs", Stated{Next: "links.next"}},
		{`{"pageInfo":{"hasNextPage":true},"jobs":[1]}`, "jobs", Stated{Next: "pageInfo.hasNextPage"}},
		{`{"nextPage":2,"jobs":[1]}`, "jobs", Stated{Next: "nextPage"}},

		{`{"total":1,"jobs":[1]}`, "jobs", Stated{Total: 1, Path: "total"}},
		{`{"total":0,"count":-5,"found":"many","jobs":[1]}`, "jobs", Stated{}},
		{`{"next":null,"nextPage":"","next_cursor":0,"links":{"next":{}},"hasMore":false,"totalPages":1,"jobs":[1]}`, "jobs", Stated{}},
		{`{"jobs":[{"total":50,"next":"/2"}],"ads":{"total":50}}`, "jobs", Stated{}},
		{`[{"total":50}]`, "", Stated{}},
		{`{"total":50,"parts":[{"count":60,"jobs":[1]}]}`, "parts.jobs", Stated{Total: 50, Path: "total"}},
	} {
		v, err := DecodeJSON([]byte(tt.body))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, StatedOf(v, tt.items, 1)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.body, diff)
		}
	}
}
