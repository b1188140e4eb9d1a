package dates_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/dateline-news/dateline/enrich/dates"
	"github.com/dateline-news/dateline/news"
)

// corpusDir is the corpus of dates, beside the module's root.
const corpusDir = "../../../shared/corpora/dates"

// goldDocument is a line of the corpus.
type goldDocument struct {
	ID     string           `json:"id"`
	Text   string           `json:"text"`
	Ref    string           `json:"ref_time"`
	Expr   []goldExpression `json:"expr"`
	Ignore []string         `json:"ignore"`
}

type goldExpression struct {
	Start     int         `json:"start"`
	End       int         `json:"end"`
	Value     string      `json:"value"`
	StartTime string      `json:"start_time"`
	EndTime   string      `json:"end_time"`
	Alt       [][2]string `json:"alt"`
	NoValue   bool        `json:"novalue"`
}

// TestCorpus holds the tagger to floors a little below what it reaches; the
// measures are those of the corpus's own scorer.
func TestCorpus(t *testing.T) {
	if _, err := os.Stat(corpusDir); err != nil {
		t.Skip("no corpus of dates beside the module: its floors are not checked")
	}
	newsTexts, phrases := []string{"gum", "meantime"}, []string{"recognizers", "duckling", "chrono", "natty", "timenorm", "dateparser"}
	var running, all tally
	for _, name := range newsTexts {
		scoreFile(t, name, &running)
	}
	all = running
	for _, name := range phrases {
		scoreFile(t, name, &all)
	}
	for _, c := range []struct {
		what             string
		got              tally
		relaxed, valueF1 float64
	}{
		{"running news text", running, 93, 86.5},
		{"all sources", all, 93, 77.5},
	} {
		relaxed, value := c.got.relaxedF1(), c.got.valueF1()
		t.Logf("%s: relaxed F1 %.2f, value F1 %.2f", c.what, relaxed, value)
		if relaxed < c.relaxed || value < c.valueF1 {
			t.Errorf("%s: relaxed F1 %.2f, value F1 %.2f; want at least %.1f and %.1f", c.what, relaxed, value, c.relaxed, c.valueF1)
		}
	}
}

func scoreFile(t *testing.T, name string, into *tally) {
	t.Helper()
	f, err := os.Open(filepath.Join(corpusDir, name+".jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var d goldDocument
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		into.document(d, predict(d))
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

// prediction is a date with offsets in code points, as the corpus counts.
type prediction struct {
	start, end int
	date       news.Date
}

func predict(d goldDocument) []prediction {
	r := &news.Report{Text: d.Text}
	for _, layout := range []string{"2006-01-02T15:04:05", time.DateOnly} {
		if at, err := time.Parse(layout, d.Ref); err == nil {
			r.Published = at
			break
		}
	}
	var out []prediction
	for _, x := range dates.Find(r) {
		out = append(out, prediction{utf8.RuneCountInString(d.Text[:x.Span.Start]), utf8.RuneCountInString(d.Text[:x.Span.End]), x})
	}
	return out
}
