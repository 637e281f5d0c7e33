// Package crawler reads the postings of a source: it fetches politely, finds
// what is there, and says how complete that is. It is the only home of colly,
// and with package extract of goquery.
//
// A source enters; postings leave through a sink, and a receipt at the end.
// One bad page never stops a source.
package crawler
