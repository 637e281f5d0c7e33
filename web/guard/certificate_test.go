package guard

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jobsieve/config"
)

// makeCertificate writes a certificate of this machine with a name, and its key.
func makeCertificate(t *testing.T, web config.Web, name string) *x509.CertPool {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	made, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for path, block := range map[string]*pem.Block{
		web.CertFile: {Type: "CERTIFICATE", Bytes: made}, web.KeyFile: {Type: "PRIVATE KEY", Bytes: private},
	} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	parsed, err := x509.ParseCertificate(made)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return pool
}

// trusting makes the transport of a client that trusts some certificates.
func trusting(pool *x509.CertPool) *http.Transport {
	return &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, ForceAttemptHTTP2: true, DisableKeepAlives: true}
}

// TestCertificate answers with the certificate of the files as they are, and with the one
// from before while they are at fault.
func TestCertificate(t *testing.T) {
	dir := t.TempDir()
	web := config.Web{CertFile: filepath.Join(dir, "cert.pem"), KeyFile: filepath.Join(dir, "key.pem")}
	makeCertificate(t, web, "first")
	s := serve(t, "127.0.0.1:8790", web, nil, hello)
	presented := func() string {
		t.Helper()
		conn, err := tls.Dial("tcp", s.addr, &tls.Config{InsecureSkipVerify: true})
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		return conn.ConnectionState().PeerCertificates[0].Subject.CommonName
	}
	if got := presented(); got != "first" {
		t.Error(got)
	}
	makeCertificate(t, web, "second")
	if got := presented(); got != "second" {
		t.Error(got)
	}
	if err := os.WriteFile(web.KeyFile, []byte("half a k"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := presented(); got != "second" {
		t.Error(got)
	}
	makeCertificate(t, web, "third")
	if got := presented(); got != "third" {
		t.Error(got)
	}
	if log := s.log.String(); strings.Count(log, "certificate refused; the one from before stays") != 1 {
		t.Error(log)
	}
	_, err := tls.Dial("tcp", s.addr, &tls.Config{InsecureSkipVerify: true, MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10})
	if err == nil {
		t.Error("TLS 1.1 is spoken")
	}
}

// TestFilesAtFault wants a guard refused whose files can't be read, with the key.
func TestFilesAtFault(t *testing.T) {
	dir := t.TempDir()
	bad := filepath.Join(dir, "bad")
	if err := os.WriteFile(bad, []byte("asha hash\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, web := range map[string]config.Web{
		"web.tokens_file: " + bad + ":1: expected a name":   {TokensFile: bad},
		"web.tokens_file: read " + dir:                      {TokensFile: dir},
		"web.cert_file and web.key_file: open " + bad + "x": {CertFile: bad + "x", KeyFile: bad},
		"web.cert_file and web.key_file: tls: failed":       {CertFile: bad, KeyFile: bad},
		"web.proxies: expected an address":                  {Proxies: []string{"proxy"}},
	} {
		if _, err := New(&config.Config{Listen: config.DefaultListen, Web: web}, nil); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if _, err := New(&config.Config{Listen: ":8790"}, nil); err == nil || !strings.Contains(err.Error(), "listen :8790") {
		t.Errorf("%v", err)
	}
}
