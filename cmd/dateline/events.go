package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"

	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/serve/client"
)

// eventsCommand is `dateline events`: the event register of a running Dateline.
type eventsCommand struct {
	List     eventsListCommand     `cmd:"" default:"withargs" help:"List events."`
	Show     eventsShowCommand     `cmd:"" help:"Show an event with its versions and all evidence."`
	Override eventsOverrideCommand `cmd:"" help:"Set a value of an event over what reports say."`
	Revoke   eventsRevokeCommand   `cmd:"" help:"Take an override back."`
}

// remote says which Dateline is asked.
type remote struct {
	Server string `help:"Where Dateline serves." default:"http://127.0.0.1:8080" env:"DATELINE_SERVER" placeholder:"URL"`
	Token  string `help:"API token." env:"DATELINE_TOKEN" placeholder:"TOKEN"`
	JSON   bool   `name:"json" help:"Write JSON."`
}

func (r remote) client() *client.Client { return client.New(r.Server, client.Options{Token: r.Token}) }

func writeJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

type eventsListCommand struct {
	remote
	Query   []string `arg:"" optional:"" help:"A query, such as: event:2015-09 place:Baku" placeholder:"QUERY"`
	Series  string   `help:"The id of a series, such as picard." placeholder:"ID"`
	Kind    string   `help:"conference, forum, summit and so on." placeholder:"KIND"`
	Status  string   `help:"announced, confirmed, postponed, moved, cancelled, under way, held, conflicting or withdrawn." placeholder:"STATUS"`
	Country string   `help:"The two letters of a country." placeholder:"CC"`
	From    string   `help:"Events that end after the beginning of this day." placeholder:"DATE"`
	To      string   `help:"Events that begin before this day." placeholder:"DATE"`
	Limit   int      `help:"At most this many events, 1 to 500." default:"50"`
	Cursor  string   `help:"Continue where the last answer's next left off." placeholder:"NEXT"`
}

func (c *eventsListCommand) Run(inv *invocation) error {
	asked := url.Values{}
	for name, value := range map[string]string{
		"q": strings.Join(c.Query, " "), "series": c.Series, "kind": c.Kind, "status": c.Status, "country": c.Country,
		"from": c.From, "to": c.To, "limit": strconv.Itoa(c.Limit), "cursor": c.Cursor,
	} {
		if value != "" {
			asked.Set(name, value)
		}
	}
	list, err := c.client().Events(inv.ctx, asked)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(inv.out, list)
	}
	for _, r := range list.Events {
		fmt.Fprintf(inv.out, "%-23s  %-11s  %s  %s  [%s]\n", register.ShowDates(r.Start, r.End), r.Status, r.Title(), r.Place, r.ID)
	}
	if list.Next != "" {
		fmt.Fprintf(inv.out, "more with --cursor %s\n", list.Next)
	}
	return nil
}

type eventsShowCommand struct {
	remote
	ID string `arg:"" help:"The id of the event, such as picard-2015-conference."`
}

func (c *eventsShowCommand) Run(inv *invocation) error {
	event, err := c.client().Event(inv.ctx, c.ID)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(inv.out, event)
	}
	showEvent(inv.out, event)
	return nil
}

func showEvent(w io.Writer, event *register.Dossier) {
	fmt.Fprintf(w, "%s  [%s]\n", event.Title(), event.ID)
	for _, v := range event.Versions {
		fmt.Fprintf(w, "%d. %s  %s  %s  %s\n", v.Number, v.At.Format("2006-01-02"), v.Status, register.ShowDates(v.Start, v.End), v.Place)
		for _, change := range v.Changes {
			fmt.Fprintf(w, "   %s %s %s\n", change.Kind, change.Old, change.New)
		}
	}
	for _, o := range event.Overrides {
		fmt.Fprintf(w, "override %s: %s is %q, by %s on %s: %s\n", o.ID, o.Field, o.Value, o.By, o.At.Format("2006-01-02"), o.Reason)
		if !o.RevokedAt.IsZero() {
			fmt.Fprintf(w, "   taken back by %s on %s: %s\n", o.RevokedBy, o.RevokedAt.Format("2006-01-02"), o.RevokedReason)
		}
	}
	for _, e := range event.Evidence {
		fmt.Fprintf(w, "%s  %s%s\n   %s\n", e.Published.Format("2006-01-02"), e.Agency, marks(e), e.Text)
	}
}

// marks say what is the matter with the evidence.
func marks(e register.Evidence) string {
	switch {
	case e.Withdrawn:
		return " (withdrawn)"
	case e.Superseded:
		return " (superseded by a later revision)"
	case e.Copy:
		return " (a copy)"
	}
	return ""
}

type eventsOverrideCommand struct {
	remote
	ID     string `arg:"" help:"The id of the event."`
	Field  string `arg:"" help:"status, dates, place, venue, host or organizer."`
	Value  string `arg:"" help:"The value; dates as the first day and the day after the last: 2015-09-08/2015-09-11. Empty for unknown."`
	By     string `required:"" help:"Who sets it." placeholder:"NAME"`
	Reason string `required:"" help:"Why." placeholder:"TEXT"`
}

func (c *eventsOverrideCommand) Run(inv *invocation) error {
	record, err := c.client().OverrideEvent(inv.ctx, c.ID, client.EventOverride{Field: c.Field, Value: c.Value, By: c.By, Reason: c.Reason})
	return c.printRecord(inv.out, record, err)
}

type eventsRevokeCommand struct {
	remote
	ID       string `arg:"" help:"The id of the event."`
	Override string `arg:"" help:"The id of the override, as dateline events show tells it."`
	By       string `required:"" help:"Who takes it back." placeholder:"NAME"`
	Reason   string `required:"" help:"Why." placeholder:"TEXT"`
}

func (c *eventsRevokeCommand) Run(inv *invocation) error {
	record, err := c.client().RevokeOverride(inv.ctx, c.ID, c.Override, client.EventOverride{By: c.By, Reason: c.Reason})
	return c.printRecord(inv.out, record, err)
}

func (r remote) printRecord(w io.Writer, record *register.Record, err error) error {
	if err != nil {
		return err
	}
	if r.JSON {
		return writeJSON(w, record)
	}
	_, err = fmt.Fprintf(w, "%s is %s now, %s %s\n", record.Title(), record.Status, register.ShowDates(record.Start, record.End), record.Place)
	return err
}
