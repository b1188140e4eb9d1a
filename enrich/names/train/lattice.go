package main

import (
	"math"
	"math/bits"

	"github.com/dateline-news/dateline/enrich/names/internal/chain"
)

type vector = [chain.Labels]float32

// allowed is a set of labels, one bit each.
type allowed uint32

const anyLabel = allowed(1<<chain.Labels - 1)

// lattice sums over the label sequences of a sentence. It keeps its memory
// between sentences.
type lattice struct {
	alpha, beta []vector
	expSteps    [chain.Labels][chain.Labels]float32
	emit        []vector // exp of the scores, each word's greatest 1
}

// setSteps takes the scores of neighbouring labels.
func (t *lattice) setSteps(steps *[chain.Labels][chain.Labels]float32) {
	for i := range chain.Labels {
		for j := range chain.Labels {
			t.expSteps[i][j] = 0
			if chain.Label(i).Follows(chain.Label(j)) {
				t.expSteps[i][j] = exp(steps[i][j])
			}
		}
	}
}

func (t *lattice) setScores(scores []vector) {
	t.emit = resize(t.emit, len(scores))
	for i := range scores {
		top := scores[i][0]
		for _, x := range scores[i] {
			top = max(top, x)
		}
		for l, x := range scores[i] {
			t.emit[i][l] = exp(x - top)
		}
	}
}

func exp(x float32) float32 { return float32(math.Exp(float64(x))) }

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, 2*n)
	}
	return s[:n]
}

// marginals writes the probability of each label of each word, over the
// sequences that only use allowed labels (all when nil), and adds the
// expected count of each step, times sign, to steps. It reports whether any
// sequence is possible.
func (t *lattice) marginals(may []allowed, out []vector, steps *[chain.Labels][chain.Labels]float32, sign float32) bool {
	n := len(t.emit)
	t.alpha, t.beta = resize(t.alpha, n), resize(t.beta, n)
	mask := func(i, l int) bool { return may == nil || may[i]&(1<<l) != 0 }
	for l := range chain.Labels {
		t.alpha[0][l] = 0
		if chain.Label(l).Opens() && mask(0, l) {
			t.alpha[0][l] = t.emit[0][l]
		}
	}
	if !scale(&t.alpha[0]) {
		return false
	}
	for i := 1; i < n; i++ {
		a, before := &t.alpha[i], &t.alpha[i-1]
		*a = vector{}
		for k, p := range before {
			if p == 0 {
				continue
			}
			for l, s := range &t.expSteps[k] {
				a[l] += p * s
			}
		}
		for l := range a {
			if mask(i, l) {
				a[l] *= t.emit[i][l]
			} else {
				a[l] = 0
			}
		}
		if !scale(a) {
			return false
		}
	}
	for l := range chain.Labels {
		t.beta[n-1][l] = 0
		if chain.Label(l).Closes() {
			t.beta[n-1][l] = 1
		}
	}
	for i := n - 2; i >= 0; i-- {
		var next vector
		for l := range next {
			if mask(i+1, l) {
				next[l] = t.emit[i+1][l] * t.beta[i+1][l]
			}
		}
		b := &t.beta[i]
		for k := range b {
			var sum float32
			for l, s := range &t.expSteps[k] {
				sum += s * next[l]
			}
			b[k] = sum
		}
		if !scale(b) {
			return false
		}
	}
	for i := range n {
		for l := range out[i] {
			out[i][l] = t.alpha[i][l] * t.beta[i][l]
		}
		if !scale(&out[i]) {
			return false
		}
	}
	t.countSteps(may, steps, sign)
	return true
}

// certain writes the marginals of a sentence of which the annotation allows
// one sequence only, and reports false for any other.
func certain(may []allowed, out []vector, steps *[chain.Labels][chain.Labels]float32) bool {
	for _, m := range may {
		if m&(m-1) != 0 {
			return false
		}
	}
	before := -1
	for i, m := range may {
		l := bits.TrailingZeros32(uint32(m))
		out[i] = vector{}
		out[i][l] = 1
		if before >= 0 {
			steps[before][l]++
		}
		before = l
	}
	return true
}

func (t *lattice) countSteps(may []allowed, steps *[chain.Labels][chain.Labels]float32, sign float32) {
	for i := 1; i < len(t.emit); i++ {
		var next vector
		for l := range next {
			if may == nil || may[i]&(1<<l) != 0 {
				next[l] = t.emit[i][l] * t.beta[i][l]
			}
		}
		var sum float32
		var pairs [chain.Labels]vector
		for k, p := range &t.alpha[i-1] {
			if p == 0 {
				continue
			}
			for l, s := range &t.expSteps[k] {
				v := p * s * next[l]
				pairs[k][l] = v
				sum += v
			}
		}
		if sum == 0 {
			continue
		}
		for k := range pairs {
			if t.alpha[i-1][k] == 0 {
				continue
			}
			for l := range pairs[k] {
				steps[k][l] += sign * pairs[k][l] / sum
			}
		}
	}
}

// scale makes the sum of v 1; it reports false when the sum is 0.
func scale(v *vector) bool {
	var sum float32
	for _, x := range v {
		sum += x
	}
	if sum <= 0 || math.IsNaN(float64(sum)) {
		return false
	}
	for l := range v {
		v[l] /= sum
	}
	return true
}
