// Package configs holds what a user edits or an operator deploys, and carries
// the shipped copies in the binary so that it runs with nothing beside it.
package configs

import (
	"embed"
	"io/fs"
	"os"
	"strings"
)

// Files are the shipped configuration files: dateline.yaml, gazetteers/,
// dashboards/, rules/ (of alerts) and templates/ (of their messages).
//
//go:embed *.yaml gazetteers dashboards rules templates
var Files embed.FS

// Rules returns the folder of alert rules: dir, or the shipped one when dir is
// empty.
func Rules(dir string) fs.FS { return folder("rules", dir) }

// Templates returns the folder of message templates: dir, or the shipped one
// when dir is empty.
func Templates(dir string) fs.FS { return folder("templates", dir) }

func folder(name, dir string) fs.FS {
	if dir != "" {
		return os.DirFS(dir)
	}
	shipped, err := fs.Sub(Files, name)
	if err != nil {
		panic(err) // the name is not a path
	}
	return shipped
}

// FS returns Files, or, when dir is not empty, the same tree with dir in the
// place of gazetteers/.
func FS(dir string) fs.FS { return in("gazetteers", dir) }

// Dashboards returns Files, or, when dir is not empty, the same tree with dir
// in the place of dashboards/.
func Dashboards(dir string) fs.FS { return in("dashboards", dir) }

func in(mount, dir string) fs.FS {
	if dir == "" {
		return Files
	}
	return mounted{mount, os.DirFS(dir)}
}

// mounted serves a folder under a name.
type mounted struct {
	mount string
	dir   fs.FS
}

func (m mounted) Open(name string) (fs.File, error) {
	switch {
	case name == m.mount:
		return m.dir.Open(".")
	case strings.HasPrefix(name, m.mount+"/"):
		return m.dir.Open(strings.TrimPrefix(name, m.mount+"/"))
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}
