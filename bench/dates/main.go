// Command dates runs a tagger over the development files of the dates corpus
// and writes predictions in the form its scorer reads, with the time taken.
// It is a module of its own, so that the taggers it compares stay out of the
// product.
//
//	go run . -tool dateline ../../../shared/corpora/dates/*.jsonl.gz > dateline.jsonl
//	go run . -tool go-dateparser ../../../shared/corpora/dates/*.jsonl.gz > go-dateparser.jsonl
//	go run . -tool tsv ../../../shared/corpora/dates/*.jsonl.gz > corpus.tsv
package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"time"
	"unicode/utf8"

	dps "github.com/markusmobius/go-dateparser"
	"github.com/markusmobius/go-dateparser/date"

	"github.com/dateline-news/dateline/enrich/dates"
	"github.com/dateline-news/dateline/news"
)

// document is a line of the corpus.
type document struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	Ref  string `json:"ref_time"`
}

// expression is a prediction; offsets count code points.
type expression struct {
	Start     int    `json:"start"`
	End       int    `json:"end"`
	Type      string `json:"type"`
	Value     string `json:"value,omitempty"`
	StartTime string `json:"start_time,omitempty"`
	EndTime   string `json:"end_time,omitempty"`
}

func main() {
	tool := flag.String("tool", "dateline", "dateline, go-dateparser or tsv")
	flag.Parse()
	if err := run(*tool, flag.Args(), os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(tool string, files []string, out, log io.Writer) error {
	var docs []document
	for _, name := range files {
		more, err := read(name)
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		docs = append(docs, more...)
	}
	w := bufio.NewWriter(out)
	defer w.Flush()
	if tool == "tsv" {
		return writeTSV(w, docs)
	}
	find := map[string]func(document) []expression{"dateline": findDateline, "go-dateparser": findDateparser}[tool]
	if find == nil {
		return fmt.Errorf("no tool %q", tool)
	}
	find(docs[0]) // warm up
	bytes := 0
	var took time.Duration
	encoder := json.NewEncoder(w)
	for _, d := range docs {
		start := processorTime()
		found := find(d)
		took += processorTime() - start
		bytes += len(d.Text)
		if err := encoder.Encode(map[string]any{"id": d.ID, "expr": found}); err != nil {
			return err
		}
	}
	fmt.Fprintf(log, "%s: %d documents, %d bytes in %v of processor time: %.4f MB/s\n", tool, len(docs), bytes, took, float64(bytes)/1e6/took.Seconds())
	return nil
}

// processorTime is what the process has used of the processor, in user and
// system mode: other work on the machine does not count.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func read(name string) ([]document, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	var docs []document
	for d := json.NewDecoder(z); ; {
		var doc document
		if err := d.Decode(&doc); err != nil {
			if errors.Is(err, io.EOF) {
				return docs, nil
			}
			return nil, err
		}
		docs = append(docs, doc)
	}
}

func writeTSV(w io.Writer, docs []document) error {
	escape := strings.NewReplacer("\\", "\\\\", "\t", "\\t", "\n", "\\n", "\r", "\\r")
	for _, d := range docs {
		if _, err := fmt.Fprintf(w, "%s\t%s\t%s\n", d.ID, d.Ref, escape.Replace(d.Text)); err != nil {
			return err
		}
	}
	return nil
}

func reference(s string) time.Time {
	for _, layout := range []string{"2006-01-02T15:04:05", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

func findDateline(d document) []expression {
	found := []expression{}
	for _, x := range dates.Find(&news.Report{Text: d.Text, Published: reference(d.Ref)}) {
		found = append(found, expression{
			Start: utf8.RuneCountInString(d.Text[:x.Span.Start]), End: utf8.RuneCountInString(d.Text[:x.Span.End]),
			Type: x.Type, Value: x.Value, StartTime: x.Start.String(), EndTime: x.End.String(),
		})
	}
	return found
}

// findDateparser searches with the English locale; the library returns texts
// without offsets, which are found again in order.
func findDateparser(d document) []expression {
	found := []expression{}
	config := &dps.Configuration{CurrentTime: reference(d.Ref), Locales: []string{"en"}}
	_, results, err := dps.Search(config, d.Text)
	if err != nil {
		return found
	}
	at := 0
	for _, r := range results {
		i := strings.Index(d.Text[at:], r.Text)
		if i < 0 {
			continue
		}
		start, end := at+i, at+i+len(r.Text)
		at = end
		value := r.Date.Time.Format(time.DateOnly)
		switch r.Date.Period {
		case date.Year:
			value = value[:4]
		case date.Month:
			value = value[:7]
		case date.Hour, date.Minute, date.Second:
			value = r.Date.Time.Format("2006-01-02T15:04")
		}
		found = append(found, expression{
			Start: utf8.RuneCountInString(d.Text[:start]), End: utf8.RuneCountInString(d.Text[:end]), Type: news.TypeDate, Value: value,
		})
	}
	return found
}
