package pgtest

import "syscall"

// asPostgres is how a program of the server is run: by the server's own user where this
// one is root, and ended when this process ends.
func asPostgres() (*syscall.SysProcAttr, error) {
	attributes := &syscall.SysProcAttr{Pdeathsig: syscall.SIGINT}
	uid, gid, err := postgresUser()
	if err == nil && uid >= 0 {
		attributes.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	return attributes, err
}
