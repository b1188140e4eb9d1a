package app

import (
	"context"

	"github.com/dateline-news/dateline/alert"
	"github.com/dateline-news/dateline/alert/channel"
	"github.com/dateline-news/dateline/configs"
)

// openAlerts opens the stage that alerts: to run it, or to answer for it.
func (p *process) openAlerts(ctx context.Context) error {
	c := p.Config.Alert
	channels, err := channel.NewSet(c.Channels, channel.Options{SMTP: c.SMTP, Now: p.Now})
	if err != nil {
		return err
	}
	templates, err := channel.ParseTemplates(configs.Templates(c.Templates), configs.Templates(""))
	if err != nil {
		return err
	}
	options := alert.Options{
		Bus:       p.bus,
		Archive:   p.archive,
		Acronyms:  acronyms(p.annotator),
		Point:     p.annotator.Places().Point,
		Channels:  channels,
		Templates: templates,
		Rules:     configs.Rules(c.Rules),
		URL:       p.pagesURL(),
		Holder:    p.holder(),
		Now:       p.Now,
		Logger:    p.Logger,
		Done:      ctx.Done(),
	}
	p.alerts, err = alert.New(ctx, options)
	return err
}

// pagesURL is where readers reach the pages, "" where that is not known.
func (p *process) pagesURL() string {
	switch {
	case p.Config.Alert.URL != "":
		return p.Config.Alert.URL
	case p.listeners.pages != nil:
		return "http://" + p.listeners.pages.Addr().String()
	}
	return ""
}
