// Package config reads what an operator sets: jobsieve.yaml, the environment
// and flags, in this order, each over the one before.
//
// A file enters, checked values leave, or all faults at once, each with file,
// line and key and what was expected. It is the only place where the
// environment is read.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"jobsieve/internal/strictyaml"
)

// The defaults of settings.
const (
	DefaultFile     = "jobsieve.yaml"
	DefaultData     = "jobsieve-data"
	DefaultIndex    = "embedded"
	DefaultTimezone = "Asia/Kolkata"
	DefaultListen   = "127.0.0.1:8790"
)

// Config is all settings of a program run.
type Config struct {
	// Contact is how sites reach whoever runs the crawler: an address or a page;
	// it is part of the User-Agent.
	Contact string `yaml:"contact,omitempty" json:"contact,omitempty" jsonschema:"description=How sites can reach you: an e-mail address or a page about your crawler. It is sent in the User-Agent; real sites are not crawled without it."`
	// Index is "embedded" or the URL of an Elasticsearch.
	Index string `yaml:"index,omitempty" json:"index,omitempty" jsonschema:"description=Where postings are searched: embedded (a folder in the data folder) or the URL of an Elasticsearch 8. A name and password in the URL are used and never shown; better under elasticsearch.,default=embedded"`
	// Ledger is the locator of a database that holds the ledger; see LedgerIn.
	Ledger Secret `yaml:"ledger,omitempty" json:"ledger,omitzero" jsonschema:"description=The database that holds the ledger\\, as postgres://HOST/DATABASE: a PostgreSQL for several machines. It is never shown; its password is better in ~/.pgpass. Not set: a file in the data folder."`
	// Timezone is that of schedules.
	Timezone string `yaml:"timezone,omitempty" json:"timezone,omitempty" jsonschema:"description=The time zone of schedules.,default=Asia/Kolkata"`
	// Listen is where the daemon answers health checks and metrics.
	Listen string `yaml:"listen,omitempty" json:"listen,omitempty" jsonschema:"description=Address on which serve answers /healthz\\, /metrics and /saved/NAME.rss.,default=127.0.0.1:8790"`
	// Rules is a folder of rule files laid over the embedded ones.
	Rules string `yaml:"rules,omitempty" json:"rules,omitempty" jsonschema:"description=A folder of rule files laid over those that come with the program."`
	// Deadline is the longest that a crawl of one source may take.
	Deadline      Duration      `yaml:"deadline,omitempty" json:"deadline,omitempty" jsonschema:"description=The longest that one crawl of one source may take.,default=1h"`
	Elasticsearch Elasticsearch `yaml:"elasticsearch,omitempty" json:"elasticsearch,omitzero" jsonschema:"description=How the Elasticsearch that index names is reached."`
	Notify        Notify        `yaml:"notify,omitempty" json:"notify,omitzero" jsonschema:"description=Who is told when a source turns sick\\, and when it is well again."`
	Fetch         Fetch         `yaml:"fetch,omitempty" json:"fetch,omitzero" jsonschema:"description=How pages are fetched; a source may set its own."`
	Web           Web           `yaml:"web,omitempty" json:"web,omitzero" jsonschema:"description=Whom the daemon answers beside this machine\\, and how much."`
	Prune         Prune         `yaml:"prune,omitempty" json:"prune,omitzero" jsonschema:"description=How long the ledger keeps what nothing needs any more. jobsieve prune takes away what is older; what is not set is kept for good."`
	Sources       []Source      `yaml:"sources,omitempty" json:"sources,omitempty" jsonschema:"description=Where postings come from."`

	// Dir is the folder of the file, from which its paths count.
	Dir string `yaml:"-" json:"-"`
	// File is the file that was read, empty where there is none.
	File string `yaml:"-" json:"-"`
}

// Fetch says how pages are fetched.
type Fetch struct {
	Delay    Duration `yaml:"delay,omitempty" json:"delay,omitempty" jsonschema:"description=The least time between two requests to one host. 0s leaves only what robots.txt asks for.,default=2s"`
	Timeout  Duration `yaml:"timeout,omitempty" json:"timeout,omitempty" jsonschema:"description=The longest that one request may take.,default=30s"`
	MaxBytes int64    `yaml:"max_bytes,omitempty" json:"max_bytes,omitempty" jsonschema:"description=The most bytes of one page after decompression.,default=8388608"`
	// KeepPages is how long the pages of a crawl are kept; nil is the default.
	KeepPages *Duration `yaml:"keep_pages,omitempty" json:"keep_pages,omitempty" jsonschema:"description=How long the pages of a crawl are kept\\, compressed\\, so that reextract can read them again. 0s keeps them no longer than the crawl lasts.,default=168h"`
	// Private names the hosts of private networks that may be fetched.
	Private []string `yaml:"private,omitempty" json:"private,omitempty" jsonschema:"description=Hosts on private or loopback addresses that may be fetched; all others are refused."`
}

// Prune says how long the ledger keeps what nothing needs any more; 0 is for good.
type Prune struct {
	Readings Duration `yaml:"readings,omitempty" json:"readings,omitempty" jsonschema:"description=How long a reading is kept that a later one replaced\\, from then on."`
	Versions Duration `yaml:"versions,omitempty" json:"versions,omitempty" jsonschema:"description=How long the text of a version is kept from when it was seen first. That of a posting's first and newest version always is."`
	Runs     Duration `yaml:"runs,omitempty" json:"runs,omitempty" jsonschema:"description=How long a run is kept with its receipts from when it ended. The newest 20 receipts of each source always are."`
}

// LedgerIn is the locator of the ledger: the database that is set, else the data folder.
func (c *Config) LedgerIn(data string) string {
	if c.Ledger.IsZero() {
		return data
	}
	return c.Ledger.Reveal()
}

// Keep is how long the pages of a crawl are kept.
func (f *Fetch) Keep() time.Duration {
	if f.KeepPages == nil {
		return DefaultKeepPages
	}
	return time.Duration(*f.KeepPages)
}

// Checks are what the configuration has others check.
type Checks struct {
	// Schedule refuses a schedule that can't be run.
	Schedule func(string) error
	// Span is the least time between two crawls of a schedule.
	Span func(schedule string) time.Duration
	// Selector refuses a selector that can't be used.
	Selector func(string) error
	// Platform says what a board on a platform must give, and lists all
	// platforms.
	Platform func(string) (needs, known []string)
}

// ErrNoFile says that the configuration file does not exist.
var ErrNoFile = errors.New("no configuration file")

// Load reads the file at path. Its error is ErrNoFile where there is none, and
// strictyaml.Faults where it has faults: all of them.
func Load(path string, checks Checks) (*Config, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w %s: make one with \"jobsieve init\", or name another with --config", ErrNoFile, path)
	}
	if err != nil {
		return nil, fmt.Errorf("read the configuration: %w", err)
	}
	return parse(path, data, checks)
}

func parse(path string, data []byte, checks Checks) (*Config, error) {
	c := &Config{Dir: filepath.Dir(path), File: path}
	f := strictyaml.Read(path, data, c)
	c.check(f, checks)
	if len(f.Faults) > 0 {
		f.Faults.Sort()
		return nil, f.Faults
	}
	c.fillIn()
	return c, nil
}

// Default is the configuration without a file.
func Default() *Config {
	c := &Config{Dir: "."}
	c.check(&strictyaml.File{}, Checks{})
	c.fillIn()
	return c
}

// fillIn sets texts that are not set to their defaults, and completes paths.
func (c *Config) fillIn() {
	orText(&c.Index, DefaultIndex)
	orText(&c.Timezone, DefaultTimezone)
	orText(&c.Listen, DefaultListen)
	if c.Rules != "" {
		c.Rules = c.Path(c.Rules)
	}
	for _, file := range []*string{&c.Web.TokensFile, &c.Web.CertFile, &c.Web.KeyFile} {
		if *file != "" {
			*file = c.Path(*file)
		}
	}
	for i := range c.Sources {
		s := &c.Sources[i]
		if s.Path != "" {
			s.Path = c.Path(s.Path)
		}
	}
}

func orText(s *string, d string) {
	if *s == "" {
		*s = d
	}
}

// Path gives a path of the configuration file, which counts from its folder.
func (c *Config) Path(p string) string {
	if filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(c.Dir, p)
}

// Source finds a source by its name.
func (c *Config) Source(name string) (*Source, error) {
	names := make([]string, len(c.Sources))
	for i := range c.Sources {
		if c.Sources[i].Name == name {
			return &c.Sources[i], nil
		}
		names[i] = c.Sources[i].Name
	}
	return nil, &UnknownSourceError{name, names}
}

// UnknownSourceError names a source that nobody knows.
type UnknownSourceError struct {
	Name  string
	Known []string
}

func (e *UnknownSourceError) Error() string {
	if len(e.Known) == 0 {
		return fmt.Sprintf("no source %q: the configuration has no sources", e.Name)
	}
	return fmt.Sprintf("no source %q: %s", e.Name, strictyaml.Expected(e.Name, e.Known))
}
