package register

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"github.com/dateline-news/dateline/news"
)

// changeKey is what changes of one content share.
type changeKey struct {
	kind     Kind
	old, new string
}

// changeID is the id of the nth change of one content, from 0.
func changeID(record string, k changeKey, n int) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{record, string(k.kind), k.old, k.new, strconv.Itoa(n)}, "\x00")))
	return hex.EncodeToString(sum[:10])
}

func (f *folding) change(v Version, kind Kind, field Field, from, to string) Change {
	if f.seen == nil {
		f.seen = map[changeKey]int{}
	}
	k := changeKey{kind, from, to}
	n := f.seen[k]
	f.seen[k]++
	return Change{
		ID: changeID(f.record.ID, k, n), Record: f.record.ID, Version: v.Number, Kind: kind, Field: field,
		Old: from, New: to, At: v.At, Evidence: v.Evidence,
	}
}

// past is how long after its end an event is history.
const past = 14 * 24 * time.Hour

// firstChanges are the changes of a first version: whether it announces the
// event, and what else than that it is to come.
func (f *folding) firstChanges(v Version, s step) []Change {
	kind := NewEdition
	if v.Status == news.EventCancelled || f.isHistory(v.Values, s.at) {
		kind = Recorded
	}
	changes := []Change{f.change(v, kind, "", "", "")}
	switch v.Status {
	case news.EventCancelled, news.EventPostponed, news.EventMoved, news.EventUnderWay:
		changes = append(changes, f.change(v, statusKinds[v.Status], FieldStatus, "", v.Status))
	case news.EventHeld:
		if kind == NewEdition {
			changes = append(changes, f.change(v, Held, FieldStatus, "", v.Status))
		}
	}
	return changes
}

// isHistory reports whether the event was over long before at.
func (f *folding) isHistory(v Values, at time.Time) bool {
	switch {
	case at.IsZero():
		return false
	case !v.End.IsZero():
		return v.End.Time.Add(past).Before(at)
	case !v.Start.IsZero():
		return v.Start.Time.Add(past).Before(at)
	}
	return f.key.Year != 0 && f.key.Year < at.Year()
}

var statusKinds = map[string]Kind{
	news.EventAnnounced: Revised, news.EventConfirmed: Confirmed, news.EventPostponed: Postponed, news.EventMoved: Moved,
	news.EventCancelled: Cancelled, news.EventUnderWay: UnderWay, news.EventHeld: Held, "": Revised,
}

// changes are the differences between the values of the last version and
// those of v.
func (f *folding) changes(last Values, v Version, before moment) []Change {
	var changes []Change
	add := func(kind Kind, field Field, from, to string) {
		changes = append(changes, f.change(v, kind, field, from, to))
	}
	f.statusChange(last, v, before, add)
	now := f.state
	if a, b := ShowDates(last.Start, last.End), ShowDates(v.Start, v.End); a != b {
		kind := DatesChanged
		if a == "" || b != "" && relateDates(opinion{start: last.Start, end: last.End}, *now.dates.now) == finer {
			kind = DatesSet
		}
		add(kind, FieldDates, a, b)
	}
	if last.Place != v.Place {
		kind := PlaceChanged
		if last.Place == "" || v.Place != "" && before.place != nil && relatePlaces(*before.place, *now.place.now) == finer {
			kind = PlaceSet
		}
		add(kind, FieldPlace, last.Place, v.Place)
	}
	for _, s := range []struct {
		kind     Kind
		field    Field
		from, to string
	}{
		{VenueChanged, FieldVenue, last.Venue, v.Venue},
		{HostChanged, FieldHost, last.Host, v.Host},
		{OrganizerChanged, FieldOrganizer, last.Organizer, v.Organizer},
	} {
		if s.from != s.to {
			add(s.kind, s.field, s.from, s.to)
		}
	}
	return changes
}

// statusChange adds what became of the status: under a contradiction the
// status that the event would have without it goes on to be followed.
func (f *folding) statusChange(last Values, v Version, before moment, add func(Kind, Field, string, string)) {
	conflicts, were := f.state.conflicts(), before.conflicts
	if last.Status == Unfounded || v.Status == Unfounded {
		if last.Status != v.Status {
			kind := Revised
			if last.Status == Unfounded {
				kind = Resumed
			}
			add(kind, FieldStatus, last.Status, v.Status)
		}
		return
	}
	from, to := before.status, f.state.status.shown()
	if from != to {
		add(statusChangeKind(from, to), FieldStatus, from, to)
	}
	switch {
	case len(conflicts) > 0 && len(were) == 0:
		add(Conflict, conflicts[0], f.state.firm(conflicts[0]).shown(), rivals(f.state.firm(conflicts[0])))
	case len(conflicts) == 0 && len(were) > 0:
		add(Resolved, were[0], before.rivals, f.state.firm(were[0]).shown())
	}
	if from == to && to == news.EventPostponed && (f.state.again || ShowDates(last.Start, last.End) != ShowDates(v.Start, v.End) && f.postponesAnew(v)) {
		add(Postponed, FieldStatus, from, to)
	}
}

func statusChangeKind(from, to string) Kind {
	switch {
	case from == news.EventCancelled && (to == news.EventAnnounced || to == news.EventConfirmed || to == news.EventMoved),
		from == news.EventPostponed && to == news.EventAnnounced:
		return Resumed
	}
	if from == "" && to == news.EventAnnounced {
		return Announced
	}
	return statusKinds[to]
}

// postponesAnew reports whether the report that brought the version says that
// the event was postponed.
func (f *folding) postponesAnew(v Version) bool {
	return len(v.Evidence) > 0 && v.Evidence[0].Status == news.EventPostponed
}

func rivals(f *firm) string {
	var shown []string
	for _, r := range f.rivals {
		shown = append(shown, r.shown)
	}
	return strings.Join(shown, ", ")
}
