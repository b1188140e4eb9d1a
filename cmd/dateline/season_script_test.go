package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// seasonDispatch is a file of the inbox.
type seasonDispatch struct {
	slug, agency, title, text string
	published                 time.Time
}

func (d seasonDispatch) content() string {
	return fmt.Sprintf("Title: %s\nAgency: %s\nDate: %s\nURL: https://%s.example/%s\n\n%s\n",
		d.title, d.agency, d.published.Format("2006-01-02 15:04"), strings.ToLower(strings.ReplaceAll(d.agency, " ", "-")), d.slug, d.text)
}

// happening is a real event, with what is reported of it and what the
// register is to make of it.
type happening struct {
	id, name string // the name has %d for the year
	year     int
	series   bool     // of a series: a call for papers alone tells of it
	dates    []string // as they are written, without the year
	spans    []string // as the register shows them
	places   []string
	// told are the dispatches by wave: no wave has two of one event.
	told [][]seasonDispatch
	want []string
}

// season is all events, and dispatches that tell of none.
type season struct {
	events  []*happening
	noise   []seasonDispatch
	reports int
}

var seasonAgencies = []string{"Caspian Wire", "Harbour News", "Levant Press", "Steppe Daily", "Silk Road Agency"}

// seasonSeries are the series that have an edition in every year, with names
// as agencies write them.
var seasonSeries = []struct{ id, kind, name string }{
	{"picard", "conference", "PICARD %d conference of the World Customs Organization"},
	{"wco-technology", "conference", "%d WCO Technology Conference"},
	{"global-baku-forum", "forum", "%d Global Baku Forum"},
	{"antalya-forum", "forum", "%d Antalya Diplomacy Forum"},
	{"nato-summit", "summit", "%d NATO summit"},
	{"cop", "conference", "%d UN Climate Change Conference"},
	{"spief", "forum", "%d St. Petersburg International Economic Forum"},
	{"other.caspian-customs", "forum", "%d Caspian Customs Forum"},
	{"other.eurasian-ports", "exhibition", "%d Eurasian Ports Exhibition"},
}

// newSeason writes the dispatches of the events of so many years.
func newSeason(years int, random *rand.Rand) *season {
	s := new(season)
	n := random.IntN(len(seasonScripts))
	for y := range years {
		for _, series := range seasonSeries {
			year := 2016 + y
			h := newHappening(fmt.Sprintf("%s-%d-%s", series.id, year, series.kind), series.name, year, random)
			seasonScripts[n%len(seasonScripts)](h)
			n++
			s.events = append(s.events, h)
			for _, wave := range h.told {
				s.reports += len(wave)
			}
		}
	}
	s.addNoise(years * 6)
	return s
}

func newHappening(id, name string, year int, random *rand.Rand) *happening {
	h := &happening{id: id, name: name, year: year, series: !strings.HasPrefix(id, "other.")}
	for _, i := range random.Perm(len(seasonCities))[:2] {
		h.places = append(h.places, seasonCities[i])
	}
	month := []time.Month{time.June, time.September, time.October}[random.IntN(3)]
	day, apart := 3+random.IntN(10), 1+random.IntN(4)
	for i := range 3 {
		start := time.Date(year, month, day+i*apart, 0, 0, 0, 0, time.UTC)
		h.dates = append(h.dates, fmt.Sprintf("%s %d-%d", month, start.Day(), start.Day()+2))
		h.spans = append(h.spans, start.Format(time.DateOnly)+"/"+start.AddDate(0, 0, 3).Format(time.DateOnly))
	}
	return h
}

var seasonCities = []string{"Tbilisi", "Tashkent", "Vienna", "Ankara", "Helsinki", "Lisbon"}

// tell adds the next dispatch of the event, of a day counted from the first of
// January of the year before; further agencies copy it.
func (h *happening) tell(day int, agency int, text string, copies ...int) {
	at := time.Date(h.year-1, 1, 1, 8, 0, 0, 0, time.UTC).AddDate(0, 0, day)
	var wave []seasonDispatch
	for i, a := range append([]int{agency}, copies...) {
		wave = append(wave, seasonDispatch{
			slug: fmt.Sprintf("%s-%d", strings.ReplaceAll(h.id, ".", "-"), len(h.told)), agency: seasonAgencies[a%len(seasonAgencies)],
			title: fmt.Sprintf(h.name, h.year), text: text, published: at.Add(time.Duration(i) * 40 * time.Minute),
		})
	}
	// A copy comes in a wave of its own: reports of one wave may overtake.
	for _, d := range wave {
		h.told = append(h.told, []seasonDispatch{d})
	}
}

// becomes says what the register has after the last dispatch.
func (h *happening) becomes(changes, status string, dates, place int) {
	shown := func(values []string, i int) string {
		if i < 0 {
			return ""
		}
		return values[i]
	}
	h.want = append(h.want, fmt.Sprintf("%d: %s | %s %s %s", len(h.want)+1, changes, status, shown(h.spans, dates), shown(h.places, place)))
}

func (h *happening) title() string { return fmt.Sprintf(h.name, h.year) }

// The sentences that dispatches are made of.
func (h *happening) announces(dates, place int) string {
	return fmt.Sprintf("The %s will be held in %s on %s, %d, the organizers said on Monday.\n\n"+
		"Hundreds of delegates are expected, and hotels near the venue have begun to fill, a spokesman added.", h.title(), h.places[place], h.dates[dates], h.year)
}

func (h *happening) hosts(dates, place int) string {
	return fmt.Sprintf("%s will host the %s on %s, %d, the press office of the city reported.\n\n"+
		"Streets around the congress hall will be closed for traffic, and trams will run more often.", h.places[place], h.title(), h.dates[dates], h.year)
}

func (h *happening) changes(dates int) string {
	return fmt.Sprintf("The %s will take place on %s, %d, and not on the days named earlier, the organizers said.\n\n"+
		"Tickets that were bought before stay valid; airlines have been told.", h.title(), h.dates[dates], h.year)
}

func (h *happening) calls() string {
	return fmt.Sprintf("The organizers have opened the call for papers for the %s.\n\nAuthors may write in any language of the region.", h.title())
}

func (h *happening) moves(place int) string {
	return fmt.Sprintf("The %s has been moved to %s, the organizers said.\n\nThe old hall is under repair after a flood in spring.", h.title(), h.places[place])
}

func (h *happening) postpones(dates int) string {
	return fmt.Sprintf("The %s has been postponed to %s, %d, the organizers said.\n\nThey gave no reason for the delay.", h.title(), h.dates[dates], h.year)
}

func (h *happening) suspends(dates int) string {
	return fmt.Sprintf("The %s planned for %s, %d, has been put off until further notice, the organizers said.\n\nThey will name another day when they know more.",
		h.title(), h.dates[dates], h.year)
}

func (h *happening) cancels(dates int) string {
	return fmt.Sprintf("The organizers have called off the %s, which was to take place on %s, %d.\n\nThose who have paid get their money back.",
		h.title(), h.dates[dates], h.year)
}

func (h *happening) confirms() string {
	return fmt.Sprintf("The organizers confirmed that the %s will be held as planned.\n\nRumours had said otherwise for weeks.", h.title())
}

func (h *happening) tells(dates, place int) string {
	return fmt.Sprintf("The %s was held in %s on %s, %d.\n\nDelegates adopted a statement and thanked their hosts.", h.title(), h.places[place], h.dates[dates], h.year)
}

// after is a day after the event.
const after = 365 + 300

// seasonScripts are the courses that events take.
var seasonScripts = []func(h *happening){
	func(h *happening) { // new dates, then all goes well
		h.tell(40, 0, h.announces(0, 0), 1, 2)
		h.becomes("new_edition", "announced", 0, 0)
		h.tell(60, 1, h.calls())
		h.tell(120, 0, h.changes(1), 3)
		h.becomes("date_changed", "announced", 1, 0)
		h.tell(200, 2, h.confirms())
		h.becomes("confirmed", "confirmed", 1, 0)
		h.tell(after, 4, h.tells(1, 0), 1)
		h.becomes("held", "held", 1, 0)
	},
	func(h *happening) { // another place
		h.tell(50, 2, h.hosts(0, 0), 4)
		h.becomes("new_edition", "announced", 0, 0)
		h.tell(150, 3, h.moves(1), 0)
		h.becomes("moved place_changed", "moved", 0, 1)
		h.tell(190, 1, h.announces(0, 1))
		h.tell(after, 0, h.tells(0, 1))
		h.becomes("held", "held", 0, 1)
	},
	func(h *happening) { // postponed, and cancelled after all
		h.tell(30, 1, h.announces(0, 0), 0)
		h.becomes("new_edition", "announced", 0, 0)
		h.tell(90, 1, h.postpones(2), 3)
		h.becomes("postponed date_changed", "postponed", 2, 0)
		h.tell(95, 4, h.hosts(2, 0))
		h.tell(210, 2, h.cancels(2), 1)
		h.becomes("cancelled", "cancelled", 2, 0)
	},
	func(h *happening) { // postponed without a new date, and announced anew
		h.tell(45, 3, h.announces(0, 0))
		h.becomes("new_edition", "announced", 0, 0)
		h.tell(130, 3, h.suspends(0), 0)
		h.becomes("postponed", "postponed", 0, 0)
		h.tell(220, 0, h.hosts(2, 0), 2)
		h.becomes("resumed date_changed", "announced", 2, 0)
	},
	func(h *happening) { // history, told in later years
		h.tell(365*3, 2, h.tells(0, 0), 1)
		h.becomes("recorded", "held", 0, 0)
		h.tell(365*4, 0, h.tells(0, 0))
	},
	func(h *happening) { // two stories contradict each other
		h.tell(40, 0, h.announces(0, 0))
		h.becomes("new_edition", "announced", 0, 0)
		h.tell(80, 0, h.changes(1))
		h.becomes("date_changed", "announced", 1, 0)
		h.tell(120, 2, h.hosts(0, 0))
		h.becomes("conflicting", "conflicting", 1, 0)
		h.tell(160, 0, h.postpones(2))
		h.becomes("postponed resolved date_changed", "postponed", 2, 0)
	},
	func(h *happening) { // first a call for papers, then all of it
		h.tell(20, 1, h.calls(), 4)
		change := "new_edition"
		if h.series {
			h.becomes(change, "announced", -1, -1)
			change = "dates_set place_set"
		}
		h.tell(70, 3, h.hosts(1, 1), 2)
		h.becomes(change, "announced", 1, 1)
	},
}

// addNoise adds dispatches that tell of no event of the register.
func (s *season) addNoise(n int) {
	for i := range n {
		text := seasonNoise[i%len(seasonNoise)]
		if strings.Contains(text, "%d") {
			text = fmt.Sprintf(text, 2016+i/len(seasonNoise))
		}
		s.noise = append(s.noise, seasonDispatch{
			slug: fmt.Sprint("noise-", i), agency: seasonAgencies[i%len(seasonAgencies)], title: "In brief", text: fmt.Sprintf("%s\n\nThis is item %d of the day.", text, i),
			published: time.Date(2016+i/len(seasonNoise), 3, 1+i%20, 9, 0, 0, 0, time.UTC),
		})
	}
	s.reports += n
}

var seasonNoise = []string{
	"Fans of Star Trek will meet Captain Jean-Luc Picard at the Picard convention in Las Vegas on August 6-9, %d.",
	"Captain Picard is back: the new series about the starship was shown to critics in London on Tuesday.",
	"Prices of grain rose in the ports of the Black Sea on Thursday, traders said.",
	"The minister met a delegation of engineers and spoke about the railway to the sea.",
	"A ferry ran aground near the harbour on Sunday; nobody was hurt, the coast guard said.",
	"Jean Picard, a baker from Lyon, won the prize for the best bread of the year.",
}

// waves are the dispatches in the order in which they come.
func (s *season) waves() [][]seasonDispatch {
	var waves [][]seasonDispatch
	for n := 0; ; n++ {
		var wave []seasonDispatch
		for _, h := range s.events {
			if n < len(h.told) {
				wave = append(wave, h.told[n]...)
			}
		}
		if n == 0 {
			wave = append(wave, s.noise...)
		}
		if len(wave) == 0 {
			return waves
		}
		waves = append(waves, wave)
	}
}
