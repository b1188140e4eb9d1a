package register

import (
	"cmp"
	"slices"
	"time"
)

// fold makes the record of an event from the readings of all reports that
// ever spoke of it, in any order, and from the overrides of analysts. Entry
// and Published are left to whoever appends the record.
//
// Invariant 13: a record is a function of what the reports say and analysts
// decided.
func fold(key Key, years editions, readings []Reading, overrides []Override) Record {
	f := newFolding(key, overrides)
	for _, s := range f.steps(years, readings) {
		f.take(s)
	}
	f.finish()
	return f.record
}

func newFolding(key Key, overrides []Override) *folding {
	return &folding{
		key: key, state: newState(key.Series == ""), holds: map[string]*input{},
		record: Record{ID: key.id(), Series: key.Series, Year: key.Year, Kind: key.Kind, NameKey: key.Name, Overrides: overrides},
	}
}

// folding is the work of fold.
type folding struct {
	key    Key
	record Record
	state  *state
	// inForce are the claims and overrides that hold now, in the order in
	// which they count; holds has the claims by report.
	inForce []*input
	holds   map[string]*input
	seen    map[changeKey]int
	// marks says of claims that no longer hold why.
	marks map[revision]mark
}

type revision struct {
	report   string
	revision int
}

type mark struct{ superseded, withdrawn bool }

// input is a claim or an override that holds.
type input struct {
	claim    *claim
	override *Override
}

// step is a moment at which something becomes different.
type step struct {
	at       time.Time
	report   string
	revision int
	reading  *Reading
	mentions []Mention // of the event; none when the report no longer speaks of it
	override *Override
	revoked  bool
}

// steps puts everything in the order in which it was published.
func (f *folding) steps(years editions, readings []Reading) []step {
	var steps []step
	for _, revisions := range byReport(readings) {
		steps = append(steps, f.reportSteps(years, revisions)...)
	}
	for i := range f.record.Overrides {
		o := &f.record.Overrides[i]
		steps = append(steps, step{at: o.At, report: o.ID, override: o})
		if !o.RevokedAt.IsZero() {
			steps = append(steps, step{at: o.RevokedAt, report: o.ID, revision: 1, override: o, revoked: true})
		}
	}
	slices.SortFunc(steps, func(a, b step) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.report, b.report), cmp.Compare(a.revision, b.revision))
	})
	return steps
}

// reportSteps are the revisions of one report from the first one that speaks
// of the event.
func (f *folding) reportSteps(years editions, revisions []Reading) []step {
	var steps []step
	var last time.Time
	for i := range revisions {
		r := &revisions[i]
		var mentions []Mention
		for _, m := range r.Mentions {
			if m.Key.topic() == f.key.topic() && years.settled(m.Key).id() == f.record.ID {
				mentions = append(mentions, m)
			}
		}
		if len(mentions) == 0 && len(steps) == 0 {
			continue
		}
		if r.At.After(last) {
			last = r.At // a revision is never before the one it replaces
		}
		steps = append(steps, step{at: last, report: r.Report, revision: r.Revision, reading: r, mentions: mentions})
	}
	return steps
}

// byReport groups the readings by report, in the order of their revisions,
// and leaves out what another enricher has read anew.
func byReport(readings []Reading) [][]Reading {
	sorted := slices.Clone(readings)
	slices.SortFunc(sorted, func(a, b Reading) int {
		return cmp.Or(cmp.Compare(a.Report, b.Report), cmp.Compare(a.Revision, b.Revision), cmp.Compare(b.Enricher, a.Enricher))
	})
	sorted = slices.CompactFunc(sorted, func(a, b Reading) bool { return a.Report == b.Report && a.Revision == b.Revision })
	var groups [][]Reading
	for i, r := range sorted {
		if i == 0 || sorted[i-1].Report != r.Report {
			groups = append(groups, nil)
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], r)
	}
	return groups
}

// take makes a step and adds a version when the event is a different one now.
func (f *folding) take(s step) {
	before := f.state.moment()
	switch {
	case s.override != nil && s.revoked:
		f.inForce = slices.DeleteFunc(f.inForce, func(i *input) bool { return i.override == s.override })
		f.replay()
	case s.override != nil:
		f.inForce = append(f.inForce, &input{override: s.override})
		f.state.override(*s.override)
	default:
		f.takeReading(s)
	}
	f.version(s, before)
}

func (f *folding) takeReading(s step) {
	held := f.holds[s.report]
	if len(s.mentions) == 0 {
		if s.reading.Withdrawn {
			f.mark(s, mark{withdrawn: true})
		} else {
			f.mark(s, mark{superseded: true})
		}
		if f.drop(s.report) {
			f.replay()
		}
		return
	}
	c := newClaim(*s.reading, s.mentions)
	c.at = s.at
	f.name(s.mentions[0])
	if held != nil && held.claim.says(c) {
		held.claim.evidence = c.evidence // a typing mistake mended
		return
	}
	f.mark(s, mark{superseded: true})
	dropped := f.drop(s.report)
	f.holds[s.report] = &input{claim: c}
	f.inForce = append(f.inForce, f.holds[s.report])
	if dropped {
		f.replay()
		return
	}
	f.state.hear(c)
}

// drop takes the claim of the report out of force, and reports whether there
// was one.
func (f *folding) drop(report string) bool {
	held := f.holds[report]
	if held == nil {
		return false
	}
	delete(f.holds, report)
	i := slices.Index(f.inForce, held)
	f.inForce = slices.Delete(f.inForce, i, i+1)
	return true
}

// mark notes of the revisions of the report before this one that they no
// longer hold.
func (f *folding) mark(s step, why mark) {
	if f.marks == nil {
		f.marks = map[revision]mark{}
	}
	for n := range s.revision {
		m := f.marks[revision{s.report, n}]
		f.marks[revision{s.report, n}] = mark{m.superseded || why.superseded, m.withdrawn || why.withdrawn}
	}
}

// replay makes the state anew from what holds.
func (f *folding) replay() {
	f.state = newState(f.key.Series == "")
	for _, i := range f.inForce {
		if i.override != nil {
			f.state.override(*i.override)
		} else {
			f.state.hear(i.claim)
		}
	}
	f.state.again = false // what the last of them brought was told when it came
}

// name takes the name and the edition that the first report gives.
func (f *folding) name(m Mention) {
	f.record.Name = cmp.Or(f.record.Name, m.Name)
	f.record.Edition = cmp.Or(f.record.Edition, m.Key.Edition)
}

// version adds a version when the values are others than those of the last.
func (f *folding) version(s step, before moment) {
	v := Version{Number: len(f.record.Versions) + 1, At: s.at, Values: f.state.values()}
	switch {
	case s.override != nil:
		v.Override = s.override.ID
	case len(s.mentions) > 0:
		v.Evidence = []Evidence{*newClaim(*s.reading, s.mentions).evidence}
	}
	if n := len(f.record.Versions); n > 0 {
		last := &f.record.Versions[n-1]
		v.Changes = f.changes(last.Values, v, before)
		if len(v.Changes) == 0 {
			last.Country = v.Country
			return
		}
	} else {
		v.Changes = f.firstChanges(v, s)
	}
	f.record.Versions = append(f.record.Versions, v)
}

// finish sets what only the end shows.
func (f *folding) finish() {
	n := len(f.record.Versions)
	if n == 0 {
		return
	}
	f.record.Values = f.record.Versions[n-1].Values
	f.record.Competing = f.state.competing()
	for i := range f.record.Competing {
		f.markAll(f.record.Competing[i].Evidence)
	}
	for i := range f.record.Versions {
		v := &f.record.Versions[i]
		f.markAll(v.Evidence)
		for j := range v.Changes {
			f.markAll(v.Changes[j].Evidence)
		}
	}
	f.trim()
}

func (f *folding) markAll(evidence []Evidence) {
	for i := range evidence {
		e := &evidence[i]
		m := f.marks[revision{e.Report, e.Revision}]
		e.Withdrawn, e.Superseded = m.withdrawn, m.superseded && !m.withdrawn
	}
}

// mostVersions bounds a record: an entry must fit into a message. The first
// version stays.
const mostVersions = 200

func (f *folding) trim() {
	if n := len(f.record.Versions); n > mostVersions {
		f.record.Versions = slices.Delete(f.record.Versions, 1, n-mostVersions+1)
	}
}
