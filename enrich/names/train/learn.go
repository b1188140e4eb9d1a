package main

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"

	"github.com/dateline-news/dateline/enrich/names/internal/chain"
)

// example is a sentence as training sees it.
type example struct {
	features []int32   // row numbers, all words' one after another
	ends     []int32   // where each word's features end
	may      []allowed // the labels the corpus allows for each word
	weight   float32
	part     int // as of the record
}

// settings of the learning.
type settings struct {
	epochs   int
	rate     float32
	decay    float32 // of a weight at each update (L2)
	seed     uint64
	progress io.Writer
}

// everyModel is the part of records that all models learn from.
const everyModel = -1

// weights are the parameters of a model: by row of features, and by step.
type weights struct {
	rows  []vector
	steps [chain.Labels][chain.Labels]float32
}

func newWeights(rows int) *weights { return &weights{rows: make([]vector, rows)} }

// add adds v times scale.
func (w *weights) add(v *weights, scale float32) {
	for i := range v.rows {
		for j, x := range v.rows[i] {
			w.rows[i][j] += x * scale
		}
	}
	for i := range v.steps {
		for j, x := range v.steps[i] {
			w.steps[i][j] += x * scale
		}
	}
}

// mean fits one model for each part of the examples and returns the mean of
// their weights, which is steadier than any of them.
func mean(examples []example, rows, parts int, s settings) *weights {
	w := newWeights(rows)
	for part := range parts {
		var own []example
		for _, e := range examples {
			if e.part == everyModel || e.part == part {
				own = append(own, e)
			}
		}
		l := newLearner(rows, s)
		l.seed += uint64(part)
		w.add(l.fit(own), 1/float32(parts))
	}
	return w
}

// learner fits a conditional random field by AdaGrad, one sentence at a time.
type learner struct {
	settings
	weights, squares *weights
	lattice          lattice
	scores, want, is []vector
}

func newLearner(rows int, s settings) *learner {
	return &learner{settings: s, weights: newWeights(rows), squares: newWeights(rows)}
}

// fit runs the epochs over the examples and returns the mean of the weights
// at the ends of the later epochs.
func (l *learner) fit(examples []example) *weights {
	random := rand.New(rand.NewPCG(l.seed, 7))
	order := random.Perm(len(examples))
	average := newWeights(len(l.weights.rows))
	later := l.epochs / 2
	for epoch := range l.epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		off := float64(0)
		for _, at := range order {
			off += float64(l.update(&examples[at]))
		}
		fmt.Fprintf(l.progress, "epoch %d: %.4f of the labels' mass is misplaced per sentence\n", epoch+1, off/float64(len(examples)))
		if epoch >= later {
			average.add(l.weights, 1/float32(l.epochs-later))
		}
	}
	return average
}

// update moves the weights towards one example and returns how much of the
// labels' probability was in the wrong place.
func (l *learner) update(e *example) float32 {
	n := len(e.ends)
	l.scores, l.want, l.is = resize(l.scores, n), resize(l.want, n), resize(l.is, n)
	from := int32(0)
	for i, end := range e.ends {
		sum := vector{}
		for _, f := range e.features[from:end] {
			w := &l.weights.rows[f]
			for j := range sum {
				sum[j] += w[j]
			}
		}
		l.scores[i] = sum
		from = end
	}
	var steps [chain.Labels][chain.Labels]float32
	l.lattice.setSteps(&l.weights.steps)
	l.lattice.setScores(l.scores)
	if !l.lattice.marginals(e.may, l.want, &steps, 1) || !l.lattice.marginals(nil, l.is, &steps, -1) {
		return 0
	}
	return l.apply(e, &steps)
}

func (l *learner) apply(e *example, steps *[chain.Labels][chain.Labels]float32) float32 {
	var off float32
	from := int32(0)
	for i, end := range e.ends {
		var g vector
		var most float32
		for j := range g {
			g[j] = (l.want[i][j] - l.is[i][j]) * e.weight
			most = max(most, g[j], -g[j])
		}
		off += most
		if most > 1e-3 {
			for _, f := range e.features[from:end] {
				l.step(&l.weights.rows[f], &l.squares.rows[f], &g)
			}
		}
		from = end
	}
	for k := range steps {
		g := steps[k]
		for j := range g {
			g[j] *= e.weight
		}
		l.step(&l.weights.steps[k], &l.squares.steps[k], &g)
	}
	return off
}

// step moves a row of weights along the gradient.
func (l *learner) step(w, squares, g *vector) {
	for j, x := range g {
		if x > 1e-4 || x < -1e-4 {
			d := x - l.decay*w[j]
			squares[j] += d * d
			w[j] += l.rate * d / sqrt(squares[j]+1e-2)
		}
	}
}

func sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }
