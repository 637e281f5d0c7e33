package guard

import (
	"crypto/tls"
	"log/slog"
	"sync"
)

// certificate is that of two files, read again when they change.
type certificate struct {
	log *slog.Logger

	mu        sync.Mutex
	cert, key watched
	pair      *tls.Certificate
}

func openCertificate(cert, key string, log *slog.Logger) (*certificate, error) {
	c := &certificate{log: log, cert: watched{path: cert}, key: watched{path: key}}
	c.changed()
	pair, err := tls.LoadX509KeyPair(cert, key)
	c.pair = &pair
	return c, err
}

func (c *certificate) changed() bool {
	cert, key := c.cert.changed(), c.key.changed()
	return cert || key
}

// get gives the certificate as it is now. While the files do not belong together, as
// between the writing of one and of the other, the one from before stays.
func (c *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.changed() {
		return c.pair, nil
	}
	pair, err := tls.LoadX509KeyPair(c.cert.path, c.key.path)
	if err != nil {
		c.log.Error("certificate refused; the one from before stays", "key", "web.cert_file", "error", err)
		return c.pair, nil
	}
	c.log.Info("certificate read again", "file", c.cert.path)
	c.pair = &pair
	return c.pair, nil
}
