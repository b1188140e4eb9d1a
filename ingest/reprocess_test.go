package ingest

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/dateline-news/dateline/ingest/warc"
	"github.com/dateline-news/dateline/internal/wiretest"
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
	r.archive, r.WARC = a, dir
	r.Fetcher = r.newFetcher()
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
	bus, c, dir := watch(wiretest.Bus(t)), newClock(), t.TempDir()
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
	bus, c, dir := watch(wiretest.Bus(t)), newClock(), t.TempDir()
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

// keptAnswer is what the archive has of an answer.
type keptAnswer struct {
	Status          int
	Body, Truncated string
}

// everyAnswer polls a source whose pages answer in all manners, and returns
// the folder of the archive with what is to be in it.
func everyAnswer(t *testing.T) (dir string, want map[string]keptAnswer) {
	t.Helper()
	const rules, article, notFound, failing = "User-agent: *\nAllow: /\n", "<p>An article", "<p>This page does not exist.", "<p>Out of order."
	long := strings.Repeat("long ", 1000)
	pages := map[string]http.HandlerFunc{
		"/robots.txt": text("text/plain", rules),
		"/moved":      func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/article", http.StatusFound) },
		"/article":    text(htmlType, article),
		"/missing": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusNotFound)
			_, _ = io.WriteString(w, notFound)
		},
		"/long": text(htmlType, long),
		"/broken": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "900")
			_, _ = io.WriteString(w, "<p>Half")
		},
		"/failing": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", htmlType)
			w.WriteHeader(http.StatusInternalServerError)
			_, _ = io.WriteString(w, failing)
		},
	}
	source := agency(t, pages, "/moved", "/missing", "/long", "/broken", "/failing")
	dir = t.TempDir()
	r := newTestRunner(t, watch(wiretest.Bus(t)), newClock(), source)
	r.MaxBody = 4000
	kept := keepAnswers(t, r, dir)
	if err := r.pollOnce(t); err != nil {
		t.Fatal(err)
	}
	if err := kept.close(); err != nil {
		t.Fatal(err)
	}
	base := strings.TrimSuffix(source.URL, "/feed")
	return dir, map[string]keptAnswer{
		"/robots.txt": {200, rules, ""}, "/feed": {200, rss(base, "/moved", "/missing", "/long", "/broken", "/failing"), ""},
		"/moved": {302, "<a href=\"/article\">Found</a>.\n\n", ""}, "/article": {200, article, ""}, "/missing": {404, notFound, ""},
		"/long": {200, long[:4000], "length"}, "/broken": {200, "<p>Half", "disconnect"}, "/failing": {500, failing, ""},
	}
}

func TestEveryAnswerIsKept(t *testing.T) {
	dir, want := everyAnswer(t)
	files, err := archiveFiles(dir)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]keptAnswer{}
	for _, path := range files {
		for _, answer := range answersIn(t, path) {
			got[answer.URL[strings.LastIndexByte(answer.URL, '/'):]] = keptAnswer{answer.Status, string(answer.Body), answer.Truncated}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// answersIn reads a file of the archive.
func answersIn(t *testing.T, path string) []*warc.Response {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	reader, err := warc.NewReader(file, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	var out []*warc.Response
	for {
		record, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		if answer, err := record.Response(1 << 20); err == nil {
			out = append(out, answer)
		}
	}
}

// TestAnotherProgramReadsTheArchive has warcio check the digests and read the
// answers (https://github.com/webrecorder/warcio). .ci/run installs the
// program where it can.
func TestAnotherProgramReadsTheArchive(t *testing.T) {
	program := os.Getenv("DATELINE_WARCIO")
	if program == "" {
		t.Skip("needs the program: pip install warcio; DATELINE_WARCIO=warcio go test -run AnotherProgram ./ingest")
	}
	dir, want := everyAnswer(t)
	files, err := archiveFiles(dir)
	if err != nil {
		t.Fatal(err)
	}
	checked, err := exec.CommandContext(t.Context(), program, append([]string{"check", "-v"}, files...)...).CombinedOutput()
	if err != nil || !strings.Contains(string(checked), "digest pass") {
		t.Errorf("check: %v\n%s", err, checked)
	}
	got := map[string]string{}
	for _, path := range files {
		lines, err := exec.CommandContext(t.Context(), program, "index", "-f", "warc-type,warc-target-uri,http:status,warc-truncated", path).Output()
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(lines)) {
			var record map[string]string
			if err := json.Unmarshal([]byte(line), &record); err != nil {
				t.Fatal(err)
			}
			if record["warc-type"] == "response" {
				url := record["warc-target-uri"]
				got[url[strings.LastIndexByte(url, '/'):]] = record["http:status"] + record["warc-truncated"]
			}
		}
	}
	statuses := map[string]string{}
	for path, answer := range want {
		statuses[path] = strconv.Itoa(answer.Status) + answer.Truncated
	}
	if diff := cmp.Diff(statuses, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWithoutKeptAnswersReprocessSaysHowToKeepThem(t *testing.T) {
	_, err := Reprocess(t.Context(), ReprocessOptions{Options: Options{Bus: wiretest.Bus(t), WARC: t.TempDir()}})
	if !errors.Is(err, ErrNoArchive) || !strings.Contains(err.Error(), "ingest.warc") {
		t.Errorf("got %v", err)
	}
}
