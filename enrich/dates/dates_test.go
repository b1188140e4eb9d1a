package dates_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/enrich/dates"
	"github.com/dateline-news/dateline/news"
)

// baku is Monday, 8 December 2014, three in the afternoon in Baku.
var baku = time.Date(2014, 12, 8, 15, 0, 0, 0, time.FixedZone("+04", 4*3600))

// expect is an expression as a table writes it: text, type and value, and the
// interval where the value alone does not say it.
type expect struct{ Text, Type, Value, Start, End string }

func find(text string) []expect {
	var got []expect
	for _, d := range dates.Find(&news.Report{Text: text, Published: baku}) {
		got = append(got, expect{d.Text, d.Type, d.Value, d.Start.String(), d.End.String()})
	}
	return got
}

func TestAgencyDispatch(t *testing.T) {
	text := "Baku. 8 December. REPORT.AZ/ Today the customs union opened its seminar. " +
		"Today, a rise in traffic sets new tasks for border posts. " +
		"The next forum will be held in Baku on September 8-10, 2015\". At the two-day event officials will talk."
	want := []expect{
		{"8 December", "DATE", "2014-12-08", "2014-12-08", "2014-12-09"},
		{"Today", "DATE", "2014-12-08", "2014-12-08", "2014-12-09"},
		{"Today", "DATE", "PRESENT_REF", "", ""},
		{"September 8-10, 2015", "DATE", "2015-09-08/2015-09-10", "2015-09-08", "2015-09-11"},
		{"two-day", "DURATION", "P2D", "", ""},
	}
	if diff := cmp.Diff(want, find(text)); diff != "" {
		t.Error(diff)
	}
}
