package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

type healthCmd struct {
	Listen string `placeholder:"ADDR" help:"Address that the daemon listens on (default 127.0.0.1:8790, or listen in the configuration)."`
}

// Help says what for.
func (*healthCmd) Help() string {
	return `Ends with 0 if the daemon answers that it is well, with 1 and its reason if not. For health checks where there is no curl.`
}

// healthTime is the longest that the daemon may take to answer.
const healthTime = 5 * time.Second

// Run asks the daemon.
func (cmd *healthCmd) Run(a *app) error {
	listen := cmd.Listen
	if listen == "" {
		c, err := a.loadConfig(false)
		if err != nil {
			return err
		}
		listen = c.Listen
	}
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return usage("--listen: expected host:port, got %q", listen)
	}
	if host == "" || host == "0.0.0.0" || host == "::" {
		host = "127.0.0.1"
	}
	client := http.Client{Timeout: healthTime}
	resp, err := client.Get("http://" + net.JoinHostPort(host, port) + "/healthz")
	if err != nil {
		return fmt.Errorf("the daemon does not answer: is \"jobsieve serve\" running, and does it listen on %s? %w", listen, err)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<16))
	_ = resp.Body.Close()
	if err != nil {
		return fmt.Errorf("read the daemon's answer: %w", err)
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("the daemon is not well: %s", strings.TrimSpace(string(body)))
	}
	_, err = a.out.Write(body)
	return err
}
