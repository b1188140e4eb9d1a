package app

import (
	"io"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/dateline-news/dateline/internal/agencytest"
)

// TestDamagedArchiveIsToldAndRebuiltFromTheStreams makes the archive
// unreadable between two runs.
func TestDamagedArchiveIsToldAndRebuiltFromTheStreams(t *testing.T) {
	site := agencytest.New(item("precious"))
	defer site.Close()
	data := t.TempDir()
	first := start(t, data, settings(feedSource(site)))
	first.one(t, "precious")
	if err := first.stop(); err != nil {
		t.Fatal(err)
	}
	damage(t, archivePath(data))

	c := settings()
	c.Data, c.Listen = data, "127.0.0.1:0"
	options := Options{Config: c, Stages: All, Logger: slog.New(slog.DiscardHandler), Out: io.Discard, Now: time.Now}
	if err := Run(t.Context(), options); err == nil || !strings.Contains(err.Error(), "dateline index rebuild") {
		t.Fatalf("error is %v", err)
	}
	if _, err := Rebuild(t.Context(), options, nil); err != nil {
		t.Fatal(err)
	}
	start(t, data, settings()).one(t, "precious") // the site is not polled again
}

// damage overwrites the middle of a file.
func damage(t *testing.T, path string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt([]byte(strings.Repeat("damaged ", 4096)), info.Size()/4); err != nil {
		t.Fatal(err)
	}
}
