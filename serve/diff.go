package serve

import "strings"

// change is a stretch of a text that another revision kept, lost or gained.
type change struct {
	Text string
	Kind string // "" kept, "del" lost, "ins" gained
}

// mostEdits bounds the work of a comparison; texts that differ more are shown
// one after the other.
const mostEdits = 1000

// compare returns how the words of before became those of after, by Myers's
// greedy algorithm (An O(ND) Difference Algorithm, 1986).
func compare(before, after string) []change {
	a, b := cutWords(before), cutWords(after)
	trace, found := editTrace(a, b)
	if !found {
		return []change{{before, "del"}, {after, "ins"}}
	}
	return joinChanges(walkBack(a, b, trace))
}

// cutWords cuts text behind each run of white space, so that the parts put
// together are the text.
func cutWords(text string) []string {
	var words []string
	start := 0
	for i := 1; i < len(text); i++ {
		if isSpace(text[i-1]) && !isSpace(text[i]) {
			words = append(words, text[start:i])
			start = i
		}
	}
	if start < len(text) {
		words = append(words, text[start:])
	}
	return words
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// editTrace returns, for each number of edits, how far each diagonal got.
func editTrace(a, b []string) (trace []map[int]int, found bool) {
	reach := map[int]int{1: 0}
	for d := 0; d <= min(len(a)+len(b), mostEdits); d++ {
		step := make(map[int]int, d+2)
		for k, x := range reach {
			step[k] = x
		}
		trace = append(trace, step)
		for k := -d; k <= d; k += 2 {
			x := reach[k-1] + 1
			if k == -d || k != d && reach[k-1] < reach[k+1] {
				x = reach[k+1]
			}
			y := x - k
			for x < len(a) && y < len(b) && a[x] == b[y] {
				x, y = x+1, y+1
			}
			reach[k] = x
			if x >= len(a) && y >= len(b) {
				return trace, true
			}
		}
	}
	return nil, false
}

// walkBack follows a trace from the ends of both texts to their beginnings.
func walkBack(a, b []string, trace []map[int]int) []change {
	var changes []change
	x, y := len(a), len(b)
	for d := len(trace) - 1; d >= 0; d-- {
		reach, k := trace[d], x-y
		from := k - 1
		if k == -d || k != d && reach[k-1] < reach[k+1] {
			from = k + 1
		}
		startX := reach[from]
		startY := startX - from
		for x > startX && y > startY {
			x, y = x-1, y-1
			changes = append(changes, change{Text: a[x]})
		}
		if d == 0 {
			break
		}
		if x == startX {
			y--
			changes = append(changes, change{b[y], "ins"})
		} else {
			x--
			changes = append(changes, change{a[x], "del"})
		}
	}
	return changes
}

// joinChanges turns changes round and puts neighbours of one kind together.
func joinChanges(backwards []change) []change {
	var joined []change
	var text strings.Builder
	for i := len(backwards) - 1; i >= 0; i-- {
		c := backwards[i]
		text.WriteString(c.Text)
		if i == 0 || backwards[i-1].Kind != c.Kind {
			joined = append(joined, change{text.String(), c.Kind})
			text.Reset()
		}
	}
	return joined
}
