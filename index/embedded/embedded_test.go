package embedded_test

import (
	"path/filepath"
	"testing"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/embedded"
	"github.com/dateline-news/dateline/index/indextest"
)

func open(t *testing.T, path string) *embedded.Archive {
	t.Helper()
	a, err := embedded.Open(path, embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestConformance(t *testing.T) {
	t.Cleanup(embedded.SetKeysAtOnce(16)) // as in a large archive
	indextest.Run(t, func(t *testing.T) index.Archive {
		return open(t, filepath.Join(t.TempDir(), "archive.db"))
	})
}
