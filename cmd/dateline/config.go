package main

import (
	"fmt"

	"github.com/dateline-news/dateline/configs"
	"github.com/dateline-news/dateline/enrich"
	"github.com/dateline-news/dateline/internal/config"
	"github.com/dateline-news/dateline/serve/dashboard"
)

type configCommand struct {
	Check configCheckCommand `cmd:"" help:"Say what is wrong with a configuration, without starting anything."`
	Show  configShowCommand  `cmd:"" help:"Print the shipped configuration, a start for your own."`
}

type configCheckCommand struct {
	Config string `help:"The configuration file." type:"path" placeholder:"FILE"`
	File   string `arg:"" optional:"" help:"The same, as an argument." type:"path"`
}

func (c *configCheckCommand) Run(inv *invocation) error {
	file := c.Config
	if file == "" {
		file = c.File
	}
	loaded, err := config.Load(config.Options{File: file, Environ: inv.environ})
	if err != nil {
		return err
	}
	if _, err := enrich.New(configs.FS(loaded.Gazetteers)); err != nil {
		return err
	}
	if _, err := dashboard.Load(configs.Dashboards(loaded.Dashboards)); err != nil {
		return err
	}
	fmt.Fprintf(inv.out, "%s is good: %d sources\n", loaded.Origin, len(loaded.AllSources()))
	return nil
}

type configShowCommand struct{}

func (*configShowCommand) Run(inv *invocation) error {
	_, err := inv.out.Write(config.Shipped())
	return err
}
