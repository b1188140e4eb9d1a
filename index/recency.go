package index

import (
	"math"
	"time"
)

// RecencyHalfLife is after how long half of what recency adds to the score of
// a report is left.
const RecencyHalfLife = 90 * 24 * time.Hour

// Recency is what the score of a match is multiplied by: 2 for a report
// published at a time, 1.5 for one RecencyHalfLife away from it, and ever
// nearer to 1. So the latest of like matches comes first, and an old report
// is passed by a new one only when it matches less than twice as well. Times
// are in milliseconds since 1970.
func Recency(published, now int64) float64 {
	halves := math.Abs(float64(published-now)) / float64(RecencyHalfLife.Milliseconds())
	return 1 + math.Exp2(-halves)
}
