package app

import (
	"context"
	"time"

	"github.com/dateline-news/dateline/enrich"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/ingest"
	"github.com/dateline-news/dateline/serve/client"
	"github.com/dateline-news/dateline/wire"
)

// statuses is how every source is doing, whichever process polls it.
func (p *process) statuses(ctx context.Context) ([]ingest.Status, error) {
	poll, err := p.bus.KV(ctx, wire.BucketPoll)
	if err != nil {
		return nil, err
	}
	return ingest.Statuses(ctx, poll)
}

// sources is statuses as the API tells them.
func (p *process) sources(ctx context.Context) ([]client.Source, error) {
	statuses, err := p.statuses(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]client.Source, len(statuses))
	for i, s := range statuses {
		list[i] = client.Source{
			Name: s.Source, Agency: s.Agency, Kind: s.Kind, URL: s.URL,
			LastPoll: s.LastPoll, LastSuccess: s.LastSuccess, NextDue: s.NextDue,
			Published: s.Published, LastPublished: s.LastPublished, Items: s.Items, Gone: s.Gone,
			Failures: s.Failures, ErrorRate: s.ErrorRate, Missing: s.Missing, Silent: s.Silent,
			Error: s.Error, Note: s.Note,
		}
		if s.UsualGap > 0 {
			list[i].UsualGap = s.UsualGap.Round(time.Second).String()
		}
	}
	return list, nil
}

// acronyms are the pairs of the gazetteer that a query is expanded with.
func acronyms(a *enrich.Annotator) []query.Acronym {
	var pairs []query.Acronym
	for _, p := range a.Organizations().Acronyms() {
		pairs = append(pairs, query.Acronym{Short: p.Short, Long: p.Long})
	}
	return pairs
}
