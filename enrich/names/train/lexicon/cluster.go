package main

import (
	"math"
	"math/rand/v2"
)

// vectors are rows of equal length.
type vectors [][]float32

// normalise gives every row the length 1.
func (v vectors) normalise() {
	for _, row := range v {
		var sum float64
		for _, x := range row {
			sum += float64(x) * float64(x)
		}
		if sum == 0 {
			continue
		}
		scale := float32(1 / math.Sqrt(sum))
		for i := range row {
			row[i] *= scale
		}
	}
}

// spherical clusters the rows, which have length 1, by cosine into k clusters
// and returns the centres. Each row counts with its weight.
func spherical(rows vectors, weight []float32, k, rounds int, seed uint64) vectors {
	random := rand.New(rand.NewPCG(seed, 1))
	centres := make(vectors, k)
	for i, at := range random.Perm(len(rows))[:k] {
		centres[i] = append([]float32(nil), rows[at]...)
	}
	for range rounds {
		sums := make(vectors, k)
		for i := range sums {
			sums[i] = make([]float32, len(rows[0]))
		}
		filled := make([]bool, k)
		for r, row := range rows {
			best := nearest(row, centres)
			filled[best] = true
			for i, x := range row {
				sums[best][i] += x * weight[r]
			}
		}
		for i := range sums {
			if !filled[i] {
				copy(sums[i], rows[random.IntN(len(rows))])
			}
		}
		sums.normalise()
		centres = sums
	}
	return centres
}

// nearest returns the centre with the greatest cosine to row.
func nearest(row []float32, centres vectors) int {
	best, at := float32(math.Inf(-1)), 0
	for i, c := range centres {
		if d := dot(row, c); d > best {
			best, at = d, i
		}
	}
	return at
}

func dot(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	b = b[:len(a)]
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return s0 + s1 + s2 + s3
}
