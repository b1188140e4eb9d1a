package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/dateline-news/dateline/internal/agencytest"
	"github.com/dateline-news/dateline/internal/elastictest"
)

// manyProcesses is Dateline with a NATS server and with every stage in a
// process of its own.
type manyProcesses struct {
	start   map[string]func(t *testing.T) *process
	running map[string]*process
	// mortal are those that strike chooses from.
	mortal []string
}

func (p *manyProcesses) launch(t *testing.T, name string) {
	t.Helper()
	p.running[name] = p.start[name](t)
	if name == "nats" {
		return
	}
	// One that finds no server while it starts ends, for its supervisor to
	// start it again; here there is none.
	ctx, cancel := context.WithTimeout(t.Context(), 4*limit)
	defer cancel()
	if _, err := p.running[name].out.Await(ctx, `(?m)^(stages) `); err != nil {
		t.Fatal(err)
	}
}

func (p *manyProcesses) strike(t *testing.T, random *rand.Rand) {
	t.Helper()
	name := p.mortal[random.IntN(len(p.mortal))]
	t.Logf("kill %s", name)
	p.running[name].kill(t)
	p.launch(t, name)
}

// pages waits longer than other tests: a node that much other work shares can
// take a minute to make the archive.
func (p *manyProcesses) pages(t *testing.T) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 4*limit)
	defer cancel()
	server, err := p.running["serve"].out.Await(ctx, `page +(http://\S+)`)
	if err != nil {
		t.Fatal(err)
	}
	return server
}

func (p *manyProcesses) stop(t *testing.T) {
	t.Helper()
	for _, name := range []string{"ingest", "enrich", "index", "alert", "serve", "nats"} {
		if running := p.running[name]; running != nil {
			running.interrupt(t)
		}
	}
}

// natsProcess starts a NATS server of its own for the test, with the settings
// of configs/nats.conf, and returns how to start it and its address.
func natsProcess(t *testing.T) (start func(t *testing.T) *process, address string) {
	t.Helper()
	program, address := buildNATS(t), freeAddress(t)
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(t.TempDir(), "nats.conf")
	content := fmt.Sprintf("host: %s\nport: %s\nmax_payload: 8MB\njetstream {\n  store_dir: %q\n  sync_interval: always\n}\n", host, port, t.TempDir())
	if err := os.WriteFile(config, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return func(t *testing.T) *process {
		nats := launch(t, program, "-c", config)
		nats.await(t, "Server is ready")
		return nats
	}, address
}

// TestASeasonSurvivesTheDeathOfEachProcess plays a season to six processes, of
// which alert, index and the NATS server are killed one by one.
func TestASeasonSurvivesTheDeathOfEachProcess(t *testing.T) {
	if testing.Short() {
		t.Skip("starts six processes; run without -short")
	}
	es := elastictest.Node(t)
	random := seasonRandom(t)
	s, inbox, desk := newSeason(1, random), seasonInbox(t), newSeasonDesk(t)
	config, archive := seasonConfig(t, desk), fmt.Sprintf("test-season-%d", time.Now().UnixNano())
	elastictest.Remove(t, es, archive)
	t.Setenv("DATELINE_ELASTICSEARCH_INDEX", archive)
	nats, address := natsProcess(t)
	stage := func(name string, more ...string) func(t *testing.T) *process {
		args := append([]string{name, "--config", config, "--nats", "nats://" + address}, more...)
		return func(t *testing.T) *process { return dateline(t, args...) }
	}
	p := &manyProcesses{
		running: map[string]*process{}, mortal: []string{"alert", "index", "nats"},
		start: map[string]func(t *testing.T) *process{
			"nats":   nats,
			"ingest": stage("ingest", "--inbox", inbox),
			"enrich": stage("enrich"),
			"index":  stage("index", "--elasticsearch", es),
			"alert":  stage("alert", "--elasticsearch", es),
			"serve":  stage("serve", "--elasticsearch", es, "--listen", "127.0.0.1:0"),
		},
	}
	for _, name := range []string{"nats", "serve", "index", "alert", "enrich", "ingest"} {
		p.launch(t, name)
	}
	s.play(t, p, inbox, 9, random, desk)

	// The register is made anew from the reports of the cluster's archive, and
	// nothing is told again.
	p.running["index"].interrupt(t)
	forgetEvents(t, es, archive)
	if err := s.sameEvents(t.Context(), p.pages(t)); err == nil {
		t.Error("the register is there although it was taken away")
	}
	rebuild := dateline(t, "index", "rebuild", "--events", "--config", config, "--data", t.TempDir(), "--nats", "nats://"+address, "--elasticsearch", es)
	rebuild.await(t, fmt.Sprintf(`the event register is made anew from (%d) reports`, s.reports))
	if err := <-rebuild.ended; err != nil {
		t.Fatalf("the rebuild: %v\n%s", err, rebuild.out)
	}
	agencytest.Eventually(t, 2*limit, func() error { return s.sameEvents(t.Context(), p.pages(t)) })
	p.launch(t, "index")
	s.end(t, p, desk)
}

// forgetEvents takes the index of the event register away, readings and records.
func forgetEvents(t *testing.T, es, archive string) {
	t.Helper()
	request, err := http.NewRequest(http.MethodDelete, es+"/"+archive+"-events-000001", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Fatalf("taking the event register away: %s", response.Status)
	}
}

// TestASeasonSurvivesTheDeathOfItsStreams plays a season to `dateline run`
// with the embedded archive, which belongs to one process, beside a NATS
// server; either of the two is killed.
func TestASeasonSurvivesTheDeathOfItsStreams(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a NATS server; run without -short")
	}
	t.Parallel() // most of the time it waits
	random := seasonRandom(t)
	s, inbox, desk := newSeason(1, random), seasonInbox(t), newSeasonDesk(t)
	config, data := seasonConfig(t, desk), t.TempDir()
	nats, address := natsProcess(t)
	p := &manyProcesses{
		running: map[string]*process{}, mortal: []string{"serve", "nats"},
		start: map[string]func(t *testing.T) *process{
			"nats": nats,
			"serve": func(t *testing.T) *process { // and all other stages
				return dateline(t, "run", "--config", config, "--data", data, "--inbox", inbox, "--nats", "nats://"+address, "--listen", "127.0.0.1:0")
			},
		},
	}
	for _, name := range []string{"nats", "serve"} {
		p.launch(t, name)
	}
	s.play(t, p, inbox, 5, random, desk)
	s.end(t, p, desk)
}
