// Package corpustest runs tests over the corpora in ../shared, which is not
// part of this repository. Every case of a corpus passes or is listed, by its
// id and with the reason, in a file of deviations beside the test; a listed
// case that passes fails the test, so that the list cannot grow old.
package corpustest

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Read returns a file of ../shared/corpora, without its gzip where the name
// ends in .gz. Where ../shared is missing the test is skipped, in one line.
func Read(t testing.TB, elem ...string) []byte {
	t.Helper()
	path := filepath.Join(append([]string{root(t), "..", "shared", "corpora"}, elem...)...)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("shared/ is missing beside this checkout: no %s", filepath.Join(elem...))
	}
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasSuffix(path, ".gz") {
		return gunzip(t, data)
	}
	return data
}

// root is the folder of go.mod.
func root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("the test runs outside the module")
		}
		dir = up
	}
}

func gunzip(t testing.TB, data []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

// Tar returns the files of a .tar.gz of the corpora by their paths.
func Tar(t testing.TB, elem ...string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	archive := tar.NewReader(bytes.NewReader(Read(t, elem...)))
	for {
		h, err := archive.Next()
		if err == io.EOF {
			return files
		}
		if err != nil {
			t.Fatal(err)
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		if files[strings.TrimPrefix(h.Name, "./")], err = io.ReadAll(archive); err != nil {
			t.Fatal(err)
		}
	}
}

// Lines decodes each line of a file of JSON lines and hands it to visit.
func Lines[T any](t testing.TB, data []byte, visit func(T)) {
	t.Helper()
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, len(data)+1)
	for lines.Scan() {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		visit(v)
	}
}

// Deviations are the cases that are read otherwise on purpose.
type Deviations struct {
	file    string
	reasons map[string]string
	ran     map[string]bool
	// Passed and Deviated count the cases so far.
	Passed, Deviated int
}

// Open reads a file of deviations: a line is a case's id, a tab and the
// reason; lines that begin with # and empty ones are for people. Once the
// test has run, a listed case that did not come up is an error.
func Open(t *testing.T, file string) *Deviations {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	d := &Deviations{file: file, reasons: map[string]string{}, ran: map[string]bool{}}
	for i, line := range strings.Split(string(data), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		id, reason, ok := strings.Cut(line, "\t")
		if !ok || strings.TrimSpace(reason) == "" {
			t.Fatalf("%s:%d: want an id, a tab and the reason", file, i+1)
		}
		if d.reasons[id] != "" {
			t.Errorf("%s:%d: %s is listed twice", file, i+1, id)
		}
		d.reasons[id] = reason
	}
	t.Cleanup(func() {
		if t.Skipped() {
			return
		}
		for id := range d.reasons {
			if !d.ran[id] {
				t.Errorf("%s lists %s, which is no case", file, id)
			}
		}
		t.Logf("%d cases pass, %d deviate", d.Passed, d.Deviated)
	})
	return d
}

// Case reports the outcome of one case: difference is "" when it passes.
func (d *Deviations) Case(t *testing.T, id, difference string) {
	t.Helper()
	if d.ran[id] {
		t.Errorf("two cases are called %s", id)
	}
	d.ran[id] = true
	listed := d.reasons[id] != ""
	switch {
	case difference == "" && listed:
		t.Errorf("%s passes, although %s lists it; take it out", id, d.file)
	case difference == "":
		d.Passed++
	case listed:
		d.Deviated++
	default:
		t.Errorf("%s: %s", id, difference)
	}
}
