// Package phrase finds many phrases in a text at once.
//
// Patterns enter, written as people write them in YAML, and a text's tokens;
// the places of the phrases in it leave. A pattern with a fault of form is
// refused. Sets, values and tables know nothing of one another: each is built
// by one goroutine, and after that serves several.
package phrase
