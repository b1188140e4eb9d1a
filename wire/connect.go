package wire

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Options say how to connect. The zero value is usable.
type Options struct {
	// Name is shown in the server's list of connections.
	Name string
	// Credentials is the path of a NATS credentials file.
	Credentials string
	// User and Password are used where there are no credentials.
	User, Password string
	Logger         *slog.Logger
	// Replicas is the number of servers that keep each stream, 1 to 5; 0
	// leaves existing streams as they are and makes new ones with 1.
	Replicas int
	// Wait is how long to wait for the server at first, 0 means 30 seconds.
	// Once connected, the bus reconnects for as long as it lives.
	Wait time.Duration
	// Build is written into dead letters, "" means the binary's own version.
	Build string
}

func (o Options) withDefaults() Options {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Wait == 0 {
		o.Wait = 30 * time.Second
	}
	if o.Build == "" {
		o.Build = BuildVersion()
	}
	return o
}

// BuildVersion is the version of the main module and the commit it was built
// from, as far as the binary knows them.
func BuildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	parts := []string{info.Main.Version}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			parts = append(parts, s.Value)
		}
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}

// Connect connects to a separate server with JetStream, or a cluster given as
// a comma-separated list. It waits for Options.Wait while no server answers;
// wrong credentials fail at once.
func Connect(ctx context.Context, url string, options Options) (*Bus, error) {
	return connect(ctx, url, options.withDefaults())
}

func connect(ctx context.Context, url string, options Options, extra ...nats.Option) (*Bus, error) {
	ctx, cancel := context.WithTimeout(ctx, options.Wait)
	defer cancel()
	conn, err := dial(ctx, url, append(options.nats(), extra...))
	if err != nil {
		return nil, err
	}
	bus, err := open(ctx, conn, options)
	if err != nil {
		conn.Close()
		return nil, err
	}
	return bus, nil
}

// nats are the connection options: reconnect for ever, whatever the reason of
// the break, and keep what was sent in between (acknowledgements) for then.
func (o Options) nats() []nats.Option {
	log := o.Logger
	options := []nats.Option{
		nats.Name(o.Name), nats.MaxReconnects(-1), nats.IgnoreAuthErrorAbort(),
		nats.ReconnectWait(500 * time.Millisecond), nats.ReconnectJitter(250*time.Millisecond, time.Second),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			if err != nil {
				log.Warn("connection to nats lost, reconnecting", "error", err)
			}
		}),
		nats.ReconnectHandler(func(c *nats.Conn) { log.Info("connected to nats again", "url", c.ConnectedUrlRedacted()) }),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { log.Warn("nats", "error", err) }),
	}
	switch {
	case o.Credentials != "":
		options = append(options, nats.UserCredentials(o.Credentials))
	case o.User != "":
		options = append(options, nats.UserInfo(o.User, o.Password))
	}
	return options
}

// dial tries to connect until it succeeds, the server refuses the
// credentials, or ctx ends.
func dial(ctx context.Context, url string, options []nats.Option) (*nats.Conn, error) {
	for {
		conn, err := nats.Connect(url, options...)
		switch {
		case err == nil:
			return conn, nil
		case errors.Is(err, nats.ErrAuthorization) || errors.Is(err, nats.ErrAuthExpired):
			return nil, fmt.Errorf("nats at %s refuses the user or the credentials; check them: %w", redact(url), err)
		case !errors.Is(err, nats.ErrNoServers) && !errors.Is(err, nats.ErrTimeout) && !isNetwork(err):
			return nil, fmt.Errorf("connect to nats at %s: %w", redact(url), err)
		}
		if !pause(ctx, 250*time.Millisecond) {
			return nil, fmt.Errorf("no nats server answers at %s; start one or correct the address: %w", redact(url), err)
		}
	}
}

// open waits until the server's JetStream answers.
func open(ctx context.Context, conn *nats.Conn, options Options) (*Bus, error) {
	js, err := jetstream.New(conn)
	if err != nil {
		return nil, fmt.Errorf("open jetstream: %w", err)
	}
	for {
		_, err = js.AccountInfo(ctx)
		if err == nil {
			return &Bus{conn: conn, js: js, options: options}, nil
		}
		if !pause(ctx, 250*time.Millisecond) {
			return nil, fmt.Errorf("jetstream does not answer at %s; start the server with jetstream on: %w", conn.ConnectedUrlRedacted(), err)
		}
	}
}

// Connected reports whether the server can be reached now.
func (b *Bus) Connected() bool { return b.conn.IsConnected() }

// Close sends what is still to be sent and ends the connection. Consumers are
// to be stopped before, through their contexts.
func (b *Bus) Close() {
	if b.conn.IsConnected() {
		_ = b.conn.FlushTimeout(2 * time.Second) // the server is going away: what is lost is delivered again
	}
	b.conn.Close()
}
