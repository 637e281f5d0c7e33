package api

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"jobsieve/config"
	"jobsieve/web/guard"
)

// TestCharged wants reports, and searches as of a day, to cost a client all that it may ask for at
// once, and what the guard says of every answer said of problems too.
func TestCharged(t *testing.T) {
	c := config.Default()
	c.Web.Cost = 1
	mux := newClient(t, testDesk(t)).mux
	for path, second := range map[string]int{
		"/export": http.StatusTooManyRequests, "/search?as_of=2026-01-31": http.StatusTooManyRequests,
		"/search": http.StatusServiceUnavailable,
	} {
		g, err := guard.New(c, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		handler := g.Around(mux)
		for i, want := range []int{http.StatusServiceUnavailable, second} { // nothing is stored yet
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, Base+path, http.NoBody)
			r.Host = c.Listen
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r)
			resp := w.Result()
			if resp.Header.Get("Content-Security-Policy") == "" || resp.Header.Get("Content-Type") != problemType {
				t.Errorf("%s: %s: %v", path, resp.Status, resp.Header)
			}
			if resp.StatusCode != want {
				t.Errorf("%s, request %d: %s, want %d", path, i+1, resp.Status, want)
			}
		}
	}
}
