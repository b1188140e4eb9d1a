package app

import (
	"context"
	"errors"

	"github.com/dateline-news/dateline/index/elastic"
)

// Migrate makes the index of the configuration's Elasticsearch cluster anew
// with the schema of this program, beside the one in use, and puts it in its
// place.
func Migrate(ctx context.Context, opts Options, m elastic.MigrateOptions) (elastic.Migrated, error) {
	p := &process{Options: opts}
	if !p.Config.Elasticsearch.Enabled() {
		return elastic.Migrated{}, errors.New("the archive is embedded: stop Dateline and run `dateline index rebuild`, or name an Elasticsearch cluster with --elasticsearch URL")
	}
	options, err := p.elasticOptions()
	if err != nil {
		return elastic.Migrated{}, err
	}
	return elastic.Migrate(ctx, options, m)
}
