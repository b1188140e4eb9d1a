package events_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/dateline-news/dateline/enrich/dates"
	"github.com/dateline-news/dateline/enrich/events"
	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/news"
)

func seriesIn(content string) fstest.MapFS {
	return fstest.MapFS{"gazetteers/series.yaml": {Data: []byte(content)}}
}

func TestAUserAddsASeriesWithoutCode(t *testing.T) {
	finder, err := events.New(seriesIn(`series:
  - {id: harbours, name: Harbour Masters' Congress, aliases: [HMC], numbered: [HMC], kind: conference}`))
	if err != nil {
		t.Fatal(err)
	}
	r := &news.Report{Text: "HMC12 will be held on 4 June 2021.", Published: time.Date(2021, 3, 1, 12, 0, 0, 0, time.UTC)}
	r.Dates = dates.Find(r)
	found := finder.Find(r, lexicon.Read(r))
	if len(found) != 1 || found[0].Series != "harbours" || found[0].Edition != "12" || found[0].Start != news.Day(2021, 6, 4) {
		t.Errorf("events %+v, want edition 12 of harbours on 2021-06-04", found)
	}
}

func TestEditionsWithinAYearAreToldApartByTheRhythmOfTheirSeries(t *testing.T) {
	finder, err := events.New(seriesIn(`series:
  - {id: board, name: Harbour Board Meeting, kind: meeting, rhythm: monthly}
  - {id: outlook, name: Freight Outlook Conference, kind: conference, rhythm: quarterly}
  - {id: fair, name: Harbour Fair, kind: exhibition, rhythm: yearly}`))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"The Harbour Board Meeting will be held on 4 March 2026.":      "2026-03",
		"The Harbour Board Meeting will be held on 2 December 2026.":   "2026-12",
		"The Freight Outlook Conference will be held on 3 April 2026.": "2026-Q2",
		"The Harbour Fair will be held on 4 June 2026.":                "",
		"The 7th Harbour Board Meeting will be held on 4 March 2026.":  "2026-03",
	} {
		r := &news.Report{Text: text, Published: time.Date(2026, 2, 1, 12, 0, 0, 0, time.UTC)}
		r.Dates = dates.Find(r)
		found := finder.Find(r, lexicon.Read(r))
		if len(found) != 1 || found[0].Edition != want {
			t.Errorf("%q: events %+v, want one of edition %q", text, found, want)
		}
	}
}

func TestAFaultyGazetteerIsNamed(t *testing.T) {
	tests := []struct{ name, content, want string }{
		{"no id", "series:\n  - {name: Congress}", "the id must be one word"},
		{"no name", "series:\n  - {id: a}", "a name is needed"},
		{"unknown kind", "series:\n  - {id: a, name: A, kind: party}", `kind "party" is not known`},
		{"unknown rhythm", "series:\n  - {id: a, name: A, rhythm: often}", `rhythm "often" is not known`},
		{"twice", "series:\n  - {id: a, name: A}\n  - {id: a, name: B}", `two series have the id "a"`},
		{"misspelt key", "series:\n  - {id: a, nmae: A}", "nmae"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := events.New(seriesIn(test.content)); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
}

func TestWithoutAnnotationsThereIsNoPanic(t *testing.T) {
	finder := newFinder(t)
	for _, d := range readDispatches(t) {
		r := &news.Report{Text: d.Text}
		finder.Find(r, lexicon.Read(r))
	}
}
