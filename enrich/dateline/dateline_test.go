package dateline_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/enrich/dateline"
	"github.com/dateline-news/dateline/enrich/dates"
	"github.com/dateline-news/dateline/news"
)

var published = time.Date(2014, 12, 8, 15, 0, 0, 0, time.FixedZone("+04", 4*3600))

// body is the sentence that follows each dateline.
const body = " The union opened a seminar for the heads of its training centres on Monday."

func TestFindReadsEveryOrder(t *testing.T) {
	for _, c := range []struct{ line, place, date, agency, correspondent string }{
		{"Baku. 8 December. REPORT.AZ/", "Baku", "2014-12-08", "REPORT.AZ", ""},
		{"Baku. 8 December. NEWSROOM.AZ.", "Baku", "2014-12-08", "NEWSROOM.AZ", ""},
		{"Tbilisi. 8 December. KAVKAZ PRESS/", "Tbilisi", "2014-12-08", "KAVKAZ PRESS", ""},
		{"BAKU, Azerbaijan, Dec. 8.", "Baku", "2014-12-08", "", ""},
		{"Baku, Azerbaijan, Dec. 8 By Leyla Novak – Trend:", "Baku", "2014-12-08", "Trend", "Leyla Novak"},
		{"Baku, Azerbaijan, Dec. 8\n\nBy Leyla Novak – Trend:", "Baku", "2014-12-08", "Trend", "Leyla Novak"},
		{"Azerbaijan, Baku, Dec. 8 / Trend, L. Novak /", "Baku", "2014-12-08", "Trend", "L. Novak"},
		{"Baku, December 8, AZERTAC", "Baku", "2014-12-08", "AZERTAC", ""},
		{"AZERTAC, Baku, 8 December –", "Baku", "2014-12-08", "AZERTAC", ""},
		{"/Baku, 8 December, AZERTAC/", "Baku", "2014-12-08", "AZERTAC", ""},
		{"Baku. Leyla Novak – APA.", "Baku", "", "APA", "Leyla Novak"},
		{"Baku, 8 December 2014 – APA:", "Baku", "2014-12-08", "APA", ""},
		{"TASHKENT, December 7. /TASS/.", "Tashkent", "2014-12-07", "TASS", ""},
		{"ASTANA. KAZINFORM -", "Astana", "", "Kazinform", ""},
		{"YEREVAN, 5 DECEMBER, ARMENPRESS.", "Yerevan", "2014-12-05", "Armenpress", ""},
		{"LONDON (Reuters) -", "London", "", "Reuters", ""},
		{"WASHINGTON, Dec 8 (Reuters) -", "Washington", "2014-12-08", "Reuters", ""},
		{"BRUSSELS/PARIS, Dec 8 (Reuters) -", "Brussels", "2014-12-08", "Reuters", ""},
		{"NEW YORK, Dec. 8 (Xinhua) --", "New York", "2014-12-08", "Xinhua", ""},
		{"LONDON, Dec. 8 /PRNewswire/ --", "London", "2014-12-08", "PRNewswire", ""},
		{"RIO DE JANEIRO (AP) _", "Rio de Janeiro", "", "AP", ""},
		{"KYIV, Ukraine (AP) —", "Kyiv", "", "AP", ""},
		{"TBILISI (Interfax, Dec 8) -", "Tbilisi", "2014-12-08", "Interfax", ""},
		{"UNITED NATIONS, 8 December (IPS) –", "United Nations", "2014-12-08", "IPS", ""},
		{"Brussels, 8 December 2014 –", "Brussels", "2014-12-08", "", ""},
		{"8 December 2014, Brussels –", "Brussels", "2014-12-08", "", ""},
		{"PARIS —", "Paris", "", "", ""},
		{"Taipei, Taiwan —", "Taipei", "", "", ""},
		{"WASHINGTON --", "Washington", "", "", ""},
		{"AFP -", "", "", "AFP", ""},
		{"By Leyla Novak, Baku, Dec 8", "Baku", "2014-12-08", "", "Leyla Novak"},
		{"By Leyla Novak BAKU (Reuters) -", "Baku", "", "Reuters", "Leyla Novak"},
		{"By Leyla Novak | BAKU, Azerbaijan (AP) —", "Baku", "", "AP", "Leyla Novak"},
		{"By L. Novak and Jan Kovac, BAKU, Dec 8 (Reuters) -", "Baku", "2014-12-08", "Reuters", "L. Novak and Jan Kovac"},
		{"MOSCOW, December 8 (RIA Novosti), Ivan Petrov -", "Moscow", "2014-12-08", "RIA Novosti", "Ivan Petrov"},
		{"(Reuters)", "", "", "Reuters", ""},
		{"(Reuters) -", "", "", "Reuters", ""},
		{"(APA, 8 December)", "", "2014-12-08", "APA", ""},
		{"[AZERTAC, 8 December]", "", "2014-12-08", "AZERTAC", ""},
		{"(Baku, APA, 8 December)", "Baku", "2014-12-08", "APA", ""},
		{"(ANSA) - Rome, December 8 -", "Rome", "2014-12-08", "ANSA", ""},
		{"WARSAW, Poland – December 8, 2014 –", "Warsaw", "2014-12-08", "", ""},
		{"New Delhi [India], December 8 (ANI):", "New Delhi", "2014-12-08", "ANI", ""},
		{"Kuwait, Safar 15, 1436, December 08, 2014, SPA --", "Kuwait", "2014-12-08", "SPA", ""},
		{"Nur-Sultan, 8 December. Kazpravda.kz -", "Nur-Sultan", "2014-12-08", "Kazpravda.kz", ""},
		{"ST. PETERSBURG, Fla. (AP) —", "St. Petersburg", "", "AP", ""},
		{"Bakı, 8 dekabr, AZƏRTAC", "Bakı", "2014-12-08", "AZƏRTAC", ""},
		{"Баку, 8 декабря, АЗЕРТАДЖ.", "Баку", "2014-12-08", "АЗЕРТАДЖ", ""},
	} {
		text := c.line + body
		got := find(&news.Report{Text: text, Published: published})
		if got == nil {
			t.Errorf("%q: no dateline", c.line)
			continue
		}
		want := []string{c.place, c.date, c.agency, c.correspondent, c.line}
		if diff := cmp.Diff(want, []string{got.Place, got.Date.String(), got.Agency, got.Correspondent, got.Span.Of(text)}); diff != "" {
			t.Errorf("%q: %s", c.line, diff)
		}
		if got.Conflict {
			t.Errorf("%q: conflicts with its publication", c.line)
		}
	}
}

func TestFindLeavesOtherHeadsAlone(t *testing.T) {
	for _, text := range []string{
		"The minister said on 8 December that the seminar would open in spring, when the new hall is ready.",
		"In Baku on 8 December – a new era of trade began, officials of the union and the state committee said.",
		"Prime Minister Smith, who was in Paris, spoke to reporters about trade and customs for an hour.",
		"Novak Electric - the maker of pumps - said on Monday that it would buy a rival for a large sum.",
		"Novak (NVK) - shares rose on Monday after the maker of pumps said that it would buy a rival.",
		"Paris — a city of light",
		"Today, the union opened a seminar. Baku, 8 December, AZERTAC was named as its place.",
		"",
	} {
		if got := find(&news.Report{Text: text, Published: published}); got != nil {
			t.Errorf("%q: got %+v", text, got)
		}
	}
}

func TestRareHeads(t *testing.T) {
	for head, want := range map[string]news.Dateline{
		"BAKU, Azerbaijan, Dec. 8":             {Place: "Baku"},
		"WASHINGTON, D.C., Dec. 8 (AP) —":      {Place: "Washington", Agency: "AP"},
		"Baku, 8 December – Leyla Novak, APA:": {Place: "Baku", Agency: "APA", Correspondent: "Leyla Novak"},
	} {
		got := find(&news.Report{Text: head + " The ministry opened a new post and trade will grow.", Published: published})
		if got == nil || got.Place != want.Place || got.Agency != want.Agency || got.Correspondent != want.Correspondent || got.Date.String() != "2014-12-08" {
			t.Errorf("%q: got %+v", head, got)
		}
	}
}

func TestABylineMayStandOnItsOwnLine(t *testing.T) {
	text := "By Leyla Novak\n\nBAKU, Dec 8 (Reuters) -" + body
	got := find(&news.Report{Text: text, Published: published})
	if got == nil || got.Correspondent != "Leyla Novak" || got.Agency != "Reuters" || got.Span.Of(text) != "BAKU, Dec 8 (Reuters) -" {
		t.Errorf("got %+v", got)
	}
}

func TestADateThatTheTextCallsTodayIsHeldAgainstTheHeader(t *testing.T) {
	for text, want := range map[string]bool{
		"Baku, 8 December, AZERTAC Today, 8 December, the union opened a seminar.":  false,
		"Baku, 8 December, AZERTAC Today, 11 December, the union opened a seminar.": true,
		"Baku, 8 December, AZERTAC Today the union opened a seminar (11 December).": false,
	} {
		got := find(&news.Report{Text: text, Published: published})
		if got == nil || got.Conflict != want {
			t.Errorf("%q: got %+v, want conflict %v", text, got, want)
		}
	}
}

func TestATitleMayComeFirst(t *testing.T) {
	text := "Union opens a seminar\n\nBAKU, Azerbaijan, Dec. 8." + body
	got := find(&news.Report{Text: text, Title: "Union opens a seminar", Published: published})
	if got == nil || got.Place != "Baku" || got.Span.Of(text) != "BAKU, Azerbaijan, Dec. 8." {
		t.Errorf("got %+v", got)
	}
}

func TestAnImportPrefixIsSkipped(t *testing.T) {
	text := " date 2014-12-08 Baku. 8 December. REPORT.AZ/" + body
	got := find(&news.Report{Text: text, Published: published})
	if got == nil || got.Place != "Baku" || got.Span.Of(text) != "Baku. 8 December. REPORT.AZ/" {
		t.Errorf("got %+v", got)
	}
}

func TestADateFarFromPublicationIsFlagged(t *testing.T) {
	for line, want := range map[string]bool{
		"Baku, 8 December, AZERTAC":                    false,
		"Baku, 6 December, AZERTAC":                    false,
		"Baku, 1 December, AZERTAC":                    true,
		"Baku, 8 December 2013, AZERTAC":               true,
		"Baku, Tuesday, 9 December, AZERTAC":           false,
		"Baku, Friday, 9 December, AZERTAC":            true,
		"date 2014-12-08 Baku. 8 December. REPORT.AZ/": false,
		"date 2014-12-08 Baku. 6 December. REPORT.AZ/": true,
	} {
		got := find(&news.Report{Text: line + body, Published: published})
		if got == nil || got.Conflict != want {
			t.Errorf("%q: got %+v, want conflict %v", line, got, want)
		}
	}
}

func TestADateWithoutAYearLiesBeforePublication(t *testing.T) {
	january := time.Date(2015, 1, 2, 9, 0, 0, 0, time.UTC)
	got := find(&news.Report{Text: "BAKU, Azerbaijan, Dec. 30." + body, Published: january})
	if got == nil || got.Date.String() != "2014-12-30" {
		t.Errorf("got %+v", got)
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"Baku. 8 December. REPORT.AZ/ Today", "TBILISI (Interfax, Dec 8) -", "/Baku, 8/(((///", "By By By – Trend", " date 2014-12-08 ", "\xffБаку — ‘", "By Leyla Novak, Baku, Dec 8", "(ANSA) - Rome, December 8 -", "Kuwait, Safar 15, 1436, SPA"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text := strings.ToValidUTF8(s, "?")
		if d := find(&news.Report{Text: text, Published: published}); d != nil && !d.Span.Valid(text) {
			t.Fatalf("%q: span %v", text, d.Span)
		}
	})
}

func find(r *news.Report) *news.Dateline {
	r.Dates = dates.Find(r)
	return dateline.Find(r)
}
