package dates

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word, a number or a mark, with every role the lexicon gives it.
type token struct {
	start, end int
	class      class
	num        int32
	unit       unit
	tense      tense
	digits     uint8 // length of a number written in digits
	gap        bool  // white space stands before it
	upper      bool  // starts with a capital
	grouped    bool  // a number with thousands separators, never a year
	word       string
}

func (t *token) is(c class) bool  { return t.class&c != 0 }
func (e *entry) is(c class) bool  { return e.class&c != 0 }
func (t *token) all(c class) bool { return t.class&c == c }

// lexer cuts a text into tokens, one paragraph at a time, so that its memory
// does not grow with the text.
type lexer struct {
	text string
	pos  int
	toks []token
	gap  bool
}

// paragraph reads the tokens up to the next empty line; ok is false at the
// end of the text.
func (l *lexer) paragraph() (toks []token, ok bool) {
	l.toks = l.toks[:0]
	l.gap = true
	for l.pos < len(l.text) {
		c := l.text[l.pos]
		switch {
		case c == '\n':
			if l.blankLine() {
				if len(l.toks) > 0 {
					return l.toks, true
				}
				continue
			}
			l.gap = true
			l.pos++
		case c == ' ' || c == '\t' || c == '\r':
			l.gap = true
			l.pos++
		case c >= '0' && c <= '9':
			l.number()
		case c < utf8.RuneSelf && !isLetter(c):
			l.mark(1)
		default:
			l.other()
		}
	}
	return l.toks, len(l.toks) > 0
}

// blankLine consumes white space that holds at least two line feeds.
func (l *lexer) blankLine() bool {
	feeds, i := 0, l.pos
	for i < len(l.text) && strings.IndexByte(" \t\r\n", l.text[i]) >= 0 {
		if l.text[i] == '\n' {
			feeds++
		}
		i++
	}
	if feeds < 2 {
		return false
	}
	l.pos = i
	return true
}

// other reads a word, or a mark or space outside ASCII.
func (l *lexer) other() {
	r, n := rune(l.text[l.pos]), 1
	if r >= utf8.RuneSelf {
		r, n = utf8.DecodeRuneInString(l.text[l.pos:])
	}
	switch {
	case unicode.IsLetter(r):
		l.letters()
	case unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff':
		l.gap = true
		l.pos += n
	default:
		l.mark(n)
	}
}

func (l *lexer) push(t token) {
	t.gap = l.gap
	l.gap = false
	l.toks = append(l.toks, t)
	l.pos = t.end
}

func (l *lexer) mark(n int) {
	w := l.text[l.pos : l.pos+n]
	t := token{start: l.pos, end: l.pos + n, class: punctuation, word: w}
	switch w {
	case "-":
		t.class |= joiner
	case "–", "—", "‑", "−", "‐", "~":
		t.class |= joiner
		t.word = "-"
	case "’", "ʼ", "`", "‘":
		t.word = "'"
	}
	l.push(t)
}

// number reads digits with thousands separators, and the ending that makes
// them an ordinal (8th) or a decade (1980s).
func (l *lexer) number() {
	t := token{start: l.pos, class: number}
	i := l.pos
	var v int64
	for i < len(l.text) && isDigit(l.text[i]) {
		if i-l.pos < 9 {
			v = v*10 + int64(l.text[i]-'0')
		}
		i++
	}
	t.digits = uint8(min(i-l.pos, 255))
	for t.digits <= 3 && i+3 < len(l.text) && l.text[i] == ',' && isDigit(l.text[i+1]) && isDigit(l.text[i+2]) && isDigit(l.text[i+3]) &&
		(i+4 >= len(l.text) || !isDigit(l.text[i+4])) {
		v = v*1000 + int64(l.text[i+1]-'0')*100 + int64(l.text[i+2]-'0')*10 + int64(l.text[i+3]-'0')
		t.grouped = true
		i += 4
		if v > 1e9 {
			break
		}
	}
	t.num = int32(min(v, 1<<31-1))
	if n, class := suffix(l.text[i:]); class == ordinal && t.digits <= 3 || class == decadeWord && v%10 == 0 && (t.digits == 4 || t.digits == 2) {
		t.class = class
		i += n
	}
	t.end = i
	l.push(t)
}

// suffix is the length of an ordinal or decade ending at the head of s, and
// which of the two it is.
func suffix(s string) (n int, c class) {
	switch {
	case len(s) >= 2 && ordinalEnding(s[:2]):
		n, c = 2, ordinal
	case strings.HasPrefix(s, "s"):
		n, c = 1, decadeWord
	case strings.HasPrefix(s, "'s"):
		n, c = 2, decadeWord
	case strings.HasPrefix(s, "’s"):
		n, c = len("’s"), decadeWord
	default:
		return 0, 0
	}
	if n < len(s) && (isLetter(s[n]) || isDigit(s[n])) {
		return 0, 0
	}
	return n, c
}

func ordinalEnding(s string) bool {
	switch s {
	case "st", "nd", "rd", "th", "ST", "ND", "RD", "TH":
		return true
	}
	return false
}

// letters reads a word. An apostrophe inside stays when the whole is a word
// of the lexicon (o'clock); otherwise it starts a token of its own.
func (l *lexer) letters() {
	end, ascii := wordEnd(l.text, l.pos)
	w := l.text[l.pos:end]
	t := token{start: l.pos, end: end, upper: startsUpper(w)}
	e := lookup(w, ascii)
	if e == nil && end < len(l.text) && (l.text[end] == '\'' || l.text[end] == 0xe2) {
		e, end = l.contraction(end)
		if e != nil {
			t.end = end
		}
	}
	if len(w) == 1 && (w[0]|0x20 == 'a' || w[0]|0x20 == 'p') && l.afterNumber() {
		if n := meridiemLength(l.text[l.pos:]); n > 0 {
			t.class, t.num, t.word, t.end = meridiem, 1, "am", l.pos+n
			if w[0]|0x20 == 'p' {
				t.num, t.word = 2, "pm"
			}
			l.push(t)
			return
		}
	}
	if end < len(l.text) && isDigit(l.text[end]) && (e == nil || !e.is(month)) {
		l.alphanumeric(t)
		return
	}
	if w == "end" && l.weekEnd(end) {
		return
	}
	switch {
	case e != nil:
		t.class, t.num, t.unit, t.tense, t.word = e.class, e.num, e.unit, e.tense, e.word
	case ascii && len(w) > 4 && !t.upper && strings.HasSuffix(w, "ed"):
		t.tense = pastTense
	}
	l.push(t)
}

// weekEnd makes one word of week-end, whose "end" ends at the offset.
func (l *lexer) weekEnd(end int) bool {
	n := len(l.toks)
	if n < 2 || l.gap || l.toks[n-1].word != "-" || l.toks[n-1].gap || l.toks[n-2].word != "week" {
		return false
	}
	t := &l.toks[n-2]
	t.unit, t.word, t.end = weekend, "weekend", end
	l.toks = l.toks[:n-1]
	l.pos = end
	return true
}

// contraction looks for a word of the lexicon with an apostrophe inside.
func (l *lexer) contraction(at int) (*entry, int) {
	n := 1
	if l.text[at] == 0xe2 {
		if !strings.HasPrefix(l.text[at:], "’") {
			return nil, at
		}
		n = len("’")
	}
	end, _ := wordEnd(l.text, at+n)
	if end-l.pos > 12 {
		return nil, at
	}
	return lexicon[strings.ToLower(l.text[l.pos:at])+"'"+strings.ToLower(l.text[at+n:end])], end
}

// alphanumeric handles letters followed at once by digits: Q3 and Dec31 are
// cut in two, A380 is a name and stays whole.
func (l *lexer) alphanumeric(t token) {
	i := t.end
	if c := l.text[t.start] | 0x20; t.end-t.start == 1 && (c == 't' || c == 'h') && !l.gap && l.afterNumber() {
		if c == 't' {
			t.word = "t"
		}
		l.push(t)
		return
	}
	for i < len(l.text) && (isDigit(l.text[i]) || isLetter(l.text[i])) {
		i++
	}
	t.end = i
	switch l.text[t.start] | 0x20 {
	case 'q', 'h', 'f', 'c':
		t.class = coded
	}
	l.push(t)
}

func (l *lexer) afterNumber() bool {
	if len(l.toks) == 0 {
		return false
	}
	last := &l.toks[len(l.toks)-1]
	return last.is(number | cardinal)
}

// meridiemLength is the length of a.m., am, p m and the like at the head of
// s, or 0; a lone a or p counts only when a digit stands right before it.
func meridiemLength(s string) int {
	i := 1
	if i < len(s) && s[i] == '.' {
		i++
	}
	if i < len(s) && s[i] == ' ' && i+1 < len(s) && s[i+1]|0x20 == 'm' {
		i++
	}
	if i >= len(s) || s[i]|0x20 != 'm' {
		return 0
	}
	i++
	if i < len(s) && isLetter(s[i]) {
		return 0
	}
	if i < len(s) && s[i] == '.' && s[1] == '.' {
		i++
	}
	return i
}

// lookup finds the entry of a word in any case.
func lookup(w string, ascii bool) *entry {
	if len(w) > 24 {
		return nil
	}
	if !ascii {
		return lexicon[strings.ToLower(w)]
	}
	var low [24]byte
	for i := range len(w) {
		c := w[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		low[i] = c
	}
	return lexicon[string(low[:len(w)])]
}

// wordEnd is the end of the run of letters that starts at i.
func wordEnd(s string, i int) (end int, ascii bool) {
	ascii = true
	for i < len(s) {
		if isLetter(s[i]) {
			i++
			continue
		}
		if s[i] < utf8.RuneSelf {
			break
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) {
			break
		}
		ascii = false
		i += n
	}
	return i, ascii
}

func startsUpper(w string) bool {
	if w[0] < utf8.RuneSelf {
		return w[0] >= 'A' && w[0] <= 'Z'
	}
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}

func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
