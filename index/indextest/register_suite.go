package indextest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
)

// RunRegister holds a store of the event register to its part of the suite.
// open returns a new, empty store.
func RunRegister(t *testing.T, open func(t *testing.T) register.Store) {
	for name, test := range map[string]func(*testing.T, register.Store){
		"readings": testReadings, "records": testRecords, "lists": testLists, "two indexers": testTwoIndexers,
		"better enricher": testBetterEnricher, "year of an edition": testYearOfAnEdition, "overrides": testOverrides,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
	t.Run("register in any order", func(t *testing.T) {
		t.Parallel()
		testRegisterInAnyOrder(t, open)
	})
	t.Run("rebuild", func(t *testing.T) {
		t.Parallel()
		testRegisterRebuild(t, open)
	})
}

// told is a report of one revision that tells of an event.
func told(id string, revision int, event news.Event) *news.Report {
	at := time.Date(2015, 1, 1, 9, 0, 0, 0, time.UTC).Add(time.Duration(len(id)+revision) * time.Hour)
	r := &news.Report{
		ID: id, Revision: revision, Source: "local", Agency: "Local", Published: at, Seen: at,
		Text: "The conference will be held in Baku.", Events: []news.Event{event},
	}
	if event.Place != "" {
		r.Places = []news.Place{{ID: "p", Name: event.Place, Country: "AZ", Kind: "city"}}
	}
	if revision > 1 {
		r.Modified = at.Add(24 * time.Hour)
	}
	return r
}

func picard(year int, change func(*news.Event)) news.Event {
	e := news.Event{
		Name: "PICARD Conference", Series: "picard", Kind: "conference", Year: year, Status: news.EventAnnounced,
		Start: news.Day(year, 9, 8), End: news.Day(year, 9, 11), Place: "Baku", Span: news.Span{Start: 0, End: 36},
	}
	if change != nil {
		change(&e)
	}
	return e
}

// testRegisterInAnyOrder takes readings in several orders, with repetitions
// and in batches of any size: the records end the same.
func testRegisterInAnyOrder(t *testing.T, open func(t *testing.T) register.Store) {
	seeds, rounds := uint64(4), 3
	if testing.Short() {
		seeds, rounds = 1, 2
	}
	for seed := range seeds {
		random := rand.New(rand.NewPCG(seed, 80))
		readings := season(random)
		var want []register.Record
		for round := range rounds {
			s, stream := open(t), newEvents()
			g := registerOver(s, stream)
			mixed := slices.Concat(readings, readings[:len(readings)/3])
			if round == 0 {
				mixed = readings
			} else {
				random.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
			}
			for len(mixed) > 0 {
				n := 1 + random.IntN(min(9, len(mixed)))
				take(t, g, mixed[:n]...)
				mixed = mixed[n:]
			}
			stream.announced(t)
			got := everything(t, s)
			if round == 0 {
				want = got
				continue
			}
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("seed %d, round %d: other records (-in order +mixed):\n%s", seed, round, diff)
			}
		}
	}
}

// season makes readings of reports with several events and revisions.
func season(random *rand.Rand) []register.Reading {
	var readings []register.Reading
	reports := 10
	if testing.Short() {
		reports = 5
	}
	for i := range reports {
		id := fmt.Sprintf("report-%0*d", 1+random.IntN(9), i)
		for revision := 1; revision <= 1+random.IntN(2); revision++ {
			r := told(id, revision, picard(2015+random.IntN(2), func(e *news.Event) {
				e.Status = []string{news.EventAnnounced, news.EventAnnounced, news.EventPostponed, news.EventCancelled, news.EventConfirmed}[random.IntN(5)]
				e.Start = e.Start.AddDays(random.IntN(3))
				e.End = e.End.AddDays(3)
				if random.IntN(3) == 0 {
					e.Edition = fmt.Sprint(9 + e.Year - 2015)
				}
				if random.IntN(4) == 0 {
					e.Edition, e.Year, e.Start, e.End = "9", 0, news.Moment{}, news.Moment{}
				}
			}))
			if random.IntN(4) == 0 {
				r.Story = "story"
			}
			if revision > 1 && random.IntN(3) == 0 {
				r.Status, r.Text, r.Events = news.StatusWithdrawn, "", nil
			}
			readings = append(readings, register.Read(r, 1))
		}
	}
	return readings
}

// testTwoIndexers takes the same readings from several goroutines at once.
func testTwoIndexers(t *testing.T, s register.Store) {
	readings, stream := season(rand.New(rand.NewPCG(9, 81))), newEvents()
	var group sync.WaitGroup
	for n := range 3 {
		group.Go(func() {
			g := registerOver(s, stream)
			random := rand.New(rand.NewPCG(uint64(n), 82))
			for _, i := range random.Perm(len(readings)) {
				if err := g.Take(context.Background(), readings[i:i+1]); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	stream.announced(t)
	got := everything(t, s)
	for subject, entries := range stream.entries {
		for i, e := range entries {
			entry, err := register.DecodeEntry(e.Body)
			if err != nil || entry.Record.Entry != i+1 {
				t.Errorf("entry %d of %s has number %+v, %v", i+1, subject, entry, err)
			}
		}
	}
	if len(got) == 0 {
		t.Error("there are no records")
	}
	// What is left after the race is what the readings say.
	g := registerOver(s, stream)
	take(t, g, readings...)
	if diff := cmp.Diff(got, everything(t, s), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("the race left something else than the readings say (-race +after):\n%s", diff)
	}
}

// testBetterEnricher reads a report anew and finds that it spoke of another
// event.
func testBetterEnricher(t *testing.T, s register.Store) {
	stream := newEvents()
	g := registerOver(s, stream)
	take(t, g, register.Read(told("a", 1, picard(2015, nil)), 1))
	take(t, g, register.Read(told("a", 1, picard(2016, nil)), 2))
	take(t, g, register.Read(told("a", 1, picard(2015, nil)), 1)) // a replay
	var ids []string
	for _, r := range everything(t, s) {
		ids = append(ids, r.ID)
	}
	if diff := cmp.Diff([]string{"picard-2016-conference"}, ids); diff != "" {
		t.Errorf("the events (-want +got):\n%s", diff)
	}
	old, err := s.Record(context.Background(), "picard-2015-conference")
	if err != nil || old.Listed() || old.Name != "PICARD Conference" {
		t.Errorf("the event that nothing speaks of is %+v, %v", old, err)
	}
}

func testYearOfAnEdition(t *testing.T, s register.Store) {
	stream := newEvents()
	g := registerOver(s, stream)
	edition := func(e *news.Event) { e.Edition, e.Year, e.Start, e.End = "9", 0, news.Moment{}, news.Moment{} }
	take(t, g, register.Read(told("a", 1, picard(2015, edition)), 1))
	take(t, g, register.Read(told("bb", 1, picard(2015, func(e *news.Event) { e.Edition = "9" })), 1))
	take(t, g, register.Read(told("ccc", 1, picard(2015, func(e *news.Event) { e.Status = news.EventCancelled })), 1))
	want := []string{"picard-e9-conference new_edition", "picard-2015-conference dates_set", "picard-2015-conference cancelled"}
	if diff := cmp.Diff(want, stream.announced(t)); diff != "" {
		t.Errorf("what is announced (-want +got):\n%s", diff)
	}
	all := everything(t, s)
	if len(all) != 1 || all[0].ID != "picard-2015-conference" || len(all[0].Versions) != 3 {
		t.Errorf("the records are %+v", all)
	}
	part, err := s.Record(context.Background(), "picard-e9-conference")
	if err != nil || part.MergedInto != "picard-2015-conference" {
		t.Errorf("the edition's record is %+v, %v", part, err)
	}
}

func testOverrides(t *testing.T, s register.Store) {
	ctx := context.Background()
	g := registerOver(s, newEvents())
	take(t, g, register.Read(told("a", 1, picard(2015, nil)), 1))
	at := time.Date(2015, 2, 1, 0, 0, 0, 0, time.UTC)
	const id = "picard-2015-conference"
	o := register.Override{Field: register.FieldStatus, Value: news.EventCancelled, By: "Leyla", Reason: "letter of the host", At: at}
	r, err := g.Override(ctx, id, o)
	if err != nil || r.Status != news.EventCancelled || len(r.Overrides) != 1 || r.Versions[1].Override != r.Overrides[0].ID {
		t.Fatalf("the overridden record is %+v, %v", r, err)
	}
	if again, err := g.Override(ctx, id, o); err != nil || again.Entry != r.Entry {
		t.Errorf("a second try gives %+v, %v", again, err)
	}
	take(t, g, register.Read(told("bb", 1, picard(2015, func(e *news.Event) { e.Status = news.EventConfirmed })), 1))
	stored, err := s.Record(ctx, id)
	if err != nil || stored.Status != news.EventCancelled {
		t.Errorf("a report undoes the override: %+v, %v", stored, err)
	}
	r, err = g.Revoke(ctx, id, r.Overrides[0].ID, "Leyla", "the letter was false", at.AddDate(0, 1, 0))
	if err != nil || r.Status != news.EventConfirmed || r.Overrides[0].RevokedBy != "Leyla" {
		t.Errorf("the record after the revocation is %+v, %v", r, err)
	}
	for name, bad := range map[string]register.Override{
		"nobody":  {Field: register.FieldStatus, Value: news.EventHeld, Reason: "x", At: at},
		"no why":  {Field: register.FieldStatus, Value: news.EventHeld, By: "x", At: at},
		"field":   {Field: "colour", Value: "red", By: "x", Reason: "x", At: at},
		"status":  {Field: register.FieldStatus, Value: "over", By: "x", Reason: "x", At: at},
		"dates":   {Field: register.FieldDates, Value: "soon", By: "x", Reason: "x", At: at},
		"reverse": {Field: register.FieldDates, Value: "2015-09-11/2015-09-08", By: "x", Reason: "x", At: at},
	} {
		if _, err := g.Override(ctx, id, bad); !errors.Is(err, register.ErrBadOverride) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := g.Override(ctx, "nothing", o); !errors.Is(err, register.ErrNoEvent) {
		t.Errorf("an event that is not there: %v", err)
	}
	if _, err := g.Revoke(ctx, id, "nothing", "x", "x", at); !errors.Is(err, register.ErrBadOverride) {
		t.Errorf("an override that is not there: %v", err)
	}
}

// testRegisterRebuild folds the records anew into a store that has lost them,
// from what is left: the readings, and the stream or not.
func testRegisterRebuild(t *testing.T, open func(t *testing.T) register.Store) {
	readings := season(rand.New(rand.NewPCG(4, 83)))
	for name, keep := range map[string]bool{"with the stream": true, "without the stream": false} {
		t.Run(name, func(t *testing.T) {
			before, stream := open(t), newEvents()
			take(t, registerOver(before, stream), readings...)
			entries := len(stream.bodies)
			after := open(t)
			if err := after.PutReadings(context.Background(), readings); err != nil {
				t.Fatal(err)
			}
			rest := stream
			if !keep {
				rest = newEvents()
			}
			if err := registerOver(after, rest).Rebuild(context.Background(), nil); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(everything(t, before), everything(t, after), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("the records (-before +after):\n%s", diff)
			}
			if keep && len(stream.bodies) != entries {
				t.Errorf("the rebuild appended %d entries", len(stream.bodies)-entries)
			}
		})
	}
}
