package serve

import (
	"slices"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/serve/client"
)

// entitySpan is where a text names an entity.
type entitySpan struct {
	span news.Span
	ref  string
}

// highlight cuts the part of a report's text around the first match into runs
// that say what is matched and which entity is named.
func highlight(r *news.Report, matches []news.Span) []client.Run {
	shown := snippetSpan(r.Text, matches)
	entities := entitySpans(r)
	cuts := []int{shown.Start, shown.End}
	add := func(s news.Span) {
		for _, at := range []int{s.Start, s.End} {
			if at > shown.Start && at < shown.End {
				cuts = append(cuts, at)
			}
		}
	}
	for _, m := range matches {
		add(m)
	}
	for _, e := range entities {
		add(e.span)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var runs []client.Run
	for i := 1; i < len(cuts); i++ {
		part := news.Span{Start: cuts[i-1], End: cuts[i]}
		run := client.Run{Text: part.Of(r.Text), Match: slices.ContainsFunc(matches, holds(part))}
		for _, e := range entities {
			if holds(part)(e.span) {
				run.Entity = e.ref
				break
			}
		}
		runs = append(runs, run)
	}
	return runs
}

func holds(part news.Span) func(news.Span) bool {
	return func(s news.Span) bool { return s.Start <= part.Start && part.End <= s.End }
}

func entitySpans(r *news.Report) []entitySpan {
	var all []entitySpan
	add := func(kind query.Field, id string, mentions []news.Mention) {
		for _, m := range mentions {
			if id != "" && m.Span.Valid(r.Text) {
				all = append(all, entitySpan{m.Span, index.Ref(kind, id)})
			}
		}
	}
	for _, p := range r.People {
		add(query.Person, p.ID, p.Mentions)
	}
	for _, o := range r.Organizations {
		add(query.Org, o.ID, o.Mentions)
	}
	for _, p := range r.Places {
		add(query.Place, p.ID, p.Mentions)
	}
	return all
}

// snippetSpan is the part of a text around the first match.
func snippetSpan(text string, matches []news.Span) news.Span {
	start := 0
	if len(matches) > 0 && matches[0].Start > snippetBytes/2 {
		start = wordBoundary(text, matches[0].Start-snippetBytes/3)
	}
	return news.Span{Start: start, End: wordBoundary(text, min(start+snippetBytes, len(text)))}
}
