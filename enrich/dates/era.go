package dates

import "github.com/dateline-news/dateline/news"

// ancientSpec is a year or century before the common era. Its value is the
// year with a minus sign, as in ISO 8601 but counted as people count; it has
// no interval, for JSON dates cannot hold one.
type ancientSpec struct {
	n    int
	unit unit
}

func (s ancientSpec) resolve(*frame) reading {
	width := 4
	if s.unit == century {
		width = 2
	}
	return reading{typ: news.TypeDate, value: string(appendPadded([]byte("-"), s.n, width)), grain: s.unit, basis: basisExplicit}
}

// beforeChrist reads BC, BCE, B.C. and B.C.E. at i.
func (p *parser) beforeChrist(i int) int {
	if p.at(i).upper && (p.literal(i, "bc") || p.literal(i, "bce")) {
		return i + 1
	}
	if !p.literal(i, "b") || !p.word(i+1, ".") || !p.literal(i+2, "c") || !p.tight(i, i+2) {
		return 0
	}
	j := i + 3
	if p.word(j, ".") && !p.at(j).gap {
		j++
	}
	if p.literal(j, "e") && !p.at(j).gap {
		j++
		if p.word(j, ".") && !p.at(j).gap {
			j++
		}
	}
	return j
}

// ancient reads 480 BC, the 5th century BC, and the 480 of 480–323 BC.
func (p *parser) ancient(i int) (spec, int) {
	if s, j := p.centuryFirst(i); j > 0 {
		c := s.(decadeSpec)
		if k := p.beforeChrist(j); k > 0 {
			return ancientSpec{c.y/100 + 1, century}, k
		}
		return nil, 0
	}
	t := p.at(i)
	if !t.is(number) || t.digits > 4 || t.num < 1 {
		return nil, 0
	}
	if k := p.beforeChrist(i + 1); k > 0 {
		return ancientSpec{int(t.num), year}, k
	}
	j := p.connector(i + 1)
	if j == 0 && p.word(i+1, "and", "or") {
		j = i + 2
	}
	if u := p.at(j); j > 0 && u.is(number) && u.num < t.num && p.beforeChrist(j+1) > 0 {
		return ancientSpec{int(t.num), year}, i + 1
	}
	return nil, 0
}
