// Package job holds the nouns that every other package shares: what a posting
// is, what was read from it, what label it got and why, and what a run did.
//
// It does no work beyond reading and writing these nouns as JSON, and imports
// the standard library only.
package job
