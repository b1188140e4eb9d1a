package indextest

import (
	"strings"
	"time"

	"github.com/dateline-news/dateline/news"
)

// oddReports are such as arrive now and then: without a date, a title or an
// annotation, withdrawn, very long, or strangely typed.
func oddReports() []*draft {
	undated := dispatch("undated", "Trend", "2015-01-01T00:00:00Z", "", "A note on customs without a date.").seen("2015-09-19T12:00:00Z")
	undated.Published = time.Time{}
	bare := &draft{news.Report{ID: "bare", Revision: 1, Text: "Zebra crossings."}}
	return []*draft{
		undated,
		bare,
		dispatch("withdrawn", "Trend", "2015-07-02T10:00:00+04:00", "Withdrawn: tobacco report", "").status("withdrawn"),
		dispatch("no-title", "APA", "2015-07-03T10:00:00+04:00", "", "Untitled notes mention Ganja and the customs post.").place("Ganja", "AZ"),
		dispatch("long", "APA", "2015-07-04T10:00:00+04:00", "A long list of goods",
			strings.Repeat("timber copper cotton wheat barley sugar ", 60)+"and finally pomegranates"),
		dispatch("long-word", "APA", "2015-07-05T10:00:00+04:00", "An unbroken line",
			strings.Repeat("x", 33000)+" "+strings.Repeat("ж", 300)+" tail"),
		dispatch("dashes", "apa", "2015-07-06T10:00:00+04:00", "Dashes",
			strings.Repeat("-", 8000)+"\n"+strings.Repeat("\u00a0'", 2000)+"after-the-dashes"),
		dispatch("codes", "APA", "2015-07-06T23:30:00+04:00", "Codes H1N1 and 8703.23",
			"Code 8703.23 covers cars of 1,500 cm³; e-mail info@customs.example or see http://customs.example/a_b?c=d. Cost: 50% of $1.000."),
		dispatch("near-a", "APA", "2015-07-07T10:00:00+04:00", "Near words one", "alpha one two three beta four five gamma"),
		dispatch("near-b", "APA", "2015-07-07T11:00:00+04:00", "Near words two", "gamma alpha beta beta alpha delta"),
		dispatch("near-c", "APA", "2015-07-07T12:00:00+04:00", "alpha stands in the title", "beta stands in the text with gamma"),
		dispatch("tie-b", "Interfax", "2015-08-01T10:00:00+03:00", "Tie", "Two reports of the same second: second in order.").from("Interfax-AZ"),
		dispatch("tie-a", "INTERFAX", "2015-08-01T07:00:00Z", "Tie", "Two reports of the same second: first in order.").from("interfax-az"),
		dispatch("month-edge", "APA", "2015-08-01T00:30:00+04:00", "Edge of the month", "Published in August in Baku and in July in London."),
		dispatch("far-dates", "APA", "2015-08-02T10:00:00+04:00", "Centuries", "From 1612 to 2100.").
			date("1612-01-01", "1613-01-01").date("2100-01-01", "2101-01-01").date("", "").
			event("Instant", "2015-08-05T23:59:59+04:00", ""),
		dispatch("repeat", "APA", "2015-08-03T10:00:00+04:00", "Echo echo", "echo echo echo. The echo's echo; the echoes echoed."),
		dispatch("operators", "APA", "2015-08-04T10:00:00+04:00", "AND OR NOT NEAR", "Words such as AND, OR, NOT and NEAR(a b, 2) are words, title: too. \"Quoted\" ^caret* col:umn + | -minus {brace}"),
	}
}
