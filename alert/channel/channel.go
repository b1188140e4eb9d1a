// Package channel carries messages to people and programs: webhooks, e-mail,
// Slack-compatible hooks, plain POST as ntfy takes it. A Sender promises that
// every error says whether trying again can help, that one message has one id
// however often it is tried, and that nothing is sent to a private address
// unless its channel is marked local.
package channel

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/dateline-news/dateline/alert/notice"
	"github.com/dateline-news/dateline/internal/publicnet"
)

// Kind is how a channel carries messages.
type Kind string

// The kinds.
const (
	Webhook Kind = "webhook"
	Mail    Kind = "email"
	Slack   Kind = "slack"
	Ntfy    Kind = "ntfy"
)

// Config is one channel of the configuration.
type Config struct {
	Name string `yaml:"name"`
	Kind Kind   `yaml:"kind"`
	// URL is where webhook, slack and ntfy are posted to.
	URL string `yaml:"url"`
	// Secrets sign a webhook, each "whsec_" and base64: all of them, so that a
	// receiver can change from one to the next. SecretFiles hold one each.
	Secrets     []string `yaml:"secrets"`
	SecretFiles []string `yaml:"secret_files"`
	// Token is sent to ntfy as a bearer token; TokenFile holds it.
	Token     string `yaml:"token"`
	TokenFile string `yaml:"token_file"`
	// To are the addresses of e-mail.
	To []string `yaml:"to"`
	// Local allows a private address.
	Local bool `yaml:"local"`
}

// Message is what is sent. It is the same on every try.
type Message struct {
	// ID is the idempotency key.
	ID string
	// Subject is a line, Text and HTML the whole.
	Subject, Text, HTML string
	// Rules are the rules that the message is for.
	Rules   []string
	Notices []notice.Notice
	// Link leads to the notices, Unsubscribe ends e-mail of the rules; "" where
	// the process does not know its own address.
	Link, Unsubscribe string
	Urgent            bool
	// Repeat says that an earlier try may have arrived: what came of it is not
	// known.
	Repeat bool
}

// Sender sends messages through one channel. Its errors are *Failure.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// Failure says that a message did not go out.
type Failure struct {
	// Temporary says that trying again can help, not before RetryAfter.
	Temporary  bool
	RetryAfter time.Duration
	// Unsure says that the message may have arrived all the same: it was sent,
	// and no answer came.
	Unsure bool
	Err    error
}

func (f *Failure) Error() string { return f.Err.Error() }
func (f *Failure) Unwrap() error { return f.Err }

// sendTime bounds one try.
const sendTime = 15 * time.Second

// Options are what all channels share.
type Options struct {
	SMTP SMTP
	Now  func() time.Time
	// Public is the client that reaches public addresses only, and Local the
	// one for channels that are marked local; nil means those of publicnet.
	Public, Local *http.Client
}

// Set is the channels of a configuration.
type Set struct {
	opts     Options
	channels map[string]Config
	mailer   *mailer
}

// NewSet checks the channels and returns them ready. The error names
// everything that is wrong.
func NewSet(configs []Config, opts Options) (*Set, error) {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Public == nil {
		opts.Public = publicnet.NewClient(publicnet.IsPublic, nil)
	}
	if opts.Local == nil {
		opts.Local = publicnet.NewClient(nil, nil)
	}
	s := &Set{opts: opts, channels: map[string]Config{}}
	var faults []error
	if opts.SMTP.Host != "" {
		var err error
		if s.mailer, err = newMailer(opts.SMTP, opts.Now); err != nil {
			faults = append(faults, fmt.Errorf("alert.smtp: %w", err))
		}
	}
	for i, c := range configs {
		c, err := c.complete(s)
		if err != nil {
			faults = append(faults, fmt.Errorf("alert.channels[%d] %s: %w", i, c.Name, err))
		}
		s.channels[c.Name] = c
	}
	return s, errors.Join(faults...)
}

// complete reads the files that the channel names, and checks it.
func (c Config) complete(s *Set) (Config, error) {
	for _, file := range c.SecretFiles {
		secret, err := os.ReadFile(file)
		if err != nil {
			return c, fmt.Errorf("secret_files: %w", err)
		}
		c.Secrets = append(slices.Clip(c.Secrets), strings.TrimSpace(string(secret)))
	}
	if c.TokenFile != "" {
		token, err := os.ReadFile(c.TokenFile)
		if err != nil {
			return c, fmt.Errorf("token_file: %w", err)
		}
		c.Token = strings.TrimSpace(string(token))
	}
	if _, twice := s.channels[c.Name]; twice {
		return c, errors.New("the name is taken by another channel; names must differ")
	}
	return c, c.check(s)
}

func (c Config) check(s *Set) error {
	if c.Name == "" || strings.ContainsAny(c.Name, ":/ ") {
		return fmt.Errorf("name: %q is not a name; use letters, digits and hyphens", c.Name)
	}
	switch c.Kind {
	case Webhook:
		if len(c.Secrets) == 0 {
			return errors.New("secrets: a webhook needs one to be signed with, such as one made by: printf whsec_; head -c 32 /dev/urandom | base64")
		}
		for _, secret := range c.Secrets {
			if _, err := signingKey(secret); err != nil {
				return err
			}
		}
		return checkURL(c.URL)
	case Slack, Ntfy:
		return checkURL(c.URL)
	case Mail:
		if s.mailer == nil {
			return errors.New("e-mail needs a mail server; set alert.smtp")
		}
		if len(c.To) == 0 {
			return errors.New("to: an e-mail channel needs addresses")
		}
		return checkAddresses(c.To)
	}
	return fmt.Errorf("kind: %q is not %s, %s, %s or %s", c.Kind, Webhook, Mail, Slack, Ntfy)
}

func checkURL(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return fmt.Errorf("url: %q is not an address such as https://example.org/hook", address)
	}
	return nil
}

// Names are the names of the channels, sorted.
func (s *Set) Names() []string {
	names := make([]string, 0, len(s.channels))
	for name := range s.channels {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// KindOf is the kind of the named channel, "" of one that there is not.
func (s *Set) KindOf(name string) Kind { return s.channels[name].Kind }

// Mail reports whether e-mail can be sent.
func (s *Set) Mail() bool { return s.mailer != nil }

// Forgets reports whether the target takes a message a second time as another
// one, or may: only the receiver of a webhook is told by its standard to know
// the id. What was begun for such a target is noted before it is sent.
func (s *Set) Forgets(target string) bool { return s.channels[target].Kind != Webhook }

// mailTo begins a target that is an address.
const mailTo = "mailto:"

// Targets returns the targets that a channel, or mailto:address, stands for:
// each address of e-mail is a target of its own.
func (s *Set) Targets(name string) []string {
	if strings.HasPrefix(name, mailTo) {
		return []string{strings.ToLower(name)}
	}
	c, ok := s.channels[name]
	if !ok || c.Kind != Mail {
		return []string{name}
	}
	var targets []string
	for _, address := range c.To {
		targets = append(targets, mailTo+strings.ToLower(address))
	}
	return targets
}

// Address is the address of e-mail that the target stands for.
func Address(target string) (address string, ok bool) { return strings.CutPrefix(target, mailTo) }

// Send sends the message to the target.
func (s *Set) Send(ctx context.Context, target string, m Message) error {
	sender, err := s.sender(target)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	return sender.Send(ctx, m)
}

func (s *Set) sender(target string) (Sender, error) {
	if address, ok := Address(target); ok {
		if s.mailer == nil {
			return nil, &Failure{Err: errors.New("there is no mail server; set alert.smtp in the configuration")}
		}
		return &mailbox{s.mailer, address}, nil
	}
	c, ok := s.channels[target]
	if !ok {
		return nil, &Failure{Err: fmt.Errorf("there is no channel %q in the configuration any more", target)}
	}
	post := poster{url: c.URL, client: s.opts.Public, now: s.opts.Now}
	if c.Local {
		post.client = s.opts.Local
	}
	switch c.Kind {
	case Webhook:
		return &webhook{post, c.Secrets}, nil
	case Slack:
		return &slack{post}, nil
	default:
		return &ntfy{post, c.Token}, nil
	}
}
