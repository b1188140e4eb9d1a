package wire

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/dateline-news/dateline/news"
	"github.com/nats-io/nats.go"
)

func TestASecondTryIsADuplicateAndAnEditBackIsNot(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	first := report(1)
	edited := report(1)
	edited.Revision, edited.Text = 2, "Port City. The ferry stays in port."
	edited.ContentHash = edited.HashContent()
	back := report(1)
	back.Revision = 3
	for _, step := range []struct {
		name   string
		report *news.Report
		p      Publish
		want   bool
	}{
		{"first", first, Publish{}, false},
		{"second try", first, Publish{}, true},
		{"edit", edited, Publish{}, false},
		{"edit back", back, Publish{}, false},
		{"annotated", first, Publish{Enricher: 1}, false},
		{"annotated anew", first, Publish{Enricher: 2}, false},
		{"annotated again", first, Publish{Enricher: 2}, true},
		{"own id", first, Publish{MessageID: "mine"}, false},
		{"own id again", edited, Publish{MessageID: "mine"}, true},
	} {
		got, err := bus.PublishReport(t.Context(), StreamReports, step.report, step.p)
		if err != nil || got.Duplicate != step.want {
			t.Errorf("%s: %+v, error %v; want duplicate %v", step.name, got, err, step.want)
		}
	}
}

func TestAReportIsRefusedBehindOneItsPublisherHasNotSeen(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	first, err := bus.PublishReport(t.Context(), StreamRaw, report(1), Publish{Ordered: true})
	if err != nil {
		t.Fatal(err)
	}
	if again, err := bus.PublishReport(t.Context(), StreamRaw, report(1), Publish{Ordered: true}); err != nil || again != (Published{first.Sequence, true}) {
		t.Errorf("second try: got %+v, %v", again, err)
	}
	if _, err := bus.PublishReport(t.Context(), StreamRaw, report(2), Publish{Ordered: true}); !errors.Is(err, ErrOutpaced) {
		t.Errorf("without having seen the first: got %v", err)
	}
	last, sequence, err := bus.LastReport(t.Context(), StreamRaw, report(1).Source)
	if err != nil || last.ID != report(1).ID || sequence != first.Sequence {
		t.Errorf("last is %v at %d, %v", last, sequence, err)
	}
	if _, err := bus.PublishReport(t.Context(), StreamRaw, report(2), Publish{Ordered: true, After: sequence}); err != nil {
		t.Errorf("behind the first: got %v", err)
	}
}

func TestPublishRefusesWhatCannotTravel(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	large := report(1)
	large.Text = strings.Repeat("a", maxPayload+1)
	nearlyTooLarge := report(2)
	nearlyTooLarge.Text = strings.Repeat("a", maxPayload-headroom)
	empty := report(3)
	empty.Text = ""
	for name, test := range map[string]struct {
		report *news.Report
		want   error
	}{
		"larger than the server takes":     {large, ErrTooLarge},
		"no room to become a dead letter":  {nearlyTooLarge, ErrTooLarge},
		"a report that is not valid":       {empty, news.ErrInvalid},
		"a report that outgrew the stream": {report(4), ErrFull},
	} {
		t.Run(name, func(t *testing.T) {
			stream := StreamRaw
			if test.want == ErrFull {
				stream = StreamReports
				limit(t, bus, stream, 100)
			}
			if _, err := bus.PublishReport(t.Context(), stream, test.report, Publish{}); !errors.Is(err, test.want) {
				t.Errorf("error %v, want %v", err, test.want)
			}
		})
	}
}

func TestAFullStreamKeepsWhatItHas(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	limit(t, bus, StreamRaw, 4<<10)
	var err error
	published := 0
	for ; err == nil && published < 100; published++ {
		_, err = bus.PublishReport(t.Context(), StreamRaw, report(published), Publish{})
	}
	if !errors.Is(err, ErrFull) {
		t.Fatalf("error %v, want ErrFull", err)
	}
	if n := backlog(t, bus, fast(StreamRaw)); n != uint64(published-1) {
		t.Errorf("the stream holds %d messages, want the %d it took", n, published-1)
	}
}

func TestPublishGivesUpWithItsContext(t *testing.T) {
	t.Parallel()
	options := ServerOptions{Dir: t.TempDir(), Listen: freeAddress(t)}
	server, err := StartServer(options)
	if err != nil {
		t.Fatal(err)
	}
	bus, err := Connect(t.Context(), server.URL(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(bus.Close)
	server.Shutdown()
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := bus.PublishReport(ctx, StreamRaw, report(1), Publish{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v, want the deadline", err)
	}
}

func TestSubjectTokens(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"azertac":                  "azertac",
		"Report.az":                "report-az",
		"a.>b.* c":                 "a-b-c",
		"Azərbaycan":               "azarbaycan",
		"":                         "unknown",
		".*>":                      "unknown",
		"\xff\x00":                 "unknown",
		strings.Repeat("я", 80):    strings.Repeat("я", 50),
		strings.Repeat("ab ", 200): strings.TrimSuffix(strings.Repeat("ab-", 34)[:100], "-"),
	} {
		if got := Token(name); got != want {
			t.Errorf("Token(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestTraceparentIsReadInEitherCaseAndOnlyWhenValid(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]bool{
		someTrace:                      true,
		someTrace + "-more":            false, // version 00 has no more
		"01" + someTrace[2:] + "-more": true,
		"ff" + someTrace[2:]:           false,
		strings.ToUpper(someTrace):     false,
		"00-" + strings.Repeat("0", 32) + "-b7ad6b7169203331-01":  false,
		"00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01": false,
		"":                                      false,
		strings.Replace(someTrace, "-", "_", 1): false,
	} {
		for _, name := range []string{"traceparent", "Traceparent", "TRACEPARENT"} {
			got := traceparent(nats.Header{name: {value}})
			if (got == value && value != "") != want {
				t.Errorf("%s %q read as %q, want it valid: %v", name, value, got, want)
			}
		}
	}
	if started := childTrace("nonsense"); !validTrace(started) || started == childTrace("") {
		t.Errorf("a new trace is %q", started)
	}
}

func TestSchemasThatAreRead(t *testing.T) {
	t.Parallel()
	body := `{"id":"a","text":"Port City."}`
	for name, test := range map[string]struct {
		header nats.Header
		body   string
		ok     bool
	}{
		"this version":        {nats.Header{"Dateline-Schema": {"report"}, "Dateline-Schema-Version": {"1"}}, body, true},
		"the version before":  {nats.Header{"Dateline-Schema": {"report"}, "Dateline-Schema-Version": {"0"}}, body, true},
		"no version":          {nats.Header{"Dateline-Schema": {"report"}}, body, true},
		"no headers":          {nil, body, true},
		"a later version":     {nats.Header{"Dateline-Schema-Version": {"2"}}, body, false},
		"a negative version":  {nats.Header{"Dateline-Schema-Version": {"-1"}}, body, false},
		"another schema":      {nats.Header{"Dateline-Schema": {"alert"}}, body, false},
		"a strange enricher":  {nats.Header{"Dateline-Enricher": {"x"}}, body, false},
		"no JSON":             {nil, "Port City.", false},
		"no report":           {nil, `{}`, false},
		"a span out of range": {nil, `{"id":"a","text":"b","dateline":{"span":[0,9]}}`, false},
		"an empty body":       {nil, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := decodeReport(test.header, []byte(test.body))
			if (err == nil) != test.ok || err != nil && !errors.Is(err, ErrUndecodable) {
				t.Errorf("error %v", err)
			}
		})
	}
}

func FuzzDecodeReport(f *testing.F) {
	f.Add("report", "1", "0", []byte(`{"id":"a","text":"Port City."}`))
	f.Add("", "", "", []byte(`{"id":"a","text":"é","dateline":{"span":[0,2]},"dates":[{"span":[0,2],"start":"2026-03-02","end":null}]}`))
	f.Add("alert", "2", "x", []byte("\xff{"))
	f.Fuzz(func(t *testing.T, schema, version, enricher string, body []byte) {
		header := nats.Header{headerSchema: {schema}, headerSchemaVersion: {version}, headerEnricher: {enricher}}
		r, n, err := decodeReport(header, body)
		if err != nil {
			if !errors.Is(err, ErrUndecodable) {
				t.Fatalf("error %v is not ErrUndecodable", err)
			}
			return
		}
		if err := r.Validate(); err != nil || n < 0 {
			t.Fatalf("decoded a report that is not valid: %v, enricher %d", err, n)
		}
		msg, err := encodeReport(r, Publish{Enricher: n})
		if err != nil {
			t.Fatal(err)
		}
		if _, again, err := decodeReport(msg.Header, msg.Data); err != nil || again != n {
			t.Fatalf("what was decoded does not travel: enricher %d, error %v", again, err)
		}
	})
}
