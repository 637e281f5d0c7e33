// Package machines tests that several machines, which share a ledger in a PostgreSQL, lose
// nothing and double nothing: real daemons crawl real hosts of this machine, and are killed,
// paused and cut off from their database meanwhile. The hosts' own logs are the judge.
package machines
