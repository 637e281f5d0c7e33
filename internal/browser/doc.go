// Package browser tests the page of a running daemon in Chromium: what it shows and hands
// over, by pointer and by keyboard, at every width, in each language, with scripts and
// without; that it is accessible, asks no other host, and that hostile postings do nothing.
package browser
