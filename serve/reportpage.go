package serve

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/match"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/serve/client"
)

// reportView is the page of one report.
type reportView struct {
	*news.Report
	Paragraphs [][]run
	EventFacts []eventFact
	QuoteFacts []quoteFact
	DateFacts  []dateFact
	Revisions  []revisionLink
	Copies     []result
	BackURL    string
}

// A fact stands in the panel and leads to what it was read from in the text.
type eventFact struct {
	news.Event
	Sentence string
	TextID   string
	PageURL  string
}

type quoteFact struct {
	news.Quote
	TextID string
}

type dateFact struct {
	news.Date
	ID, TextID, Note string
}

type revisionLink struct{ Text, Note, URL string }

func (s *server) reportPage(w http.ResponseWriter, r *http.Request) {
	report, err := s.Archive.Get(r.Context(), r.PathValue("id"))
	if err != nil {
		s.archiveFault(w, r, err)
		return
	}
	q, found := s.question(r), searchState(r.URL.Query())
	if r.URL.Query().Get("part") == "preview" {
		s.part(w, "search", "preview", q.preview(report, found))
		return
	}
	page := reportFacts(report, s.eventPagesOf(r.Context(), report))
	page.Paragraphs = paragraphs(report.Text, reportMarks(report), match.Spans(q.request.Query, report.Text))
	if len(found) > 0 {
		found.Set("open", report.ID)
		page.BackURL = "/?" + found.Encode()
	}
	page.Revisions = s.revisionLinks(r.Context(), report)
	page.Copies = s.copies(r.Context(), report)
	s.show(w, r, http.StatusOK, "report", view{Title: client.Headline(report) + " – Dateline", Query: q.text, Page: page})
}

// question is the search that led to the page; one that cannot be read marks
// nothing.
func (s *server) question(r *http.Request) *question {
	asked := r.URL.Query()
	q, err := s.ask(url.Values{"q": asked["q"], "expand": asked["expand"]})
	if err != nil {
		q.request.Query = query.All{}
	}
	return q
}

func reportFacts(r *news.Report, eventPages []string) *reportView {
	page := &reportView{Report: r}
	for i, e := range r.Events {
		page.EventFacts = append(page.EventFacts, eventFact{e, e.Span.Of(r.Text), textID("event", i), eventPages[i]})
	}
	for i, q := range r.Quotes {
		page.QuoteFacts = append(page.QuoteFacts, quoteFact{q, textID("quote", i)})
	}
	for i, d := range r.Dates {
		page.DateFacts = append(page.DateFacts, dateFact{d, factID("date", i), textID("date", i), dateNote(d)})
	}
	return page
}

// mostCopies is how many copies of a story a report's page lists.
const mostCopies = 50

// copies lists the other reports of the story, the latest first.
func (s *server) copies(ctx context.Context, r *news.Report) []result {
	if r.Story == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, partTime)
	defer cancel()
	found, err := s.Archive.Search(ctx, index.Request{
		Query: query.Term{Field: query.Story, Value: r.Story}, Sort: index.ByPublished, Limit: mostCopies,
	})
	if err != nil {
		s.Logger.Warn("looking for copies", "report", r.ID, "error", err)
		return nil
	}
	var list []result
	for _, h := range found.Hits {
		if h.Report.ID != r.ID {
			list = append(list, result{Report: h.Report, URL: reportURL(h.Report.ID, nil)})
		}
	}
	return list
}

// revisionLinks lists the revisions of a changed report, the latest first.
func (s *server) revisionLinks(ctx context.Context, r *news.Report) []revisionLink {
	if r.Revision < 2 || s.Revisions == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, partTime)
	defer cancel()
	all, err := s.Revisions(ctx, r)
	if err != nil {
		s.Logger.Warn("reading the revisions", "report", r.ID, "error", err)
		return []revisionLink{{Text: fmt.Sprintf("Revision %d", r.Revision), Note: "the earlier ones could not be read now"}}
	}
	var links []revisionLink
	for i := len(all) - 1; i >= 0; i-- {
		one := revisionLink{Text: fmt.Sprintf("Revision %d", all[i].Revision), Note: clock(all[i].Seen)}
		if i > 0 {
			one.URL = "/reports/" + url.PathEscape(r.ID) + "/revisions/" + strconv.Itoa(all[i].Revision)
		}
		links = append(links, one)
	}
	return links
}

// revisionView is a revision beside the one before.
type revisionView struct {
	Number, Before int
	Agency         string
	Language       string
	Seen           time.Time
	ReportURL      string
	Title, Text    []change
	Facts          []change
}

func (s *server) revisionPage(w http.ResponseWriter, r *http.Request) {
	report, err := s.Archive.Get(r.Context(), r.PathValue("id"))
	if err != nil {
		s.archiveFault(w, r, err)
		return
	}
	if s.Revisions == nil {
		s.notFound(w, r)
		return
	}
	all, err := s.Revisions(r.Context(), report)
	if err != nil {
		s.fault(w, r, http.StatusServiceUnavailable, "The revisions cannot be read now", err)
		return
	}
	for i := 1; i < len(all); i++ {
		if strconv.Itoa(all[i].Revision) == r.PathValue("revision") {
			page := compareRevisions(all[i-1], all[i])
			s.show(w, r, http.StatusOK, "revision", view{Title: fmt.Sprintf("Revision %d – %s", page.Number, client.Headline(all[i])), Page: page})
			return
		}
	}
	s.fault(w, r, http.StatusNotFound, "There is no such revision", nil)
}

func compareRevisions(before, after *news.Report) *revisionView {
	return &revisionView{
		Number: after.Revision, Before: before.Revision, Agency: after.Agency, Language: after.Language, Seen: after.Seen,
		ReportURL: reportURL(after.ID, nil),
		Title:     compare(client.Headline(before), client.Headline(after)),
		Text:      compare(before.Text, after.Text),
		Facts:     compareFacts(before, after),
	}
}

// compareFacts lists the events that only one of two revisions speaks of.
func compareFacts(before, after *news.Report) []change {
	was, is := map[string]bool{}, map[string]bool{}
	for _, e := range before.Events {
		was[eventNote(e)+statusNote(e)] = true
	}
	for _, e := range after.Events {
		is[eventNote(e)+statusNote(e)] = true
	}
	var changes []change
	for _, e := range before.Events {
		if note := eventNote(e) + statusNote(e); !is[note] {
			changes = append(changes, change{note, "del"})
		}
	}
	for _, e := range after.Events {
		if note := eventNote(e) + statusNote(e); !was[note] {
			changes = append(changes, change{note, "ins"})
		}
	}
	return changes
}

func statusNote(e news.Event) string {
	if e.Status == "" {
		return ""
	}
	return " (" + e.Status + ")"
}

// eventPagesOf returns the address of the page of each event of a report: its
// own, or the calendar of its month; "" when not even that is known.
func (s *server) eventPagesOf(ctx context.Context, r *news.Report) []string {
	ctx, cancel := context.WithTimeout(ctx, partTime)
	defer cancel()
	told, err := register.Told(ctx, s.Archive, []*news.Report{r})
	if err != nil {
		s.Logger.Warn("looking for the pages of events", "report", r.ID, "error", err)
	}
	pages := make([]string, len(r.Events))
	for i, e := range r.Events {
		switch {
		case err == nil && told[0][i] != nil:
			pages[i] = eventURL(told[0][i].ID)
		case !e.Start.IsZero():
			pages[i] = "/events?" + url.Values{"month": {e.Start.Time.Format("2006-01")}}.Encode()
		}
	}
	return pages
}
