package elastic

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"github.com/dateline-news/dateline/index"
)

// Superseded revisions lie in an index of their own, which searches of the
// present do not look at. This file knows what they are like there, and which
// of them are to be written when others are; supersede.go writes them and
// asof.go reads them.

// past are the names of the index of superseded revisions.
func (n names) past() names { return namesOf(n.read + "-past") }

// pastID is the id of a superseded revision in its index. The report's own id
// may be as long as an id can be. Revision 0 is the report's mark.
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

// never is the Until of a mark: no search as of a time finds one.
const never = index.Always

// newMark is the mark of a report on its way: its version is the highest
// revision that somebody writes or has written.
func newMark(id string, revision int64, outcome *error) (*item, error) {
	until := int64(never)
	action := object{"_id": pastID(id, 0), "version": revision, "version_type": "external"}
	return encodeItem(id, action, &document{ID: id, Until: &until}, outcome)
}

// history is what is known of the revisions of one report.
type history struct {
	// announced is the highest revision that is known to be written or to
	// have been.
	announced int
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

// newHistory returns the history of documents of one report.
func newHistory(docs []index.Document) *history {
	h := &history{documents: map[int]index.Document{}, kept: map[int]keptRevision{}}
	for _, d := range docs {
		if other, ok := h.documents[d.Report.Revision]; !ok || other.Version() < d.Version() {
			h.documents[d.Report.Revision] = d
		}
	}
	return h
}

// highest returns the number of the last revision there is.
func (h *history) highest() int {
	highest := h.announced
	for revision := range h.documents {
		highest = max(highest, revision)
	}
	return highest
}

// addStored adds a document that the archive has: of one version what was
// stored first stays.
func (h *history) addStored(d index.Document) {
	if other, ok := h.documents[d.Report.Revision]; !ok || other.Version() <= d.Version() {
		h.documents[d.Report.Revision] = d
	}
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

// step is a superseded revision that is to be written with a time at which it
// ends.
type step struct {
	document index.Document
	until    int64
}

// steps returns what is to be written to the index of superseded revisions:
// first those that are not there, or not as they were understood last, with a
// time that cuts none short; then, once all else is visible, those that end
// earlier than they say.
func (h *history) steps() (copies, ends []step) {
	untils, highest := h.untils(), h.highest()
	for revision, d := range h.documents {
		kept, have := h.kept[revision]
		if revision == highest || have && d.Version() < kept.version {
			continue
		}
		until := untils[revision]
		first := until
		if have {
			first = max(until, kept.until)
		}
		if !have || d.Version() > kept.version || first > kept.until {
			copies = append(copies, step{d, first})
		}
		if until < first {
			ends = append(ends, step{d, until})
		}
	}
	return copies, ends
}
