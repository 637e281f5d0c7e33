package guard

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jobsieve/config"
)

func contextWith(r *http.Request, at net.Addr) context.Context {
	return context.WithValue(r.Context(), http.LocalAddrContextKey, at)
}

// newToken makes a token for somebody.
func newToken(t *testing.T, path, name string) string {
	t.Helper()
	made, err := AddToken(path, name)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// TestTokens lets in who has a token, until its line is gone from the file.
func TestTokens(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tokens")
	s := serve(t, "127.0.0.1:8790", config.Web{TokensFile: path}, nil, hello)
	bearer := func(token string) (*http.Response, string) {
		return s.ask(t, plain, http.MethodGet, "/", "Authorization", "Bearer "+token)
	}
	resp, body := s.ask(t, plain, http.MethodGet, "/")
	isProblem(t, resp, body, http.StatusUnauthorized, `"jobsieve token NAME"`)
	if got := resp.Header.Get("WWW-Authenticate"); got != `Bearer realm="jobsieve"` {
		t.Errorf("WWW-Authenticate: %s", got)
	}
	if resp, _ := s.ask(t, plain, http.MethodGet, "/healthz"); resp.StatusCode != http.StatusOK {
		t.Errorf("/healthz: %d", resp.StatusCode)
	}
	if resp, _ := s.ask(t, plain, http.MethodGet, "/metrics"); resp.StatusCode != http.StatusUnauthorized {
		t.Errorf("/metrics: %d", resp.StatusCode)
	}
	first := newToken(t, path, "asha")
	if resp, body := bearer(first); resp.StatusCode != http.StatusOK || body != "hello" {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
	if got := resp.Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control: %s", got)
	}
	hash := strings.Fields(read(t, path))[1]
	for _, wrong := range []string{first + "x", first[:len(first)-1], hash, "asha"} {
		resp, body := bearer(wrong)
		isProblem(t, resp, body, http.StatusUnauthorized, "Expected a token of your own")
	}
	second := newToken(t, path, "asha")
	for _, token := range []string{first, second} {
		if resp, _ := bearer(token); resp.StatusCode != http.StatusOK {
			t.Errorf("while both are there: %d", resp.StatusCode)
		}
	}
	lines := strings.SplitAfter(read(t, path), "\n")
	if err := os.WriteFile(path, []byte("# rotated\n\n"+lines[1]), 0o600); err != nil {
		t.Fatal(err)
	}
	for token, want := range map[string]int{first: http.StatusUnauthorized, second: http.StatusOK} {
		if resp, _ := bearer(token); resp.StatusCode != want {
			t.Errorf("rotated: %d, want %d", resp.StatusCode, want)
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if resp, _ := bearer(second); resp.StatusCode != http.StatusUnauthorized {
		t.Errorf("without a file: %d", resp.StatusCode)
	}
	log := s.log.String()
	if !strings.Contains(log, "client=\"token asha\"") || strings.Contains(log, first) || strings.Contains(log, second) {
		t.Error(log)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// TestAddToken wants tokens added to a file whatever its end, nobody else's to read, and
// names refused that can't stand in it.
func TestAddToken(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tokens")
	if err := os.WriteFile(path, []byte("# ours"), 0o644); err != nil {
		t.Fatal(err)
	}
	made := newToken(t, path, "asha")
	if len(made) != len(tokenPrefix)+43 || newToken(t, path, "ravi@example.org") == made {
		t.Errorf("a token of %d characters", len(made))
	}
	all, err := parseTokens(path, []byte(read(t, path)))
	if err != nil || len(all) != 2 || all[0].name != "asha" || all[1].name != "ravi@example.org" {
		t.Errorf("%v: %v", all, err)
	}
	if st, err := os.Stat(path); err != nil || st.Mode().Perm() != 0o600 {
		t.Errorf("%v: %v", st.Mode(), err)
	}
	for _, name := range []string{"", "a b", "a\nb", "#a", "é", strings.Repeat("a", 65)} {
		if _, err := AddToken(path, name); err == nil || !strings.HasPrefix(err.Error(), ErrTokenName.Error()) {
			t.Errorf("%q: %v", name, err)
		}
	}
	_, err = parseTokens("tokens", []byte("asha\n"+strings.Repeat("a", 64)+" x\nasha "+strings.Repeat("g", 64)+"\na b c\n"))
	for _, line := range []string{"tokens:1: ", "tokens:2: ", "tokens:3: ", "tokens:4: "} {
		const expected = "expected a name and the SHA-256 of its token in hexadecimal, as \"jobsieve token NAME\" writes them"
		if err == nil || !strings.Contains(err.Error(), line+expected) {
			t.Errorf("%v", err)
		}
	}
}

// TestFailures wants no more than a few wrong tokens tried, and the right one not either
// where too many were.
func TestFailures(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tokens")
	right := newToken(t, path, "asha")
	now := time.Unix(1000, 0)
	s := serve(t, "127.0.0.1:8790", config.Web{TokensFile: path}, func(g *Guard) { g.now = func() time.Time { return now } }, hello)
	status := func(token string) (int, string) {
		resp, _ := s.ask(t, plain, http.MethodGet, "/", "Authorization", "bearer "+token)
		return resp.StatusCode, resp.Header.Get("Retry-After")
	}
	for range mostFailures {
		if got, _ := status("wrong"); got != http.StatusUnauthorized {
			t.Fatal(got)
		}
	}
	for _, token := range []string{"wrong", right} {
		if got, after := status(token); got != http.StatusTooManyRequests || after != "10" {
			t.Errorf("%d after %s", got, after)
		}
	}
	if resp, _ := s.post(t, plain, http.MethodPost, "/login", "token="+right); resp.StatusCode != http.StatusTooManyRequests {
		t.Errorf("by the form: %d", resp.StatusCode)
	}
	now = now.Add(failureTime)
	if got, _ := status(right); got != http.StatusOK {
		t.Errorf("%d after a while", got)
	}
}

// TestLogin signs in by the form, and out.
func TestLogin(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tokens")
	right := newToken(t, path, "asha")
	s := serve(t, "127.0.0.1:8790", config.Web{TokensFile: path}, nil, hello)
	resp, body := s.ask(t, plain, http.MethodGet, "/search?q=%22%3E%3Cscript%3E", "Accept", "text/html")
	if resp.StatusCode != http.StatusUnauthorized || !strings.Contains(body, `name="next" value="/search?q=%22%3E%3Cscript%3E"`) ||
		strings.Contains(body, "<script") || strings.Contains(body, "style=") {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
	resp, body = s.post(t, plain, http.MethodPost, "/login", "token=wrong&next=/a")
	if resp.StatusCode != http.StatusUnauthorized || !strings.Contains(body, "Nobody has that token") || !strings.Contains(body, `value="/a"`) {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
	resp, body = s.post(t, plain, http.MethodPost, "/login", "token="+right, "Origin", "https://evil.example")
	isProblem(t, resp, body, http.StatusForbidden, "a page of another site")
	for next, want := range map[string]string{
		"/search?q=a&lang=hi": "/search?q=a&lang=hi", "//evil.example": "/", `/\evil.example`: "/", "https://evil.example": "/",
		"": "/", "javascript:alert(1)": "/", "/%0d%0aSet-Cookie:x": "/%0d%0aSet-Cookie:x", "search": "/", "/\n": "/",
		"/\t/evil.example": "/",
	} {
		form := url.Values{"token": {" " + right + "\n"}, "next": {next}}
		resp, _ := s.post(t, plain, http.MethodPost, "/login", form.Encode())
		if got := resp.Header.Get("Location"); resp.StatusCode != http.StatusSeeOther || got != want {
			t.Errorf("%q: %d %s, want %s", next, resp.StatusCode, got, want)
		}
		const flags = "; Path=/; Max-Age=2592000; HttpOnly; Secure; SameSite=Strict"
		if got := resp.Header.Get("Set-Cookie"); got != "__Host-jobsieve="+right+flags {
			t.Errorf("Set-Cookie: %s", got)
		}
	}
	cookie := "__Host-jobsieve=" + right
	if resp, body := s.ask(t, plain, http.MethodGet, "/", "Cookie", cookie); resp.StatusCode != http.StatusOK || body != "hello" {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
	if resp, _ := s.ask(t, plain, http.MethodGet, "/logout", "Cookie", cookie); resp.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("by a link: %d", resp.StatusCode)
	}
	const gone = "__Host-jobsieve=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Strict"
	resp, _ = s.ask(t, plain, http.MethodPost, "/logout", "Cookie", cookie)
	if got := resp.Header.Get("Set-Cookie"); resp.StatusCode != http.StatusSeeOther || got != gone {
		t.Errorf("%d %s", resp.StatusCode, got)
	}
	resp, _ = s.ask(t, plain, http.MethodGet, "/", "Cookie", "__Host-jobsieve=wrong")
	if got := resp.Header.Get("Set-Cookie"); resp.StatusCode != http.StatusUnauthorized || got != gone {
		t.Errorf("%d %s", resp.StatusCode, got)
	}
}

// from gives a client that asks from one of this machine's addresses.
func from(address string) *http.Client {
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}}
	return &http.Client{Transport: &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true}}
}

// TestProxies believes who asks, and from where, of listed proxies alone.
func TestProxies(t *testing.T) {
	web := config.Web{UserHeader: "X-Forwarded-User", Proxies: []string{"127.0.0.2", "10.0.0.0/8"}}
	s := serve(t, ":8790", web, nil, hello)
	for _, tt := range []struct {
		from    string
		headers []string
		want    int
	}{
		{"127.0.0.2", []string{"X-Forwarded-User", "asha"}, http.StatusOK},
		{"127.0.0.3", []string{"X-Forwarded-User", "asha"}, http.StatusUnauthorized},
		{"127.0.0.3", []string{"X-Forwarded-User", "asha", "X-Forwarded-For", "127.0.0.2"}, http.StatusUnauthorized},
		{"127.0.0.2", []string{"X-Forwarded-User", "asha", "X-Forwarded-User", "root"}, http.StatusUnauthorized},
		{"127.0.0.2", []string{"X-Forwarded-User", " "}, http.StatusUnauthorized},
		{"127.0.0.2", []string{"X-Forwarded-User", strings.Repeat("a", mostName+1)}, http.StatusUnauthorized},
		{"127.0.0.2", []string{"Authorization", "Bearer asha"}, http.StatusUnauthorized},
		{"127.0.0.2", nil, http.StatusUnauthorized},
	} {
		resp, body := s.ask(t, from(tt.from), http.MethodGet, "/", tt.headers...)
		if resp.StatusCode != tt.want {
			t.Errorf("from %s with %v: %d %s", tt.from, tt.headers, resp.StatusCode, body)
		}
	}
	if log := s.log.String(); !strings.Contains(log, `client="user asha"`) || strings.Contains(log, "root") {
		t.Error(log)
	}
}

// TestSender names clients by their addresses, beyond the proxies that are listed.
func TestSender(t *testing.T) {
	g, _ := guardOf(t, "127.0.0.1:8790", config.Web{Proxies: []string{"10.0.0.0/8", "::1"}})
	for _, tt := range []struct{ peer, hops, want string }{
		{"192.0.2.1:9", "", "192.0.2.1"},
		{"192.0.2.1:9", "203.0.113.9", "192.0.2.1"},
		{"10.0.0.1:9", "203.0.113.9", "203.0.113.9"},
		{"[::ffff:10.0.0.1]:9", "203.0.113.9", "203.0.113.9"},
		{"10.0.0.1:9", "198.51.100.1, 203.0.113.9, 10.9.9.9", "203.0.113.9"},
		{"10.0.0.1:9", "198.51.100.1, evil, 10.9.9.9", "10.9.9.9"},
		{"10.0.0.1:9", "10.0.0.7", "10.0.0.7"},
		{"[::1]:9", "2001:db8:1:2:3::4", "2001:db8:1:2::/64"},
		{"[2001:db8:1:2:9::4%eth0]:9", "", "2001:db8:1:2::/64"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
		r.RemoteAddr = tt.peer
		if tt.hops != "" {
			r.Header.Set("X-Forwarded-For", tt.hops)
		}
		if got := g.from(r).key(); got != tt.want {
			t.Errorf("%s for %s: %s, want %s", tt.peer, tt.hops, got, tt.want)
		}
	}
}

// TestBesideTheProxy wants what another machine sends refused where nothing hides it on its
// way, but for questions of health.
func TestBesideTheProxy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tokens")
	right := newToken(t, path, "asha")
	g, _ := guardOf(t, ":8790", config.Web{TokensFile: path, Proxies: []string{"10.0.0.1"}})
	h := g.Around(hello["/"])
	for _, tt := range []struct {
		peer, path string
		want       int
	}{
		{"10.0.0.1:9", "/", http.StatusOK},
		{"127.0.0.1:9", "/", http.StatusOK},
		{"10.0.0.2:9", "/", http.StatusForbidden},
		{"10.0.0.2:9", "/login", http.StatusForbidden},
		{"10.0.0.2:9", "/healthz", http.StatusOK},
	} {
		r := httptest.NewRequest(http.MethodGet, "http://localhost"+tt.path, http.NoBody)
		r.RemoteAddr = tt.peer
		r.Header.Set("Authorization", "Bearer "+right)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != tt.want {
			t.Errorf("%s asks %s: %d %s", tt.peer, tt.path, w.Code, w.Body)
		}
	}
}

// TestBrowser signs in as a browser does, with a jar of cookies, over TLS.
func TestBrowser(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "tokens")
	right := newToken(t, path, "asha")
	web := config.Web{TokensFile: path, CertFile: filepath.Join(dir, "cert.pem"), KeyFile: filepath.Join(dir, "key.pem")}
	trusted := makeCertificate(t, web, "first")
	s := serve(t, ":8790", web, nil, hello)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar, Transport: trusting(trusted)}
	resp, err := browser.PostForm("https://"+s.addr+"/login", url.Values{"token": {right}, "next": {"/"}})
	if err != nil {
		t.Fatal(err)
	}
	if resp.Body.Close(); resp.StatusCode != http.StatusOK || resp.Request.URL.Path != "/" || resp.ProtoMajor != 2 {
		t.Errorf("%s %d", resp.Request.URL, resp.StatusCode)
	}
	resp, _ = s.ask(t, plain, http.MethodGet, "/")
	if resp.StatusCode != http.StatusBadRequest {
		t.Errorf("without TLS: %d", resp.StatusCode)
	}
}

// FuzzHere wants nobody led to another host by the form.
func FuzzHere(f *testing.F) {
	for _, next := range []string{"/a?b#c", "//evil.example", "/.//evil.example", "/%2f/evil.example", "https:evil.example", "?"} {
		f.Add(next)
	}
	base := &url.URL{Scheme: "https", Host: "jobs.example.org", Path: "/login"}
	f.Fuzz(func(t *testing.T, next string) {
		w := httptest.NewRecorder()
		http.Redirect(w, httptest.NewRequest(http.MethodPost, "/login", http.NoBody), here(next), http.StatusSeeOther)
		to, err := base.Parse(strings.ReplaceAll(w.Header().Get("Location"), `\`, "/"))
		if err != nil || to.Scheme != base.Scheme || to.Host != base.Host {
			t.Errorf("%q leads to %v: %v", next, to, err)
		}
	})
}

// FuzzRequest wants any request answered, whatever its headers say.
func FuzzRequest(f *testing.F) {
	f.Add("localhost", "1.2.3.4, ::1", "a", "b", "/")
	f.Add("[::1", "%", "Bearer ", "__Host-jobsieve=", "")
	web := config.Web{
		TokensFile: filepath.Join(f.TempDir(), "tokens"), UserHeader: "X-User", Proxies: []string{"192.0.2.0/24"},
		Requests: config.DefaultRequests, Cost: config.DefaultCost,
	}
	g, err := New(&config.Config{Listen: ":1", Web: web}, slog.New(slog.DiscardHandler))
	if err != nil {
		f.Fatal(err)
	}
	h := g.Around(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	f.Fuzz(func(t *testing.T, host, hops, authorization, cookie, next string) {
		r := httptest.NewRequest(http.MethodGet, "/login", http.NoBody)
		r.Host, r.URL.RawQuery = host, "next="+next
		r.Header = http.Header{"X-Forwarded-For": {hops}, "Authorization": {authorization}, "Cookie": {cookie}}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code >= http.StatusInternalServerError {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	})
}
