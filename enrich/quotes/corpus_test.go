package quotes_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/enrich/quotes"
	"github.com/dateline-news/dateline/news"
)

var predictions = flag.String("predictions", "", "write the quotes found in the corpora to this `file` of JSON lines")

// corpusFolder is beside the module, for developers who have the corpora.
const corpusFolder = "../../../shared/corpora/quotes"

// goldDocument is a line of a corpus file; offsets are code points.
type goldDocument struct {
	ID, Text, Genre string
	Quotes          []goldQuote
	Unattributed    [][2]int `json:"unattributed_quotes"`
}

type goldQuote struct {
	Content         [][2]int
	Type            string
	Nested          bool
	Speaker         *[2]int
	SpeakerText     string   `json:"speaker_text"`
	SpeakerName     string   `json:"speaker_name"`
	SpeakerID       string   `json:"speaker_id"`
	SpeakerMentions [][2]int `json:"speaker_mentions"`
}

func (q goldQuote) hasSpeaker() bool { return q.Speaker != nil || len(q.SpeakerMentions) > 0 }

func TestQuotesOfTheCorpora(t *testing.T) {
	tests := []struct {
		name, file, genre, types string
		relaxed, attributed      float64 // floors, percent
	}{
		{"direct quotes of news", "gum", "news", "direct", 84, 84},
		{"direct and mixed quotes of news", "gum", "news", "direct,mixed", 74, 68},
		{"indirect quotes of news", "gum", "news", "indirect", 62, 58},
		{"direct and mixed quotes of all genres", "gum", "", "direct,mixed", 66, 59},
		{"indirect quotes of all genres", "gum", "", "indirect", 53, 49},
		{"direct quotes of fiction", "litbank", "", "direct", 89, 66},
		{"small cases", "textacy", "", "direct", 90, 90},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			docs := readCorpus(t, test.file)
			var s score
			for _, doc := range docs {
				if test.genre == "" || doc.Genre == test.genre {
					s.add(doc, ofKinds(found(doc), test.types), test.types)
				}
			}
			t.Logf("gold %d, found %d: relaxed F1 %.2f (P %.2f, R %.2f), speaker %.1f, attribution F1 %.2f", s.gold, s.found,
				s.relaxed(), 100*ratio(s.matched, s.found), 100*ratio(s.matched, s.gold), 100*ratio(s.right, s.asked), s.attribution())
			if s.relaxed() < test.relaxed || s.attribution() < test.attributed {
				t.Errorf("relaxed F1 %.2f, want %.2f or more; attribution F1 %.2f, want %.2f or more",
					s.relaxed(), test.relaxed, s.attribution(), test.attributed)
			}
		})
	}
	if *predictions != "" {
		writePredictions(t)
	}
}

func readCorpus(t *testing.T, name string) []goldDocument {
	t.Helper()
	f, err := os.Open(filepath.Join(corpusFolder, name+".jsonl.gz"))
	if os.IsNotExist(err) {
		t.Skip("the corpora of quotes are not beside the module")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var docs []goldDocument
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var d goldDocument
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		docs = append(docs, d)
	}
	return docs
}

// prediction is a quote found, in code points.
type prediction struct {
	Start       int     `json:"start"`
	End         int     `json:"end"`
	Type        string  `json:"type"`
	Speaker     *[2]int `json:"speaker,omitempty"`
	SpeakerName string  `json:"speaker_name,omitempty"`
}

func found(doc goldDocument) []prediction {
	r := &news.Report{ID: doc.ID, Text: doc.Text}
	var out []prediction
	for _, q := range quotes.Find(r, lexicon.Read(r)) {
		p := prediction{Start: runes(r.Text, q.Span.Start), End: runes(r.Text, q.Span.End), Type: q.Kind}
		if q.Speaker != nil {
			p.Speaker = &[2]int{runes(r.Text, q.Speaker.Span.Start), runes(r.Text, q.Speaker.Span.End)}
			p.SpeakerName = q.Speaker.Name
		}
		out = append(out, p)
	}
	return out
}

// ofKinds leaves out indirect quotes where they are not asked for.
func ofKinds(all []prediction, types string) []prediction {
	return slices.DeleteFunc(all, func(p prediction) bool {
		return p.Type == quotes.Indirect && !strings.Contains(types, quotes.Indirect)
	})
}

func runes(text string, offset int) int { return utf8.RuneCountInString(text[:offset]) }

func writePredictions(t *testing.T) {
	var b strings.Builder
	for _, name := range []string{"gum", "litbank", "textacy"} {
		for _, doc := range readCorpus(t, name) {
			line, err := json.Marshal(map[string]any{"id": doc.ID, "quotes": found(doc)})
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "%s\n", line)
		}
	}
	if err := os.WriteFile(*predictions, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
