package main

import (
	"errors"

	"jobsieve/web"
)

type healthCmd struct {
	Listen string `placeholder:"ADDR" help:"Address that the daemon listens on (default 127.0.0.1:8790, or listen in the configuration)."`
}

// Help says what it is for.
func (*healthCmd) Help() string {
	return `Exits with 0 if the daemon says that it is healthy, with 1 and the reason if not. For health checks where there is no curl.`
}

// Run asks the daemon.
func (cmd *healthCmd) Run(a *app) error {
	listen, certFile := cmd.Listen, ""
	c, err := a.loadConfig(false)
	if err != nil && listen == "" {
		return err
	}
	if err == nil {
		certFile = c.Web.CertFile
	}
	if listen == "" {
		listen = c.Listen
	}
	body, err := web.Ask(a.ctx, listen, certFile)
	if errors.Is(err, web.ErrAddress) {
		return usage("--listen: %w", err)
	}
	if err != nil {
		return err
	}
	_, err = a.out.Write(body)
	return err
}
