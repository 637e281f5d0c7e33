//go:build !linux

package pgtest

import "syscall"

// asPostgres is how a program of the server is run: as any other.
func asPostgres() (*syscall.SysProcAttr, error) { return nil, nil }
