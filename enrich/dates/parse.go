package dates

import "strings"

// parser recognizes expressions in the tokens of one paragraph. Every rule
// looks at a bounded number of tokens, so that the whole is linear.
type parser struct {
	text  string
	toks  []token
	found []found
	depth int
}

// found is an expression and where it stands.
type found struct {
	start, end int
	spec       spec
	tense      tense
	chained    bool
	present    bool // a verb in the present stands before it
	governed   bool // a verb in the past stands right before it
}

// none stands for the tokens beyond either end of the paragraph.
var none = token{class: breakMark}

func (p *parser) at(i int) *token {
	if i < 0 || i >= len(p.toks) {
		return &none
	}
	return &p.toks[i]
}

// word reports whether token i is one of words.
func (p *parser) word(i int, words ...string) bool {
	w := p.at(i).word
	if w == "" {
		return false
	}
	for _, x := range words {
		if w == x {
			return true
		}
	}
	return false
}

// literal reports whether token i reads s in any case; for words the lexicon
// does not hold.
func (p *parser) literal(i int, s string) bool {
	t := p.at(i)
	return t.end-t.start == len(s) && strings.EqualFold(p.text[t.start:t.end], s)
}

// tight reports whether tokens i to j follow one another without white space.
func (p *parser) tight(i, j int) bool {
	for k := i + 1; k <= j; k++ {
		if p.at(k).gap || p.at(k).is(breakMark) {
			return false
		}
	}
	return true
}

// triggers are the classes that can start an expression.
const triggers = number | cardinal | ordinal | month | weekday | unitWord | deictic | modifier | dayPart | season |
	edge | decadeWord | frequency | reference | vague | article | festive | coded

// triggerWords start an expression without belonging to a class that does.
var triggerWords = map[string]bool{
	"from": true, "between": true, "within": true, "in": true, "noon": true, "midnight": true, "half": true,
	"once": true, "twice": true, "at": true, "eom": true, "eod": true, "eoy": true, "bom": true, "boy": true, "for": true,
	"'": true, "all": true, "any": true, "single": true, "of": true, "not": true, "no": true,
}

func (p *parser) run() {
	for i := 0; i < len(p.toks); {
		t := &p.toks[i]
		if !t.is(triggers) && (t.word == "" || !triggerWords[t.word]) {
			i++
			continue
		}
		if next := p.expression(i); next > i {
			i = next
			continue
		}
		i++
	}
}

// expression recognizes the expression that starts at token i, if any, and
// returns the token after it.
func (p *parser) expression(i int) int {
	if j := p.dayList(i); j > 0 {
		return j
	}
	if j := p.daysAfterMonth(i); j > 0 {
		return j
	}
	if j := p.yearPair(i); j > 0 {
		return j
	}
	if s, from, j := p.boundedRange(i); j > 0 {
		return p.emit(s, from, j)
	}
	if s, j := p.clockPairFirst(i); j > 0 {
		return p.emit(s, i, j)
	}
	s, j := p.point(i)
	if j == 0 {
		return 0
	}
	s, j = p.extend(s, i, j)
	return p.emit(s, i, j)
}

// rule is one phenomenon: the classes that can start it and its reader.
type rule struct {
	on    class
	parse func(p *parser, i int) (spec, int)
}

// point recognizes one date, time, duration or set that starts at i. What is
// longer and more certain is tried first.
func (p *parser) point(i int) (spec, int) {
	if p.depth > 6 {
		return nil, 0
	}
	p.depth++
	defer func() { p.depth-- }()
	t := p.at(i)
	for _, r := range [...]rule{
		{festive, (*parser).holiday},
		{deictic, (*parser).today},
		{article | unitWord, (*parser).dayAround},
		{article, (*parser).eve},
		{article | number | ordinal, (*parser).ancient},
		{number, (*parser).figures},
		{number, (*parser).yearThenPart},
		{article | edge, (*parser).edgeFirst},
		{article | ordinal | modifier, (*parser).nthFirst},
		{article | ordinal, (*parser).partOfYear},
		{article | ordinal, (*parser).centuryFirst},
		{article | ordinal, (*parser).runningDay},
		{article | number | ordinal | cardinal, (*parser).dayFirst},
		{article | modifier, (*parser).samePeriod},
		{article | modifier, (*parser).modified},
		{article | number | cardinal, (*parser).numberedWindow},
		{month, (*parser).monthFirst},
		{weekday | unitWord | dayPart, (*parser).pluralDays},
		{weekday, (*parser).weekdayFirst},
		{coded, (*parser).codedPart},
		{0, (*parser).clockFirst},
		{article | number | cardinal, (*parser).weekdayCount},
		{article | number | cardinal | vague, (*parser).counted},
		{0, (*parser).halfFirst},
		{article | season, (*parser).seasonFirst},
		{article | decadeWord | punctuation, (*parser).decadeFirst},
		{article | unitWord, (*parser).theWeekend},
		{unitWord, (*parser).yearEnd},
		{article | unitWord, (*parser).theUnit},
		{article | dayPart | edge, (*parser).partFirst},
		{article, (*parser).theDay},
		{frequency, (*parser).recurring},
		{reference, (*parser).presentWord},
		{0, (*parser).keyword},
		{number | cardinal | punctuation, (*parser).bareYear},
		{unitWord, (*parser).bareUnits},
	} {
		if r.on != 0 && !t.is(r.on) {
			continue
		}
		if s, j := r.parse(p, i); j > 0 {
			return s, j
		}
	}
	return nil, 0
}

// nested runs a reader on the inside of an expression, where a dash before
// figures belongs to the expression.
func (p *parser) nested(read func() (spec, int)) (spec, int) {
	p.depth += 2
	s, j := read()
	p.depth -= 2
	return s, j
}

// halfFirst reads "half an hour".
func (p *parser) halfFirst(i int) (spec, int) {
	if !p.word(i, "half") {
		return nil, 0
	}
	return p.counted(i)
}

// keyword reads what a word outside the classes opens.
func (p *parser) keyword(i int) (spec, int) {
	switch p.at(i).word {
	case "in", "within":
		if s, j := p.inLength(i); j > 0 {
			return s, j
		}
		return p.pastAge(i)
	case "at", "for":
		return p.atPresent(i)
	case "once", "twice":
		return p.timesA(i)
	case "not", "no":
		return p.bound(i)
	case "of":
		return p.pastAge(i)
	case "all":
		if u := p.at(i + 1); u.is(unitWord) && !u.is(plural) && u.unit >= night && u.unit <= year {
			return durationSpec{[]length{{1, u.unit}}}, i + 2
		}
	case "any":
		if u := p.at(i + 1); u.is(unitWord) && u.unit == weekend {
			return setSpec{"P1WE"}, i + 2
		}
	case "single":
		if p.word(i+1, "-") && p.at(i+2).is(unitWord) {
			return durationSpec{[]length{{1, p.at(i + 2).unit}}}, i + 3
		}
	}
	return p.endCode(i)
}

// endCode reads EOM, EOY, BOM and BOY.
func (p *parser) endCode(i int) (spec, int) {
	j := p.skipThe(i)
	switch p.at(j).word {
	case "eom":
		return edgeSpec{of: unitSpec{unit: monthUnit}, where: 1, point: true}, j + 1
	case "eoy":
		return edgeSpec{of: unitSpec{unit: year}, where: 1, point: true}, j + 1
	case "bom":
		return edgeSpec{of: unitSpec{unit: monthUnit}, where: -1, point: true}, j + 1
	case "eod":
		return unitSpec{unit: day}, j + 1
	case "boy":
		if p.text[p.at(j).start] == 'B' && p.text[p.at(j).start+1] == 'O' {
			return edgeSpec{of: unitSpec{unit: year}, where: -1, point: true}, j + 1
		}
	}
	return nil, 0
}

// runningDay reads "a second consecutive day", "the third straight day": the
// day of the report.
func (p *parser) runningDay(i int) (spec, int) {
	d, j := p.ordinalDay(p.skipArticle(i))
	if j == 0 || d < 2 || !p.word(j, "consecutive", "straight", "successive", "running") || !p.at(j+1).is(unitWord) || p.at(j+1).is(plural) {
		return nil, 0
	}
	return unitSpec{unit: p.at(j + 1).unit}, j + 2
}

func (p *parser) skipArticle(i int) int {
	if p.at(i).is(article) {
		return i + 1
	}
	return i
}

// theDay reads a day of the month that stands alone: the 8th.
func (p *parser) theDay(i int) (spec, int) {
	if p.at(i).num != 0 {
		return nil, 0
	}
	d, j := p.ordinalDay(i + 1)
	if j == 0 || p.at(i+1).digits == 0 && !p.word(i-1, "on") {
		return nil, 0
	}
	if n := p.at(j); !n.is(punctuation|breakMark|preposition|joiner) && !p.word(j, "it", "he", "she", "they", "we", "i", "the", "there", "a", "an", "when", "while", "but") || n.word == "-" || n.word == "%" || p.word(j, "of", "in") {
		if !p.word(j, "of") || !p.at(p.skipThe(j+1)).is(modifier) {
			return nil, 0
		}
	}
	if !p.word(i-1, "on", "until", "by", "from", "to", "before", "after", "since", "till") && len(p.toks) > 4 {
		return nil, 0
	}
	if p.word(j, "of") {
		if m, k := p.modified(j + 1); k > 0 {
			if u, ok := m.(unitSpec); ok && u.unit == monthUnit {
				return nthSpec{n: d, unit: day, of: u}, k
			}
		}
	}
	return &dateSpec{d: d}, j
}

// bareUnits reads "decades", "for years", "decades-long", "week-long".
func (p *parser) bareUnits(i int) (spec, int) {
	t := p.at(i)
	if !t.is(plural) && t.unit >= hour && p.word(i+1, "-") && p.word(i+2, "long") {
		return oneOf(t.unit), i + 3
	}
	if !t.is(plural) || t.unit < hour {
		return nil, 0
	}
	if p.word(i+1, "of") && p.word(i-1, "early", "small") {
		return nil, 0
	}
	if p.word(i-1, "for", "in", "over", "of", "after", "within") || p.word(i+1, "-") && p.word(i+2, "long") || p.word(i+1, "of", "ago") || p.word(i-1, "the") && p.word(i-2, "over") {
		return durationSpec{[]length{{-1, t.unit}}}, i + 1
	}
	return nil, 0
}

// emit records the expression of tokens i to j-1.
func (p *parser) emit(s spec, i, j int) int {
	t, chained := p.tenseAround(i, j)
	p.found = append(p.found, found{start: p.toks[i].start, end: p.toks[j-1].end, spec: s, tense: t, chained: chained, present: t == presentTense && p.isBefore(i), governed: p.governed(i)})
	return j
}

// reach is how many tokens to each side are searched for a verb.
const reach = 24

// tenseAround is the tense of the verb nearest before tokens i to j-1 within
// the sentence, else of the nearest after. It is chained when another
// expression stands before any verb.
func (p *parser) tenseAround(i, j int) (t tense, chained bool) {
	if p.word(i-1, "since") {
		return pastTense, false
	}
	for k := i - 1; k >= max(0, i-reach); k-- {
		if p.sentenceEnd(k) {
			break
		}
		if t := p.verb(k); t != unknownTense {
			return t, false
		}
		if n := len(p.found); n > 0 && p.toks[k].start < p.found[n-1].end && p.toks[k].start >= p.found[n-1].start {
			return p.found[n-1].tense, true
		}
	}
	for k := j; k < min(len(p.toks), j+reach); k++ {
		if p.sentenceEnd(k) {
			break
		}
		if t := p.verb(k); t != unknownTense {
			return t, false
		}
	}
	return unknownTense, false
}

// governed reports whether a verb in the past stands right before the
// expression at token i: "left on 20 December".
func (p *parser) governed(i int) bool {
	k := i - 1
	if p.word(k, "on", "in", "at", "from", "the") {
		k--
	}
	return k >= 0 && p.verb(k) == pastTense
}

// isBefore reports whether "is" or "are" leads to token i, with no other clause
// between.
func (p *parser) isBefore(i int) bool {
	for k := i - 1; k >= max(0, i-8) && !p.sentenceEnd(k); k-- {
		if p.word(k, "is", "are") {
			return true
		}
		if p.word(k, ",", "that", "which", ":", ";") {
			return false
		}
	}
	return false
}

// verb is the tense that token k tells, seen with its auxiliaries.
func (p *parser) verb(k int) tense {
	t := p.toks[k].tense
	if p.word(k+1, "to") && p.word(k, "set", "scheduled", "due", "expected", "slated", "planned") {
		return futureTense
	}
	if p.word(k+1, "for") && p.word(k, "set", "scheduled", "due", "slated", "planned") {
		return presentTense // was planned for 8 May: before publication or after
	}
	if p.word(k, "plans", "hopes", "aims", "expects", "intends") && !p.word(k+1, "to") {
		return unknownTense
	}
	if t == pastTense {
		for a := k - 1; a >= max(0, k-4); a-- {
			w := &p.toks[a]
			if w.word == "be" || auxiliary(w.word) || w.word == "to" && a == k-1 {
				return futureTense
			}
			if w.tense == presentTense && (w.word == "is" || w.word == "are") {
				return presentTense
			}
			if w.is(punctuation) || w.tense == pastTense {
				break
			}
		}
	}
	if t == presentTense && p.word(k, "is", "are") && p.word(k+1, "to", "due", "going", "scheduled", "expected", "set") {
		return futureTense
	}
	return t
}

// auxiliary reports whether w makes the verb after it future.
func auxiliary(w string) bool {
	switch w {
	case "will", "shall", "would", "should", "must", "'ll", "won't":
		return true
	}
	return false
}

// sentenceEnd reports whether token k ends a sentence.
func (p *parser) sentenceEnd(k int) bool {
	switch p.toks[k].word {
	case "!", "?":
		return true
	case ".":
		next, prev := p.at(k+1), p.at(k-1)
		return next.gap && (next.upper || next.is(punctuation)) && !prev.is(short) && prev.end-prev.start > 1 && !p.abbreviation(k-1)
	}
	return false
}

// abbreviation reports whether token k is a title whose full stop ends no
// sentence.
func (p *parser) abbreviation(k int) bool {
	t := p.at(k)
	if !t.upper || t.end-t.start > 4 {
		return false
	}
	switch p.text[t.start:t.end] {
	case "Mr", "Mrs", "Ms", "Dr", "St", "Gen", "Sen", "Rep", "Gov", "Prof", "Col", "Lt", "Sgt", "No", "Jr":
		return true
	}
	return false
}
