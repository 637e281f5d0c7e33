// Package jobsieve holds the files at the root that are part of the program.
package jobsieve

import _ "embed"

// SourcesIndia is sources.india.yaml, a directory of employers of the Indian market as a
// configuration: its comments, and sources that are all disabled.
//
//go:embed sources.india.yaml
var SourcesIndia string
