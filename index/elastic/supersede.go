package elastic

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/dateline-news/dateline/index"
)

// A revision must be in the index of superseded ones before the one after it
// takes its place, whoever writes either, and Elasticsearch does not change
// two documents in one step. So each writer does two things in an order that
// leaves no gap between two of them:
//
//   - Who writes a revision that is not the first sets the report's mark to
//     its number, then reads the last revision and copies it, then writes.
//   - Who has written anything reads the marks of its reports. Where one is
//     higher than what was written, the writer copies its own document.
//
// Of two writers at least one sees the other: either the last revision is read
// after it was written, or the mark is. Until then both may hold a revision,
// and a copy may end later than it should; neither ever lacks one that was
// known, and searches as of a time see to it that each report counts once.
//
// Invariant 6: the archive keeps the highest version, and every revision.

// ends are revisions that end earlier than they say. That they do may be
// written once what ends them is visible.
type ends []step

// keepOlder keeps the revisions that the documents supersede, and those of
// them that are superseded themselves, before the documents are written. It
// returns the highest revision of each report that it knows of; the others
// need no further look. Where it fails the documents get an outcome.
func (a *Archive) keepOlder(ctx context.Context, docs []index.Document, outcomes []error) (known map[string]int, later ends) {
	which := revised(docs, outcomes)
	if len(which) == 0 {
		return nil, nil
	}
	histories := map[string]*history{}
	for id, of := range which {
		histories[id] = newHistory(of)
	}
	err := a.announce(ctx, histories)
	if err == nil {
		later, err = a.keep(ctx, histories)
	}
	known = map[string]int{}
	for id, h := range histories {
		known[id] = h.highest()
	}
	failWhere(docs, outcomes, known, err)
	return known, later
}

// keepOvertaken keeps what was written, or came late, while somebody wrote a
// later revision.
func (a *Archive) keepOvertaken(ctx context.Context, docs []index.Document, known map[string]int, outcomes []error) ends {
	reports := map[string][]index.Document{}
	for i, d := range docs {
		if there(outcomes[i]) {
			reports[d.Report.ID] = append(reports[d.Report.ID], d)
		}
	}
	marks, err := a.readMarks(ctx, reports)
	overtaken := map[string]int{}
	histories := map[string]*history{}
	for id, of := range reports {
		mark, highest := marks[id], max(1, known[id])
		if err == nil && mark <= highest {
			continue
		}
		overtaken[id] = mark
		histories[id] = newHistory(of)
		histories[id].announced = mark
	}
	var later ends
	if err == nil && len(histories) > 0 {
		later, err = a.keep(ctx, histories)
	}
	failWhere(docs, outcomes, overtaken, err)
	return later
}

// there reports whether the archive has the document of an outcome, or a later
// version.
func there(outcome error) bool { return outcome == nil || errors.Is(outcome, index.ErrStale) }

// failWhere makes err the outcome of the documents of some reports.
func failWhere(docs []index.Document, outcomes []error, which map[string]int, err error) {
	if err == nil {
		return
	}
	for i, d := range docs {
		if !there(outcomes[i]) {
			continue
		}
		if _, concerned := which[d.Report.ID]; concerned {
			outcomes[i] = err
		}
	}
}

// announce sets the marks of reports to their highest revisions.
func (a *Archive) announce(ctx context.Context, histories map[string]*history) error {
	return a.sendPast(ctx, func(add func(*item, error)) {
		for id, h := range histories {
			add(newMark(id, int64(h.highest()), new(error)))
		}
	})
}

// readMarks returns the marks of reports, by id.
func (a *Archive) readMarks(ctx context.Context, reports map[string][]index.Document) (map[string]int, error) {
	var ids []string
	for id := range reports {
		ids = append(ids, pastID(id, 0))
	}
	found, err := a.readByID(ctx, a.names.past().read, ids, "id")
	marks := map[string]int{}
	for _, v := range found {
		marks[v.Source.ID] = int(v.Version)
	}
	return marks, err
}

// keep writes what is missing of histories, and makes it visible. What is left
// to write later is returned.
func (a *Archive) keep(ctx context.Context, histories map[string]*history) (later ends, err error) {
	for _, read := range []func(context.Context, map[string]*history) error{a.readLast, a.readKept, a.readMoved} {
		if err := read(ctx, histories); err != nil {
			return nil, err
		}
	}
	any := false
	err = a.sendPast(ctx, func(add func(*item, error)) {
		for _, h := range histories {
			any = any || h.highest() > 1
			copies, after := h.steps()
			later = append(later, after...)
			for _, s := range copies {
				add(newPastItem(s.document, s.until, new(error)))
			}
		}
	})
	if err == nil && any {
		// Also what a write before has kept and could not show.
		err = a.pastRefresh.do(ctx)
	}
	return later, err
}

// end writes that revisions end earlier than they say. Searches need not see
// it at once: they find that a later one was known.
func (a *Archive) end(ctx context.Context, docs []index.Document, outcomes []error, revisions ends) {
	which := map[string]int{}
	err := a.sendPast(ctx, func(add func(*item, error)) {
		for _, s := range revisions {
			which[s.document.Report.ID] = s.document.Report.Revision
			add(newPastItem(s.document, s.until, new(error)))
		}
	})
	failWhere(docs, outcomes, which, err)
}

// sendPast sends what makes adds to the index of superseded revisions. That
// it has a later version of something is no error.
func (a *Archive) sendPast(ctx context.Context, makes func(add func(*item, error))) error {
	var items []*item
	var failed error
	makes(func(it *item, err error) {
		items = append(items, it)
		failed = errors.Join(failed, err)
	})
	if failed != nil || len(items) == 0 {
		return failed
	}
	sender := *a.sender
	sender.alias = a.names.past().write
	sender.send(ctx, items)
	for _, it := range items {
		if !there(*it.outcome) {
			return fmt.Errorf("keep a revision of report %s: %w", it.id, a.names.past().explain(*it.outcome))
		}
	}
	return nil
}

// readLast reads the last revision of each report.
func (a *Archive) readLast(ctx context.Context, histories map[string]*history) error {
	var ids []string
	for id := range histories {
		ids = append(ids, id)
	}
	found, err := a.readByID(ctx, a.names.read, ids, "report")
	for _, v := range found {
		if v.Source.Report == nil {
			return noReport(a.names.read, v.ID)
		}
		histories[v.ID].addStored(documentOf(v))
	}
	return err
}

// readKept reads when the superseded revisions of each report were known.
func (a *Archive) readKept(ctx context.Context, histories map[string]*history) error {
	var ids []string
	reports := map[string]string{}
	for id, h := range histories {
		for revision := 1; revision < h.highest(); revision++ {
			at := pastID(id, revision)
			ids, reports[at] = append(ids, at), id
		}
	}
	found, err := a.readByID(ctx, a.names.past().read, ids, "report.revision", "report.seen", "until")
	for _, v := range found {
		if v.Source.Report == nil || v.Source.Until == nil {
			return noReport(a.names.past().read, v.ID)
		}
		histories[reports[v.ID]].kept[v.Source.Report.Revision] = keptRevision{v.Version, index.SeenAt(v.Source.Report), *v.Source.Until}
	}
	return err
}

// readMoved reads the superseded revisions that are to be written again
// because another time ends them.
func (a *Archive) readMoved(ctx context.Context, histories map[string]*history) error {
	var ids []string
	reports := map[string]string{}
	for id, h := range histories {
		for revision, until := range h.untils() {
			kept, ok := h.kept[revision]
			if d, have := h.documents[revision]; ok && kept.until != until && (!have || d.Version() <= kept.version) {
				at := pastID(id, revision)
				ids, reports[at] = append(ids, at), id
			}
		}
	}
	found, err := a.readByID(ctx, a.names.past().read, ids, "report", "until")
	for _, v := range found {
		if v.Source.Report == nil {
			return noReport(a.names.past().read, v.ID)
		}
		histories[reports[v.ID]].addStored(documentOf(v))
	}
	return err
}

// noReport is the error of an index in which somebody else put something.
func noReport(where, id string) error {
	return fmt.Errorf("read %s: %w: it holds a document %q that is no report; delete it", where, index.ErrUnavailable, id)
}

// readByID reads what is there now of documents, searchable or not.
func (a *Archive) readByID(ctx context.Context, from string, ids []string, fields ...string) ([]versioned, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	body, err := json.Marshal(object{"ids": ids})
	if err != nil {
		return nil, err
	}
	var answer struct {
		Docs []struct {
			versioned
			Found bool
			Error *cause
		}
	}
	err = a.cluster.do(ctx, esapi.MgetRequest{
		Index: from, Body: bytes.NewReader(body), SourceIncludes: fields,
		FilterPath: []string{"docs._id", "docs._version", "docs.found", "docs._source", "docs.error"},
	}, &answer)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", from, a.explain(err))
	}
	var found []versioned
	for _, doc := range answer.Docs {
		switch {
		case doc.Error != nil:
			return nil, fmt.Errorf("read %s: %w: %s", from, index.ErrUnavailable, doc.Error.reason())
		case doc.Found:
			found = append(found, doc.versioned)
		}
	}
	return found, nil
}

// revised returns the documents of the reports of which a later revision than
// the first is among them, by id.
func revised(docs []index.Document, outcomes []error) map[string][]index.Document {
	found := map[string][]index.Document{}
	for i, d := range docs {
		if outcomes[i] == nil && d.Report.Revision > 1 {
			found[d.Report.ID] = nil
		}
	}
	for i, d := range docs {
		if outcomes[i] != nil {
			continue
		}
		if of, ok := found[d.Report.ID]; ok {
			found[d.Report.ID] = append(of, d)
		}
	}
	return found
}
