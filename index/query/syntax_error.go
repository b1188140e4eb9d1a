package query

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// SyntaxError says what is wrong with a query, and where.
type SyntaxError struct {
	// Query is what was typed.
	Query string
	// Offset is the byte of Query at which the fault begins, 0 to its length.
	Offset int
	// Message says what is wrong.
	Message string
	// Suggestion says what to type instead; it may be empty.
	Suggestion string
}

// Error is the message, the suggestion, and below them the query with a caret
// under the fault.
func (e *SyntaxError) Error() string {
	var b strings.Builder
	b.WriteString(e.Message)
	if e.Suggestion != "" {
		fmt.Fprintf(&b, "; %s", e.Suggestion)
	}
	before, line := e.shown()
	fmt.Fprintf(&b, "\n  %s\n  %s^", line, strings.Repeat(" ", before))
	return b.String()
}

// shownBefore and shownAfter are how much of a long query is shown around the
// fault, in runes.
const shownBefore, shownAfter = 60, 40

// shown returns the part of the query around the fault on one line, and the
// number of runes of it that stand before the fault.
func (e *SyntaxError) shown() (before int, line string) {
	head := []rune(oneLine(e.Query[:e.Offset]))
	tail := []rune(oneLine(e.Query[e.Offset:]))
	if len(head) > shownBefore {
		head = append([]rune("…"), head[len(head)-shownBefore:]...)
	}
	if len(tail) > shownAfter {
		tail = append(tail[:shownAfter:shownAfter], '…')
	}
	return len(head), string(head) + string(tail)
}

// oneLine returns s with each character that does not print as one column
// replaced by a space, and each byte that is not UTF-8 by a question mark.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError:
			return '?'
		case unicode.IsPrint(r):
			return r
		default:
			return ' '
		}
	}, s)
}
