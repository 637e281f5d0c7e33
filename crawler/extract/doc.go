// Package extract reads postings out of what a site sent: HTML by selectors,
// JobPosting JSON-LD, feeds, sitemaps.
//
// Strangers' bytes enter; postings leave, with texts that are plain and
// bounded. It knows nothing of the network.
package extract
