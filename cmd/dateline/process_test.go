package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/dateline-news/dateline/internal/agencytest"
	"github.com/dateline-news/dateline/serve/client"
)

// limit bounds every wait; a test that reaches it has failed.
const limit = 60 * time.Second

// process is a program that a test started.
type process struct {
	*exec.Cmd
	out   *agencytest.Console
	ended chan error
}

// launch starts a program; it is killed at the end of the test, if it has not
// ended by then.
func launch(t testing.TB, name string, args ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command(name, args...), out: new(agencytest.Console), ended: make(chan error, 1)}
	p.Env = append(os.Environ(), asDateline+"=1", "HOME="+t.TempDir())
	p.Stdout, p.Stderr = p.out, p.out
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.ended <- p.Wait() }()
	t.Cleanup(func() { _ = p.Process.Kill() }) // it may have ended
	return p
}

// dateline starts this test binary as the program.
func dateline(t testing.TB, args ...string) *process {
	t.Helper()
	return launch(t, os.Args[0], args...)
}

// await waits until the output shows pattern and returns its first group.
func (p *process) await(t testing.TB, pattern string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	found, err := p.out.Await(ctx, pattern)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// interrupt sends Ctrl-C and wants exit code 0 within ten seconds.
func (p *process) interrupt(t testing.TB) {
	t.Helper()
	if err := p.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-p.ended:
		if err != nil {
			t.Errorf("after Ctrl-C: %v\n%s", err, p.out)
		}
	case <-time.After(10 * time.Second):
		t.Errorf("still running 10 s after Ctrl-C:\n%s", p.out)
	}
}

// kill ends the process at once, as a power cut does.
func (p *process) kill(t testing.TB) {
	t.Helper()
	if err := p.Process.Signal(syscall.SIGKILL); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatal(err)
	}
	<-p.ended
}

// configure writes a configuration that polls the site's feed every second.
func configure(t testing.TB, site *agencytest.Site, more string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "dateline.yaml")
	content := fmt.Sprintf(`%s
sources:
  - name: local
    agency: Local
    kind: feed
    url: %s
    schedule: "* * * * * *"
    time_zone: Asia/Baku
    local: true
`, more, site.FeedURL())
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// onlyOne waits until query finds one report at the server, and no more.
func onlyOne(t testing.TB, server, query string) *client.Hit {
	t.Helper()
	var hit *client.Hit
	agencytest.Eventually(t, limit, func() error {
		found, err := client.New(server, client.Options{}).Search(t.Context(), client.SearchRequest{Query: query})
		if err != nil {
			return err
		}
		if found.Total != 1 {
			return fmt.Errorf("%s finds %d reports, want 1", query, found.Total)
		}
		hit = &found.Hits[0]
		return nil
	})
	return hit
}

// item is an article that a word of its own finds.
func item(word string) agencytest.Article {
	a := agencytest.Ours().Article
	a.Slug = word
	a.Text += "\n\nThe mark of this item is " + word + "."
	return a
}

// freeAddress is a loopback address that nothing listens on now.
func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// dispatch is the one from Baku where it is at hand, else ours.
func dispatch(t testing.TB) agencytest.Dispatch {
	t.Helper()
	const file = "../../../shared/dispatches/2014-12-08-report-az-baku.txt"
	baku, found, err := agencytest.Baku(file)
	if err != nil {
		t.Fatal(err)
	}
	if !found {
		t.Logf("the Baku dispatch is not at %s; the test runs with one of ours", file)
		return agencytest.Ours()
	}
	return baku
}

// queries must each find the dispatch.
func queries(d agencytest.Dispatch) []string {
	return []string{`person:"` + d.Person + `"`, "org:" + d.Org, "event:" + d.Event, d.Words}
}
