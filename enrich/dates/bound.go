package dates

import "strings"

// boundSpec is "not earlier than March 2015" or "no later than 1 March": an
// interval that is open at one end.
type boundSpec struct {
	of     spec
	latest bool
}

func (s boundSpec) resolve(f *frame) reading {
	r := s.of.resolve(f)
	if !r.dated() {
		return r
	}
	first, last, ranged := strings.Cut(r.value, "/")
	if !ranged {
		last = first
	}
	if s.latest {
		r.open, r.value = noStart, "../"+last
	} else {
		r.open, r.value = noEnd, first+"/.."
	}
	return r
}

// bound reads "not earlier than", "no sooner than", "not before", "no later
// than", "not later than" and the date after it.
func (p *parser) bound(i int) (spec, int) {
	j := i + 1
	latest := p.word(j, "later")
	switch {
	case latest && p.word(j+1, "than"), p.word(j, "earlier") && p.word(j+1, "than"), p.literal(j, "sooner") && p.word(j+1, "than"):
		j += 2
	case p.word(i, "not") && p.word(j, "before"):
		j++
	default:
		return nil, 0
	}
	of, next := p.point(j)
	if next == 0 || !calendar(of) && !isClock(of) {
		return nil, 0
	}
	if dayLike(of) {
		if c, k := p.withClock(of, next); k > next {
			of, next = c, k
		}
	}
	return boundSpec{of, latest}, next
}
