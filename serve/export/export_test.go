package export

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dateline-news/dateline/news"
)

var about = About{Title: `Dateline: "a" & <b>`, Link: "http://127.0.0.1:8080/?q=a", Made: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}

func written(t *testing.T, f Format, reports ...*news.Report) string {
	t.Helper()
	var b strings.Builder
	w, err := New(&b, f, about)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range reports {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func sample() *news.Report {
	lat, lon := 40.4, 49.9
	return &news.Report{
		ID: "r 1", Revision: 2, Agency: "REPORT.AZ", Source: "report-az", Language: "en", URL: "https://report.example/1",
		Title: "Customs & <ports>", Text: "The conference, in short: it opens.\n\nMore; text.",
		Published: time.Date(2015, 9, 8, 10, 30, 0, 0, time.FixedZone("", 4*3600)), Story: "s", Status: news.StatusWithdrawn,
		People: []news.Person{{ID: "a", Name: "Ada Ros"}, {ID: "b", Name: "Bo Lund"}},
		Places: []news.Place{{ID: "baku", Name: "Baku", Lat: &lat, Lon: &lon}},
		Events: []news.Event{
			{Name: "Port conference", Start: news.Day(2015, 9, 8), End: news.Day(2015, 9, 11), Place: "Baku", Venue: "Quay, 1", Span: news.Span{Start: 0, End: 35}, Status: news.EventCancelled},
			{Name: "Undated meeting"},
		},
	}
}

func TestFormatsNoneOfWhichIsKnown(t *testing.T) {
	if _, err := New(&strings.Builder{}, "pdf", about); err == nil || !strings.Contains(err.Error(), "ndjson csv ninjs rss ics") {
		t.Errorf("pdf gives %v", err)
	}
}

func TestNDJSONIsTheReport(t *testing.T) {
	lines := strings.Split(strings.TrimSuffix(written(t, NDJSON, sample(), &news.Report{ID: "2", Text: "x"}), "\n"), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines", len(lines))
	}
	var back news.Report
	if err := json.Unmarshal([]byte(lines[0]), &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sample(), &back); diff != "" {
		t.Error(diff)
	}
}

func TestCSVHasOneRowForEachReport(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(written(t, CSV, sample()))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{csvHeader, {
		"r 1", "2015-09-08T10:30:00+04:00", "", "REPORT.AZ", "report-az", "en", "withdrawn", "2", "s", "Customs & <ports>", "https://report.example/1",
		"Ada Ros; Bo Lund", "", "Baku", "Port conference 2015-09-08; Undated meeting", "0", "The conference, in short: it opens.\n\nMore; text.",
	}}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
	if empty := written(t, CSV); strings.Count(empty, "\r\n") != 1 {
		t.Errorf("without reports it is %q", empty)
	}
}

func TestCSVHoldsNoFormula(t *testing.T) {
	for cell, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "'=1", "\n=1": "'\n=1",
		" =1": "' =1", "\u00a0=1": "'\u00a0=1", "\ufeff=1": "'\ufeff=1", "＝1": "'＝1", "|calc": "'|calc", "%x": "'%x",
		"\u202e=1": "'\u202e=1", "\u2067\u2060@A1": "'\u2067\u2060@A1",
		"a=1": "a=1", "": "", " ": " ", "Aliyev": "Aliyev", "'=1": "'=1",
	} {
		r := &news.Report{ID: "x", Title: cell, Text: "text"}
		rows, err := csv.NewReader(strings.NewReader(written(t, CSV, r))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if got := rows[1][9]; got != want { // a carriage return alone is left out
			t.Errorf("%q is written %q, want %q", cell, got, want)
		}
	}
}

func TestNinjsIsAnArrayOfItems(t *testing.T) {
	var items []map[string]any
	if err := json.Unmarshal([]byte(written(t, NinJS, sample(), sample())), &items); err != nil || len(items) != 2 {
		t.Fatalf("%d items: %v", len(items), err)
	}
	for field, want := range map[string]any{
		"uri": "urn:dateline:report:r%201", "type": "text", "representationtype": "full", "pubstatus": "canceled", "version": "2", "language": "en",
		"headlines": []any{map[string]any{"value": "Customs & <ports>"}},
		"people":    []any{map[string]any{"name": "Ada Ros", "rel": "about", "literal": "a"}, map[string]any{"name": "Bo Lund", "rel": "about", "literal": "b"}},
		"places": []any{map[string]any{"name": "Baku", "rel": "about", "literal": "baku",
			"geojson": map[string]any{"type": "Point", "coordinates": []any{49.9, 40.4}}}},
	} {
		if diff := cmp.Diff(want, items[0][field]); diff != "" {
			t.Errorf("%s:\n%s", field, diff)
		}
	}
	if err := json.Unmarshal([]byte(written(t, NinJS)), &items); err != nil || len(items) != 0 {
		t.Errorf("without reports: %v, %v", items, err)
	}
}

func TestRSSIsWellFormed(t *testing.T) {
	hostile := &news.Report{ID: "]]>", Title: "\x00\x1b</item>", URL: "javascript:alert(1)", Text: strings.Repeat("word ", 200)}
	var feed struct {
		Channel struct {
			Title string `xml:"title"`
			Items []struct {
				Title       string `xml:"title"`
				Link        string `xml:"link"`
				GUID        string `xml:"guid"`
				PubDate     string `xml:"pubDate"`
				Description string `xml:"description"`
			} `xml:"item"`
		} `xml:"channel"`
	}
	if err := xml.Unmarshal([]byte(written(t, RSS, sample(), hostile)), &feed); err != nil {
		t.Fatal(err)
	}
	items := feed.Channel.Items
	if feed.Channel.Title != `Dateline: "a" & &lt;b>` || len(items) != 2 {
		t.Fatalf("%+v", feed)
	}
	if items[0].Title != "Customs & &lt;ports>" || items[0].PubDate != "Tue, 08 Sep 2015 10:30:00 +0400" || items[0].Link != "https://report.example/1" {
		t.Errorf("%+v", items[0])
	}
	if items[1].GUID != "]]>" || items[1].Title != "&lt;/item>" || items[1].Link != "" || len(items[1].Description) > 510 {
		t.Errorf("%+v", items[1])
	}
	if err := xml.Unmarshal([]byte(written(t, RSS)), &feed); err != nil {
		t.Errorf("without reports: %v", err)
	}
}

// TestRSSRunsNothingInAReaderThatShowsHTML reads a feed as readers do that
// take titles and descriptions for HTML.
func TestRSSRunsNothingInAReaderThatShowsHTML(t *testing.T) {
	const attack = `<script>alert(1)</script><img src=x onerror=alert(2)> A &amp; B < C`
	feed := written(t, RSS, &news.Report{ID: "x", Title: attack, Text: attack, Tags: []string{attack}})
	decoder := xml.NewDecoder(strings.NewReader(feed))
	shown := map[string]string{}
	var inside string
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			inside = token.Name.Local
		case xml.EndElement:
			inside = ""
		case xml.CharData:
			if inside == "title" || inside == "description" {
				shown[inside] = string(token)
			}
		}
	}
	for field, text := range shown {
		nodes, err := html.ParseFragment(strings.NewReader(text), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range nodes {
			if n.Type != html.TextNode {
				t.Errorf("a reader finds <%s> in the %s %q", n.Data, field, text)
			}
		}
		if field == "description" && len(nodes) == 1 && nodes[0].Data != attack {
			t.Errorf("the %s reads %q", field, nodes[0].Data)
		}
	}
	if len(shown) != 2 {
		t.Errorf("shown are %v", shown)
	}
}

func TestNinjsLeadsNowhereThatRuns(t *testing.T) {
	if text := written(t, NinJS, &news.Report{ID: "x", URL: "javascript:alert(1)", Text: "x"}); strings.Contains(text, "javascript:") {
		t.Errorf("a link runs in %s", text)
	}
}

func TestCalendarHoldsEachDatedEventOnce(t *testing.T) {
	again := sample()
	again.ID = "r2"
	other := &news.Report{ID: "r3", Text: "x", Events: []news.Event{{
		Name: strings.Repeat("Ə", 60) + ", \\ ; new\nline", Start: news.Instant(time.Date(2015, 9, 8, 10, 0, 0, 0, time.FixedZone("", 4*3600))),
	}}}
	calendar := written(t, ICS, sample(), again, other)
	for _, line := range strings.Split(calendar, "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
	}
	unfolded := strings.ReplaceAll(calendar, "\r\n ", "")
	if n := strings.Count(unfolded, "BEGIN:VEVENT"); n != 2 || strings.Count(unfolded, "END:VEVENT") != 2 {
		t.Errorf("%d events", n)
	}
	for _, line := range []string{
		"DTSTART;VALUE=DATE:20150908", "DTEND;VALUE=DATE:20150911", `LOCATION:Quay\, 1\, Baku`, "STATUS:CANCELLED",
		"DTSTART:20150908T060000Z", "SUMMARY:" + strings.Repeat("Ə", 60) + `\, \\ \; new\nline`, `DESCRIPTION:The conference\, in short: it opens.`,
		"DTSTAMP:20260102T030405Z", `X-WR-CALNAME:Dateline: "a" & <b>`,
	} {
		if !strings.Contains(unfolded, line+"\r\n") {
			t.Errorf("no line %q in\n%s", line, unfolded)
		}
	}
	if empty := written(t, ICS); !strings.HasPrefix(empty, "BEGIN:VCALENDAR\r\n") || !strings.HasSuffix(empty, "END:VCALENDAR\r\n") {
		t.Errorf("without reports it is %q", empty)
	}
}
