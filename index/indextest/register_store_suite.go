package indextest

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
)

func testReadings(t *testing.T, s register.Store) {
	ctx := context.Background()
	first := register.Read(told("a", 1, picard(2015, nil)), 1)
	second := register.Read(told("a", 2, picard(2016, nil)), 1)
	anew := register.Read(told("a", 1, picard(2014, nil)), 2)
	for _, batch := range [][]register.Reading{{first, second}, {first}, {anew}, {first}, {register.Read(told("b", 1, picard(2015, nil)), 1)}} {
		if err := s.PutReadings(ctx, batch); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.ReadingsOf(ctx, []string{"a", "nothing"})
	if err != nil {
		t.Fatal(err)
	}
	want := []register.Reading{anew.Replacing(first), second}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("the readings of a (-want +got):\n%s", diff)
	}
	for tag, reports := range map[string][]string{
		"picard/conference/2015": {"a", "a", "b"}, // what was replaced is still found
		"picard/conference/2014": {"a", "a"}, "picard/conference/2016": {"a", "a"}, "picard/conference/2013": nil,
	} {
		found, err := s.ReadingsTagged(ctx, []string{tag})
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, r := range found {
			ids = append(ids, r.Report)
		}
		slices.Sort(ids)
		if diff := cmp.Diff(reports, ids); diff != "" {
			t.Errorf("readings with %s (-want +got):\n%s", tag, diff)
		}
	}
	var tags []string
	for after := ""; ; after = tags[len(tags)-1] {
		page, err := s.Tags(ctx, after, 2)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		tags = append(tags, page...)
	}
	if diff := cmp.Diff([]string{"picard/conference/2014", "picard/conference/2015", "picard/conference/2016"}, tags); diff != "" {
		t.Errorf("the tags (-want +got):\n%s", diff)
	}
}

func testRecords(t *testing.T, s register.Store) {
	ctx := context.Background()
	if _, err := s.Record(ctx, "picard-2015-conference"); !errors.Is(err, register.ErrNoEvent) {
		t.Errorf("a record that is not there gives %v", err)
	}
	for _, write := range []struct {
		entry  int
		status string
		want   string
	}{{2, "confirmed", "confirmed"}, {1, "announced", "confirmed"}, {2, "held", "confirmed"}, {3, "cancelled", "cancelled"}} {
		r := listed("picard-2015-conference", write.entry, register.Values{Status: write.status})
		if err := s.PutRecords(ctx, []*register.Record{r}); err != nil {
			t.Fatal(err)
		}
		got, err := s.Record(ctx, r.ID)
		if err != nil || got.Status != write.want {
			t.Errorf("after entry %d the status is %+v, %v; want %s", write.entry, got, err, write.want)
		}
	}
}

// listed is a record that lists show.
func listed(id string, entry int, v register.Values) *register.Record {
	return &register.Record{ID: id, Name: id, Kind: "conference", Entry: entry, Values: v, Versions: []register.Version{{Number: 1, Values: v}}}
}

func testLists(t *testing.T, s register.Store) {
	ctx := context.Background()
	values := func(status, place, country string, start, end news.Moment) register.Values {
		return register.Values{Status: status, Place: place, Country: country, Start: start, End: end}
	}
	var zero news.Moment
	baku := time.FixedZone("", 4*60*60)
	records := []*register.Record{
		listed("a", 1, values("announced", "Baku", "AZ", news.Day(2015, 9, 8), news.Day(2015, 9, 11))),
		listed("b", 1, values("held", "Puebla", "MX", news.Day(2014, 9, 17), news.Day(2014, 9, 20))),
		listed("c", 1, values("announced", "Gəncə", "AZ", news.Instant(time.Date(2015, 9, 10, 22, 0, 0, 0, baku)), zero)),
		listed("d", 1, values("", "", "", zero, zero)), // somewhen in 2016
		listed("e", 1, values("", "", "", zero, zero)),
		listed("f", 1, values("announced", "Baku", "AZ", news.Day(2015, 9, 8), news.Day(2015, 9, 9))),
		listed("g", 1, values("announced", "Baku", "AZ", news.Day(2015, 9, 8), news.Day(2015, 9, 9))),
	}
	records[1].Series, records[3].Year, records[4].Kind = "picard", 2016, "forum"
	records[6].MergedInto = "a"
	if err := s.PutRecords(ctx, records); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		filter register.Filter
		want   []string
	}{
		{register.Filter{}, []string{"b", "a", "f", "c", "d", "e"}},
		{register.Filter{Limit: 1}, []string{"b", "a", "f", "c", "d", "e"}},
		{register.Filter{Limit: 2}, []string{"b", "a", "f", "c", "d", "e"}},
		{register.Filter{Series: "picard"}, []string{"b"}},
		{register.Filter{Kind: "forum"}, []string{"e"}},
		{register.Filter{Status: "announced", Country: "az"}, []string{"a", "f", "c"}},
		{register.Filter{Place: "ganca"}, []string{"c"}},
		{register.Filter{From: news.Day(2015, 9, 10)}, []string{"a", "c", "d"}},
		{register.Filter{To: news.Day(2015, 9, 8)}, []string{"b"}},
		{register.Filter{From: news.Day(2015, 9, 9), To: news.Day(2015, 9, 10)}, []string{"a"}},
		{register.Filter{From: news.Day(2016, 5, 1), To: news.Day(2016, 6, 1)}, []string{"d"}},
	} {
		var got []string
		for f := test.filter; ; {
			page, err := s.Records(ctx, f)
			if err != nil {
				t.Fatalf("%+v: %v", f, err)
			}
			for _, r := range page.Records {
				got = append(got, r.ID)
			}
			if page.Next == "" {
				break
			}
			f.Cursor = page.Next
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", test.filter, diff)
		}
	}
	for _, f := range []register.Filter{{Limit: -1}, {Limit: register.MaxPage + 1}, {Cursor: "?"}, {Cursor: "YQ"}, {From: news.Day(2016, 1, 1), To: news.Day(2015, 1, 1)}} {
		if _, err := s.Records(ctx, f); !errors.Is(err, register.ErrBadFilter) {
			t.Errorf("%+v gives %v", f, err)
		}
	}
}
