package config

import (
	"fmt"
	"maps"
	"net"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"jobsieve/internal/strictyaml"
	"jobsieve/job"
)

// checker finds the faults of a configuration and compiles its patterns.
type checker struct {
	file   *strictyaml.File
	checks Checks
	config *Config
}

func (c *Config) check(f *strictyaml.File, checks Checks) {
	k := &checker{f, checks, c}
	k.general()
	k.numbers()
	k.elasticsearch()
	k.notify()
	k.web()
	names := map[string]int{}
	for i := range c.Sources {
		k.source(i, names)
	}
}

func (k *checker) general() {
	c := k.config
	index, err := ParseAddress(c.Index)
	if err != nil {
		k.file.Fault(err.Error(), "index")
	}
	c.Index = index.String()
	if !c.Elasticsearch.hasUser() {
		c.Elasticsearch.Use(index)
	}
	if !c.Ledger.IsZero() && !isDatabase(c.Ledger.Reveal()) {
		k.file.Fault(errLedger.Error(), "ledger")
	}
	if c.Timezone != "" {
		if _, err := time.LoadLocation(c.Timezone); err != nil {
			const format = "unknown time zone %q: expected a name such as Asia/Kolkata"
			k.file.Fault(fmt.Sprintf(format, c.Timezone), "timezone")
		}
	}
	if c.Listen != "" && !isListen(c.Listen) {
		const format = "expected host:port, such as %s, or :8790 for all of the machine's addresses, got %q; " +
			"serve always answers there"
		k.file.Fault(fmt.Sprintf(format, DefaultListen, c.Listen), "listen")
	}
	if c.Rules != "" {
		if st, err := os.Stat(c.Path(c.Rules)); err != nil || !st.IsDir() {
			const format = "no folder %s: expected one with rule files; make it with \"jobsieve rules init\""
			k.file.Fault(fmt.Sprintf(format, c.Path(c.Rules)), "rules")
		}
	}
}

// isListen reports an address that can be listened on: a host, which may be left
// out, and the number of a port; 0 is any that is free.
func isListen(s string) bool {
	host, port, err := net.SplitHostPort(s)
	_, noPort := strconv.ParseUint(port, 10, 16)
	return err == nil && noPort == nil && !strings.ContainsAny(host, "/@ ")
}

// addressFault says what was expected of a source's address. One that may hold
// a password is not shown.
func addressFault(got string) string {
	if strings.Contains(got, "@") {
		got = hidden
	}
	return fmt.Sprintf("expected an http or https address, got %q", Redact(got))
}

var sourceName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)

func (k *checker) source(i int, names map[string]int) {
	s := &k.config.Sources[i]
	fault := func(message string, key ...any) { k.file.Fault(message, append([]any{"sources", i}, key...)...) }
	switch first, twice := names[s.Name]; {
	case s.Name == "":
		fault("missing: every source needs a name of its own, such as my-board", "name")
	case !sourceName.MatchString(s.Name):
		fault(fmt.Sprintf("expected lower-case letters, digits and hyphens, got %q", s.Name), "name")
	case twice:
		fault(fmt.Sprintf("two sources are named %q, the first in line %d; rename one", s.Name, first), "name")
	default:
		names[s.Name] = k.file.Line("sources", i, "name")
	}
	k.schedule(s, fault)
	s.takeLogin()
	k.kind(s, fault)
	k.strayKeys(i, s, fault)
	k.request(s, fault)
	k.keep(s, fault)
	k.pay(s, fault)
}

// schedule checks when a source is crawled.
func (k *checker) schedule(s *Source, fault func(string, ...any)) {
	if s.Schedule == "" && s.Jitter > 0 {
		fault("not used without a schedule: add one, or leave it out", "jitter")
	}
	if s.Schedule == "" || k.checks.Schedule == nil {
		return
	}
	if err := k.checks.Schedule(s.Schedule); err != nil {
		fault(err.Error(), "schedule")
		return
	}
	jitter := time.Duration(s.Jitter)
	if jitter <= 0 || k.checks.Span == nil {
		return
	}
	if span := k.checks.Span(s.Schedule); jitter > span {
		const format = "expected at most %s, the least time between two crawls of %q, got %s"
		fault(fmt.Sprintf(format, span, s.Schedule, jitter), "jitter")
	}
}

func (k *checker) pay(s *Source, fault func(string, ...any)) {
	if _, ok := job.ParsePeriod(string(s.Pay.Period)); s.Pay.Period != "" && !ok {
		fault(fmt.Sprintf("unknown period %q: expected hour, day, week, month or year", s.Pay.Period), "pay", "period")
	}
	if c := s.Pay.Currency; c != "" && (len(c) != 3 || c != strings.ToUpper(c)) {
		fault(fmt.Sprintf("expected a code of three capitals such as INR, got %q", c), "pay", "currency")
	}
}

// kind checks what the kind of a source needs.
func (k *checker) kind(s *Source, fault func(string, ...any)) {
	if crawlsAddress(s.Kind) && !isHTTP(s.URL) {
		fault(addressFault(s.URL), "url")
	}
	switch s.Kind {
	case KindHTML:
		k.htmlSource(s, fault)
	case KindJSONLD:
		k.jsonldSource(s, fault)
	case KindSitemap:
		k.sitemapSource(s, fault)
	case KindFile:
		k.fileSource(s, fault)
	case KindFeed:
	case KindJSON:
		k.jsonSource(s, fault)
	case KindATS:
		k.atsSource(s, fault)
	default:
		kinds := make([]string, len(Kinds))
		for i, kind := range Kinds {
			kinds[i] = string(kind)
		}
		fault(fmt.Sprintf("unknown kind %q; %s", s.Kind, strictyaml.Expected(string(s.Kind), kinds)), "kind")
	}
	k.selectors(s, fault)
}

// crawlsAddress reports a kind whose sources have an address of their own: a
// board's is that of its platform, and a file has a path.
func crawlsAddress(kind Kind) bool {
	return kind != KindFile && kind != KindATS && kind != "" && slices.Contains(Kinds, kind)
}

func (k *checker) jsonldSource(s *Source, fault func(string, ...any)) {
	if s.Detail.Link.IsZero() {
		const noLink = "missing: a jsonld source needs the selector of the links to its postings, such as a.job@href"
		fault(noLink, "detail", "link")
	}
}

func (k *checker) sitemapSource(s *Source, fault func(string, ...any)) {
	if s.Match != "" {
		if _, err := regexp.Compile(s.Match); err != nil {
			fault(regexpFault(err), "match")
		}
	}
}

func (k *checker) jsonSource(s *Source, fault func(string, ...any)) {
	k.columns(s, fault)
	if !s.Columns.has("title") {
		fault("missing: every posting needs a title; give its path", "columns", "title")
	}
}

// boardNeeds says under which key a board gives what a platform needs, and what
// it is.
var boardNeeds = map[string]struct{ key, what string }{
	"account": {"account", "the employer's name on the platform"},
	"site":    {"site", "the board's name, as in the address of the careers page"},
	"base":    {"url", "the address of the board's host, such as https://acme.wd3.myworkdayjobs.com"},
	"account or base": {
		"account", "the employer's name on the platform, or as url the address of the board's host",
	},
	"key": {"api_key", "the key of the API; better in a file, as api_key_file"},
}

// atsSource checks a board: that its platform is known, and what it needs.
func (k *checker) atsSource(s *Source, fault func(string, ...any)) {
	if s.URL != "" && !isHTTP(s.URL) {
		fault(addressFault(s.URL), "url")
	}
	if s.APIKeyFile != "" {
		body, err := os.ReadFile(k.config.Path(s.APIKeyFile))
		if err != nil {
			fault(err.Error(), "api_key_file")
		}
		s.APIKey = NewSecret(strings.TrimSpace(string(body)))
	}
	if k.checks.Platform == nil {
		return
	}
	needs, known := k.checks.Platform(s.Platform)
	if !slices.Contains(known, s.Platform) {
		fault(fmt.Sprintf("unknown platform %q; %s", s.Platform, strictyaml.Expected(s.Platform, known)), "platform")
		return
	}
	for _, need := range needs {
		given := map[string]string{
			"account": s.Account, "site": s.Site, "base": s.URL, "key": s.APIKey.Reveal(),
			"account or base": s.Account + s.URL,
		}
		if given[need] != "" {
			continue
		}
		n := boardNeeds[need]
		fault(fmt.Sprintf("missing: %s needs %s", s.Platform, n.what), n.key)
	}
}

func (k *checker) htmlSource(s *Source, fault func(string, ...any)) {
	if s.List.Item == "" {
		fault("missing: an html source needs the selector of a posting's element, such as li.job", "list", "item")
	}
	_, inList := s.List.Fields["title"]
	_, inDetail := s.Detail.Fields["title"]
	if !inList && !inDetail && s.Detail.Link.IsZero() {
		fault("missing: every posting needs a title; give its selector under list.fields.title", "list", "fields")
	}
}

func (k *checker) fileSource(s *Source, fault func(string, ...any)) {
	path := k.config.Path(s.Path)
	st, err := os.Stat(path)
	switch {
	case s.Path == "":
		fault("missing: a file source needs the path of its file", "path")
	case err != nil:
		fault(fmt.Sprintf("no file %s", path), "path")
	case st.IsDir():
		fault(fmt.Sprintf("%s is a folder; expected a file", path), "path")
	}
	k.columns(s, fault)
}

// selectors checks and compiles every selector of a source.
func (k *checker) selectors(s *Source, fault func(string, ...any)) {
	selector := func(css string, key ...any) {
		if css != "" && k.checks.Selector != nil {
			if err := k.checks.Selector(css); err != nil {
				fault(fmt.Sprintf("bad CSS selector %q: %v", css, err), key...)
			}
		}
	}
	field := func(f *Field, key ...any) {
		selector(f.Select, key...)
		if f.Match != "" {
			re, err := regexp.Compile(f.Match)
			if err != nil {
				fault(regexpFault(err), append(key, "match")...)
			}
			f.match = re
		}
	}
	fields := func(m map[string]Field, part string) {
		for _, name := range slices.Sorted(maps.Keys(m)) {
			if !slices.Contains(FieldNames, name) {
				fault("unknown field; "+strictyaml.Expected(name, FieldNames), part, "fields", name)
			}
			f := m[name]
			field(&f, part, "fields", name)
			m[name] = f
		}
	}
	selector(s.List.Item, "list", "item")
	field(&s.List.Next, "list", "next")
	field(&s.Detail.Link, "detail", "link")
	fields(s.List.Fields, "list")
	fields(s.Detail.Fields, "detail")
}

func (k *checker) keep(s *Source, fault func(string, ...any)) {
	compile := func(list []string, key string) (out []*regexp.Regexp) {
		for i, p := range list {
			if strings.TrimSpace(p) == "" {
				fault("empty: expected a regular expression; an empty one matches every title", "keep", key, i)
				continue
			}
			re, err := regexp.Compile("(?i)" + p)
			if err != nil {
				fault(regexpFault(err), "keep", key, i)
				continue
			}
			out = append(out, re)
		}
		return out
	}
	s.Keep.titles = compile(s.Keep.Titles, "titles")
	s.Keep.notTitles = compile(s.Keep.NotTitles, "not_titles")
	for i, c := range s.Keep.Countries {
		if len(c) != 2 {
			fault(fmt.Sprintf("expected a code of two letters such as IN, got %q", c), "keep", "countries", i)
		}
	}
}

func regexpFault(err error) string {
	return fmt.Sprintf("bad regular expression: %s", strings.TrimPrefix(err.Error(), "error parsing regexp: "))
}
