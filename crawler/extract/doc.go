// Package extract reads postings out of what a site sent: HTML by selectors,
// JobPosting JSON-LD, feeds, sitemaps.
//
// Bytes of strangers enter; postings leave, with texts that are plain and
// bounded. It knows nothing of the network.
package extract
