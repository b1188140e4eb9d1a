package export

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
)

// icsWriter writes a calendar of the events of the reports that say when they
// take place. One that the register has a record of stands in it as the record
// has it, under a UID that it keeps when its dates change. Another, that several
// reports speak of alike, stands in it once, as the first of them has it.
type icsWriter struct {
	w       io.Writer
	about   About
	begun   bool
	written map[string]bool
}

func (w *icsWriter) begin() error {
	if w.begun {
		return nil
	}
	w.begun = true
	return writeLines(w.w, "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dateline//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "X-WR-CALNAME:"+icsText(w.about.Title))
}

func (w *icsWriter) Write(r *news.Report) error {
	if err := w.begin(); err != nil {
		return err
	}
	for i, e := range r.Events {
		if record := w.record(r, i); record != nil {
			if err := w.writeRecord(record); err != nil {
				return err
			}
			continue
		}
		uid := eventUID(e)
		if e.Start.IsZero() || w.written[uid] {
			continue
		}
		w.written[uid] = true
		if err := writeLines(w.w, eventLines(r, e, uid, w.about.Made)...); err != nil {
			return err
		}
	}
	return nil
}

func (w *icsWriter) record(r *news.Report, n int) *register.Record {
	if w.about.Record == nil {
		return nil
	}
	return w.about.Record(r, n)
}

func (w *icsWriter) writeRecord(record *register.Record) error {
	if w.written[record.UID()] {
		return nil
	}
	w.written[record.UID()] = true
	page := ""
	if w.about.EventPage != nil {
		page = w.about.EventPage(record.ID)
	}
	return register.WriteEvent(w.w, record, page)
}

func (w *icsWriter) Close() error {
	if err := w.begin(); err != nil {
		return err
	}
	return writeLines(w.w, "END:VCALENDAR")
}

// eventUID is the same for every report that gives an event the same name
// and beginning.
func eventUID(e news.Event) string {
	name := e.Series + "\x00" + e.Edition
	if e.Series == "" {
		name = news.Fold(e.Name)
	}
	sum := sha256.Sum256([]byte(name + "\x00" + e.Start.String()))
	return hex.EncodeToString(sum[:12]) + "@dateline"
}

func eventLines(r *news.Report, e news.Event, uid string, made time.Time) []string {
	lines := []string{
		"BEGIN:VEVENT", "UID:" + uid, "SEQUENCE:" + strconv.Itoa(max(r.Revision-1, 0)),
		"DTSTAMP:" + icsTime(firstKnown(r.Seen, r.Published, made)),
		"DTSTART" + icsMoment(e.Start),
	}
	if !e.End.IsZero() && e.Start.Day == e.End.Day {
		lines = append(lines, "DTEND"+icsMoment(e.End))
	}
	lines = append(lines, "SUMMARY:"+icsText(e.Name))
	if where := listedPlace(e); where != "" {
		lines = append(lines, "LOCATION:"+icsText(where))
	}
	if said := e.Span; said.Valid(r.Text) && said.End > said.Start {
		lines = append(lines, "DESCRIPTION:"+icsText(said.Of(r.Text)))
	}
	if link := webLink(r.URL); link != "" {
		lines = append(lines, "URL:"+link)
	}
	switch e.Status {
	case news.EventCancelled:
		lines = append(lines, "STATUS:CANCELLED")
	case news.EventConfirmed, news.EventUnderWay, news.EventHeld:
		lines = append(lines, "STATUS:CONFIRMED")
	default:
		lines = append(lines, "STATUS:TENTATIVE")
	}
	return append(lines, "END:VEVENT")
}

func listedPlace(e news.Event) string {
	if e.Venue == "" || e.Place == "" {
		return e.Venue + e.Place
	}
	return e.Venue + ", " + e.Place
}

func icsMoment(m news.Moment) string {
	if m.Day {
		return ";VALUE=DATE:" + m.Time.Format("20060102")
	}
	return ":" + icsTime(m.Time)
}

func icsTime(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

var icsEscapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

func icsText(s string) string { return icsEscapes.Replace(printable(s)) }

// maxLine is the most bytes of a line of a calendar, without its end.
const maxLine = 75

// writeLines writes content lines, folded where they are long: RFC 5545, 3.1.
func writeLines(w io.Writer, lines ...string) error {
	var b strings.Builder
	for _, line := range lines {
		for limit := maxLine; len(line) > limit; limit = maxLine - 1 {
			cut := limit
			for cut > limit-utf8.UTFMax && !utf8.RuneStart(line[cut]) {
				cut--
			}
			fmt.Fprintf(&b, "%s\r\n ", line[:cut])
			line = line[cut:]
		}
		b.WriteString(line + "\r\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
