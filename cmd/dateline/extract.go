package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/dateline-news/dateline/ingest/page"
	"github.com/dateline-news/dateline/news"
)

type extractCommand struct {
	URL    string `help:"The address the page was fetched from." placeholder:"URL"`
	NDJSON bool   `name:"ndjson" help:"Read lines of JSON with id, url and html; write a line for each."`
	File   string `arg:"" optional:"" help:"The HTML file; - or nothing for standard input."`
}

// maxPage is the longest page, in bytes, that extract reads from a file.
const maxPage = 64 << 20

func (c *extractCommand) Run(inv *invocation) error {
	in, closeIn, err := c.open(inv)
	if err != nil {
		return err
	}
	defer closeIn()
	if c.NDJSON {
		inv.in = in
		return inv.stream(extractLine)
	}
	html, err := io.ReadAll(io.LimitReader(in, maxPage+1))
	if err != nil {
		return fmt.Errorf("reading the page: %w", err)
	}
	if len(html) > maxPage {
		return fmt.Errorf("the page is longer than %d bytes: that is no article", maxPage)
	}
	out, err := extract("", c.URL, html)
	if err != nil {
		return err
	}
	_, err = inv.out.Write(append(out, '\n'))
	return err
}

func (c *extractCommand) open(inv *invocation) (io.Reader, func(), error) {
	if c.File == "" || c.File == "-" {
		return inv.in, func() {}, nil
	}
	f, err := os.Open(c.File)
	if err != nil {
		return nil, nil, err
	}
	return f, func() { _ = f.Close() }, nil
}

func extractLine(line []byte) ([]byte, error) {
	var in struct{ ID, URL, HTML string }
	if err := json.Unmarshal(line, &in); err != nil {
		return nil, fmt.Errorf("not a page: want an object with id, url and html: %w", err)
	}
	out, err := extract(in.ID, in.URL, []byte(in.HTML))
	if err != nil && in.ID != "" {
		return nil, fmt.Errorf("page %s: %w", in.ID, err)
	}
	return out, err
}

// extract returns the article of a page as the JSON of a report. Without an
// id of the caller's the report gets the id that ingestion would give it.
func extract(id, url string, html []byte) ([]byte, error) {
	r, err := page.Extract(html, url, page.Options{Location: time.UTC})
	if err != nil {
		return nil, err
	}
	r.ID = id
	if id == "" {
		r.ID = news.ReportID(r.Agency, r.CanonicalURL)
	}
	return json.Marshal(r)
}
