package forest

import (
	"math/rand/v2"
	"reflect"
	"testing"
)

// examples are points of a square that are yes in two opposite quarters of
// it, which no single split can tell.
func examples(n int, seed uint64) (x [][]float32, yes []bool, weight []float64) {
	r := rand.New(rand.NewPCG(seed, 1))
	for range n {
		p := []float32{r.Float32(), r.Float32(), r.Float32()}
		x, yes, weight = append(x, p), append(yes, (p[0] > .4) == (p[1] > .6)), append(weight, 1)
	}
	return x, yes, weight
}

var options = Options{Trees: 40, Leaves: 8, Rate: .3, L2: 1, MinExamples: 5, Features: 1, Examples: .8, Seed: 3}

func TestAForestLearnsWhatNoSingleSplitTells(t *testing.T) {
	x, yes, weight := examples(2000, 1)
	f := Train(x, yes, weight, options)
	x, yes, _ = examples(1000, 2)
	right := 0
	for i := range x {
		if (f.Probability(x[i]) > .5) == yes[i] {
			right++
		}
	}
	if right < 950 {
		t.Errorf("%d of 1000 unseen points are right, want 950", right)
	}
}

func TestTheSameExamplesGiveTheSameForest(t *testing.T) {
	x, yes, weight := examples(500, 1)
	if !reflect.DeepEqual(Train(x, yes, weight, options), Train(x, yes, weight, options)) {
		t.Error("two forests of the same examples differ")
	}
}

func TestAnExampleWithoutWeightTeachesNothing(t *testing.T) {
	x, yes, weight := examples(500, 1)
	for i := range x {
		if i%2 == 0 {
			yes[i], weight[i] = !yes[i], 0
		}
	}
	f := Train(x, yes, weight, options)
	right := 0
	for i := range x {
		if i%2 == 1 && (f.Probability(x[i]) > .5) == yes[i] {
			right++
		}
	}
	if right < 235 {
		t.Errorf("%d of 250 examples with weight are right", right)
	}
}
