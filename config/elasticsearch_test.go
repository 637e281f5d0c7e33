package config

import (
	"errors"
	"slices"
	"testing"
)

// TestNodes reads further nodes of an Elasticsearch from the environment.
func TestNodes(t *testing.T) {
	env := map[string]string{EnvAddresses: "http://es-2:9200, https://es-3:9200"}
	getenv := func(name string) string { return env[name] }
	e := Elasticsearch{Addresses: []string{"http://other:9200"}}
	want := []string{"http://es-2:9200", "https://es-3:9200"}
	if err := e.Over(getenv); err != nil || !slices.Equal(e.Addresses, want) {
		t.Errorf("%v %v, want %v", e.Addresses, err, want)
	}
	for _, bad := range []string{"es-2", "http://user@es-2:9200", "http://:secret@es-2:9200", "http://es-2:9200?a=b", "ftp://es-2"} {
		env[EnvAddresses] = bad
		if err := new(Elasticsearch).Over(getenv); !errors.Is(err, errNode) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
