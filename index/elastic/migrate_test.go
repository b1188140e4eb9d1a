package elastic

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
)

// load writes new reports and revisions of old ones as fast as it can until
// it is told to stop, each again until the archive has it, as the stage does.
type load struct {
	archive *Archive
	stop    atomic.Bool
	// last holds the last revision of each report that the archive took.
	last []int
	err  error
}

func (l *load) run(ctx context.Context) {
	for batch := 0; !l.stop.Load() && ctx.Err() == nil; batch++ {
		var docs []index.Document
		for range 15 {
			l.last = append(l.last, 1)
			docs = append(docs, l.document(len(l.last)-1))
		}
		for i := 0; i < 5; i++ {
			old := (batch*7 + i*13) % len(l.last)
			if l.last[old]++; old < len(l.last)-15 {
				docs = append(docs, l.document(old))
			} else {
				l.last[old]--
			}
		}
		if l.err = l.write(ctx, docs); l.err != nil {
			return
		}
	}
}

func (l *load) document(i int) index.Document {
	r := report(fmt.Sprintf("m-%05d", i), fmt.Sprintf("Ships in port, text %d.", l.last[i]))
	r.Revision = l.last[i]
	r.Seen = r.Seen.AddDate(0, 0, r.Revision)
	return index.Document{Report: r, Enricher: 2}
}

func (l *load) write(ctx context.Context, docs []index.Document) error {
	for len(docs) > 0 {
		var again []index.Document
		for i, err := range l.archive.Write(ctx, docs) {
			switch {
			case errors.Is(err, index.ErrUnavailable) && ctx.Err() == nil:
				again = append(again, docs[i])
			case err != nil && !errors.Is(err, index.ErrStale):
				return err
			}
		}
		docs = again
	}
	return ctx.Err()
}

func TestMigrationLosesNothingWhileReportsAreWrittenAndSearched(t *testing.T) {
	o := options(t)
	o.Shards = 2
	a := openWith(t, o)
	l := &load{archive: a}
	reports := 1500
	if testing.Short() {
		reports = 300
	}
	var before []index.Document
	for range reports {
		l.last = append(l.last, 1)
		before = append(before, l.document(len(l.last)-1))
	}
	if err := l.write(t.Context(), before); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	group.Go(func() { l.run(t.Context()) })
	var searches atomic.Int64
	group.Go(func() {
		seen := 0
		for !l.stop.Load() {
			found, err := a.Search(t.Context(), index.Request{Query: query.Word{Text: "ships"}, Sort: index.ByPublished, Limit: 3})
			if err != nil {
				t.Errorf("a search during the migration gives %v", err)
				return
			}
			if found.Total < seen || len(found.Hits) != 3 {
				t.Errorf("a search finds %d reports after %d", found.Total, seen)
			}
			seen = found.Total
			searches.Add(1)
		}
	})
	var progress []int
	done, err := Migrate(t.Context(), o, MigrateOptions{Progress: func(done, of int) {
		if done > of {
			t.Errorf("%d of %d", done, of)
		}
		progress = append(progress, done)
	}})
	if err == nil {
		// The writer goes on in the new index.
		err = l.write(t.Context(), []index.Document{{Report: report("after", "Ships after."), Enricher: 2}})
	}
	l.stop.Store(true)
	group.Wait()
	if err = errors.Join(err, l.err); err != nil {
		t.Fatal(err)
	}
	if done.Old != o.Name+"-000001" || done.New != o.Name+"-000002" || len(progress) == 0 || searches.Load() == 0 {
		t.Errorf("%+v after %d steps and %d searches", done, len(progress), searches.Load())
	}
	checkMigrated(t, openWith(t, o), l)
	checkPastMigrated(t, openWith(t, o), l)
}

// checkPastMigrated checks that what each report said at first is known as of
// that day, and what it said next of the next one.
func checkPastMigrated(t *testing.T, a *Archive, l *load) {
	t.Helper()
	for revision := 1; revision <= 2; revision++ {
		want := 0
		for _, last := range l.last {
			if last >= revision {
				want++
			}
		}
		found, err := a.Search(t.Context(), index.Request{Query: query.AsOf{
			Node: query.Phrase{Text: fmt.Sprintf("text %d", revision)}, At: report("", "").Seen.AddDate(0, 0, revision).Add(time.Hour),
		}})
		if err != nil || found.Total != want {
			t.Errorf("%d reports are known in revision %d, want %d: %v", found.Total, revision, want, err)
		}
	}
}

// checkMigrated checks that the archive has each report once, in its last
// revision.
func checkMigrated(t *testing.T, a *Archive, l *load) {
	t.Helper()
	got := map[string]int{}
	req := index.Request{Sort: index.ByPublished, Limit: index.MaxLimit}
	for {
		page, err := a.Search(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		if page.Total != len(l.last)+1 {
			t.Fatalf("the archive has %d reports, want %d", page.Total, len(l.last)+1)
		}
		for _, h := range page.Hits {
			got[h.Report.ID] = h.Report.Revision
		}
		if req.Cursor = page.Next; req.Cursor == "" {
			break
		}
	}
	for i, want := range l.last {
		if id := fmt.Sprintf("m-%05d", i); got[id] != want {
			t.Errorf("%s has revision %d, want %d", id, got[id], want)
		}
	}
	again := index.Document{Report: report("m-00000", "Ships."), Enricher: 2}
	again.Report.Revision = l.last[0]
	if err := a.Write(t.Context(), []index.Document{again})[0]; !errors.Is(err, index.ErrStale) {
		t.Errorf("the version of a migrated report, written again, gives %v", err)
	}
}

// TestMigrationBringsAnOldSchemaUpToDate makes an index as another version of
// the program would have.
func TestMigrationBringsAnOldSchemaUpToDate(t *testing.T) {
	o := options(t)
	a := openWith(t, o)
	write(t, a, report("a", "Ships."), report("b", "Boats."))
	meta := `{"_meta": {"dateline_schema": "older"}}`
	put := esapi.IndicesPutMappingRequest{Index: []string{o.Name + "-000001"}, Body: bytes.NewReader([]byte(meta))}
	if err := a.cluster.do(t.Context(), put, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), o); err == nil || !strings.Contains(err.Error(), "dateline index migrate") {
		t.Fatalf("opening an index of another schema gives %v", err)
	}
	if _, err := Migrate(t.Context(), o, MigrateOptions{DeleteOld: true}); err != nil {
		t.Fatal(err)
	}
	fresh := openWith(t, o)
	if found, err := fresh.Search(t.Context(), index.Request{Query: query.Word{Text: "ships"}}); err != nil || found.Total != 1 {
		t.Errorf("%+v, %v", found, err)
	}
	var failed *serverError
	if err := a.cluster.do(t.Context(), esapi.IndicesGetRequest{Index: []string{o.Name + "-000001"}}, nil); !errors.As(err, &failed) || failed.Status != 404 {
		t.Errorf("the old index is still there: %v", err)
	}
}

// TestMigrationThatFailsChangesNothing meets a document that is no report.
func TestMigrationThatFailsChangesNothing(t *testing.T) {
	long(t)
	o := options(t)
	a := openWith(t, o)
	write(t, a, report("a", "Ships."))
	odd := esapi.IndexRequest{Index: a.names.first, DocumentID: "odd", Body: strings.NewReader(`{"id":"odd"}`), Refresh: "true"}
	if err := a.cluster.do(t.Context(), odd, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := Migrate(t.Context(), o, MigrateOptions{}); err == nil || !strings.Contains(err.Error(), `"odd" that is no report`) {
		t.Fatalf("it gives %v", err)
	}
	write(t, openWith(t, o), report("b", "Boats."))
}

// TestMigrationBeginsAnewAfterOneThatWasCutOff leaves what a process that
// died would have.
func TestMigrationBeginsAnewAfterOneThatWasCutOff(t *testing.T) {
	long(t)
	o := options(t)
	a := openWith(t, o)
	write(t, a, report("a", "Ships."))
	if err := a.cluster.do(t.Context(), esapi.IndicesCreateRequest{Index: o.Name + "-000002"}, nil); err != nil {
		t.Fatal(err)
	}
	if err := a.cluster.do(t.Context(), esapi.IndicesAddBlockRequest{Index: []string{a.names.first}, Block: "write"}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := Migrate(t.Context(), o, MigrateOptions{}); err == nil || !strings.Contains(err.Error(), "--restart") {
		t.Fatalf("without restart it gives %v", err)
	}
	if _, err := Migrate(t.Context(), o, MigrateOptions{Restart: true}); err != nil {
		t.Fatal(err)
	}
	b := openWith(t, o)
	write(t, b, report("b", "Boats."))
	if _, err := b.Get(t.Context(), "a"); err != nil {
		t.Error(err)
	}
}
