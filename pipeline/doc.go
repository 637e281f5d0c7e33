// Package pipeline runs the whole line: postings from a source are read,
// labelled, stored in the ledger and delivered to the index. One run can be
// read in one function, and counts that don't add up are an error.
package pipeline
