package news

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// Span is a half-open range [Start,End) of bytes in the UTF-8 text of a
// report. Both ends lie on rune boundaries. Its JSON form is [start,end].
type Span struct{ Start, End int }

// Of returns the part of text that the span covers, or "" when the span does
// not lie inside the text.
func (s Span) Of(text string) string {
	if s.Start < 0 || s.End > len(text) || s.Start > s.End {
		return ""
	}
	return text[s.Start:s.End]
}

// Len is the length of the span in bytes.
func (s Span) Len() int { return s.End - s.Start }

// IsZero reports whether the span is absent: the zero Span covers nothing.
func (s Span) IsZero() bool { return s == Span{} }

// Contains reports whether t lies wholly within s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share at least one byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Valid reports whether the span is a non-empty range of text with both ends
// on rune boundaries.
func (s Span) Valid(text string) bool {
	return s.Start >= 0 && s.Start < s.End && s.End <= len(text) &&
		utf8.RuneStart(text[s.Start]) && (s.End == len(text) || utf8.RuneStart(text[s.End]))
}

// MarshalJSON writes [start,end].
func (s Span) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, "[%d,%d]", s.Start, s.End), nil
}

// UnmarshalJSON reads [start,end].
func (s *Span) UnmarshalJSON(b []byte) error {
	var pair [2]int
	if err := json.Unmarshal(b, &pair); err != nil {
		return fmt.Errorf("span: want [start,end]: %w", err)
	}
	s.Start, s.End = pair[0], pair[1]
	return nil
}
