// Package classifier gives a posting a label of a rule book, or UNCLASSIFIED,
// with the evidence for it.
//
// A posting's parsed texts, facts and pay enter; a verdict leaves. The labels,
// their functions and criteria, and what speaks for each are in the rule book,
// YAML that a domain person keeps; every rule applies one of the criteria.
// Verdicts depend on these inputs alone: there is no clock, network or
// environment here.
package classifier
