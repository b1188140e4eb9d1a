package serve_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dateline-news/dateline/configs"
	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/internal/browsertest"
	"github.com/dateline-news/dateline/serve"
	"github.com/dateline-news/dateline/serve/access"
	"github.com/dateline-news/dateline/serve/dashboard"
	"github.com/dateline-news/dateline/wire"
)

func shippedDashboards(t testing.TB) func(*serve.Options) {
	t.Helper()
	all, err := dashboard.Load(configs.Files)
	if err != nil {
		t.Fatal(err)
	}
	return func(o *serve.Options) { o.Dashboards = all }
}

func get(t *testing.T, address string) (*http.Response, string) {
	t.Helper()
	r, err := http.Get(address)
	return r, body(t, r, err)
}

func TestDashboardsAreAccessibleAndTellTheirNumbers(t *testing.T) {
	d := open(t, items(), shippedDashboards(t))
	for name, window := range windows {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := see(t, window)
			for _, path := range []string{"/dashboards", "/dashboards/desk", "/dashboards/south-caucasus", "/embed/desk"} {
				p.Goto(d.URL + path)
				p.CheckAccessible()
				p.CheckFits()
				if n := p.Count(".panel .notice"); n > 0 {
					t.Errorf("%s: %s", path, p.Text(".panel .notice"))
				}
			}
			p.CheckQuiet(d.URL)
		})
	}
}

func TestPanelsCountWhatTheArchiveHas(t *testing.T) {
	d := open(t, items(), shippedDashboards(t))
	_, text := get(t, d.URL+"/dashboards/desk")
	for _, want := range []string{
		">Levan Beridze</a>", ">World Customs Organization</a>",
		`<circle`, "Tbilisi", "the server answers 503", "October 2026",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q on the desk's dashboard", want)
		}
	}
	_, text = get(t, d.URL+"/dashboards/central-asia")
	if strings.Contains(text, "Levan Beridze") || !strings.Contains(text, "Samarkand") {
		t.Error("the dashboard of Central Asia does not keep to it")
	}
}

func TestRisingNamesStandBesideWhatIsUsual(t *testing.T) {
	list := items()
	for i := range 6 {
		list = append(list, item{
			id: fmt.Sprintf("aral-%d", i), agency: "Steppe News", published: today.AddDate(0, 0, -i/2).Format(time.RFC3339),
			title: "Water talks", text: fmt.Sprintf("Engineers met for the %dth time in Samarkand. Water is short.", i+2),
		})
	}
	d := open(t, list, shippedDashboards(t))
	_, text := get(t, d.URL+"/dashboards/central-asia")
	row := regexp.MustCompile(`(?s)usual in 7 days.*?Samarkand</a></th><td class="number">7</td><td class="number">0</td>`)
	if !row.MatchString(text) {
		t.Errorf("Samarkand does not rise from 0 to 7:\n%s", text)
	}
}

func TestEmptyArchiveHasQuietDashboards(t *testing.T) {
	d := open(t, nil, shippedDashboards(t))
	r, text := get(t, d.URL+"/dashboards/desk")
	if r.StatusCode != http.StatusOK || !strings.Contains(text, "Nothing in this time.") || strings.Contains(text, "could not be filled") {
		t.Errorf("%d\n%s", r.StatusCode, text)
	}
}

func TestEmbeddedDashboardOpensWithItsTokenAlone(t *testing.T) {
	guard, store := newGuard(t)
	d := open(t, items(), shippedDashboards(t), func(o *serve.Options) { o.Access = guard })
	token, err := store.AddToken("wall", access.Reader, "desk")
	if err != nil {
		t.Fatal(err)
	}
	with := "?" + url.Values{"token": {token}}.Encode()
	r, text := get(t, d.URL+"/embed/desk"+with)
	if r.StatusCode != http.StatusOK || !strings.Contains(r.Header.Get("Content-Security-Policy"), "frame-ancestors *") {
		t.Errorf("embedded: %d, %s", r.StatusCode, r.Header.Get("Content-Security-Policy"))
	}
	if strings.Contains(text, `href="/people/`) || strings.Contains(text, "masthead") {
		t.Error("the embedded dashboard leads to pages that are not open")
	}
	for path, want := range map[string]int{"/embed/south-caucasus": 403, "/": 403, "/dashboards/desk": 403, "/embed/desk/live": 200} {
		ctx, cancel := context.WithCancel(t.Context())
		request, _ := http.NewRequestWithContext(ctx, http.MethodGet, d.URL+path+with, nil)
		r, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		if r.StatusCode != want {
			t.Errorf("%s gives %d, want %d", path, r.StatusCode, want)
		}
		cancel()
		r.Body.Close()
	}
	if r, _ := get(t, d.URL+"/embed/desk"); r.StatusCode == http.StatusOK && r.Request.URL.Path != "/login" {
		t.Errorf("without a token it is open at %s", r.Request.URL)
	}
}

func TestLivePageIsToldWhatMatchesItAndCanPause(t *testing.T) {
	d := open(t, items(), shippedDashboards(t), func(o *serve.Options) { o.LiveEvery = 50 * time.Millisecond })
	p := see(t, browsertest.Options{})
	p.Goto(d.URL + "/dashboards/south-caucasus")
	p.Await(`document.querySelector("[data-live-text]").textContent === "Live"`)
	stop := writeUntil(t, d, func(n int) item {
		return item{id: fmt.Sprintf("new-%d", n), agency: "KAVKAZ PRESS", published: today.Add(-time.Minute).Format(time.RFC3339), title: "A market", text: "A market opened in Tbilisi."}
	})
	p.Await(`!document.querySelector("[data-live] a").hidden`)
	stop()
	if got := p.Text("[data-live-text]"); !strings.Contains(got, "new report") {
		t.Errorf("it says %q", got)
	}
	p.Click("[data-live] button")
	p.Await(`document.querySelector("[data-live-text]").textContent === "Paused"`)
	p.CheckQuiet(d.URL)
}

func TestLiveStreamTellsOnlyWhatMatches(t *testing.T) {
	d := open(t, items(), func(o *serve.Options) { o.LiveEvery = 20 * time.Millisecond })
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	request, _ := http.NewRequestWithContext(ctx, http.MethodGet, d.URL+"/live?q=market", nil)
	r, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if got := r.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Fatalf("content type %s", got)
	}
	stop := writeUntil(t, d, func(n int) item {
		what := []string{"market", "bridge"}[n%2]
		return item{id: fmt.Sprintf("new-%d", n), agency: "X", published: today.Add(-time.Minute).Format(time.RFC3339), title: "A " + what, text: "A " + what + " opened."}
	})
	defer stop()
	lines := bufio.NewScanner(r.Body)
	for lines.Scan() {
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			if !strings.Contains(data, "A market") {
				t.Errorf("told %s", data)
			}
			break
		}
	}
	if err := lines.Err(); err != nil {
		t.Error(err)
	}
}

// writeUntil writes one report after the other to the archive, since the first
// look of a live page takes what it finds as known, until the function that it
// returns is called.
func writeUntil(t *testing.T, d *desk, made func(n int) item) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var writing sync.WaitGroup
	writing.Go(func() {
		for n := 0; ctx.Err() == nil; n++ {
			d.archive.Write(ctx, []index.Document{{Report: made(n).report(t), Enricher: 1}})
			select {
			case <-time.After(50 * time.Millisecond):
			case <-ctx.Done():
			}
		}
	})
	return func() {
		cancel()
		writing.Wait()
	}
}

// pipeline is an operator's view of a pipeline that a test makes up.
type pipeline struct {
	mu       sync.Mutex
	checked  []string
	replayed []uint64
}

func (p *pipeline) CheckNow(_ context.Context, source string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.checked = append(p.checked, source)
	return nil
}

func (p *pipeline) Dead(context.Context, int) ([]wire.DeadLetter, error) {
	return []wire.DeadLetter{{Sequence: 7, Time: today, Reason: wire.ReasonPoison, Error: "the archive rejects <b>it</b>", Stage: "index", Subject: "reports.kavkaz", Deliveries: 3, Build: "1", Body: []byte(`{"title":"<script>alert(1)</script>"}`)}}, nil
}

func (p *pipeline) Replay(_ context.Context, sequence uint64) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.replayed = append(p.replayed, sequence)
	if sequence != 7 {
		return wire.ErrNoDeadLetter
	}
	return nil
}

func (p *pipeline) Lag(context.Context) ([]serve.StageLag, error) {
	return []serve.StageLag{{Stage: "enrich", Stream: "RAW", Waiting: 12}, {Stage: "index", Stream: "REPORTS"}}, errors.New("half of it is not there")
}

func TestOperatorSeesTheLagChecksSourcesAndReplaysDeadLetters(t *testing.T) {
	o := &pipeline{}
	d := open(t, items(), func(opts *serve.Options) { opts.Operator = o })
	p := see(t, browsertest.Options{})
	p.Goto(d.URL + "/operator")
	p.CheckAccessible()
	for selector, want := range map[string]string{"main table": "12", ".notice": "half of it is not there"} {
		if got := p.Text(selector); !strings.Contains(got, want) {
			t.Errorf("%s reads %q", selector, got)
		}
	}
	p.Follow("form[action$='/operator/dead/7/replay'] button")
	if got := p.Text(".notice"); !strings.Contains(got, "back on its stream") {
		t.Errorf("after the replay: %q", got)
	}
	p.Goto(d.URL + "/sources")
	p.CheckAccessible()
	p.Follow("form[action='/operator/sources/kavkaz/check'] button")
	if got := p.Text(".notice"); !strings.Contains(got, "being checked") {
		t.Errorf("after the check: %q", got)
	}
	if len(o.checked) != 1 || o.checked[0] != "kavkaz" || len(o.replayed) != 1 {
		t.Errorf("checked %v, replayed %v", o.checked, o.replayed)
	}
	p.CheckQuiet(d.URL)
}
