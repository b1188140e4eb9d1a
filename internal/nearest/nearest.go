// Package nearest says which known word a mistyped one was probably meant to
// be.
package nearest

// Word returns the first of the candidates that the fewest edits make of word,
// or "" when all take more than most edits.
func Word(word string, candidates []string, most int) string {
	best := ""
	for _, c := range candidates {
		if d := distance(word, c); d <= most {
			best, most = c, d-1
		}
	}
	return best
}

// distance is the number of letters to insert, delete, replace or swap with
// the next to make b of a (optimal string alignment).
func distance(a, b string) int {
	before, row := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next := make([]int, len(b)+1)
		next[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}
