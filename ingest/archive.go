package ingest

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/dateline-news/dateline/ingest/feed"
	"github.com/dateline-news/dateline/ingest/fetch"
	"github.com/dateline-news/dateline/ingest/warc"
)

// DefaultWARCFile is the size, in bytes, at which a file of the archive is
// closed and the next one begun.
const DefaultWARCFile = 256 << 20

// recordMetadata is the type of the record that says which source's item an
// answer is of; it follows the answer.
const recordMetadata = "metadata"

// asked is what a page was fetched for.
type asked struct {
	Source string    `json:"source"`
	Item   feed.Item `json:"item"`
}

// archive keeps every answer of publishers' servers in WARC files, so that a
// better extractor can be run over them: see Reprocess. It is a copy beside
// the work: where it cannot be written, ingestion goes on, and says so.
type archive struct {
	dir, name string
	limit     int64
	now       func() time.Time
	log       *slog.Logger

	mu      sync.Mutex
	file    *os.File
	size    int64
	serial  int
	failing bool
}

// A file that is written to has another name than one that is whole.
const (
	archiveSuffix = ".warc.gz"
	openSuffix    = ".open"
)

// openArchive makes the folder, and closes the files that a crash left open.
func openArchive(o Options) (*archive, error) {
	if err := os.MkdirAll(o.WARC, 0o750); err != nil {
		return nil, fmt.Errorf("make the folder of the WARC archive: %w; choose another data folder with --data DIR, or switch ingest.warc off", err)
	}
	a := &archive{dir: o.WARC, name: fileName(o.Holder), limit: o.WARCFile, now: o.Now, log: o.Logger}
	left, err := filepath.Glob(filepath.Join(a.dir, "*-"+a.name+"-*"+archiveSuffix+openSuffix))
	if err != nil {
		return nil, fmt.Errorf("look through the WARC archive: %w", err)
	}
	for _, path := range left {
		if err := os.Rename(path, strings.TrimSuffix(path, openSuffix)); err != nil {
			return nil, fmt.Errorf("close a file of the WARC archive: %w", err)
		}
	}
	return a, nil
}

// fileName makes a part of a file's name of what names a process.
func fileName(holder string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' {
			return r
		}
		return '_'
	}, holder)
}

// keep writes an answer to the archive.
func (a *archive) keep(f fetch.Fetched) {
	if f.Status == 0 {
		return // no answer came
	}
	records := []*warc.Record{warc.ResponseRecord(&warc.Response{URL: f.URL, Date: f.Began, Status: f.Status, Header: f.Header, Body: f.Body, Truncated: f.Truncated})}
	if note, ok := f.Note.(asked); ok {
		block, err := json.Marshal(note)
		if err == nil {
			records = append(records, &warc.Record{Type: recordMetadata, URL: f.URL, Date: f.Began, ContentType: "application/json", Block: block})
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	err := a.write(records)
	if (err != nil) != a.failing {
		a.failing = err != nil
		if a.failing {
			a.log.Error("answers are not kept in the WARC archive", "error", err)
		} else {
			a.log.Info("answers are kept in the WARC archive again")
		}
	}
}

// write appends the records, to a new file when the last one is full.
func (a *archive) write(records []*warc.Record) error {
	if a.file != nil && a.size >= a.limit {
		if err := a.end(); err != nil {
			return err
		}
	}
	if a.file == nil {
		if err := a.begin(); err != nil {
			return err
		}
	}
	for _, r := range records {
		if err := warc.NewWriter(a).Write(r); err != nil {
			// What stands behind a broken record may not be found again.
			return errors.Join(err, a.end())
		}
	}
	return nil
}

// Write counts what goes to the file.
func (a *archive) Write(p []byte) (int, error) {
	n, err := a.file.Write(p)
	a.size += int64(n)
	return n, err
}

func (a *archive) begin() error {
	now := a.now().UTC()
	a.serial++
	name := fmt.Sprintf("%s-%s-%05d%s", now.Format("20060102T150405.000"), a.name, a.serial, archiveSuffix)
	file, err := os.OpenFile(filepath.Join(a.dir, name+openSuffix), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o640)
	if err != nil {
		return fmt.Errorf("begin a file of the WARC archive: %w", err)
	}
	a.file, a.size = file, 0
	return warc.NewWriter(a).Write(warc.InfoRecord(now, [][2]string{
		{"software", "Dateline"}, {"format", "WARC File Format 1.1"}, {"conformsTo", "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"},
		{"robots", "classic"},
	}))
}

// end closes the file that is written to.
func (a *archive) end() error {
	file := a.file
	a.file = nil
	path := file.Name()
	if err := file.Close(); err != nil {
		return fmt.Errorf("end a file of the WARC archive: %w", err)
	}
	if err := os.Rename(path, strings.TrimSuffix(path, openSuffix)); err != nil {
		return fmt.Errorf("end a file of the WARC archive: %w", err)
	}
	return nil
}

// close ends the archive.
func (a *archive) close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.file == nil {
		return nil
	}
	return a.end()
}

// isAnswer reports whether a record is of a page that was there, or of one
// that had not changed.
func isAnswer(status int) bool { return status == http.StatusOK || status == http.StatusNotModified }
