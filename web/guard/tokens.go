package guard

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"regexp"
	"strings"
	"sync"

	"jobsieve/internal/private"
)

// token is what is known of one: whose it is, and its SHA-256. That is enough, and fast,
// since it is random and has 256 bits.
type token struct {
	name string
	hash [sha256.Size]byte
}

const (
	tokenBytes  = 32
	tokenPrefix = "jobsieve_" // by which whoever finds one knows what it is
)

var tokenName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$`)

// ErrTokenName says that a name can't be that of whom a token is for.
var ErrTokenName = errors.New("expected up to 64 letters, digits and . _ @ -, such as asha")

// AddToken makes a token for somebody, adds its hash to a file, which is made if need be
// and is its owner's alone, and gives the token: it is known nowhere else. A name may have
// several.
func AddToken(path, name string) (string, error) {
	if !tokenName.MatchString(name) {
		return "", fmt.Errorf("%w, got %q", ErrTokenName, name)
	}
	if err := private.File(path); err != nil {
		return "", fmt.Errorf("make the file of tokens: %w", err)
	}
	body, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("read the file of tokens: %w", err)
	}
	var random [tokenBytes]byte
	_, _ = rand.Read(random[:]) // it never fails
	made := tokenPrefix + base64.RawURLEncoding.EncodeToString(random[:])
	line := fmt.Sprintf("%s %x\n", name, sha256.Sum256([]byte(made)))
	if len(body) > 0 && !bytes.HasSuffix(body, []byte("\n")) {
		line = "\n" + line
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return "", fmt.Errorf("add to the file of tokens: %w", err)
	}
	_, err = f.WriteString(line)
	if err := errors.Join(err, f.Close()); err != nil {
		return "", fmt.Errorf("add to the file of tokens: %w", err)
	}
	return made, nil
}

// parseTokens reads lines NAME HASH; empty lines, and those that begin with #, say nothing.
// Its error names every other line.
func parseTokens(path string, body []byte) ([]token, error) {
	var all []token
	var errs []error
	n := 0
	for line := range strings.Lines(string(body)) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Fields(line)
		t := token{}
		ok := len(parts) == 2 && len(parts[1]) == hex.EncodedLen(len(t.hash)) && tokenName.MatchString(parts[0])
		if ok {
			_, err := hex.Decode(t.hash[:], []byte(parts[1]))
			ok = err == nil
		}
		if !ok {
			const format = "%s:%d: expected a name and the SHA-256 of its token in hexadecimal, " +
				"as \"jobsieve token NAME\" writes them"
			errs = append(errs, fmt.Errorf(format, path, n))
			continue
		}
		t.name = parts[0]
		all = append(all, t)
	}
	return all, errors.Join(errs...)
}

// tokens are those of a file, read again when it changes.
type tokens struct {
	log *slog.Logger

	mu   sync.Mutex
	file watched
	all  []token
}

// openTokens reads a file of tokens. One that isn't there yet has none.
func openTokens(path string, log *slog.Logger) (*tokens, error) {
	t := &tokens{log: log, file: watched{path: path}}
	t.file.changed()
	body, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		log.Warn("nobody has a token yet; make one with \"jobsieve token NAME\"", "file", path)
		return t, nil
	}
	if err != nil {
		return nil, err
	}
	t.all, err = parseTokens(path, body)
	return t, err
}

// who gives the name of whose token it is; empty where nobody has it.
func (t *tokens) who(given string) string {
	hash := sha256.Sum256([]byte(given))
	name := ""
	for _, known := range t.current() {
		if subtle.ConstantTimeCompare(hash[:], known.hash[:]) == 1 {
			name = known.name
		}
	}
	return name
}

// current gives the tokens of the file as it is now. Lines that can't be read count for
// nothing.
func (t *tokens) current() []token {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.file.changed() {
		return t.all
	}
	body, err := os.ReadFile(t.file.path)
	t.all = nil
	if err == nil {
		t.all, err = parseTokens(t.file.path, body)
	}
	if err != nil {
		t.log.Error("tokens can't all be read", "key", "web.tokens_file", "error", err)
		return t.all
	}
	t.log.Info("tokens read again", "file", t.file.path, "tokens", len(t.all))
	return t.all
}

// watched is a file that may change.
type watched struct {
	path string
	seen os.FileInfo // nil where it was not there
}

// changed reports, once, that the file is another than before.
func (f *watched) changed() bool {
	before := f.seen
	now, err := os.Stat(f.path)
	if err != nil {
		f.seen = nil
		return before != nil
	}
	f.seen = now
	same := before != nil && os.SameFile(before, now) && before.Size() == now.Size()
	return !same || !before.ModTime().Equal(now.ModTime())
}
