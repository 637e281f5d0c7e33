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

// limit is how much of a body is read: neither what came over the wire nor what
// it becomes may be longer. If either is, the beginning is taken where cut says
// so; else it is an ErrTooLarge.
type limit struct {
	bytes int64
	cut   bool
}

// robotsLimit is one byte more than is used, which shows when a file is longer.
var robotsLimit = limit{maxRobots + 1, true}

// maxEncodings is how many compressions one body may be in.
const maxEncodings = 3

// readBody reads a body and undoes its compression. A file that is itself gzip,
// such as sitemap.xml.gz, is unpacked too; where it is damaged it stays as it
// is, and whoever reads it makes the best of it.
func (l limit) readBody(resp *http.Response) (body []byte, err error) {
	defer func() { err = errors.Join(err, resp.Body.Close()) }()
	body, err = l.read(resp.Body)
	short := l.cut && errors.Is(err, ErrTooLarge)
	if err != nil && !short || len(body) == 0 {
		return body, err
	}
	encodings, err := encodingsOf(resp.Header)
	if err != nil {
		return nil, err
	}
	for _, e := range encodings {
		body, err = l.decode(body, e)
		if tooLarge := errors.Is(err, ErrTooLarge); err != nil && (!l.cut || !short && !tooLarge) {
			return nil, err
		} else if tooLarge {
			short = true
		}
	}
	if bytes.HasPrefix(body, gzipMagic) {
		plain, err := l.decode(body, "gzip")
		switch {
		case err == nil, l.cut:
			return plain, nil
		case errors.Is(err, ErrTooLarge):
			return nil, err
		}
	}
	return body, nil
}

// encodingsOf gives the compressions of a body, the last first.
func encodingsOf(h http.Header) (encodings []string, err error) {
	for e := range strings.SplitSeq(strings.Join(h.Values("Content-Encoding"), ","), ",") {
		if e = strings.ToLower(strings.TrimSpace(e)); e != "" && e != "identity" {
			encodings = append(encodings, e)
		}
		if len(encodings) > maxEncodings {
			return nil, fmt.Errorf("Content-Encoding: the body is compressed more than %d times over", maxEncodings)
		}
	}
	slices.Reverse(encodings)
	return encodings, nil
}

// read reads up to the limit; of a longer text it gives the beginning, with an
// ErrTooLarge.
func (l limit) read(r io.Reader) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, l.bytes+1))
	if int64(len(b)) > l.bytes {
		return b[:l.bytes], ErrTooLarge
	}
	return b, err
}

// decode undoes one compression. Bytes after the end of what is compressed are
// left out.
func (l limit) decode(b []byte, encoding string) ([]byte, error) {
	var r io.Reader
	var err error
	in := bytes.NewReader(b)
	switch encoding {
	case "gzip", "x-gzip":
		r, err = newMembers(in)
	case "deflate": // zlib by the standard, raw from some servers
		if r, err = zlib.NewReader(in); err != nil {
			r, err = flate.NewReader(bytes.NewReader(b)), nil
		}
	case "br":
		r = brotli.NewReader(in)
	case "zstd":
		var z *zstd.Decoder
		z, err = zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(zstdMemory))
		if err == nil {
			defer z.Close()
			r = z
		}
	default:
		return nil, fmt.Errorf("Content-Encoding %q: expected one of %s", encoding, acceptEncoding)
	}
	if err == nil {
		b, err = l.read(r)
	}
	if len(b) > 0 && behindEnd(err) {
		return b, nil
	}
	if err != nil && !errors.Is(err, ErrTooLarge) {
		err = fmt.Errorf("decompress %s: %w", encoding, err)
	}
	return b, err
}

// behindEnd reports an error that means there are bytes after the end.
func behindEnd(err error) bool {
	return errors.Is(err, zstd.ErrMagicMismatch) || err != nil && err.Error() == "brotli: excessive input"
}

var gzipMagic = []byte("\x1f\x8b\x08")

// members reads gzip, member by member, up to bytes that begin none.
type members struct {
	in *bytes.Reader
	z  *gzip.Reader
}

func newMembers(in *bytes.Reader) (io.Reader, error) {
	z, err := gzip.NewReader(in)
	if err != nil {
		return nil, err
	}
	z.Multistream(false)
	return &members{in, z}, nil
}

func (m *members) Read(p []byte) (int, error) {
	n, err := m.z.Read(p)
	if !errors.Is(err, io.EOF) {
		return n, err
	}
	next := make([]byte, len(gzipMagic))
	if k, _ := m.in.ReadAt(next, m.in.Size()-int64(m.in.Len())); k < len(next) || !bytes.Equal(next, gzipMagic) {
		return n, io.EOF
	}
	err = m.z.Reset(m.in)
	m.z.Multistream(false)
	return n, err
}
