package private

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Place gives a whole file its name in one step, and waits for the disk to know it. A file
// of that name is replaced where replace says so; else the error is fs.ErrExist.
func Place(from, path string, replace bool) error {
	if err := take(from, path, replace); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

func take(from, path string, replace bool) error {
	if replace {
		return os.Rename(from, path)
	}
	err := os.Link(from, path) // which replaces nothing
	if err == nil {
		return os.Remove(from)
	}
	if _, there := os.Lstat(path); there == nil {
		return fs.ErrExist
	}
	return os.Rename(from, path) // a file system without links
}

// syncFolder waits for the disk to know the names in a folder, on systems where that needs
// any waiting.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = f.Sync()
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, fs.ErrInvalid) || errors.Is(err, fs.ErrPermission) {
		err = nil
	}
	return errors.Join(err, f.Close())
}
