package story

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/wire"
)

const terminal = "The head of the customs service opened the new terminal on the northern border on Monday, " +
	"which will take four hundred lorries a day and cost sixty million manats. Scanners of the newest kind look through " +
	"a lorry in two minutes, and drivers no longer leave their cabs. The old terminal stays open for cars until spring."

// bucket opens the bucket of known texts on a server in the folder.
func bucket(t *testing.T, dir string) (kv jetstream.KeyValue, stop func()) {
	t.Helper()
	server, err := wire.StartServer(wire.ServerOptions{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	bus, err := server.Connect(t.Context(), wire.Options{Name: "story-test"})
	if err != nil {
		t.Fatal(err)
	}
	stop = sync.OnceFunc(func() {
		bus.Close()
		server.Shutdown()
	})
	t.Cleanup(stop)
	if err := bus.Setup(t.Context()); err != nil {
		t.Fatal(err)
	}
	kv, err = bus.KV(t.Context(), wire.BucketStories)
	if err != nil {
		t.Fatal(err)
	}
	return kv, stop
}

func open(t *testing.T, kv jetstream.KeyValue) *Register {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	r, err := Open(ctx, kv, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func assign(t *testing.T, r *Register, report *news.Report) string {
	t.Helper()
	story, err := r.Assign(t.Context(), report)
	if err != nil {
		t.Fatal(err)
	}
	return story
}

func report(id, text string) *news.Report {
	return &news.Report{ID: id, Text: text, Published: monday}
}

// invented is a text that has no word of another.
func invented(n int) string {
	text := ""
	for i := range 30 {
		text += fmt.Sprintf("w%dx%d ", n, i)
	}
	return text
}

// keys counts the texts in the bucket.
func keys(t *testing.T, kv jetstream.KeyValue) uint64 {
	t.Helper()
	status, err := kv.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return status.Values()
}

func TestACopyTakesTheStoryOfTheFirst(t *testing.T) {
	kv, _ := bucket(t, t.TempDir())
	r := open(t, kv)
	for _, tc := range []struct {
		name   string
		report *news.Report
		want   string
	}{
		{"the first report", report("a", "BAKU, 8 December (One) – "+terminal), "a"},
		{"under another dateline", report("b", "Baku / Two / "+terminal+"\n\n(Reporting by our correspondent)"), "a"},
		{"cut", report("c", terminal[:len(terminal)/2]), "a"},
		{"another report", report("d", "Ministers of finance meet in Vienna in March to talk about the exchange of data between tax offices, the chancellery said, and about what it costs."), "d"},
		{"too short to tell", report("e", "More follows."), "e"},
		{"too short to tell again", report("f", "More follows."), "f"},
		{"the first report asked again", report("a", "BAKU, 8 December (One) – "+terminal), "a"},
		{"one with a story of its own", &news.Report{ID: "g", Story: "z", Text: terminal, Published: monday}, "z"},
		{"published a month later", &news.Report{ID: "h", Text: terminal, Published: monday.AddDate(0, 1, 0)}, "h"},
	} {
		if got := assign(t, r, tc.report); got != tc.want {
			t.Errorf("%s: story %q, want %q", tc.name, got, tc.want)
		}
	}
	if n := keys(t, kv); n != 4 { // a, d, g and h: copies are not remembered
		t.Errorf("%d texts are remembered, want 4", n)
	}
}

func TestALongerVersionIsRememberedToo(t *testing.T) {
	kv, _ := bucket(t, t.TempDir())
	r := open(t, kv)
	half := len(terminal) / 2
	if got := assign(t, r, report("flash", terminal[:half])); got != "flash" {
		t.Fatalf("story %q of the first", got)
	}
	if got := assign(t, r, report("full", terminal)); got != "flash" {
		t.Errorf("story %q of the full version, want that of the flash", got)
	}
	if got := assign(t, r, report("rest", terminal[half:])); got != "flash" {
		t.Errorf("story %q of a copy of the second half, want that of the flash", got)
	}
}

func TestStoriesSurviveARestart(t *testing.T) {
	dir := t.TempDir()
	kv, stop := bucket(t, dir)
	if got := assign(t, open(t, kv), report("a", terminal)); got != "a" {
		t.Fatalf("story %q of the first", got)
	}
	stop()
	kv, _ = bucket(t, dir)
	r := open(t, kv)
	if got := assign(t, r, report("b", terminal)); got != "a" {
		t.Errorf("story %q of a copy after the restart, want a", got)
	}
}

// TestACrashBeforeThePublishChangesNothing asks again as a second try does.
func TestACrashBeforeThePublishChangesNothing(t *testing.T) {
	kv, _ := bucket(t, t.TempDir())
	first := assign(t, open(t, kv), report("a", terminal))
	blind := &Register{kv: kv, log: open(t, kv).log, index: newIndex(DefaultWindow, 10), moved: make(chan struct{})}
	w, err := kv.WatchAll(t.Context(), jetstream.ResumeFromRevision(1))
	if err != nil {
		t.Fatal(err)
	}
	go blind.follow(t.Context(), w)
	if again := assign(t, blind, report("a", terminal)); again != first {
		t.Errorf("story %q at the second try, want %q", again, first)
	}
}

// TestProcessesAgreeOnWhoWasFirst lets copies come into several processes at
// once: the order of the bucket decides, and all of them find the same.
func TestProcessesAgreeOnWhoWasFirst(t *testing.T) {
	kv, _ := bucket(t, t.TempDir())
	const processes, stories = 4, 8
	got := make([][stories]string, processes)
	var group sync.WaitGroup
	for p := range processes {
		r := open(t, kv)
		group.Go(func() {
			for s := range stories {
				story, err := r.Assign(t.Context(), report(fmt.Sprintf("%d-%d", s, p), invented(s)))
				if err != nil {
					t.Error(err)
				}
				got[p][s] = story
			}
		})
	}
	group.Wait()
	for p := 1; p < processes; p++ {
		if got[p] != got[0] {
			t.Errorf("process %d found the stories %v, the first one %v", p, got[p], got[0])
		}
	}
	late := open(t, kv)
	if story := assign(t, late, report("late", invented(0))); story != got[0][0] {
		t.Errorf("a process that came late found %q, want %q", story, got[0][0])
	}
}

func TestAnEntryThatCannotBeReadIsLeftOut(t *testing.T) {
	kv, _ := bucket(t, t.TempDir())
	r := open(t, kv)
	if _, err := kv.PutString(t.Context(), "x.y", `{"sketch":"AA=="}`); err != nil {
		t.Fatal(err)
	}
	if got := assign(t, r, report("a", terminal)); got != "a" {
		t.Errorf("story %q, want a", got)
	}
}

func TestTheIndexForgets(t *testing.T) {
	x := newIndex(window, 3)
	add := func(n int, arrived time.Time) {
		id, text := fmt.Sprint(n), invented(n)
		x.add(knownText{Report: id, Story: id, Published: monday, Sequence: uint64(n), Arrived: arrived, Sketch: newSketch(text)})
		if m, ok := x.find(newSketch(text), monday); !ok || m.Report != id {
			t.Errorf("report %d is not found right after it was added", n)
		}
	}
	for n := 1; n <= 500; n++ {
		add(n, monday)
	}
	if len(x.reports) != 3 {
		t.Errorf("%d reports are remembered, want 3", len(x.reports))
	}
	if used := slots(x); used > 64*50 {
		t.Errorf("the postings of three reports take %d slots", used)
	}
	add(501, monday.Add(window+time.Second))
	if len(x.reports) != 1 {
		t.Errorf("%d reports are remembered after the window, want 1", len(x.reports))
	}
}

func slots(x *index) int {
	n := 0
	for i := range x.postings.shards {
		n += len(x.postings.shards[i].keys)
	}
	return n
}
