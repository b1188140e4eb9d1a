package register

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/dateline-news/dateline/wire"
)

// Bus is what the register needs of the EVENTS stream; *wire.Bus has it.
type Bus interface {
	Append(ctx context.Context, s wire.Stream, names []string, body []byte, a wire.Append) (sequence uint64, err error)
	Last(ctx context.Context, s wire.Stream, names ...string) (*wire.Entry, error)
}

// Options configure New. All fields are required.
type Options struct {
	Bus    Bus
	Store  Store
	Logger *slog.Logger
}

// Register keeps the records of events. It is safe for concurrent use, also
// by several processes.
type Register struct{ Options }

// New returns the register over a stream and a store.
func New(opts Options) *Register { return &Register{opts} }

// Take takes readings in. When it returns nil, every record they bear on is
// on the EVENTS stream and in the store as they leave it. Taking a reading
// again changes nothing; after an error it is to be taken again.
func (g *Register) Take(ctx context.Context, readings []Reading) error {
	kept := Telling(readings)
	if len(kept) == 0 {
		return nil
	}
	reports := make([]string, len(kept))
	for i, r := range kept {
		reports[i] = r.Report
	}
	if err := g.Store.PutReadings(ctx, kept); err != nil {
		return fmt.Errorf("keeping what reports say of events: %w", err)
	}
	// All revisions of the reports: a later one may speak of the event no more.
	all, err := g.Store.ReadingsOf(ctx, distinct(reports))
	if err != nil {
		return fmt.Errorf("reading what reports say of events: %w", err)
	}
	var tags []string
	for _, r := range all {
		tags = append(tags, r.Tags...)
	}
	return g.refold(ctx, distinct(tags))
}

// Rebuild folds all records anew from the readings in the store. progress,
// which may be nil, is told how many tags of events are done.
func (g *Register) Rebuild(ctx context.Context, progress func(done int)) error {
	const batch = 200
	after, done := "", 0
	for {
		tags, err := g.Store.Tags(ctx, after, batch)
		if err != nil {
			return fmt.Errorf("listing the events: %w", err)
		}
		if len(tags) == 0 {
			return nil
		}
		if err := g.refold(ctx, tags); err != nil {
			return err
		}
		after, done = tags[len(tags)-1], done+len(tags)
		if progress != nil {
			progress(done)
		}
	}
}

// refold folds every record that the tags bear on.
func (g *Register) refold(ctx context.Context, tags []string) error {
	return g.do(ctx, func(w *work) error { return w.refold(ctx, tags) })
}

// do lets f work on records, and then puts those that changed into the store.
// What is on the stream and not in the store after a crash is put there when
// the readings are taken again.
func (g *Register) do(ctx context.Context, f func(*work) error) error {
	w := &work{Register: g}
	if err := f(w); err != nil {
		return err
	}
	return g.Store.PutRecords(ctx, w.changed)
}

// work is one call's work on records.
type work struct {
	*Register
	changed []*Record
}

// refold folds every record that the tags bear on.
func (w *work) refold(ctx context.Context, tags []string) error {
	byTopic := map[string][]string{}
	for _, t := range tags {
		topic := topicOfTag(t)
		byTopic[topic] = append(byTopic[topic], t)
	}
	for _, topic := range slices.Sorted(maps.Keys(byTopic)) {
		if err := w.refoldTopic(ctx, topic, byTopic[topic]); err != nil {
			return fmt.Errorf("events %s: %w", topic, err)
		}
	}
	return nil
}

// refoldTopic folds the records of one topic that the tags bear on.
func (w *work) refoldTopic(ctx context.Context, topic string, tags []string) error {
	readings, err := w.connected(ctx, topic, tags)
	if err != nil {
		return err
	}
	keys, parts := partition(topic, readings)
	for _, id := range slices.Sorted(maps.Keys(keys)) {
		if same, err := w.unchanged(ctx, keys[id], parts[id], readings); err != nil || same {
			if err != nil {
				return fmt.Errorf("record %s: %w", id, err)
			}
			continue
		}
		if err := w.settle(ctx, keys[id], parts[id]); err != nil {
			return fmt.Errorf("record %s: %w", id, err)
		}
	}
	return nil
}

// unchanged reports whether the readings make the record that the store has:
// most reports repeat what is known. What another indexer adds meanwhile it
// folds itself.
func (w *work) unchanged(ctx context.Context, k Key, parts []Key, readings []Reading) (bool, error) {
	if len(parts) > 0 {
		return false, nil
	}
	stored, err := w.Store.Record(ctx, k.id())
	if errors.Is(err, ErrNoEvent) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	record := fold(k, editionsOf(k.topic(), readings), readings, stored.Overrides)
	record.Published = stored.Published
	return record.same(*stored), nil
}

// connected returns the readings of every report that speaks of what the tags
// stand for, or of what a year or an edition in those readings stands for.
func (w *work) connected(ctx context.Context, topic string, tags []string) ([]Reading, error) {
	for {
		readings, err := w.Store.ReadingsTagged(ctx, tags)
		if err != nil {
			return nil, err
		}
		more := slices.Clone(tags)
		for _, r := range readings {
			for _, m := range r.Mentions {
				k := m.Key.tags()
				if m.Key.topic() == topic && len(k) > 1 && slices.ContainsFunc(k, func(t string) bool { return slices.Contains(tags, t) }) {
					more = append(more, k...)
				}
			}
		}
		if more = distinct(more); len(more) == len(tags) {
			return readings, nil
		}
		tags = more
	}
}

// partition tells which records readings of a topic bear on, and what became
// part of each: editions whose year is known now. A record of which no reading
// speaks any more is among them, for it has to be folded anew as well.
func partition(topic string, readings []Reading) (keys map[string]Key, parts map[string][]Key) {
	years := editionsOf(topic, readings)
	keys, parts = map[string]Key{}, map[string][]Key{}
	for _, r := range readings {
		for _, tag := range r.Tags {
			if topicOfTag(tag) != topic {
				continue
			}
			k := keyOfTag(tag)
			settled := years.settled(k)
			keys[settled.id()] = settled
			if k.id() != settled.id() && !slices.Contains(parts[settled.id()], k) {
				parts[settled.id()] = append(parts[settled.id()], k)
			}
		}
	}
	return keys, parts
}

// settle brings the record of the key up to date on the stream and in the
// store; parts are the editions that turned out to be of its year.
func (w *work) settle(ctx context.Context, k Key, parts []Key) error {
	var known []string
	for _, p := range parts {
		merged, err := w.merge(ctx, p, k)
		if err != nil {
			return err
		}
		known = append(known, merged...)
	}
	_, err := w.update(ctx, k, edit{known: known})
	return err
}

// merge marks the record of an edition as a part of the record of its year and
// returns the ids of the changes that were published for it, as they are of
// the other record: they are not announced again.
func (w *work) merge(ctx context.Context, part, into Key) ([]string, error) {
	stored, err := w.Store.Record(ctx, part.id())
	if errors.Is(err, ErrNoEvent) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var known []string
	counts := map[changeKey]int{}
	for _, v := range stored.Versions {
		for _, c := range v.Changes {
			k := changeKey{c.Kind, c.Old, c.New}
			known = append(known, changeID(into.id(), k, counts[k]))
			counts[k]++
		}
	}
	if stored.MergedInto != into.id() {
		_, err = w.update(ctx, part, edit{mergedInto: into.id()})
	}
	return known, err
}

// edit is what an update does beyond folding.
type edit struct {
	// known are ids of changes that count as published.
	known []string
	// mergedInto is the record that this one became a part of.
	mergedInto string
	// overrides changes what analysts decided.
	overrides func([]Override) ([]Override, error)
}

// update folds the record and, where it is another one than the last entry has
// it, appends an entry. It returns the record.
func (w *work) update(ctx context.Context, k Key, e edit) (*Record, error) {
	for {
		record, err := w.tryUpdate(ctx, k, e)
		if !errors.Is(err, wire.ErrOutpaced) {
			return record, err
		}
		w.Logger.Debug("another indexer was first", "event", k.id())
	}
}

func (w *work) tryUpdate(ctx context.Context, k Key, e edit) (*Record, error) {
	// Invariant 12: what is appended was folded from readings that were read
	// after the entry that it follows.
	last, err := w.lastEntry(ctx, k)
	if err != nil {
		return nil, err
	}
	overrides := last.base.Overrides
	if e.overrides != nil {
		if overrides, err = e.overrides(slices.Clone(overrides)); err != nil {
			return nil, err
		}
	}
	readings, err := w.connected(ctx, k.topic(), k.tags())
	if err != nil {
		return nil, err
	}
	record := fold(k, editionsOf(k.topic(), readings), readings, overrides)
	record.Published = e.known
	switch {
	case e.mergedInto != "":
		record = last.base
		record.MergedInto = e.mergedInto
	case len(record.Versions) == 0 && last.base.Entry == 0:
		return nil, nil // an event that was never spoken of
	case len(record.Versions) == 0:
		// A better enricher found that no report speaks of it.
		record.Name, record.Edition, record.Status = last.base.Name, last.base.Edition, Unfounded
	}
	return w.append(ctx, k, record, last)
}

// lastEntry is the latest that is known of a record.
type lastEntry struct {
	base     Record // without an Entry when nothing is known
	sequence uint64 // of the last message on the record's subject
	stored   int    // the entry that the store has
}

func (w *work) lastEntry(ctx context.Context, k Key) (lastEntry, error) {
	var last lastEntry
	stored, err := w.Store.Record(ctx, k.id())
	switch {
	case err == nil:
		last.base, last.stored = *stored, stored.Entry
	case !errors.Is(err, ErrNoEvent):
		return last, err
	}
	message, err := w.Bus.Last(ctx, wire.StreamEvents, k.subject()...)
	if err != nil {
		return last, err
	}
	if message == nil {
		return last, nil // the stream was made anew: the store goes on
	}
	last.sequence = message.Sequence
	entry, err := DecodeEntry(message.Body)
	if err != nil {
		return last, err
	}
	if entry.Record.Entry > last.base.Entry {
		last.base = entry.Record
	}
	return last, nil
}

// append writes the record to the stream, unless it says what the last entry
// says, and then to the store.
func (w *work) append(ctx context.Context, k Key, record Record, last lastEntry) (*Record, error) {
	published := distinct(slices.Concat(last.base.Published, record.Published))
	record.Entry, record.Published = last.base.Entry, published
	changes, known := record.news(last.base)
	record.Published = distinct(slices.Concat(published, known, ids(changes)))
	if last.base.Entry > 0 && record.same(last.base) {
		if last.stored >= last.base.Entry {
			return &last.base, nil
		}
		w.changed = append(w.changed, &last.base)
		return &last.base, nil
	}
	record.Entry++
	body, err := json.Marshal(Entry{Record: record, Changes: changes})
	if err != nil {
		return nil, fmt.Errorf("encoding the entry: %w", err)
	}
	_, err = w.Bus.Append(ctx, wire.StreamEvents, k.subject(), body, wire.Append{MessageID: entryID(record, body), After: last.sequence})
	if err != nil {
		return nil, err
	}
	w.Logger.Debug("event", "event", record.ID, "entry", record.Entry, "changes", len(changes))
	w.changed = append(w.changed, &record)
	return &record, nil
}

// entryID is the same for a second try of the same entry.
func entryID(r Record, body []byte) string {
	sum := sha256.Sum256(body)
	return r.ID + "-" + strconv.Itoa(r.Entry) + "-" + hex.EncodeToString(sum[:8])
}

// news are the changes that were never published. known are the ids of those
// among them that need not be: their report was said to bring the same already,
// when less was known of what came before it.
func (r *Record) news(base Record) (fresh []Change, known []string) {
	if r.MergedInto != "" {
		return nil, nil
	}
	told := map[telling]bool{}
	for _, v := range base.Versions {
		for _, c := range v.Changes {
			if slices.Contains(base.Published, c.ID) {
				told[c.telling(v)] = true
			}
		}
	}
	for _, v := range r.Versions {
		for _, c := range v.Changes {
			switch {
			case slices.Contains(r.Published, c.ID):
			case told[c.telling(v)]:
				known = append(known, c.ID)
			default:
				c.Late = r.tooLate(c, base)
				fresh = append(fresh, c)
			}
		}
	}
	return fresh, known
}

// telling is what a version tells, whatever was before it.
type telling struct {
	kind     Kind
	new      string
	report   string
	revision int
	override string
}

func (c Change) telling(v Version) telling {
	t := telling{kind: c.Kind, new: c.New, override: v.Override}
	if len(v.Evidence) > 0 {
		t.report, t.revision = v.Evidence[0].Report, v.Evidence[0].Revision
	}
	return t
}

// newsAge is how long after its publication a report is news, whenever it is
// found: agencies, outages and those who file reports by hand take their time.
const newsAge = 7 * 24 * time.Hour

// tooLate reports whether the change is history: its report was found long
// after it was published, when a later state of the event was known already,
// and what it brought holds no more.
func (r *Record) tooLate(c Change, base Record) bool {
	n := len(base.Versions)
	if n == 0 || len(c.Evidence) == 0 || !c.At.Before(base.Versions[n-1].At) {
		return false
	}
	found := c.Evidence[0].Seen
	return found.Sub(c.At) > newsAge && base.Versions[n-1].found().Before(found) && !r.holds(c)
}

// found is when Dateline learned of the version.
func (v Version) found() time.Time {
	if len(v.Evidence) > 0 {
		return v.Evidence[0].Seen
	}
	return v.At
}

// holds reports whether the record has the value that the change brought.
func (r *Record) holds(c Change) bool {
	return c.Field != "" && c.New != "" && shownValues(r.Values)[c.Field] == c.New
}

func ids(changes []Change) []string {
	var ids []string
	for _, c := range changes {
		ids = append(ids, c.ID)
	}
	return ids
}

// same reports whether two records say the same, whatever their entries are.
func (r Record) same(other Record) bool {
	r.Entry, other.Entry = 0, 0
	a, errA := json.Marshal(r)
	b, errB := json.Marshal(other)
	return cmp.Or(errA, errB) == nil && bytes.Equal(a, b)
}
