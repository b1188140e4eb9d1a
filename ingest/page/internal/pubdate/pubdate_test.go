package pubdate

import (
	"net/url"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"golang.org/x/net/html"
)

// readPage reads a page around a body, with a headline, text and a footer.
func readPage(t testing.TB, body string, opts Options) *Page {
	t.Helper()
	opts.Title = "The ferry sails again"
	if opts.Language == "" {
		opts.Language = "en"
	}
	text := "<html><body><header><a href=/>Home</a></header><main><article><h1>The ferry sails again</h1>" + body +
		"<p>" + strings.Repeat("The ferry left the port with its passengers in the morning. ", 5) + "</p></article></main><footer>© 2009-2031 Harbour News</footer></body></html>"
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return Read(root, opts)
}

func address(t testing.TB, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	l, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestPublished(t *testing.T) {
	linked := func(value string) []Named { return []Named{{LinkedPublished, value}} }
	tests := []struct {
		name, body string
		opts       Options
		want       string
	}{
		{"metadata", "", Options{Named: linked("2020-02-24T10:00:00+01:00")}, "2020-02-24T10:00:00+01:00"},
		{"UTC on the publisher's calendar", "", Options{Named: linked("2020-02-24T23:30:00Z"), Location: zone(t, "Europe/Berlin")}, "2020-02-25T00:30:00+01:00"},
		{"no zone", "", Options{Named: linked("2020-02-24T10:00:00"), Location: zone(t, "Europe/Berlin")}, "2020-02-24T10:00:00+01:00"},
		{"UTC with the clock that readers see", `<p class="byline date">February 24, 2020 | 9:25pm</p>`, Options{Named: linked("2020-02-25T02:25:54Z")}, "2020-02-24T21:25:54-05:00"},
		{"metadata and an event in the text", "<p>The harbour fair opens on 12 May 2020.</p>", Options{Named: linked("2020-02-24T10:00:00+01:00")}, "2020-02-24T10:00:00+01:00"},
		{"what readers see", `<p class="date">24 February 2020</p>`, Options{Location: zone(t, "Europe/Berlin")}, "2020-02-24T00:00:00+01:00"},
		{"a comment later", `<p class="date">24 February 2020</p><div class="comments"><p class="date">28 February 2020</p></div>`, Options{}, "2020-02-24T00:00:00Z"},
		{"the address", "", Options{URL: address(t, "https://example.org/2020/02/24/ferry")}, "2020-02-24T00:00:00Z"},
		{"nothing but a footer", "", Options{}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			if at, _ := readPage(t, tt.body, tt.opts).Published(); !at.IsZero() {
				got = at.Format(time.RFC3339)
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestADayWithoutATimeIsSaidToBeOne(t *testing.T) {
	if _, dayOnly := readPage(t, `<p class="date">24 February 2020</p>`, Options{}).Published(); !dayOnly {
		t.Error("a day alone passes for a time")
	}
	if _, dayOnly := readPage(t, "", Options{Named: []Named{{LinkedPublished, "2020-02-24T10:00:00Z"}}}).Published(); dayOnly {
		t.Error("a time passes for a day")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`<time datetime="2020-02-24T10:00:00Z">24.02.2020, 11:00 Uhr</time><p>02/10/2020 2019年6月24日`, "2020-02-24T10:00:00Z")
	f.Add(`<script>{"datePublished": "٢٠٢٠"</script><abbr title="1.1.20">`, "٢٤ أبريل ٢٠٢٠")
	f.Add("<p>3<sup>rd</sup> of \xff March 2020", "\x00")
	f.Fuzz(func(t *testing.T, text, named string) {
		root, err := html.Parse(strings.NewReader(text))
		if err != nil {
			return
		}
		p := Read(root, Options{Named: []Named{{MetaPublished, named}}, Title: named, URL: &url.URL{Path: named}})
		if p.Len() > mostDays {
			t.Errorf("%d days", p.Len())
		}
		at, _ := p.Published()
		if !at.IsZero() && (at.Year() < 1990 || at.Year() > 2101) {
			t.Errorf("published %v", at)
		}
	})
}
