// Package classifier gives a posting its label, BPO, KPO or UNCLASSIFIED, with
// the evidence for it.
//
// A posting's parsed texts, facts and pay enter; a verdict leaves. What speaks
// for a label is in a rule book, YAML that a domain person keeps; every rule
// applies one of the document's criteria. Verdicts depend on these inputs
// alone: there is no clock, network or environment here.
package classifier
