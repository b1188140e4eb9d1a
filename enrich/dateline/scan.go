package dateline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-news/dateline/news"
)

// scanner reads the elements of a dateline one after another.
type scanner struct {
	text     string
	pos, end int
	whole    int // end of the paragraph, which may lie beyond end
	dates    []news.Date
	latest   news.Moment // the last day a date without a year may fall on
	inner    bool        // inside brackets: the end closes an element
	signed   bool        // a byline stands before it
}

func newScanner(r *news.Report, start, end int) *scanner {
	limit := min(end, start+reach)
	for limit < end && !utf8.RuneStart(r.Text[limit]) {
		limit--
	}
	s := &scanner{text: r.Text, pos: start, end: limit, whole: end, dates: datesFrom(r.Dates, start)}
	if at := r.Anchor(); !at.IsZero() {
		s.latest = news.DayOf(at).AddDays(1)
	}
	return s
}

// datesFrom are the dates from the offset on; a dateline has few before it.
func datesFrom(all []news.Date, start int) []news.Date {
	for len(all) > 0 && all[0].Span.Start < start {
		all = all[1:]
	}
	return all
}

// elements of a dateline that have been read, and how it ended.
type elements struct {
	line   news.Dateline
	start  int // where the line begins
	dated  bool
	closed bool // a mark that only a dateline has ended it: a dash, a slash
}

// read reads a dateline at the scanner's position, or returns nil.
func (s *scanner) read() *news.Dateline {
	start := s.pos
	e := elements{start: start}
	for n := 0; n < 6; n++ {
		s.pos = s.skip(s.pos)
		if !s.element(&e) {
			break
		}
		if s.separator(&e) {
			break
		}
	}
	if e.closed {
		s.afterDash(&e)
	}
	if e.line.Agency == "" && e.closed {
		s.agencyAfterDash(&e)
	}
	e.closed = e.closed || e.dated && e.line.Place != "" && (s.signed || capitals(s.text[start:s.end])) && s.opensWord()
	if !e.complete() || e.bare() && !s.opensSentence(start) {
		return nil
	}
	e.line.Span = news.Span{Start: start, End: start + len(strings.TrimRight(s.text[start:s.pos], " \t"))}
	return &e.line
}

// afterDash reads what follows a first dash up to a second one: the place and
// date of "(ANSA) - Rome, 8 December -", the date of "WARSAW – 8 December –".
func (s *scanner) afterDash(e *elements) {
	at := *s
	more := *e
	more.closed = false
	for n := 0; n < 4; n++ {
		at.pos = at.skip(at.pos)
		before := more
		if !at.element(&more) || more.line.Agency != before.line.Agency {
			return
		}
		if at.separator(&more) {
			break
		}
	}
	if more.closed && more.dated && !e.dated {
		*e, s.pos = more, at.pos
	}
}

// sentence is the least that must follow a bare city, so that a title with a
// dash is not taken for a dateline.
const sentence = 60

// opensSentence reports whether a sentence follows the bare city that was read
// from start: a name before a dash is more often something else.
func (s *scanner) opensSentence(start int) bool {
	if s.whole-s.pos < sentence {
		return false
	}
	city := strings.TrimRight(s.text[start:s.pos], " ")
	if strings.HasSuffix(city, "-") && !strings.HasSuffix(city, "--") && !capitals(city) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(s.text[s.skip(s.pos):])
	return !unicode.IsLower(next)
}

// opensWord reports whether a capitalized word follows, so that a date that no
// mark closes ends there: BAKU, Azerbaijan, Dec. 8 The ministry.
func (s *scanner) opensWord() bool {
	i := s.skip(s.pos)
	next, _ := utf8.DecodeRuneInString(s.text[min(i, s.end):s.end])
	return i > 0 && s.text[i-1] == ' ' && unicode.IsUpper(next)
}

// capitals reports whether the first word of a place is set in capitals.
func capitals(place string) bool {
	word, _, _ := strings.Cut(place, " ")
	return word == strings.ToUpper(word) && utf8.RuneCountInString(word) > 2
}

// bare reports whether only a place was read.
func (e *elements) bare() bool { return !e.dated && e.line.Agency == "" }

// agencyAfterDash reads the agency, and the correspondent before it, of
// "Baku, 8 December – Leyla Novak, APA:".
func (s *scanner) agencyAfterDash(e *elements) {
	at := scanner{text: s.text, pos: s.skip(s.pos), end: s.end}
	name, end := at.capitalRun(at.pos, 3)
	if signed := strings.Contains(name, " ") && end < s.end && (s.text[end] == ',' || s.text[end] == '/'); signed {
		at.pos = at.skip(end + 1) // Leyla Novak, APA:
	} else {
		name = ""
	}
	a, next := at.agency(at.pos)
	if next == 0 || next >= s.end || strings.IndexByte(".:/", s.text[next]) < 0 {
		return
	}
	e.line.Agency, s.pos = a, next+1
	if name != "" {
		e.line.Correspondent = name
	}
}

// complete reports whether what was read can only be a dateline.
func (e *elements) complete() bool {
	d := &e.line
	switch {
	case d.Place != "" && (e.dated || d.Agency != ""):
		return e.closed || e.dated && d.Agency != ""
	case d.Place != "":
		return e.closed
	case d.Agency != "":
		return e.closed
	}
	return false
}

// element reads a date, an agency or a place, each at most once.
func (s *scanner) element(e *elements) bool {
	if e.line.Place != "" && !e.dated {
		s.pos = s.skip(s.skipHijri(s.pos))
	}
	if d, next := s.date(); next > 0 && !e.dated {
		e.line.Date, e.dated = d, true
		s.pos = next
		return true
	}
	if s.bracketed(e) || s.signature(e) {
		return true
	}
	if e.line.Agency == "" {
		if a, next := s.agency(s.pos); next > 0 {
			e.line.Agency, s.pos = a, next
			return true
		}
	}
	if e.line.Place == "" {
		if name, next := s.place(); next > 0 {
			e.line.Place, s.pos = name, next
			return true
		}
	} else if e.line.Agency == "" && e.dated {
		return s.capitalAgency(e)
	} else if e.line.Agency == "" && s.capitalAgency(e) {
		return true
	}
	return false
}

// date reads a day that starts at the position.
func (s *scanner) date() (news.Moment, int) {
	for _, d := range s.dates {
		if d.Span.Start < s.pos || d.Type != news.TypeDate || !d.Start.Day || d.Start.IsZero() {
			continue
		}
		if d.Span.Start > s.pos || d.Span.End > s.end || d.End != d.Start.AddDays(1) {
			break
		}
		if !strings.ContainsFunc(d.Text, unicode.IsDigit) {
			break
		}
		day := d.Start
		if d.Basis != "explicit" && !s.latest.IsZero() && s.latest.Before(day) {
			day = news.Moment{Time: day.Time.AddDate(-1, 0, 0), Day: true}
		}
		return day, d.Span.End
	}
	return news.Moment{}, 0
}

// signature reads a correspondent and agency after the place: Baku. Leyla
// Novak – APA.
func (s *scanner) signature(e *elements) bool {
	if e.line.Place == "" || e.line.Agency != "" {
		return false
	}
	name, next := s.capitalRun(s.pos, 3)
	if next == 0 || !strings.Contains(name, " ") {
		return false
	}
	at := scanner{text: s.text, pos: next, end: s.end}
	if !at.dash() {
		return false
	}
	a, end := s.agency(at.pos)
	if end == 0 {
		return false
	}
	e.line.Correspondent, e.line.Agency, e.closed = name, a, true
	s.pos = end
	return true
}

// bracketed reads (Reuters), /TASS/, (AP, Dec. 8) and /AZERTAC/.
func (s *scanner) bracketed(e *elements) bool {
	if s.pos >= s.end {
		return false
	}
	var closing byte
	switch s.text[s.pos] {
	case '(':
		closing = ')'
	case '/':
		closing = '/'
	case '[':
		closing = ']'
	default:
		return false
	}
	n := strings.IndexByte(s.text[s.pos+1:s.end], closing)
	if n < 1 || n > 60 {
		return false
	}
	stop := s.pos + 1 + n
	inner := scanner{text: s.text, pos: s.pos + 1, end: stop, dates: s.dates, latest: s.latest, inner: true}
	for range 4 {
		inner.pos = inner.skip(inner.pos)
		if d, next := inner.date(); next > 0 && next <= stop && !e.dated {
			e.line.Date, e.dated, inner.pos = d, true, next
		} else if a, next := inner.agency(inner.pos); next > 0 && next <= stop && e.line.Agency == "" {
			e.line.Agency, inner.pos = a, next
		} else if name, next := inner.place(); next > 0 && (closing == '/' || s.pos == e.start) && e.line.Place == "" {
			e.line.Place, inner.pos = name, next
		} else {
			break
		}
		for inner.pos < stop && strings.IndexByte(",. ;", s.text[inner.pos]) >= 0 {
			inner.pos++
		}
	}
	if rest := strings.TrimSpace(s.text[inner.pos:stop]); rest != "" && e.line.Agency != "" && personal(rest) {
		e.line.Correspondent, inner.pos = rest, stop
	}
	if inner.pos < stop && e.line.Agency == "" {
		name := strings.TrimSpace(s.text[inner.pos:stop])
		if first, _ := utf8.DecodeRuneInString(name); unicode.IsUpper(first) && !strings.ContainsAny(name, "()[]/") && strings.Count(name, " ") < 3 && closing != ']' && (e.dated || capitals(s.text[e.start:s.pos])) {
			e.line.Agency, inner.pos = name, stop
		}
	}
	if inner.pos < stop {
		return false
	}
	e.closed = e.closed || s.pos == e.start && e.line.Agency != "" && agencies[agencyKey(e.line.Agency)] != "" && closing != '/'
	s.pos = stop + 1
	return true
}

// personal reports whether s can be the name of a correspondent: two or three
// words or initials, each with a capital.
func personal(s string) bool {
	words := strings.Fields(s)
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(r) {
			return false
		}
	}
	return len(words) == 2 || len(words) == 3
}

// agency reads the name of a known agency at i.
func (s *scanner) agency(i int) (string, int) {
	limit := i
	best, bestEnd := "", 0
	if !s.opensName(i) {
		return "", 0
	}
	for range 3 {
		limit = s.nameEnd(limit)
		if limit == 0 {
			break
		}
		raw := strings.TrimRight(s.text[i:limit], ".,:;")
		name, known := agencies[agencyKey(raw)]
		if known {
			best, bestEnd = name, i+len(raw)
		}
		limit = s.skip(limit)
	}
	return best, bestEnd
}

// opensName reports whether the name at i is set as a signature: its first letter
// is a capital or a digit.
func (s *scanner) opensName(i int) bool {
	if i >= s.end {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s.text[i:s.end])
	return unicode.IsUpper(r) || unicode.IsDigit(r) || strings.HasPrefix(s.text[i:s.end], "dpa")
}

// nameEnd is the end of the run of letters, digits and inner marks at i, or 0.
func (s *scanner) nameEnd(i int) int {
	j := i
	for j < s.end {
		r, n := utf8.DecodeRuneInString(s.text[j:])
		inner := r == '.' || r == '-'
		if inner && j+n < s.end {
			next, _ := utf8.DecodeRuneInString(s.text[j+n:])
			inner = unicode.IsLetter(next) || unicode.IsDigit(next)
		} else {
			inner = false
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !inner {
			break
		}
		j += n
	}
	if j == i {
		return 0
	}
	return j
}

// capitalAgency takes a word in capitals, or with a domain, after a place and
// date for an agency the table does not hold.
func (s *scanner) capitalAgency(e *elements) bool {
	end := s.nameEnd(s.pos)
	if _, run := s.capitalRun(s.pos, 4); run > end && run < s.end && s.text[run] == '/' {
		end = run // a name of several words is known by its slash: KAVKAZ PRESS/
	}
	if end == 0 {
		return false
	}
	name := s.text[s.pos:end]
	if utf8.RuneCountInString(name) < 3 || name != strings.ToUpper(name) && !domain(name) || !strings.ContainsFunc(name, unicode.IsLetter) {
		return false
	}
	after := s.skip(end)
	if after < s.end && strings.IndexByte("/-:.,", s.text[after]) < 0 && !isDash(s.text[after:]) {
		return false
	}
	e.line.Agency, s.pos = name, end
	return true
}

// domain reports whether a name is that of a site: Kazpravda.kz.
func domain(name string) bool {
	dot := strings.LastIndexByte(name, '.')
	return dot > 2 && len(name)-dot >= 3 && len(name)-dot <= 4 && strings.ToLower(name[dot:]) == name[dot:]
}

// separator steps over what stands between two elements and reports whether
// the dateline ends there.
func (s *scanner) separator(e *elements) bool {
	i := s.skip(s.pos)
	if i >= s.end {
		e.closed = e.closed || e.dated && e.line.Place != ""
		return true
	}
	switch {
	case isDash(s.text[i:]):
		_, n := utf8.DecodeRuneInString(s.text[i:])
		spaced := i > s.pos || i+n < s.end && s.text[i+n] == ' '
		if s.text[i:i+n] == "-" && strings.HasPrefix(s.text[i:], "--") {
			n = 2
		}
		if !spaced {
			return true
		}
		s.pos = i + n
		e.closed = true
		return true
	case s.text[i] == '/' && e.line.Agency != "":
		s.pos = i + 1
		e.closed = true
		return true
	case s.text[i] == ':' && (e.dated || e.line.Agency != ""):
		s.pos = i + 1
		e.closed = true
		return true
	case strings.HasPrefix(s.text[i:], "By ") && e.dated:
		s.pos = i
		e.closed = true
		return true
	case s.text[i] == '.', s.text[i] == ',', s.text[i] == ';', s.text[i] == '|':
		if s.text[i] == '.' && e.line.Place != "" && e.dated {
			e.closed = true
		}
		s.pos = i + 1
		return false
	}
	return false
}

func isDash(s string) bool {
	return strings.HasPrefix(s, "-") || strings.HasPrefix(s, "_ ") || strings.HasPrefix(s, "–") || strings.HasPrefix(s, "—") || strings.HasPrefix(s, "−")
}

func (s *scanner) dash() bool {
	i := s.skip(s.pos)
	if i < s.end && isDash(s.text[i:]) {
		_, n := utf8.DecodeRuneInString(s.text[i:])
		s.pos = s.skip(i + n)
		return true
	}
	return false
}

func (s *scanner) mark(c byte) bool {
	i := s.skip(s.pos)
	if i < s.end && s.text[i] == c {
		s.pos = s.skip(i + 1)
		return true
	}
	return false
}

func (s *scanner) skip(i int) int {
	for i < s.end && (s.text[i] == ' ' || s.text[i] == '\t' || strings.HasPrefix(s.text[i:], "\u00a0")) {
		if s.text[i] == ' ' || s.text[i] == '\t' {
			i++
		} else {
			i += 2
		}
	}
	return i
}
