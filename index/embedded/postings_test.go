package embedded

import (
	"cmp"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// TestPostingsAfterChangesAreThoseMadeAnew adds and changes reports at random,
// and looks at the postings after and before each change.
func TestPostingsAfterChangesAreThoseMadeAnew(t *testing.T) {
	const words = 25
	random := rand.New(rand.NewPCG(1, 2))
	someWords := func() []use {
		all := make([]use, 0, words)
		for word := range uint32(words) {
			if random.IntN(int(word)+1) < 2 {
				all = append(all, use{word, someUses(random)})
			}
		}
		return all
	}
	var p postings
	reports := map[int][]use{}
	for range 40 {
		before, old := p, maps.Clone(reports)
		changes := map[int]change{}
		for range 1 + random.IntN(40) {
			key := len(reports) + 1
			if len(old) > 0 && random.IntN(4) == 0 {
				key = 1 + random.IntN(len(old))
			}
			first := reports[key]
			if c, ok := changes[key]; ok {
				first = c.before
			}
			changes[key] = change{before: first, after: someWords()}
			reports[key] = changes[key].after
		}
		p = p.with(words, changes)
		for _, one := range []struct {
			postings postings
			reports  map[int][]use
		}{{p, reports}, {before, old}} {
			want, got := listed(one.reports), spelled(one.postings)
			if !reflect.DeepEqual(want, got) {
				t.Fatalf("postings of %d reports:\n%s", len(one.reports), gocmp.Diff(want, got))
			}
		}
	}
}

// someUses returns uses with up to forty places.
func someUses(random *rand.Rand) uses {
	title, text := random.IntN(2), 1+random.IntN(40)
	var p places
	at, last := uint32(0), uint32(0)
	for range title + text {
		at += uint32(random.IntN(300))
		p, last = p.appended(at, last), at
	}
	return appendUses(nil, newTimes(title, text), p)
}

// listing is a posting spelled out.
type listing struct {
	Key    uint32
	Times  times
	Places []uint32
}

// listed returns the postings by word as the reports have them.
func listed(reports map[int][]use) map[uint32][]listing {
	all := map[uint32][]listing{}
	for key, words := range reports {
		for _, u := range words {
			all[u.word] = append(all[u.word], listing{uint32(key), u.times(), u.places().appendTo(nil)})
		}
	}
	for _, list := range all {
		slices.SortFunc(list, func(a, b listing) int { return cmp.Compare(a.Key, b.Key) })
	}
	return all
}

func spelled(p postings) map[uint32][]listing {
	all := map[uint32][]listing{}
	for word := range p {
		for r := p.reader(uint32(word)); r.next(); {
			all[uint32(word)] = append(all[uint32(word)], listing{r.key, r.times(), r.places().appendTo(nil)})
		}
	}
	return all
}

func TestDamagedPlacesAreFoundWhenARowIsRead(t *testing.T) {
	var p places
	for _, at := range []uint32{3, 300} {
		p = p.appended(at, 0)
	}
	for what, damaged := range map[string]places{
		"cut short": append(p[:len(p)-1:len(p)-1], 0x80),
		"too long":  slices.Repeat(places{0xff}, 12),
	} {
		t.Run(what, func(t *testing.T) {
			r := &row{words: []use{{7, appendUses(nil, newTimes(0, 2), p)}}}
			if _, err := decodeRow("x", 1, r.encode()); err != nil {
				t.Fatalf("a whole row gives %v", err)
			}
			r.words[0].uses = appendUses(nil, newTimes(0, 2), damaged)
			if _, err := decodeRow("x", 1, r.encode()); err == nil {
				t.Error("it is read")
			}
		})
	}
}

func TestStepsOfLengthsRiseAndAreNear(t *testing.T) {
	last := 0
	for words := range uint32(100_000) {
		step := toStep(words)
		if step < last {
			t.Fatalf("%d words have step %d, fewer have %d", words, step, last)
		}
		last = step
		if least := fromStep(step); least > uint64(words) || (uint64(words)-least)*8 > uint64(words) {
			t.Fatalf("%d words have step %d, which is for %d", words, step, least)
		}
	}
}

func TestTheLexiconFindsWordsByStemAndBeginning(t *testing.T) {
	l := newLexicon()
	spell := func(keys []uint32) []string {
		var words []string
		for _, key := range keys {
			words = append(words, l.words[key])
		}
		slices.Sort(words)
		return words
	}
	l.add([]string{"customs", "tariff", "custom", "cup"})
	if diff := gocmp.Diff([]string{"custom", "customs"}, spell(l.beginningWith("cus"))); diff != "" {
		t.Errorf("cus*:\n%s", diff)
	}
	l.add([]string{"tariffs", "customize", "art"})
	for prefix, want := range map[string][]string{"cus": {"custom", "customize", "customs"}, "a": {"art"}, "tariffs": {"tariffs"}, "x": nil} {
		if diff := gocmp.Diff(want, spell(l.beginningWith(prefix))); diff != "" {
			t.Errorf("%s*:\n%s", prefix, diff)
		}
	}
	for stem, want := range map[string][]string{"tariff": {"tariff", "tariffs"}, "custom": {"custom", "customize", "customs"}, "x": nil} {
		_, words := l.withStem(stem)
		if diff := gocmp.Diff(want, spell(words)); diff != "" {
			t.Errorf("%s:\n%s", stem, diff)
		}
	}
}
