package main

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"

	"github.com/dateline-news/dateline/enrich/names/internal/chain"
	"golang.org/x/sync/errgroup"
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
	hide     float64 // the chance that the features that name a word are not seen
	times    int     // how often each part is fitted, with other seeds
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

// mean fits models to each part of the examples, two at a time, and returns
// the mean of their weights, which is steadier than any of them.
func mean(examples []example, features rows, parts int, s settings) *weights {
	models := parts * s.times
	fitted := make([]*weights, models)
	var group errgroup.Group
	group.SetLimit(2)
	for m := range models {
		group.Go(func() error {
			fitted[m] = fitPart(examples, features, m%parts, s.seed+uint64(m), s)
			return nil
		})
	}
	group.Wait()
	w := newWeights(len(features.keys))
	for _, f := range fitted {
		w.add(f, 1/float32(models))
	}
	return w
}

// fitPart fits a model to the examples of one part and those of every part.
func fitPart(examples []example, features rows, part int, seed uint64, s settings) *weights {
	var own []example
	for _, e := range examples {
		if e.part == everyModel || e.part == part {
			own = append(own, e)
		}
	}
	l := newLearner(features, s)
	l.seed = seed
	return l.fit(own)
}

// learner fits a conditional random field by AdaGrad, one sentence at a time.
type learner struct {
	settings
	weights, squares *weights
	lattice          lattice
	scores, want, is []vector
	keys             []uint32 // by row
	random           *rand.Rand
	seen             []int32 // the features of the example that are seen
	ends             []int32 // as of the example
}

func newLearner(features rows, s settings) *learner {
	n := len(features.keys)
	return &learner{settings: s, weights: newWeights(n), squares: newWeights(n), keys: features.keys}
}

// fit runs the epochs over the examples and returns the mean of the weights
// at the ends of the later epochs.
func (l *learner) fit(examples []example) *weights {
	l.random = rand.New(rand.NewPCG(l.seed, 7))
	order := l.random.Perm(len(examples))
	average := newWeights(len(l.weights.rows))
	later := l.epochs / 2
	for epoch := range l.epochs {
		l.random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
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
	l.look(e)
	n := len(e.ends)
	l.scores, l.want, l.is = resize(l.scores, n), resize(l.want, n), resize(l.is, n)
	from := int32(0)
	for i, end := range l.ends {
		sum := vector{}
		for _, f := range l.seen[from:end] {
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
	if !certain(e.may, l.want, &steps) && !l.lattice.marginals(e.may, l.want, &steps, 1) {
		return 0
	}
	if !l.lattice.marginals(nil, l.is, &steps, -1) {
		return 0
	}
	return l.apply(e, &steps)
}

// look sets the features that are seen of an example. Those that name a word
// are hidden now and then, so that the model learns to do without them.
func (l *learner) look(e *example) {
	l.seen, l.ends = l.seen[:0], l.ends[:0]
	from := int32(0)
	for _, end := range e.ends {
		hidden := l.random.Float64() < l.hide
		for _, f := range e.features[from:end] {
			if !hidden || !chain.NamesWord(l.keys[f]) {
				l.seen = append(l.seen, f)
			}
		}
		l.ends = append(l.ends, int32(len(l.seen)))
		from = end
	}
}

func (l *learner) apply(e *example, steps *[chain.Labels][chain.Labels]float32) float32 {
	var off float32
	from := int32(0)
	for i, end := range l.ends {
		var g vector
		var most float32
		for j := range g {
			g[j] = (l.want[i][j] - l.is[i][j]) * e.weight
			most = max(most, g[j], -g[j])
		}
		off += most
		if most > 1e-3 {
			for _, f := range l.seen[from:end] {
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
