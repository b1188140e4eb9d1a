package register

import "slices"

// firm is a field of which a new value replaces the one before: dates, place,
// status. A value that was replaced and is said again, by a story that did not
// say it before, contradicts the new one.
type firm struct {
	relate func(now, said opinion) relation
	now    *opinion
	pinned bool // an analyst set it
	past   []string
	// said holds the stories that have said each value.
	said map[string]map[string]bool
	// tally counts, from the contradiction on, the stories that hold with each
	// value; nil where there is none.
	tally  map[string]int
	rivals []opinion
}

// lead is by how many stories a value must be ahead to end a contradiction.
const lead = 2

func newFirm(relate func(now, said opinion) relation) *firm {
	return &firm{relate: relate, said: map[string]map[string]bool{}}
}

func (f *firm) conflicting() bool { return f.tally != nil }

func (f *firm) shown() string {
	if f.now == nil {
		return ""
	}
	return f.now.shown
}

// stated notes that the story says the value, and whether it did before.
func (f *firm) stated(value, story string) (before bool) {
	if f.said[value] == nil {
		f.said[value] = map[string]bool{}
	}
	before = f.said[value][story]
	f.said[value][story] = true
	return before
}

// hear takes what a story says. signal is true when it says that something
// changed. It reports whether the value is another one now.
func (f *firm) hear(o opinion, story string, signal bool) bool {
	before := f.stated(o.shown, story)
	if f.now == nil && !f.pinned {
		f.now = &o
		return true
	}
	rel := other
	if f.now != nil {
		rel = f.relate(*f.now, o)
	}
	switch {
	case rel == same:
		f.fill(o)
		if f.conflicting() && !before {
			return f.support(*f.now)
		}
		return false
	case rel == coarser || before:
		return false // or a late copy of what was said earlier
	case f.pinned:
		f.addRival(o)
		return false
	case rel == other && slices.Contains(f.past, o.shown) && !signal:
		return f.contradict(o)
	}
	f.become(o)
	return true
}

// fill adds what the same value lacked.
func (f *firm) fill(o opinion) {
	if f.now.country == "" {
		f.now.country = o.country
	}
}

// become makes o the value.
func (f *firm) become(o opinion) {
	if f.now != nil {
		f.past = append(f.past, f.now.shown)
	}
	f.now, f.tally, f.rivals = &o, nil, nil
}

// pin sets the value for good; an empty one says that it is unknown.
func (f *firm) pin(o opinion) {
	f.become(o)
	f.pinned = true
	if o.shown == "" {
		f.now = nil
	}
}

// contradict notes a value that speaks against the present one.
func (f *firm) contradict(o opinion) bool {
	if f.pinned {
		f.addRival(o)
		return false
	}
	if f.tally == nil {
		f.tally = map[string]int{f.now.shown: 1}
	}
	f.addRival(o)
	return f.support(o)
}

func (f *firm) addRival(o opinion) {
	if !slices.ContainsFunc(f.rivals, func(r opinion) bool { return r.shown == o.shown }) {
		f.rivals = append(f.rivals, o)
	}
}

// support counts a story for o, which ends the contradiction when it is far
// enough ahead.
func (f *firm) support(o opinion) bool {
	f.tally[o.shown]++
	for value, n := range f.tally {
		if value != o.shown && f.tally[o.shown] < n+lead {
			return false
		}
	}
	if o.shown == f.now.shown {
		f.tally, f.rivals = nil, nil
		return false
	}
	f.become(o)
	return true
}
