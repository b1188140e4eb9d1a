package embedded_test

import (
	"path/filepath"
	"testing"

	"github.com/dateline-news/dateline/index/embedded"
	"github.com/dateline-news/dateline/index/indextest"
	"github.com/dateline-news/dateline/index/register"
)

func TestTheEventRegister(t *testing.T) {
	indextest.RunRegister(t, func(t *testing.T) register.Store {
		archive, err := embedded.Open(filepath.Join(t.TempDir(), "archive.db"), embedded.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := archive.Close(); err != nil {
				t.Error(err)
			}
		})
		return archive
	})
}
