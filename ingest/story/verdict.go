package story

import "math"

// The bounds of a verdict. They were chosen on one half of the pages that the
// measurement reads; the other half is what it reports.
const (
	// leastShared is how many shingles two sketches must have in common.
	leastShared = 4
	// leastContained is the part of the shorter text that must stand in the
	// longer one; 30 % of changed words leave 0.34 of it.
	leastContained = 0.22
	// leastThin is the part that must be found in the two quarters of the
	// shorter text where least of it is: a shared footer or quotation fills
	// its own quarters alone.
	leastThin = 0.11
	// leastRatio is how short a cut copy may be, as a part of the whole.
	leastRatio = 0.1
	// leastChance is how improbable it may be that words and figures were
	// changed alike. Below it the figures changed on purpose: the next day's
	// issue of a routine report.
	leastChance = 0.03
)

// comparison is what two texts have in common.
type comparison struct {
	shared int // shingles
	of     int // of the shorter text, at the level where both are complete
	// thin and thinOf are the same for the two quarters of the shorter text
	// where least is shared.
	thin, thinOf float64
	ratio        float64 // of the lengths, at most 1
}

func (c comparison) contained() float64 { return float64(c.shared) / float64(max(c.of, 1)) }

// same decides whether the texts are copies of one, as far as words go.
func (c comparison) same() bool {
	return c.shared >= leastShared && c.ratio >= leastRatio &&
		c.contained() >= leastContained && c.thin >= leastThin*c.thinOf
}

// sameFigures decides whether the figures of two texts changed no more than
// their words did. A word was kept with the probability that explains the
// part of the shingles that is left.
func sameFigures(contained float64, a, b sample) bool {
	common, of := a.shared(b)
	kept := min(math.Pow(contained, 1.0/shingleWords), 0.97)
	return binomialTail(common, of, kept) >= leastChance
}

// binomialTail is the probability of at most k successes in n tries.
func binomialTail(k, n int, p float64) float64 {
	sum, term := 0.0, math.Pow(1-p, float64(n))
	for i := 0; i <= k && i <= n; i++ {
		sum += term
		term *= float64(n-i) / float64(i+1) * p / (1 - p)
	}
	return sum
}
