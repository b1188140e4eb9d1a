package selector

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"
)

func TestValues(t *testing.T) {
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(
		`<div id="d" class="x"><a href=" /1 ">One
		 more</a><a href="/2">Two</a><a></a><time datetime="2026-03-12">today</time></div>`))
	if err != nil {
		t.Fatal(err)
	}
	for sel, want := range map[string][]string{
		"a":             {"One more", "Two"},
		"a@href":        {"/1", "/2"},
		"time@datetime": {"2026-03-12"},
		`a[href*="@"]`:  nil,
		".none":         nil,
		"h1, time":      {"today"},
		"time@none":     nil,
	} {
		if diff := cmp.Diff(want, Values(doc.Selection, sel)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", sel, diff)
		}
	}
	if got := Value(doc.Find("#d"), "@class"); got != "x" {
		t.Errorf("own attribute: %q", got)
	}
}

func TestCheck(t *testing.T) {
	for sel, ok := range map[string]bool{
		"": true, "a": true, ".list > li:has(a)": true, "time@datetime": true, "@href": true, `a[href*="a@b"]`: true,
		"a[": false, "time@": false, "::": false,
	} {
		if err := Check(sel); (err == nil) != ok {
			t.Errorf("Check(%q) = %v", sel, err)
		}
	}
}
