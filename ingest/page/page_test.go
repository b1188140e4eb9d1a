package page

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
)

var update = flag.Bool("update", false, "write the expected reports anew")

var baku = time.FixedZone("Asia/Baku", 4*3600)

// TestGolden compares what is found in each saved page with the report
// beside it.
func TestGolden(t *testing.T) {
	pages := map[string]Options{
		"jsonld":    {Source: "wire", Agency: "Caspian Wire"},
		"plain":     {Location: baku},
		"selectors": {Agency: "Gömrük", Location: baku, Selectors: Selectors{Title: ".t", Body: ".txt", Date: ".d", Byline: ".who", Remove: ".ad"}},
	}
	for name, opts := range pages {
		t.Run(name, func(t *testing.T) {
			html, err := os.ReadFile(filepath.Join("testdata", name+".html"))
			if err != nil {
				t.Fatal(err)
			}
			r, err := Extract(html, "https://caspianwire.example/en/news/"+name+"?utm_source=feed", opts)
			if err != nil {
				t.Fatal(err)
			}
			if err := r.Validate(); err != nil {
				t.Error(err)
			}
			got, err := json.MarshalIndent(r, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", name+".json")
			if *update {
				if err := os.WriteFile(golden, append(got, '\n'), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)+"\n"); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestPagesWithoutAnArticle(t *testing.T) {
	list, err := os.ReadFile(filepath.Join("testdata", "listpage.html"))
	if err != nil {
		t.Fatal(err)
	}
	for name, html := range map[string][]byte{
		"a list of links": list, "nothing": nil, "an empty page": []byte("<html><body></body></html>"), "an image": []byte("\x89PNG\x00\x01\x02"),
		"too deep": []byte(strings.Repeat("<div>", 5000) + "text"),
	} {
		if r, err := Extract(html, "https://example.org/", Options{}); !errors.Is(err, ErrNoArticle) {
			t.Errorf("%s: got %v, %v", name, r, err)
		}
	}
}

func TestCanonicalAddressOfThePage(t *testing.T) {
	tests := []struct{ head, page, want string }{
		{"", "https://example.org/a?utm_source=x#y", "https://example.org/a"},
		{`<link rel="canonical" href="/b">`, "https://example.org/a", "https://example.org/b"},
		{`<link rel="canonical" href="https://example.org/">`, "https://example.org/a", "https://example.org/a"},
		{`<link rel="canonical" href="https://other.example/a">`, "https://example.org/a", "https://example.org/a"},
		{`<link rel="canonical" href="https://example.org/a">`, "https://m.example.org/a", "https://example.org/a"},
		{`<meta property="og:url" content="https://example.org/c">`, "", "https://example.org/c"},
		{`<link rel="canonical" href="/b">`, "", ""},
	}
	for _, tt := range tests {
		html := "<html><head>" + tt.head + "</head><body><article><p>" + strings.Repeat("Words of an article. ", 20) + "</p></article></body></html>"
		r, err := Extract([]byte(html), tt.page, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if r.CanonicalURL != tt.want || (r.ID == "") != (tt.want == "") {
			t.Errorf("%s on %s: got %q, id %q, want %q", tt.head, tt.page, r.CanonicalURL, r.ID, tt.want)
		}
	}
}

func TestPagesInOldEncodings(t *testing.T) {
	for label, e := range map[string]*charmap.Charmap{"windows-1254": charmap.Windows1254, "iso-8859-9": charmap.ISO8859_9} {
		const sentence = "Gümrük eğitmenleri için düzenlenen seminer İzmir'de başladı ve cuma günü sona erecek."
		html := `<html lang="tr"><head><meta charset="` + label + `"><title>Seminer</title></head><body><article><p>` +
			strings.Repeat(sentence+" ", 5) + `</p><p>` + sentence + `</p></article></body></html>`
		data, err := e.NewEncoder().String(html)
		if err != nil {
			t.Fatal(err)
		}
		r, err := Extract([]byte(data), "https://example.org/a", Options{})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(r.Text, "\n\n"+sentence) {
			t.Errorf("%s: text %q", label, r.Text)
		}
	}
}

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"":      "",
		"plain": "plain",
		"<p>One <b>bold</b>.</p>Two<br>three<br><br>four": "One bold.\n\nTwo three\n\nfour",
		"<ul><li>a</li><li>b</li></ul>":                   "a\n\nb",
		"<table><tr><td>a</td><td>b</td></tr></table>":    "a b",
		"co\u00ADoper\u200Bate":                           "cooperate",
		"<p>e\u0301</p><script>x</script>":                "é",
	} {
		if got := Text(in); got != want {
			t.Errorf("Text(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestLinkedDataAsPagesWriteIt(t *testing.T) {
	for name, data := range map[string]string{
		"an object":        `{"@type":"NewsArticle","headline":"A"}`,
		"a list":           `[{"@type":"WebSite"},{"@type":"NewsArticle","headline":"A"}]`,
		"a page's entity":  `{"@type":"WebPage","mainEntity":{"@type":"Article","headline":"A"}}`,
		"raw line breaks":  "{\"@type\":\"NewsArticle\",\"description\":\"x\ny\",\"headline\":\"A\"}",
		"a comment":        `<!-- {"@type":"NewsArticle","headline":"A"} -->`,
		"CDATA":            "//<![CDATA[\n{\"@type\":\"NewsArticle\",\"headline\":\"A\"}\n//]]>",
		"escaped mark-up":  `{"@type":"https://schema.org/NewsArticle","headline":" &#65; "}`,
		"something behind": `{"@type":"NewsArticle","headline":"A"} trailing`,
	} {
		found := articlesIn(parseJSON(data), 0)
		if len(found) != 1 || articleData(found[0]).headline != "A" {
			t.Errorf("%s: got %v", name, found)
		}
	}
	for _, data := range []string{"", "{", `{"@type":"Recipe"}`, `[[[[[[[[{"@type":"Article"}]]]]]]]]`} {
		if found := articlesIn(parseJSON(data), 0); len(found) != 0 {
			t.Errorf("%s: got %v", data, found)
		}
	}
}

func FuzzExtract(f *testing.F) {
	for _, name := range []string{"jsonld", "plain", "selectors", "listpage"} {
		html, err := os.ReadFile(filepath.Join("testdata", name+".html"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(html)
	}
	f.Fuzz(func(t *testing.T, html []byte) {
		r, err := Extract(html, "https://example.org/a", Options{Agency: "Agency"})
		if err != nil {
			return
		}
		if err := r.Validate(); err != nil {
			t.Error(err)
		}
	})
}
