package config

import (
	"net/netip"
	"strings"
	"testing"
)

// TestMayListen wants the daemon to answer others than this machine only where it is said
// who they are, and TLS is somebody's part; else the keys are named.
func TestMayListen(t *testing.T) {
	const who, tls = "web.tokens_file (\"jobsieve token NAME\" adds to it), or web.user_header with web.proxies", "web.cert_file and web.key_file"
	for _, tt := range []struct {
		listen, web string
		want        []string // what the error names
	}{
		{"127.0.0.1:8790", "", nil},
		{"127.9.9.9:0", "", nil},
		{`"[::1]:8790"`, "", nil},
		{`"[::ffff:127.0.0.1]:8790"`, "", nil},
		{"LOCALHOST:8790", "", nil},
		{"0.0.0.0:8790", "", []string{who, tls}},
		{":8790", "", []string{who, tls}},
		{`"[::]:8790"`, "", []string{who, tls}},
		{"10.0.0.5:8790", "", []string{who, tls}},
		{"localhost.example.org:8790", "", []string{who, tls}},
		{":8790", "tokens_file: t", []string{tls}},
		{":8790", "cert_file: c, key_file: k", []string{who}},
		{":8790", "proxies: [10.0.0.1]", []string{who}},
		{":8790", "tokens_file: t, cert_file: c, key_file: k", nil},
		{":8790", "tokens_file: t, proxies: [10.0.0.1]", nil},
		{":8790", "user_header: X-User, proxies: [10.0.0.1]", nil},
	} {
		c, err := parse("x.yaml", []byte("listen: "+tt.listen+"\nweb: {"+tt.web+"}\n"), testChecks)
		if err != nil {
			t.Fatal(err)
		}
		err = c.MayListen()
		if (err != nil) != (tt.want != nil) {
			t.Errorf("listen %s, web %s: %v", tt.listen, tt.web, err)
		}
		for _, key := range []string{who, tls} {
			named := err != nil && strings.Contains(err.Error(), key)
			if wanted := strings.Contains(strings.Join(tt.want, ","), key); named != wanted {
				t.Errorf("listen %s, web %s: %v", tt.listen, tt.web, err)
			}
		}
	}
}

// TestWebOfEnvironment lays the environment over the file.
func TestWebOfEnvironment(t *testing.T) {
	c := Default()
	env := map[string]string{"JOBSIEVE_WEB_TOKENS_FILE": "/data/tokens", "JOBSIEVE_WEB_PROXIES": "10.0.0.1, fd00::/8,::ffff:10.0.0.2"}
	Settings{}.Apply(c, func(name string) string { return env[name] })
	got, err := c.Web.Prefixes()
	if err != nil || c.Web.TokensFile != "/data/tokens" || len(got) != 3 {
		t.Fatalf("%+v: %v", c.Web, err)
	}
	for i, want := range []string{"10.0.0.1/32", "fd00::/8", "10.0.0.2/32"} {
		if got[i] != netip.MustParsePrefix(want) {
			t.Errorf("%v, want %s", got[i], want)
		}
	}
	env["JOBSIEVE_WEB_PROXIES"] = "proxy"
	Settings{}.Apply(c, func(name string) string { return env[name] })
	if err := c.MayListen(); err == nil || !strings.HasPrefix(err.Error(), "web.proxies: expected an address such as 10.0.0.5") {
		t.Errorf("%v", err)
	}
}
