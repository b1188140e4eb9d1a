package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/alert/channel"
	"github.com/dateline-news/dateline/alert/notice"
	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/internal/agencytest"
	"github.com/dateline-news/dateline/serve/client"
)

func dropInto(t *testing.T, inbox string, d seasonDispatch) {
	t.Helper()
	name := strings.ReplaceAll(d.agency, " ", "-") + "-" + d.slug + ".txt"
	partial := filepath.Join(filepath.Dir(inbox), name)
	if err := os.WriteFile(partial, []byte(d.content()), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(partial, filepath.Join(inbox, name)); err != nil {
		t.Fatal(err)
	}
}

// seasonPipeline is a Dateline that a season is dropped into.
type seasonPipeline interface {
	// strike kills one of its processes, as a power cut does, and starts it again.
	strike(t *testing.T, random *rand.Rand)
	// pages is where it serves.
	pages(t *testing.T) string
	// stop ends it as an operator does.
	stop(t *testing.T)
}

// oneProcess is `dateline run`, streams, archive and all.
type oneProcess struct {
	args    []string
	running *process
}

func (p *oneProcess) start(t *testing.T) {
	p.running = dateline(t, append([]string{"run", "--listen", "127.0.0.1:0"}, p.args...)...)
}

func (p *oneProcess) strike(t *testing.T, _ *rand.Rand) {
	t.Helper()
	p.running.kill(t)
	p.start(t)
}

func (p *oneProcess) pages(t *testing.T) string { return p.running.await(t, `page +(http://\S+)`) }
func (p *oneProcess) stop(t *testing.T)         { p.running.interrupt(t) }

// TestASeasonOfDispatchesEndsInTheEventsItTellsOf drops hundreds of dispatches
// into the inbox, wave by wave, while the whole pipeline, streams, index and
// alerts and all, is killed at random moments: every event has exactly the
// versions that the script says, and each is told once.
func TestASeasonOfDispatchesEndsInTheEventsItTellsOf(t *testing.T) {
	years, kills := 6, 12
	if testing.Short() {
		years, kills = 1, 2
	}
	t.Parallel() // most of the time it waits
	random := seasonRandom(t)
	s, inbox, desk := newSeason(years, random), seasonInbox(t), newSeasonDesk(t)
	p := &oneProcess{args: []string{"--config", seasonConfig(t, desk), "--data", t.TempDir(), "--inbox", inbox}}
	p.start(t)
	s.play(t, p, inbox, kills, random, desk)
	s.end(t, p, desk)
}

// seasonRandom is another season on every run; the seed in the log makes it
// again.
func seasonRandom(t *testing.T) *rand.Rand {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

func seasonInbox(t *testing.T) string {
	t.Helper()
	inbox := filepath.Join(t.TempDir(), "inbox")
	if err := os.Mkdir(inbox, 0o700); err != nil {
		t.Fatal(err)
	}
	return inbox
}

// play drops the dispatches, wave by wave, while kills spread over the waves
// strike the pipeline, and compares what became of it with the script.
func (s *season) play(t *testing.T, p seasonPipeline, inbox string, kills int, random *rand.Rand, desk *seasonDesk) {
	t.Helper()
	t.Logf("%d dispatches of %d events", s.reports, len(s.events))
	waves, total := s.waves(), 0
	for i, wave := range waves {
		for _, d := range wave {
			dropInto(t, inbox, d)
		}
		total += len(wave)
		for range kills*(i+1)/len(waves) - kills*i/len(waves) {
			moment := time.NewTimer(time.Duration(random.IntN(2500)) * time.Millisecond)
			<-moment.C
			p.strike(t, random)
		}
		agencytest.Eventually(t, 4*limit, func() error { return hasReports(t.Context(), p.pages(t), total) })
		// The weeks between two dispatches of an event are as long as it takes
		// to settle the first: after a kill it is handed out again.
		agencytest.Eventually(t, 4*limit, func() error { return nothingWaits(t.Context(), p.pages(t)) })
	}
	agencytest.Eventually(t, 2*limit, func() error { return s.sameEvents(t.Context(), p.pages(t)) })
	agencytest.Eventually(t, 2*limit, func() error { return s.sameNotices(desk) })
}

// end stops the pipeline; nothing is told more.
func (s *season) end(t *testing.T, p seasonPipeline, desk *seasonDesk) {
	t.Helper()
	agencytest.Eventually(t, 4*limit, func() error { return nothingWaits(t.Context(), p.pages(t)) })
	p.stop(t)
	if err := s.sameNotices(desk); err != nil {
		t.Errorf("after the end: %v", err)
	}
}

// waiting is what an operator's page says of a stage.
var waiting = regexp.MustCompile(`<tr><th scope="row">(\w+)</th><td>(\w+)</td><td class="number">([^<]*)</td>`)

// nothingWaits looks at the page of the pipeline, as an operator does.
func nothingWaits(ctx context.Context, server string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, server+"/operator", nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	page, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	stages := waiting.FindAllSubmatch(page, -1)
	for _, s := range stages {
		if string(s[3]) != "0" {
			return fmt.Errorf("%s has %s of %s before it", s[1], s[3], s[2])
		}
	}
	if len(stages) == 0 {
		return fmt.Errorf("the page of the pipeline tells of no stage: %s", response.Status)
	}
	return nil
}

func hasReports(ctx context.Context, server string, want int) error {
	found, err := client.New(server, client.Options{}).Search(ctx, client.SearchRequest{Limit: 1})
	if err != nil {
		return err
	}
	if found.Total != want {
		return fmt.Errorf("the archive has %d reports, want %d", found.Total, want)
	}
	return nil
}

// sameEvents compares the register with the script.
func (s *season) sameEvents(ctx context.Context, server string) error {
	want := map[string][]string{}
	for _, h := range s.events {
		want[h.id] = h.want
	}
	got := map[string][]string{}
	c, parameters := client.New(server, client.Options{}), url.Values{"limit": {"100"}}
	for {
		list, err := c.Events(ctx, parameters)
		if err != nil {
			return err
		}
		for _, r := range list.Events {
			got[r.ID] = versionLines(r)
		}
		if list.Next == "" {
			break
		}
		parameters.Set("cursor", list.Next)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		return fmt.Errorf("the events (-script +register):\n%s", diff)
	}
	return nil
}

func versionLines(r *register.Record) []string {
	var lines []string
	for _, v := range r.Versions {
		var kinds []string
		for _, c := range v.Changes {
			kinds = append(kinds, string(c.Kind))
		}
		lines = append(lines, fmt.Sprintf("%d: %s | %s %s %s", v.Number, strings.Join(kinds, " "), v.Status, register.ShowDates(v.Start, v.End), v.Place))
	}
	return slices.Clip(lines)
}

// seasonWhen are the changes that the season's rule waits for.
var seasonWhen = []string{"new_edition", "date_changed", "place_changed", "postponed", "cancelled", "held"}

// seasonDesk is a webhook that outlives the pipeline. It knows a message that
// came before by its id, as receivers are to.
type seasonDesk struct {
	*httptest.Server
	mu      sync.Mutex
	known   map[string]bool
	notices []notice.Notice
}

func newSeasonDesk(t *testing.T) *seasonDesk {
	d := &seasonDesk{known: map[string]bool{}}
	d.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var payload channel.Payload
		if err := json.NewDecoder(r.Body).Decode(&payload); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		d.mu.Lock()
		defer d.mu.Unlock()
		if id := r.Header.Get("Webhook-Id"); !d.known[id] {
			d.known[id] = true
			d.notices = append(d.notices, payload.Data.Notices...)
		}
	}))
	t.Cleanup(d.Close)
	return d
}

func seasonConfig(t *testing.T, desk *seasonDesk) string {
	t.Helper()
	dir := t.TempDir()
	rules := filepath.Join(dir, "rules")
	if err := os.Mkdir(rules, 0o700); err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(dir, "dateline.yaml")
	secret := "whsec_" + base64.StdEncoding.EncodeToString(make([]byte, 32))
	for file, content := range map[string]string{
		filepath.Join(rules, "season.yaml"): fmt.Sprintf("name: season\nwhen: [%s]\nnotify: [desk]\n", strings.Join(seasonWhen, ", ")),
		config: fmt.Sprintf("log: {level: warn}\nalert:\n  rules: %s\n  channels:\n    - {name: desk, kind: webhook, url: %q, secrets: [%s], local: true}\n",
			rules, desk.URL, secret),
	} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return config
}

// sameNotices compares what the desk was told with the script: every version
// that brings a change which the rule waits for, once.
func (s *season) sameNotices(desk *seasonDesk) error {
	var want, got []string
	for _, h := range s.events {
		for _, line := range h.want {
			_, kinds, _ := strings.Cut(line, ": ")
			kinds, _, _ = strings.Cut(kinds, " | ")
			waited := slices.DeleteFunc(strings.Fields(kinds), func(k string) bool { return !slices.Contains(seasonWhen, k) })
			if len(waited) > 0 {
				want = append(want, h.id+": "+strings.Join(waited, " "))
			}
		}
	}
	desk.mu.Lock()
	for _, n := range desk.notices {
		line := n.Rule + " " + n.Trigger
		if n.Event != nil {
			var kinds []string
			for _, c := range n.Event.Changes {
				kinds = append(kinds, c.Kind)
			}
			line = n.Event.ID + ": " + strings.Join(kinds, " ")
		}
		got = append(got, line)
	}
	desk.mu.Unlock()
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		return fmt.Errorf("the notifications (-script +told):\n%s", diff)
	}
	return nil
}
