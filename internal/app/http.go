package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/dateline-news/dateline/serve"
)

// listeners are the process's open ports.
type listeners struct {
	pages  net.Listener // nil when this process serves no pages
	health net.Listener // nil when not configured
}

// listen takes the ports first of all, so that a port in use is told before
// anything else was started.
func (p *process) listen() error {
	open := func(address, flag string) (net.Listener, error) {
		l, err := net.Listen("tcp", address)
		if err != nil {
			return nil, explainListen(address, flag, err)
		}
		p.onClose(func() { _ = l.Close() })
		return l, nil
	}
	var err error
	if p.has(Serve) {
		if p.listeners.pages, err = open(p.Config.Listen, "--listen HOST:PORT"); err != nil {
			return err
		}
	}
	if p.Config.Health != "" {
		p.listeners.health, err = open(p.Config.Health, "--health HOST:PORT")
	}
	return err
}

func explainListen(address, flag string, err error) error {
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("%s is in use by another program: stop it, or choose another address with %s", address, flag)
	}
	return fmt.Errorf("cannot listen on %s: %w; choose another address with %s", address, err, flag)
}

// serveHTTP answers on every listener until ctx is done, then lets requests
// in flight end.
func (p *process) serveHTTP(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	if l := p.listeners.pages; l != nil {
		pages := serve.New(serve.Options{
			Archive:  p.archive,
			Alerts:   p.alerts,
			Searches: p.searches,
			Events:   p.register(),
			Sources:  p.sources,
			URL:      p.Config.Access.URL,
			Acronyms: acronyms(p.annotator),
			Point:    p.annotator.Places().Point,
			Push:     p.push(),
			Rate:     serve.Rate{PerSecond: float64(p.Config.API.Rate), Burst: p.Config.API.Burst},
			Ready:    p.ready,
			Metrics:  p.metricsHandler(),
			Now:      p.Now,
			Logger:   p.Logger,

			Access: p.access, LoopbackOnly: p.access == nil,
			Revisions: p.revisions, Operator: operator{p}, Dashboards: p.dashboards, Stopping: ctx.Done(),
		})
		group.Go(func() error { return serveOn(ctx, l, pages) })
	}
	if l := p.listeners.health; l != nil {
		group.Go(func() error { return serveOn(ctx, l, serve.Health(p.ready, p.metricsHandler())) })
	}
	return group.Wait()
}

func serveOn(ctx context.Context, l net.Listener, handler http.Handler) error {
	var draining atomic.Bool
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	stopped := make(chan error, 1)
	context.AfterFunc(ctx, func() {
		draining.Store(true)
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
		defer cancel()
		stopped <- server.Shutdown(end)
	})
	if err := server.Serve(l); !draining.Load() {
		return fmt.Errorf("serving %s: %w", l.Addr(), err)
	}
	<-stopped // a reader that does not let go in time is cut off
	return nil
}

// ready says whether the process can do its work now.
func (p *process) ready(ctx context.Context) error {
	if !p.bus.Connected() {
		return errors.New("not connected to the NATS server; trying again")
	}
	if p.archive != nil {
		return p.archive.Ping(ctx)
	}
	return nil
}
