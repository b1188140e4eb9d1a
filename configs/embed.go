// Package configs holds what a user edits or an operator deploys, and carries
// the shipped copies in the binary so that it runs with nothing beside it.
package configs

import "embed"

// Files are the shipped configuration files: dateline.yaml and gazetteers/.
//
//go:embed *.yaml gazetteers
var Files embed.FS
