// Package serving makes HTTP servers that nobody can hold up: connections, times
// and headers are bounded.
package serving

import (
	"net"
	"net/http"
	"time"

	"golang.org/x/net/netutil"
)

// maxConnections is the most connections that are served at once; more wait.
const maxConnections = 128

// Server makes a server that drops clients that read or write slowly. Its
// requests and answers are small.
func Server(h http.Handler) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 20 * time.Second, WriteTimeout: 20 * time.Second,
		IdleTimeout: 30 * time.Second, MaxHeaderBytes: 1 << 16,
	}
}

// Limit bounds the connections of a listener.
func Limit(l net.Listener) net.Listener { return netutil.LimitListener(l, maxConnections) }
