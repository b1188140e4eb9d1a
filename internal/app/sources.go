package app

import (
	"context"

	"github.com/dateline-news/dateline/enrich"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/ingest"
	"github.com/dateline-news/dateline/serve/client"
	"github.com/dateline-news/dateline/wire"
)

// sources is the state of every source, whichever process polls it.
func (p *process) sources(ctx context.Context) ([]client.Source, error) {
	poll, err := p.bus.KV(ctx, wire.BucketPoll)
	if err != nil {
		return nil, err
	}
	statuses, err := ingest.Statuses(ctx, poll)
	if err != nil {
		return nil, err
	}
	list := make([]client.Source, len(statuses))
	for i, s := range statuses {
		list[i] = client.Source{
			Name: s.Source, Agency: s.Agency, Kind: s.Kind, URL: s.URL,
			LastPoll: s.LastPoll, LastSuccess: s.LastSuccess, NextDue: s.NextDue,
			Published: s.Published, Error: s.Error, Note: s.Note,
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
