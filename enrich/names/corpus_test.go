package names_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/dateline-news/dateline/enrich/names"
	"github.com/dateline-news/dateline/enrich/names/namestest"
)

// TestCorpora holds the tagger to what it reached on annotated documents that
// it was not trained on: exact spans, micro-F1 over people, organizations and
// places, and F1 of each.
func TestCorpora(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "shared", "corpora", "ner", "dev")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the annotated corpora are not here: put them in ../shared/corpora/ner")
	}
	tagger := namestest.Tagger(t)
	tests := []struct {
		corpus, written string
		change          func(string) string
		floors          map[names.Kind]float64
	}{
		{"gum-news", "as it is", keep, map[names.Kind]float64{"": 73.5, names.Person: 82, names.Organization: 61.5, names.Location: 76}},
		{"meantime-wikinews", "as it is", keep, map[names.Kind]float64{"": 86.3, names.Person: 76, names.Organization: 85, names.Location: 94}},
		{"gmb", "as it is", keep, map[names.Kind]float64{"": 84}},
		{"docred", "as it is", keep, map[names.Kind]float64{"": 81.5}},
		{"gum-news", "in lower case", lower, map[names.Kind]float64{"": 64}},
		{"gum-news", "in capitals", upper, map[names.Kind]float64{"": 63}},
		{"docred", "in lower case", lower, map[names.Kind]float64{"": 68}},
		{"docred", "in capitals", upper, map[names.Kind]float64{"": 70}},
	}
	for _, test := range tests {
		t.Run(test.corpus+" "+test.written, func(t *testing.T) {
			got := f1ByKind(t, tagger, filepath.Join(dir, test.corpus+".jsonl.gz"), test.change)
			t.Logf("F1 %.1f, PER %.1f, ORG %.1f, LOC %.1f", got[""], got[names.Person], got[names.Organization], got[names.Location])
			for kind, floor := range test.floors {
				if got[kind] < floor {
					t.Errorf("F1 of %q is %.1f, was at least %.1f", kind, got[kind], floor)
				}
			}
		})
	}
}

func keep(text string) string { return text }

// lower and upper change the case of ASCII letters, so that spans stay.
func lower(text string) string { return changeCase(text, 'A', 'Z', 'a') }

func upper(text string) string { return changeCase(text, 'a', 'z', 'A') }

func changeCase(text string, from, to, first byte) string {
	b := []byte(text)
	for i, c := range b {
		if from <= c && c <= to {
			b[i] = c - from + first
		}
	}
	return string(b)
}

// f1ByKind returns the F1 of each kind and, under "", over all of them.
func f1ByKind(t *testing.T, tagger *names.Tagger, path string, change func(string) string) map[names.Kind]float64 {
	t.Helper()
	right, total := map[names.Kind]float64{}, map[names.Kind]float64{}
	for _, r := range readCorpus(t, path) {
		gold := map[names.Name]bool{}
		for _, n := range r.names {
			gold[n] = true
			total[n.Kind]++
			total[""]++
		}
		for _, n := range tagger.Tag(change(r.text)) {
			if n.Kind == names.Miscellaneous {
				continue
			}
			total[n.Kind]++
			total[""]++
			if gold[n] {
				right[n.Kind]++
				right[""]++
			}
		}
	}
	for kind := range total {
		right[kind] *= 200 / total[kind]
	}
	return right
}

type annotated struct {
	text  string
	names []names.Name
}

func readCorpus(t *testing.T, path string) []annotated {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var all []annotated
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var in struct {
			Text string
			Ents [][3]any
		}
		if err := json.Unmarshal(lines.Bytes(), &in); err != nil {
			t.Fatal(err)
		}
		all = append(all, annotate(in.Text, in.Ents))
	}
	if lines.Err() != nil {
		t.Fatal(lines.Err())
	}
	return all
}

// annotate turns offsets in runes into spans.
func annotate(text string, ents [][3]any) annotated {
	var offsets []int
	for i := range text {
		offsets = append(offsets, i)
	}
	offsets = append(offsets, len(text))
	r := annotated{text: text}
	for _, e := range ents {
		var n names.Name
		n.Span.Start, n.Span.End = offsets[int(e[0].(float64))], offsets[int(e[1].(float64))]
		n.Kind = names.Kind(e[2].(string))
		switch n.Kind {
		case names.Person, names.Organization, names.Location:
			r.names = append(r.names, n)
		}
	}
	return r
}
