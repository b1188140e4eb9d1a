package ingest

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/dateline-news/dateline/ingest/warc"
)

// keepAnswers lets the runner's fetcher keep what servers answer in dir.
func keepAnswers(t *testing.T, r *runner, dir string) *archive {
	t.Helper()
	options := r.Options
	options.WARC, options.WARCFile = dir, 2<<10
	a, err := openArchive(options)
	if err != nil {
		t.Fatal(err)
	}
	r.archive = a
	return a
}

// reprocessed runs the extractor over dir for the source.
func reprocessed(t *testing.T, bus Bus, c *clock, dir string, source Source, dry bool) Reprocessed {
	t.Helper()
	source.Local = true
	done, err := Reprocess(t.Context(), ReprocessOptions{
		Options: Options{Bus: bus, Sources: []Source{source}, WARC: dir, Now: c.Now, Logger: testLogger(t)}, DryRun: dry,
	})
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func TestKeptAnswersAreReadAgainAndWhatChangesIsTheNextRevision(t *testing.T) {
	pages := map[string]http.HandlerFunc{
		"/one": text(htmlType, articlePage("One", prose, "<b>Second</b> paragraph of one.")),
		"/two": text(htmlType, articlePage("Two", prose)),
	}
	source := agency(t, pages, "/one", "/two")
	bus, c, dir := watch(newBus(t)), newClock(), t.TempDir()
	source.Article.Body = "article p:first-of-type"
	r := newTestRunner(t, bus, c, source)
	kept := keepAnswers(t, r, dir)
	for range 3 { // the last answers count, the first are there too
		if err := r.pollOnce(t); err != nil {
			t.Fatal(err)
		}
		c.Advance(3 * time.Hour)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"+archiveSuffix+"*"))
	if err != nil || len(files) < 3 {
		t.Fatalf("files %q, %v: want several, as each is full soon", files, err)
	}
	// One file is still open, as it is when a process was killed.
	if !strings.HasSuffix(files[len(files)-1], openSuffix) {
		t.Errorf("the last file is %s", files[len(files)-1])
	}
	tail, err := os.OpenFile(files[len(files)-1], os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tail.Write([]byte{0x1f, 0x8b, 8, 0, 1}); err != nil {
		t.Fatal(err)
	}
	if err := tail.Close(); err != nil {
		t.Fatal(err)
	}

	same := reprocessed(t, bus, c, dir, source, false)
	if diff := cmp.Diff(Reprocessed{Pages: 2}, same, cmpopts.IgnoreFields(Reprocessed{}, "Damaged")); diff != "" || len(same.Damaged) != 1 {
		t.Errorf("the same extractor (-want +got):\n%s, damaged %q", diff, same.Damaged)
	}
	source.Article.Body = "article p" // the better extractor
	if done := reprocessed(t, bus, c, dir, source, true); done.Published != 1 {
		t.Errorf("dry run: %+v", done)
	}
	if done := reprocessed(t, bus, c, dir, source, false); done.Published != 1 {
		t.Errorf("first run: %+v", done)
	}
	if done := reprocessed(t, bus, c, dir, source, false); done.Published != 0 {
		t.Errorf("second run: %+v", done)
	}
	got := bus.published()
	if diff := cmp.Diff([]string{"Two 1", "One 1", "One 2"}, titles(got)); diff != "" {
		t.Fatalf("published (-want +got):\n%s", diff)
	}
	if !strings.Contains(got[2].Text, "Second paragraph of one.") || got[2].ID != got[1].ID {
		t.Errorf("the new revision is %+v", got[2])
	}
	// The source goes on with the better extractor, and nothing is new to it.
	r.source.Article.Body = source.Article.Body
	if err := r.pollOnce(t); err != nil {
		t.Fatal(err)
	}
	if n := len(bus.published()); n != 3 {
		t.Errorf("%d reports published in the end, want 3", n)
	}
	if err := kept.close(); err != nil {
		t.Error(err)
	}
}

func TestOlderAnswersThanWhatWasReadAreLeft(t *testing.T) {
	pages := map[string]http.HandlerFunc{"/one": text(htmlType, articlePage("One", prose))}
	source := agency(t, pages, "/one")
	bus, c, dir := watch(newBus(t)), newClock(), t.TempDir()
	r := newTestRunner(t, bus, c, source)
	kept := keepAnswers(t, r, dir)
	if err := r.pollOnce(t); err != nil {
		t.Fatal(err)
	}
	if err := kept.close(); err != nil {
		t.Fatal(err)
	}
	r.archive = nil
	pages["/one"] = text(htmlType, articlePage("One", prose, "An edit."))
	c.Advance(3 * time.Hour)
	if err := r.pollOnce(t); err != nil {
		t.Fatal(err)
	}
	want := Reprocessed{Pages: 1, Older: 1}
	if diff := cmp.Diff(want, reprocessed(t, bus, c, dir, source, false)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	source.Name = "another"
	want = Reprocessed{Pages: 1, Foreign: 1}
	if diff := cmp.Diff(want, reprocessed(t, bus, c, dir, source, false)); diff != "" {
		t.Errorf("for another source (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"One 1", "One 2"}, titles(bus.published())); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
}

func TestEveryAnswerIsKeptAsAnyProgramForWARCReadsIt(t *testing.T) {
	pages := map[string]http.HandlerFunc{"/one": status(http.StatusNotFound), "/robots.txt": text("text/plain", "User-agent: *\nAllow: /\n")}
	source := agency(t, pages, "/one")
	dir := t.TempDir()
	r := newTestRunner(t, watch(newBus(t)), newClock(), source)
	kept := keepAnswers(t, r, dir)
	if err := r.pollOnce(t); err != nil {
		t.Fatal(err)
	}
	if err := kept.close(); err != nil {
		t.Fatal(err)
	}
	files, err := archiveFiles(dir)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, path := range files {
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		reader, err := warc.NewReader(file, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		for {
			record, err := reader.Next()
			if err != nil {
				break
			}
			if answer, err := record.Response(1 << 20); err == nil {
				got[answer.URL[strings.LastIndexByte(answer.URL, '/'):]] = answer.Status
			}
		}
	}
	if diff := cmp.Diff(map[string]int{"/robots.txt": 200, "/feed": 200, "/one": 404}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWithoutKeptAnswersReprocessSaysHowToKeepThem(t *testing.T) {
	_, err := Reprocess(t.Context(), ReprocessOptions{Options: Options{Bus: newBus(t), WARC: t.TempDir()}})
	if !errors.Is(err, ErrNoArchive) || !strings.Contains(err.Error(), "ingest.warc") {
		t.Errorf("got %v", err)
	}
}
