package main

import (
	"errors"
	"path/filepath"
	"time"

	"github.com/dateline-news/dateline/internal/app"
	"github.com/dateline-news/dateline/internal/config"
)

// common are the flags of every command that starts stages.
type common struct {
	Config string `help:"The configuration file." type:"path" placeholder:"FILE"`
	Data   string `help:"The folder that everything is kept in." type:"path" placeholder:"DIR"`
}

// runCommand is `dateline run`.
type runCommand struct {
	common
	Listen        string `help:"Where the pages are served." placeholder:"HOST:PORT"`
	Inbox         string `help:"A folder whose files are reports: .txt, .html, .eml, and agencies' .xml, .json, .warc and .warc.gz." type:"path" placeholder:"DIR"`
	NATS          string `name:"nats" help:"A separate NATS server instead of the embedded one." placeholder:"URL"`
	Elasticsearch string `help:"An Elasticsearch cluster instead of the embedded archive." placeholder:"URL"`
}

func (c *runCommand) Run(inv *invocation) error {
	return inv.start(c.common, app.All, func(loaded *config.Config) {
		set(&loaded.Listen, c.Listen)
		set(&loaded.Inbox.Dir, c.Inbox)
		set(&loaded.NATS.URL, c.NATS)
		set(&loaded.Elasticsearch.URL, c.Elasticsearch)
	})
}

// stageFlags are the flags of a process with one stage.
type stageFlags struct {
	common
	NATS   string `name:"nats" help:"The NATS server." placeholder:"URL"`
	Health string `help:"Where /healthz and /readyz are answered." placeholder:"HOST:PORT"`
}

func (f stageFlags) apply(loaded *config.Config) {
	set(&loaded.NATS.URL, f.NATS)
	set(&loaded.Health, f.Health)
}

type ingestCommand struct {
	stageFlags
	Inbox string `help:"A folder whose files are reports: .txt, .html, .eml, and agencies' .xml, .json, .warc and .warc.gz." type:"path" placeholder:"DIR"`
}

func (c *ingestCommand) Run(inv *invocation) error {
	return inv.startStage(c.common, app.Ingest, func(loaded *config.Config) {
		c.apply(loaded)
		set(&loaded.Inbox.Dir, c.Inbox)
	})
}

type enrichCommand struct{ stageFlags }

func (c *enrichCommand) Run(inv *invocation) error {
	return inv.startStage(c.common, app.Enrich, c.apply)
}

// indexCommand is the stage, and what is done to its archive.
type indexCommand struct {
	Run     indexRunCommand     `cmd:"" default:"withargs" help:"Run the stage that writes reports to the archive."`
	Migrate indexMigrateCommand `cmd:"" help:"Make the Elasticsearch index anew beside the one in use, and put it in its place."`
	Rebuild indexRebuildCommand `cmd:"" help:"Make the embedded archive anew from the reports in it."`
}

type indexRunCommand struct {
	stageFlags
	Elasticsearch string `help:"The Elasticsearch cluster." placeholder:"URL"`
}

func (c *indexRunCommand) Run(inv *invocation) error {
	return inv.startStage(c.common, app.Index, func(loaded *config.Config) {
		c.apply(loaded)
		set(&loaded.Elasticsearch.URL, c.Elasticsearch)
	})
}

type alertCommand struct {
	stageFlags
	Elasticsearch string `help:"The Elasticsearch cluster." placeholder:"URL"`
}

func (c *alertCommand) Run(inv *invocation) error {
	return inv.startStage(c.common, app.Alert, func(loaded *config.Config) {
		c.apply(loaded)
		set(&loaded.Elasticsearch.URL, c.Elasticsearch)
	})
}

type serveCommand struct {
	stageFlags
	Listen        string `help:"Where the pages are served." placeholder:"HOST:PORT"`
	Elasticsearch string `help:"The Elasticsearch cluster." placeholder:"URL"`
}

func (c *serveCommand) Run(inv *invocation) error {
	return inv.startStage(c.common, app.Serve, func(loaded *config.Config) {
		c.apply(loaded)
		set(&loaded.Listen, c.Listen)
		set(&loaded.Elasticsearch.URL, c.Elasticsearch)
	})
}

// load reads the configuration and lets the flags have the last word.
func (inv *invocation) load(c common, flags func(*config.Config)) (*config.Config, error) {
	loaded, err := config.Load(config.Options{File: c.Config, Environ: inv.environ})
	if err != nil {
		return nil, err
	}
	set(&loaded.Data, c.Data)
	flags(loaded)
	if loaded.Data, err = filepath.Abs(loaded.Data); err != nil {
		return nil, err
	}
	return loaded, loaded.Validate()
}

// start runs the stages until the process is told to stop.
func (inv *invocation) start(c common, stages []app.Stage, flags func(*config.Config)) error {
	loaded, err := inv.load(c, flags)
	if err != nil {
		return err
	}
	return inv.run(loaded, stages)
}

// startStage runs one stage. It meets the other stages on servers, so these
// must be named.
func (inv *invocation) startStage(c common, stage app.Stage, flags func(*config.Config)) error {
	loaded, err := inv.load(c, flags)
	if err != nil {
		return err
	}
	if loaded.NATS.URL == "" && loaded.NATS.Listen == "" {
		return errors.New("a single stage meets the others on a NATS server: name it with --nats URL, or run all stages in one process with `dateline run`")
	}
	keeps := stage == app.Index || stage == app.Alert || stage == app.Serve
	if keeps && !loaded.Elasticsearch.Enabled() {
		return errors.New("the embedded archive belongs to one process, `dateline run`: name an Elasticsearch cluster with --elasticsearch URL")
	}
	return inv.run(loaded, []app.Stage{stage})
}

func (inv *invocation) run(loaded *config.Config, stages []app.Stage) error {
	return app.Run(inv.ctx, app.Options{
		Config: loaded,
		Stages: stages,
		Logger: inv.logger(loaded.Log),
		Out:    inv.out,
		Now:    time.Now,
	})
}

func set(field *string, flag string) {
	if flag != "" {
		*field = flag
	}
}
