package forest

import "slices"

// maxBins is how many values of a feature are told apart.
const maxBins = 64

// binned holds the examples by feature, each value as the number of its bin.
type binned struct {
	columns [][]uint8
	// edges are the bins' upper bounds, by feature.
	edges [][]float32
}

func bin(x [][]float32) *binned {
	width := len(x[0])
	b := &binned{columns: make([][]uint8, width), edges: make([][]float32, width)}
	values := make([]float32, len(x))
	for f := range width {
		for i, row := range x {
			values[i] = row[f]
		}
		b.edges[f] = quantiles(values)
		column := make([]uint8, len(x))
		for i, v := range values {
			at, _ := slices.BinarySearch(b.edges[f], v)
			column[i] = uint8(min(at, len(b.edges[f])-1))
		}
		b.columns[f] = column
	}
	return b
}

// quantiles returns at most maxBins rising bounds, the last of which is the
// largest value.
func quantiles(values []float32) []float32 {
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	distinct := slices.Compact(slices.Clone(sorted))
	if len(distinct) <= maxBins {
		return distinct
	}
	var edges []float32
	for i := 1; i <= maxBins; i++ {
		edges = append(edges, sorted[i*len(sorted)/maxBins-1])
	}
	return slices.Compact(edges)
}
