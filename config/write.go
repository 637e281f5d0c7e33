package config

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// FreeName gives a name, with a number after it where a source already has that
// name.
func (c *Config) FreeName(name string) string {
	taken := func(name string) bool {
		return slices.ContainsFunc(c.Sources, func(s Source) bool { return s.Name == name })
	}
	free := name
	for n := 2; taken(free); n++ {
		free = fmt.Sprintf("%s-%d", name, n)
	}
	return free
}

// YAML writes the source as an entry under sources.
func (s Source) YAML() (string, error) {
	s.Fetch, s.Pages = Fetch{}, 0 // the defaults
	body, err := yaml.Dump([]Source{s}, yaml.WithIndent(2))
	if err != nil {
		return "", fmt.Errorf("write the source: %w", err)
	}
	return "  " + strings.ReplaceAll(strings.TrimSuffix(string(body), "\n"), "\n", "\n  ") + "\n", nil
}
