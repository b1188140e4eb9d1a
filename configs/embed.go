// Package configs holds what a user edits or an operator deploys, and carries
// the shipped copies in the binary so that it runs with nothing beside it.
package configs

import (
	"embed"
	"io/fs"
	"os"
)

// Files are the shipped configuration files: dateline.yaml, gazetteers/ and
// dashboards/.
//
//go:embed *.yaml gazetteers dashboards
var Files embed.FS

// FS returns Files, or, when dir is not empty, the same tree with dir in the
// place of gazetteers/.
func FS(dir string) fs.FS {
	if dir == "" {
		return Files
	}
	return mounted{os.DirFS(dir)}
}

// mounted serves a folder under the name gazetteers.
type mounted struct{ dir fs.FS }

func (m mounted) Open(name string) (fs.File, error) {
	const mount = "gazetteers"
	switch {
	case name == mount:
		return m.dir.Open(".")
	case len(name) > len(mount) && name[:len(mount)+1] == mount+"/":
		return m.dir.Open(name[len(mount)+1:])
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}
