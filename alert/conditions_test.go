package alert

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/alert/notice"
	"github.com/dateline-news/dateline/alert/rule"
	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/wire"
)

// picard is the record of a conference as a report announced it.
func picard(report *news.Report) register.Record {
	return register.Record{
		ID: "picard-2026-conference", Name: "PICARD Conference", Series: "picard", Year: 2026, Kind: "conference",
		Values: register.Values{
			Status: news.EventAnnounced, Start: news.Day(2026, 10, 6), End: news.Day(2026, 10, 9), Place: "Tbilisi", Country: "GE", Organizer: "WCO",
		},
	}
}

// change is the nth version's change of the record.
func change(r register.Record, version int, kind register.Kind, old, new string, report *news.Report) register.Change {
	c := register.Change{
		ID: fmt.Sprintf("%s-%d-%s", r.ID, version, kind), Record: r.ID, Version: version, Kind: kind, Old: old, New: new,
		Evidence: []register.Evidence{{Report: report.ID, Agency: report.Agency, URL: report.URL, Title: report.Title, Text: report.Text, Published: report.Published}},
	}
	if kind == register.DatesChanged || kind == register.DatesSet {
		c.Field = register.FieldDates
	}
	return c
}

// enter appends an entry to the EVENTS stream.
func (h *house) enter(r register.Record, changes ...register.Change) {
	h.t.Helper()
	body, err := json.Marshal(register.Entry{Record: r, Changes: changes})
	if err != nil {
		h.t.Fatal(err)
	}
	id := r.ID
	for _, c := range changes {
		id += c.ID
	}
	if _, err := h.bus.Append(h.t.Context(), wire.StreamEvents, []string{r.Series, r.ID}, body, wire.Append{MessageID: id, Unordered: true}); err != nil {
		h.t.Fatal(err)
	}
}

func TestEventChangesAreToldOncePerVersion(t *testing.T) {
	h := newHouse(t, nil)
	h.rule("name: picard\nwhen: [new_edition, date_changed, place_changed, cancelled]\nevent: {series: [picard]}\nnotify: [desk]",
		"name: region\nwhen: [new_edition]\nquery: org:WCO\nevent: {country: [GE, AZ]}\nnotify: [desk]",
		"name: elsewhere\nwhen: [new_edition]\nevent: {country: [FR]}\nnotify: [desk]",
		"name: other\nwhen: [new_edition]\nquery: football\nnotify: [desk]")
	h.start()
	report := dispatch("wco", "1", "PICARD goes to Tbilisi", "The WCO holds its PICARD conference in Tbilisi on October 6-8, 2026.")
	report.Organizations = []news.Organization{{ID: "wco", Name: "World Customs Organization", Acronym: "WCO"}}
	h.publish(report)
	r := picard(report)
	h.enter(r, change(r, 1, register.NewEdition, "", "", report), change(r, 1, register.DatesSet, "", "2026-10-06/2026-10-09", report))
	wantTitles(t, h, "picard+region: PICARD Conference 2026: new edition")
	moved := dispatch("wco", "2", "PICARD moved", "The PICARD conference moves to October 13-15, 2026, and to Batumi.")
	h.publish(moved)
	r.Start, r.End, r.Place = news.Day(2026, 10, 13), news.Day(2026, 10, 16), "Batumi"
	dates := change(r, 2, register.DatesChanged, "2026-10-06/2026-10-09", "2026-10-13/2026-10-16", moved)
	place := change(r, 2, register.PlaceChanged, "Tbilisi", "Batumi", moved)
	late := change(r, 1, register.Cancelled, "announced", "cancelled", report)
	late.Late = true
	h.enter(r, dates, place, late)
	gone := change(r, 3, register.Cancelled, news.EventAnnounced, news.EventCancelled, moved)
	gone.Field = register.FieldStatus
	h.enter(r, gone)
	wantTitles(t, h, "picard+region: PICARD Conference 2026: new edition",
		"picard: PICARD Conference 2026: date changed: 2026-10-06 – 2026-10-08 → 2026-10-13 – 2026-10-15; place changed: Tbilisi → Batumi",
		"picard: PICARD Conference 2026: cancelled")
	for _, p := range h.hook.payloads() {
		if strings.Contains(p.Data.Title, "date changed") && !strings.Contains(p.Data.Text, "when: 13–15 October 2026\nwhere: Batumi") {
			t.Errorf("the text does not say when and where:\n%s", p.Data.Text)
		}
	}
}

func TestCopiesAddTheirSourceToTheNoticeOfAnEvent(t *testing.T) {
	h := newHouse(t, nil)
	h.rule("name: picard\nwhen: [new_edition]\nnotify: [desk]")
	h.start()
	copyOf := func(source string) *news.Report {
		r := dispatch(source, source, "PICARD goes to Tbilisi", "The PICARD conference is held in Tbilisi.")
		r.Story = "story-1"
		return r
	}
	first := copyOf("wco")
	h.publish(first, copyOf("before"))
	r := picard(first)
	c := change(r, 1, register.NewEdition, "", "", first)
	c.Evidence[0].Story = first.Story
	h.enter(r, c)
	wantTitles(t, h, "picard: PICARD Conference 2026: new edition")
	h.publish(copyOf("after"))
	h.eventually("all three sources stand in the log", func() bool {
		entries := h.log("picard")
		return len(entries) == 1 && len(entries[0].Sources) == 3 && entries[0].Sources[0].Report == "wco"
	})
	wantTitles(t, h, "picard: PICARD Conference 2026: new edition")
}

func TestAQuoteOfAPersonIsTold(t *testing.T) {
	h := newHouse(t, nil)
	h.rule("name: words\nquery: ferry\nquote_by: [Aydin Aliyev]\nnotify: [desk]")
	h.start()
	quoted := dispatch("harbour", "1", "Ferry talk", "The ferry is new.\n\n\"It sails,\" Aliyev said.")
	quoted.People = []news.Person{{ID: "aydin-aliyev", Name: "Aydin Aliyev"}}
	at := strings.Index(quoted.Text, "\"It")
	quoted.Quotes = []news.Quote{{Span: news.Span{Start: at, End: at + 11}, Text: "It sails,", Kind: "direct", Speaker: &news.Speaker{Kind: "person", ID: "aydin-aliyev", Name: "Aliyev"}}}
	named := dispatch("harbour", "2", "Ferry visit", "Aydin Aliyev saw the ferry.")
	named.People = []news.Person{{ID: "aydin-aliyev", Name: "Aydin Aliyev"}}
	h.publish(named, quoted)
	wantTitles(t, h, "words: Ferry talk")
	if n := h.hook.payloads()[0].Data.Notices[0]; n.Trigger != notice.QuoteBy || n.Text != `"It sails,"` {
		t.Errorf("the notice is %+v", n)
	}
}

func TestANewOfficeIsToldOnce(t *testing.T) {
	h := newHouse(t, nil)
	h.rule("name: offices\nrole_changed: [Aydin Aliyev]\nnotify: [desk]")
	h.start()
	n := 0
	says := func(title, organization string, former bool) {
		n++
		r := dispatch("harbour", fmt.Sprint(n), "Report", "Aydin Aliyev, "+title+" of the "+organization+", spoke.")
		r.People = []news.Person{{ID: "aydin-aliyev", Name: "Aydin Aliyev", Roles: []news.Role{{Title: title, Organization: organization, Former: former, Span: news.Span{Start: 14, End: 18}}}}}
		h.publish(r)
		h.settled()
	}
	says("chairman", "State Customs Committee", false) // where watching begins
	says("Committee chairman", "Customs Committee", false)
	says("minister", "Ministry of Taxes", true)
	says("ambassador", "Republic", false)
	says("ambassador", "Republic", false)
	wantTitles(t, h, "offices: Aydin Aliyev: ambassador, Republic")
}

func TestARiseIsToldOnce(t *testing.T) {
	day := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	s := rule.Spike{Window: rule.Duration(24 * time.Hour), Baseline: rule.Duration(10 * 24 * time.Hour), Factor: 3, Minimum: 5}
	c := counted{Since: day}
	fired := 0
	count := func(at time.Time, id string) {
		before := c.Fired
		c.add(id, at, s)
		if c.Fired != before {
			fired++
		}
	}
	for i := range 20 { // two stories a day
		count(day.Add(time.Duration(i)*12*time.Hour+time.Hour), fmt.Sprint("usual", i))
	}
	if fired != 0 {
		t.Fatalf("two stories a day fired %d times", fired)
	}
	tenth := day.AddDate(0, 0, 10)
	for i := range 12 {
		count(tenth.Add(time.Duration(i)*time.Hour), fmt.Sprint("more", i))
		count(tenth.Add(time.Duration(i)*time.Hour), fmt.Sprint("more", i)) // a copy counts once
	}
	if fired != 1 || c.Fired.Count < 6 || c.Fired.Usual < 1.8 || c.Fired.Usual > 2.2 {
		t.Errorf("fired %d times, %+v", fired, c.Fired)
	}
	if n := len(c.Stories); n > 34 {
		t.Errorf("%d stories are remembered", n)
	}
}

func TestARiseNeedsSomethingToCompareWith(t *testing.T) {
	day := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	c := counted{Since: day}
	for i := range 100 {
		c.add(fmt.Sprint(i), day.Add(time.Duration(i)*time.Minute), rule.Spike{Window: rule.Duration(24 * time.Hour), Baseline: rule.Duration(240 * time.Hour), Factor: 3, Minimum: 5})
	}
	if c.Fired != nil {
		t.Errorf("a rule that has just begun fired: %+v", c.Fired)
	}
}

func TestARiseComesThroughTheStage(t *testing.T) {
	night := tonight()
	h, c := clocked(t, night)
	h.rule("name: rise\nquery: ferry\nspike: {window: 1h, baseline: 12h, factor: 3, minimum: 4}\nnotify: [desk]")
	c.set(night)
	h.start()
	for i := range 6 {
		h.publish(dispatch("harbour", fmt.Sprint(i), fmt.Sprint("Ferry ", i), "The ferry left."))
		h.settled()
	}
	wantTitles(t, h, "rise: rise: 4 stories in 1h, usually 0.0")
}

func TestASilentSourceIsToldOnce(t *testing.T) {
	now := time.Now()
	h, c := clocked(t, now)
	// Rules of other lengths show that the stage has looked.
	h.rule("name: quiet\nsilence: {source: harbour, for: 2h}\nnotify: [desk]", "name: half\nsilence: {source: harbour, for: 30m}\nnotify: [desk]",
		"name: six\nsilence: {source: harbour, for: 6h}\nnotify: [desk]")
	c.set(now)
	// First: the rules are two days old, and a source of which nothing ever
	// came has been silent for as long.
	h.publish(dispatch("harbour", "1", "Ferry sails", "The ferry left."))
	h.start()
	h.settled()
	c.set(now.Add(time.Hour))
	wantTitles(t, h, "half: No report from harbour for 30m")
	c.set(now.Add(3 * time.Hour))
	wantTitles(t, h, "half: No report from harbour for 30m", "quiet: No report from harbour for 2h")
	c.set(now.Add(9 * time.Hour))
	wantTitles(t, h, "half: No report from harbour for 30m", "quiet: No report from harbour for 2h", "six: No report from harbour for 6h")
}

func TestAMissingEditionIsToldOnItsDay(t *testing.T) {
	for _, test := range []struct {
		name   string
		status string
		dated  bool
		want   int
	}{
		{"nothing known", "", false, 1},
		{"announced with dates", news.EventAnnounced, true, 0},
		{"announced without dates", news.EventAnnounced, false, 1},
		{"postponed", news.EventPostponed, true, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			day := time.Now().UTC().AddDate(0, 0, 1).Truncate(24 * time.Hour)
			h, c := clocked(t, day)
			h.rule(fmt.Sprintf("name: edition\nsilence: {series: picard, edition: \"2026\", by: %s}\nnotify: [desk]", day.Format(time.DateOnly)),
				fmt.Sprintf("name: mark\nsilence: {series: none, by: %s}\nnotify: [desk]", day.Format(time.DateOnly)))
			h.start()
			if test.status != "" {
				r := picard(nil)
				r.Status = test.status
				if !test.dated {
					r.Start, r.End = news.Moment{}, news.Moment{}
				}
				h.enter(r)
			}
			h.settled()
			c.set(day.Add(time.Hour))
			want := []string{"mark: No confirmed edition of none by " + day.Format(time.DateOnly)}
			if test.want > 0 {
				want = append(want, "edition: No confirmed edition of picard 2026 by "+day.Format(time.DateOnly))
			}
			wantTitles(t, h, want...)
		})
	}
}

func TestABrokenRuleIsKeptAndItsOwnerTold(t *testing.T) {
	h := newHouse(t, nil)
	h.rule("name: ferries\nquery: ferry\nnotify: [desk]\nowner: desk")
	h.start()
	v, err := h.service.Put(t.Context(), "ferries", []byte("name: ferries\nquery: 'persn:ferry'\nnotify: [desk]\nowner: desk"))
	if err != nil || !strings.Contains(v.Broken, "did you mean person:?") || v.State != "broken, alerting as before" {
		t.Fatalf("%+v, %v", v, err)
	}
	wantTitles(t, h, "ferries: Urgent: Alert rule ferries is broken")
	h.publish(dispatch("harbour", "1", "Ferry sails", "The ferry left."))
	wantTitles(t, h, "ferries: Ferry sails", "ferries: Urgent: Alert rule ferries is broken")
	h.rule("name: ferries\nquery: ferry\nnotify: [desk]\nowner: desk")
	if v, err := h.service.Rule(t.Context(), "ferries"); err != nil || v.State != "on" || v.Broken != "" {
		t.Errorf("mended it is %+v, %v", v, err)
	}
}

func TestARuleThatCannotBeReadIsKeptAsItWasWritten(t *testing.T) {
	h := newHouse(t, nil)
	source := "name: odd\nquerry: ferry\n"
	if _, err := h.service.Put(t.Context(), "odd", []byte(source)); err != nil {
		t.Fatal(err)
	}
	v, err := h.service.Rule(t.Context(), "odd")
	if err != nil || v.YAML != source || v.State != "broken" || !strings.Contains(v.Broken, `did you mean "query"?`) {
		t.Errorf("%+v, %v", v, err)
	}
	if _, err := h.service.Put(t.Context(), "", []byte("query: ferry")); err == nil || !strings.Contains(err.Error(), "is not a name") {
		t.Errorf("a rule without a name: %v", err)
	}
}

func TestABacktestSaysWhatWouldHaveBeenTold(t *testing.T) {
	h := newHouse(t, nil)
	day := time.Date(2026, 3, 10, 0, 0, 0, 0, time.UTC)
	for i, hour := range []int{9, 10, 23, 33} { // the 10th by day, its night, and the next morning
		r := dispatch("harbour", fmt.Sprint(i), fmt.Sprint("Ferry ", i), "The ferry left the port of the World Customs Organization.")
		r.Seen = day.Add(time.Duration(hour) * time.Hour)
		if i == 1 {
			r.Story = "0" // a copy of the first
		}
		h.publish(r)
	}
	other := dispatch("harbour", "9", "Train", "The train left.")
	other.Seen = day.Add(12 * time.Hour)
	h.publish(other)
	r, err := rule.Decode("rule", []byte("name: draft\nquery: ferry WCO\nquiet: {from: '22:00', to: '07:00'}"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := h.service.Backtest(t.Context(), r, day)
	if err != nil {
		t.Fatal(err)
	}
	want := []Day{{"2026-03-10", 3, 2, 1}, {"2026-03-11", 1, 1, 2}}
	if diff := cmp.Diff(want, got.Days); diff != "" {
		t.Error(diff)
	}
	if got.Reports != 5 || got.Matched != 4 || got.Notices != 3 || got.Messages != 3 || len(got.Disagreements) != 0 || len(got.Samples) != 3 || len(got.Samples[2].Sources) != 2 {
		t.Errorf("the backtest is %+v", got)
	}
	if len(h.hook.tries) != 0 || len(h.log("draft")) != 0 {
		t.Error("a backtest sent or kept something")
	}
}
