package story

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
)

// drawn is the sketch of a text of 300 to 900 words, without the text: one in
// twenty of its shingles is a phrase that many reports have.
func drawn(r *rand.Rand, phrases *rand.Zipf) sketch {
	n, level := 300+r.IntN(600), 0
	for ; n > mostShingles; n /= 2 {
		level++
	}
	values := make([]uint32, n)
	for i := range values {
		values[i] = r.Uint32()
		if r.IntN(20) == 0 {
			values[i] = uint32(mix(phrases.Uint64()))
		}
		values[i] = values[i]>>level&^quarterMask | uint32(i*quarters/n)
	}
	figures := make([]uint32, r.IntN(30))
	for i := range figures {
		figures[i] = uint32(mix(r.Uint64N(500)))
	}
	s := sketch{newSample(values, mostShingles), newSample(figures, mostFigures)}
	s.shingles.level = level
	return s
}

func newPhrases(r *rand.Rand) *rand.Zipf { return rand.NewZipf(r, 1.1, 1, 1_000_000) }

// edited is the sketch of a copy with a part of its shingles changed.
func edited(r *rand.Rand, s sketch, part float64) sketch {
	out := sketch{shingles: sample{level: s.shingles.level}, figures: s.figures}
	for _, v := range s.shingles.values {
		if r.Float64() >= part {
			out.shingles.values = append(out.shingles.values, v)
		}
	}
	return out
}

// BenchmarkFind looks up copies and new reports in turn, each among so many
// known ones.
func BenchmarkFind(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			if testing.Short() && n > 100_000 {
				b.Skip("a million texts take a while; run without -short")
			}
			benchmarkFind(b, n)
		})
	}
}

func benchmarkFind(b *testing.B, n int) {
	r := rand.New(rand.NewPCG(1, 2))
	phrases := newPhrases(r)
	var queries []sketch
	before := heap()
	x := newIndex(window, n)
	for i := range n {
		s := drawn(r, phrases)
		id := fmt.Sprintf("%032x", i)
		x.add(knownText{Report: id, Story: id, Published: monday, Sequence: uint64(i + 1), Arrived: monday, Sketch: s})
		if i%(n/500) == 0 {
			queries = append(queries, edited(r, s, 0.5), drawn(r, phrases))
		}
	}
	size := heap() - before
	found := 0
	for i := 0; b.Loop(); i++ {
		if _, ok := x.find(queries[i%len(queries)], monday); ok {
			found++
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "lookups/s")
	b.ReportMetric(float64(size)/float64(n), "B/text")
	b.ReportMetric(float64(found)/float64(b.N), "found")
	runtime.KeepAlive(x)
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkSketch reads a text of 400 words.
func BenchmarkSketch(b *testing.B) {
	text := strings.Repeat(terminal+" ", 8)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		newSketch(text)
	}
}

// BenchmarkTake reads known texts from the bucket, as every start does.
func BenchmarkTake(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	phrases := newPhrases(r)
	values := make([][]byte, 1000)
	for i := range values {
		values[i] = encoded(b, entry{Published: monday, Sketch: drawn(r, phrases)})
	}
	x := newIndex(window, 1000)
	for i := 0; b.Loop(); i++ {
		e, err := decodeEntry(values[i%len(values)])
		if err != nil {
			b.Fatal(err)
		}
		id := fmt.Sprintf("%032x", i)
		x.add(knownText{Report: id, Story: id, Published: e.Published, Sequence: uint64(i + 1), Arrived: monday, Sketch: e.Sketch})
	}
}
