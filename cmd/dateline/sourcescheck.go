package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/dateline-news/dateline/ingest"
)

type sourcesCheckCommand struct {
	configFlag
	Names []string `arg:"" optional:"" name:"source" help:"The sources to check; all when none is named."`
	Items int      `help:"How many of the newest items are read of each source." default:"3" placeholder:"N"`
}

// checkedAtOnce is how many sources are looked at at a time.
const checkedAtOnce = 8

func (c *sourcesCheckCommand) Run(inv *invocation) error {
	loaded, opts, err := inv.configured(c.Config)
	if err != nil {
		return err
	}
	sources := loaded.AllSources()
	if len(c.Names) > 0 {
		sources = nil
		for _, name := range c.Names {
			s, err := sourceNamed(loaded, name)
			if err != nil {
				return err
			}
			sources = append(sources, s)
		}
	}
	failed := false
	for i, result := range checkAll(inv.ctx, sources, c.Items, opts) {
		fmt.Fprint(inv.out, result.text(sources[i].Name))
		failed = failed || result.err != nil
	}
	if inv.ctx.Err() != nil {
		return context.Cause(inv.ctx)
	}
	if failed {
		return errReported
	}
	return nil
}

// checked is the outcome of one source.
type checked struct {
	preview *ingest.Preview
	err     error
}

func checkAll(ctx context.Context, sources []ingest.Source, items int, opts ingest.Options) []checked {
	results := make([]checked, len(sources))
	var group errgroup.Group
	group.SetLimit(checkedAtOnce)
	for i, s := range sources {
		group.Go(func() error {
			results[i].preview, results[i].err = ingest.PreviewSource(ctx, s, items, opts)
			return nil
		})
	}
	_ = group.Wait() // the errors are in the results
	return results
}

// text says what would be published and what is missing.
func (c checked) text(name string) string {
	if c.err != nil {
		return fmt.Sprintf("%s: FAULT: %v\n", name, c.err)
	}
	var b strings.Builder
	good, missing := 0, map[string]int{}
	for _, e := range c.preview.Entries {
		if e.Err != nil {
			continue
		}
		good++
		for _, field := range e.Missing() {
			missing[field]++
		}
	}
	fmt.Fprintf(&b, "%s: lists %d; of the newest %d, %d would be published\n", name, c.preview.Listed, len(c.preview.Entries), good)
	for _, e := range c.preview.Entries {
		if e.Err != nil {
			fmt.Fprintf(&b, "  not readable: %v\n", e.Err)
			continue
		}
		fmt.Fprintf(&b, "  %s  %s (%d words)\n", day(e.Report.Published), e.Report.Title, len(strings.Fields(e.Report.Text)))
	}
	for _, field := range slices.Sorted(maps.Keys(missing)) {
		fmt.Fprintf(&b, "  missing: %s, in %d of %d\n", field, missing[field], good)
	}
	if c.preview.Note != "" {
		fmt.Fprintf(&b, "  note: %s\n", c.preview.Note)
	}
	return b.String()
}

func day(t time.Time) string {
	if t.IsZero() {
		return "no time         "
	}
	return t.Format("2006-01-02 15:04")
}

type sourcesPreviewCommand struct {
	configFlag
	Source string `arg:"" help:"The name of a source, or the address of a site, a feed, a sitemap or a listing."`
	Limit  int    `help:"How many reports are printed." default:"3" placeholder:"N"`
	JSON   bool   `name:"json" help:"Write each report as a line of JSON."`
	Local  bool   `help:"Allow an address on your own network."`
}

func (c *sourcesPreviewCommand) Run(inv *invocation) error {
	loaded, opts, err := inv.configured(c.Config)
	if err != nil {
		return err
	}
	var source ingest.Source
	if strings.Contains(c.Source, "://") {
		found, err := ingest.FindSources(inv.ctx, c.Source, c.Local, opts)
		if err != nil {
			return err
		}
		source = found[0].Source
	} else if source, err = sourceNamed(loaded, c.Source); err != nil {
		return err
	}
	preview, err := ingest.PreviewSource(inv.ctx, source, c.Limit, opts)
	if err != nil {
		return err
	}
	failed := false
	for i, e := range preview.Entries {
		if e.Err != nil {
			failed = true
			fmt.Fprintf(inv.err, "dateline: %v\n", e.Err)
			continue
		}
		if err := printReport(inv.out, e, c.JSON, i > 0); err != nil {
			return err
		}
	}
	if failed {
		return errReported
	}
	return nil
}

// printReport prints a report for a person, or as a line of JSON.
func printReport(w io.Writer, e ingest.Entry, asJSON, rule bool) error {
	r := e.Report
	if asJSON {
		return json.NewEncoder(w).Encode(r)
	}
	if rule {
		fmt.Fprint(w, "\n", strings.Repeat("-", 72), "\n\n")
	}
	fmt.Fprintln(w, r.Title)
	for _, line := range [][2]string{
		{"agency", r.Agency}, {"published", day(r.Published)}, {"modified", day(r.Modified)}, {"byline", strings.Join(r.Byline, ", ")},
		{"section", r.Section}, {"tags", strings.Join(r.Tags, ", ")}, {"language", r.Language}, {"image", r.Image}, {"url", r.URL},
		{"missing", strings.Join(e.Missing(), ", ")},
	} {
		if value := strings.TrimSpace(line[1]); value != "" && value != "no time" {
			fmt.Fprintf(w, "  %-10s%s\n", line[0], value)
		}
	}
	_, err := fmt.Fprintf(w, "\n%s\n", r.Text)
	return err
}
