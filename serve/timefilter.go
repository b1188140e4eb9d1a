package serve

import (
	"cmp"
	"net/url"
	"time"

	"github.com/dateline-news/dateline/index/query"
)

// narrowByTime turns the inputs from and to of the page, both days included,
// into a clause of the query and returns the address of that search.
func (s *server) narrowByTime(values url.Values) (address string, ok bool) {
	if !values.Has("from") && !values.Has("to") {
		return "", false
	}
	from, to := values.Get("from"), values.Get("to")
	field := timeField(values.Get("by"))
	values.Del("from")
	values.Del("to")
	asked, err := query.Parse(values.Get("q"), s.Now(), time.UTC)
	if err != nil {
		return with(values, "cursor", ""), true // the page says what is wrong
	}
	return asking(values, replaceTime(asked, query.Range{Field: field, Source: rangeSource(from, to)})), true
}

func rangeSource(from, to string) string {
	switch {
	case from == "" && to == "":
		return ""
	case from == "":
		return "<=" + to
	case to == "":
		return ">=" + from
	case from == to:
		return from
	}
	return from + ".." + to
}

// timeField is the time that the histogram and the inputs speak of.
func timeField(by string) query.Field {
	if by == "event" {
		return query.EventTime
	}
	return query.Published
}

// when is the part of the page that shows and narrows the time.
type when struct {
	Open   bool
	Chart  *chart
	Switch []link
	By     string
	From   string
	To     string
	Kept   map[string]string
}

func whenOf(values url.Values, asked query.Node) *when {
	by := cmp.Or(values.Get("by"), "published")
	w := &when{Open: true, By: by, Kept: kept(values)}
	delete(w.Kept, "by")
	if q := values.Get("q"); q != "" {
		w.Kept["q"] = q
	}
	w.Switch = []link{
		{Text: "publication", URL: with(values, "by", ""), On: by != "event"},
		{Text: "event", URL: with(values, "by", "event"), On: by == "event"},
	}
	for _, n := range clauses(asked) {
		if r, ok := n.(query.Range); ok && r.Field == timeField(by) {
			if !r.From.IsZero() {
				w.From = r.From.Time.Format(time.DateOnly)
			}
			if !r.To.IsZero() {
				w.To = r.To.Time.Add(-time.Nanosecond).Format(time.DateOnly)
			}
		}
	}
	return w
}

// replaceTime is the query with r in place of what it asks of the same time.
func replaceTime(asked query.Node, r query.Range) query.Node {
	var kept []query.Node
	for _, n := range clauses(asked) {
		if other, ok := n.(query.Range); !ok || other.Field != r.Field {
			kept = append(kept, n)
		}
	}
	if r.Source != "" {
		kept = append(kept, r)
	}
	return allOf(kept)
}
