package files

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"jobsieve/internal/sentence"
)

// Description is what is said about a table: its basis, its notes and its columns.
type Description struct {
	Report string `json:"report"`
	About  string `json:"about"`
	Basis
	Postings int      `json:"postings"`
	First    string   `json:"first"`
	Last     string   `json:"last"`
	Period   string   `json:"period"`
	Notes    []string `json:"notes"`
	Columns  []Column `json:"columns"`
}

// Manifest is a description beside the file that it is about.
type Manifest struct {
	File   string `json:"file"`
	Format Format `json:"format"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
	Description
}

// Describe describes the table.
func (f *File) Describe() Description {
	t := f.Table
	return Description{
		Report: t.Name, About: t.About.String(), Basis: f.Basis, Postings: t.Postings, First: t.First, Last: t.Last,
		Period: t.Period, Notes: sentence.Texts(t.Notes), Columns: columnsOf(t),
	}
}

// Manifest describes the file that has a name, and the bytes that Write wrote.
func (f *File) Manifest(name string, format Format, body []byte) Manifest {
	sum := sha256.Sum256(body)
	return Manifest{
		File: name, Format: format, Bytes: int64(len(body)), SHA256: hex.EncodeToString(sum[:]),
		Description: f.Describe(),
	}
}

func filterText(filter any) string {
	body, err := json.Marshal(filter)
	if err != nil {
		return err.Error()
	}
	return string(body)
}

// Save writes the file at path, whole or not at all, and then its manifest,
// path.manifest.json. What is no file, such as a pipe, gets no manifest.
func (f *File) Save(path string, format Format, o Options) error {
	var b bytes.Buffer
	if err := f.Write(&b, format, o); err != nil {
		return err
	}
	m := f.Manifest("", format, b.Bytes())
	return Save(path, b.Bytes(), &m)
}

// Save writes the bytes of a table as File.Save does, with the manifest that describes them.
func Save(path string, body []byte, m *Manifest) error {
	if st, err := os.Stat(path); err == nil && !st.Mode().IsRegular() {
		return direct(path, body)
	}
	if err := whole(path, body); err != nil {
		return err
	}
	of := *m
	of.File = filepath.Base(path)
	var b bytes.Buffer
	if err := writeJSON(&b, of); err != nil {
		return fmt.Errorf("describe %s: %w", path, err)
	}
	return whole(path+".manifest.json", b.Bytes())
}

// direct writes to what is there already.
func direct(path string, body []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	_, err = io.Copy(f, bytes.NewReader(body))
	return errors.Join(err, f.Close())
}

// whole writes a file under another name first, so that path never has a part of it.
func whole(path string, body []byte) error {
	if to, err := filepath.EvalSymlinks(path); err == nil {
		path = to
	}
	part := fmt.Sprintf("%s.%d.part", path, os.Getpid())
	err := os.WriteFile(part, body, 0o666)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("write %s: expected the folder %s, and there is none: make it first", path,
			filepath.Dir(path))
	}
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		_ = os.Remove(part)
		return fmt.Errorf("write %s: %w", path, errors.New(strings.ReplaceAll(err.Error(), part, path)))
	}
	return nil
}
