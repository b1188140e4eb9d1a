package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/dateline-news/dateline/ingest"
	"github.com/dateline-news/dateline/ingest/opml"
	"github.com/dateline-news/dateline/internal/config"
)

type sourcesAddCommand struct {
	configFlag
	URL      string `arg:"" help:"The address of the site, or of its feed, sitemap or listing."`
	Kind     string `help:"Take what is found of this kind: feed, sitemap or listing; default: the best." placeholder:"KIND"`
	Name     string `help:"The source's name; default: made of the host." placeholder:"NAME"`
	Agency   string `help:"Who issues the reports; default: what the site calls itself." placeholder:"NAME"`
	Schedule string `help:"When it is polled: cron fields, @every 10m or adaptive." placeholder:"CRON"`
	TimeZone string `help:"The zone of times that the source gives without one, such as Asia/Baku." placeholder:"ZONE"`
	Language string `help:"The language of pages that name none." placeholder:"TAG"`
	Local    bool   `help:"Allow an address on your own network."`
	DryRun   bool   `help:"Say what is found and write nothing."`
}

func (c *sourcesAddCommand) Run(inv *invocation) error {
	loaded, opts, err := inv.configured(c.Config)
	if err != nil {
		return err
	}
	found, err := ingest.FindSources(inv.ctx, c.URL, c.Local, opts)
	if err != nil {
		return err
	}
	if c.Kind != "" {
		found = slices.DeleteFunc(found, func(f ingest.Found) bool { return f.Kind != c.Kind })
	}
	if len(found) == 0 {
		return fmt.Errorf("nothing of the kind %q is found there; leave --kind out to see what is", c.Kind)
	}
	for i, f := range found {
		mark := "also there"
		if i == 0 {
			mark = "found"
		}
		fmt.Fprintf(inv.out, "%s: %s %s, lists %d, the newest %s\n", mark, f.Kind, f.URL, f.Items, cmp.Or(newest(f), "without a time"))
	}
	source := found[0].Source
	if i := slices.IndexFunc(loaded.Sources, func(s ingest.Source) bool { return s.URL == source.URL }); i >= 0 {
		return fmt.Errorf("%s has it already, as %q", loaded.Origin, loaded.Sources[i].Name)
	}
	source.Name = cmp.Or(c.Name, ingest.FreeName(source.Name, loaded.AllSources()))
	source.Agency = cmp.Or(c.Agency, source.Agency)
	source.Schedule, source.TimeZone = c.Schedule, c.TimeZone
	source.Language = cmp.Or(c.Language, source.Language)
	return inv.addSources(loaded, []ingest.Source{source}, c.DryRun)
}

func newest(f ingest.Found) string {
	if f.Newest.IsZero() {
		return ""
	}
	return f.Newest.Format("2006-01-02 15:04")
}

// addSources writes sources into the configuration file, or says what it would
// write.
func (inv *invocation) addSources(loaded *config.Config, sources []ingest.Source, dryRun bool) error {
	for _, s := range sources {
		if err := s.Validate(); err != nil {
			return err
		}
	}
	file := loaded.File(inv.environ)
	if !dryRun {
		if err := config.AddSources(file, sources); err != nil {
			return err
		}
	}
	verb := "added to"
	if dryRun {
		verb = "would be added to"
	}
	for _, s := range sources {
		fmt.Fprintf(inv.out, "%s %s: %s (%s %s)\n", verb, file, s.Name, cmp.Or(s.Kind, ingest.KindFeed), s.URL)
	}
	if len(sources) == 1 && !dryRun {
		fmt.Fprintf(inv.out, "look at what it yields with: dateline sources preview %s\n", sources[0].Name)
	}
	return nil
}

type sourcesImportCommand struct {
	configFlag
	File   string `arg:"" help:"The OPML file." type:"existingfile"`
	DryRun bool   `help:"Say what would be added and write nothing."`
}

func (c *sourcesImportCommand) Run(inv *invocation) error {
	loaded, _, err := inv.configured(c.Config)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	feeds, damage := opml.Read(data)
	if len(feeds) == 0 {
		return fmt.Errorf("%s: %w", c.File, damage)
	}
	all, added := slices.Clone(loaded.AllSources()), []ingest.Source(nil)
	for _, f := range feeds {
		if slices.ContainsFunc(all, func(s ingest.Source) bool { return s.URL == f.URL }) {
			continue
		}
		s := ingest.Source{
			Name: ingest.FreeName(ingest.NameOf(f.URL), all), Agency: f.Title, Kind: ingest.KindFeed, URL: f.URL, Language: f.Language,
		}
		if err := s.Validate(); err != nil {
			fmt.Fprintf(inv.err, "dateline: left out: %v\n", err)
			continue
		}
		all, added = append(all, s), append(added, s)
	}
	fmt.Fprintf(inv.out, "%d feeds, %d of them new\n", len(feeds), len(added))
	if len(added) > 0 {
		if err := inv.addSources(loaded, added, c.DryRun); err != nil {
			return err
		}
	}
	if damage != nil {
		return fmt.Errorf("%s: %w", c.File, damage)
	}
	return nil
}

type sourcesExportCommand struct{ configFlag }

func (c *sourcesExportCommand) Run(inv *invocation) error {
	loaded, _, err := inv.configured(c.Config)
	if err != nil {
		return err
	}
	var feeds []opml.Feed
	left := 0
	for _, s := range loaded.AllSources() {
		if cmp.Or(s.Kind, ingest.KindFeed) != ingest.KindFeed {
			left++
			continue
		}
		feeds = append(feeds, opml.Feed{Title: cmp.Or(s.Agency, s.Name), URL: s.URL, Language: s.Language})
	}
	if left > 0 {
		fmt.Fprintf(inv.err, "dateline: %d sources are no feeds, which is all that OPML holds\n", left)
	}
	return opml.Write(inv.out, "Dateline's sources", feeds, time.Now())
}
