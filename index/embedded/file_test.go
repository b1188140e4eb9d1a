package embedded_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/embedded"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// report makes report i, a text of n words.
func report(i, n int) *news.Report {
	random := rand.New(rand.NewPCG(uint64(i), 1))
	words := make([]string, n)
	for w := range words {
		words[w] = fmt.Sprintf("word%d", int(random.ExpFloat64()*300))
	}
	at := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(i) * time.Minute)
	r := &news.Report{
		ID: fmt.Sprintf("r%06d", i), Revision: 1, Source: fmt.Sprintf("source-%d", i%9), Agency: fmt.Sprintf("Agency %d", i%9),
		Language: "en", Published: at, Seen: at, Title: strings.Join(words[:8], " "), Text: strings.Join(words, " "),
	}
	for range 5 {
		name := fmt.Sprintf("Name%d Surname%d", random.IntN(40), random.IntN(40))
		r.People = append(r.People, news.Person{ID: name, Name: name})
		r.Organizations = append(r.Organizations, news.Organization{ID: name, Name: "Committee of " + name})
		r.Places = append(r.Places, news.Place{ID: name, Name: name + "town"})
	}
	return r
}

func reports(from, to, words int) []index.Document {
	var docs []index.Document
	for i := from; i < to; i++ {
		docs = append(docs, index.Document{Report: report(i, words), Enricher: 2})
	}
	return docs
}

func write(t testing.TB, a *embedded.Archive, docs []index.Document) {
	t.Helper()
	for i, err := range a.Write(context.Background(), docs) {
		if err != nil {
			t.Fatalf("writing %s: %v", docs[i].Report.ID, err)
		}
	}
}

func total(t testing.TB, a *embedded.Archive, node query.Node) int {
	t.Helper()
	result, err := a.Search(context.Background(), index.Request{Query: node, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	return result.Total
}

func closed(t testing.TB, a *embedded.Archive) {
	t.Helper()
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestAnArchiveIsTheSameAfterItIsOpenedAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "folder", "archive ?#%.db")
	a := open(t, path)
	write(t, a, reports(0, 600, 30))
	req := index.Request{Query: query.Word{Text: "word3"}, Sort: index.ByPublished, Limit: 7, Facets: index.AllFacets()}
	before, err := a.Search(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	closed(t, a)
	a = open(t, path)
	defer closed(t, a)
	after, err := a.Search(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Error(diff)
	}
	if err := a.Write(context.Background(), reports(5, 6, 30))[0]; !errors.Is(err, index.ErrStale) {
		t.Errorf("a version written before gives %v", err)
	}
	write(t, a, reports(600, 601, 30))
	req.Cursor = before.Next
	if page, err := a.Search(context.Background(), req); err != nil || page.Hits[0].Report.ID == before.Hits[0].Report.ID {
		t.Errorf("a cursor from before gives %v", err)
	}
}

// TestThePastIsTheSameAfterARebuild revises every third report, and looks at
// what was known before, also with the file opened again and made anew.
func TestThePastIsTheSameAfterARebuild(t *testing.T) {
	path := filepath.Join(t.TempDir(), "archive.db")
	a := open(t, path)
	write(t, a, reports(0, 600, 30))
	var revised []index.Document
	for i := 0; i < 600; i += 3 {
		d := reports(i+1000, i+1001, 30)[0]
		d.Report.ID, d.Report.Revision, d.Report.Seen = report(i, 30).ID, 2, d.Report.Seen.Add(24*time.Hour)
		revised = append(revised, d)
	}
	write(t, a, revised)
	var requests []index.Request
	for _, at := range []time.Time{report(300, 30).Seen, report(1599, 30).Seen, revised[100].Report.Seen, revised[199].Report.Seen.Add(time.Hour)} {
		for _, sort := range []index.Sort{index.ByPublished, index.ByRelevance} {
			requests = append(requests, index.Request{Query: query.AsOf{Node: query.Word{Text: "word3"}, At: at}, Sort: sort, Limit: index.MaxLimit, Facets: index.AllFacets()})
		}
	}
	ask := func() (all []*index.Result) {
		for _, req := range requests {
			result, err := a.Search(context.Background(), req)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, result)
		}
		return all
	}
	before := ask()
	if before[0].Total == before[4].Total || before[4].Total == before[6].Total {
		t.Fatalf("the times tell nothing apart: %d, %d, %d", before[0].Total, before[4].Total, before[6].Total)
	}
	closed(t, a)
	a = open(t, path)
	if diff := cmp.Diff(before, ask()); diff != "" {
		t.Errorf("opened again:\n%s", diff)
	}
	closed(t, a)
	done, err := embedded.Rebuild(context.Background(), path, nil)
	if err != nil || done.Kept != 600 || done.Past != 200 || done.Lost != 0 {
		t.Errorf("rebuilding gives %+v, %v", done, err)
	}
	a = open(t, path)
	defer closed(t, a)
	if diff := cmp.Diff(before, ask()); diff != "" {
		t.Errorf("rebuilt:\n%s", diff)
	}
}

func TestAnArchiveIsOpenOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "archive.db")
	a := open(t, path)
	defer closed(t, a)
	if _, err := embedded.Open(path, embedded.Options{}); !errors.Is(err, embedded.ErrInUse) || !strings.Contains(err.Error(), path) {
		t.Errorf("a second time gives %v", err)
	}
	if _, err := embedded.Rebuild(context.Background(), path, nil); !errors.Is(err, embedded.ErrInUse) {
		t.Errorf("rebuilding it gives %v", err)
	}
}

func TestAFullDiskLosesNothing(t *testing.T) {
	a := open(t, filepath.Join(t.TempDir(), "archive.db"))
	defer closed(t, a)
	write(t, a, reports(0, 20, 100))
	if err := a.LimitPages(3); err != nil {
		t.Fatal(err)
	}
	docs := append(reports(0, 1, 100), reports(20, 200, 100)...)
	docs = append(docs, index.Document{})
	outcomes := a.Write(context.Background(), docs)
	for i, err := range outcomes[:len(outcomes)-1] {
		if !errors.Is(err, index.ErrUnavailable) || !strings.Contains(err.Error(), "the disk is full; free some space") {
			t.Fatalf("document %d gives %v", i, err)
		}
	}
	if err := outcomes[len(outcomes)-1]; !errors.Is(err, index.ErrRejected) {
		t.Errorf("a bad document gives %v", err)
	}
	if n := total(t, a, query.All{}); n != 20 {
		t.Errorf("%d reports, want the 20 of before", n)
	}
	if err := a.LimitPages(0); err != nil {
		t.Fatal(err)
	}
	write(t, a, reports(20, 200, 100))
	if n := total(t, a, query.All{}); n != 200 {
		t.Errorf("%d reports, want all 200", n)
	}
}

func TestAWriteGivenUpLosesNothing(t *testing.T) {
	a := open(t, filepath.Join(t.TempDir(), "archive.db"))
	defer closed(t, a)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := a.Write(ctx, reports(0, 1, 10))[0]; !errors.Is(err, index.ErrUnavailable) {
		t.Errorf("it gives %v", err)
	}
	write(t, a, reports(0, 1, 10))
}

func TestADamagedFileIsNotServed(t *testing.T) {
	for what, damage := range map[string]func([]byte){
		"in its middle": func(b []byte) {
			for i := len(b) / 2; i < len(b)/2+16384; i++ {
				b[i] ^= 0x5A
			}
		},
		"in its header": func(b []byte) { copy(b, "nothing of ours") },
	} {
		t.Run(what, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "archive.db")
			a := open(t, path)
			write(t, a, reports(0, 250, 150))
			closed(t, a)
			change(t, path, damage)
			_, err := embedded.Open(path, embedded.Options{CheckTime: time.Minute})
			if !errors.Is(err, embedded.ErrDamaged) || !strings.Contains(err.Error(), "dateline index rebuild") {
				t.Fatalf("opening it gives %v", err)
			}
			rebuilt, err := embedded.Rebuild(context.Background(), path, nil)
			if err != nil {
				t.Fatal(err)
			}
			a = open(t, path)
			defer closed(t, a)
			if n := total(t, a, query.All{}); n != rebuilt.Kept || n == 250 {
				t.Errorf("%d reports after %+v", n, rebuilt)
			}
			write(t, a, reports(1000, 1001, 50))
			if _, err := os.Stat(rebuilt.Old); err != nil {
				t.Errorf("the old file is gone: %v", err)
			}
		})
	}
}

func change(t *testing.T, path string, damage func([]byte)) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	damage(b)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestAFileOfAnotherSchemaIsRebuilt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "archive.db")
	a := open(t, path)
	write(t, a, reports(0, 520, 10))
	closed(t, a)
	execute(t, path, `PRAGMA user_version = 999; DROP TABLE term; DROP TABLE label`)
	_, err := embedded.Open(path, embedded.Options{})
	if !errors.Is(err, embedded.ErrSchema) || !strings.Contains(err.Error(), "dateline index rebuild") {
		t.Fatalf("opening it gives %v", err)
	}
	var steps [][2]int
	rebuilt, err := embedded.Rebuild(context.Background(), path, func(done, of int) { steps = append(steps, [2]int{done, of}) })
	if err != nil || rebuilt.Kept != 520 || rebuilt.Lost != 0 {
		t.Fatalf("rebuilding gives %+v, %v", rebuilt, err)
	}
	if diff := cmp.Diff([][2]int{{500, 520}, {520, 520}}, steps); diff != "" {
		t.Errorf("progress:\n%s", diff)
	}
	a = open(t, path)
	defer closed(t, a)
	if n := total(t, a, query.Word{Text: "word1"}); n == 0 {
		t.Error("words are not found")
	}
	if err := a.Write(context.Background(), reports(0, 1, 10))[0]; !errors.Is(err, index.ErrStale) {
		t.Errorf("the version of before gives %v", err)
	}
	left, err := filepath.Glob(path + "*")
	if err != nil || len(left) > 5 {
		t.Errorf("beside the archive lie %v, %v", left, err)
	}
}

func TestAFileOfAnotherProgramIsLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "archive.db")
	execute(t, path, `CREATE TABLE theirs (x)`)
	if _, err := embedded.Open(path, embedded.Options{}); !errors.Is(err, embedded.ErrSchema) || !strings.Contains(err.Error(), "not written by Dateline") {
		t.Errorf("opening it gives %v", err)
	}
}

func execute(t *testing.T, path, statements string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statements); err != nil {
		t.Fatal(err)
	}
}
