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
}

// settings of the learning.
type settings struct {
	epochs   int
	rate     float32
	decay    float32 // of a weight at each update (L2)
	seed     uint64
	progress io.Writer
}

// learner fits a conditional random field by AdaGrad, one sentence at a time.
type learner struct {
	settings
	weights, squares []vector // by row
	total            []vector // sum of the weights at the ends of the later epochs
	steps, stepSq    [chain.Labels][chain.Labels]float32
	stepTotal        [chain.Labels][chain.Labels]float32
	totals           int
	lattice          lattice
	scores, want, is []vector
}

func newLearner(rows int, s settings) *learner {
	return &learner{settings: s, weights: make([]vector, rows), squares: make([]vector, rows), total: make([]vector, rows)}
}

// fit runs the epochs over the examples and leaves the mean of the later
// epochs' weights in l.weights and l.steps.
func (l *learner) fit(examples []example) {
	random := rand.New(rand.NewPCG(l.seed, 7))
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	for epoch := range l.epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		off := float64(0)
		for _, at := range order {
			off += float64(l.update(&examples[at]))
		}
		fmt.Fprintf(l.progress, "epoch %d: %.4f of the labels' mass is misplaced per sentence\n", epoch+1, off/float64(len(examples)))
		if epoch >= l.epochs/2 {
			l.remember()
		}
	}
	l.average()
}

func (l *learner) remember() {
	l.totals++
	for i := range l.weights {
		for j, x := range l.weights[i] {
			l.total[i][j] += x
		}
	}
	for i := range l.steps {
		for j, x := range l.steps[i] {
			l.stepTotal[i][j] += x
		}
	}
}

func (l *learner) average() {
	n := float32(l.totals)
	for i := range l.weights {
		for j := range l.weights[i] {
			l.weights[i][j] = l.total[i][j] / n
		}
	}
	for i := range l.steps {
		for j := range l.steps[i] {
			l.steps[i][j] = l.stepTotal[i][j] / n
		}
	}
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
			w := &l.weights[f]
			for j := range sum {
				sum[j] += w[j]
			}
		}
		l.scores[i] = sum
		from = end
	}
	var steps [chain.Labels][chain.Labels]float32
	l.lattice.setSteps(&l.steps)
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
				l.step(&l.weights[f], &l.squares[f], &g)
			}
		}
		from = end
	}
	for k := range steps {
		g := steps[k]
		for j := range g {
			g[j] *= e.weight
		}
		l.step(&l.steps[k], &l.stepSq[k], &g)
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
