package events

import (
	"strconv"
	"strings"

	"github.com/dateline-news/dateline/news"
)

// phraseStart walks back from the head or the series name at word i to the
// first word of its noun phrase.
func (d *document) phraseStart(i int) int {
	low := max(d.SentenceOf(i).From, i-14, d.body)
	lower := 0
	j := i - 1
	for ; j >= low; j-- {
		w := d.Fold(j)
		switch {
		case d.isDay(j) && !d.isOrdinal(j):
			return j + 1
		case d.date[j] != 0 && !d.isOrdinal(j): // two-day, annual
		case d.Words[j].Capital && (!d.has(j, determiner|preposition|conjunction|verbOfEvent) || d.has(j, verbOfEvent) && j > low && d.Words[j-1].Capital && d.Words[j+1].Capital && !d.has(j-1, determiner|preposition)):
		case w == "'" && j > low && strings.HasSuffix(d.Fold(j-1), "s"):
		case w == "-" && j > low && d.Words[j-1].Letters, d.isOrdinal(j):
		case (w == "and" || w == "of" || w == "&" || w == "for" || w == "on") && d.Words[j+1].Capital && j > low && d.Words[j-1].Capital && (d.Words[i].Capital || w == "for" || w == "&"):
		case d.has(j, preposition|conjunction) && d.Is(j-1, "-") && d.Is(j+1, "-"): // face-to-face
		case !d.Words[j].Letters && w != "-" || d.has(j, determiner|preposition|conjunction|auxiliary):
			return j + 1
		case d.has(j, verbOfEvent) && w != "opening" && w != "closing" || d.has(j, otherVerb) && w != "working" || strings.HasSuffix(w, "ly"):
			return j + 1
		default:
			if lower++; lower > 5 {
				return j + 1
			}
		}
	}
	return j + 1
}

// isDay reports whether word i belongs to a date that lies in time, and not
// to a length, a rhythm or a word such as now.
func (d *document) isDay(i int) bool {
	if d.date[i] == 0 {
		return false
	}
	date := &d.dates[d.date[i]-1]
	return (date.Type == news.TypeDate || date.Type == news.TypeTime) && !strings.HasSuffix(date.Value, "_REF")
}

func (d *document) isOrdinal(i int) bool {
	return d.ordinal(i) != ""
}

// ordinal is the number that word i counts an edition by: 10th, tenth, XV.
func (d *document) ordinal(i int) string {
	if i < 0 || i >= len(d.Words) {
		return ""
	}
	w := &d.Words[i]
	if n := ordinals[w.Fold]; n != "" {
		if tens := tens[d.Fold(i-2)]; tens != 0 && len(n) == 1 && d.Is(i-1, "-") {
			return strconv.Itoa(tens + int(n[0]-'0')) // eighty-eighth
		}
		return n
	}
	for _, ending := range []string{"th", "st", "nd", "rd"} {
		if n, ok := strings.CutSuffix(w.Fold, ending); ok && n != "" && len(n) < 4 {
			if _, err := strconv.Atoi(n); err == nil {
				return n
			}
		}
	}
	if w.Upper || w.Text == "V" || w.Text == "X" || w.Text == "I" {
		if n := roman(w.Text); n > 0 && n < 90 {
			return strconv.Itoa(n)
		}
	}
	return ""
}

func roman(s string) int {
	values := map[byte]int{'I': 1, 'V': 5, 'X': 10, 'L': 50}
	total := 0
	for i := range len(s) {
		v := values[s[i]]
		if v == 0 {
			return 0
		}
		if i+1 < len(s) && values[s[i+1]] > v {
			total -= v
		} else {
			total += v
		}
	}
	return total
}

// readEditionOf reads "the 7th edition of" before the phrase.
func (d *document) readEditionOf(m *mention) {
	if d.Is(m.outer-1, "of") && d.Is(m.outer-2, "edition", "round") && d.ordinal(m.outer-3) != "" {
		m.edition = d.ordinal(m.outer - 3)
		m.outer -= 3
	}
}

// readModifier reads a word before the head that counts or measures the event
// and reports whether it is one.
func (m *mention) readModifier(d *document, i int) bool {
	if n := d.ordinal(i); n != "" {
		m.edition = n
		return true
	}
	if n := d.dayCount(i); n > 0 {
		m.days = n
	}
	if tens[d.Fold(i)] != 0 && d.Is(i+1, "-") && d.ordinal(i+2) != "" {
		return true
	}
	switch d.Fold(i) {
	case "-", "day", "days", "week", "month", "weeklong", "daylong", "monthlong", "such", "annual", "upcoming", "forthcoming", "next", "last", "previous", "regular", "same", "whole", "entire", "said", "important", "big", "jubilee":
		return true
	}
	if d.Is(i, "long") && d.Is(i-1, "-") {
		return true // week-long
	}
	return numbers[d.Fold(i)] > 0 || d.Words[i].Text[0] >= '0' && d.Words[i].Text[0] <= '9'
}

// dayCount is the days of "two-day" or "3-day" at word i.
func (d *document) dayCount(i int) int {
	if !d.Is(i+1, "-") && !d.Is(i+1, "day") {
		return 0
	}
	unit := i + 1
	if d.Is(unit, "-") {
		unit++
	}
	n := numbers[d.Fold(i)]
	if n == 0 {
		n, _ = strconv.Atoi(d.Words[i].Text)
	}
	switch {
	case n <= 0 || n > 60:
		return 0
	case d.Is(unit, "day", "days"):
		return n
	case d.Is(unit, "week"):
		return 7 * n
	}
	return 0
}

// yearAt is the year that word i is, 0 when it is none.
func (d *document) yearAt(i int) int {
	if i < 0 || i >= len(d.Words) || len(d.Words[i].Text) != 4 {
		return 0
	}
	y, err := strconv.Atoi(d.Words[i].Text)
	if err != nil || y < 1900 || y > 2100 {
		return 0
	}
	return y
}
