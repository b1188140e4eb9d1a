package elastic

import (
	"testing"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/indextest"
	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/internal/elastictest"
)

func TestConformance(t *testing.T) {
	elastictest.Node(t)
	indextest.Run(t, func(t *testing.T) index.Archive {
		a, err := Open(t.Context(), options(t))
		if err != nil {
			t.Fatal(err)
		}
		return a
	})
}

func TestTwoProcessesWriteOneArchive(t *testing.T) {
	elastictest.Node(t)
	indextest.RunTwo(t, func(t *testing.T) (a, b index.Archive) {
		o := options(t)
		var archives [2]*Archive
		for i := range archives {
			var err error
			if archives[i], err = Open(t.Context(), o); err != nil {
				t.Fatal(err)
			}
		}
		return archives[0], archives[1]
	})
}

func TestTheEventRegister(t *testing.T) {
	elastictest.Node(t)
	indextest.RunRegister(t, func(t *testing.T) register.Store { return open(t) })
}
