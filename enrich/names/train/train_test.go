package main

import (
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/enrich/names/internal/chain"
	"github.com/dateline-news/dateline/enrich/names/internal/corpus"
	"github.com/dateline-news/dateline/enrich/names/internal/lexicon"
)

func emptyLexicon(t *testing.T) *lexicon.Lexicon {
	t.Helper()
	lex, err := lexicon.Open(string(lexicon.Contents{Grains: []lexicon.Clusters{{}}}.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return lex
}

// spelled shows each name of a record as KIND:name.
func spelled(r record) []string {
	var out []string
	for _, e := range r.ents {
		out = append(out, kindNames[e.Kind]+":"+e.Span.Of(r.text))
	}
	return out
}

func TestComposedTextsHoldTheirNames(t *testing.T) {
	s := newStock(1)
	for range 500 {
		r := s.compose()
		if strings.ContainsAny(r.text, "{}") || len(r.ents) == 0 {
			t.Fatalf("slots are left in %q", r.text)
		}
		for _, name := range spelled(r) {
			if _, n, _ := strings.Cut(name, ":"); strings.TrimSpace(n) != n || n == "" {
				t.Fatalf("%q is no name, in %q", n, r.text)
			}
		}
	}
}

func TestRewriteMovesTheNamesAlong(t *testing.T) {
	d, err := corpus.Parse([]byte(`{"text":"So Ann Lee, of Oslo. Lee left.","ents":[[3,10,"PER"],[15,19,"LOC"],[21,24,"PER"]]}`))
	if err != nil {
		t.Fatal(err)
	}
	r := records([]corpus.Document{d}, "docred")[0]
	upper := rewrite(&r, strings.ToUpper, strings.ToUpper)
	if diff := cmp.Diff([]string{"PER:ANN LEE", "LOC:OSLO", "PER:LEE"}, spelled(upper)); diff != "" {
		t.Error(diff)
	}
	renamed := spelled(newStock(3).rename(&r))
	full, family := strings.TrimPrefix(renamed[0], "PER:"), strings.TrimPrefix(renamed[2], "PER:")
	if full == "Ann Lee" || !strings.Contains(full, family) || renamed[1] != "LOC:Oslo" {
		t.Errorf("renamed to %q", renamed)
	}
}

// TestFitLearnsNames trains on a handful of sentences and finds their names
// again, with the same file from the same seed.
func TestFitLearnsNames(t *testing.T) {
	lex := emptyLexicon(t)
	s := newStock(2)
	var records []record
	for range 60 {
		records = append(records, s.compose())
	}
	fit := func() []byte {
		examples, features := build(records, lex, 1)
		w := mean(examples, features, 2, settings{epochs: 6, rate: 0.05, decay: 1e-4, hide: 0.1, times: 1, seed: 1, progress: io.Discard})
		return modelFile(w, features, 100_000)
	}
	file := fit()
	m, err := chain.Open(string(file))
	if err != nil {
		t.Fatal(err)
	}
	if got := score(records, chain.NewDecoder(m, lex)).micro(); got < 90 {
		t.Errorf("F1 on its own examples is %.1f", got)
	}
	if diff := cmp.Diff(file, fit()); diff != "" {
		t.Error("the same examples gave another model")
	}
}

// TestCertainIsTheMarginalsOfOneSequence compares the short way with the sums
// over all sequences.
func TestCertainIsTheMarginalsOfOneSequence(t *testing.T) {
	labels := chain.Spell(chain.Spell([]chain.Label{chain.Outside}, 0, 3), 2, 1)
	may := make([]allowed, len(labels))
	for i, l := range labels {
		may[i] = 1 << l
	}
	var steps, short, long [chain.Labels][chain.Labels]float32
	var l lattice
	l.setSteps(&steps)
	l.setScores(make([]vector, len(may)))
	want, got := make([]vector, len(may)), make([]vector, len(may))
	if !l.marginals(may, want, &long, 1) || !certain(may, got, &short) {
		t.Fatal("the one sequence is impossible or not certain")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(long, short); diff != "" {
		t.Error(diff)
	}
	may[1] = anyLabel
	if certain(may, got, &short) {
		t.Error("a sentence with an open label is certain")
	}
}
