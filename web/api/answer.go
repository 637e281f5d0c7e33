package api

import (
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"jobsieve/desk"
	"jobsieve/internal/serving"
)

// The content types of answers.
const (
	jsonType   = "application/json"
	ndjsonType = "application/x-ndjson"
)

// answer is what a question is answered with.
type answer struct {
	kind string // the content type
	body []byte
	// stream writes the body in place of a whole one.
	stream func(io.Writer) error
	// file is the name under which a browser would keep it; empty for what is shown.
	file string
	// header has more members of the header.
	header http.Header
}

// jsonAnswer is a value as JSON.
func jsonAnswer(v any) (*answer, error) {
	body, err := desk.Marshal(v)
	return &answer{kind: jsonType, body: append(body, '\n')}, err
}

// write writes the answer. Its error says that nothing was written.
func (a *answer) write(w http.ResponseWriter, r *http.Request) error {
	maps.Copy(w.Header(), a.header)
	if a.file != "" {
		w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": a.file}))
	}
	w.Header().Set("Cache-Control", "private, no-cache")
	if a.stream != nil {
		return a.writeStream(w, r)
	}
	tag := tagOf(a.body)
	w.Header().Set("ETag", `"`+tag+`"`)
	if matches(r.Header.Values("If-None-Match"), tag) {
		w.Header().Set("Vary", "Accept-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	send(w, r, http.StatusOK, a.kind, a.body)
	return nil
}

// tagOf is what tells a body from any other.
func tagOf(body []byte) string {
	const enough = 18 // bytes
	sum := sha256.Sum256(body)
	return base64.RawURLEncoding.EncodeToString(sum[:enough])
}

// packedTag ends the tag of a body that is packed, which is another to caches.
const packedTag = "-gzip"

// matches reports the tag of a body among those of an If-None-Match.
func matches(headers []string, tag string) bool {
	for _, header := range headers {
		for one := range strings.SplitSeq(header, ",") {
			one = strings.Trim(strings.TrimPrefix(strings.TrimSpace(one), "W/"), `"`)
			if one == "*" || strings.TrimSuffix(one, packedTag) == tag {
				return true
			}
		}
	}
	return false
}

// leastPacked is how many bytes a body has at least that is worth packing.
const leastPacked = 1024

// send writes a whole body, packed where the client takes that.
func send(w http.ResponseWriter, r *http.Request, status int, kind string, body []byte) {
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(writeTime)) // tables take their time
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Vary", "Accept-Encoding")
	if len(body) < leastPacked || !packs(kind) || !serving.TakesGzip(r) {
		h.Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(status)
		_, _ = w.Write(body) // there is nobody else to tell
		return
	}
	if tag := h.Get("ETag"); tag != "" {
		h.Set("ETag", strings.TrimSuffix(tag, `"`)+packedTag+`"`)
	}
	h.Set("Content-Encoding", "gzip")
	w.WriteHeader(status)
	if r.Method == http.MethodHead {
		return
	}
	z := gzip.NewWriter(w)
	_, err := z.Write(body)
	_ = errors.Join(err, z.Close()) // there is nobody else to tell
}

// packs reports a content type whose bodies get smaller by packing.
func packs(kind string) bool {
	return strings.HasPrefix(kind, "text/") || strings.Contains(kind, "json") || strings.HasSuffix(kind, "+xml")
}

// writeTime is how long a client may take to read a piece of a stream.
const writeTime = 20 * time.Second

// stream writes to a client, who gets nothing but a problem until there is something.
type stream struct {
	w      http.ResponseWriter
	answer *answer
	timer  *http.ResponseController
	pack   *gzip.Writer
	begun  bool
}

func (s *stream) Write(b []byte) (int, error) {
	if !s.begun {
		s.begun = true
		maps.Copy(s.w.Header(), s.answer.header)
	}
	_ = s.timer.SetWriteDeadline(time.Now().Add(writeTime)) // a server without deadlines has none to move
	if s.pack != nil {
		return s.pack.Write(b)
	}
	return s.w.Write(b)
}

// writeStream writes a stream. What fails in the midst ends the connection, so that no
// client takes a part for the whole.
func (a *answer) writeStream(w http.ResponseWriter, r *http.Request) error {
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Vary", "Accept-Encoding")
	if r.Method == http.MethodHead {
		w.WriteHeader(http.StatusOK)
		return nil
	}
	s := &stream{w: w, answer: a, timer: http.NewResponseController(w)}
	if packs(a.kind) && serving.TakesGzip(r) {
		h.Set("Content-Encoding", "gzip")
		s.pack = gzip.NewWriter(w)
	}
	err := a.stream(s)
	if err != nil && !s.begun {
		for _, name := range []string{"Cache-Control", "Content-Disposition", "Content-Encoding"} {
			h.Del(name)
		}
		return err
	}
	if !s.begun {
		_, err = s.Write(nil)
	}
	if damaged := a.header.Get(damagedHeader); damaged != "" { // which is known at the end
		h.Set(http.TrailerPrefix+damagedHeader, damaged)
	}
	if s.pack != nil {
		err = errors.Join(err, s.pack.Close())
	}
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	return nil
}
