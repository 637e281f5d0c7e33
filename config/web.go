package config

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"regexp"
	"strings"
)

// Web says whom the daemon answers, and how much. The zero value answers this machine
// alone, and asks nobody who they are.
type Web struct {
	TokensFile string   `yaml:"tokens_file,omitempty" json:"tokens_file,omitempty" jsonschema:"description=A file with those who may ask: a line NAME HASH for each token\\, as \"jobsieve token NAME\" writes it. Where it is set\\, whoever asks needs a token. It is read again when it changes."`
	UserHeader string   `yaml:"user_header,omitempty" json:"user_header,omitempty" jsonschema:"description=The header in which a reverse proxy says who asks\\, such as X-Forwarded-User. It is believed from proxies alone. Where it is set\\, whoever asks needs it\\, or a token."`
	Proxies    []string `yaml:"proxies,omitempty" json:"proxies,omitempty" jsonschema:"description=Addresses of the reverse proxies in front\\, or their networks\\, such as 10.0.0.0/24. TLS is their part\\, unless cert_file is set."`
	Hosts      []string `yaml:"hosts,omitempty" json:"hosts,omitempty" jsonschema:"description=Names by which browsers reach the daemon\\, such as jobs.example.org. Those of this machine and its addresses are known."`
	CertFile   string   `yaml:"cert_file,omitempty" json:"cert_file,omitempty" jsonschema:"description=A file with the certificate for TLS and those between it and the authority\\, in PEM. It is read again when it changes."`
	KeyFile    string   `yaml:"key_file,omitempty" json:"key_file,omitempty" jsonschema:"description=A file with the key of the certificate\\, in PEM."`
	// Requests and Cost bound what one client may ask.
	Requests int `yaml:"requests_per_second,omitempty" json:"requests_per_second,omitempty" jsonschema:"description=How many requests a second one client may send for long.,default=50"`
	Cost     int `yaml:"cost_per_second,omitempty" json:"cost_per_second,omitempty" jsonschema:"description=What the questions of one client may cost a second for long: a search costs 1\\, a report or an export 10.,default=50"`
}

var (
	hostName = regexp.MustCompile(`^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?$`)

	errPrefix = errors.New("expected an address such as 10.0.0.5, or a network such as 10.0.0.0/24")
)

// web checks whom the daemon answers. The files are read where it is started.
func (k *checker) web() {
	w := &k.config.Web
	fault := func(message string, key ...any) { k.file.Fault(message, append([]any{"web"}, key...)...) }
	for i, proxy := range w.Proxies {
		if _, err := parsePrefix(proxy); err != nil {
			fault(err.Error(), "proxies", i)
		}
	}
	for i, host := range w.Hosts {
		if !isHostName(host) {
			const format = "expected the name of a host without port, such as jobs.example.org, got %q"
			fault(fmt.Sprintf(format, host), "hosts", i)
		}
	}
	if w.UserHeader != "" && !headerName.MatchString(w.UserHeader) {
		const format = "expected the name of a header, such as X-Forwarded-User, got %q"
		fault(fmt.Sprintf(format, w.UserHeader), "user_header")
	}
	if w.UserHeader != "" && len(w.Proxies) == 0 {
		fault("nobody is believed: name the addresses of the proxy that sends it, under proxies", "user_header")
	}
	if w.CertFile != "" && w.KeyFile == "" {
		fault("missing: cert_file needs the file of its key", "key_file")
	}
	if w.CertFile == "" && w.KeyFile != "" {
		fault("missing: key_file needs the file of its certificate", "cert_file")
	}
	whole(k, &w.Requests, mostPerSecond, DefaultRequests, "web", "requests_per_second")
	whole(k, &w.Cost, mostPerSecond, DefaultCost, "web", "cost_per_second")
}

// isHostName reports a name or an address without port.
func isHostName(s string) bool {
	_, err := netip.ParseAddr(s)
	return err == nil || hostName.MatchString(s)
}

func parsePrefix(s string) (netip.Prefix, error) {
	if a, err := netip.ParseAddr(s); err == nil && a.Zone() == "" {
		a = a.Unmap()
		return netip.PrefixFrom(a, a.BitLen()), nil
	}
	p, err := netip.ParsePrefix(s)
	if err != nil {
		return netip.Prefix{}, fmt.Errorf("%w, got %q", errPrefix, s)
	}
	return p.Masked(), nil
}

// Prefixes gives the networks of the proxies.
func (w *Web) Prefixes() ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, proxy := range w.Proxies {
		p, err := parsePrefix(proxy)
		if err != nil {
			return nil, fmt.Errorf("web.proxies: %w", err)
		}
		out = append(out, p)
	}
	return out, nil
}

// Asks reports that whoever asks must say who they are.
func (w *Web) Asks() bool { return w.TokensFile != "" || w.UserHeader != "" }

// Over lays the environment over the settings: JOBSIEVE_WEB_TOKENS_FILE, and
// JOBSIEVE_WEB_PROXIES, which has commas between its addresses.
func (w *Web) Over(getenv func(string) string) {
	if file := getenv("JOBSIEVE_WEB_TOKENS_FILE"); file != "" {
		w.TokensFile = file
	}
	if proxies := getenv("JOBSIEVE_WEB_PROXIES"); proxies != "" {
		w.Proxies = strings.FieldsFunc(proxies, func(r rune) bool { return r == ',' || r == ' ' })
	}
}

// Loopback reports an address to listen on that this machine alone reaches.
func Loopback(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return false
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.Unmap().IsLoopback() || strings.EqualFold(host, "localhost")
}

// MayListen refuses to let others than this machine ask where nobody is asked who they
// are, or where what they send may be read on its way.
func (c *Config) MayListen() error {
	if _, err := c.Web.Prefixes(); err != nil {
		return err
	}
	if Loopback(c.Listen) {
		return nil
	}
	var missing []string
	if !c.Web.Asks() {
		missing = append(missing, "who may ask: web.tokens_file (\"jobsieve token NAME\" adds to it), "+
			"or web.user_header with web.proxies")
	}
	if c.Web.CertFile == "" && len(c.Web.Proxies) == 0 {
		missing = append(missing, "TLS: web.cert_file and web.key_file, "+
			"or web.proxies with the addresses of a reverse proxy in front")
	}
	if len(missing) == 0 {
		return nil
	}
	return &ExposedError{c.Listen, missing}
}

// ExposedError says what is missing for listening on an address that others reach.
type ExposedError struct {
	Listen  string
	Missing []string
}

func (e *ExposedError) Error() string {
	return fmt.Sprintf("listen %s is not this machine alone; the configuration needs\n  - %s\nor listen on %s",
		e.Listen, strings.Join(e.Missing, "\n  - "), DefaultListen)
}
