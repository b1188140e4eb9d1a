package dates

func plausibleYear(y int) bool { return y >= 1000 && y <= 2199 }

// yearNumber reads a year of four digits, or two after an apostrophe, or in words.
func (p *parser) yearNumber(i int) (y, next int) {
	t := p.at(i)
	switch {
	case t.is(number) && t.digits == 4 && plausibleYear(int(t.num)):
		if n := p.at(i + 1); n.word == "." && !n.gap && p.at(i+2).is(number) && !p.at(i+2).gap {
			return 0, 0
		}
		return int(t.num), i + 1
	case t.word == "'" && p.at(i+1).is(number) && p.at(i+1).digits == 2 && !p.at(i+1).gap:
		return fullYear(int(p.at(i + 1).num)), i + 2
	case t.is(number) && t.digits >= 2 && t.digits <= 3 && p.oldYear(i):
		return int(t.num), i + 1
	case t.is(cardinal):
		return p.yearWords(i)
	}
	return 0, 0
}

// oldYear reports whether the two or three figures at i are a year: the year
// 71, c. 314, AD 866, In 348 Rome.
func (p *parser) oldYear(i int) bool {
	switch {
	case p.word(i-1, "year"), p.word(i-1, "ad") && p.at(i-1).upper, p.word(i+1, "ad", "ce") && p.at(i+1).upper:
		return true
	case p.word(i-1, ".") && p.word(i-2, "c", "ca"), p.word(i-1, "circa"):
		return !p.at(i + 1).is(unitWord)
	case p.at(i).digits == 3 && p.word(i-1, "in", "after", "by", "until") && (p.at(i-2).is(breakMark) || p.sentenceEnd(i-2)):
		return p.at(i+1).upper && !p.at(i+1).is(number) || p.word(i+1, ",") && !p.at(i+2).is(number)
	case p.at(i).digits == 3 && p.word(i-1, "-") && p.at(i-2).is(number) && p.at(i-2).digits == 3 && (p.word(i-3, ".") && p.word(i-4, "c", "ca")):
		return true
	}
	return false
}

// yearWords reads nineteen eighty-six and two thousand and twenty.
func (p *parser) yearWords(i int) (y, next int) {
	if p.word(i, "two") && p.word(i+1, "thousand") {
		return p.cardinal(i)
	}
	t := p.at(i)
	if t.num < 17 || t.num > 20 {
		return 0, 0
	}
	j := i + 1
	if !p.at(j).is(cardinal) || p.at(j).num < 10 || p.at(j).num > 90 {
		return 0, 0
	}
	n, next := p.cardinal(j)
	if n > 99 {
		return 0, 0
	}
	return int(t.num)*100 + n, next
}

// fullYear expands two digits: up to 29 is this century, the rest the last.
func fullYear(n int) int {
	if n < 30 {
		return 2000 + n
	}
	return 1900 + n
}

// yearAfter reads the year that closes a date: ", 2015", "of 1776", "in 2016",
// "in the year 1980".
func (p *parser) yearAfter(i int) (y, next int) {
	j := i
	if p.word(j, ",") {
		j++
	}
	switch {
	case p.word(j, "of", "in") && p.word(j+1, "the") && p.word(j+2, "year"):
		j += 3
	case p.word(j, "of") || p.word(j, "in") && j == i:
		j++
	}
	if y, next = p.yearNumber(j); next == 0 {
		if !p.word(j-1, "of") {
			return 0, 0
		}
		return p.twoDigitYear(j)
	}
	if p.notYear(j, next) {
		return 0, 0
	}
	return y, next
}

// notYear reports whether the number of tokens i to j-1 is more than a year:
// a decimal, a part of a longer number, an amount.
func (p *parser) notYear(i, j int) bool {
	n := p.at(j)
	if n.gap || n.is(breakMark) {
		return false
	}
	switch n.word {
	case "%", "€", "£", "°":
		return true
	case ":", "/":
		m := p.at(j + 1)
		return !m.gap && m.is(number) && (n.word == ":" || m.digits != 4 && m.digits != 2)
	case "-":
		m := p.at(j + 1)
		return !m.gap && m.is(number) && m.digits > 4
	}
	return n.is(number)
}

// twoDigitYear reads 96 in "3 Aug 96"; context must already be a full day.
func (p *parser) twoDigitYear(i int) (y, next int) {
	t := p.at(i)
	if !t.is(number) || t.digits != 2 || !t.gap {
		return 0, 0
	}
	n := p.at(i + 1)
	if n.is(breakMark) || n.is(punctuation) && n.word != ":" && n.word != "%" && n.word != "-" && n.word != "/" && !(n.word == "." && !p.at(i+2).gap) {
		return fullYear(int(t.num)), i + 1
	}
	return 0, 0
}

// relativeYear reads the year after a date when it is told: of last year, this
// year, the same year.
func (p *parser) relativeYear(s *dateSpec, k int) int {
	j := k
	if p.word(j, ",", "of", "in") {
		j++
	}
	if m, n := p.modified(j); n > 0 {
		if u, ok := m.(unitSpec); ok && u.unit == year {
			s.of = u
			return n
		}
	}
	if p.word(k, "last", "next") && p.at(k+1).is(punctuation|breakMark) {
		s.modify = p.at(k).word
		return k + 1
	}
	return k
}

// bareYear reads a year that stands alone.
func (p *parser) bareYear(i int) (spec, int) {
	t := p.at(i)
	if t.word == "'" && t.gap {
		y, j := p.yearNumber(i)
		if j > 0 && p.word(i-1, "of", "in", "since") && p.at(j).gap {
			return &dateSpec{y: y}, j
		}
		return nil, 0
	}
	if t.is(cardinal) {
		y, j := p.yearWords(i)
		if j > 0 && (p.word(i-1, "in", "since", "of", "until", "by", "from") || len(p.toks) <= j) && y >= 1700 && y < 2200 && !p.at(j).is(unitWord) {
			return &dateSpec{y: y}, j
		}
		return nil, 0
	}
	y, j := p.yearNumber(i)
	if j == 0 || !p.yearAlone(i, j, y) {
		return nil, 0
	}
	tail := p.yearTail(j)
	if m, k := p.monthName(tail); k > 0 && (p.at(tail).upper || tail > j) {
		s := &dateSpec{y: y, m: m}
		if d, n := p.dayNumber(k); n > 0 && p.at(k).is(number) && validDay(y, m, d) {
			s.d = d
			return s, p.dayEnding(n)
		}
		if _, n := p.yearAfter(k); n == 0 && !p.at(k).is(number) {
			return s, k
		}
	}
	return &dateSpec{y: y}, p.yearTail(p.era(j))
}

// era skips AD and CE after a year.
func (p *parser) era(j int) int {
	if p.word(j, "ad", "ce") && p.at(j).upper {
		return j + 1
	}
	if p.literal(j, "a") && p.word(j+1, ".") && p.literal(j+2, "d") && p.tight(j, j+2) {
		if p.word(j+3, ".") {
			return j + 4
		}
		return j + 3
	}
	return j
}

// yearAlone reports whether the number at i is a year and no amount, name of
// a programme, or part of a longer number.
func (p *parser) yearAlone(i, j, y int) bool {
	prev, next := p.at(i-1), p.at(j)
	if y < 1000 {
		return true
	}
	if y < 1500 && !prev.is(preposition|joiner) && prev.word != "(" && !p.word(i-2, "c", "ca") {
		return false
	}
	if p.inDashes(i) || p.streetAfter(j) {
		return false
	}
	if !prev.is(breakMark) && !p.at(i).gap {
		switch prev.word {
		case "(", "[", "\"", "'", "“", "-", "—", "/", ",", ".", "«":
			if p.at(i-2).is(number) && !prev.gap && prev.word != "(" && prev.word != "[" && !(prev.word == "-" && p.at(i-2).digits == 4 && plausibleYear(int(p.at(i-2).num))) {
				return false
			}
			if prev.word == "-" && !prev.gap && p.acronym(i-2) {
				return false
			}
		default:
			return false
		}
	}
	if p.notYear(i, j) || p.amountBefore(i) || p.amountAfter(j, y, prev) {
		return false
	}
	if next.word == "-" && !next.gap && p.at(j+1).is(number) && !p.at(j+1).gap && !(p.at(j+1).digits == 4 && plausibleYear(int(p.at(j+1).num)) || p.at(j+1).digits == 2) {
		return false
	}
	return true
}

// acronym reports whether token i is a word in capitals: COVID-2019.
func (p *parser) acronym(i int) bool {
	t := p.at(i)
	return t.upper && t.end-t.start > 1 && p.text[t.start+1] >= 'A' && p.text[t.start+1] <= 'Z'
}

// amountBefore reports whether the word before a number says it is none of
// time: a theme year, a flight, a resolution, a sum.
func (p *parser) amountBefore(i int) bool {
	switch p.at(i - 1).word {
	case "vision", "agenda", "strategy", "horizon", "plan", "programme", "program", "concept", "roadmap", "flight",
		"resolution", "decree", "order", "protocol", "article", "paragraph", "page", "room", "route", "model", "boeing",
		"windows", "number", "section", "chapter", "directive", "iso", "gate",
		"highway", "channel", "$", "€", "£", "¥", "#", "№", "+", "%", "area":
		return true
	case "europe":
		return p.at(i-1).upper && !p.word(i-2, "in", "of")
	case ".":
		return p.literal(i-2, "no") || p.literal(i-2, "nos") || p.literal(i-2, "pp") || p.literal(i-2, "art")
	}
	return p.literal(i-1, "no") || p.literal(i-1, "nos")
}

// countNouns follow an amount; no year is counted in them.
var countNouns = map[string]bool{
	"people": true, "percent": true, "members": true, "metres": true, "meters": true, "tons": true, "tonnes": true,
	"km": true, "kg": true, "miles": true, "soldiers": true, "troops": true, "square": true, "men": true, "women": true,
	"children": true, "dollars": true, "euros": true, "feet": true, "pounds": true, "m": true, "mm": true, "hectares": true,
	"homes": true, "houses": true, "jobs": true, "workers": true, "employees": true, "participants": true, "delegates": true,
	"points": true, "copies": true, "cases": true, "deaths": true, "refugees": true, "students": true, "visitors": true,
	"units": true, "votes": true, "dead": true, "years": true, "days": true, "hours": true, "km²": true, "meter": true, "metre": true,
}

func (p *parser) amountAfter(j, y int, prev *token) bool {
	t := p.at(j)
	if t.is(breakMark) || t.is(punctuation) {
		return false
	}
	w := p.text[t.start:t.end]
	if countNouns[w] {
		return true
	}
	if t.is(unitWord) && !t.is(ordinal) && t.unit != quarter {
		return true
	}
	round := y%100 == 0
	return round && !prev.is(article) && !(prev.is(preposition) && prev.word != "over" && prev.word != "about" && prev.word != "around") && !t.upper && len(w) > 2 && t.word == ""
}

// inDashes reports whether the number at i is a link of a longer chain of
// numbers: a telephone number.
func (p *parser) inDashes(i int) bool {
	link := func(a, b, c int) bool {
		return p.at(a).is(number) && p.word(b, "-") && p.at(c).is(number) && p.tight(a, c)
	}
	return link(i-2, i-1, i) && (link(i, i+1, i+2) || link(i-4, i-3, i-2)) || link(i, i+1, i+2) && link(i+2, i+3, i+4) || p.word(i-1, "+")
}

// streetAfter reports whether the number before j is that of a house: 1696
// Bergen Boulevard.
func (p *parser) streetAfter(j int) bool {
	for k := j; k < j+3 && p.at(k).upper; k++ {
		w := p.text[p.at(k).start:p.at(k).end]
		if streets[w] {
			return k > j
		}
	}
	return false
}

var streets = map[string]bool{
	"Street": true, "St": true, "Avenue": true, "Ave": true, "Road": true, "Rd": true, "Boulevard": true, "Blvd": true,
	"Lane": true, "Ln": true, "Drive": true, "Dr": true, "Terrace": true, "Place": true, "Plaza": true, "Way": true, "Court": true, "Highway": true, "Square": true,
}
