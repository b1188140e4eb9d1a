// Package export writes reports in the formats that other programs read:
// NDJSON (the report as Dateline keeps it, one a line), CSV (RFC 4180), ninjs
// 2.1 (IPTC's News in JSON), RSS 2.0 and iCalendar (RFC 5545). A Writer holds
// one report at a time, whatever the number written.
package export

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
)

// Format is a format of exports.
type Format string

// The formats.
const (
	NDJSON Format = "ndjson"
	CSV    Format = "csv"
	NinJS  Format = "ninjs"
	RSS    Format = "rss"
	ICS    Format = "ics"
)

// Formats are all formats.
func Formats() []Format { return []Format{NDJSON, CSV, NinJS, RSS, ICS} }

// ContentType is the media type of the format.
func (f Format) ContentType() string {
	switch f {
	case NDJSON:
		return "application/x-ndjson"
	case CSV:
		return "text/csv; charset=utf-8; header=present"
	case NinJS:
		return "application/json"
	case RSS:
		return "application/rss+xml; charset=utf-8"
	default:
		return "text/calendar; charset=utf-8"
	}
}

// About is what an export says of itself.
type About struct {
	// Title names the export: the search that it is of.
	Title string
	// Link is the address of the search.
	Link string
	// Made is when it was made.
	Made time.Time
	// Record returns what the register knows of the n-th event of a report, nil
	// for nothing: a calendar has the record in place of what the one report
	// says. nil knows of none.
	Record func(r *news.Report, n int) *register.Record
	// EventPage returns the address of the page of a record; nil leaves
	// addresses out.
	EventPage func(id string) string
}

// Writer writes reports in one format. Close writes the end.
type Writer interface {
	Write(r *news.Report) error
	Close() error
}

// New returns a writer of the format, or an error that names the formats
func New(w io.Writer, f Format, about About) (Writer, error) {
	switch f {
	case NDJSON:
		encoder := json.NewEncoder(w)
		encoder.SetEscapeHTML(false)
		return ndjson{encoder}, nil
	case CSV:
		return newCSV(w), nil
	case NinJS:
		return &ninjsWriter{w: w}, nil
	case RSS:
		return &rssWriter{w: w, about: about}, nil
	case ICS:
		return &icsWriter{w: w, about: about, written: map[string]bool{}}, nil
	}
	return nil, fmt.Errorf("no format is called %q; use %s", f, strings.Trim(fmt.Sprint(Formats()), "[]"))
}

type ndjson struct{ encoder *json.Encoder }

func (w ndjson) Write(r *news.Report) error { return w.encoder.Encode(r) }
func (w ndjson) Close() error               { return nil }
