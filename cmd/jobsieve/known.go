package main

import (
	"errors"
	"slices"

	"jobsieve/config"
	"jobsieve/internal/strictyaml"
	"jobsieve/ledger"
	"jobsieve/pay"
)

// checkSource refuses the name of a source, empty for none, that neither the
// configuration nor the ledger knows: nothing that is asked of it would be found.
func (a *app) checkSource(l *ledger.Ledger, flag, name string) error {
	c, err := a.loadConfig(false)
	if err != nil || name == "" {
		return err
	}
	known, err := l.KnownSources(a.ctx)
	if err != nil {
		return err
	}
	for i := range c.Sources {
		known = append(known, c.Sources[i].Name)
	}
	if slices.Contains(known, name) {
		return nil
	}
	slices.Sort(known)
	return usage("%s: no source %q: %s", flag, name, strictyaml.Expected(name, slices.Compact(known)))
}

// checkStored is checkSource with the ledger of the data folder.
func (a *app) checkStored(flag, name string) error {
	if name == "" {
		return nil
	}
	l, err := a.openLedger()
	if err != nil {
		return err
	}
	return errors.Join(a.checkSource(l, flag, name), l.Close())
}

// checkKnown is checkSource for a command that needs no ledger; well-known
// boards are known without one.
func (a *app) checkKnown(c *config.Config, flag, name string) error {
	if name == "" || pay.DefaultsOf(name) != (pay.Defaults{}) {
		return nil
	}
	if _, err := c.Source(name); err == nil {
		return nil
	}
	err := a.checkStored(flag, name)
	if errors.Is(err, ledger.ErrNone) {
		_, err = c.Source(name)
		return usage("%s: %w", flag, err)
	}
	return err
}
