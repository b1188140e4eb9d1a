package enrich

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/dateline-news/dateline/configs"
	"github.com/dateline-news/dateline/internal/agencytest"
	"github.com/dateline-news/dateline/internal/corpustest"
	"github.com/dateline-news/dateline/news"
)

// BenchmarkAnnotate measures the whole chain on one core.
func BenchmarkAnnotate(b *testing.B) {
	annotator, err := New(configs.Files)
	if err != nil {
		b.Fatal(err)
	}
	d := agencytest.Ours()
	b.SetBytes(int64(len(d.Text)))
	for b.Loop() {
		annotator.Annotate(&news.Report{ID: "1", Text: d.Text, Published: d.Published})
	}
}

// BenchmarkWho measures names, organizations, places and people, the reading
// of the text included, on reports of 2 KB, in processor time.
func BenchmarkWho(b *testing.B) {
	annotator, err := New(configs.Files)
	if err != nil {
		b.Fatal(err)
	}
	for kind, read := range map[string]func(*testing.B) []string{"dispatches": labelledTexts, "news": newsTexts, "others' news": othersTexts} {
		b.Run(kind, func(b *testing.B) {
			texts := read(b)
			start, i := processorSeconds(b), 0
			for b.Loop() {
				r := &news.Report{ID: "1", Text: texts[i%len(texts)]}
				text := annotator.reader.Read(r)
				annotator.who(r, text)
				annotator.reader.Release(text)
				i++
			}
			b.ReportMetric(float64(i)/(processorSeconds(b)-start), "reports/s")
		})
	}
}

// BenchmarkStart measures how long it takes until the first report can be read.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		if _, err := New(configs.Files); err != nil {
			b.Fatal(err)
		}
	}
}

func processorSeconds(b *testing.B) float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

const reportBytes = 2048

// labelledTexts are the labelled dispatches without their marks, joined to
// reports of 2 KB: dense with people.
func labelledTexts(b *testing.B) []string {
	files, err := filepath.Glob("people/testdata/labelled/*.txt")
	if err != nil || len(files) == 0 {
		b.Fatal("no labelled dispatches", err)
	}
	mark := regexp.MustCompile(`\[\d+[np]? ([^\]]+)\]`)
	var all strings.Builder
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		for _, part := range strings.Split("\n"+string(text), "\n=== ")[1:] {
			_, body, _ := strings.Cut(part, "\n")
			body, _, _ = strings.Cut(body, "\n---")
			all.WriteString(mark.ReplaceAllString(body, "$1") + "\n\n")
		}
	}
	return inReports(all.String())
}

// newsTexts are the composed dispatches that other tests read, joined likewise.
func newsTexts(b *testing.B) []string {
	return inReports(strings.Repeat(agencytest.Ours().Text+"\n\n", 8))
}

// othersTexts are the news of GUM and MEANTIME, joined likewise.
func othersTexts(b *testing.B) []string {
	var all strings.Builder
	for _, file := range []string{"gum-news.jsonl.gz", "meantime-wikinews.jsonl.gz"} {
		corpustest.Lines(b, corpustest.Read(b, "ner", "dev", file), func(d struct{ Text string }) {
			all.WriteString(d.Text + "\n\n")
		})
	}
	return inReports(all.String())
}

// inReports cuts a text between paragraphs into reports of about 2 KB.
func inReports(text string) []string {
	var texts []string
	var report strings.Builder
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		report.WriteString(paragraph + "\n\n")
		if report.Len() >= reportBytes {
			texts = append(texts, report.String()[:reportBytes])
			report.Reset()
		}
	}
	for i := range texts {
		texts[i] = strings.ToValidUTF8(texts[i], "")
	}
	return texts
}
