package config

import "github.com/dateline-news/dateline/alert/channel"

// Alert says how people are told.
type Alert struct {
	// Rules and Templates are folders used instead of the shipped ones.
	Rules     string `yaml:"rules"`
	Templates string `yaml:"templates"`
	// URL is where readers of messages reach the pages.
	URL      string           `yaml:"url"`
	SMTP     channel.SMTP     `yaml:"smtp"`
	Channels []channel.Config `yaml:"channels"`
}

// check says what is wrong with the channels.
func (a Alert) check() error {
	_, err := channel.NewSet(a.Channels, channel.Options{SMTP: a.SMTP})
	return err
}
