package serving

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestTakesGzip(t *testing.T) {
	for accept, want := range map[string]bool{
		"gzip": true, "br, GZIP;q=0.5": true, "*": true, "gzip;q=0": false, "notgzip": false, "": false, "gzip; q=0.0": false,
	} {
		r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
		r.Header.Set("Accept-Encoding", accept)
		if got := TakesGzip(r); got != want {
			t.Errorf("%q: %v", accept, got)
		}
	}
}
