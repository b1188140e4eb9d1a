package alert

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/dateline-news/dateline/alert/channel"
	"github.com/dateline-news/dateline/configs"
	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/embedded"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/internal/wiretest"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/wire"
)

// wait is how long a test waits for what must come.
const wait = time.Minute

// house is a service with everything around it.
type house struct {
	t       testing.TB
	bus     *wire.Bus
	archive index.Archive
	service *Service
	hook    *hook
	options Options
	// sentinels counts the reports that settled published.
	sentinels int
}

// secrets of the webhook, the new one first.
const (
	newSecret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
	oldSecret = "whsec_QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU="
)

// hook is a receiver of webhooks that checks each signature with another
// implementation, and answers as it is told.
type hook struct {
	t      testing.TB
	server *httptest.Server
	mu     sync.Mutex
	tries  []http.Header
	got    []channel.Payload
	ids    map[string]bool
	answer func(try int) (status int, header http.Header)
}

func newHook(t testing.TB) *hook {
	h := &hook{t: t, ids: map[string]bool{}}
	h.server = httptest.NewServer(h)
	t.Cleanup(h.server.Close)
	return h
}

func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		h.t.Error(err)
	}
	for _, secret := range []string{newSecret, oldSecret} {
		verifier, err := standardwebhooks.NewWebhook(secret)
		if err != nil {
			h.t.Error(err)
			return
		}
		if err := verifier.Verify(body, r.Header); err != nil {
			h.t.Errorf("the signature does not verify: %v", err)
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.tries = append(h.tries, r.Header)
	if h.answer != nil {
		if status, header := h.answer(len(h.tries)); status != 0 {
			for name, values := range header {
				w.Header()[name] = values
			}
			w.WriteHeader(status)
			return
		}
	}
	var p channel.Payload
	if err := json.Unmarshal(body, &p); err != nil {
		h.t.Errorf("the payload is %s: %v", body, err)
	}
	if id := r.Header.Get("Webhook-Id"); !h.ids[id] { // a receiver knows a second try by its id
		h.ids[id] = true
		h.got = append(h.got, p)
	}
}

func (h *hook) payloads() []channel.Payload {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.got)
}

func (h *hook) titles() []string {
	var titles []string
	for _, p := range h.payloads() {
		titles = append(titles, strings.Join(p.Data.Rules, "+")+": "+p.Data.Title)
	}
	slices.Sort(titles)
	return titles
}

// newHouse opens a house; configure may be nil. Nothing runs until start.
func newHouse(t testing.TB, configure func(*Options)) *house {
	t.Helper()
	bus := wiretest.Bus(t)
	archive, err := embedded.Open(filepath.Join(t.TempDir(), "archive.db"), embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = archive.Close() })
	h := &house{t: t, bus: bus, archive: archive, hook: newHook(t)}
	templates, err := channel.ParseTemplates(configs.Templates(""))
	if err != nil {
		t.Fatal(err)
	}
	h.options = Options{
		Bus: bus, Archive: archive, Templates: templates, URL: "http://dateline.example", Holder: t.Name(),
		Acronyms: []query.Acronym{{Short: "WCO", Long: "World Customs Organization"}},
		Now:      time.Now, Logger: slog.New(slog.DiscardHandler),
		Retry: Retry{First: 20 * time.Millisecond, Longest: 100 * time.Millisecond}, Round: 100 * time.Millisecond, Lease: time.Second,
	}
	h.options.Channels = h.channels(channel.Config{
		Name: "desk", Kind: channel.Webhook, URL: h.hook.server.URL, Secrets: []string{newSecret, oldSecret}, Local: true,
	})
	if configure != nil {
		configure(&h.options)
	}
	if h.service, err = New(t.Context(), h.options); err != nil {
		t.Fatal(err)
	}
	h.rule("name: sentinel\nquery: zzsentinel")
	return h
}

func (h *house) channels(configs ...channel.Config) *channel.Set {
	h.t.Helper()
	set, err := channel.NewSet(configs, channel.Options{})
	if err != nil {
		h.t.Fatal(err)
	}
	return set
}

// start runs the service until the test ends or stop is called.
func (h *house) start() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.service.Run(ctx) }()
	var once sync.Once
	stop = func() {
		once.Do(func() {
			cancel()
			if err := <-ended; err != nil {
				h.t.Errorf("Run: %v", err)
			}
		})
	}
	h.t.Cleanup(stop)
	return stop
}

// rule keeps rules written in YAML, which must be good.
func (h *house) rule(sources ...string) {
	h.t.Helper()
	for _, source := range sources {
		v, err := h.service.Put(h.t.Context(), "", []byte(source))
		if err != nil {
			h.t.Fatal(err)
		}
		if v.Broken != "" {
			h.t.Fatalf("rule %s is broken: %s", v.Rule.Name, v.Broken)
		}
	}
}

// dispatch makes the nth report of a source.
func dispatch(source, id, title, text string) *news.Report {
	r := &news.Report{
		ID: id, Source: source, Agency: strings.ToUpper(source), URL: "https://" + source + ".example/" + id, Revision: 1, Language: "en",
		Title: title, Text: text, Published: time.Now().Add(-time.Minute), Seen: time.Now(),
	}
	r.ContentHash = r.HashContent()
	return r
}

// publish puts reports on the REPORTS stream and into the archive.
func (h *house) publish(reports ...*news.Report) {
	h.t.Helper()
	for _, r := range reports {
		if errs := h.archive.Write(h.t.Context(), []index.Document{{Report: r, Enricher: 1}}); errs[0] != nil {
			h.t.Fatal(errs[0])
		}
		if _, err := h.bus.PublishReport(h.t.Context(), wire.StreamReports, r, wire.Publish{Enricher: 1}); err != nil {
			h.t.Fatal(err)
		}
	}
}

// eventually waits until the condition holds.
func (h *house) eventually(what string, holds func() bool) {
	h.t.Helper()
	for deadline := time.Now().Add(wait); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if holds() {
			return
		}
	}
	h.t.Fatalf("not within %s: %s", wait, what)
}

// settled waits until everything that was published is matched and delivered.
// A report that comes after all others shows that the consumers know of them:
// a backlog alone is counted a moment late.
func (h *house) settled() {
	h.t.Helper()
	h.sentinels++
	last := dispatch("sentinel", fmt.Sprint("sentinel", h.sentinels), "", "zzsentinel")
	h.publish(last)
	h.eventually("the last report is told", func() bool {
		r, _, err := h.service.claims.get(h.t.Context(), logKey("sentinel", digest("sentinel", "story:"+last.ID)))
		return err == nil && r != nil && r.Sequence > 0
	})
	h.eventually("the streams are worked off", func() bool {
		for _, c := range []struct {
			stream  wire.Stream
			durable string
		}{{wire.StreamReports, Durable}, {wire.StreamEvents, DurableEvents}, {wire.StreamAlerts, DurableDeliver}} {
			if n, err := h.bus.Backlog(h.t.Context(), c.stream, c.durable); err != nil || n > 0 {
				return false
			}
		}
		return true
	})
}

func (h *house) log(rule string) []Entry {
	h.t.Helper()
	entries, err := h.service.Log(h.t.Context(), rule, 100)
	if err != nil {
		h.t.Fatal(err)
	}
	return entries
}

func wantTitles(t testing.TB, h *house, want ...string) {
	t.Helper()
	slices.Sort(want)
	h.eventually(fmt.Sprintf("messages %q", want), func() bool { return len(h.hook.titles()) >= len(want) })
	h.settled()
	if got := h.hook.titles(); !slices.Equal(got, want) {
		t.Errorf("messages are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
