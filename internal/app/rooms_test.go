package app

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/dateline-news/dateline/"

// mayImport says which rooms a room's code may import; cmd and internal may
// import every one.
var mayImport = map[string][]string{
	"news":    {},
	"configs": {},
	"wire":    {"news"},
	"ingest":  {"news", "wire", "ingest", "internal"},
	"enrich":  {"news", "wire", "enrich", "configs"},
	"index":   {"news", "wire", "index", "internal"},
	"alert":   {"news", "wire", "index", "alert", "internal"},
	"serve":   {"news", "wire", "index", "serve", "configs", "alert"},
}

// TestImportsPointOneWay keeps the stages from knowing one another.
func TestImportsPointOneWay(t *testing.T) {
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == "bench" || strings.HasPrefix(d.Name(), ".") && file != root) {
			return fs.SkipDir
		}
		relative, _ := filepath.Rel(root, file)
		room, _, _ := strings.Cut(filepath.ToSlash(relative), "/")
		allowed, ruled := mayImport[room]
		if !ruled || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		for _, imported := range imports(t, file) {
			if !slices.Contains(allowed, imported) {
				t.Errorf("%s imports %s: room %s may import only %v of ours", relative, imported, room, allowed)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// imports returns the rooms that a file imports.
func imports(t *testing.T, file string) []string {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var rooms []string
	for _, i := range parsed.Imports {
		name, _ := strconv.Unquote(i.Path.Value)
		if ours, ok := strings.CutPrefix(name, module); ok {
			room, _, _ := strings.Cut(path.Clean(ours), "/")
			rooms = append(rooms, room)
		}
	}
	return rooms
}
