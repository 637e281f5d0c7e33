package rows

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"
)

// OpenFile opens a file, which may be a pipe that nobody writes to yet: then it
// waits only as long as the context lasts.
func OpenFile(ctx context.Context, path string) (*os.File, error) {
	type opened struct {
		f   *os.File
		err error
	}
	done := make(chan opened, 1)
	go func() {
		f, err := os.Open(path)
		done <- opened{f, err}
	}()
	select {
	case o := <-done:
		return o.f, o.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// open undoes compression and encoding, and finds out the format. done releases
// the input.
func open(ctx context.Context, in io.Reader, o Options) (w *window, done func(), err error) {
	if o.limit == 0 {
		o.limit = maxRow
	}
	in, done = interruptible(ctx, in)
	text, err := decompressed(in)
	if err == nil {
		w = &window{in: bufio.NewReaderSize(struct{ io.Reader }{decoded(text)}, o.limit), line: 1}
		w.format = w.sniff(o)
		err = ctx.Err()
	}
	if err != nil {
		done()
		return nil, nil, err
	}
	return w, done, nil
}

// interruptible gives an input whose reading ends with the context, even where
// the read below it never does.
func interruptible(ctx context.Context, in io.Reader) (r io.Reader, done func()) {
	pr, pw := io.Pipe()
	stop := context.AfterFunc(ctx, func() { pw.CloseWithError(ctx.Err()) })
	go func() {
		_, err := io.Copy(pw, in)
		pw.CloseWithError(err)
	}()
	return pr, func() {
		stop()
		_ = pr.Close() // it never fails
	}
}

// notRows are the beginnings of files that hold something else.
var notRows = []struct{ magic, what string }{
	{"PK\x03\x04", "a zip archive or an Excel workbook (.xlsx)"},
	{"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"},
	{"%PDF", "a PDF"}, {"PAR1", "a Parquet file"}, {"SQLi", "an SQLite database"},
	{"BZh", "compressed by bzip2"}, {"\xfd7zX", "compressed by xz"}, {"\x28\xb5\x2f\xfd", "compressed by zstd"},
	{"<!", "HTML or XML"}, {"<htm", "HTML"}, {"<?xm", "XML"},
}

// decompressed undoes gzip where the input is gzip, whatever its name.
func decompressed(in io.Reader) (*bufio.Reader, error) {
	br := bufio.NewReaderSize(in, 64<<10)
	for range 3 { // gzip in gzip happens
		head, _ := br.Peek(4) // an error stays for the reader
		if !bytes.HasPrefix(head, gzipMagic) {
			for _, n := range notRows {
				if strings.HasPrefix(string(head), n.magic) {
					return nil, fmt.Errorf("it is %s; expected JSON lines or CSV, as they are or as gzip", n.what)
				}
			}
			return br, nil
		}
		z, err := gzip.NewReader(br)
		if err != nil {
			return nil, gzipFault(err)
		}
		z.Multistream(false)
		br = bufio.NewReaderSize(&gunzip{br, z}, 64<<10)
	}
	return nil, errors.New("it is gzip in gzip in gzip; expected JSON lines or CSV, as they are or as gzip")
}

var gzipMagic = []byte("\x1f\x8b")

func gzipFault(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fmt.Errorf("the gzip file is damaged or cut short: %w", err)
}

var errTrailing = errors.New("bytes that are not gzip follow the end of the gzip file, and were left out")

// gunzip reads the members of a gzip file one after another. Zeros after the
// last are padding.
type gunzip struct {
	in *bufio.Reader
	z  *gzip.Reader
}

// Read gives the text of the members.
func (g *gunzip) Read(p []byte) (int, error) {
	for {
		n, err := g.z.Read(p)
		switch {
		case n > 0 || err == nil:
			return n, nil // an error comes again
		case !errors.Is(err, io.EOF):
			return 0, gzipFault(err)
		}
		if err := g.next(); err != nil {
			return 0, err
		}
	}
}

// next begins with the next member.
func (g *gunzip) next() error {
	for {
		head, err := g.in.Peek(2)
		switch {
		case len(head) > 0 && head[0] == 0:
			if _, err := g.in.Discard(1); err != nil {
				return err
			}
			continue
		case len(head) == 0:
			return err
		case !bytes.Equal(head, gzipMagic):
			return errTrailing
		}
		if err := g.z.Reset(g.in); err != nil {
			return gzipFault(err)
		}
		g.z.Multistream(false)
		return nil
	}
}

// decoded gives UTF-8, in which single lines may still be in another encoding.
func decoded(br *bufio.Reader) io.Reader {
	_, _ = br.Peek(4) // fills the buffer
	head, _ := br.Peek(min(br.Buffered(), 512))
	var e encoding.Encoding
	switch le, be := zeros(head); {
	case bytes.HasPrefix(head, []byte("\xff\xfe\x00\x00")):
		e = utf32.UTF32(utf32.LittleEndian, utf32.ExpectBOM)
	case bytes.HasPrefix(head, []byte("\x00\x00\xfe\xff")):
		e = utf32.UTF32(utf32.BigEndian, utf32.ExpectBOM)
	case le, bytes.HasPrefix(head, []byte("\xff\xfe")):
		e = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case be, bytes.HasPrefix(head, []byte("\xfe\xff")):
		e = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	default:
		if bytes.HasPrefix(head, utf8Mark) {
			_, _ = br.Discard(len(utf8Mark)) // it is there
		}
		return br
	}
	return transform.NewReader(br, e.NewDecoder())
}

var utf8Mark = []byte("\xef\xbb\xbf")

// zeros reports UTF-16 without a mark: every other byte of most characters is 0.
func zeros(head []byte) (le, be bool) {
	var n [2]int
	for i, c := range head {
		if c == 0 {
			n[i%2]++
		}
	}
	most := len(head) / 4
	return n[0] == 0 && n[1] > most, n[1] == 0 && n[0] > most
}

// sniff finds out the format: by the first byte, then by the name, then by
// whether any line begins with an object.
func (w *window) sniff(o Options) Format {
	if o.Format == CSV || o.Format == JSON {
		return o.Format
	}
	var head []byte
	for {
		head = bytes.TrimLeft(w.bytes(), jsonBlank)
		if len(head) > 0 || !w.more() {
			break
		}
	}
	name := strings.TrimSuffix(strings.ToLower(o.Name), ".gz")
	switch ext := filepath.Ext(name); {
	case len(head) > 0 && (head[0] == '{' || head[0] == '['):
		return JSON
	case ext == ".jsonl", ext == ".json", ext == ".ndjson", ext == ".jl":
		return JSON
	case ext == ".csv", ext == ".tsv", len(head) > 0 && !bytes.Contains(head, []byte("\n{")):
		return CSV
	}
	return JSON
}
