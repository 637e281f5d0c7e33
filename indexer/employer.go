package indexer

// employerOf is the employer as posted, where it is compared as a whole.
func employerOf(d *Document) any {
	if !isNamed(d.Company) {
		return ""
	}
	return d.Company
}
