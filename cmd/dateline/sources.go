package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/dateline-news/dateline/ingest"
	"github.com/dateline-news/dateline/internal/config"
	"github.com/dateline-news/dateline/internal/nearest"
)

// sourcesCommand is what is done to sources outside of a running Dateline.
type sourcesCommand struct {
	List     sourcesListCommand     `cmd:"" help:"List the configured sources."`
	Status   sourcesStatusCommand   `cmd:"" help:"Ask a running Dateline how its sources are doing: when each was read, what fails, what is missing, which are silent."`
	Check    sourcesCheckCommand    `cmd:"" help:"Fetch each source once and say what would be published and what is missing."`
	Add      sourcesAddCommand      `cmd:"" help:"Find out how a site announces its reports and add it to the configuration."`
	Preview  sourcesPreviewCommand  `cmd:"" help:"Print the reports that a source, or any site, yields now."`
	Backfill sourcesBackfillCommand `cmd:"" help:"Publish what a source published since a day."`
	Import   sourcesImportCommand   `cmd:"" help:"Add the feeds of an OPML file to the configuration."`
	Export   sourcesExportCommand   `cmd:"" help:"Write the configured feeds as OPML."`
}

// configFlag names the configuration of a command.
type configFlag struct {
	Config string `help:"The configuration file." type:"path" placeholder:"FILE"`
}

// configured reads the configuration, with a log of what is worth a warning.
func (inv *invocation) configured(file string) (*config.Config, ingest.Options, error) {
	c, err := config.Load(config.Options{File: file, Environ: inv.environ})
	if err != nil {
		return nil, ingest.Options{}, err
	}
	c.Log.Level = "error"
	return c, ingest.Options{Contact: c.Ingest.Contact, MaxBody: c.Ingest.MaxBody, Now: time.Now, Logger: inv.logger(c.Log)}, nil
}

// sourceNamed returns the configured source of that name.
func sourceNamed(c *config.Config, name string) (ingest.Source, error) {
	var names []string
	for _, s := range c.AllSources() {
		if strings.EqualFold(s.Name, name) {
			return s, nil
		}
		names = append(names, s.Name)
	}
	hint := "see `dateline sources list`"
	if near := nearest.Word(name, names, len(name)/3+1); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return ingest.Source{}, fmt.Errorf("%s has no source %q; %s", c.Origin, name, hint)
}

type sourcesListCommand struct {
	configFlag
	JSON bool `name:"json" help:"Write JSON."`
}

func (c *sourcesListCommand) Run(inv *invocation) error {
	loaded, _, err := inv.configured(c.Config)
	if err != nil {
		return err
	}
	sources := loaded.AllSources()
	if c.JSON {
		encoder := json.NewEncoder(inv.out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(listed(sources))
	}
	w := tabwriter.NewWriter(inv.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tKIND\tSCHEDULE\tZONE\tAGENCY\tURL")
	for _, s := range listed(sources) {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", s.Name, s.Kind, s.Schedule, s.TimeZone, s.Agency, s.URL)
	}
	return w.Flush()
}

// listedSource is a source as it is listed, with its defaults filled in.
type listedSource struct {
	Name     string `json:"name"`
	Kind     string `json:"kind"`
	Schedule string `json:"schedule,omitempty"`
	TimeZone string `json:"time_zone"`
	Agency   string `json:"agency"`
	Language string `json:"language,omitempty"`
	URL      string `json:"url"`
}

func listed(sources []ingest.Source) []listedSource {
	out := []listedSource{}
	for _, s := range sources {
		l := listedSource{s.Name, s.Kind, s.Schedule, s.TimeZone, s.Agency, s.Language, s.URL}
		l.Kind, l.TimeZone, l.Agency = cmp.Or(l.Kind, ingest.KindFeed), cmp.Or(l.TimeZone, "UTC"), cmp.Or(l.Agency, s.Name)
		out = append(out, l)
	}
	return out
}
