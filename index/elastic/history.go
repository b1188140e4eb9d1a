package elastic

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/dateline-news/dateline/index"
)

// This file keeps the revisions that a later one superseded in an index of
// their own, which searches of the present do not look at. A revision is
// copied there before the one after it takes its place, so that a write that
// is cut off between the two loses nothing: it is done again, and until then a
// search as of that time may see the revision twice.

// past are the names of the index of superseded revisions.
func (n names) past() names { return namesOf(n.read + "-past") }

// pastID is the id of a superseded revision in its index. The report's own id
// may be as long as an id can be.
func pastID(id string, revision int) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:16]) + "-" + strconv.Itoa(revision)
}

// newPastItem is a superseded revision on its way to its index. Only its
// Until can change without a new version.
func newPastItem(d index.Document, until int64, outcome *error) (*item, error) {
	document := newDocument(d.Report)
	document.Until = &until
	action := object{"_id": pastID(d.Report.ID, d.Report.Revision), "version": d.Version(), "version_type": "external_gte"}
	return encodeItem(d.Report.ID, action, document, outcome)
}

// history is what is known of the revisions of one report.
type history struct {
	// documents are those being written and the last one in the archive, the
	// latest enrichment of each revision.
	documents map[int]index.Document
	// kept are the superseded revisions in their index.
	kept map[int]keptRevision
}

// keptRevision is what of a superseded revision decides whether it has to be
// written again.
type keptRevision struct {
	version int64
	seen    int64
	until   int64
}

// highest returns the number of the last revision there is.
func (h *history) highest() int {
	highest := 0
	for revision := range h.documents {
		highest = max(highest, revision)
	}
	return highest
}

// newHistory returns the history of documents of one report.
func newHistory(docs []index.Document) *history {
	h := &history{documents: map[int]index.Document{}, kept: map[int]keptRevision{}}
	for _, d := range docs {
		h.add(d)
	}
	return h
}

func (h *history) add(d index.Document) {
	if other, ok := h.documents[d.Report.Revision]; !ok || other.Version() < d.Version() {
		h.documents[d.Report.Revision] = d
	}
}

// addStored adds a document that the archive has: of one version what was
// stored first stays.
func (h *history) addStored(d index.Document) {
	if other, ok := h.documents[d.Report.Revision]; !ok || other.Version() <= d.Version() {
		h.documents[d.Report.Revision] = d
	}
}

// keepPast keeps what the documents supersede, and those of them that are
// superseded themselves, and reports whether there is any such revision. The
// documents are those of each report by its id.
func (a *Archive) keepPast(ctx context.Context, docs map[string][]index.Document) (any bool, err error) {
	if len(docs) == 0 {
		return false, nil
	}
	histories := map[string]*history{}
	for id, of := range docs {
		histories[id] = newHistory(of)
	}
	if err := a.readLast(ctx, histories); err != nil {
		return false, err
	}
	if err := a.readKept(ctx, histories); err != nil {
		return false, err
	}
	if err := a.readMoved(ctx, histories); err != nil {
		return false, err
	}
	for _, h := range histories {
		any = any || h.highest() > 1
	}
	items, outcomes, err := pastItems(histories)
	if err != nil || len(items) == 0 {
		return any, err
	}
	sender := *a.sender
	sender.alias = a.names.past().write
	sender.send(ctx, items)
	for i, err := range outcomes {
		if *err != nil && !errors.Is(*err, index.ErrStale) {
			return true, fmt.Errorf("keep a revision of report %s: %w", items[i].id, a.explain(*err))
		}
	}
	return true, nil
}

// readLast reads the last revision of each report.
func (a *Archive) readLast(ctx context.Context, histories map[string]*history) error {
	var ids []string
	for id := range histories {
		ids = append(ids, id)
	}
	found, err := a.readByID(ctx, a.names.read, ids, "report")
	for _, v := range found {
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
		if v.Source.Report != nil && v.Source.Until != nil {
			histories[reports[v.ID]].kept[v.Source.Report.Revision] = keptRevision{v.Version, index.SeenAt(v.Source.Report), *v.Source.Until}
		}
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
		if v.Source.Report != nil {
			histories[reports[v.ID]].addStored(documentOf(v))
		}
	}
	return err
}

// untils returns, by revision, until when each was the last one known.
func (h *history) untils() map[int]int64 {
	known := map[int]*index.Revision{}
	var all []*index.Revision
	add := func(revision int, seen int64) {
		if known[revision] == nil {
			known[revision] = &index.Revision{Number: revision}
			all = append(all, known[revision])
		}
		known[revision].Seen = seen
	}
	for revision, k := range h.kept {
		add(revision, k.seen)
	}
	for revision, d := range h.documents {
		if d.Version() > h.kept[revision].version {
			add(revision, index.SeenAt(d.Report))
		}
	}
	index.SetUntil(all)
	untils := map[int]int64{}
	for revision, r := range known {
		untils[revision] = r.Until
	}
	return untils
}

// pastItems returns what is to be written to the index of superseded
// revisions.
func pastItems(histories map[string]*history) (items []*item, outcomes []*error, err error) {
	for _, h := range histories {
		untils, highest := h.untils(), h.highest()
		for revision, d := range h.documents {
			kept, ok := h.kept[revision]
			if revision == highest || ok && (d.Version() < kept.version || d.Version() == kept.version && kept.until == untils[revision]) {
				continue
			}
			outcome := new(error)
			it, err := newPastItem(d, untils[revision], outcome)
			if err != nil {
				return nil, nil, err
			}
			items, outcomes = append(items, it), append(outcomes, outcome)
		}
	}
	return items, outcomes, nil
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
	err = a.cluster.do(ctx, esapi.MgetRequest{Index: from, Body: bytes.NewReader(body), SourceIncludes: fields}, &answer)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", from, a.explain(err))
	}
	var found []versioned
	for _, doc := range answer.Docs {
		switch {
		case doc.Error != nil:
			return nil, fmt.Errorf("read %s: %w: %s", from, index.ErrUnavailable, doc.Error.reason())
		case doc.Found && doc.Source.Report == nil:
			return nil, fmt.Errorf("read %s: %w: it holds a document %q that is no report; delete it", from, index.ErrUnavailable, doc.ID)
		case doc.Found:
			found = append(found, doc.versioned)
		}
	}
	return found, nil
}

// knownAt is the query for what was the last revision known just before a
// moment, in milliseconds since 1970.
func knownAt(at int64) object {
	missingOr := func(field string, bound object) object {
		return object{"bool": object{"should": []object{
			{"bool": object{"must_not": object{"exists": object{"field": field}}}},
			{"range": object{field: bound}},
		}}}
	}
	return object{"bool": object{"filter": []object{
		missingOr("seen", object{"lt": at}),
		missingOr("until", object{"gte": at}),
	}}}
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

// late returns, by id, the documents that came after a later version.
func late(docs []index.Document, outcomes []error, done map[string][]index.Document) map[string][]index.Document {
	found := map[string][]index.Document{}
	for i, d := range docs {
		if !errors.Is(outcomes[i], index.ErrStale) {
			continue
		}
		if _, ok := done[d.Report.ID]; !ok {
			found[d.Report.ID] = append(found[d.Report.ID], d)
		}
	}
	return found
}
