package alert

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/configs"
	"github.com/dateline-news/dateline/enrich"
	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
)

// shipped is a house with the shipped rules, and an annotator for dispatches.
func shipped(t *testing.T) (*house, *enrich.Annotator) {
	t.Helper()
	h := newHouse(t, func(o *Options) { o.Rules = configs.Rules("") })
	annotator, err := enrich.New(configs.Files)
	if err != nil {
		t.Fatal(err)
	}
	h.start()
	h.settled() // the files are kept
	return h, annotator
}

func TestTheShippedRulesAreGood(t *testing.T) {
	h, _ := shipped(t)
	rules, err := h.service.Rules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, v := range rules {
		names[v.Rule.Name] = true
		if v.State != "on" || v.Broken != "" {
			t.Errorf("%s is %s: %s", v.Rule.Name, v.State, v.Broken)
		}
	}
	for _, want := range []string{"picard", "wco-region", "official-role"} {
		if !names[want] {
			t.Errorf("no rule %s", want)
		}
	}
}

// annotated is a dispatch as the stages before leave it.
func annotated(a *enrich.Annotator, id, title, text string) *news.Report {
	r := dispatch("kavkaz", id, title, text)
	r.Published = time.Date(2026, 3, 12, 11, 20, 0, 0, time.UTC)
	a.Annotate(r)
	return r
}

func TestTheShippedRuleTellsAWatchedOfficialsNewOffice(t *testing.T) {
	h, a := shipped(t)
	for i, text := range []string{
		"Baku. 12 March. KAVKAZ PRESS/ Chairman of the State Customs Committee Aydin Aliyev opened the new terminal in Baku.",
		"Baku. 13 March. KAVKAZ PRESS/ Committee Chairman Aydin Aliyev met officers of the terminal.",
		"Baku. 14 March. KAVKAZ PRESS/ Chairman of the State Customs Committee Vagif Mammadov praised the work of Aydin Aliyev.",
		"Baku. 15 March. KAVKAZ PRESS/ Deputy Prime Minister Aydin Aliyev received the guests in Baku.",
		"Baku. 16 March. KAVKAZ PRESS/ Deputy Prime Minister Aydin Aliyev spoke of the roads.",
	} {
		h.publish(annotated(a, fmt.Sprint(i), "Dispatch", text))
		h.settled()
	}
	entries := h.log("official-role")
	if len(entries) != 1 || !strings.HasPrefix(entries[0].Title, "Aydin Aliyev: Deputy Prime Minister") || entries[0].Sources[0].Report != "3" {
		t.Errorf("told %+v", entries)
	}
}

// take does what the index stage does with a report: it keeps it and has the
// register take its events.
func (h *house) take(events *register.Register, reports ...*news.Report) {
	h.t.Helper()
	h.publish(reports...)
	for _, r := range reports {
		if err := events.Take(h.t.Context(), []register.Reading{register.Read(r, 1)}); err != nil {
			h.t.Fatal(err)
		}
	}
}

// The parts of generated dispatches: where, of what kind, and what is said.
var (
	inRegion  = []string{"Baku", "Tbilisi", "Yerevan", "Astana", "Tashkent", "Bishkek", "Dushanbe"}
	elsewhere = []string{"Paris", "Vienna", "Lisbon", "Nairobi"}
	ofWCO     = []string{
		"The World Customs Organization (WCO) will hold a workshop on risk management in %s on April 14-16, %d.",
		"A regional seminar of the World Customs Organization (WCO) on rules of origin will take place in %s on June 1-3, %d.",
		"The World Customs Organization (WCO) will hold the Global Transit Conference in %s on May 3-5, %d, the organizers said.",
	}
	ofOthers = []string{
		"The Caspian Energy Forum will be held in %s on May 20-21, %d.",
		"Fans of Captain Picard will meet at the Star Trek convention in %s on August 5-9, %d.",
		"The World Customs Organization (WCO) held a workshop on risk management in %s in April, before the season of %d.",
		"The Caspian Ports Association will hold a workshop on mooring in %s on July 5-6, %d.",
	}
)

// TestTheShippedRulesOnGeneratedDispatches tells the rules of hundreds of
// dispatches, one of each kind in each city: the rule of a region tells of
// every meeting of the WCO there, once, and of nothing else; the rule of PICARD
// of nothing but PICARD.
func TestTheShippedRulesOnGeneratedDispatches(t *testing.T) {
	h, a := shipped(t)
	events := register.New(register.Options{Bus: h.bus, Store: h.archive, Logger: slog.New(slog.DiscardHandler)})
	want := map[string][]string{}
	n := 0
	tell := func(text string, rules ...string) {
		n++
		id := fmt.Sprintf("d%03d", n)
		h.take(events, annotated(a, id, "Dispatch "+id, "Baku. 12 March. KAVKAZ PRESS/ "+text))
		for _, name := range rules {
			want[name] = append(want[name], id)
		}
	}
	for i, city := range inRegion {
		for _, template := range ofWCO {
			tell(fmt.Sprintf(template, city, 2027+i), "wco-region")
		}
	}
	for i, city := range elsewhere {
		for _, template := range ofWCO {
			tell(fmt.Sprintf(template, city, 2037+i))
		}
	}
	for i, city := range append(inRegion, elsewhere...) {
		for _, template := range ofOthers {
			tell(fmt.Sprintf(template, city, 2027+i))
		}
	}
	for i, city := range []string{"Tbilisi", "Lisbon", "Tashkent", "Vienna"} {
		rules := []string{"picard", "wco-region"}
		if i%2 == 1 {
			rules = rules[:1]
		}
		tell(fmt.Sprintf("The next PICARD conference of the World Customs Organization (WCO) will be held in %s on October 6-8, %d.", city, 2030+i), rules...)
	}
	h.settled()
	for _, name := range []string{"picard", "wco-region"} {
		var told []string
		for _, e := range h.log(name) {
			told = append(told, e.Sources[0].Report)
		}
		slices.Sort(told)
		slices.Sort(want[name])
		if diff := cmp.Diff(want[name], told); diff != "" {
			t.Errorf("%s told of (-want +got):\n%s", name, diff)
		}
	}
}
