package fetch

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// packers compress as servers do.
var packers = map[string]func(io.Writer) (io.WriteCloser, error){
	"gzip":    func(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriter(w), nil },
	"deflate": func(w io.Writer) (io.WriteCloser, error) { return zlib.NewWriter(w), nil },
	"bare":    func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) },
	"br":      func(w io.Writer) (io.WriteCloser, error) { return brotli.NewWriter(w), nil },
	"zstd":    func(w io.Writer) (io.WriteCloser, error) { return zstd.NewWriter(w) },
}

// pack compresses a text, in each way in turn.
func pack(t *testing.T, text []byte, ways ...string) []byte {
	t.Helper()
	for _, way := range ways {
		var b bytes.Buffer
		w, err := packers[way](&b)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(text); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		text = b.Bytes()
	}
	return text
}

func TestCompressedBodies(t *testing.T) {
	text, bomb := []byte("नमस्ते, hello"), bytes.Repeat([]byte{'0'}, 4<<20)
	tests := []struct {
		name, encoding string
		body           []byte
		want           string // part of the error where the body can't be had
	}{
		{"none", "", text, ""},
		{"identity", "identity", text, ""},
		{"gzip", "gzip", pack(t, text, "gzip"), ""},
		{"x-gzip, written large", "X-GZIP", pack(t, text, "gzip"), ""},
		{"deflate", "deflate", pack(t, text, "deflate"), ""},
		{"bare deflate", "deflate", pack(t, text, "bare"), ""},
		{"br", "br", pack(t, text, "br"), ""},
		{"zstd", "zstd", pack(t, text, "zstd"), ""},
		{"two, one after the other", "br, gzip", pack(t, text, "br", "gzip"), ""},
		{"a file that is gzip in itself", "", pack(t, text, "gzip"), ""},
		{"such a file, compressed again", "gzip", pack(t, text, "gzip", "gzip"), ""},
		{"gzip bomb", "gzip", pack(t, bomb, "gzip"), "larger than max_bytes"},
		{"bomb in a bomb", "gzip, gzip", pack(t, bomb, "gzip", "gzip"), "larger than max_bytes"},
		{"br bomb", "br", pack(t, bomb, "br"), "larger than max_bytes"},
		{"zstd bomb", "zstd", pack(t, bomb, "zstd"), "larger than max_bytes"},
		{"deflate bomb", "deflate", pack(t, bomb, "deflate"), "larger than max_bytes"},
		{"a bomb of a file", "", pack(t, bomb, "gzip"), "larger than max_bytes"},
		{"gzip of two members", "gzip", append(pack(t, text[:7], "gzip"), pack(t, text[7:], "gzip")...), ""},
		{"bytes behind gzip", "gzip", append(pack(t, text, "gzip"), "<!-- made in 0.5 s -->"...), ""},
		{"one byte behind gzip", "gzip", append(pack(t, text, "gzip"), '\n'), ""},
		{"zeros behind gzip", "gzip", append(pack(t, text, "gzip"), make([]byte, 512)...), ""},
		{"bytes behind a gzip file of two members", "", append(append(pack(t, text[:7], "gzip"), pack(t, text[7:], "gzip")...), "x"...), ""},
		{"bytes behind br", "br", append(pack(t, text, "br"), "x"...), ""},
		{"bytes behind zstd", "zstd", append(pack(t, text, "zstd"), "more"...), ""},
		{"bytes behind deflate", "deflate", append(pack(t, text, "deflate"), "x"...), ""},
		{"the second member is cut", "gzip", append(pack(t, text, "gzip"), pack(t, text, "gzip")[:12]...), "decompress gzip"},
		{"a bomb of members", "gzip", bytes.Repeat(pack(t, bomb[:1<<10], "gzip"), 20), "larger than max_bytes"},
		{"four times over", "gzip, gzip, br, gzip", text, "compressed more than 3 times over"},
		{"a thousand times over", strings.Repeat("gzip,", 1000), text, "compressed more than 3 times over"},
		{"identity a thousand times", strings.Repeat("identity,", 1000), text, ""},
		{"cut off", "gzip", pack(t, text, "gzip")[:20], "decompress gzip"},
		{"not what it says", "zstd", text, "decompress zstd"},
		{"unknown", "sdch", text, "expected one of gzip"},
	}
	for _, tt := range tests {
		tr, _, url := newTest(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				return
			}
			if r.Header.Get("Accept-Encoding") != acceptEncoding {
				t.Errorf("Accept-Encoding %q", r.Header.Get("Accept-Encoding"))
			}
			if tt.encoding != "" {
				w.Header().Set("Content-Encoding", tt.encoding)
			}
			_, _ = w.Write(tt.body)
		}, func(o *Options) { o.MaxBytes = 10 << 10 })
		_, got, err := get(t, tr, url+"/x")
		switch {
		case tt.want == "" && (err != nil || got != string(text)):
			t.Errorf("%s: got %q, %v", tt.name, got, err)
		case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
			t.Errorf("%s: got %q, %v, want %q", tt.name, got, err, tt.want)
		}
	}
}

// TestDamagedFilesStayAsTheyAre leaves a gzip file that is cut off to whoever
// reads it, also where it is called a text.
func TestDamagedFilesStayAsTheyAre(t *testing.T) {
	file := pack(t, bytes.Repeat([]byte("नमस्ते"), 100), "gzip")[:40]
	tr, _ := onWeb(func(r *http.Request) *http.Response {
		if r.URL.Path == robotsPath {
			return answer(404, "")
		}
		return answer(200, string(file), "Content-Type", "text/xml")
	}, nil)
	if _, got, err := get(t, tr, "https://h.example/sitemap.xml.gz"); got != string(file) || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

func TestHostThatIsDownIsLeftAlone(t *testing.T) {
	asked, status := 0, 500
	tr, c, url := newTest(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			asked++
			w.WriteHeader(status)
		}
	}, func(o *Options) { o.Retries = 0 })
	for range circuitAfter {
		if code, _, err := get(t, tr, url+"/x"); code != 500 || err != nil {
			t.Fatal(code, err)
		}
	}
	var down *DownError
	if _, _, err := get(t, tr, url+"/x"); !errors.As(err, &down) || down.Failures != circuitAfter || asked != circuitAfter {
		t.Fatalf("asked %d times; %v", asked, err)
	}
	c.now = c.now.Add(circuitRest)
	if code, _, err := get(t, tr, url+"/x"); code != 500 || err != nil {
		t.Errorf("after its rest: %d, %v", code, err)
	}
	if _, _, err := get(t, tr, url+"/x"); !errors.As(err, &down) {
		t.Errorf("still down: %v", err)
	}
	c.now, status = c.now.Add(circuitRest), 200
	for range 2 {
		if code, _, err := get(t, tr, url+"/x"); code != 200 || err != nil {
			t.Errorf("well again: %d, %v", code, err)
		}
	}
}

func TestSlowHostIsGivenTime(t *testing.T) {
	var c *clock
	tr, made, url := newTest(t, func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			c.now = c.now.Add(8 * time.Second) // what the answer takes
		}
	}, nil)
	c = made
	for range 3 {
		if _, _, err := get(t, tr, url+"/x"); err != nil {
			t.Fatal(err)
		}
	}
	// robots.txt took no time; then the average grows by a quarter of 8 s, and of what is left.
	want := []time.Duration{time.Second, 2 * time.Second, 3500 * time.Millisecond}
	if len(c.waits) != len(want) || c.waits[1] != want[1] || c.waits[2] != want[2] {
		t.Errorf("waits %v, want %v", c.waits, want)
	}
}
