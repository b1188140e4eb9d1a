package indextest

import (
	"fmt"
	"strings"
	"time"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/news"
)

// Reports returns the reports that the queries of the suite are asked of,
// freshly made. They are written for it and describe nothing that happened.
func Reports() []*news.Report {
	var all []*news.Report
	for _, drafts := range [][]*draft{customsReports(), tradeReports(), languageReports(), oddReports()} {
		for _, d := range drafts {
			all = append(all, &d.Report)
		}
	}
	return all
}

// draft is a report being put together; its methods add to it what a stage
// before would have read from its text.
type draft struct{ news.Report }

// dispatch begins a report that was published at the time, in RFC 3339, and
// seen a minute later.
func dispatch(id, agency, published, title, text string) *draft {
	at, err := time.Parse(time.RFC3339, published)
	if err != nil {
		panic(fmt.Sprintf("report %s: %v", id, err))
	}
	return &draft{news.Report{
		ID: id, Revision: 1, Source: strings.ToLower(agency), Agency: agency, Language: "en",
		Published: at, Seen: at.Add(time.Minute), Title: title, Text: text,
	}}
}

func (d *draft) from(source string) *draft   { d.Source = source; return d }
func (d *draft) in(language string) *draft   { d.Language = language; return d }
func (d *draft) seen(at string) *draft       { d.Seen = parse(at).Time; return d }
func (d *draft) status(status string) *draft { d.Status = status; return d }

// span returns where the first of the names stands in the text; names that
// do not stand there are given the first letter.
func (d *draft) span(names ...string) news.Span {
	for _, name := range names {
		if at := strings.Index(d.Text, name); at >= 0 && name != "" {
			return news.Span{Start: at, End: at + len(name)}
		}
	}
	end := 1
	for end < len(d.Text) && d.Text[end]&0xC0 == 0x80 {
		end++
	}
	return news.Span{Start: 0, End: end}
}

func (d *draft) mentions(names ...string) []news.Mention {
	return []news.Mention{{Span: d.span(names...), Kind: news.MentionName}}
}

// person adds a person under an id made of the name.
func (d *draft) person(name string, aliases ...string) *draft {
	d.People = append(d.People, news.Person{
		ID: news.PersonID(name), Name: name, Aliases: aliases, Mentions: d.mentions(append(aliases, name)...),
	})
	return d
}

// role gives the person added last an office.
func (d *draft) role(title, organization string) *draft {
	p := &d.People[len(d.People)-1]
	p.Roles = append(p.Roles, news.Role{Title: title, Organization: organization, Span: d.span(title)})
	return d
}

func (d *draft) org(name, acronym string, aliases ...string) *draft {
	d.Organizations = append(d.Organizations, news.Organization{
		ID: strings.ToLower(strings.ReplaceAll(name, " ", "-")), Name: name, Acronym: acronym, Aliases: aliases,
		Mentions: d.mentions(name, acronym),
	})
	return d
}

func (d *draft) place(name, country string) *draft {
	d.Places = append(d.Places, news.Place{
		ID: strings.ToLower(name), Name: name, Country: country, Kind: "city", Mentions: d.mentions(name),
	})
	if p, ok := points[name]; ok {
		place := &d.Places[len(d.Places)-1]
		place.Lat, place.Lon = &p.Lat, &p.Lon
	}
	return d
}

// points are where some places of the fixture lie.
var points = map[string]index.Point{
	"Baku": {Lat: 40.377, Lon: 49.892}, "Tbilisi": {Lat: 41.694, Lon: 44.834}, "Manila": {Lat: 14.604, Lon: 120.982},
	"Brussels": {Lat: 50.85, Lon: 4.349}, "Poti": {Lat: 42.147, Lon: 41.672}, "Nairobi": {Lat: -1.283, Lon: 36.817},
}

// date adds a date, whose ends are days or instants, or "" for none.
func (d *draft) date(start, end string) *draft {
	d.Dates = append(d.Dates, news.Date{Span: d.span(), Text: d.span().Of(d.Text), Type: news.TypeDate, Start: parse(start), End: parse(end)})
	return d
}

// event adds an event in the same way.
func (d *draft) event(name, start, end string) *draft {
	d.Events = append(d.Events, news.Event{Name: name, Start: parse(start), End: parse(end), Status: news.EventAnnounced, Span: d.span(name)})
	return d
}

// quote adds a quotation by the speaker, who is a person of the report when
// the id says so.
func (d *draft) quote(text, speaker, id string) *draft {
	q := news.Quote{Span: d.span(text), Text: text, Kind: "direct", Cue: "said"}
	if speaker != "" {
		q.Speaker = &news.Speaker{Kind: "person", ID: id, Name: speaker, Span: d.span(speaker)}
	}
	d.Quotes = append(d.Quotes, q)
	return d
}

func parse(moment string) news.Moment {
	if moment == "" {
		return news.Moment{}
	}
	m, err := news.ParseMoment(moment)
	if err != nil {
		panic(err)
	}
	return m
}
