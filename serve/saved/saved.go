// Package saved keeps the searches that people saved under names of their own.
// A search belongs to who saved it, and is seen by others when it is shared.
// All processes on a bus share what is kept.
package saved

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/wire"
)

// Search is a search as somebody saved it.
type Search struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// Asked is what the address of the search page asks: q, sort and the rest,
	// encoded.
	Asked string `json:"asked"`
	// Owner is who saved it, "" where nobody has to sign in.
	Owner   string    `json:"owner,omitempty"`
	Shared  bool      `json:"shared,omitempty"`
	Made    time.Time `json:"made"`
	Changed time.Time `json:"changed"`
}

// Values are what the search asks.
func (s Search) Values() url.Values {
	values, err := url.ParseQuery(s.Asked)
	if err != nil {
		return url.Values{}
	}
	return values
}

// VisibleTo reports whether the reader of that name sees the search. One that
// was saved where nobody signs in is everybody's.
func (s Search) VisibleTo(reader string) bool {
	return s.Shared || s.Owner == "" || s.Owner == reader
}

// The errors of this package; check them with errors.Is.
var (
	// ErrNone: there is no such search.
	ErrNone = errors.New("no such saved search")
	// ErrBad: the search cannot be kept so. The error that wraps it says why.
	ErrBad = errors.New("the search cannot be saved")
)

// The most searches of one owner, and the most characters of a name.
const (
	MostOwned   = 500
	longestName = 100
	longestAsk  = 8 << 10
)

// Store keeps searches. It is safe for concurrent use, also by several
// processes.
type Store struct {
	kv  jetstream.KeyValue
	now func() time.Time
}

// Open opens the searches that all processes on the bus share.
func Open(ctx context.Context, bus *wire.Bus, now func() time.Time) (*Store, error) {
	kv, err := bus.KV(ctx, wire.BucketSearches)
	if err != nil {
		return nil, err
	}
	return &Store{kv, now}, nil
}

// List returns the searches that the reader sees, by name.
func (s *Store) List(ctx context.Context, reader string) ([]Search, error) {
	watch, err := s.kv.WatchAll(ctx, jetstream.IgnoreDeletes())
	if err != nil {
		return nil, fmt.Errorf("listing the saved searches: %w", err)
	}
	defer watch.Stop()
	var list []Search
	for {
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("listing the saved searches: %w", context.Cause(ctx))
		case entry := <-watch.Updates():
			if entry == nil { // all that was there
				slices.SortFunc(list, byName)
				return list, nil
			}
			var one Search
			if err := json.Unmarshal(entry.Value(), &one); err == nil && one.ID == entry.Key() && one.VisibleTo(reader) {
				list = append(list, one)
			}
		}
	}
}

func byName(a, b Search) int {
	if c := strings.Compare(news.Fold(a.Name), news.Fold(b.Name)); c != 0 {
		return c
	}
	return strings.Compare(a.ID, b.ID)
}

// Save keeps a new search and returns it with its id. The error wraps ErrBad
// when the name, which no other of the owner's may have, cannot be used.
func (s *Store) Save(ctx context.Context, search Search) (Search, error) {
	search.Made = s.now().UTC()
	search.Changed = search.Made
	if err := s.check(ctx, &search); err != nil {
		return search, err
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{search.Owner, search.Name, search.Made.Format(time.RFC3339Nano)}, "\x00")))
	search.ID = hex.EncodeToString(sum[:8])
	body, err := json.Marshal(search)
	if err != nil {
		return search, err
	}
	if _, err := s.kv.Create(ctx, search.ID, body); err != nil {
		return search, fmt.Errorf("saving the search %q: %w", search.Name, err)
	}
	return search, nil
}

// check returns what is wrong with a search, and trims its name.
func (s *Store) check(ctx context.Context, search *Search) error {
	search.Name = strings.TrimSpace(search.Name)
	switch {
	case search.Name == "":
		return fmt.Errorf("%w: give it a name", ErrBad)
	case utf8.RuneCountInString(search.Name) > longestName:
		return fmt.Errorf("%w: the name is longer than %d characters", ErrBad, longestName)
	case !utf8.ValidString(search.Name) || strings.ContainsFunc(search.Name, unicode.IsControl):
		return fmt.Errorf("%w: the name holds characters that cannot be shown", ErrBad)
	case len(search.Asked) > longestAsk:
		return fmt.Errorf("%w: it is too long", ErrBad)
	}
	list, err := s.List(ctx, search.Owner)
	if err != nil {
		return err
	}
	owned := 0
	for _, other := range list {
		if other.Owner != search.Owner || other.ID == search.ID {
			continue
		}
		owned++
		if news.Fold(other.Name) == news.Fold(search.Name) {
			return fmt.Errorf("%w: you have one called %q; take another name, or delete that one", ErrBad, other.Name)
		}
	}
	if owned >= MostOwned {
		return fmt.Errorf("%w: you have %d; delete some first", ErrBad, owned)
	}
	return nil
}

// Get returns a search, or ErrNone.
func (s *Store) Get(ctx context.Context, id string) (Search, error) {
	search, _, err := s.get(ctx, id)
	return search, err
}

func (s *Store) get(ctx context.Context, id string) (search Search, revision uint64, err error) {
	entry, err := s.kv.Get(ctx, id)
	if errors.Is(err, jetstream.ErrKeyNotFound) || errors.Is(err, jetstream.ErrInvalidKey) {
		return search, 0, ErrNone
	}
	if err != nil {
		return search, 0, fmt.Errorf("reading a saved search: %w", err)
	}
	if err := json.Unmarshal(entry.Value(), &search); err != nil {
		return search, 0, ErrNone
	}
	return search, entry.Revision(), nil
}

// Change lets f change a search, again when another writer was between.
func (s *Store) Change(ctx context.Context, id string, f func(*Search) error) (Search, error) {
	for {
		search, revision, err := s.get(ctx, id)
		if err != nil {
			return search, err
		}
		if err := f(&search); err != nil {
			return search, err
		}
		if err := s.check(ctx, &search); err != nil {
			return search, err
		}
		search.Changed = s.now().UTC()
		body, err := json.Marshal(search)
		if err != nil {
			return search, err
		}
		_, err = s.kv.Update(ctx, id, body, revision)
		if errors.Is(err, jetstream.ErrKeyRevisionMismatch) {
			continue
		}
		if err != nil {
			return search, fmt.Errorf("changing the saved search %q: %w", search.Name, err)
		}
		return search, nil
	}
}

// Delete removes a search.
func (s *Store) Delete(ctx context.Context, id string) error {
	if err := s.kv.Delete(ctx, id); err != nil {
		return fmt.Errorf("deleting a saved search: %w", err)
	}
	return nil
}
