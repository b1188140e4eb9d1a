package rule

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var known = Known{Channels: []string{"desk"}, Mail: true}

var noon = time.Date(2026, 3, 12, 12, 0, 0, 0, time.UTC)

func TestARuleIsReadAndWrittenTheSame(t *testing.T) {
	source := `
name: picard
description: Every step of the next conference.
owner: desk
query: org:WCO "capacity building"
when: [new_edition, date_changed]
event: {series: [picard], country: [AZ, GE]}
quote_by: [Aydin Aliyev]
role_changed: [Aydin Aliyev]
spike: {window: 24h, baseline: 14d, factor: 3, minimum: 5}
silence: {series: picard, edition: "2027", by: 2027-01-31}
notify: [desk, "mailto:reader@example.org"]
urgent: [cancelled]
digest: "0 8 * * *"
group: customs
throttle: {most: 5, per: 1h}
quiet: {from: "22:00", to: "07:00", days: [sun]}
time_zone: Asia/Baku
expires: 2027-12-31
`
	first, err := Decode("rule", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Validate(known, noon); err != nil {
		t.Fatal(err)
	}
	written, err := first.YAML()
	if err != nil {
		t.Fatal(err)
	}
	second, err := Decode("rule", written)
	if err != nil {
		t.Fatalf("%v in\n%s", err, written)
	}
	if diff := cmp.Diff(first, second); diff != "" {
		t.Error(diff)
	}
	if time.Duration(second.Spike.Baseline) != 14*24*time.Hour || second.Event.Country[1] != "GE" {
		t.Errorf("read as %+v", second)
	}
}

func TestMistakesOfARuleAreToldWithTheRemedy(t *testing.T) {
	for _, test := range []struct{ name, source, want string }{
		{"unknown key", "name: a\nquerry: b", `rule:2: unknown key "querry"; did you mean "query"?`},
		{"unknown inner key", "name: a\nquiet: {fromm: '22:00'}", `did you mean "from"?`},
		{"empty", "", "the rule is missing"},
		{"not YAML", "name: [", "not valid YAML"},
		{"name", "name: My Rule\nquery: a", "lower-case letters"},
		{"query", "name: a\nquery: 'persn:Aliyev'", "did you mean person:?"},
		{"time of the archive", "name: a\nquery: 'asof:2014 a'", "asof: cannot stand in a rule"},
		{"nothing asked", "name: a", "every report would be told"},
		{"condition", "name: a\nwhen: [relocated]", "place_changed"},
		{"filter without a condition", "name: a\nquery: b\nevent: {series: [picard]}", "add when: [new_edition]"},
		{"channel", "name: a\nquery: b\nnotify: [dsk]", "alert.channels) has desk"},
		{"address", "name: a\nquery: b\nnotify: ['mailto:nobody']", "not an address"},
		{"owner", "name: a\nquery: b\nowner: boss", "owner: no channel"},
		{"digest", "name: a\nquery: b\ndigest: daily", "cron schedule"},
		{"zone", "name: a\nquery: b\ntime_zone: Baku", "Asia/Baku"},
		{"quiet hours", "name: a\nquery: b\nquiet: {from: '25:00', to: '07:00'}", "time of day"},
		{"quiet for ever", "name: a\nquery: b\nquiet: {days: [mon, tue, wed, thu, fri, sat, sun]}", "nothing would ever"},
		{"throttle", "name: a\nquery: b\nthrottle: {most: 0, per: 1h}", "1 or more"},
		{"expiry", "name: a\nquery: b\nexpires: soon", "not a day"},
		{"spike", "name: a\nquery: b\nspike: {window: 2d, baseline: 1d, factor: 1, minimum: 0}", "shorter than the window"},
		{"silence", "name: a\nsilence: {series: picard, by: someday}", "silence.by"},
		{"length of time", "name: a\nsilence: {source: b, for: two days}", "48h or 14d"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, err := Decode("rule", []byte(test.source))
			if err == nil {
				err = r.Validate(known, noon)
			}
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v, want one that says %q", err, test.want)
			}
		})
	}
}

func TestNotificationsAreHeldAsTheRuleAsks(t *testing.T) {
	at := func(s string) time.Time {
		parsed, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return parsed
	}
	night := &Quiet{From: "22:00", To: "07:00"}
	for _, test := range []struct {
		name    string
		rule    Rule
		now     string
		snoozed string
		urgent  bool
		until   string
		reason  string
	}{
		{"by day", Rule{Quiet: night}, "2026-03-12T12:00:00Z", "", false, "", ""},
		{"late in the evening", Rule{Quiet: night}, "2026-03-12T23:00:00Z", "", false, "2026-03-13T07:00:00Z", HeldQuiet},
		{"early in the morning", Rule{Quiet: night}, "2026-03-12T06:59:59Z", "", false, "2026-03-12T07:00:00Z", HeldQuiet},
		{"at the end", Rule{Quiet: night}, "2026-03-12T07:00:00Z", "", false, "", ""},
		{"at the beginning", Rule{Quiet: night}, "2026-03-12T22:00:00Z", "", false, "2026-03-13T07:00:00Z", HeldQuiet},
		{"in another zone", Rule{Quiet: night, TimeZone: "Asia/Baku"}, "2026-03-12T18:30:00Z", "", false, "2026-03-13T03:00:00Z", HeldQuiet},
		{"within one day", Rule{Quiet: &Quiet{From: "12:00", To: "13:00"}}, "2026-03-12T12:30:00Z", "", false, "2026-03-12T13:00:00Z", HeldQuiet},
		{"urgent at night", Rule{Quiet: night}, "2026-03-12T23:00:00Z", "", true, "", ""},
		{"a quiet weekend before quiet hours", Rule{Quiet: &Quiet{From: "22:00", To: "07:00", Days: []string{"sat", "sun"}}},
			"2026-03-13T23:00:00Z", "", false, "2026-03-16T07:00:00Z", HeldQuiet},
		{"the night that is an hour shorter", Rule{Quiet: night, TimeZone: "Europe/Berlin"}, "2026-03-28T22:00:00Z", "", false, "2026-03-29T05:00:00Z", HeldQuiet},
		{"digest", Rule{Digest: "0 8 * * *", TimeZone: "Asia/Baku"}, "2026-03-12T12:00:00Z", "", false, "2026-03-13T04:00:00Z", HeldDigest},
		{"digest in quiet hours", Rule{Digest: "0 6 * * *", Quiet: night}, "2026-03-12T12:00:00Z", "", false, "2026-03-13T07:00:00Z", "digest, quiet hours"},
		{"snoozed", Rule{}, "2026-03-12T12:00:00Z", "2026-03-14T12:00:00Z", false, "2026-03-14T12:00:00Z", HeldSnoozed},
		{"snoozed although urgent", Rule{}, "2026-03-12T12:00:00Z", "2026-03-14T12:00:00Z", true, "2026-03-14T12:00:00Z", HeldSnoozed},
		{"snoozed in the past", Rule{}, "2026-03-12T12:00:00Z", "2026-03-11T12:00:00Z", false, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var snoozed time.Time
			if test.snoozed != "" {
				snoozed = at(test.snoozed)
			}
			got := test.rule.Hold(at(test.now), snoozed, test.urgent)
			var want time.Time
			if test.until != "" {
				want = at(test.until)
			}
			if !got.Until.Equal(want) || got.Reason != test.reason {
				t.Errorf("held until %v for %q, want %v for %q", got.Until, got.Reason, want, test.reason)
			}
		})
	}
}

func TestARuleEndsAfterItsLastDay(t *testing.T) {
	r := Rule{Expires: "2026-03-12", TimeZone: "Asia/Baku"}
	for at, want := range map[string]bool{"2026-03-12T19:59:59Z": false, "2026-03-12T20:00:00Z": true} {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Expired(now); got != want {
			t.Errorf("at %s expired is %v", at, got)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("name: a\nquery: b\nquiet: {from: '22:00', to: '07:00'}"))
	f.Add([]byte(`{"name":"a","spike":{"window":"1h"}}`))
	f.Fuzz(func(t *testing.T, source []byte) {
		r, err := Decode("rule", source)
		if err != nil {
			return
		}
		_ = r.Validate(known, noon) // must not panic, whatever is in it
		r.Hold(noon, time.Time{}, false)
	})
}
