package export

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/dateline-news/dateline/news"
)

// csvHeader names the columns. A column of several values has them with
// semicolons between.
var csvHeader = []string{
	"id", "published", "seen", "agency", "source", "language", "status", "revision", "story",
	"title", "url", "people", "organizations", "places", "events", "quotes", "text",
}

type csvWriter struct {
	w     *csv.Writer
	begun bool
}

func newCSV(w io.Writer) *csvWriter {
	c := csv.NewWriter(w)
	c.UseCRLF = true
	return &csvWriter{w: c}
}

func (w *csvWriter) begin() error {
	if w.begun {
		return nil
	}
	w.begun = true
	return w.w.Write(csvHeader)
}

func (w *csvWriter) Write(r *news.Report) error {
	if err := w.begin(); err != nil {
		return err
	}
	row := []string{
		r.ID, clock(r.Published), clock(r.Seen), r.Agency, r.Source, r.Language, r.Status, strconv.Itoa(r.Revision), r.Story,
		r.Title, r.URL, "", "", "", "", strconv.Itoa(len(r.Quotes)), r.Text,
	}
	for _, p := range r.People {
		row[11] = listed(row[11], p.Name)
	}
	for _, o := range r.Organizations {
		row[12] = listed(row[12], o.Name)
	}
	for _, p := range r.Places {
		row[13] = listed(row[13], p.Name)
	}
	for _, e := range r.Events {
		row[14] = listed(row[14], strings.TrimSpace(e.Name+" "+e.Start.String()))
	}
	for i, cell := range row {
		row[i] = harmless(cell)
	}
	if err := w.w.Write(row); err != nil {
		return err
	}
	w.w.Flush()
	return w.w.Error()
}

func (w *csvWriter) Close() error {
	if err := w.begin(); err != nil {
		return err
	}
	w.w.Flush()
	return w.w.Error()
}

func clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

func listed(list, value string) string {
	if list == "" || value == "" {
		return list + value
	}
	return list + "; " + value
}

// harmless keeps spreadsheets from reading a cell as a formula: an apostrophe
// before what would begin one, spaces and invisible characters (such as those
// that turn text round) aside, makes it text.
func harmless(cell string) string {
	visible := strings.TrimLeftFunc(cell, func(r rune) bool { return r == ' ' || r == '\u00a0' || unicode.Is(unicode.Cf, r) })
	if visible == "" || !strings.ContainsAny(visible[:1], "=+-@\t\r\n|%") && !strings.HasPrefix(visible, "＝") &&
		!strings.HasPrefix(visible, "＋") && !strings.HasPrefix(visible, "－") && !strings.HasPrefix(visible, "＠") {
		return cell
	}
	return "'" + cell
}
