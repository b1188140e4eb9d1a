package register

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/news"
)

// day is noon of the nth day of the season's clock.
func day(n int) time.Time { return time.Date(2015, 1, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, n) }

// told is a report that tells of PICARD 2015, as enrichment would read it.
type told struct {
	report, story, agency string
	revision, enricher    int
	day                   int
	status, dates, place  string
	organizer             string
	silent, withdrawn     bool // it says nothing of the event, or is withdrawn
	planned               bool // the dates are those before it was postponed
	year                  int
	edition               string
}

func (a told) reading(t *testing.T) Reading {
	t.Helper()
	r := &news.Report{
		ID: a.report, Revision: cmp.Or(a.revision, 1), Source: "s", Agency: a.agency, Story: a.story, Published: day(a.day), Text: "The conference will be held.",
	}
	if a.revision > 1 {
		r.Published, r.Modified = day(0), day(a.day)
	}
	if a.withdrawn {
		r.Status, r.Text = news.StatusWithdrawn, ""
		return Read(r, cmp.Or(a.enricher, 1))
	}
	if a.silent {
		return Read(r, cmp.Or(a.enricher, 1))
	}
	start, end, err := ReadDates(a.dates)
	if err != nil {
		t.Fatal(err)
	}
	e := news.Event{
		Name: "PICARD Conference", Series: "picard", Kind: "conference", Year: cmp.Or(a.year, 2015), Edition: a.edition, Status: a.status,
		Start: start, End: end, Place: a.place, Organizer: a.organizer, Span: news.Span{Start: 0, End: 27},
	}
	if a.year < 0 {
		e.Year = 0
	}
	if a.planned {
		e.Inferred = []string{"start: " + news.PlannedDates}
	}
	r.Events = []news.Event{e}
	if a.place != "" {
		r.Places = []news.Place{{ID: a.place, Name: a.place, Country: "AZ", Kind: "city"}}
		if a.place == "Azerbaijan" {
			r.Places[0].Kind = "country"
		}
	}
	return Read(r, cmp.Or(a.enricher, 1))
}

var picard = Key{Series: "picard", Kind: "conference", Year: 2015}

func foldAll(t *testing.T, overrides []Override, all ...told) Record {
	t.Helper()
	var readings []Reading
	for _, a := range all {
		readings = append(readings, a.reading(t))
	}
	return fold(picard, editionsOf(picard.topic(), readings), readings, overrides)
}

// history is the versions as lines: what changed, and what the event is then.
func history(r Record) []string {
	var lines []string
	for _, v := range r.Versions {
		line := fmt.Sprintf("%d:", v.Number)
		for _, c := range v.Changes {
			line += " " + string(c.Kind)
		}
		lines = append(lines, fmt.Sprintf("%s | %s %s %s", line, v.Status, ShowDates(v.Start, v.End), v.Place))
	}
	return lines
}

const (
	first  = "2015-09-08/2015-09-11"
	second = "2015-09-09/2015-09-12"
	third  = "2015-10-13/2015-10-16"
)

func TestARecordFollowsWhatReportsSay(t *testing.T) {
	announced := told{report: "a", day: 1, status: "announced", dates: first, place: "Baku"}
	for name, test := range map[string]struct {
		told      []told
		overrides []Override
		want      []string
	}{
		"new dates are a second version": {
			told: []told{announced, {report: "b", day: 30, status: "announced", dates: second, place: "Baku"}},
			want: []string{"1: new_edition | announced " + first + " Baku", "2: date_changed | announced " + second + " Baku"},
		},
		"copies add nothing": {
			told: []told{announced, {report: "b", story: "a", day: 1, status: "announced", dates: first, place: "Baku"}, {report: "c", day: 3, status: "announced", dates: first, place: "Baku"}},
			want: []string{"1: new_edition | announced " + first + " Baku"},
		},
		"a late copy of an old story does not bring the old dates back": {
			told: []told{
				{report: "a", story: "s", day: 1, status: "announced", dates: first, place: "Baku"},
				{report: "b", day: 30, status: "announced", dates: second, place: "Baku"},
				{report: "c", story: "s", day: 31, status: "announced", dates: first, place: "Baku"},
			},
			want: []string{"1: new_edition | announced " + first + " Baku", "2: date_changed | announced " + second + " Baku"},
		},
		"old dates that another story gives contradict, and two more stories settle it": {
			told: []told{
				announced,
				{report: "b", day: 30, status: "announced", dates: second, place: "Baku"},
				{report: "c", day: 31, status: "announced", dates: first, place: "Baku"},
				{report: "d", day: 32, status: "announced", dates: second},
				{report: "e", day: 33, status: "announced", dates: second},
			},
			want: []string{
				"1: new_edition | announced " + first + " Baku", "2: date_changed | announced " + second + " Baku",
				"3: conflicting | conflicting " + second + " Baku", "4: resolved | announced " + second + " Baku",
			},
		},
		"dates and place become more precise": {
			told: []told{
				{report: "a", day: 1, status: "announced", dates: "2015-09-01/2015-10-01", place: "Azerbaijan"},
				{report: "b", day: 2, status: "announced", dates: first, place: "Baku"},
				{report: "c", day: 3, status: "announced", dates: "2015-09-01/2015-10-01", place: "Azerbaijan"},
			},
			want: []string{"1: new_edition | announced 2015-09-01/2015-10-01 Azerbaijan", "2: dates_set place_set | announced " + first + " Baku"},
		},
		"confirmed, under way, held": {
			told: []told{
				announced,
				{report: "b", day: 90, status: "confirmed"},
				{report: "c", day: 250, status: "under way", dates: "2015-09-08/2015-09-09"},
				{report: "d", day: 253, status: "held", dates: "2015-09-10/2015-09-11"},
				{report: "e", day: 260, status: "announced", dates: second},
			},
			want: []string{
				"1: new_edition | announced " + first + " Baku", "2: confirmed | confirmed " + first + " Baku",
				"3: under_way | under way " + first + " Baku", "4: held | held " + first + " Baku",
			},
		},
		"postponed twice": {
			told: []told{
				announced, {report: "b", day: 20, status: "postponed"}, {report: "c", day: 40, status: "postponed", dates: second},
				{report: "d", day: 60, status: "postponed", dates: third},
			},
			want: []string{
				"1: new_edition | announced " + first + " Baku", "2: postponed | postponed " + first + " Baku",
				"3: postponed date_changed | postponed " + second + " Baku", "4: postponed date_changed | postponed " + third + " Baku",
			},
		},
		"postponed by a report that names the known dates": {
			told: []told{
				announced, {report: "b", day: 20, status: "postponed", dates: first, place: "Baku", planned: true},
				{report: "c", day: 21, status: "postponed", dates: first, planned: true}, {report: "d", day: 22, status: "announced", dates: first},
				{report: "e", day: 40, status: "announced", dates: third, place: "Baku"}, {report: "f", day: 41, status: "postponed", dates: first, planned: true},
			},
			want: []string{
				"1: new_edition | announced " + first + " Baku", "2: postponed | postponed " + first + " Baku",
				"3: resumed date_changed | announced " + third + " Baku",
			},
		},
		"the old dates of a postponement alone, then new ones": {
			told: []told{
				{report: "a", day: 20, status: "postponed", dates: first, planned: true}, {report: "b", day: 21, status: "postponed", dates: first, planned: true},
				{report: "c", day: 30, status: "postponed", dates: second},
			},
			want: []string{"1: new_edition postponed | postponed " + first + " ", "2: postponed date_changed | postponed " + second + " "},
		},
		"old dates that the register has in another way leave them and postpone": {
			told: []told{
				{report: "a", day: 1, status: "announced", dates: "2015-09-01/2015-10-01"}, {report: "b", day: 20, status: "postponed", dates: first, planned: true},
				{report: "c", day: 21, status: "postponed", dates: "2015-09-01/2015-10-01", planned: true}, {report: "d", day: 22, status: "postponed", dates: second, planned: true},
			},
			want: []string{"1: new_edition | announced 2015-09-01/2015-10-01 ", "2: postponed dates_set | postponed " + first + " "},
		},
		"dates of a postponement that are put off as well": {
			told: []told{
				announced, {report: "b", day: 20, status: "postponed", dates: second}, {report: "c", day: 40, status: "postponed", dates: second, planned: true},
				{report: "d", day: 41, status: "postponed", dates: second, planned: true},
			},
			want: []string{
				"1: new_edition | announced " + first + " Baku", "2: postponed date_changed | postponed " + second + " Baku",
				"3: postponed | postponed " + second + " Baku",
			},
		},
		"postponed again after it was announced anew": {
			told: []told{
				announced, {report: "b", day: 20, status: "postponed"}, {report: "c", day: 40, status: "announced", dates: second},
				{report: "d", day: 50, status: "postponed", dates: second, planned: true},
			},
			want: []string{
				"1: new_edition | announced " + first + " Baku", "2: postponed | postponed " + first + " Baku",
				"3: resumed date_changed | announced " + second + " Baku", "4: postponed | postponed " + second + " Baku",
			},
		},
		"a late copy of a postponement after a denial": {
			told: []told{
				announced, {report: "b", day: 20, status: "postponed", dates: first, planned: true}, {report: "c", day: 22, status: "confirmed", dates: first},
				{report: "d", day: 23, status: "postponed", dates: first, planned: true},
			},
			want: []string{
				"1: new_edition | announced " + first + " Baku", "2: postponed | postponed " + first + " Baku",
				"3: confirmed | confirmed " + first + " Baku",
			},
		},
		"postponed, then announced anew": {
			told: []told{announced, {report: "b", day: 20, status: "postponed"}, {report: "c", day: 40, status: "announced", dates: third}},
			want: []string{
				"1: new_edition | announced " + first + " Baku", "2: postponed | postponed " + first + " Baku",
				"3: resumed date_changed | announced " + third + " Baku",
			},
		},
		"the place moves": {
			told: []told{announced, {report: "b", day: 20, status: "moved", place: "Ganja"}, {report: "c", day: 22, status: "announced", dates: first, place: "Ganja"}},
			want: []string{"1: new_edition | announced " + first + " Baku", "2: moved place_changed | moved " + first + " Ganja"},
		},
		"cancelled, and a report that does not know": {
			told: []told{announced, {report: "b", day: 20, status: "cancelled"}, {report: "c", day: 22, status: "announced", dates: first}},
			want: []string{
				"1: new_edition | announced " + first + " Baku", "2: cancelled | cancelled " + first + " Baku",
				"3: conflicting | conflicting " + first + " Baku",
			},
		},
		"history is no announcement": {
			told: []told{{report: "a", day: 400, status: "held", dates: first, place: "Baku"}},
			want: []string{"1: recorded | held " + first + " Baku"},
		},
		"a correction by the same report": {
			told: []told{announced, {report: "a", revision: 2, day: 3, status: "announced", dates: second, place: "Baku"}},
			want: []string{"1: new_edition | announced " + first + " Baku", "2: date_changed | announced " + second + " Baku"},
		},
		"a revision that changes nothing of it": {
			told: []told{announced, {report: "b", day: 5, status: "announced", dates: second, place: "Baku"}, {report: "a", revision: 2, day: 9, status: "announced", dates: first, place: "Baku"}},
			want: []string{"1: new_edition | announced " + first + " Baku", "2: date_changed | announced " + second + " Baku"},
		},
		"a withdrawn report takes its dates back": {
			told: []told{announced, {report: "b", day: 5, status: "announced", dates: second}, {report: "b", revision: 2, day: 9, withdrawn: true}},
			want: []string{
				"1: new_edition | announced " + first + " Baku", "2: date_changed | announced " + second + " Baku",
				"3: date_changed | announced " + first + " Baku",
			},
		},
		"nothing is left when the only report is withdrawn": {
			told: []told{announced, {report: "a", revision: 2, day: 9, withdrawn: true}},
			want: []string{"1: new_edition | announced " + first + " Baku", "2: revised date_changed place_changed | withdrawn  "},
		},
		"an analyst has the last word": {
			told:      []told{announced, {report: "b", day: 30, status: "announced", dates: third, place: "Baku"}},
			overrides: []Override{{ID: "o1", Field: FieldDates, Value: second, By: "me", At: day(10)}},
			want:      []string{"1: new_edition | announced " + first + " Baku", "2: date_changed | announced " + second + " Baku"},
		},
		"an analyst takes it back": {
			told:      []told{announced, {report: "b", day: 30, status: "announced", dates: third, place: "Baku"}},
			overrides: []Override{{ID: "o1", Field: FieldDates, Value: second, By: "me", At: day(10), RevokedAt: day(40)}},
			want: []string{
				"1: new_edition | announced " + first + " Baku", "2: date_changed | announced " + second + " Baku",
				"3: date_changed | announced " + third + " Baku",
			},
		},
		"a later enricher reads the revision anew": {
			told: []told{announced, {report: "b", day: 30, status: "announced", dates: second, place: "Baku"}, {report: "b", enricher: 2, day: 30, status: "announced", dates: third, place: "Baku"}},
			want: []string{"1: new_edition | announced " + first + " Baku", "2: date_changed | announced " + third + " Baku"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := gocmp.Diff(test.want, history(foldAll(t, test.overrides, test.told...))); diff != "" {
				t.Errorf("the history (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWithdrawnEvidenceIsMarked(t *testing.T) {
	r := foldAll(t, nil, told{report: "a", day: 1, status: "announced", dates: first},
		told{report: "b", day: 5, status: "announced", dates: second}, told{report: "b", revision: 2, day: 9, withdrawn: true},
		told{report: "c", day: 12, status: "announced", dates: third}, told{report: "c", revision: 2, day: 13, status: "announced", dates: first})
	var got []string
	for _, v := range r.Versions {
		for _, e := range v.Evidence {
			got = append(got, fmt.Sprintf("%s withdrawn %t superseded %t", e.Report, e.Withdrawn, e.Superseded))
		}
	}
	want := []string{"a withdrawn false superseded false", "b withdrawn true superseded false", "c withdrawn false superseded true", "c withdrawn false superseded false"}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("the evidence (-want +got):\n%s", diff)
	}
}

// TestReadingsInAnyOrderFoldToTheSameRecord shuffles and repeats the readings
// of made-up reports with revisions, copies and withdrawals.
func TestReadingsInAnyOrderFoldToTheSameRecord(t *testing.T) {
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 8))
		readings := randomReadings(t, random)
		want := fold(picard, editionsOf(picard.topic(), readings), readings, nil)
		for range 4 {
			mixed := slices.Concat(readings, readings[:random.IntN(len(readings))])
			random.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
			got := fold(picard, editionsOf(picard.topic(), mixed), mixed, nil)
			if !want.same(got) {
				t.Fatalf("seed %d: another order gives another record (-want +got):\n%s", seed, gocmp.Diff(want, got))
			}
		}
	}
}

// randomReadings makes revisions of a few reports that speak of the event.
func randomReadings(t *testing.T, random *rand.Rand) []Reading {
	pick := func(values ...string) string { return values[random.IntN(len(values))] }
	var readings []Reading
	for i := range 2 + random.IntN(8) {
		at := random.IntN(40)
		for revision := 1; revision <= 1+random.IntN(3); revision++ {
			a := told{
				report: fmt.Sprintf("r%d", i), story: pick("", "s1", "s2"), revision: revision, day: at + revision*random.IntN(3),
				status: pick("announced", "announced", "confirmed", "postponed", "moved", "cancelled", "held", ""),
				dates:  pick(first, first, second, third, ""), place: pick("Baku", "Baku", "Ganja", "Azerbaijan", ""),
				organizer: pick("", "World Customs Organization", "State Customs Committee"), silent: random.IntN(9) == 0, withdrawn: revision > 1 && random.IntN(5) == 0,
				year: []int{2015, 2015, -1}[random.IntN(3)], edition: pick("", "9", "10"), planned: random.IntN(3) == 0,
			}
			readings = append(readings, a.reading(t))
			if random.IntN(4) == 0 {
				a.enricher, a.dates = 2, pick(first, second)
				readings = append(readings, a.reading(t))
			}
		}
	}
	return readings
}

func TestChangeIDsStayWhenALateReportMovesTheirVersion(t *testing.T) {
	a, b := told{report: "a", day: 1, status: "announced", dates: first}, told{report: "b", day: 30, status: "announced", dates: second}
	c := told{report: "c", day: 60, status: "cancelled"}
	known := map[string]bool{}
	for _, v := range foldAll(t, nil, b, c).Versions {
		for _, change := range v.Changes {
			known[change.ID] = true
		}
	}
	var fresh []string
	for _, v := range foldAll(t, nil, a, b, c).Versions {
		for _, change := range v.Changes {
			if !known[change.ID] {
				fresh = append(fresh, string(change.Kind))
			}
		}
	}
	if diff := gocmp.Diff([]string{string(DatesChanged)}, fresh); diff != "" {
		t.Errorf("what the late report brings (-want +got):\n%s", diff)
	}
}

func TestAnEventThatMovesToAnotherYearStaysTheEditionItWas(t *testing.T) {
	all := []told{
		{report: "a", day: 1, status: "announced", dates: first, place: "Baku", edition: "9"},
		{report: "b", day: 30, status: "postponed", dates: "2016-02-02/2016-02-05", year: 2016, edition: "9"},
		{report: "c", day: 31, status: "confirmed", year: -1, edition: "9"},
	}
	want := []string{
		"1: new_edition | announced " + first + " Baku", "2: postponed date_changed | postponed 2016-02-02/2016-02-05 Baku",
		"3: confirmed | confirmed 2016-02-02/2016-02-05 Baku",
	}
	if diff := gocmp.Diff(want, history(foldAll(t, nil, all...))); diff != "" {
		t.Errorf("the history (-want +got):\n%s", diff)
	}
}

// news folds what was known, publishes it, and folds all: what is told then.
func newsOf(t *testing.T, overrides []Override, known, more []Reading) (told, history []string) {
	t.Helper()
	foldReadings := func(readings []Reading) Record {
		return fold(picard, editionsOf(picard.topic(), readings), readings, overrides)
	}
	base := foldReadings(known)
	fresh, _ := base.news(Record{})
	base.Published = ids(fresh)
	record := foldReadings(slices.Concat(known, more))
	record.Published = base.Published
	fresh, again := record.news(base)
	for _, c := range fresh {
		line := fmt.Sprintf("%s %s→%s", c.Kind, c.Old, c.New)
		if c.Late {
			history = append(history, line)
		} else {
			told = append(told, line)
		}
	}
	record.Published = slices.Concat(base.Published, ids(fresh), again)
	if more, _ := record.news(record); len(more) > 0 {
		t.Errorf("told a second time: %+v", more)
	}
	return told, history
}

func TestWhatComesLateIsNewsUnlessItIsHistory(t *testing.T) {
	seen := func(day time.Time, a told) Reading {
		r := a.reading(t)
		for i := range r.Mentions {
			r.Mentions[i].Evidence.Seen = day
		}
		return r
	}
	onTime := func(a told) Reading { return seen(day(a.day), a) }
	announced := onTime(told{report: "a", day: 1, status: "announced", dates: first, place: "Baku"})
	cancelled := onTime(told{report: "z", day: 60, status: "cancelled"})
	moved := told{report: "m", day: 30, status: "announced", dates: second}
	placed := []Override{{ID: "o", Field: FieldPlace, Value: "Batumi", By: "ayla", Reason: "a call", At: day(50)}}
	for _, test := range []struct {
		name          string
		overrides     []Override
		known, more   []Reading
		told, history []string
	}{
		{"in order", nil, []Reading{announced}, []Reading{onTime(moved)}, []string{"date_changed " + first + "→" + second}, nil},
		{"overtaken on the way", nil, []Reading{announced, cancelled}, []Reading{onTime(moved)}, []string{"date_changed " + first + "→" + second}, nil},
		{"found days later", nil, []Reading{announced, cancelled}, []Reading{seen(day(34), moved)}, []string{"date_changed " + first + "→" + second}, nil},
		{"found in a heap of old papers", nil, []Reading{announced, cancelled, onTime(told{report: "n", day: 40, status: "postponed", dates: third})},
			[]Reading{seen(day(300), moved)}, nil, []string{"date_changed " + first + "→" + second}},
		{"found long after, and it holds", placed, []Reading{announced}, []Reading{seen(day(300), told{report: "c", day: 40, status: "cancelled"})},
			[]string{"cancelled announced→cancelled"}, nil},
		{"told before of another value", placed, []Reading{announced}, []Reading{onTime(told{report: "p", day: 40, status: "moved", place: "Ankara"})},
			[]string{"moved announced→moved", "place_changed Baku→Ankara"}, nil}, // not once more: to Batumi
	} {
		told, history := newsOf(t, test.overrides, test.known, test.more)
		if diff := gocmp.Diff(test.told, told); diff != "" {
			t.Errorf("%s: told (-want +got):\n%s", test.name, diff)
		}
		if diff := gocmp.Diff(test.history, history); diff != "" {
			t.Errorf("%s: history (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestEditionsOfOneYearAreEventsOfTheirOwn(t *testing.T) {
	var ids, titles []string
	for _, e := range []struct{ edition, start string }{
		{"2026-03", "2026-03-04"}, {"2026-04", "2026-04-08"}, {"2026-Q2", "2026-05-01"}, {"7", "2026-06-03"},
	} {
		start, err := news.ParseMoment(e.start)
		if err != nil {
			t.Fatal(err)
		}
		r := &news.Report{ID: e.edition, Revision: 1, Text: "The board will meet.", Published: day(1), Events: []news.Event{{
			Name: "Harbour Board Meeting", Series: "board", Kind: "meeting", Edition: e.edition, Year: 2026, Start: start, Status: news.EventAnnounced,
		}}}
		reading := Read(r, 1)
		k := reading.Mentions[0].Key
		record := fold(k, editionsOf(k.topic(), []Reading{reading}), []Reading{reading}, nil)
		ids, titles = append(ids, record.ID), append(titles, record.Title())
		if len(record.Versions) != 1 {
			t.Errorf("edition %s has %d versions", e.edition, len(record.Versions))
		}
		if record.key().id() != record.ID {
			t.Errorf("%s has the key of %s", record.ID, record.key().id())
		}
		if tag := k.tags(); keyOfTag(tag[len(tag)-1]).Edition != k.Edition || e.edition != "7" && len(tag) != 1 {
			t.Errorf("edition %s has the tags %q", e.edition, tag)
		}
	}
	if diff := gocmp.Diff([]string{"board-2026-03-meeting", "board-2026-04-meeting", "board-2026-q2-meeting", "board-2026-meeting"}, ids); diff != "" {
		t.Errorf("the records (-want +got):\n%s", diff)
	}
	if diff := gocmp.Diff([]string{"Harbour Board Meeting, March 2026", "Harbour Board Meeting, April 2026", "Harbour Board Meeting, Q2 2026", "7. Harbour Board Meeting 2026"}, titles); diff != "" {
		t.Errorf("their titles (-want +got):\n%s", diff)
	}
}
