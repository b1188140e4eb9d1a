package when

import (
	"testing"
	"time"
	_ "time/tzdata"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	l, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestParse(t *testing.T) {
	tests := []struct{ in, zone, want string }{
		{"Mon, 08 Dec 2014 17:20:00 +0400", "UTC", "2014-12-08T17:20:00+04:00"},
		{"Mon, 8 Dec 2014 17:20 +0400", "UTC", "2014-12-08T17:20:00+04:00"},
		{"Mon, 08 Dec 2014 17:20:00 AZT", "Asia/Baku", "2014-12-08T17:20:00+04:00"},
		{"Mon, 08 Dec 2014 17:20:00 GMT", "Asia/Baku", "2014-12-08T17:20:00Z"},
		{"Mon, 08 Dec 2014 17:20:00", "Asia/Baku", "2014-12-08T17:20:00+04:00"},
		{"2014-12-08 17:20:00", "Asia/Baku", "2014-12-08T17:20:00+04:00"},
		{"2014-12-08T17:20:00", "Asia/Baku", "2014-12-08T17:20:00+04:00"},
		{"2014-12-08T17:20:00Z", "Asia/Baku", "2014-12-08T17:20:00Z"},
		{"2014-12-08T17:20:00.123Z", "Asia/Baku", "2014-12-08T17:20:00.123Z"},
		{"2014-12-08T17:20:00+0400", "UTC", "2014-12-08T17:20:00+04:00"},
		{"2014-12-08T17:20+04:00", "UTC", "2014-12-08T17:20:00+04:00"},
		{"2014-12-08", "Asia/Baku", "2014-12-08T00:00:00+04:00"},
		{"8 December 2014", "Asia/Baku", "2014-12-08T00:00:00+04:00"},
		{"December 8, 2014", "UTC", "2014-12-08T00:00:00Z"},
		{"08.12.2014", "UTC", "2014-12-08T00:00:00Z"},
		{"08.12.2014 17:20", "Asia/Baku", "2014-12-08T17:20:00+04:00"},
		{"8 December 2014, 5:20 PM", "Asia/Baku", "2014-12-08T17:20:00+04:00"},
		{"Tue, 07 Jul 2015 10:00:00 CET", "Europe/Brussels", "2015-07-07T10:00:00+02:00"},
		{"Tue, 07 Jul 2015 10:00:00 CET", "UTC", "2015-07-07T10:00:00+01:00"},
		{"Tue, 07 Jul 2015 10:00:00 EST", "Europe/London", "2015-07-07T10:00:00-05:00"},
		{"Tue, 07 Jul 2015 10:00:00 EST", "America/New_York", "2015-07-07T10:00:00-04:00"},
		{"Tue, 07 Jul 2015 10:00:00 IST", "Asia/Kolkata", "2015-07-07T10:00:00+05:30"},
		{"Tue, 07 Jul 2015 10:00:00 IST", "Asia/Jerusalem", "2015-07-07T10:00:00+03:00"},
		{"Tue, 07 Jul 2015 10:00:00 +0300 (MSK)", "UTC", "2015-07-07T10:00:00+03:00"},
		{"Tue Jul 07 2015 10:00:00 GMT+0300 (Moscow Standard Time)", "UTC", "2015-07-07T10:00:00+03:00"},
		{"1418044800", "UTC", "2014-12-08T13:20:00Z"},
		{"1418044800000", "UTC", "2014-12-08T13:20:00Z"},
	}
	for _, tt := range tests {
		got, _, ok := Parse(tt.in, zone(t, tt.zone))
		if !ok || got.Format(time.RFC3339Nano) != tt.want {
			t.Errorf("Parse(%q, %s) = %s, %v, want %s", tt.in, tt.zone, got.Format(time.RFC3339Nano), ok, tt.want)
		}
	}
}

func TestParseRefusesWhatIsNoCompleteDate(t *testing.T) {
	for _, s := range []string{"", "today", "8 December", "17:20", "2014", "0001-01-01", "12345", "2014-13-08", "99999999999999999999"} {
		if got, _, ok := Parse(s, nil); ok {
			t.Errorf("Parse(%q) = %s", s, got)
		}
	}
}

func TestParseAnyReadsDatesInWords(t *testing.T) {
	baku := zone(t, "Asia/Baku")
	tests := []struct {
		in, language, want string
		dayOnly            bool
	}{
		{"8 dekabr 2014", "az", "2014-12-08T00:00:00+04:00", true},
		{"8 декабря 2014, 17:20", "ru", "2014-12-08T17:20:00+04:00", false},
		{"8. Dezember 2014", "de-DE", "2014-12-08T00:00:00+04:00", true},
		{"le 8 décembre 2014 à 17:20", "fr", "2014-12-08T17:20:00+04:00", false},
		{"2014-12-08T17:20:00Z", "", "2014-12-08T17:20:00Z", false},
	}
	for _, tt := range tests {
		got, dayOnly, ok := ParseAny(tt.in, baku, tt.language)
		if !ok || got.Format(time.RFC3339) != tt.want || dayOnly != tt.dayOnly {
			t.Errorf("ParseAny(%q) = %s, day only %v, %v, want %s", tt.in, got.Format(time.RFC3339), dayOnly, ok, tt.want)
		}
	}
	for _, s := range []string{"yesterday", "2 hours ago", "декабря", "8 dekabr"} {
		if got, _, ok := ParseAny(s, baku, ""); ok {
			t.Errorf("ParseAny(%q) = %s", s, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"Mon, 08 Dec 2014 17:20:00 AZT", "2014-12-08T17:20:00Z", "1418044800", "8018044800", "-100000000000", "8 dekabr 2014", "GMT+4"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, _, ok := Parse(s, time.UTC); ok && (got.Year() < 1899 || got.Year() > 2101) {
			t.Errorf("Parse(%q) = %s", s, got)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for name, s := range map[string]string{"rss": "Mon, 08 Dec 2014 17:20:00 +0400", "prose": "no date at all, just words of a page"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Parse(s, time.UTC)
			}
		})
	}
}
