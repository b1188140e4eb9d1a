package embedded

import (
	"math"
	"math/bits"
)

// lengths counts the words of the reports, for ranking.
type lengths struct{ title, text fieldLengths }

// fieldLengths counts the reports that have a field and its words in all.
type fieldLengths struct{ reports, words int }

func (l *fieldLengths) change(words uint32, by int) {
	if words > 0 {
		l.reports += by
		l.words += by * int(words)
	}
}

func (l *lengths) add(r *row)    { l.change(r, 1) }
func (l *lengths) remove(r *row) { l.change(r, -1) }

func (l *lengths) change(r *row, by int) {
	if r.past {
		return
	}
	l.title.change(r.title, by)
	l.text.change(r.text, by)
}

func (l fieldLengths) average() float64 {
	return float64(l.words) / float64(max(1, l.reports))
}

// The constants of BM25 (S. Robertson and H. Zaragoza, "The Probabilistic
// Relevance Framework: BM25 and Beyond", 2009), as Elasticsearch sets them.
const (
	bm25K1 = 1.2
	bm25B  = 0.75
)

// titleWeight is how much more a word of the title counts than one of the
// text.
const titleWeight = 4

// rarity is how much it says that a report has what so many of all have.
func rarity(have, all int) float64 {
	return math.Log(1 + (float64(all)-float64(have)+0.5)/(float64(have)+0.5))
}

// rank weighs how often something stands in titles and in texts.
type rank struct {
	columns     *columns
	title, text float64 // the rarity in each
	// titles and texts are the share of the length of a field, by its steps.
	titles, texts [256]float64
}

func (c *columns) newRank() *rank {
	r := &rank{columns: c}
	for step := range r.titles {
		words := float64(fromStep(step))
		r.titles[step] = bm25K1 * (1 - bm25B + bm25B*words/max(1, c.lengths.title.average()))
		r.texts[step] = bm25K1 * (1 - bm25B + bm25B*words/max(1, c.lengths.text.average()))
	}
	return r
}

// count adds what it says that a report has a word that so many have.
func (r *rank) count(n spread) {
	r.title += rarity(int(n.titles), r.columns.lengths.title.reports)
	r.text += rarity(int(n.texts), r.columns.lengths.text.reports)
}

// score is the weight of a report in which it stands so often.
func (r *rank) score(p posting) float64 {
	b, i := r.columns.of(int(p.key))
	score := 0.0
	if n := float64(p.title()); n > 0 {
		score += titleWeight * r.title * n / (n + r.titles[toStep(b.title[i])])
	}
	if n := float64(p.text()); n > 0 {
		score += r.text * n / (n + r.texts[toStep(b.text[i])])
	}
	return score
}

// exactSteps is how many lengths from 0 have a step of their own.
const exactSteps = 24

// toStep returns the step of a length. Lengths that differ by less than an
// eighth may have the same, as they do in Elasticsearch, so that among reports
// of about the same length the latest comes first.
func toStep(words uint32) int {
	if words < exactSteps {
		return int(words)
	}
	n := uint64(words - exactSteps)
	shift := max(0, bits.Len64(n)-4)
	if shift == 0 {
		return exactSteps + int(n)
	}
	return min(255, exactSteps+(shift+1)<<3+int(n>>shift)&7)
}

// fromStep returns the least length of a step.
func fromStep(step int) uint64 {
	if step < exactSteps {
		return uint64(step)
	}
	n := uint64(step - exactSteps)
	if n < 8 {
		return exactSteps + n
	}
	return exactSteps + (n&7|8)<<(n>>3-1)
}
