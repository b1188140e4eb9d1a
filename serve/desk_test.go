package serve_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dateline-news/dateline/configs"
	"github.com/dateline-news/dateline/enrich"
	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/embedded"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/internal/browsertest"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/serve"
	"github.com/dateline-news/dateline/serve/client"
	"github.com/dateline-news/dateline/wire"
)

func TestMain(m *testing.M) { os.Exit(browsertest.Run(m)) }

// today is the day on which the tests are read.
var today = time.Date(2026, 3, 20, 9, 0, 0, 0, time.UTC)

var annotator = sync.OnceValues(func() (*enrich.Annotator, error) { return enrich.New(configs.FS("")) })

// item is a report as an agency issued it.
type item struct {
	id, agency, language, published, title, text string
	story, status                                string
	revision                                     int
}

// report annotates what an agency issued.
func (i item) report(t testing.TB) *news.Report {
	t.Helper()
	a, err := annotator()
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.Parse(time.RFC3339, i.published)
	if err != nil {
		t.Fatal(err)
	}
	r := &news.Report{
		ID: i.id, Source: strings.ToLower(strings.ReplaceAll(i.agency, " ", "-")), Agency: i.agency, Language: i.language,
		Published: at, Seen: at.Add(2 * time.Minute), Title: i.title, Text: i.text, Story: i.story, Status: i.status,
		Revision: max(i.revision, 1), URL: "https://agency.example/" + i.id,
	}
	if r.Language == "" {
		r.Language = "en"
	}
	r.ContentHash = r.HashContent()
	a.Annotate(r)
	return r
}

const opening = `Tbilisi. 12 March. KAVKAZ PRESS/ Today WCO opened a seminar of customs instructors from the Caspian states.

Head of Georgia Revenue Service Levan Beridze, the adviser of the WCO Secretariat Marie Duval and the director of the border training center Nino Kapanadze spoke at the opening.

Beridze said that electronic declarations have cut the waiting time at the border by half. "Instructors from eleven countries will learn to teach risk analysis", he said. Laboratories and sniffer dogs come next.

The next PICARD conference will be held in Tbilisi on October 6-8, 2026.`

// items are what the tests' archive holds, written for them.
func items() []item {
	list := []item{
		{id: "seminar", agency: "KAVKAZ PRESS", published: "2026-03-12T11:20:00+04:00", title: "Customs instructors of the Caspian states meet in Tbilisi", text: opening, story: "seminar", revision: 2},
		{id: "seminar-copy", agency: "Caspian Wire", published: "2026-03-12T13:05:00+04:00", title: "Customs instructors meet in Tbilisi", text: opening, story: "seminar"},
		{id: "port", agency: "KAVKAZ PRESS", published: "2026-03-13T09:00:00+04:00", title: "Storm closes the port of Batumi", text: "Batumi. 13 March. KAVKAZ PRESS/ The port of Batumi closed for a storm on Friday. Head of the port Giorgi Maisuradze said that ferries to Burgas will sail again on 15 March 2026."},
		{id: "window", agency: "Caspian Wire", published: "2026-02-24T10:00:00+04:00", title: "Single window opens for traders in Baku", text: "Baku. 24 February. Caspian Wire/ The State Customs Committee of Azerbaijan opened a single window for traders.\n\nChairman of the State Customs Committee Rashad Mammadov said that one declaration replaces seven. \"A trader now waits a day, not a week\", Mammadov noted.\n\nA second window will open in Ganja on 1 June 2026."},
		{id: "moved", agency: "World Customs Organization", published: "2026-03-18T15:00:00+01:00", title: "PICARD Conference moves to Astana", text: "The 2026 PICARD Conference will now take place in Astana, Kazakhstan, from 13 to 15 October 2026. It had been announced for Tbilisi. The World Customs Organization (WCO) said that papers may be sent until 30 June 2026."},
		{id: "talks", agency: "Steppe News", published: "2026-03-16T12:00:00+05:00", title: "Ministers of Central Asia to meet in Samarkand", text: "The foreign ministers of Kazakhstan, Uzbekistan and Tajikistan will meet in Samarkand on 14 April 2026. Uzbekistan's Foreign Minister Aziz Karimov said the meeting will discuss the Aral Sea and trade corridors."},
		{id: "withdrawn", agency: "Steppe News", published: "2026-03-17T08:00:00+05:00", title: "WITHDRAWN: Rail link to open in May", text: "The report on the opening of the rail link is withdrawn.", status: news.StatusWithdrawn, revision: 2},
		{id: "arabic", agency: "Levant Desk", language: "ar", published: "2026-03-15T10:00:00+03:00", title: "مؤتمر الجمارك في عمان", text: "عمان. افتتح اليوم في العاصمة الأردنية مؤتمر حول التجارة عبر الحدود بمشاركة وفود من عشر دول.\n\nوقال المنظمون إن المؤتمر سيستمر ثلاثة أيام."},
		{id: "azeri", agency: "Xəzər Xəbər", language: "az", published: "2026-03-14T10:00:00+04:00", title: "Gömrük orqanları təlim keçirir", text: "Bakıda gömrük orqanları üçün təlim keçirilir. Təlimdə on iki ölkənin nümayəndələri iştirak edir."},
	}
	towns := []string{"Kutaisi", "Gyumri", "Lankaran", "Almaty", "Bukhara", "Varna", "Odesa", "Trabzon", "Yerevan", "Sheki", "Nukus", "Osh"}
	for i, town := range towns {
		list = append(list, item{
			id: fmt.Sprintf("town-%d", i), agency: []string{"Steppe News", "Caspian Wire", "KAVKAZ PRESS"}[i%3],
			published: today.AddDate(0, 0, -5*i-1).Format(time.RFC3339),
			title:     "Customs post opens in " + town,
			text:      fmt.Sprintf("A customs post opened in %s. The World Customs Organization sent an adviser, Marie Duval, who praised the laboratory. The road to %s had been closed for %d days.", town, town, i+2),
		})
	}
	return list
}

// desk is a Dateline that a test looks at.
type desk struct {
	*httptest.Server
	archive index.Archive
	events  *register.Register
}

// add takes one more report in.
func (d *desk) add(t testing.TB, i item) {
	t.Helper()
	doc := index.Document{Report: i.report(t), Enricher: 1}
	for _, err := range d.archive.Write(t.Context(), []index.Document{doc}) {
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := d.events.Take(t.Context(), []register.Reading{register.Read(doc.Report, doc.Enricher)}); err != nil {
		t.Fatal(err)
	}
}

// open serves an archive of the items.
func open(t testing.TB, list []item, change ...func(*serve.Options)) *desk {
	t.Helper()
	archive, err := embedded.Open(filepath.Join(t.TempDir(), "archive.db"), embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := archive.Close(); err != nil {
			t.Error(err)
		}
	})
	var docs []index.Document
	for _, i := range list {
		docs = append(docs, index.Document{Report: i.report(t), Enricher: 1})
	}
	for i, err := range archive.Write(t.Context(), docs) {
		if err != nil {
			t.Fatalf("%s: %v", list[i].id, err)
		}
	}
	events := registerEvents(t, archive, docs)
	return serveArchive(t, archive, append([]func(*serve.Options){func(o *serve.Options) { o.Events = events }}, change...)...)
}

// stream is an EVENTS stream that nobody reads.
type stream struct{ last map[string]*wire.Entry }

func (s stream) Append(_ context.Context, _ wire.Stream, names []string, body []byte, a wire.Append) (uint64, error) {
	s.last[fmt.Sprint(names)] = &wire.Entry{Sequence: a.After + 1, Body: body}
	return a.After + 1, nil
}

func (s stream) Last(_ context.Context, _ wire.Stream, names ...string) (*wire.Entry, error) {
	return s.last[fmt.Sprint(names)], nil
}

// registerEvents folds what the reports say of events.
func registerEvents(t testing.TB, archive index.Archive, docs []index.Document) *register.Register {
	t.Helper()
	events := register.New(register.Options{Bus: stream{map[string]*wire.Entry{}}, Store: archive, Logger: slog.New(slog.DiscardHandler)})
	var readings []register.Reading
	for _, d := range docs {
		readings = append(readings, register.Read(d.Report, d.Enricher))
	}
	if err := events.Take(t.Context(), readings); err != nil {
		t.Fatal(err)
	}
	return events
}

func serveArchive(t testing.TB, archive index.Archive, change ...func(*serve.Options)) *desk {
	t.Helper()
	options := serve.Options{
		Archive: archive,
		Sources: func(context.Context) ([]client.Source, error) {
			return []client.Source{
				{Name: "kavkaz", Agency: "KAVKAZ PRESS", URL: "https://kavkaz.example/rss", LastSuccess: today.Add(-time.Minute), NextDue: today.Add(9 * time.Minute), Published: 41},
				{Name: "steppe", Agency: "Steppe News", URL: "https://steppe.example/rss", LastSuccess: today.Add(-26 * time.Hour), NextDue: today.Add(time.Minute), Published: 7, Error: "the server answers 503; it is tried again by itself"},
			}, nil
		},
		Revisions: func(ctx context.Context, r *news.Report) ([]*news.Report, error) {
			before := *r
			before.Revision, before.Seen = 1, r.Seen.Add(-time.Hour)
			before.Text = strings.Replace(r.Text, "eleven countries", "nine countries", 1)
			before.Events = nil
			return []*news.Report{&before, r}, nil
		},
		Acronyms: []query.Acronym{{Short: "WCO", Long: "World Customs Organization"}},
		Ready:    archive.Ping,
		Now:      func() time.Time { return today },
		Logger:   slog.New(slog.DiscardHandler),
	}
	for _, f := range change {
		f(&options)
	}
	d := &desk{httptest.NewServer(serve.New(options)), archive, options.Events}
	t.Cleanup(d.Close)
	return d
}
