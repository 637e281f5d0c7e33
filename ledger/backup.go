package ledger

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/klauspost/compress/zstd"

	"jobsieve/job"
)

// BackupFormat is the format of backups that this program writes, and the newest that it
// reads: a line of JSON, the manifest, and then the ledger's file, packed with zstd.
const BackupFormat = 1

// Manifest is the first line of a backup.
type Manifest struct {
	Format  int       `json:"jobsieve_backup"`
	Program string    `json:"program"` // the version of the program that made it
	Schema  int64     `json:"schema"`
	Made    time.Time `json:"made"`
	Counts
	// Size and SHA256 are those of the ledger's file: bytes, and hexadecimal digits.
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Counts is how much is in a ledger. Postings that were forgotten are not counted.
type Counts struct {
	Postings int `json:"postings"`
	Versions int `json:"versions"`
	Runs     int `json:"runs"`
}

func (c Counts) String() string {
	return fmt.Sprintf("%s, %s and %s", job.Count(c.Postings, "posting"), job.Count(c.Versions, "version"),
		job.Count(c.Runs, "run"))
}

// Counts counts what is in the ledger.
func (l *Ledger) Counts(ctx context.Context) (c Counts, err error) {
	row := l.engine.db().QueryRowContext(ctx, `SELECT (SELECT count(*) FROM posting WHERE NOT forgotten),
		(SELECT count(*) FROM version), (SELECT count(*) FROM run)`)
	if err := row.Scan(&c.Postings, &c.Versions, &c.Runs); err != nil {
		return c, fmt.Errorf("count what is in the ledger: %w", err)
	}
	return c, nil
}

// Backup writes the ledger to w as it is at one moment; others may write meanwhile. dir is
// an empty folder, which takes a copy of the ledger: that is checked before anything is
// written. Its memory does not grow with the ledger.
func (l *Ledger) Backup(ctx context.Context, program string, now time.Time, dir string, w io.Writer) (Manifest, error) {
	path := filepath.Join(dir, FileName)
	if err := l.engine.copyTo(ctx, path); err != nil {
		return Manifest{}, err
	}
	m, err := describe(ctx, dir)
	if err != nil {
		return m, fmt.Errorf("check the copy of the ledger: %w", err)
	}
	m.Program, m.Made = program, now.UTC().Truncate(time.Second)
	if err := packFile(ctx, path, m, w); err != nil {
		return m, fmt.Errorf("write the backup: %w", err)
	}
	return m, nil
}

// describe checks the ledger in a folder that nobody else uses, and makes its manifest.
func describe(ctx context.Context, dir string) (m Manifest, err error) {
	l, err := Attach(ctx, dir)
	if err != nil {
		return m, err
	}
	m.Format = BackupFormat
	if m.Schema, err = l.engine.schema(ctx); err == nil {
		m.Counts, err = l.Counts(ctx)
	}
	if err == nil {
		err = l.engine.check(ctx, errors.New)
	}
	if err = errors.Join(err, l.Close()); err != nil {
		return m, err
	}
	m.Size, m.SHA256, err = digestFile(ctx, filepath.Join(dir, FileName))
	return m, err
}

// digestFile gives the size and the SHA-256 of a file.
func digestFile(ctx context.Context, path string) (size int64, sum string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, "", err
	}
	h := sha256.New()
	size, err = io.Copy(h, &heeding{ctx, f})
	return size, hexOf(h), errors.Join(err, f.Close())
}

func hexOf(h hash.Hash) string { return hex.EncodeToString(h.Sum(nil)) }

// heeding is a reader that ends with a context.
type heeding struct {
	ctx context.Context
	io.Reader
}

func (h *heeding) Read(p []byte) (int, error) {
	if err := h.ctx.Err(); err != nil {
		return 0, err
	}
	return h.Reader.Read(p)
}

// packFile writes a manifest and the packed file that it describes.
func packFile(ctx context.Context, path string, m Manifest, w io.Writer) (err error) {
	head, err := json.Marshal(m)
	if err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := w.Write(append(head, '\n')); err != nil {
		return err
	}
	enc, err := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	h := sha256.New()
	_, err = io.Copy(enc, io.TeeReader(&heeding{ctx, f}, h))
	if err = errors.Join(err, enc.Close()); err == nil && hexOf(h) != m.SHA256 {
		err = fmt.Errorf("%s changed while it was packed; the disk may be faulty", path)
	}
	return err
}

// longestManifest is how long a backup's first line may be, in bytes.
const longestManifest = 1 << 12

// ErrNoBackup says that a file is not a backup.
var ErrNoBackup = errors.New("it is no backup: expected a file that \"jobsieve backup\" wrote")

// ReadBackup reads a backup and writes the ledger's file to w. What w got is the ledger
// that was backed up only where there is no error: then its size and its SHA-256 are
// those of the manifest.
func ReadBackup(ctx context.Context, r io.Reader, w io.Writer) (Manifest, error) {
	in := bufio.NewReaderSize(&heeding{ctx, r}, longestManifest)
	m, err := readManifest(in)
	if err != nil {
		return m, err
	}
	out, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
	if err != nil {
		return m, err
	}
	defer out.Close()
	h := sha256.New()
	n, err := io.Copy(io.MultiWriter(w, h), io.LimitReader(out, m.Size+1))
	if ctx.Err() != nil {
		return m, ctx.Err()
	}
	const format = "the backup is damaged or was cut off: %w; use another one"
	switch {
	case err != nil:
		return m, fmt.Errorf(format, err)
	case n > m.Size:
		return m, fmt.Errorf(format, fmt.Errorf("it holds more than the %d bytes that it should", m.Size))
	case n < m.Size || hexOf(h) != m.SHA256:
		return m, fmt.Errorf(format, fmt.Errorf("the SHA-256 of its %d bytes is %s, expected %d bytes and %s",
			n, hexOf(h), m.Size, m.SHA256))
	}
	return m, nil
}

func readManifest(in *bufio.Reader) (m Manifest, err error) {
	line, err := in.ReadSlice('\n')
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return m, err
	}
	if json.Unmarshal(line, &m) != nil || m.Format < 1 || m.Size < 1 {
		return m, ErrNoBackup
	}
	newest, err := newestSchema("sqlite")
	if err == nil && (m.Format > BackupFormat || m.Schema > newest) {
		const format = "the backup was made by jobsieve %.40q, with format %d and schema %d; this program knows up " +
			"to %d and %d: use a newer jobsieve"
		err = fmt.Errorf(format, m.Program, m.Format, m.Schema, BackupFormat, newest)
	}
	return m, err
}
