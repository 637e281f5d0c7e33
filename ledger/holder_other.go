//go:build !unix

package ledger

// holderOf can't find out here who has a file open.
func holderOf(string) int { return 0 }
