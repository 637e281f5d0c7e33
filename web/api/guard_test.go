package api

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"jobsieve/config"
	"jobsieve/web/guard"
)

// TestCharged wants reports to cost a client more than it may ask for at once, and what
// the guard says of every answer said of problems too.
func TestCharged(t *testing.T) {
	c := config.Default()
	c.Web.Cost = 1
	g, err := guard.New(c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	handler := g.Around(newClient(t, testDesk(t)).mux)
	ask := func() *http.Response {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, Base+"/export", http.NoBody)
		r.Host = c.Listen
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w.Result()
	}
	for range 100 {
		resp := ask()
		if resp.Header.Get("Content-Security-Policy") == "" || resp.Header.Get("Content-Type") != problemType {
			t.Fatalf("%s: %v", resp.Status, resp.Header)
		}
		if resp.StatusCode == http.StatusTooManyRequests {
			return
		}
		if resp.StatusCode != http.StatusServiceUnavailable {
			t.Fatalf("nothing is stored yet, and the answer is %s", resp.Status)
		}
	}
	t.Error("a hundred exports in a row cost nothing")
}
