package chain

import "github.com/dateline-news/dateline/enrich/names/internal/lexicon"

// recent keeps the classes of words that were looked up in a lexicon, each in
// the place that its hash gives it. Most words near names are the same few, and
// the lexicon is too large for the processor's cache.
type recent struct {
	lexicon *lexicon.Lexicon
	words   [recentWords]classified
	missed  []*Word
	hashes  []lexicon.Hash
}

// recentWords is how many words' classes are kept.
const recentWords = 1024

// classified is what a lexicon says of the words with a hash, which is never 0.
type classified struct {
	hash        lexicon.Hash
	clusters    lexicon.Clusters
	top, second uint8
}

// place is where the classes of the words with the hash are kept.
func (r *recent) place(h lexicon.Hash) *classified { return &r.words[h%recentWords] }

// classify sets the clusters and uses of the words that have the hashes.
func (r *recent) classify(words []*Word, hashes []lexicon.Hash, lex *lexicon.Lexicon) {
	if r.lexicon != lex {
		*r = recent{lexicon: lex}
	}
	r.missed, r.hashes = r.missed[:0], r.hashes[:0]
	for i, h := range hashes {
		if c := r.place(h); c.hash == h {
			words[i].classify(c)
		} else {
			r.missed, r.hashes = append(r.missed, words[i]), append(r.hashes, h)
		}
	}
	for i, h := range r.hashes {
		*r.place(h) = classified{hash: h}
		r.missed[i].classify(&classified{})
	}
	lex.Clusters(r.hashes, func(i int, clusters lexicon.Clusters) {
		c := classified{hash: r.hashes[i], clusters: clusters}
		if clusters.Leanings != 0 {
			top, second := clusters.Leanings.Top()
			c.top, c.second = uint8(top), uint8(second)
		}
		*r.place(c.hash) = c
		r.missed[i].classify(&c)
	})
}

func (w *Word) classify(c *classified) {
	w.clusters, w.top, w.second = c.clusters, c.top, c.second
}
