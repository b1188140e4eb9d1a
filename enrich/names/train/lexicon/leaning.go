package main

import (
	"math"
	"math/rand/v2"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-news/dateline/enrich/names/internal/corpus"
	"github.com/dateline-news/dateline/enrich/names/internal/lexicon"
	"github.com/dateline-news/dateline/enrich/prose"
)

// uses are how often a word is used in each way.
type uses [lexicon.Uses]float32

// lowerCase is how much a word in lower case, which is seldom a name, counts.
const lowerCase = 0.05

// countUses counts the ways in which the words of annotated texts are used.
func countUses(documents []corpus.Document, into map[lexicon.Hash]*uses) {
	for i := range documents {
		d := &documents[i]
		next := 0
		for _, token := range prose.Tokens(d.Text) {
			word := token.Of(d.Text)
			weight := float32(lowerCase)
			if hasUpper(word) {
				weight = 1
			}
			for next < len(d.Names) && d.Names[next].Span.End <= token.Span.Start {
				next++
			}
			use := lexicon.NoName
			if next < len(d.Names) && d.Names[next].Span.Overlaps(token.Span) {
				n := d.Names[next]
				use = useOf(n.Kind, n.Span.Start == token.Span.Start, n.Span.End == token.Span.End)
				weight = 1
			}
			h := lexicon.HashWord(word)
			if into[h] == nil {
				into[h] = new(uses)
			}
			into[h][use] += weight
		}
	}
}

func hasUpper(word string) bool {
	for _, r := range word {
		if unicode.IsUpper(r) {
			return true
		}
	}
	return false
}

// useOf is how a word is used that is in a name, and perhaps its first or last.
func useOf(kind int, first, last bool) int {
	switch {
	case kind == 0 && last:
		return lexicon.FamilyUse
	case kind == 0:
		return lexicon.GivenUse
	case kind == 1 && first:
		return lexicon.BodyUse
	case kind == 1:
		return lexicon.BodyRestUse
	case kind == 2 && first:
		return lexicon.PlaceUse
	case kind == 2:
		return lexicon.PlaceRestUse
	}
	return lexicon.OtherUse
}

const (
	hiddenUnits  = 40
	usePasses    = 12
	useRate      = 0.05
	foldsOfWords = 5
)

// judge guesses how a word is used from its vector: a network with one hidden
// layer, fitted by AdaGrad.
type judge struct {
	in, inSquares   vectors // by hidden unit; the last weight is that of a constant 1
	out, outSquares vectors // by use
	hidden          [hiddenUnits]float32
	slope           [hiddenUnits]float32
}

func newJudge(dimensions int, random *rand.Rand) *judge {
	return &judge{
		in: randomRows(hiddenUnits, dimensions+1, random), inSquares: randomRows(hiddenUnits, dimensions+1, nil),
		out: randomRows(lexicon.Uses, hiddenUnits+1, random), outSquares: randomRows(lexicon.Uses, hiddenUnits+1, nil),
	}
}

// randomRows returns rows of small random numbers, or of 0 without random.
func randomRows(n, width int, random *rand.Rand) vectors {
	rows := make(vectors, n)
	for i := range rows {
		rows[i] = make([]float32, width)
		for j := range rows[i] {
			if random != nil {
				rows[i][j] = float32(random.NormFloat64()) * 0.3
			}
		}
	}
	return rows
}

// guess returns the probability of each use of a word with the vector.
func (j *judge) guess(vector []float32) uses {
	n := len(vector)
	for i, w := range j.in {
		j.hidden[i] = max(0, dot(vector, w[:n])+w[n])
	}
	var p uses
	var sum float32
	for u, w := range j.out {
		p[u] = float32(math.Exp(float64(dot(j.hidden[:], w[:hiddenUnits]) + w[hiddenUnits])))
		sum += p[u]
	}
	for u := range p {
		p[u] /= sum
	}
	return p
}

// learn moves the guess for the vector towards want.
func (j *judge) learn(vector []float32, want *uses, weight float32) {
	p := j.guess(vector)
	clear(j.slope[:])
	for u := range p {
		g := (want[u] - p[u]) * weight
		for i, w := range j.out[u][:hiddenUnits] {
			if j.hidden[i] > 0 {
				j.slope[i] += g * w
			}
		}
		adapt(j.out[u], j.outSquares[u], j.hidden[:], g)
	}
	for i, g := range j.slope {
		if j.hidden[i] > 0 {
			adapt(j.in[i], j.inSquares[i], vector, g)
		}
	}
}

// adapt moves weights along g times the input and a constant 1.
func adapt(w, squares, input []float32, g float32) {
	for i, x := range input {
		d := g * x
		squares[i] += d * d
		w[i] += useRate * d / float32(math.Sqrt(float64(squares[i])+1e-4))
	}
	n := len(input)
	squares[n] += g * g
	w[n] += useRate * g / float32(math.Sqrt(float64(squares[n])+1e-4))
}

// sample is a word of the annotated texts.
type sample struct {
	row    int
	want   uses
	weight float32
	fold   int
}

// addLeanings gives every word how it leans to be used, judged by its vector
// alone. A word of the annotated texts is judged by what was learned from the
// others, so that the model, which learns from the same texts, does not trust
// the leanings too much.
func addLeanings(words []string, rows vectors, counts map[lexicon.Hash]*uses, into map[lexicon.Hash]lexicon.WordClasses) {
	samples := samplesOf(words, rows, counts)
	var judges [foldsOfWords]*judge
	for f := range judges {
		random := rand.New(rand.NewPCG(uint64(f), 5))
		judges[f] = newJudge(len(rows[0]), random)
		for range usePasses {
			for _, at := range random.Perm(len(samples)) {
				if s := &samples[at]; s.fold != f {
					judges[f].learn(rows[s.row], &s.want, s.weight)
				}
			}
		}
	}
	fold := map[int]int{}
	for i := range samples {
		fold[samples[i].row] = samples[i].fold
	}
	for i, row := range rows {
		h := lexicon.HashWord(words[i])
		w, ok := into[h]
		if !ok || w.Leanings != 0 {
			continue
		}
		var p uses
		if f, sampled := fold[i]; sampled {
			p = judges[f].guess(row)
		} else {
			for _, j := range judges {
				for u, x := range j.guess(row) {
					p[u] += x / foldsOfWords
				}
			}
		}
		w.Leanings = lexicon.PackLeanings(p)
		into[h] = w
	}
}

// samplesOf pairs the vectors with the uses of their words.
func samplesOf(words []string, rows vectors, counts map[lexicon.Hash]*uses) []sample {
	var samples []sample
	seen := map[lexicon.Hash]bool{}
	for i := range rows {
		h := lexicon.HashWord(words[i])
		c := counts[h]
		if c == nil || seen[h] {
			continue
		}
		seen[h] = true
		first, _ := utf8.DecodeRuneInString(words[i])
		if !unicode.IsLetter(first) {
			continue
		}
		var total float32
		for _, x := range c {
			total += x
		}
		s := sample{row: i, want: *c, weight: float32(math.Min(2, math.Sqrt(float64(total))/2)), fold: int(h % foldsOfWords)}
		for u := range s.want {
			s.want[u] /= total
		}
		samples = append(samples, s)
	}
	return samples
}
