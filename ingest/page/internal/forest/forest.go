// Package forest is a small gradient-boosted forest of decision trees for yes
// and no questions: Friedman's gradient boosting with logistic loss, grown leaf
// by leaf on binned features. The same examples and options give the same
// forest.
package forest

import "math"

// Forest answers with the sum of its trees' leaves, in log-odds.
type Forest struct {
	Trees []Tree
}

// Tree is a binary tree; node 0 is the root.
type Tree struct {
	Nodes []Node
}

// Node sends an example with x[Feature] <= At to Left, else to Right. A leaf
// has no children, both being 0, and gives Value.
type Node struct {
	Feature     int     `json:",omitempty"`
	At          float32 `json:",omitempty"`
	Left, Right int     `json:",omitempty"`
	Value       float32 `json:",omitempty"`
}

// Probability is that of yes for the example.
func (f *Forest) Probability(x []float32) float64 {
	sum := 0.0
	for i := range f.Trees {
		sum += float64(f.Trees[i].value(x))
	}
	return sigmoid(sum)
}

func (t *Tree) value(x []float32) float32 {
	n := &t.Nodes[0]
	for n.Left != 0 {
		if x[n.Feature] <= n.At {
			n = &t.Nodes[n.Left]
		} else {
			n = &t.Nodes[n.Right]
		}
	}
	return n.Value
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
