// Command train fits the model of the names tagger to annotated corpora.
//
//	go run ./enrich/names/train -corpora ../shared/corpora/ner/train -out enrich/names/model.bin
//
// The same inputs give the same file. It takes some seven minutes of processor
// time.
//
// Besides the corpora it learns from copies of them with the people and
// companies renamed, in one case, or with hasty spacing, and from texts
// composed of the sentences, companies, organizations and places in the folder
// stock, which name their sources and licences. The largest corpus was annotated by a tool
// and would drown the others: the model is the mean of eight, two of which
// learn from each quarter of it and from all the others.
//
// With -model and -dev it measures a model, and with -errors also says where
// it goes wrong; -fold measures on a fifth of the corpora that it leaves out,
// and -leave on whole corpora.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/dateline-news/dateline/enrich/names/internal/chain"
	"github.com/dateline-news/dateline/enrich/names/internal/corpus"
	"github.com/dateline-news/dateline/enrich/names/internal/lexicon"
)

type options struct {
	corpora, lexicon, out, dev, model, errors, leave string
	least, parts, fold, limit, composed              int
	settings
}

func main() {
	var o options
	var rate, decay float64
	flag.StringVar(&o.corpora, "corpora", "", "`FOLDER` of corpora to train on")
	flag.StringVar(&o.lexicon, "lexicon", "enrich/names/lexicon.bin", "`FILE` of the lexicon")
	flag.StringVar(&o.out, "out", "", "`FILE` to write the model to")
	flag.StringVar(&o.dev, "dev", "", "`FOLDER` of corpora to measure on")
	flag.StringVar(&o.model, "model", "", "train nothing and measure this `FILE`")
	flag.StringVar(&o.errors, "errors", "", "print the commonest errors in the corpus of this `NAME`")
	flag.IntVar(&o.fold, "fold", -1, "leave out every fifth document from this `NUMBER` (0-4) and measure on them")
	flag.StringVar(&o.leave, "leave", "", "leave out the corpora of these `NAMES`, with commas between them, and measure on them")
	flag.IntVar(&o.parts, "parts", 4, "how many models to take the mean of; each learns from a part of the tool-made corpus")
	flag.IntVar(&o.times, "times", 2, "how many models, from other seeds, learn from each part")
	flag.IntVar(&o.least, "least", 4, "how often a feature must come")
	flag.IntVar(&o.composed, "composed", 2200, "how many texts to compose from the stock of sentences")
	flag.IntVar(&o.limit, "limit", 350_000, "how many features the model keeps")
	flag.IntVar(&o.epochs, "epochs", 8, "rounds over the examples")
	flag.Float64Var(&rate, "rate", 0.05, "learning rate")
	flag.Float64Var(&decay, "decay", 1e-4, "weight decay")
	flag.Float64Var(&o.hide, "hide", 0.15, "chance that the features that name a word are hidden from an example")
	flag.Parse()
	o.rate, o.decay, o.seed, o.progress = float32(rate), float32(decay), 1, os.Stderr
	if err := train(o, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func train(o options, report io.Writer) error {
	lex, err := openLexicon(o.lexicon)
	if err != nil {
		return err
	}
	if o.model != "" {
		data, err := os.ReadFile(o.model)
		if err != nil {
			return err
		}
		m, err := chain.Open(string(data))
		if err != nil {
			return err
		}
		return measure(o.dev, o.errors, chain.NewDecoder(m, lex), report)
	}
	corpora, order, err := corpus.ReadFolder(o.corpora)
	if err != nil {
		return err
	}
	var taught []record
	left := strings.Split(o.leave, ",")
	held := map[string][]record{}
	for _, name := range order {
		if sources[name].weight == 0 {
			continue
		}
		for i, r := range records(corpora[name], name) {
			if fold(r.text) == o.fold || slices.Contains(left, name) {
				held[name] = append(held[name], r)
				continue
			}
			r.part = everyModel
			if name == toolMade {
				r.part = i % o.parts
			}
			taught = append(taught, r)
		}
	}
	stock := newStock(o.seed)
	taught = append(taught, stock.vary(taught)...)
	for range o.composed {
		taught = append(taught, stock.compose())
	}
	examples, features := build(taught, lex, o.least)
	fmt.Fprintf(o.progress, "%d documents, %d sentences, %d features\n", len(taught), len(examples), len(features.keys))
	file := modelFile(mean(examples, features, o.parts, o.settings), features, o.limit)
	if o.out != "" {
		if err := os.WriteFile(o.out, file, 0o644); err != nil {
			return err
		}
	}
	m, err := chain.Open(string(file))
	if err != nil {
		return err
	}
	decoder := chain.NewDecoder(m, lex)
	fmt.Fprintf(report, "model of %d bytes\n", len(file))
	for _, name := range order {
		if len(held[name]) > 0 {
			score(held[name], decoder).print(report, "held "+name)
		}
	}
	return measure(o.dev, o.errors, decoder, report)
}

func openLexicon(path string) (*lexicon.Lexicon, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return lexicon.Open(string(data))
}

func measure(dir, errorsOf string, d *chain.Decoder, report io.Writer) error {
	if dir == "" {
		return nil
	}
	corpora, order, err := corpus.ReadFolder(dir)
	if err != nil {
		return err
	}
	for _, name := range order {
		score(records(corpora[name], name), d).print(report, name)
		if name == errorsOf {
			printErrors(report, records(corpora[name], name), d)
		}
	}
	return nil
}

// fold puts a document into one of five parts by its text.
func fold(text string) int {
	h := fnv.New32a()
	h.Write([]byte(text))
	return int(h.Sum32()>>3) % 5
}

// modelFile writes the limit features that weigh most.
func modelFile(w *weights, features rows, limit int) []byte {
	p := chain.Parameters{Rows: make(map[uint32]*[chain.Labels]float32, len(features.keys)), Steps: w.steps}
	weight := make([]float64, len(features.keys))
	order := make([]int, len(features.keys))
	for i, key := range features.keys {
		p.Rows[key] = &w.rows[i]
		order[i] = i
		for _, x := range w.rows[i] {
			weight[i] = max(weight[i], math.Abs(float64(x)))
		}
		weight[i] *= math.Log2(1 + float64(features.counts[i]))
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(weight[b], weight[a]) })
	kept := make([]uint32, 0, limit)
	for _, i := range order[:min(limit, len(order))] {
		kept = append(kept, features.keys[i])
	}
	return p.Bytes(kept)
}
