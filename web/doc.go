// Package web is what a running daemon answers over HTTP: health and metrics.
package web
