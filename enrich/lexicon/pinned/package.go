// Package pinned reads the open data that gazetteers are built from out of
// packages of the Python index, each pinned by its hash so that a build gives
// the same bytes each time.
package pinned

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Package is a file of a package of the Python index, and its hash.
type Package struct {
	// Name and Version are those that pip knows the package by.
	Name, Version string
	// File is the name of the wheel or source archive.
	File string
	// SHA256 is in lower-case hex.
	SHA256 string
}

// Open returns the bytes of the package's file, read from file when that is
// given, else fetched by pip. Bytes of another hash are an error.
func (p Package) Open(ctx context.Context, file string) ([]byte, error) {
	read := p.fetch
	if file != "" {
		read = func(context.Context) ([]byte, error) { return os.ReadFile(file) }
	}
	b, err := read(ctx)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(b)
	if got := hex.EncodeToString(sum[:]); got != p.SHA256 {
		return nil, fmt.Errorf("%s: sha256 is %s, want %s", p.File, got, p.SHA256)
	}
	return b, nil
}

// fetch has pip download the file, from the index that pip is set up with.
func (p Package) fetch(ctx context.Context) ([]byte, error) {
	dir, err := os.MkdirTemp("", "pinned")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	args := []string{"-m", "pip", "download", "--quiet", "--no-deps", "--dest", dir}
	if !strings.HasSuffix(p.File, ".whl") {
		args = append(args, "--no-binary", p.Name)
	}
	pip := exec.CommandContext(ctx, "python3", append(args, p.Name+"=="+p.Version)...)
	if out, err := pip.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("pip download %s: %w\n%s", p.Name, err, out)
	}
	return os.ReadFile(filepath.Join(dir, p.File))
}

// FromZip returns the file called name in a zip archive.
func FromZip(archive []byte, name string) ([]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, err
	}
	f, err := z.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// FromTar returns the file called name in a gzipped tar archive.
func FromTar(archive []byte, name string) ([]byte, error) {
	var found []byte
	err := EachInTar(archive, func(n string, content []byte) {
		if n == name {
			found = content
		}
	})
	if err == nil && found == nil {
		err = fmt.Errorf("no file %s in the archive", name)
	}
	return found, err
}

// EachInTar calls visit with every file of a gzipped tar archive.
func EachInTar(archive []byte, visit func(name string, content []byte)) error {
	gz, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		return err
	}
	t := tar.NewReader(gz)
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		content, err := io.ReadAll(t)
		if err != nil {
			return err
		}
		visit(h.Name, content)
	}
}
