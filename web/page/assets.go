package page

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"fmt"
	"net/http"
	"strings"

	"jobsieve/internal/serving"
	"jobsieve/report/chart"
)

//go:embed assets/page.css assets/htmx.min.js assets/focus.js assets/icon.svg
var assetFiles embed.FS

// asset is a file that pages refer to.
type asset struct {
	kind         string
	body, packed []byte
}

// assets are the files by their names in URLs, which have part of the files' digests, so
// that browsers may keep them for good.
type assets struct {
	byName              map[string]asset
	Style, Script, Icon string // their addresses
}

const assetPath = "/assets/"

func readAssets() (*assets, error) {
	a := &assets{byName: map[string]asset{}}
	for _, f := range []struct {
		file, kind string
		address    *string
	}{
		{"page.css", "text/css; charset=utf-8", &a.Style},
		{"htmx.min.js", "text/javascript; charset=utf-8", &a.Script},
		{"icon.svg", "image/svg+xml", &a.Icon},
	} {
		body, err := assetFiles.ReadFile("assets/" + f.file)
		if err != nil {
			return nil, err
		}
		switch f.address {
		case &a.Style:
			body = append([]byte(chart.Style()), body...)
		case &a.Script:
			focus, err := assetFiles.ReadFile("assets/focus.js")
			if err != nil {
				return nil, err
			}
			body = append(body, focus...)
		}
		packed, err := pack(body)
		if err != nil {
			return nil, err
		}
		name, ending, _ := strings.Cut(f.file, ".")
		name = fmt.Sprintf("%s.%.6x.%s", name, sha256.Sum256(body), ending)
		a.byName[name] = asset{f.kind, body, packed}
		*f.address = assetPath + name
	}
	return a, nil
}

func (a *assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	file, ok := a.byName[strings.TrimPrefix(r.URL.Path, assetPath)]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", file.kind)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	send(w, r, http.StatusOK, file.body, file.packed)
}

// send writes a body, packed where the client takes it so. A nil packed is made.
func send(w http.ResponseWriter, r *http.Request, status int, body, packed []byte) {
	w.Header().Set("Vary", "Accept-Encoding")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if serving.TakesGzip(r) {
		if packed == nil {
			packed, _ = pack(body) // a buffer takes everything
		}
		w.Header().Set("Content-Encoding", "gzip")
		body = packed
	}
	w.Header().Set("Content-Length", fmt.Sprint(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // a client that is gone needs no answer
	}
}

func pack(body []byte) ([]byte, error) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(body); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
