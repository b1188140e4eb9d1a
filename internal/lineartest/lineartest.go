// Package lineartest holds readers of text to time that is linear in the
// length of what they read.
package lineartest

import (
	"strings"
	"testing"
	"time"
)

// Check reads, of each of the units, a text of size bytes and one ten times as
// long, in which the unit stands again and again; quadratic time would be a
// hundred times as long. prepare does what is not measured and returns what is.
func Check(t *testing.T, units map[string]string, size int, prepare func(text string) (read func())) {
	t.Helper()
	took := func(unit string, size int) time.Duration {
		read := prepare(strings.Repeat(unit, size/len(unit)))
		best := time.Hour
		for range 3 {
			start := time.Now()
			read()
			best = min(best, time.Since(start))
		}
		return best
	}
	for name, unit := range units {
		small, large := took(unit, size), took(unit, 10*size)
		if large > 60*small && large > time.Second {
			t.Errorf("%s: %d bytes take %v, ten times as many %v", name, size, small, large)
		}
	}
}
