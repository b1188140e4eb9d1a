package story

import (
	"cmp"
	"math/rand/v2"
	"testing"
	"time"
)

var monday = time.Date(2014, 12, 8, 9, 0, 0, 0, time.UTC)

// outcome counts what became of the edits of one kind.
type outcome struct{ right, wrong, missed int }

// TestCopiesAreOneStory holds recognition to its promise on generated edits
// of the real pages that its bounds were not chosen on.
func TestCopiesAreOneStory(t *testing.T) {
	all := articles(t)
	for _, held := range []bool{false, true} {
		name := map[bool]string{false: "chosen on", true: "held out"}[held]
		t.Run(name, func(t *testing.T) { measure(t, all, held) })
	}
}

func measure(t *testing.T, all []article, held bool) {
	var list []article
	for _, a := range all {
		if a.held() == held {
			list = append(list, a)
		}
	}
	if testing.Short() {
		list = list[:100]
	}
	r := rand.New(rand.NewPCG(1, 2))
	pool := vocabulary(list)
	x, twins := known(t, list)
	var sum outcome
	for _, e := range edits {
		var o outcome
		for _, a := range list {
			m, ok := x.find(newSketch(e.make(r, a, pool)), monday)
			switch {
			case !ok:
				o.missed++
			case m.Report == a.ID || twins[m.Report] == a.ID:
				o.right++
			default:
				o.wrong++
			}
		}
		t.Logf("%-38s right %4d wrong %3d missed %3d recall %.3f", e.name, o.right, o.wrong, o.missed, float64(o.right)/float64(len(list)))
		sum.right, sum.wrong, sum.missed = sum.right+o.right, sum.wrong+o.wrong, sum.missed+o.missed
	}
	pairs, merged := strangers(r, list), map[string]int{}
	tried := map[string]int{}
	for _, p := range pairs {
		y := newIndex(window, 10)
		y.add(knownText{Report: "first", Story: "first", Published: monday, Sequence: 1, Arrived: monday, Sketch: newSketch(p.first)})
		tried[p.kind]++
		if _, ok := y.find(newSketch(p.second), monday.AddDate(0, 0, 1)); ok {
			merged[p.kind]++
		}
	}
	for kind, n := range tried {
		t.Logf("strangers, %-27s merged %3d of %d", kind, merged[kind], n)
	}
	copies, strange := float64(len(list)*len(edits)), float64(total(merged))/float64(len(pairs))
	// As many strangers as copies come in, so that their number decides nothing.
	precision := float64(sum.right) / (float64(sum.right+sum.wrong) + strange*copies)
	recall := float64(sum.right) / copies
	t.Logf("%d pages, %.0f copies, %d strangers: precision %.4f recall %.4f", len(list), copies, len(pairs), precision, recall)
	if precision < 0.98 || recall < 0.95 {
		t.Errorf("precision %.4f, want 0.98; recall %.4f, want 0.95", precision, recall)
	}
}

const window = 14 * 24 * time.Hour

func total(counts map[string]int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}

// known adds the articles and says which are taken for one another.
func known(t *testing.T, list []article) (*index, map[string]string) {
	x := newIndex(window, 1<<20)
	twins := map[string]string{}
	for i, a := range list {
		s := newSketch(a.Body)
		if m, ok := x.find(s, monday); ok {
			t.Logf("%s of %s is taken for %s", a.ID, cmp.Or(a.Domain, a.URL), m.Report)
			twins[m.Report] = a.ID
		}
		x.add(knownText{Report: a.ID, Story: a.ID, Published: monday, Sequence: uint64(i + 1), Arrived: monday, Sketch: s})
	}
	return x, twins
}
