package register

import (
	"context"
	"log/slog"
	"slices"
)

// Dossier is a record with everything that was ever said of the event.
type Dossier struct {
	Record
	// Evidence is what each revision of each report says, in the order of
	// publication.
	Evidence []Evidence `json:"evidence"`
	// Said are the values that were ever given, by field, each with those who
	// gave it.
	Said []Said `json:"said,omitempty"`
}

// Said is a value of a field and who gave it.
type Said struct {
	Field Field  `json:"field"`
	Value string `json:"value"`
	// Current says that it is the value of the record.
	Current bool `json:"current,omitempty"`
	// Evidence counts into that of the dossier, from 0.
	Evidence []int `json:"evidence"`
}

// Open returns the record with the id, with all of its evidence, or
// ErrNoEvent.
func Open(ctx context.Context, store Store, id string) (*Dossier, error) {
	record, err := store.Record(ctx, id)
	if err != nil {
		return nil, err
	}
	d := &Dossier{Record: *record, Evidence: []Evidence{}}
	w := &work{Register: New(Options{Store: store, Logger: slog.New(slog.DiscardHandler)})}
	k := record.key()
	readings, err := w.connected(ctx, k.topic(), k.tags())
	if err != nil {
		return nil, err
	}
	f := newFolding(k, record.Overrides)
	for _, s := range f.steps(editionsOf(k.topic(), readings), readings) {
		f.take(s)
		if len(s.mentions) > 0 {
			d.add(*newClaim(*s.reading, s.mentions).evidence)
		}
	}
	f.markAll(d.Evidence)
	d.sort()
	return d, nil
}

func (d *Dossier) add(e Evidence) {
	for _, earlier := range d.Evidence {
		if e.Story != "" && e.Story == earlier.Story && e.Report != earlier.Report && e.Values.equal(earlier.Values) {
			e.Copy = true
		}
	}
	d.Evidence = append(d.Evidence, e)
}

// sort puts what was said under its fields.
func (d *Dossier) sort() {
	current := shownValues(d.Values)
	for _, f := range fields {
		for i, e := range d.Evidence {
			value := shownValues(e.Values)[f]
			if value == "" {
				continue
			}
			at := slices.IndexFunc(d.Said, func(s Said) bool { return s.Field == f && s.Value == value })
			if at < 0 {
				at = len(d.Said)
				d.Said = append(d.Said, Said{Field: f, Value: value, Current: value == current[f]})
			}
			d.Said[at].Evidence = append(d.Said[at].Evidence, i)
		}
	}
}

// fields are all fields, in the order in which they are shown.
var fields = []Field{FieldStatus, FieldDates, FieldPlace, FieldVenue, FieldHost, FieldOrganizer}

func shownValues(v Values) map[Field]string {
	return map[Field]string{
		FieldStatus: v.Status, FieldDates: ShowDates(v.Start, v.End), FieldPlace: v.Place,
		FieldVenue: v.Venue, FieldHost: v.Host, FieldOrganizer: v.Organizer,
	}
}
