package indextest

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/news"
)

// testRecency asks for a word of which an old report says more than a new one.
func testRecency(t *testing.T, a index.Archive) {
	better := dispatch("better", "Wire", "2014-12-08T09:00:00Z", "Port", "The ferry left, and the ferry came back to the port.")
	newer := dispatch("newer", "Wire", "2016-12-08T09:00:00Z", "Port", "The ferry left, and the barge came back to the port.")
	undated := dispatch("undated", "Wire", "2016-12-08T09:00:00Z", "Port", "The barge left, and the ferry came back to the port.")
	undated.Published = time.Time{}
	all := []*news.Report{&better.Report, &newer.Report, &undated.Report}
	for i := range 20 {
		other := dispatch(fmt.Sprintf("other-%d", i), "Wire", "2015-12-08T09:00:00Z", "Port", "The barge left, and the barge came back to the port.")
		all = append(all, &other.Report)
	}
	write(t, a, all...)
	for _, test := range []struct {
		what, query string
		now         time.Time
		want        []string
	}{
		{"without a time", "ferry", time.Time{}, []string{"better", "newer", "undated"}},
		{"when the newer is new", "ferry", newer.Published.Add(time.Hour), []string{"newer", "better", "undated"}},
		{"when the better was new", "ferry", better.Published.Add(time.Hour), []string{"better", "newer", "undated"}},
		{"long after both", "ferry", newer.Published.AddDate(20, 0, 0), []string{"better", "newer", "undated"}},
		{"as it was known then", "ferry asof:2016-12-09", newer.Published.AddDate(20, 0, 0), []string{"newer", "better", "undated"}},
	} {
		t.Run(test.what, func(t *testing.T) {
			req := index.Request{Query: parsed(t, test.query), Sort: index.ByRelevance, Now: test.now}
			if diff := cmp.Diff(test.want, hitIDs(search(t, a, req))); diff != "" {
				t.Error(diff)
			}
			req.Limit = 1
			first := search(t, a, req)
			req.Cursor, req.Limit, req.Now = first.Next, 10, test.now.AddDate(1, 0, 0) // the later pages go by the first
			if diff := cmp.Diff(test.want[1:], hitIDs(search(t, a, req))); diff != "" {
				t.Errorf("the second page: %s", diff)
			}
		})
	}
}
