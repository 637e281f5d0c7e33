package config

import (
	"errors"
	"fmt"
	"io"

	"github.com/invopop/jsonschema"
	"go.yaml.in/yaml/v4"
)

// Secret is a text that can't be shown: every way of printing or encoding it
// gives "(hidden)", even where it is deep inside another value. Only Reveal
// gives the text. The zero value is no secret.
type Secret struct {
	text *string // a pointer: fmt follows none inside another value
}

// NewSecret hides a text.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{&text}
}

// Reveal gives the text, for the one place that sends it.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// IsZero reports that there is no secret.
func (s Secret) IsZero() bool { return s.text == nil }

// Equal reports the same text.
func (s Secret) Equal(t Secret) bool { return s.Reveal() == t.Reveal() }

// hidden is shown instead of a secret.
const hidden = "(hidden)"

// String hides the secret.
func (s Secret) String() string {
	if s.IsZero() {
		return ""
	}
	return hidden
}

// Format hides the secret from every verb of fmt.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// MarshalText hides the secret in JSON, in logs and wherever texts are encoded.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalYAML hides the secret in dumps.
func (s Secret) MarshalYAML() (any, error) { return s.String(), nil }

var errSecret = errors.New("expected a text")

// UnmarshalYAML reads a text; its error does not show what was there.
func (s *Secret) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind != yaml.ScalarNode {
		return errSecret
	}
	if n.Tag != "!!null" {
		*s = NewSecret(n.Value)
	}
	return nil
}

// JSONSchema says that a secret is a text.
func (Secret) JSONSchema() *jsonschema.Schema { return &jsonschema.Schema{Type: "string"} }
