package events_test

import (
	"cmp"
	"flag"
	"fmt"
	"hash/fnv"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/goccy/go-yaml"

	"github.com/dateline-news/dateline/news"
)

var showMisses = flag.Bool("misses", false, "print what is missed in the dispatches that are not kept aside")

// dispatch is a text with the events a reader finds in it. A slot may give
// alternatives parted by bars; an empty alternative allows the slot to be
// absent.
type dispatch struct {
	ID        string
	Published time.Time
	Text      string
	Events    []label
	batch     string // the file it is from
}

type label struct {
	Name, Kind, Series, Edition string
	Year                        string
	Start, End                  string // an end that is absent is a day after the start
	Place, Venue                string
	Host, Organizer             string
	Participants                []string
	Status                      string
}

// aside reports whether a dispatch belongs to the third that nobody looks at:
// its figure alone is reported.
func (d dispatch) aside() bool {
	h := fnv.New32a()
	h.Write([]byte(d.ID))
	return h.Sum32()%3 == 1
}

func readDispatches(t testing.TB) []dispatch {
	t.Helper()
	files, err := filepath.Glob("testdata/dispatches/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var all []dispatch
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var some []dispatch
		if err := yaml.UnmarshalWithOptions(content, &some, yaml.Strict()); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for i := range some {
			some[i].batch = strings.TrimSuffix(filepath.Base(file), ".yaml")
		}
		all = append(all, some...)
	}
	return all
}

func TestSlotsOfTheDispatches(t *testing.T) {
	var seen, aside slotScore
	batches := map[string]*[2]slotScore{}
	for _, d := range readDispatches(t) {
		r := &news.Report{ID: d.ID, Text: strings.TrimSpace(d.Text), Published: d.Published}
		annotate(t, r)
		if err := r.Validate(); err != nil {
			t.Error(err)
		}
		batch := batches[d.batch]
		if batch == nil {
			batch = &[2]slotScore{}
			batches[d.batch] = batch
		}
		if d.aside() {
			aside.add(d.Events, r.Events)
			batch[1].add(d.Events, r.Events)
			continue
		}
		batch[0].add(d.Events, r.Events)
		if misses := seen.add(d.Events, r.Events); *showMisses && len(misses) > 0 {
			t.Logf("%s: %s\n  %s", d.ID, strings.TrimSpace(d.Text), strings.Join(misses, "\n  "))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(batches)) {
		b := batches[name]
		t.Logf("%s: seen %s, kept aside %s", name, b[0], b[1])
	}
	t.Logf("seen: %s", seen)
	t.Logf("kept aside: %s", aside)
	const floorSeen, floorAside = 0.96, 0.87
	if seen.f1() < floorSeen || aside.f1() < floorAside {
		t.Errorf("slot F1 %.3f and %.3f kept aside; want %.2f and %.2f", seen.f1(), aside.f1(), floorSeen, floorAside)
	}
}

// slots are the slots of an event by field; the year counts only where there
// is no interval.
func slots(e news.Event) map[string][]string {
	s := map[string][]string{}
	put := func(field string, values ...string) {
		for _, v := range values {
			if v != "" {
				s[field] = append(s[field], v)
			}
		}
	}
	put("kind", e.Kind)
	put("series", e.Series)
	put("edition", e.Edition)
	put("start", e.Start.String())
	put("end", e.End.String())
	put("place", e.Place)
	put("venue", e.Venue)
	put("host", e.Host)
	put("organizer", e.Organizer)
	put("participants", e.Participants...)
	put("status", e.Status)
	if e.Start.IsZero() && e.End.IsZero() && e.Year != 0 {
		put("year", time.Date(e.Year, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006"))
	}
	return s
}

func (l label) slots() map[string][]string {
	s := map[string][]string{}
	end := l.End
	if start, err := news.ParseMoment(l.Start); err == nil && end == "" {
		end = start.AddDays(1).String()
	}
	year := l.Year
	if l.Start != "" || l.End != "" {
		year = ""
	}
	for field, v := range map[string]string{"kind": l.Kind, "series": l.Series, "edition": l.Edition, "start": l.Start, "end": end,
		"place": l.Place, "venue": l.Venue, "host": l.Host, "organizer": l.Organizer, "status": l.Status, "year": year} {
		if v != "" {
			s[field] = []string{v}
		}
	}
	if len(l.Participants) > 0 {
		s["participants"] = l.Participants
	}
	return s
}

// slotScore counts slots that are right, found and asked for.
type slotScore struct{ right, found, gold int }

func (s slotScore) f1() float64 {
	if s.found+s.gold == 0 {
		return 0
	}
	return 2 * float64(s.right) / float64(s.found+s.gold)
}

func (s slotScore) String() string {
	return fmt.Sprintf("slot F1 %.3f (right %d, found %d, labelled %d)", s.f1(), s.right, s.found, s.gold)
}

// add scores the events found in a dispatch and returns what is wrong.
func (s *slotScore) add(gold []label, found []news.Event) []string {
	var misses []string
	taken := map[int]bool{}
	for _, p := range bestPairs(gold, found) {
		taken[p.found] = true
		if p.found < 0 {
			misses = append(misses, s.count(gold[p.gold], news.Event{})...)
			continue
		}
		misses = append(misses, s.count(gold[p.gold], found[p.found])...)
	}
	for i, e := range found {
		if !taken[i] {
			misses = append(misses, s.count(label{}, e)...)
		}
	}
	return misses
}

type eventPair struct{ gold, found, shared int }

// bestPairs pairs each labelled event with the found one that shares most
// slots, -1 when none shares two.
func bestPairs(gold []label, found []news.Event) []eventPair {
	var candidates []eventPair
	for i, g := range gold {
		for j, e := range found {
			var s slotScore
			s.count(g, e)
			candidates = append(candidates, eventPair{i, j, s.right})
		}
	}
	slices.SortStableFunc(candidates, func(a, b eventPair) int { return cmp.Compare(b.shared, a.shared) })
	goldTaken, foundTaken := map[int]bool{}, map[int]bool{}
	var out []eventPair
	for _, c := range candidates {
		if c.shared >= 2 && !goldTaken[c.gold] && !foundTaken[c.found] {
			goldTaken[c.gold], foundTaken[c.found] = true, true
			out = append(out, c)
		}
	}
	for i := range gold {
		if !goldTaken[i] {
			out = append(out, eventPair{i, -1, 0})
		}
	}
	return out
}

// count compares the slots of one event with its label.
func (s *slotScore) count(g label, e news.Event) []string {
	var misses []string
	want, got := g.slots(), slots(e)
	if g.Name != "" && e.Name != "" && e.Series == "" {
		want["name"], got["name"] = []string{g.Name}, []string{e.Name}
	}
	for field, values := range want {
		left := slices.Clone(got[field])
		for _, v := range values {
			n := slices.IndexFunc(left, func(x string) bool { return sameSlot(field, v, x) })
			switch {
			case n >= 0:
				s.right, s.found, s.gold = s.right+1, s.found+1, s.gold+1
				left = slices.Delete(left, n, n+1)
			case len(left) == 0 && optional(v):
			default:
				s.gold++
				misses = append(misses, field+": want "+v+", got "+strings.Join(left, " + ")+"   ["+e.Name+"]")
			}
		}
		s.found += len(left)
		got[field] = nil
	}
	for field, values := range got {
		s.found += len(values)
		for _, v := range values {
			misses = append(misses, field+": not asked for: "+v+"   ["+e.Name+"]")
		}
	}
	return misses
}

func optional(v string) bool { return slices.Contains(strings.Split(v, "|"), "") }

// sameSlot reports whether a value found is one of the alternatives of a
// label; names agree when they share most of their words.
func sameSlot(field, want, got string) bool {
	for w := range strings.SplitSeq(want, "|") {
		if w == "" {
			continue
		}
		switch field {
		case "name", "participants", "organizer", "venue", "host":
			if sharedWords(w, got) >= 0.5 {
				return true
			}
		default:
			if news.Fold(w) == news.Fold(got) {
				return true
			}
		}
	}
	return false
}

// sharedWords is the share of the words of two names that both have.
func sharedWords(a, b string) float64 {
	words := func(s string) map[string]bool {
		m := map[string]bool{}
		for _, w := range strings.FieldsFunc(news.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if w != "the" && w != "of" {
				m[w] = true
			}
		}
		return m
	}
	x, y := words(a), words(b)
	both := 0
	for w := range x {
		if y[w] {
			both++
		}
	}
	if len(x)+len(y) == 0 {
		return 0
	}
	return float64(both) / float64(len(x)+len(y)-both)
}
