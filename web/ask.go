package web

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"
)

// askTime is the longest that a daemon may take to answer.
const askTime = 5 * time.Second

// ErrAddress says that an address isn't valid.
var ErrAddress = errors.New("expected host:port")

// Ask asks the daemon that listens on an address whether it is well, and gives
// what it says. certFile is that of its certificate, empty where it has none. Its
// error says what is wrong with the daemon, or why it could not be asked.
func Ask(ctx context.Context, listen, certFile string) ([]byte, error) {
	address, err := nearby(listen)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	client, scheme, err := clientFor(certFile)
	if err != nil {
		return nil, err
	}
	defer client.CloseIdleConnections()
	url := scheme + "://" + address + "/healthz"
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return nil, fmt.Errorf("%w, got %q", ErrAddress, listen)
	}
	resp, err := client.Do(req)
	if err != nil {
		const format = "the daemon does not answer: is \"jobsieve serve\" running, and does it listen on %s? %w"
		return nil, fmt.Errorf(format, listen, err)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<16))
	_ = resp.Body.Close()
	if err != nil {
		return nil, fmt.Errorf("read the daemon's answer: %w", err)
	}
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the daemon is not healthy: %s", bytes.TrimSpace(body))
	}
	return body, nil
}

// clientFor makes a client of a daemon with a certificate, which it trusts alone, and by
// whatever name it is reached.
func clientFor(certFile string) (client *http.Client, scheme string, err error) {
	if certFile == "" {
		return http.DefaultClient, "http", nil
	}
	body, err := os.ReadFile(certFile)
	if err != nil {
		return nil, "", fmt.Errorf("web.cert_file: %w", err)
	}
	block, _ := pem.Decode(body)
	if block == nil {
		return nil, "", fmt.Errorf("web.cert_file: expected a certificate in PEM in %s", certFile)
	}
	same := func(presented [][]byte, _ [][]*x509.Certificate) error {
		if len(presented) == 0 || !bytes.Equal(presented[0], block.Bytes) {
			return fmt.Errorf("it has another certificate than %s", certFile)
		}
		return nil
	}
	return &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{
		MinVersion: tls.VersionTLS12, InsecureSkipVerify: true, VerifyPeerCertificate: same,
	}}}, "https", nil
}

// nearby gives the address at which this machine reaches what listens on one.
func nearby(listen string) (string, error) {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return "", fmt.Errorf("%w, got %q", ErrAddress, listen)
	}
	if host == "" || host == "0.0.0.0" || host == "::" {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port), nil
}
