package crawler

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// What sites do.

func at(path string, h http.HandlerFunc) func(http.Handler) http.HandlerFunc {
	return func(site http.Handler) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == path {
				h(w, r)
				return
			}
			site.ServeHTTP(w, r)
		}
	}
}

// first does it the first time alone.
func first(path string, h http.HandlerFunc) func(http.Handler) http.HandlerFunc {
	return func(site http.Handler) http.HandlerFunc {
		done := false
		return at(path, func(w http.ResponseWriter, r *http.Request) {
			if !done {
				done = true
				h(w, r)
				return
			}
			site.ServeHTTP(w, r)
		})(site)
	}
}

func redirect(from, to string) func(http.Handler) http.HandlerFunc {
	return at(from, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusFound)
	})
}

// allTo redirects every posting.
func allTo(to string) func(http.Handler) http.HandlerFunc {
	return func(site http.Handler) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if len(r.URL.Path) == len("/1") {
				http.Redirect(w, r, to, http.StatusFound)
				return
			}
			site.ServeHTTP(w, r)
		}
	}
}

func header(path, name, value string) func(http.Handler) http.HandlerFunc {
	return func(site http.Handler) http.HandlerFunc {
		return at(path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set(name, value)
			site.ServeHTTP(w, r)
		})(site)
	}
}

func retryAfter(status int, after string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", after)
		w.WriteHeader(status)
	}
}

func hangUp(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

func silent(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

func drip(w http.ResponseWriter, r *http.Request) {
	for r.Context().Err() == nil {
		_, _ = w.Write([]byte("<"))
		_ = http.NewResponseController(w).Flush()
		time.Sleep(20 * time.Millisecond)
	}
}

func endless(w http.ResponseWriter, _ *http.Request) {
	filler := bytes.Repeat([]byte("# all work and no play\n"), 1000)
	for range 100_000 {
		if _, err := w.Write(filler); err != nil {
			return
		}
	}
}

func cut(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "100000")
	_, _ = io.WriteString(w, "<h1>On")
}

func raw(w http.ResponseWriter, write func(io.Writer)) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	write(conn)
	_ = conn.Close()
}

func garbage(w http.ResponseWriter, _ *http.Request) {
	raw(w, func(c io.Writer) { _, _ = io.WriteString(c, "\x00\x01\x02 what?\r\n\r\n") })
}

func headers(w http.ResponseWriter, _ *http.Request) {
	raw(w, func(c io.Writer) {
		_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\n")
		for i := range 100_000 {
			if _, err := fmt.Fprintf(c, "X-%d: %s\r\n", i, strings.Repeat("x", 1000)); err != nil {
				return
			}
		}
	})
}

// bomb answers 100 MB of zeros, compressed.
func bomb(path, encoding string, packer func(io.Writer) io.WriteCloser) func(http.Handler) http.HandlerFunc {
	return func(site http.Handler) http.HandlerFunc {
		var packed bytes.Buffer
		zeros := make([]byte, 1<<20)
		z := packer(&packed)
		for range 100 {
			_, _ = z.Write(zeros)
		}
		_ = z.Close()
		return at(path, func(w http.ResponseWriter, _ *http.Request) {
			if encoding != "" {
				w.Header().Set("Content-Encoding", encoding)
			}
			_, _ = w.Write(packed.Bytes())
		})(site)
	}
}

// packed compresses a text with gzip.
func packed(text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.WriteString(z, text)
	_ = z.Close()
	return b.String()
}

// doubling serves sitemaps that each lead to a page and to two other sitemaps.
func doubling(http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
		case "/1":
			fmt.Fprint(w, job1)
		default:
			fmt.Fprintf(w, `<urlset><url><loc>/1</loc></url><sitemap><loc>%[1]sa</loc></sitemap><sitemap><loc>%[1]sb</loc></sitemap></urlset>`, r.URL.Path)
		}
	}
}

// cookies serves eight postings, and sets cookies on each page.
func cookies(http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for i := range 50 {
			w.Header().Add("Set-Cookie", fmt.Sprintf("c%d%s=%s; Path=/", i, strings.ReplaceAll(r.URL.Path, "/", "-"), strings.Repeat("x", 4000)))
		}
		switch r.URL.Path {
		case "/robots.txt":
		case "/jobs":
			fmt.Fprint(w, links(8))
		default:
			fmt.Fprint(w, "<h1>Job "+r.URL.Path+"</h1>")
		}
	}
}

func links(n int) (s string) {
	for i := range n {
		s += fmt.Sprintf("<li><a href=/%d>x</a>", i+1)
	}
	return s
}

var laughs = func() string {
	s := `<!DOCTYPE x [<!ENTITY l0 "ha">`
	for i := range 30 {
		s += fmt.Sprintf(`<!ENTITY l%d "&l%d;&l%d;">`, i+1, i, i)
	}
	return s + `]><urlset><url><loc>/&l30;</loc></url></urlset>`
}()
