package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/dateline-news/dateline/serve/client"
)

type exportCommand struct {
	Query   []string `arg:"" optional:"" help:"The query; without one, everything." placeholder:"QUERY"`
	Format  string   `help:"ndjson, csv, ninjs, rss or ics." enum:"ndjson,csv,ninjs,rss,ics" default:"ndjson"`
	Output  string   `short:"o" help:"Write to this file, which is there whole or not at all; without it, to standard output." placeholder:"FILE"`
	Filter  []string `help:"A facet and a value, such as place:Baku." placeholder:"FACET:VALUE"`
	Exclude []string `help:"A facet and a value that reports must not have." placeholder:"FACET:VALUE"`
	Sort    string   `help:"published, seen or event." enum:"published,seen,event" default:"published"`
	Stories bool     `help:"Write one report of each story."`
	Server  string   `help:"Where Dateline serves." default:"http://127.0.0.1:8080" env:"DATELINE_SERVER" placeholder:"URL"`
	Token   string   `help:"API token." env:"DATELINE_TOKEN" placeholder:"TOKEN"`
}

func (c *exportCommand) Run(inv *invocation) error {
	if c.Output == "" {
		return c.export(inv, inv.out)
	}
	return writeWhole(c.Output, func(w io.Writer) error { return c.export(inv, w) })
}

func (c *exportCommand) export(inv *invocation, w io.Writer) error {
	request := client.SearchRequest{
		Query: strings.Join(c.Query, " "), Sort: c.Sort, Filters: c.Filter, Excludes: c.Exclude, Collapse: c.Stories,
	}
	// An export takes as long as it takes.
	return client.New(c.Server, client.Options{Token: c.Token, HTTP: &http.Client{}}).Export(inv.ctx, request, c.Format, w)
}

// writeWhole writes a file that appears when write has written all of it.
func writeWhole(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("making %s: %w", path, err)
	}
	if err := errors.Join(write(f), f.Close()); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return errors.Join(fmt.Errorf("making %s: %w", path, err), os.Remove(f.Name()))
	}
	return nil
}
