package fetch

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// acceptEncoding are the compressions that servers are offered.
const acceptEncoding = "gzip, br, zstd, deflate"

// zstdMemory is the most memory that a decoder of zstd takes for its window.
const zstdMemory = 8 << 20

// readBody reads a body and undoes its compression. Neither what came over the
// wire nor what it becomes may be longer than the limit. A file that is gzip in
// itself, such as sitemap.xml.gz, is read likewise. Of a robots.txt what is too
// long is left out.
func (t *Transport) readBody(resp *http.Response, robots bool) (body []byte, err error) {
	defer func() { err = errors.Join(err, resp.Body.Close()) }()
	if robots {
		resp.Body = cutBody{io.LimitReader(resp.Body, min(maxRobots, t.opts.MaxBytes)), resp.Body}
	}
	if body, err = t.readAll(resp.Body); err != nil || len(body) == 0 {
		return body, err
	}
	encodings := strings.Split(strings.Join(resp.Header.Values("Content-Encoding"), ","), ",")
	for _, e := range slices.Backward(encodings) {
		if body, err = t.decode(body, strings.ToLower(strings.TrimSpace(e))); err != nil {
			return nil, err
		}
	}
	if bytes.HasPrefix(body, []byte("\x1f\x8b\x08")) {
		return t.decode(body, "gzip")
	}
	return body, nil
}

// cutBody is the beginning of a body.
type cutBody struct {
	io.Reader
	io.Closer
}

// readAll reads up to the limit; a longer text is an ErrTooLarge.
func (t *Transport) readAll(r io.Reader) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, t.opts.MaxBytes+1))
	if int64(len(b)) > t.opts.MaxBytes {
		return nil, ErrTooLarge
	}
	return b, err
}

// decode undoes one compression.
func (t *Transport) decode(b []byte, encoding string) ([]byte, error) {
	var r io.Reader
	var err error
	switch encoding {
	case "", "identity":
		return b, nil
	case "gzip", "x-gzip":
		r, err = gzip.NewReader(bytes.NewReader(b))
	case "deflate": // zlib by the standard, bare from some servers
		if r, err = zlib.NewReader(bytes.NewReader(b)); err != nil {
			r, err = flate.NewReader(bytes.NewReader(b)), nil
		}
	case "br":
		r = brotli.NewReader(bytes.NewReader(b))
	case "zstd":
		var z *zstd.Decoder
		z, err = zstd.NewReader(bytes.NewReader(b), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(zstdMemory))
		if err == nil {
			defer z.Close()
			r = z
		}
	default:
		return nil, fmt.Errorf("Content-Encoding %q: expected one of %s", encoding, acceptEncoding)
	}
	if err == nil {
		b, err = t.readAll(r)
	}
	if err != nil && !errors.Is(err, ErrTooLarge) {
		err = fmt.Errorf("undo the compression %s: %w", encoding, err)
	}
	return b, err
}
