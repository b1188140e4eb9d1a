package alert

import (
	"fmt"
	"strings"
	"testing"
	"time"

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

// entryOf makes an entry of the register of the first event of a report.
func entryOf(t *testing.T, r *news.Report, country string) (register.Record, register.Change) {
	t.Helper()
	if len(r.Events) == 0 {
		t.Fatalf("no event is read in %q", r.Text)
	}
	e := r.Events[0]
	record := register.Record{
		ID: news.Slug(fmt.Sprint(e.Name, e.Year, r.ID)), Name: e.Name, Series: e.Series, Edition: e.Edition, Year: e.Year, Kind: e.Kind,
		Values: register.Values{Status: e.Status, Start: e.Start, End: e.End, Place: e.Place, Country: country, Host: e.Host, Organizer: e.Organizer},
	}
	return record, change(record, 1, register.NewEdition, "", "", r)
}

func TestTheShippedRulesTellOfEvents(t *testing.T) {
	h, a := shipped(t)
	for i, d := range []struct{ text, country string }{
		{"Tbilisi. 12 March. KAVKAZ PRESS/ The next PICARD conference of the World Customs Organization (WCO) will be held in Tbilisi on October 6-8, 2026.", "GE"},
		{"Baku. 12 March. KAVKAZ PRESS/ The World Customs Organization (WCO) will hold a workshop on risk management in Baku on April 14-16, 2026.", "AZ"},
		{"Paris. 12 March. KAVKAZ PRESS/ The World Customs Organization (WCO) will hold a workshop on risk management in Paris on April 14-16, 2026.", "FR"},
		{"Las Vegas. 12 March. KAVKAZ PRESS/ Fans of Captain Picard will meet at the Star Trek convention in Las Vegas on August 5-9, 2026.", "US"},
		{"Baku. 12 March. KAVKAZ PRESS/ The Caspian Energy Forum will be held in Baku on May 20-21, 2026.", "AZ"},
	} {
		r := annotated(a, fmt.Sprint(i), "Dispatch", d.text)
		h.publish(r)
		record, c := entryOf(t, r, d.country)
		h.enter(record, c)
		h.settled()
	}
	for rule, want := range map[string]string{"picard": "0", "wco-region": "1 0"} {
		var reports []string
		for _, e := range h.log(rule) {
			reports = append(reports, e.Sources[0].Report)
		}
		if got := strings.Join(reports, " "); got != want {
			t.Errorf("%s told of dispatches %q, want %q", rule, got, want)
		}
	}
}
