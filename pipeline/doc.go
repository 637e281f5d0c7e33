// Package pipeline runs the whole line: postings from a source are read,
// labelled, stored in the ledger and delivered to the index. One run is
// readable in one function, and its counts add up or it is an error.
package pipeline
