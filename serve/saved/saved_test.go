package saved_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dateline-news/dateline/internal/wiretest"
	"github.com/dateline-news/dateline/serve/saved"
)

// clock moves on with each look at it.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(time.Second)
	return c.at
}

func openStore(t *testing.T) *saved.Store {
	t.Helper()
	bus := wiretest.Bus(t)
	store, err := saved.Open(t.Context(), bus, (&clock{at: time.Date(2026, 3, 20, 9, 0, 0, 0, time.UTC)}).now)
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func names(t *testing.T, s *saved.Store, reader string) string {
	t.Helper()
	list, err := s.List(t.Context(), reader)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, one := range list {
		all = append(all, one.Name)
	}
	return strings.Join(all, ", ")
}

func TestSearchesAreTheirOwnersUntilTheyAreShared(t *testing.T) {
	s := openStore(t)
	ports, err := s.Save(t.Context(), saved.Search{Name: " Ports ", Asked: "q=port", Owner: "ayla"})
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range []saved.Search{{Name: "Ports", Owner: "bob"}, {Name: "anybody's"}, {Name: "Customs", Owner: "ayla", Shared: true}} {
		if _, err := s.Save(t.Context(), one); err != nil {
			t.Fatal(err)
		}
	}
	if got := names(t, s, "ayla"); got != "anybody's, Customs, Ports" {
		t.Errorf("ayla sees %s", got)
	}
	if got := names(t, s, ""); got != "anybody's, Customs" {
		t.Errorf("somebody without a name sees %s", got)
	}
	changed, err := s.Change(t.Context(), ports.ID, func(one *saved.Search) error { one.Name, one.Shared = "Harbours", true; return nil })
	if err != nil || !changed.Changed.After(changed.Made) {
		t.Errorf("changed at %s, made at %s: %v", changed.Changed, changed.Made, err)
	}
	if got := names(t, s, "bob"); got != "anybody's, Customs, Harbours, Ports" {
		t.Errorf("bob sees %s", got)
	}
	if err := s.Delete(t.Context(), ports.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(t.Context(), ports.ID); !errors.Is(err, saved.ErrNone) {
		t.Errorf("deleted, it gives %v", err)
	}
	if _, err := s.Change(t.Context(), ports.ID, func(*saved.Search) error { return nil }); !errors.Is(err, saved.ErrNone) {
		t.Errorf("changing what is gone gives %v", err)
	}
}

func TestNamesThatCannotBeUsedAreRefusedWithWhatToDo(t *testing.T) {
	s := openStore(t)
	if _, err := s.Save(t.Context(), saved.Search{Name: "Şuşa"}); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, says string }{
		{"  ", "give it a name"}, {"SUSA", "take another name"}, {strings.Repeat("ü", 101), "longer than 100"}, {"a\x00b", "cannot be shown"}, {"a\xff", "cannot be shown"},
	} {
		if _, err := s.Save(t.Context(), saved.Search{Name: test.name}); !errors.Is(err, saved.ErrBad) || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%q gives %v", test.name, err)
		}
	}
	if _, err := s.Get(t.Context(), "no such > id"); !errors.Is(err, saved.ErrNone) {
		t.Errorf("an id that is none gives %v", err)
	}
}

func TestNoChangeOfTwoIsLost(t *testing.T) {
	s := openStore(t)
	one, err := s.Save(t.Context(), saved.Search{Name: "x"})
	if err != nil {
		t.Fatal(err)
	}
	var writing sync.WaitGroup
	for i := range 8 {
		writing.Go(func() {
			if _, err := s.Change(t.Context(), one.ID, func(one *saved.Search) error {
				one.Asked += fmt.Sprintf("&q=%d", i)
				return nil
			}); err != nil {
				t.Error(err)
			}
		})
	}
	writing.Wait()
	if one, err = s.Get(t.Context(), one.ID); err != nil || len(one.Values()["q"]) != 8 {
		t.Errorf("%v, %v", one.Asked, err)
	}
}
