package ingest

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/ingest/warc"
	"github.com/dateline-news/dateline/internal/wiretest"
	"github.com/dateline-news/dateline/news"
)

// inboxTest is a folder with a runner that watches it.
type inboxTest struct {
	t   *testing.T
	dir string
	bus *watched
	r   *runner
	c   *clock
}

func newInboxTest(t *testing.T) *inboxTest {
	it := &inboxTest{t: t, dir: t.TempDir(), bus: watch(wiretest.Bus(t)), c: newClock()}
	it.restart()
	return it
}

// restart forgets what a process keeps in memory.
func (it *inboxTest) restart() {
	it.r = newTestRunner(it.t, it.bus, it.c, Source{Name: "inbox", Agency: "Agency", Kind: KindInbox, URL: it.dir, TimeZone: "Asia/Baku"})
}

// write puts a file there that was changed at the test's time.
func (it *inboxTest) write(name, content string) {
	it.t.Helper()
	path := filepath.Join(it.dir, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		it.t.Fatal(err)
	}
	it.c.Advance(time.Minute)
	if err := os.Chtimes(path, it.c.Now(), it.c.Now()); err != nil {
		it.t.Fatal(err)
	}
}

// look polls until a file just written counts as whole.
func (it *inboxTest) look() {
	it.t.Helper()
	for range 2 {
		it.c.Advance(time.Second)
		if err := it.r.pollOnce(it.t); err != nil {
			it.t.Fatal(err)
		}
	}
}

func (it *inboxTest) want(want ...string) {
	it.t.Helper()
	it.look()
	if diff := cmp.Diff(want, titles(it.bus.published())); diff != "" {
		it.t.Errorf("published (-want +got):\n%s", diff)
	}
}

func TestAFileIsOneReportAlsoAfterARestart(t *testing.T) {
	it := newInboxTest(t)
	it.write("a.txt", "title: A\ndate: 2014-12-08\n\n"+prose)
	it.want("A 1")
	it.restart()
	it.want("A 1")
	if got := it.bus.published()[0].Published; !got.Equal(time.Date(2014, 12, 7, 20, 0, 0, 0, time.UTC)) {
		t.Errorf("published %s, want midnight in Baku", got)
	}
}

func TestTheSameTextUnderTwoNamesIsOneReport(t *testing.T) {
	it := newInboxTest(t)
	it.write("a.txt", "title: A\n\n"+prose)
	it.want("A 1")
	it.write("b.txt", prose+"\n")
	it.want("A 1")
	it.restart()
	it.want("A 1")
}

func TestAnEditedFileIsTheNextRevisionAndBackAgainTheOneAfter(t *testing.T) {
	it := newInboxTest(t)
	it.write("a.txt", "title: A\n\n"+prose)
	it.want("A 1")
	it.write("a.txt", "title: A\n\n"+prose+" More.")
	it.want("A 1", "A 2")
	it.restart()
	it.write("a.txt", "title: A\n\n"+prose)
	it.want("A 1", "A 2", "A 3")
	ids := map[string]bool{}
	for _, r := range it.bus.published() {
		ids[r.ID] = true
	}
	if len(ids) != 1 {
		t.Errorf("%d ids for one report", len(ids))
	}
	it.write("copy.txt", "title: A\n\n"+prose+" More.")
	it.want("A 1", "A 2", "A 3")
}

func TestACrashBeforeTheStateOfAFileMakesNoSecondMessage(t *testing.T) {
	it := newInboxTest(t)
	it.write("a.txt", "title: A\n\n"+prose)
	it.bus.set(func(w *watched) { w.loseState = true })
	for range 2 {
		it.c.Advance(time.Second)
		_ = it.r.pollOnce(t) // fails: the state is lost
	}
	it.bus.set(func(w *watched) { w.loseState = false })
	it.restart()
	it.want("A 1")
}

func TestAFileThatCannotBeReadIsNamedAndTheOthersGoOn(t *testing.T) {
	it := newInboxTest(t)
	it.write("binary.txt", "\x00\x01\x02\x03\x04\x05\x06\x07\x08")
	it.write("empty.txt", " \n")
	it.write("good.txt", "title: Good\n\n"+prose)
	it.write("paper.pdf", "%PDF-1.4")
	it.want("Good 1")
	for _, want := range []string{"file binary.txt: it is not a text; save it as UTF-8", "file empty.txt: it holds no text", "file paper.pdf: only .txt, .html, .htm, .eml, .xml, .json, .warc and .warc.gz files are read"} {
		if !strings.Contains(it.r.now.Error, want) {
			t.Errorf("status %q does not say %q", it.r.now.Error, want)
		}
	}
	it.restart()
	it.want("Good 1")
	if !strings.Contains(it.r.now.Error, "binary.txt") {
		t.Errorf("after a restart the status is %q", it.r.now.Error)
	}
	for _, name := range []string{"binary.txt", "empty.txt", "paper.pdf"} {
		if err := os.Remove(filepath.Join(it.dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	it.want("Good 1")
	if it.r.now.Error != "" {
		t.Errorf("with the files gone the status is %q", it.r.now.Error)
	}
}

func TestAFileTooLargeIsNamed(t *testing.T) {
	it := newInboxTest(t)
	it.write("big.txt", strings.Repeat("word ", 10<<20/5))
	it.want()
	if !strings.Contains(it.r.now.Error, "file big.txt: it is too large for a report") {
		t.Errorf("status %q", it.r.now.Error)
	}
}

func TestAMissingFolderIsAFaultUntilItIsThere(t *testing.T) {
	it := newInboxTest(t)
	if err := os.Remove(it.dir); err != nil {
		t.Fatal(err)
	}
	if err := it.r.pollOnce(t); err == nil || !strings.Contains(it.r.now.Error, "create it or correct its path") {
		t.Errorf("poll: %v, status %q", err, it.r.now.Error)
	}
	if err := os.Mkdir(it.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	it.write("a.txt", "title: A\n\n"+prose)
	it.want("A 1")
}

func TestAnAgencysMessageIsAReportForEachItem(t *testing.T) {
	it := newInboxTest(t)
	const one = `{"uri":"tag:1","headline":"One","body_text":"` + prose + `"}`
	it.write("a.json", `[`+one+`,{"uri":"tag:2","headline":"Two","body_text":"Another text. `+prose+`"}]`)
	it.want("One 1", "Two 1")
	it.write("b.json", strings.Replace(one, "One", "One, again", 1)) // the agency's own name is the same
	it.want("One 1", "Two 1", "One, again 2")
	it.write("c.json", `{"uri":"tag:2","pubstatus":"canceled"}`)
	it.restart()
	it.want("One 1", "Two 1", "One, again 2", " 2")
	if last := it.bus.published()[3]; last.Status != news.StatusWithdrawn || last.ID != it.bus.published()[1].ID {
		t.Errorf("the last is %+v", last)
	}
}

func TestAnArchiveIsAReportForEachPage(t *testing.T) {
	it := newInboxTest(t)
	var file bytes.Buffer
	w := warc.NewWriter(&file)
	for i, title := range []string{"One", "Two"} {
		html := articlePage(title, prose, strings.Repeat("More of it follows here. ", i+1))
		r := warc.ResponseRecord(&warc.Response{URL: "https://example.org/" + title, Date: it.c.Now(), Status: 200, Body: []byte(html), Header: http.Header{"Content-Type": {htmlType}}})
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	it.write("a.warc.gz", file.String())
	it.want("One 1", "Two 1")
	if got := it.bus.published()[0].Agency; got != "Agency" { // what the page says
		t.Errorf("agency %q", got)
	}
	it.restart()
	it.want("One 1", "Two 1")
	it.write("b.warc.gz", file.String()[:file.Len()-30])
	it.want("One 1", "Two 1")
	if !strings.Contains(it.r.now.Error, "b.warc.gz: the WARC file is damaged") {
		t.Errorf("status %q", it.r.now.Error)
	}
}
