package forest

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Options say how a forest is grown.
type Options struct {
	// Trees is how many there are, Leaves how many each has at most.
	Trees, Leaves int
	// Rate is the share of a tree's answer that counts, L2 what is added to
	// the weight of a leaf, MinExamples the smallest leaf.
	Rate, L2    float64
	MinExamples int
	// Features and Examples are the shares that each tree is grown on.
	Features, Examples float64
	Seed               uint64
}

// Train grows a forest on the examples: rows of features, whether the answer
// is yes, and how much each counts.
func Train(x [][]float32, yes []bool, weight []float64, o Options) *Forest {
	g := &grower{
		options: o, data: bin(x), random: rand.New(rand.NewPCG(o.Seed, 0)),
		score: make([]float64, len(x)), gradient: make([]float64, len(x)), curvature: make([]float64, len(x)),
	}
	f := &Forest{}
	for range o.Trees {
		for i := range x {
			p := sigmoid(g.score[i])
			target := 0.0
			if yes[i] {
				target = 1
			}
			g.gradient[i], g.curvature[i] = weight[i]*(p-target), weight[i]*p*(1-p)
		}
		tree := g.grow()
		for i, row := range x {
			g.score[i] += float64(tree.value(row))
		}
		f.Trees = append(f.Trees, tree)
	}
	return f
}

type grower struct {
	options                    Options
	data                       *binned
	random                     *rand.Rand
	score, gradient, curvature []float64
}

// A leaf that may still be split.
type leaf struct {
	node     int
	examples []int32
	sum      sums
	best     split
}

type sums struct {
	gradient, curvature float64
	count               int
}

func (s *sums) add(o sums) {
	s.gradient += o.gradient
	s.curvature += o.curvature
	s.count += o.count
}

func (s sums) minus(o sums) sums {
	return sums{s.gradient - o.gradient, s.curvature - o.curvature, s.count - o.count}
}

type split struct {
	gain    float64
	feature int
	bin     uint8
}

func (g *grower) grow() Tree {
	tree := Tree{Nodes: make([]Node, 1)}
	features := g.sampleFeatures()
	leaves := []*leaf{g.newLeaf(0, g.sampleExamples(), features)}
	for len(leaves) < g.options.Leaves {
		at := 0
		for i, l := range leaves {
			if l.best.gain > leaves[at].best.gain {
				at = i
			}
		}
		if leaves[at].best.gain <= 0 {
			break
		}
		left, right := g.split(&tree, leaves[at], features)
		leaves[at] = left
		leaves = append(leaves, right)
	}
	for _, l := range leaves {
		tree.Nodes[l.node].Value = float32(-g.options.Rate * l.sum.gradient / (l.sum.curvature + g.options.L2))
	}
	return tree
}

func (g *grower) sampleFeatures() []int {
	all := g.random.Perm(len(g.data.columns))
	features := all[:max(1, int(g.options.Features*float64(len(all))))]
	slices.Sort(features)
	return features
}

func (g *grower) sampleExamples() []int32 {
	var examples []int32
	for i := range g.score {
		if g.random.Float64() < g.options.Examples {
			examples = append(examples, int32(i))
		}
	}
	return examples
}

func (g *grower) newLeaf(node int, examples []int32, features []int) *leaf {
	l := &leaf{node: node, examples: examples}
	for _, i := range examples {
		l.sum.add(sums{g.gradient[i], g.curvature[i], 1})
	}
	for _, f := range features {
		if s := g.bestSplit(l, f); s.gain > l.best.gain {
			l.best = s
		}
	}
	return l
}

// bestSplit tries every bin's upper bound.
func (g *grower) bestSplit(l *leaf, feature int) (best split) {
	var histogram [maxBins]sums
	column := g.data.columns[feature]
	for _, i := range l.examples {
		h := &histogram[column[i]]
		h.gradient += g.gradient[i]
		h.curvature += g.curvature[i]
		h.count++
	}
	var left sums
	for b := range len(g.data.edges[feature]) - 1 {
		left.add(histogram[b])
		right := l.sum.minus(left)
		if left.count < g.options.MinExamples || right.count < g.options.MinExamples {
			continue
		}
		gain := g.worth(left) + g.worth(right) - g.worth(l.sum)
		if gain > best.gain {
			best = split{gain, feature, uint8(b)}
		}
	}
	return best
}

func (g *grower) worth(s sums) float64 {
	return s.gradient * s.gradient / math.Max(s.curvature+g.options.L2, 1e-9)
}

func (g *grower) split(tree *Tree, l *leaf, features []int) (left, right *leaf) {
	column := g.data.columns[l.best.feature]
	var low, high []int32
	for _, i := range l.examples {
		if column[i] <= l.best.bin {
			low = append(low, i)
		} else {
			high = append(high, i)
		}
	}
	n := len(tree.Nodes)
	tree.Nodes = append(tree.Nodes, Node{}, Node{})
	parent := &tree.Nodes[l.node]
	parent.Feature, parent.At = l.best.feature, g.data.edges[l.best.feature][l.best.bin]
	parent.Left, parent.Right = n, n+1
	return g.newLeaf(n, low, features), g.newLeaf(n+1, high, features)
}
