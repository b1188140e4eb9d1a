// Command train makes ingest/page/internal/body/model.json, the forest that
// tells the paragraphs of an article from what surrounds them, from labelled
// pages:
//
//	go run ./ingest/page/train -corpora ../shared/corpora/extract
//
// With -dates it makes ingest/page/internal/pubdate/model.json instead, the
// forest that tells the day of publication from the other days of a page.
//
// With -predict FILE it trains nothing for use, but writes for every labelled
// page what a forest finds in it that was grown without any page of its
// domain, as lines for the corpora's score.py. The same pages give the same
// forest.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"log"
	"os"

	"github.com/dateline-news/dateline/ingest/page/internal/forest"
	"github.com/dateline-news/dateline/ingest/page/internal/pubdate"
)

var options = forest.Options{
	Trees: 150, Leaves: 15, Rate: .1, L2: 5, MinExamples: 60, Features: .5, Examples: .7, Seed: 1,
}

// folds is how many parts the domains are cut into for -predict.
const folds = 5

func main() {
	log.SetFlags(0)
	corpora := flag.String("corpora", "../shared/corpora/extract", "the folder of the labelled pages")
	dates := flag.Bool("dates", false, "train the forest for days of publication")
	predict := flag.String("predict", "", "write cross-validated predictions to this file instead")
	flag.Parse()
	train := trainBody
	if *dates {
		train = trainDates
	}
	if err := train(*corpora, *predict); err != nil {
		log.Fatal(err)
	}
}

// sure is the least probability of a day that is given, for trials.
var sure = flag.Float64("sure", pubdate.LeastSure, "with -dates -predict: how probable a day must be to be given")

func trainBody(corpora, predict string) error {
	pages, err := readPages(corpora)
	if err != nil {
		return err
	}
	if predict != "" {
		return crossValidate(predict, "body", pages, grow, func(p *article, f *forest.Forest) string { return p.read.TextBy(f) })
	}
	return write("ingest/page/internal/body/model.json", grow(pages))
}

func trainDates(corpora, predict string) error {
	pages, err := readDated(corpora)
	if err != nil {
		return err
	}
	if predict != "" {
		return crossValidate(predict, "date", pages, growDates, (*dated).publishedBy)
	}
	return write("ingest/page/internal/pubdate/model.json", growDates(pages))
}

// grow trains a forest on the pages.
func grow(pages []*article) *forest.Forest {
	var x [][]float32
	var yes []bool
	var weight []float64
	for _, p := range pages {
		x, yes, weight = append(x, p.features...), append(yes, p.wanted...), append(weight, p.weight...)
	}
	return forest.Train(x, yes, weight, options)
}

func write(path string, f *forest.Forest) error {
	data, err := json.Marshal(f)
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(data, '\n'), 0o644)
}

// crossValidate writes to path what each page is read as, under the name of
// field, with a forest that saw none of its domain.
func crossValidate[P example](path, field string, pages []P, grow func([]P) *forest.Forest, read func(P, *forest.Forest) string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	lines := json.NewEncoder(file)
	for fold := range folds {
		var others []P
		for _, p := range pages {
			if foldOf(p.of().Domain) != fold {
				others = append(others, p)
			}
		}
		f := grow(others)
		for _, p := range pages {
			line := p.of()
			if foldOf(line.Domain) != fold {
				continue
			}
			if err := lines.Encode(map[string]string{"set": line.Set, "id": line.ID, field: read(p, f)}); err != nil {
				return fmt.Errorf("write %s: %w", path, err)
			}
		}
	}
	return file.Close()
}

func foldOf(domain string) int {
	h := fnv.New32a()
	h.Write([]byte(domain))
	return int(h.Sum32() % folds)
}
