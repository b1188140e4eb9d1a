package match

import (
	"context"

	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/index/register"
)

// scanned bounds the records that one call of Events looks at.
const scanned = 5000

// Events returns a page of the records that the filter and the query find. A
// page may be shorter than the filter's limit, and even empty, and yet have a
// next one: a call looks at a bounded number of records.
func Events(ctx context.Context, store register.Store, f register.Filter, node query.Node) (*register.Page, error) {
	f, err := f.Normal()
	if err != nil {
		return nil, err
	}
	if _, all := node.(query.All); all || node == nil {
		return store.Records(ctx, f)
	}
	limit, result := f.Limit, &register.Page{}
	f.Limit = register.MaxPage
	for range scanned / register.MaxPage {
		page, err := store.Records(ctx, f)
		if err != nil {
			return nil, err
		}
		for _, r := range page.Records {
			if !New(r.Sketch()).Matches(node) {
				continue
			}
			if result.Records = append(result.Records, r); len(result.Records) > limit {
				return register.NewPage(result.Records, limit), nil
			}
		}
		if page.Next == "" {
			return result, nil
		}
		f.Cursor = page.Next
	}
	result.Next = f.Cursor
	return result, nil
}
