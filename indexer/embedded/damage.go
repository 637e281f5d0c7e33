package embedded

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/util"
	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
	"golang.org/x/sync/errgroup"
)

// lockWait is how long to wait for a process that has the index open.
const lockWait = 5 * time.Second

// damaged is proof that an index can't be used: its files contradict
// themselves. That a file can't be read proves nothing.
type damaged struct{ reason string }

func (d *damaged) Error() string { return d.reason }

func damage(format string, args ...any) error { return &damaged{fmt.Sprintf(format, args...)} }

// orMissing makes damage of a file that is not there.
func orMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return damage("%v", err)
	}
	return err
}

// guarded calls f, which reads files through memory: what is broken in them
// panics or faults there, and is damage.
func guarded(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = damage("its files can't be read: %v", r)
		}
	}()
	return f()
}

// inspect looks at the files of an index before they are opened, since Bleve
// takes an older state, or none, where the newest can't be read. Its error is a
// *damaged where damage is proven.
func inspect(path string) error {
	body, err := os.ReadFile(filepath.Join(path, "index_meta.json"))
	if err != nil {
		return orMissing(err)
	}
	var meta struct {
		Storage   string `json:"storage"`
		IndexType string `json:"index_type"`
	}
	if err := json.Unmarshal(body, &meta); err != nil || meta.IndexType != scorch.Name || meta.Storage == "" {
		return damage("index_meta.json says %.60q", body)
	}
	store := filepath.Join(path, "store")
	segments, err := newestSegments(filepath.Join(store, "root.bolt"))
	if err != nil {
		return orMissing(err)
	}
	group := new(errgroup.Group)
	group.SetLimit(checkedAtOnce)
	for _, name := range segments {
		group.Go(func() error { return checkSegment(filepath.Join(store, filepath.Base(name))) })
	}
	return orMissing(group.Wait())
}

// checkedAtOnce is how many files are read at once to see whether they are whole.
const checkedAtOnce = 2

// newestSegments gives the names of the files that the newest state of an index
// consists of.
func newestSegments(root string) (names []string, err error) {
	info, err := os.Stat(root)
	if err != nil {
		return nil, err
	}
	if info.Size() == 0 {
		return nil, damage("%s is empty", root)
	}
	err = guarded(func() (err error) {
		db, err := bbolt.Open(root, 0, &bbolt.Options{ReadOnly: true, Timeout: lockWait})
		for _, broken := range []error{bolterrors.ErrInvalid, bolterrors.ErrChecksum, bolterrors.ErrVersionMismatch} {
			if errors.Is(err, broken) {
				return damage("%s: %v", root, err)
			}
		}
		if errors.Is(err, bolterrors.ErrTimeout) {
			return fmt.Errorf("another process has %s open", root)
		}
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, db.Close()) }()
		return db.View(func(tx *bbolt.Tx) (err error) {
			if tx.Size() > info.Size() {
				return damage("%s is cut off: %d of %d bytes", root, info.Size(), tx.Size())
			}
			names, err = segmentNames(tx.Bucket(util.BoltSnapshotsBucket))
			return err
		})
	})
	return names, err
}

func segmentNames(snapshots *bbolt.Bucket) (names []string, err error) {
	if snapshots == nil {
		return nil, damage("it holds no state")
	}
	last, _ := snapshots.Cursor().Last()
	newest := snapshots.Bucket(last)
	if last == nil || newest == nil {
		return nil, damage("it holds no state")
	}
	return names, newest.ForEachBucket(func(key []byte) error {
		if name := newest.Bucket(key).Get(util.BoltPathKey); name != nil {
			names = append(names, string(name))
		}
		return nil
	})
}

// checkSegment compares a file with the checksum that it ends with.
func checkSegment(path string) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	const sumSize = 4
	if info.Size() < sumSize {
		return damage("%s is cut off", path)
	}
	sum := crc32.NewIEEE()
	var want [sumSize]byte
	if _, err = io.CopyN(sum, f, info.Size()-sumSize); err == nil {
		_, err = io.ReadFull(f, want[:])
	}
	if err != nil {
		return err
	}
	if sum.Sum32() != binary.BigEndian.Uint32(want[:]) {
		return damage("%s does not have its checksum", path)
	}
	return nil
}
