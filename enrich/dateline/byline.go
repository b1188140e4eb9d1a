package dateline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-news/dateline/news"
)

// byline reads the correspondent before the dateline, "By Leyla Novak, Baku,
// Dec. 8" or "By Leyla Novak BAKU (Reuters) -", and where the dateline begins.
// Without one, the name is empty and the dateline begins at start.
func byline(text string, start, end int) (name string, after int) {
	if !strings.HasPrefix(text[start:end], "By ") && !strings.HasPrefix(text[start:end], "BY ") {
		return "", start
	}
	s := scanner{text: text, end: min(end, start+reach)}
	i := s.skip(start + 3)
	from, last, words := i, i, 0
	for words < 4 {
		k := s.wordEnd(i)
		w := text[i:k]
		if first, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(first) || words > 1 && utf8.RuneCountInString(w) > 2 && w == strings.ToUpper(w) {
			break
		}
		words, last = words+1, k
		if k < s.end && text[k] == '.' {
			k++ // an initial
		}
		i = s.skip(k)
	}
	if words < 2 {
		return "", start
	}
	if j := s.skip(last); strings.HasPrefix(text[j:s.end], "and ") {
		if _, next := s.capitalRun(j+4, 3); next > 0 {
			last = next // By Leyla Novak and Jan Kovac
		}
	}
	return text[from:last], s.skip(s.afterByline(last))
}

// afterByline is the first offset after the mark that closes a byline at i, if
// there is one.
func (s *scanner) afterByline(i int) int {
	j := s.skip(i)
	if j < s.end && (s.text[j] == ',' || s.text[j] == '|' || s.text[j] == ';' || s.text[j] == '/') {
		return j + 1
	}
	if isDash(s.text[j:]) {
		_, n := utf8.DecodeRuneInString(s.text[j:])
		return j + n
	}
	return j
}

// signature reads the correspondent between the dateline, which ends before i,
// and a dash: MOSCOW, Dec. 8 (RIA Novosti), Ivan Petrov -
func signature(text string, d *news.Dateline, i int) {
	if d.Correspondent != "" || !strings.HasPrefix(text[d.Span.End:], ",") && !strings.HasSuffix(text[:d.Span.End], ",") {
		return
	}
	s := scanner{text: text, pos: i, end: min(paragraphEnd(text, i), i+reach)}
	name, next := s.capitalRun(i, 3)
	if next == 0 || !personal(name) {
		return
	}
	s.pos = next
	if !s.dash() {
		return
	}
	d.Correspondent, d.Span.End = name, len(strings.TrimRight(text[:s.pos], " "))
}
