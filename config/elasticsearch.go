package config

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

// Elasticsearch says how to reach the Elasticsearch that Index names. A secret
// may be in a file; the setting's name then ends in _file.
type Elasticsearch struct {
	// Addresses are further nodes of the cluster; Index names the first.
	Addresses    []string `yaml:"addresses,omitempty" json:"addresses,omitempty" jsonschema:"description=The URLs of further nodes of the cluster that index names\\, such as http://10.0.0.2:9200: one that does not answer is passed over. index itself must be the same on all machines."`
	Alias        string   `yaml:"alias,omitempty" json:"alias,omitempty" jsonschema:"description=The name under which searches find the index.,default=jobsieve-postings"`
	APIKey       Secret   `yaml:"api_key,omitempty" json:"api_key,omitzero" jsonschema:"description=An API key\\, encoded; better in a file."`
	APIKeyFile   string   `yaml:"api_key_file,omitempty" json:"api_key_file,omitempty" jsonschema:"description=A file that holds the API key."`
	Username     string   `yaml:"username,omitempty" json:"username,omitempty" jsonschema:"description=The user of basic authentication."`
	Password     Secret   `yaml:"password,omitempty" json:"password,omitzero" jsonschema:"description=Its password; better in a file."`
	PasswordFile string   `yaml:"password_file,omitempty" json:"password_file,omitempty" jsonschema:"description=A file that holds the password."`
	CAFile       string   `yaml:"ca_file,omitempty" json:"ca_file,omitempty" jsonschema:"description=A file with the certificate authority to trust\\, in PEM."`
	Fingerprint  string   `yaml:"fingerprint,omitempty" json:"fingerprint,omitempty" jsonschema:"description=The SHA-256 of the certificate authority's certificate\\, in hexadecimal\\, instead of ca_file."`
	// Timeout, MaxBytes and Parallel bound a delivery.
	Timeout  Duration `yaml:"timeout,omitempty" json:"timeout,omitempty" jsonschema:"description=The longest that one request may take.,default=60s"`
	MaxBytes int      `yaml:"max_bytes,omitempty" json:"max_bytes,omitempty" jsonschema:"description=The most bytes of documents in one request.,default=4194304"`
	Parallel int      `yaml:"parallel,omitempty" json:"parallel,omitempty" jsonschema:"description=How many requests are under way at once.,default=3"`
	// Replicas is how many copies other nodes hold.
	Replicas *int `yaml:"replicas,omitempty" json:"replicas,omitempty" jsonschema:"description=How many more copies of the index other nodes hold\\, as far as there are that many nodes. Where it is not set\\, a new index has up to one\\, and an index that exists stays as it is."`
}

// Over lays the environment over the settings: JOBSIEVE_ELASTICSEARCH_ALIAS
// and so on; JOBSIEVE_ELASTICSEARCH_ADDRESSES has commas between its addresses. Its
// error is a fault in these.
func (e *Elasticsearch) Over(getenv func(string) string) error {
	if addresses := getenv(EnvAddresses); addresses != "" {
		e.Addresses = strings.FieldsFunc(addresses, func(r rune) bool { return r == ',' || r == ' ' })
		for _, address := range e.Addresses {
			if err := checkNode(address); err != nil {
				return fmt.Errorf("%s: %w", EnvAddresses, err)
			}
		}
	}
	for name, to := range map[string]*string{
		"ALIAS": &e.Alias, "API_KEY_FILE": &e.APIKeyFile, "USERNAME": &e.Username, "PASSWORD_FILE": &e.PasswordFile,
		"CA_FILE": &e.CAFile, "FINGERPRINT": &e.Fingerprint,
	} {
		if v := getenv("JOBSIEVE_ELASTICSEARCH_" + name); v != "" {
			*to = v
		}
	}
	for name, to := range map[string]struct {
		secret *Secret
		file   *string
	}{"API_KEY": {&e.APIKey, &e.APIKeyFile}, "PASSWORD": {&e.Password, &e.PasswordFile}} {
		if v := getenv("JOBSIEVE_ELASTICSEARCH_" + name); v != "" {
			*to.secret = NewSecret(v)
			*to.file = getenv("JOBSIEVE_ELASTICSEARCH_" + name + "_FILE") // the configuration's yields to it
		}
	}
	return nil
}

// errNode is the fault of the address of a node. It does not show it: a mistyped one may
// hold a password.
var errNode = errors.New("expected the URL of a node of the Elasticsearch, such as http://10.0.0.2:9200, without a " +
	"name and password: those under elasticsearch hold for all nodes")

// checkNode checks the address of a further node.
func checkNode(s string) error {
	a, err := ParseAddress(s)
	if err != nil || !isHTTP(s) || a.user != "" || !a.password.IsZero() {
		return errNode
	}
	return nil
}

// elasticsearch checks how the server is reached.
func (k *checker) elasticsearch() {
	e := &k.config.Elasticsearch
	for i, address := range e.Addresses {
		if err := checkNode(address); err != nil {
			k.file.Fault(err.Error(), "elasticsearch", "addresses", i)
		}
	}
	if n := e.Replicas; n != nil && (*n < 0 || *n > mostReplicas) {
		const format = "expected a number from 0 to %d, got %d"
		k.file.Fault(fmt.Sprintf(format, mostReplicas, *n), "elasticsearch", "replicas")
	}
}

// Use takes the credentials that the address of the index carries, instead of
// others.
func (e *Elasticsearch) Use(a Address) {
	if a.user == "" && a.password.IsZero() {
		return
	}
	e.Username, e.APIKey, e.APIKeyFile = a.user, Secret{}, ""
	if !a.password.IsZero() {
		e.Password, e.PasswordFile = a.password, ""
	}
}

// hasUser reports credentials that are given apart from the address.
func (e *Elasticsearch) hasUser() bool {
	return e.Username != "" || !e.APIKey.IsZero() || e.APIKeyFile != ""
}

// Resolve reads the files that the settings name. path gives the place of a
// file.
func (e *Elasticsearch) Resolve(path func(string) string) (caCert []byte, err error) {
	for _, f := range []struct {
		file string
		to   *Secret
		name string
	}{{e.APIKeyFile, &e.APIKey, "api_key_file"}, {e.PasswordFile, &e.Password, "password_file"}} {
		if f.file == "" {
			continue
		}
		body, err := os.ReadFile(path(f.file))
		if err != nil {
			return nil, fmt.Errorf("elasticsearch.%s: %w", f.name, err)
		}
		*f.to = NewSecret(strings.TrimSpace(string(body)))
		if f.to.IsZero() {
			return nil, fmt.Errorf("elasticsearch.%s: %s is empty; expected the secret in it", f.name, f.file)
		}
	}
	if e.CAFile == "" {
		return nil, nil
	}
	if caCert, err = os.ReadFile(path(e.CAFile)); err != nil {
		return nil, fmt.Errorf("elasticsearch.ca_file: %w", err)
	}
	return caCert, nil
}
