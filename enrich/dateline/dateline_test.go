package dateline_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/enrich/dateline"
	"github.com/dateline-news/dateline/news"
)

var published = time.Date(2014, 12, 8, 15, 0, 0, 0, time.FixedZone("+04", 4*3600))

func TestFindReadsEveryOrder(t *testing.T) {
	for _, c := range []struct{ text, place, date, agency, line string }{
		{"Baku. 8 December. REPORT.AZ/ The union opened a seminar.", "Baku", "2014-12-08", "REPORT.AZ", "Baku. 8 December. REPORT.AZ/"},
		{"BAKU, Azerbaijan, Dec. 8. The union opened a seminar.", "Baku", "2014-12-08", "", "BAKU, Azerbaijan, Dec. 8."},
		{"Baku, December 8, AZERTAC The union opened a seminar.", "Baku", "2014-12-08", "AZERTAC", "Baku, December 8, AZERTAC"},
		{"ASTANA. KAZINFORM - The union opened a seminar.", "Astana", "", "Kazinform", "ASTANA. KAZINFORM -"},
		{"WASHINGTON, Dec 8 (Reuters) - The union opened a seminar.", "Washington", "2014-12-08", "Reuters", "WASHINGTON, Dec 8 (Reuters) -"},
		{"TBILISI (Interfax, Dec 8) - The union opened a seminar.", "Tbilisi", "2014-12-08", "Interfax", "TBILISI (Interfax, Dec 8) -"},
		{"PARIS — The union opened a seminar.", "Paris", "", "", "PARIS —"},
	} {
		got := dateline.Find(&news.Report{Text: c.text, Published: published})
		if got == nil {
			t.Errorf("%q: no dateline", c.text)
			continue
		}
		if diff := cmp.Diff([]string{c.place, c.date, c.agency, c.line}, []string{got.Place, got.Date.String(), got.Agency, got.Span.Of(c.text)}); diff != "" {
			t.Errorf("%q: %s", c.text, diff)
		}
	}
}

func TestFindLeavesOtherHeadsAlone(t *testing.T) {
	for _, text := range []string{
		"The minister said on 8 December that the seminar would open.",
		"In Baku on 8 December – a new era of trade.",
		"Prime Minister Smith, who was in Paris, spoke.",
		"",
	} {
		if got := dateline.Find(&news.Report{Text: text, Published: published}); got != nil {
			t.Errorf("%q: got %+v", text, got)
		}
	}
}
