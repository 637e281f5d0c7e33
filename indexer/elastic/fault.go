package elastic

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"syscall"
)

// ErrNotElasticsearch says that something else answers.
var ErrNotElasticsearch = errors.New("what answers there is not Elasticsearch; check the address and port, and " +
	"that no proxy takes away the header X-Elastic-Product")

// ErrNoIndex says that the alias leads to no index.
var ErrNoIndex = errors.New("there is no index of that name; make it with \"jobsieve index setup\"")

// ErrNotOwn says that the alias leads to an index that jobsieve did not make: it
// has another mapping, and what is delivered there could not be found and
// forgotten when the alias leads elsewhere.
var ErrNotOwn = errors.New("jobsieve did not make that index (its mapping has no mark); \"jobsieve index rebuild\" " +
	"makes one and points the alias at it")

// ErrReadOnly says that the index takes no documents.
var ErrReadOnly = errors.New(`the index is read-only, as Elasticsearch makes it when its disk is nearly full: free space on its disk; where the block stays, PUT _all/_settings {"index.blocks.read_only_allow_delete": null}`)

// explainTransport says what an error before any reply means, and what to do.
func explainTransport(err error) error {
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var record tls.RecordHeaderError
	var dns *net.DNSError
	message := err.Error()
	switch {
	case strings.Contains(message, "not Elasticsearch"), strings.Contains(message, "unknown product"):
		return ErrNotElasticsearch
	case errors.As(err, &unknown), strings.Contains(message, "certificate signed by unknown authority"):
		return fmt.Errorf("its certificate is not trusted: set ca_file to the certificate authority that signed "+
			"it, or fingerprint to its SHA-256: %w", err)
	case strings.Contains(message, "fingerprint"):
		return fmt.Errorf("its certificate does not have the fingerprint that is configured: %w", err)
	case errors.As(err, &host):
		return fmt.Errorf("its certificate is for another name: %w", err)
	case errors.As(err, &record), strings.Contains(message, "server gave HTTP response to HTTPS client"):
		return fmt.Errorf("it does not speak HTTPS: use an http address: %w", err)
	case errors.As(err, &dns):
		return fmt.Errorf("no such host: check the address: %w", err)
	case errors.Is(err, syscall.ECONNREFUSED):
		return fmt.Errorf("nothing listens there: is Elasticsearch running, and is the port right? %w", err)
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("it did not answer in time: %w", err)
	}
	return err
}

// serverError is an error that the server reported.
type serverError struct {
	Status int
	Type   string
	Reason string
}

func (e *serverError) Error() string {
	s := fmt.Sprintf("it answered %d %s", e.Status, http.StatusText(e.Status))
	if e.Type != "" {
		s += fmt.Sprintf(": %s: %s", e.Type, e.Reason)
	}
	return s
}

// explainStatus says what a reply other than success means, and what to do.
func explainStatus(a answer) error {
	e := &serverError{Status: a.status}
	var body struct {
		Error json.RawMessage `json:"error"`
	}
	if json.Unmarshal(a.body, &body) == nil {
		var told struct{ Type, Reason string }
		if json.Unmarshal(body.Error, &told) == nil {
			e.Type, e.Reason = told.Type, told.Reason
		} else {
			_ = json.Unmarshal(body.Error, &e.Reason) // some errors are a text
		}
	}
	switch {
	case a.header.Get("X-Elastic-Product") != "Elasticsearch" && e.Type == "" && a.status != http.StatusUnauthorized:
		return fmt.Errorf("%w: %w", ErrNotElasticsearch, e)
	case a.status == http.StatusUnauthorized:
		return fmt.Errorf("it refuses the credentials: set api_key_file, or username and password_file, under "+
			"elasticsearch: %w", e)
	case blocked(e.Type, e.Reason):
		return fmt.Errorf("%w: %w", ErrReadOnly, e)
	case a.status == http.StatusForbidden:
		const needs = "the user needs all privileges on the alias and on the indexes that are named after it"
		return fmt.Errorf("these credentials may not do this: %s: %w", needs, e)
	case e.Type == "index_not_found_exception":
		return fmt.Errorf("%w: %w", ErrNoIndex, e)
	case e.Type == "master_not_discovered_exception":
		return fmt.Errorf("its nodes have no master; more than half of those that may be one must run and reach each "+
			"other: %w", e)
	}
	return e
}

// blocked reports the error of an index that takes no documents.
func blocked(kind, reason string) bool {
	return kind == "cluster_block_exception" && (strings.Contains(reason, "read-only") ||
		strings.Contains(reason, "flood-stage") || strings.Contains(reason, "FORBIDDEN"))
}
