// Package private keeps the files of the data folder to their owner: nobody
// else may read what is in them, whatever the mode of the folder and the umask.
//
// On Windows, where files have no such modes, a data folder inherits who may
// read it, and nothing here changes that.
package private

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

const (
	fileMode   fs.FileMode = 0o600
	folderMode fs.FileMode = 0o700
	others     fs.FileMode = 0o077 // permissions that only the owner may have
)

// File makes an empty file at path that is its owner's alone, or takes an
// existing file away from other users.
func File(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, fileMode)
	if errors.Is(err, fs.ErrExist) {
		return Narrow(path)
	}
	if err != nil {
		return err
	}
	err = bearable(f.Chmod(fileMode)) // the umask may have taken more than it should
	return errors.Join(err, f.Close())
}

// Narrow takes a file or a folder away from other users; one that is not there
// is fine.
func Narrow(path string) error {
	st, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case st.Mode().Perm()&others == 0:
		return nil
	}
	mode := fileMode
	if st.IsDir() {
		mode = folderMode
	}
	if err := bearable(os.Chmod(path, mode)); err != nil {
		return fmt.Errorf("keep %s from other users: %w", path, err)
	}
	return nil
}

// bearable leaves out what can't be helped: a file of another user,
// and a file system without modes.
func bearable(err error) error {
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, errors.ErrUnsupported) {
		return nil
	}
	return err
}

// Tree narrows a folder and everything in it.
func Tree(root string) error {
	return filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) { // it went meanwhile
			return nil
		}
		return errors.Join(err, Narrow(path))
	})
}

// Write writes a file that is its owner's alone.
func Write(path string, body []byte) error {
	if err := File(path); err != nil {
		return err
	}
	return os.WriteFile(path, body, fileMode)
}
