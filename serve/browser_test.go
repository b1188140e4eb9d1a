package serve_test

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/dateline-news/dateline/internal/browsertest"
)

// see skips a browser test of the fast run, and opens a page in the other.
func see(t *testing.T, opts browsertest.Options) *browsertest.Page {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser is not for the fast run")
	}
	return browsertest.Open(t, opts)
}

// windows are the ways in which every page is looked at.
var windows = map[string]browsertest.Options{
	"wide":              {},
	"wide, dark":        {Dark: true},
	"wide, no script":   {NoScript: true},
	"360 px":            {Width: 360, Height: 740},
	"360 px, no script": {Width: 360, Height: 740, NoScript: true},
}

// TestEveryPageIsAccessibleAndFits opens each page in each kind of window.
func TestEveryPageIsAccessibleAndFits(t *testing.T) {
	d := open(t, items())
	place := placePage(t, d)
	for name, window := range windows {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := see(t, window)
			for _, path := range []string{
				"/", place, "/?q=customs+org%3AWCO&open=seminar", "/?q=%28a", "/?q=customs+nothing", "/?q=place%3ABaku+-person%3ADuval&by=event",
				"/reports/seminar?q=customs", "/reports/arabic", "/reports/withdrawn", "/reports/none", "/reports/seminar/revisions/2",
				"/people/levan-beridze", "/organizations/world-customs-organization", "/people/nobody",
				"/sources", "/help", "/elsewhere",
			} {
				p.Goto(d.URL + path)
				p.CheckAccessible()
				p.CheckFits()
			}
			p.CheckQuiet(d.URL)
		})
	}
}

func TestSearchIsNarrowedAndWidenedInTheAddress(t *testing.T) {
	d := open(t, items())
	for name, window := range map[string]browsertest.Options{"with script": {}, "without": {NoScript: true}} {
		t.Run(name, func(t *testing.T) {
			p := see(t, window)
			p.Goto(d.URL)
			p.Type("#q", "customs")
			p.Follow(".ask button")
			if got := p.Text("h1"); !strings.HasSuffix(got, "reports") {
				t.Fatalf("heading %q", got)
			}
			p.Follow(`.facets a[href*="Duval"]:not(.not)`)
			if got := p.Text(".chip"); !strings.Contains(got, `person:"Marie Duval"`) {
				t.Errorf("chip %q", got)
			}
			narrowed := p.Location()
			p.Follow(".chip > a")
			if n := p.Count(".chip"); n != 0 {
				t.Errorf("%d chips are left", n)
			}
			p.Back()
			if got := p.Location(); got != narrowed {
				t.Errorf("Back leads to %s, not %s", got, narrowed)
			}
			p.Follow(`.facets a.not[href*="Tbilisi"], .facets a.not`)
			if got := p.Text("#q"); !strings.Contains(p.Location(), "q=customs+person") || got != "" {
				t.Errorf("at %s", p.Location())
			}
			if n := p.Count(".chip"); n != 2 {
				t.Errorf("%d chips after excluding, want 2", n)
			}
			p.CheckQuiet(d.URL)
		})
	}
}

func TestTimeIsNarrowedByInputs(t *testing.T) {
	d := open(t, items())
	p := see(t, browsertest.Options{NoScript: true})
	p.Goto(d.URL + "/?q=customs&by=event")
	p.Eval(`document.querySelector("[name=from]").value = "2026-10-01"`, nil)
	p.Eval(`document.querySelector("[name=to]").value = "2026-10-10"`, nil)
	p.Follow(".when button")
	if got := p.Text(".chip"); !strings.Contains(got, "event:2026-10-01..2026-10-10") {
		t.Errorf("chip %q at %s", got, p.Location())
	}
	if n := p.Count(".result"); n != 1 {
		t.Errorf("%d results, want the story of the seminar", n)
	}
}

func TestAcronymIsShownExpandedAndCanBeTakenBack(t *testing.T) {
	d := open(t, items())
	p := see(t, browsertest.Options{})
	p.Goto(d.URL + "/?q=org%3AWCO")
	if got := p.Text(".expansion"); !strings.Contains(got, "World Customs Organization") {
		t.Fatalf("expansion %q", got)
	}
	p.Follow(".expansion > a")
	if got := p.Text(".expansion"); !strings.Contains(got, "with acronyms") {
		t.Errorf("no way back in %q", got)
	}
	p.Follow(".expansion > a")
	if got := p.Text(".expansion"); !strings.Contains(got, "World Customs Organization") {
		t.Errorf("expansion %q", got)
	}
}

func TestKeysWalkTheListAndCanBeSwitchedOff(t *testing.T) {
	d := open(t, items())
	p := see(t, browsertest.Options{Width: 1500, Height: 900})
	p.Goto(d.URL + "/?q=customs")
	p.Press("j")
	p.Press("j")
	p.Await(`document.activeElement === document.querySelectorAll(".result h2 a")[1]`)
	p.Await(`document.querySelector("#preview h2").textContent === document.querySelectorAll(".result h2 a")[1].textContent`)
	if at := p.Location(); !strings.Contains(at, "open=") {
		t.Errorf("the preview is not in the address %s", at)
	}
	p.Press("k")
	p.Await(`document.activeElement === document.querySelectorAll(".result h2 a")[0]`)
	p.Press("/")
	p.Await(`document.activeElement.id === "q"`)
	p.Eval(`document.activeElement.blur()`, nil)
	p.Press("?")
	p.Await(`document.querySelector("#keys").open`)
	p.Click("[data-action=toggle-keys]")
	p.Press("Escape")
	p.Await(`!document.querySelector("#keys").open`)
	p.Press("/")
	p.Press("j")
	var active string
	p.Eval(`document.activeElement.id + document.activeElement.tagName`, &active)
	if strings.HasPrefix(active, "q") || active == "A" {
		t.Errorf("keys that are off move the focus to %s", active)
	}
	p.Goto(d.URL + "/?q=customs")
	p.Click(".masthead .name ~ nav")
	p.CheckQuiet(d.URL)
}

func TestEnterOpensTheReportAndItsFactsLeadToTheText(t *testing.T) {
	d := open(t, items())
	p := see(t, browsertest.Options{})
	p.Goto(d.URL + "/?q=sniffer")
	p.Press("j")
	p.Press("Enter")
	p.Await(`document.querySelector("article.report h1")`)
	for _, kind := range []string{"person", "org", "place", "date", "quote", "event", "match"} {
		selector := ".report > p .mark." + kind
		if kind == "match" {
			selector = ".report > p mark"
		}
		if p.Count(selector) == 0 {
			t.Errorf("no %s is marked", kind)
		}
	}
	var broken []string
	p.Eval(`[...document.querySelectorAll('.facts a[href^="#"]')].map(a => a.getAttribute("href")).filter(h => !document.getElementById(h.slice(1)))`, &broken)
	if len(broken) > 0 {
		t.Errorf("facts lead nowhere: %v", broken)
	}
	var shown string
	p.Eval(`(() => { document.querySelector(".mark.person").focus(); return getComputedStyle(document.querySelector(".mark.person"), "::after").content })()`, &shown)
	if !strings.Contains(shown, "Levan Beridze") {
		t.Errorf("focus on a person shows %s", shown)
	}
	p.Eval(`(() => { document.querySelector(".mark.quote").focus(); return getComputedStyle(document.querySelector(".mark.quote"), "::after").content })()`, &shown)
	if !strings.Contains(shown, "quote of Levan Beridze") {
		t.Errorf("focus on a quote shows %s", shown)
	}
	var styles []string
	p.Eval(`["person","org","place","date"].map(k => getComputedStyle(document.querySelector(".report > p .mark." + k)).borderBottomStyle)`, &styles)
	if got := strings.Join(styles, " "); got != "solid double dotted dashed" {
		t.Errorf("the kinds are told apart by %s", got)
	}
}

func TestRevisionsShowWhatChanged(t *testing.T) {
	d := open(t, items())
	p := see(t, browsertest.Options{})
	p.Goto(d.URL + "/reports/seminar")
	p.Follow(`.revisions a`)
	if del, ins := p.Text("del"), p.Text("ins"); !strings.Contains(del, "nine") || !strings.Contains(ins, "eleven") {
		t.Errorf("lost %q, gained %q", del, ins)
	}
}

func TestRightToLeftTextReadsSo(t *testing.T) {
	d := open(t, items())
	p := see(t, browsertest.Options{})
	p.Goto(d.URL + "/reports/arabic")
	var direction, language string
	p.Eval(`getComputedStyle(document.querySelector(".report > p[dir]")).direction`, &direction)
	p.Eval(`document.querySelector("article").lang`, &language)
	if direction != "rtl" || language != "ar" {
		t.Errorf("direction %s, language %s", direction, language)
	}
}

// TestNamesOfAgenciesDoNotTurnOurWordsRound looks where the day of a report in
// Arabic stands: right of the agency's name, as the line is English.
func TestNamesOfAgenciesDoNotTurnOurWordsRound(t *testing.T) {
	list := append(items(), item{id: "hebrew", agency: "סוכנות המזרח", language: "he", published: "2026-03-19T10:00:00+02:00", title: "כנס המכס", text: "כנס המכס נפתח היום בחיפה."})
	d := open(t, list)
	p := see(t, browsertest.Options{})
	for _, path := range []string{"/?q=lang%3Ahe", "/reports/hebrew"} {
		p.Goto(d.URL + path)
		var inOrder bool
		p.Eval(`[...document.querySelectorAll(".credit:has(bdi):has(time)")].every(line => {
			const day = document.createRange();
			const text = line.querySelector("time").firstChild;
			day.setStart(text, 0);
			day.setEnd(text, 2);
			return day.getBoundingClientRect().left >= line.querySelector("bdi").getBoundingClientRect().right;
		}) && document.querySelectorAll(".credit:has(bdi):has(time)").length > 0`, &inOrder)
		if !inOrder {
			t.Errorf("on %s the day stands before the agency or within its name", path)
		}
	}
}

// TestBackToTheSearchIsTheSearchAsItWas opens a report from a search that is
// narrowed, sorted and unfolded, and from its second page.
func TestBackToTheSearchIsTheSearchAsItWas(t *testing.T) {
	d := open(t, items())
	for name, window := range map[string]browsertest.Options{"with script": {}, "without": {NoScript: true}} {
		t.Run(name, func(t *testing.T) {
			p := see(t, window)
			for _, path := range []string{"/?by=event&q=customs+-person%3ADuval&sort=published&stories=all", "/?expand=off&more=place&q=WCO&sort=seen", "/?sort=seen"} {
				p.Goto(d.URL + path)
				p.Follow(".result h2 a")
				p.Follow(".report .tools a")
				if at := p.Location(); !strings.Contains(at, "open=") || withoutOpen(t, at) != withoutOpen(t, d.URL+path) {
					t.Errorf("from a report found at %s, Back to the search leads to %s", path, at)
				}
			}
		})
	}
	_, text := get(t, d.URL+"/?q=customs&limit=3&sort=published")
	next := regexp.MustCompile(`rel="next" href="([^"]*)"`).FindStringSubmatch(text)
	if next == nil {
		t.Fatal("no second page")
	}
	_, text = get(t, d.URL+html.UnescapeString(next[1]))
	report := regexp.MustCompile(`<h2 dir="auto"><a href="(/reports/[^"]*cursor=[^"]*)"`).FindStringSubmatch(text)
	if report == nil {
		t.Fatalf("the reports of the second page do not lead back to it:\n%s", text)
	}
}

// withoutOpen is an address without the report in the preview.
func withoutOpen(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	values := u.Query()
	values.Del("open")
	u.RawQuery, u.Fragment = values.Encode(), ""
	return u.String()
}

func TestStoriesCollapseAndTheirCopiesAreListed(t *testing.T) {
	d := open(t, items())
	p := see(t, browsertest.Options{NoScript: true})
	p.Goto(d.URL + "/?q=sniffer")
	if n := p.Count(".result"); n != 1 || !strings.Contains(p.Text(".copies"), "2 reports of this story") {
		t.Errorf("%d results, %q", n, p.Text(".copies"))
	}
	p.Follow(".copies")
	if n := p.Count(".result"); n != 2 {
		t.Errorf("the story has %d reports, want 2", n)
	}
	p.Follow(".result h2 a")
	if n := p.Count(".facts li a[href^='/reports/seminar']"); n != 1 {
		t.Errorf("%d copies beside the report, want 1", n)
	}
}

func TestHistogramNarrowsByPublicationAndByEvent(t *testing.T) {
	d := open(t, items())
	p := see(t, browsertest.Options{NoScript: true})
	p.Goto(d.URL + "/?q=customs")
	if n := p.Count(".chart rect"); n < 2 {
		t.Fatalf("%d bars", n)
	}
	p.Eval(`document.querySelector(".chart details").open = true`, nil)
	p.Follow(".chart tbody a")
	if got := p.Text(".chip"); !strings.Contains(got, "published:2026-0") {
		t.Errorf("chip %q", got)
	}
	p.Goto(d.URL + "/?q=PICARD")
	p.Follow(`.when .sorts a[href*="by=event"]`)
	if got := p.Text(".chart figcaption"); !strings.Contains(got, "October 2026") {
		t.Errorf("the chart is of %q", got)
	}
}

func TestPersonPageTellsRolesQuotesAndCompany(t *testing.T) {
	d := open(t, items())
	p := see(t, browsertest.Options{})
	p.Goto(d.URL + "/reports/seminar")
	p.Follow(".report a.mark.person")
	if at := p.Location(); !strings.HasSuffix(at, "/people/levan-beridze") {
		t.Fatalf("at %s", at)
	}
	for selector, want := range map[string]string{
		"h1": "Levan Beridze", ".entity section table": "Head", ".entity": "risk analysis", ".facts": "Marie Duval", "main": "Customs instructors",
	} {
		if got := p.Text(selector); !strings.Contains(got, want) {
			t.Errorf("%s reads %q, without %q", selector, got, want)
		}
	}
}

func TestPagesOfEntitiesListTheirEventsAndPlacesShowWhereTheyLie(t *testing.T) {
	d := open(t, items())
	_, text := get(t, d.URL+"/people/levan-beridze")
	for _, want := range []string{"Events to come", `href="/events/picard-2026-conference"`, "13–15 October 2026", "format=ics", "Said", "Named together"} {
		if !strings.Contains(text, want) {
			t.Errorf("the person's page does not say %q", want)
		}
	}
	_, text = get(t, d.URL+"/organizations/world-customs-organization")
	for _, want := range []string{"Events to come", "World Customs Organization", "WCO", "Recent reports"} {
		if !strings.Contains(text, want) {
			t.Errorf("the organization's page does not say %q", want)
		}
	}
	_, text = get(t, d.URL+placePage(t, d))
	for _, want := range []string{"<circle", "world.svg", "Place · Georgia", "Events to come", "Recent reports", "Organizations named together"} {
		if !strings.Contains(text, want) {
			t.Errorf("the place's page does not say %q", want)
		}
	}
}

// placePage is the page that the name of a place in a report leads to.
func placePage(t *testing.T, d *desk) string {
	t.Helper()
	_, text := get(t, d.URL+"/?q=Tbilisi")
	place := regexp.MustCompile(`href="(/places/[^"]*)"[^>]*>(?:<mark>)?Tbilisi<`).FindStringSubmatch(text)
	if place == nil {
		t.Fatalf("no place is marked in\n%s", text)
	}
	return place[1]
}

func TestFactsOfEventsLeadToTheirPages(t *testing.T) {
	d := open(t, items())
	_, text := get(t, d.URL+"/reports/seminar")
	if !strings.Contains(text, `href="/events/picard-2026-conference"`) {
		t.Errorf("the conference's fact leads elsewhere:\n%s", text)
	}
}
