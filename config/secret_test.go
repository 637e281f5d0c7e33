package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"text/template"

	"go.yaml.in/yaml/v4"
)

const planted = "pl4nted"

// TestSecretIsNeverPrinted prints secrets in every way that there is, alone and
// deep in other values.
func TestSecretIsNeverPrinted(t *testing.T) {
	secret := NewSecret(planted)
	address, err := ParseAddress("http://elastic:" + planted + "@es.example:9200/")
	if err != nil {
		t.Fatal(err)
	}
	type deep struct {
		secret  Secret
		address Address
		Shown   Secret
		list    []Secret
		byName  map[string]any
	}
	values := []any{
		secret, &secret, address, &address, deep{secret, address, secret, []Secret{secret}, map[string]any{"a": secret, "b": &address}},
		Config{Ledger: NewSecret("postgres://me:" + planted + "@host/jobs"), Elasticsearch: Elasticsearch{APIKey: secret, Password: secret}, Sources: []Source{{APIKey: secret, login: secret}}},
		Settings{Index: address}, fmt.Errorf("wrapped: %v", secret),
	}
	for _, v := range values {
		var out bytes.Buffer
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T", "%p", "%t", "%08.3f", "%c", "%U"} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
		for _, h := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
			slog.New(h).Info("a message", "value", v)
		}
		if err := json.NewEncoder(&out).Encode(v); err != nil {
			t.Logf("json: %v", err)
		}
		if body, err := yaml.Dump(v); err == nil {
			out.Write(body)
		}
		if err := template.Must(template.New("").Parse("{{.}} {{printf \"%s %q\" . .}}")).Execute(&out, v); err != nil {
			t.Fatal(err)
		}
		for _, form := range []string{planted, fmt.Sprintf("%x", planted), fmt.Sprintf("%X", planted)} {
			if strings.Contains(out.String(), form) {
				t.Errorf("%T shows the secret:\n%s", v, out.String())
			}
		}
	}
}

func TestSecretRoundTrip(t *testing.T) {
	var e Elasticsearch
	if err := yaml.Load([]byte("api_key: "+planted+"\nusername: u\npassword: 12345\n"), &e); err != nil {
		t.Fatal(err)
	}
	if e.APIKey.Reveal() != planted || e.Password.Reveal() != "12345" || !e.APIKey.Equal(NewSecret(planted)) {
		t.Errorf("%q %q", e.APIKey.Reveal(), e.Password.Reveal())
	}
	err := yaml.Load([]byte("api_key: ["+planted+"]"), &e)
	if err == nil || strings.Contains(err.Error(), planted) {
		t.Errorf("a list: %v", err)
	}
}

func TestParseAddress(t *testing.T) {
	for _, tt := range []struct{ in, want, user, password string }{
		{in: "", want: ""},
		{in: "embedded", want: "embedded"},
		{in: "http://127.0.0.1:9200", want: "http://127.0.0.1:9200"},
		{in: "https://es.example/path/", want: "https://es.example/path"},
		{in: "http://elastic:pw@es.example:9200/", want: "http://es.example:9200", user: "elastic", password: "pw"},
		{in: "http://elastic:p%40%2Fw@[::1]:9200", want: "http://[::1]:9200", user: "elastic", password: "p@/w"},
		{in: "http://elastic@es.example", want: "http://es.example", user: "elastic"},
	} {
		a, err := ParseAddress(tt.in)
		if err != nil || a.String() != tt.want || a.user != tt.user || a.password.Reveal() != tt.password {
			t.Errorf("%q: %q %q %q, %v", tt.in, a, a.user, a.password.Reveal(), err)
		}
	}
	for _, in := range []string{
		"elastic:" + planted + "@es.example:9200", "http://elastic:" + planted + "%zz@es.example", "http://elastic:" + planted + "/x@es.example:9200",
		"http://elastic:12#" + planted + "@es.example", "http://es.example/?api_key=" + planted, "ftp://u:" + planted + "@es.example", "http://", "http://:9200",
		"http://elastic:12?" + planted + "@es.example", "https//elastic:" + planted + "@es.example",
	} {
		a, err := ParseAddress(in)
		if err == nil || strings.Contains(err.Error(), planted) {
			t.Errorf("%q: %q, %v", in, a, err)
		}
	}
}

func TestRedact(t *testing.T) {
	for in, want := range map[string]string{
		"get http://u:pl4nted@h/x: refused":                           "get http://(hidden)@h/x: refused",
		`dial "https://u:pl4@nted/@h:9200": no`:                       `dial "https://(hidden)@h:9200": no`,
		"https://h/feed?page=2&api_key=pl4nted&q=a: 500":              "https://h/feed?page=2&api_key=(hidden)&q=a: 500",
		"https://h/jobs?keyword=telecaller&apikey=pl4nted":            "https://h/jobs?keyword=telecaller&apikey=(hidden)",
		"https://h/s?X-Amz-Signature=pl4nted#top":                     "https://h/s?X-Amz-Signature=(hidden)#top",
		"write to a@b.example about https://h/jobs":                   "write to a@b.example about https://h/jobs",
		"nothing to hide":                                             "nothing to hide",
		"https://h/?access_token=pl4nted https://h/?client_secret=pl": "https://h/?access_token=(hidden) https://h/?client_secret=(hidden)",
	} {
		if got := Redact(in); got != want {
			t.Errorf("%s:\n got %s\nwant %s", in, got, want)
		}
	}
	args := RedactArgs([]string{"--index", "elastic:pl4nted@h:9200", "--index=http://u:pl4nted@h/", "run", "--source", "a", "probe", "http://u:pl4nted@h/", "--webhook", "http://h/pl4nted", "--webhook=http://h/pl4nted"})
	want := "--index (hidden) --index=http://h run --source a probe http://(hidden)@h/ --webhook (hidden) --webhook=(hidden)"
	if got := strings.Join(args, " "); got != want {
		t.Errorf("arguments: %s", got)
	}
}

// TestCredentialsMove shows which credentials hold: a flag's over those of the
// environment, those over the file's.
func TestCredentialsMove(t *testing.T) {
	for _, tt := range []struct {
		name, file, flag, user, password, key string
		env                                   map[string]string
	}{
		{name: "in the address", file: "index: http://u:p@h\n", user: "u", password: "p"},
		{name: "apart over the address", file: "index: http://u:p@h\nelasticsearch: {username: x, password: y}\n", user: "x", password: "y"},
		{name: "a key over the address", file: "index: http://u:p@h\nelasticsearch: {api_key: k}\n", key: "k"},
		{name: "environment", file: "index: http://u:p@h\n", env: map[string]string{"PASSWORD": "e"}, user: "u", password: "e"},
		{name: "flag", file: "elasticsearch: {api_key: k, username: x, password_file: f}\n", flag: "http://u:p@h", user: "u", password: "p"},
		{name: "flag without", file: "elasticsearch: {api_key: k}\n", flag: "http://h", key: "k"},
	} {
		c, err := parse("x.yaml", []byte(tt.file), testChecks)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		index, err := ParseAddress(tt.flag)
		if err != nil {
			t.Fatal(err)
		}
		Settings{Index: index}.Apply(c, func(name string) string { return tt.env[strings.TrimPrefix(name, "JOBSIEVE_ELASTICSEARCH_")] })
		e := &c.Elasticsearch
		if e.Username != tt.user || e.Password.Reveal() != tt.password || e.APIKey.Reveal() != tt.key || strings.Contains(c.Index, "@") {
			t.Errorf("%s: %s %q %q %q", tt.name, c.Index, e.Username, e.Password.Reveal(), e.APIKey.Reveal())
		}
	}
}

// TestSourceSecrets looks at the login and the keys of a source's address.
func TestSourceSecrets(t *testing.T) {
	c, err := parse("x.yaml", []byte("sources: [{name: a, kind: feed, url: \"https://u:pl4nted@h.example/f?key=s3cret&page=1\"}]"), testChecks)
	if err != nil {
		t.Fatal(err)
	}
	s := &c.Sources[0]
	if s.URL != "https://h.example/f?key=s3cret&page=1" || s.Authorization("https://h.example/x") != "Basic dTpwbDRudGVk" {
		t.Errorf("%s, %q", s.URL, s.Authorization("https://h.example/x"))
	}
	for _, elsewhere := range []string{"http://h.example/x", "https://other.example/", "https://h.example:444/"} {
		if s.Authorization(elsewhere) != "" {
			t.Errorf("the login is sent to %s", elsewhere)
		}
	}
	if got := s.Hide("https://h.example/f?key=s3cret&page=1: 500"); strings.Contains(got, "s3cret") {
		t.Error(got)
	}
}
