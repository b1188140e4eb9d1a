package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dateline-news/dateline/internal/agencytest"
	"github.com/dateline-news/dateline/internal/elastictest"
)

// cluster is Dateline with one stage per process.
type cluster struct {
	nats   *process
	stages []*process
	server string // where the pages are
}

// startCluster starts a NATS server and the four stages on it.
func startCluster(t *testing.T, natsServer, natsAddress, store, config, es, index string) *cluster {
	t.Helper()
	host, port, _ := strings.Cut(natsAddress, ":")
	c := &cluster{nats: launch(t, natsServer, "-js", "-sd", store, "-a", host, "-p", port)}
	c.nats.await(t, "Server is ready")
	common := []string{"--config", config, "--nats", "nats://" + natsAddress}
	archive := append(common, "--elasticsearch", es)
	t.Setenv("DATELINE_ELASTICSEARCH_INDEX", index)
	serve := dateline(t, append([]string{"serve", "--listen", "127.0.0.1:0"}, archive...)...)
	c.stages = []*process{
		serve,
		dateline(t, append([]string{"index"}, archive...)...),
		dateline(t, append([]string{"enrich"}, common...)...),
		dateline(t, append([]string{"ingest"}, common...)...),
	}
	c.server = serve.await(t, `page +(http://\S+)`)
	return c
}

// stop ends every process as an operator does, the last stage first.
func (c *cluster) stop(t *testing.T) {
	t.Helper()
	for _, stage := range c.stages {
		stage.interrupt(t)
	}
	c.nats.interrupt(t)
}

// TestFourProcessesDoTheSameJob runs each stage in a process of its own with a
// NATS server process and an Elasticsearch node, twice on the same streams.
func TestFourProcessesDoTheSameJob(t *testing.T) {
	if testing.Short() {
		t.Skip("starts six processes; run without -short")
	}
	es := elastictest.Node(t)
	natsServer := buildNATS(t)
	d := dispatch(t)
	site := agencytest.New(d.Article)
	defer site.Close()
	config := configure(t, site, "")
	store, index := t.TempDir(), fmt.Sprintf("test-%d", time.Now().UnixNano())
	elastictest.Remove(t, es, index)
	nats := freeAddress(t)

	first := startCluster(t, natsServer, nats, store, config, es, index)
	for _, q := range queries(d) {
		if hit := onlyOne(t, first.server, q); hit.Revision != 1 {
			t.Errorf("%s finds revision %d, want 1", q, hit.Revision)
		}
	}
	first.stop(t)

	again := startCluster(t, natsServer, nats, store, config, es, index)
	polls := site.Hits("/rss.xml")
	agencytest.Eventually(t, limit, func() error {
		if n := site.Hits("/rss.xml") - polls; n < 2 {
			return fmt.Errorf("%d polls since the restart", n)
		}
		return nil
	})
	for _, q := range queries(d) {
		onlyOne(t, again.server, q)
	}
	d.Text += "\n\nThe organizers added that interpreters will be on hand."
	d.Modified = d.Published.Add(time.Hour)
	site.Put(d.Article)
	if hit := onlyOne(t, again.server, "interpreters"); hit.Revision != 2 {
		t.Errorf("the changed article is revision %d, want 2", hit.Revision)
	}
	again.takeOver(t, config, nats)
	site.Put(item("afterwards"))
	onlyOne(t, again.server, "afterwards")
	again.stop(t)
}

// buildNATS builds the NATS server of the version that go.mod names.
func buildNATS(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "nats-server")
	build := exec.Command("go", "build", "-o", path, "github.com/nats-io/nats-server/v2")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building nats-server: %v\n%s", err, out)
	}
	return path
}

// takeOver kills the process that polls; another one that waits goes on.
func (c *cluster) takeOver(t *testing.T, config, natsAddress string) {
	t.Helper()
	polls := len(c.stages) - 1
	waits := dateline(t, "ingest", "--config", config, "--nats", "nats://"+natsAddress)
	waits.await(t, `stages +(ingest)`)
	c.stages[polls].kill(t)
	c.stages[polls] = waits
}
