package inbox

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// File is a file of the folder as it was when it was last looked at.
type File struct {
	// Path is relative to the folder.
	Path    string
	Size    int64
	ModTime time.Time
}

// Folder looks at a folder again and again. It is for one goroutine.
type Folder struct {
	dir string
	// before holds the files of the last look, done those that were dealt with.
	before, done map[string]File
}

// NewFolder returns a Folder of dir, which need not exist yet.
func NewFolder(dir string) *Folder {
	return &Folder{dir: dir, before: map[string]File{}, done: map[string]File{}}
}

// settled is how old a file is that is taken to be whole at first sight.
const settled = 5 * time.Second

// Look returns the files that are whole and not yet dealt with, in the order
// of their names, and all files there are. A file is whole when it has not
// changed since the look before, or for some seconds. Hidden files and folders are left out,
// and so is what is no plain file.
func (f *Folder) Look(now time.Time) (ready, all []File, err error) {
	current := map[string]File{}
	err = filepath.WalkDir(f.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return f.walkError(path, err)
		}
		if path != f.dir && strings.HasPrefix(d.Name(), ".") {
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if file, ok := f.stat(path, d); ok {
			current[file.Path] = file
			all = append(all, file)
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	for _, file := range all {
		if f.done[file.Path] != file && (f.before[file.Path] == file || now.Sub(file.ModTime) > settled) {
			ready = append(ready, file)
		}
	}
	f.forget(current)
	return ready, all, nil
}

// walkError lets a file vanish during the walk, but not the folder.
func (f *Folder) walkError(path string, err error) error {
	if path != f.dir {
		return nil
	}
	return fmt.Errorf("inbox folder %s cannot be read; create it or correct its path: %w", f.dir, err)
}

func (f *Folder) stat(path string, d fs.DirEntry) (File, bool) {
	if !d.Type().IsRegular() {
		return File{}, false
	}
	info, err := d.Info()
	if err != nil {
		return File{}, false
	}
	relative, err := filepath.Rel(f.dir, path)
	if err != nil {
		return File{}, false
	}
	return File{Path: relative, Size: info.Size(), ModTime: info.ModTime().UTC()}, true
}

// forget drops what is known of files that are gone.
func (f *Folder) forget(current map[string]File) {
	f.before = current
	for path := range f.done {
		if _, ok := current[path]; !ok {
			delete(f.done, path)
		}
	}
}

// Done says that the file, as it was, needs no more attention.
func (f *Folder) Done(file File) { f.done[file.Path] = file }

// Open returns the bytes of the file, at most limit of them; a longer file is
// ErrTooLarge.
func (f *Folder) Open(file File, limit int64) ([]byte, error) {
	in, err := os.Open(filepath.Join(f.dir, file.Path))
	if err != nil {
		return nil, fmt.Errorf("it cannot be read; check its permissions: %w", err)
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, limit+1))
	if err != nil {
		return nil, fmt.Errorf("it cannot be read: %w", err)
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, limit)
	}
	return data, nil
}

// Readable reports whether Read knows files of this name.
func Readable(name string) bool {
	return slices.Contains([]string{".txt", ".html", ".htm", ".eml", ".xml", ".json"}, extension(name))
}

// IsArchive reports whether ReadArchive knows files of this name.
func IsArchive(name string) bool { return extension(name) == ".warc" }

// extension is that of the file's name in lower case; for an archive .warc,
// with or without .gz.
func extension(name string) string {
	name = strings.ToLower(name)
	if plain, ok := strings.CutSuffix(name, ".warc.gz"); ok {
		name = plain + ".warc"
	}
	return filepath.Ext(name)
}

// OpenArchive opens a file that is too long to be held in memory.
func (f *Folder) OpenArchive(file File) (io.ReadCloser, error) {
	in, err := os.Open(filepath.Join(f.dir, file.Path))
	if err != nil {
		return nil, fmt.Errorf("it cannot be read; check its permissions: %w", err)
	}
	return in, nil
}
