package quotes

import "unicode"

// twin is the first of the two like marks that are set close together for one,
// of which word i is one: “typed” and <<so>>.
func (d *document) twin(i int) (first int, ok bool) {
	switch {
	case i+1 < len(d.Words) && d.alike(i):
		return i, true
	case i > 0 && d.alike(i-1):
		return i - 1, true
	}
	return 0, false
}

// alike reports whether word i+1 is the same mark as word i and stands right
// after it.
func (d *document) alike(i int) bool {
	a, b := &d.Words[i], &d.Words[i+1]
	return a.Text == b.Text && a.Span.End == b.Span.Start
}

// twinMark reads word i, one of the two marks from word first on: the first
// opens a quotation, the second closes one.
func (d *document) twinMark(first, i int) (mark, bool) {
	before, after := d.before(first), d.after(first+1)
	m := mark{word: i, family: double, opens: i == first, closes: i != first, sure: true}
	open := opensBefore(before) && !unicode.IsSpace(after)
	switch d.Words[first].Text {
	case "`":
		return m, m.opens
	case "<":
		m.family = angle
		return m, m.opens && open
	case ">":
		m.family = angle
		return m, m.closes && !open
	}
	return m, m.opens == open
}

// within are the words between the marks of a passage, without the second of
// two like marks.
func (d *document) within(p passage) passage {
	if p.open >= 0 && p.open+1 < len(d.Words) && d.Words[p.open].Text != `"` && d.alike(p.open) {
		p.from = max(p.from, p.open+2)
	}
	if p.close > 0 && d.Words[p.close].Text != `"` && d.alike(p.close-1) {
		p.to = min(p.to, p.close-1)
	}
	return p
}
