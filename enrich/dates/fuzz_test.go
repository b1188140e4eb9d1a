package dates_test

import (
	"strings"
	"testing"

	"github.com/dateline-news/dateline/enrich/dates"
	"github.com/dateline-news/dateline/internal/lineartest"
	"github.com/dateline-news/dateline/news"
)

func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"Baku. 8 December. REPORT.AZ/ on September 8-10, 2015\".",
		"from 9:20 to 2 on 3/4/2016, 7–9 and 14 May, two years and three months ago",
		"2014-cü il dekabrın 8-də; 8 декабря 2014 года; Eid al-Fitr 2018, tisha b'av 2018",
		"in the the first last 2 weeks of of March 31 31 31 2015-2015-2015 1990s 99999999999 a a a",
		"the 5th century BC, 470–310 B.C.E., 1884–85, P.M. 12:60 24:00 a.m.",
		"\xff\xfe 8\x00December\u0301 ''''---...,,,((((",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := &news.Report{ID: "x", Text: strings.ToValidUTF8(text, "?"), Published: baku}
		r.Dates = dates.Find(r)
		end := 0
		for _, d := range r.Dates {
			if !d.Span.Valid(r.Text) || d.Span.Start < end || d.Span.Of(r.Text) != d.Text {
				t.Fatalf("span %v of %q: %q", d.Span, r.Text, d.Text)
			}
			end = d.Span.End
			if d.Start.IsZero() != d.End.IsZero() && !strings.Contains(d.Value, "..") {
				t.Fatalf("%q has one end: %v %v", d.Text, d.Start, d.End)
			}
			if !d.Start.IsZero() && !d.End.IsZero() && !d.Start.Before(d.End) {
				t.Fatalf("%q ends before it starts: %v %v", d.Text, d.Start, d.End)
			}
		}
	})
}

// hostile texts make a careless grammar look far ahead from every token.
var hostile = map[string]string{
	"days":      "1, 2, 3 and ",
	"nested":    "the end of the beginning of the first week of ",
	"counted":   "two days after two days after ",
	"durations": "1 year 1 month 1 week 1 day and ",
	"dashes":    "2014-2014-",
	"numbers":   "hundred thousand twenty one ",
	"holidays":  "new years eve of of lunar new year's ",
	"letters":   "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	"quotes":    "'''''''’’’’’’",
	"digits":    "11111111111111111111",
	"modifiers": "last next this coming ",
	"spaces":    "        \t",
}

func TestTimeIsLinearInTheText(t *testing.T) {
	lineartest.Check(t, hostile, 20_000, func(text string) func() {
		r := &news.Report{Text: text, Published: baku}
		return func() { dates.Find(r) }
	})
}

// dispatch is a day's news in the manner of an agency, about one expression
// of time in forty words.
const dispatch = `BAKU, Azerbaijan, December 8. The customs committees of the region opened a seminar in Baku on Monday, and officials said that the
next conference of the union will be held on September 8-10, 2015. The chairman of the committee noted that trade through the border posts grew
by a fifth in the first eleven months of the year compared with the same period of last year, and that a new terminal with twelve lanes had been
built two years ago with a loan of the bank. The delegates from 21 countries, among them experts of the commission and of the secretariat, talked
about training, the exchange of data between services and the rules that come into force on 1 January. The talks will end on Wednesday evening.

`

func BenchmarkFind(b *testing.B) {
	texts := map[string]string{"dispatch": strings.Repeat(dispatch, 1_000_000/len(dispatch))}
	for name, unit := range hostile {
		texts["hostile/"+name] = strings.Repeat(unit, 1_000_000/len(unit))
	}
	for name, text := range texts {
		b.Run(name, func(b *testing.B) {
			r := &news.Report{Text: text, Published: baku}
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				dates.Find(r)
			}
		})
	}
}
