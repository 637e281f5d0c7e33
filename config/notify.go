package config

import (
	"fmt"
	"os"
	"regexp"
	"strings"
)

// Notify is who is told when a source turns sick, and when it is well again. The
// zero value tells nobody.
type Notify struct {
	// URL is a secret, since many services take whoever knows it for somebody known.
	URL        Secret `yaml:"url,omitempty" json:"url,omitzero" jsonschema:"description=An address that JSON is sent to\\, with POST. It is never shown."`
	Header     string `yaml:"header,omitempty" json:"header,omitempty" jsonschema:"description=The header that carries the secret.,default=Authorization"`
	Secret     Secret `yaml:"secret,omitempty" json:"secret,omitzero" jsonschema:"description=The value of the header; better in a file."`
	SecretFile string `yaml:"secret_file,omitempty" json:"secret_file,omitempty" jsonschema:"description=A file that holds the value of the header."`
}

// DefaultHeader carries the secret of a notice.
const DefaultHeader = "Authorization"

var (
	headerName  = regexp.MustCompile(`^[A-Za-z0-9-]+$`)
	headerValue = regexp.MustCompile(`^[!-~]([ -~]*[!-~])?$`)
)

// notify checks who is told, and reads the file of the secret.
func (k *checker) notify() {
	n := &k.config.Notify
	fault := func(message, key string) { k.file.Fault(message, "notify", key) }
	if n.SecretFile != "" {
		body, err := os.ReadFile(k.config.Path(n.SecretFile))
		n.Secret = NewSecret(strings.TrimSpace(string(body)))
		if err != nil {
			fault(err.Error(), "secret_file")
		} else if n.Secret.IsZero() {
			fault(n.SecretFile+" is empty; expected the secret in it", "secret_file")
		}
	}
	orText(&n.Header, DefaultHeader)
	switch {
	case n.URL.IsZero() && k.file.Tag("notify") != "":
		fault("missing: expected the http or https address that is told", "url")
	case !n.URL.IsZero() && !isHTTP(n.URL.Reveal()):
		fault("expected an http or https address", "url")
	}
	if !headerName.MatchString(n.Header) {
		fault(fmt.Sprintf("expected the name of a header, such as %s, got %q", DefaultHeader, n.Header), "header")
	}
	if !n.Secret.IsZero() && !headerValue.MatchString(n.Secret.Reveal()) {
		key := "secret"
		if n.SecretFile != "" {
			key = "secret_file"
		}
		fault("expected one line of letters, digits and signs", key)
	}
}
