// Command names tags annotated documents with Dateline's names tagger and
// writes its answers beside their ids, for bench/names/run to score. It says
// on standard error how many words it reads in a second of processor time.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"syscall"
	"time"
	"unicode/utf8"

	"github.com/dateline-news/dateline/enrich/names"
)

type document struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

type answer struct {
	ID   string   `json:"id"`
	Ents [][3]any `json:"ents"`
}

func main() {
	if err := run(os.Stdin, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "names:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, out, report io.Writer) error {
	runtime.GOMAXPROCS(1)
	tagger, err := names.New()
	if err != nil {
		return err
	}
	documents, words, err := read(in)
	if err != nil {
		return err
	}
	start, err := processTime()
	if err != nil {
		return err
	}
	var took time.Duration
	rounds := 0
	var found [][]names.Name
	for ; took < 2*time.Second; rounds++ {
		found = found[:0]
		for _, d := range documents {
			found = append(found, tagger.Tag(d.Text))
		}
		now, err := processTime()
		if err != nil {
			return err
		}
		took = now - start
	}
	fmt.Fprintf(report, "%.0f\n", float64(rounds*words)/took.Seconds())
	return write(out, documents, found)
}

// processTime is the processor time this process has used, so that a busy
// machine does not count against a tagger.
func processTime() (time.Duration, error) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0, err
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), nil
}

func read(in io.Reader) (documents []document, words int, err error) {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var d document
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			return nil, 0, err
		}
		words += len(strings.Fields(d.Text))
		documents = append(documents, d)
	}
	return documents, words, lines.Err()
}

func write(out io.Writer, documents []document, found [][]names.Name) error {
	encoder := json.NewEncoder(out)
	for i, d := range documents {
		a := answer{ID: d.ID, Ents: [][3]any{}}
		for _, n := range found[i] {
			start := utf8.RuneCountInString(d.Text[:n.Span.Start])
			a.Ents = append(a.Ents, [3]any{start, start + utf8.RuneCountInString(n.Span.Of(d.Text)), string(n.Kind)})
		}
		if err := encoder.Encode(a); err != nil {
			return err
		}
	}
	return nil
}
