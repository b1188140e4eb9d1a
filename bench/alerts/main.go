// Command alerts measures what it costs to match a report against alert
// rules: with 1,000 and with 100,000 of them, and beside the usual way to do
// it, a search index of one document that every query is run against.
package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/blevesearch/bleve/v2"
	blevequery "github.com/blevesearch/bleve/v2/search/query"

	"github.com/dateline-news/dateline/alert/matcher"
	"github.com/dateline-news/dateline/index/match"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

const (
	reports = 400 // measured, and as many counted before
	rounds  = 15  // of each in turn; the middle one is reported
)

func run() error {
	w := newWorld()
	learned, measured := w.reports(reports), w.reports(reports)
	frequency := new(matcher.Frequency)
	for _, r := range learned {
		frequency.Count(match.New(r))
	}
	few, many := w.rules(1000), w.rules(100_000)
	small, large := matcher.New(few, frequency), matcher.New(many, frequency)
	texts := len(strings.Fields(measured[0].Text))
	fmt.Printf("%d reports of about %d words; the middle of %d rounds\n\n", reports, texts, rounds)
	var smallCosts, largeCosts []time.Duration
	var smallFound, largeFound float64
	var ratios []float64
	for range rounds {
		var smallCost, largeCost time.Duration
		smallCost, smallFound = cost(small, measured)
		largeCost, largeFound = cost(large, measured)
		smallCosts, largeCosts = append(smallCosts, smallCost), append(largeCosts, largeCost)
		ratios = append(ratios, float64(largeCost)/float64(smallCost))
	}
	smallCost, largeCost := middle(smallCosts), middle(largeCosts)
	bleveCost, err := costOfBleve(few, measured[:20])
	if err != nil {
		return err
	}
	fmt.Println("| | processor time per report | rules found per report |")
	fmt.Println("|---|---|---|")
	fmt.Printf("| 1,000 rules | %s | %.2f |\n", smallCost.Round(time.Microsecond), smallFound)
	fmt.Printf("| 100,000 rules | %s | %.2f |\n", largeCost.Round(time.Microsecond), largeFound)
	fmt.Printf("| 1,000 queries on an index of one document (bleve) | %s | |\n", bleveCost.Round(time.Microsecond))
	fmt.Printf("\n100,000 rules cost %.2f times as much as 1,000; the index of one document %.0f times.\n",
		middle(ratios), float64(bleveCost)/float64(smallCost))
	return nil
}

// cost is the time to prepare a report and to find its rules.
func cost(x *matcher.Index, all []*news.Report) (time.Duration, float64) {
	found := 0
	began := used()
	for _, r := range all {
		found += len(x.Match(match.New(r)))
	}
	return (used() - began) / time.Duration(len(all)), float64(found) / float64(len(all))
}

func middle[T cmp.Ordered](values []T) T {
	slices.Sort(values)
	return values[len(values)/2]
}

// costOfBleve is the time to index a report by itself and to run each query.
func costOfBleve(rules []query.Node, all []*news.Report) (time.Duration, error) {
	queries := make([]blevequery.Query, len(rules))
	for i, r := range rules {
		queries[i] = translate(r)
	}
	began := used()
	for _, r := range all {
		if err := percolate(queries, r); err != nil {
			return 0, err
		}
	}
	return (used() - began) / time.Duration(len(all)), nil
}

// used is the processor time that the process has used: others on the machine
// do not count.
func used() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // there is no such process
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func percolate(queries []blevequery.Query, r *news.Report) error {
	mapping := bleve.NewIndexMapping()
	mapping.DefaultAnalyzer = "en"
	index, err := bleve.NewMemOnly(mapping)
	if err != nil {
		return err
	}
	defer index.Close()
	var people []string
	for _, p := range r.People {
		people = append(people, p.Name)
	}
	if err := index.Index(r.ID, map[string]any{"title": r.Title, "text": r.Text, "person": people}); err != nil {
		return err
	}
	for _, q := range queries {
		if _, err := index.Search(bleve.NewSearchRequestOptions(q, 1, 0, false)); err != nil {
			return err
		}
	}
	return nil
}

// translate writes a rule as a query of bleve.
func translate(node query.Node) blevequery.Query {
	switch n := node.(type) {
	case query.And:
		return bleve.NewConjunctionQuery(all(n.Nodes)...)
	case query.Or:
		return bleve.NewDisjunctionQuery(all(n.Nodes)...)
	case query.Term:
		q := bleve.NewMatchPhraseQuery(n.Value)
		q.SetField("person")
		return q
	case query.Phrase:
		return bleve.NewMatchPhraseQuery(n.Text)
	case query.Word:
		if n.Prefix {
			return bleve.NewPrefixQuery(n.Text)
		}
		return bleve.NewMatchQuery(n.Text)
	}
	panic(fmt.Sprintf("no rule has a %T", node))
}

func all(nodes []query.Node) []blevequery.Query {
	queries := make([]blevequery.Query, len(nodes))
	for i, n := range nodes {
		queries[i] = translate(n)
	}
	return queries
}

// world makes reports and rules of one vocabulary: words as frequent as those
// of a language (Zipf), and names of people.
type world struct {
	*rand.Rand
	words, names []string
	zipf         *rand.Zipf
}

func newWorld() *world {
	w := &world{Rand: rand.New(rand.NewPCG(8, 15))}
	w.words = w.invent(30_000, 2, 4)
	for range 100_000 {
		w.names = append(w.names, title(w.syllables(2, 3))+" "+title(w.syllables(2, 4)))
	}
	w.zipf = rand.NewZipf(w.Rand, 1.1, 8, uint64(len(w.words)-1))
	return w
}

func (w *world) invent(n, least, most int) []string {
	seen := map[string]bool{}
	var words []string
	for len(words) < n {
		if word := w.syllables(least, most); !seen[word] {
			seen[word] = true
			words = append(words, word)
		}
	}
	return words
}

func (w *world) syllables(least, most int) string {
	var b strings.Builder
	for range least + w.IntN(most-least+1) {
		b.WriteByte("bdfghklmnprstvz"[w.IntN(15)])
		b.WriteByte("aeiou"[w.IntN(5)])
		if w.IntN(3) == 0 {
			b.WriteByte("lnrst"[w.IntN(5)])
		}
	}
	return b.String()
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func (w *world) word() string { return w.words[w.zipf.Uint64()] }

// topic is a word that a rule would ask for: not one of the most frequent.
func (w *world) topic() string { return w.words[300+w.IntN(len(w.words)-300)] }

func (w *world) name() string { return w.names[w.IntN(len(w.names))] }

func (w *world) reports(n int) []*news.Report {
	var made []*news.Report
	for i := range n {
		r := &news.Report{ID: fmt.Sprint(i), Source: "agency", Agency: "Agency", Language: "en", Title: w.sentence(8)}
		var text []string
		for range 16 {
			text = append(text, w.sentence(14+w.IntN(14)))
		}
		for range 5 {
			name := w.name()
			r.People = append(r.People, news.Person{ID: news.PersonID(name), Name: name})
			text[w.IntN(len(text))] += " " + name + " said."
		}
		r.Text = strings.Join(text, "\n\n")
		made = append(made, r)
	}
	return made
}

func (w *world) sentence(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = w.word()
	}
	return title(strings.Join(words, " ")) + "."
}

// rules are as people write them: a person and a word, two or three words, a
// phrase, one of two people, the beginning of a word.
func (w *world) rules(n int) []query.Node {
	word := func(s string) query.Node { return query.Word{Text: s} }
	person := func() query.Node { return query.Term{Field: query.Person, Value: w.name()} }
	var rules []query.Node
	for range n {
		switch w.IntN(10) {
		case 0, 1, 2:
			rules = append(rules, query.And{Nodes: []query.Node{person(), word(w.topic())}})
		case 3, 4:
			rules = append(rules, query.And{Nodes: []query.Node{word(w.topic()), word(w.topic())}})
		case 5, 6:
			rules = append(rules, query.And{Nodes: []query.Node{word(w.topic()), word(w.topic()), word(w.word())}})
		case 7:
			rules = append(rules, query.Phrase{Text: w.topic() + " " + w.word()})
		case 8:
			rules = append(rules, query.Or{Nodes: []query.Node{person(), person()}})
		default:
			rules = append(rules, query.And{Nodes: []query.Node{query.Word{Text: w.topic()[:4], Prefix: true}, word(w.topic())}})
		}
	}
	return rules
}
