// Package page is the analysts' page: it searches, shows postings with their evidence,
// and draws pay, in English and Hindi.
//
// A request enters, whose URL says everything that it asks; HTML leaves, which works
// without scripts and which htmx only refreshes in place. What a posting says is always
// text, never markup, and only http and https addresses become links. The page changes
// nothing but saved searches, by forms sent with POST, which web/guard takes only from pages
// of its own, and has nothing fetched from another host.
//
// A page is a method of pages that finds an answer, a route in New, a template whose part
// "main" shows the answer's body, and its texts in each file of texts.
// What other packages say in sentences has its English there, and its Hindi in
// texts/said.hi.yaml.
package page
