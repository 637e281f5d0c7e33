// Package web is what a running daemon answers: health and metrics over HTTP,
// and, on a socket in the data folder, the commands that need the index which
// the daemon holds.
package web
