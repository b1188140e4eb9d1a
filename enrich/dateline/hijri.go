package dateline

import "strings"

// hijriMonths begin the date of the Islamic calendar that some agencies set
// before the other: Kuwait, Safar 06, 1435, December 09, 2013, SPA.
var hijriMonths = map[string]bool{
	"muharram": true, "safar": true, "rabi": true, "jumada": true, "rajab": true, "shaban": true, "sha'ban": true, "ramadan": true,
	"shawwal": true, "dhul": true, "dhu": true, "thul": true,
}

// skipHijri is the offset after a date of the Islamic calendar at i with its
// year of four digits, i when there is none.
func (s *scanner) skipHijri(i int) int {
	word := s.wordEnd(i)
	if word >= s.end || !hijriMonths[strings.ToLower(s.text[i:word])] {
		return i
	}
	digits := 0
	for j := word; j < s.end && j < word+24; j++ {
		switch c := s.text[j]; {
		case c >= '0' && c <= '9':
			if digits++; digits == 4 {
				return s.afterMark(j + 1)
			}
		default:
			digits = 0
		}
	}
	return i
}

// afterMark is the offset after the comma or stop at i, i when there is none.
func (s *scanner) afterMark(i int) int {
	if i < s.end && (s.text[i] == ',' || s.text[i] == '.') {
		return i + 1
	}
	return i
}
