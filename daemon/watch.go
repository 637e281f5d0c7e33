package daemon

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"jobsieve/config"
)

// Watch notices that the configuration file, or a file of the rules, has changed.
type Watch struct {
	// of is the configuration that was read last.
	of *config.Config
	// seen are the names, sizes and times that the files had, of which content is the
	// sum; late are those that they had at the last look.
	seen, late string
	content    [sha256.Size]byte
}

// NewWatch watches what a configuration was read from.
func NewWatch(c *config.Config) *Watch {
	w := &Watch{of: c}
	w.take()
	return w
}

// take remembers the files as they are now.
func (w *Watch) take() {
	w.seen = stats(w.of)
	w.late, w.content = w.seen, contents(w.of)
}

// changed reports, once, that the files have other content than before. One that is
// still being written is left until it has been the same for two looks.
func (w *Watch) changed() bool {
	now := stats(w.of)
	still := now == w.late
	w.late = now
	if now == w.seen || !still {
		return false
	}
	before := w.content
	w.take()
	return w.content != before
}

// watched names the files of a configuration and its rules.
func watched(c *config.Config) []string {
	files := []string{c.File}
	if c.Rules == "" {
		return files
	}
	names, err := fs.Glob(os.DirFS(c.Rules), "*.yaml")
	if err != nil {
		return files // it has no file then
	}
	for _, name := range names {
		files = append(files, filepath.Join(c.Rules, name))
	}
	return files
}

func stats(c *config.Config) string {
	text := ""
	for _, file := range watched(c) {
		st, err := os.Stat(file)
		if err != nil {
			text += file + " is away\n"
			continue
		}
		text += fmt.Sprintf("%s %d %d\n", file, st.Size(), st.ModTime().UnixNano())
	}
	return text
}

func contents(c *config.Config) (sum [sha256.Size]byte) {
	all := sha256.New()
	for _, file := range watched(c) {
		body, err := os.ReadFile(file)
		_, _ = fmt.Fprintf(all, "%s %d %v\n", file, len(body), err != nil) // it can't fail
		_, _ = all.Write(body)
	}
	all.Sum(sum[:0])
	return sum
}
