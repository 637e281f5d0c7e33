//go:build unix

package ledger

import (
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// Whoever has a file of SQLite open has locked some of these bytes in it:
// https://sqlite.org/src/file/src/os.h, SHARED_FIRST and SHARED_SIZE.
const (
	sharedFirst = 0x40000000 + 2
	sharedSize  = 510
)

// holderOf gives the number of a process that has a file of SQLite open; 0 where none has,
// or where that can't be found out. This process must not have it open.
func holderOf(path string) int {
	f, err := os.Open(path)
	if err != nil {
		return 0
	}
	defer f.Close() //nolint:errcheck // it was read
	lock := unix.Flock_t{Type: unix.F_WRLCK, Whence: io.SeekStart, Start: sharedFirst, Len: sharedSize}
	err = unix.FcntlFlock(f.Fd(), unix.F_GETLK, &lock)
	if err != nil || lock.Type == unix.F_UNLCK {
		return 0
	}
	return int(lock.Pid)
}
