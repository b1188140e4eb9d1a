// Package when reads the times that agencies write in feeds and pages. It
// promises that a time without a zone, or with a zone name of the agency's
// own country, is read in the source's zone, never silently as UTC.
package when

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	dateparser "github.com/markusmobius/go-dateparser"
)

// Parse reads s as a time. zone is the source's zone, nil for UTC. dayOnly
// says that s gives no time of day; t is then midnight of that day in zone.
// ok is false when s is no complete date.
func Parse(s string, zone *time.Location) (t time.Time, dayOnly, ok bool) {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" || len(s) > maxLength {
		return time.Time{}, false, false
	}
	if zone == nil {
		zone = time.UTC
	}
	if t, ok := parseEpoch(s); ok {
		return t.In(zone), false, true
	}
	s, name := cutZone(s)
	day, c, hasClock := cutClock(s)
	for _, layout := range dayLayouts {
		d, err := time.Parse(layout, day)
		if err != nil || !plausible(d) {
			continue
		}
		if !hasClock {
			return inZone(d, clockTime{}, zone), true, true
		}
		return inZone(d, c, c.zone(d, name, zone)), false, true
	}
	return time.Time{}, false, false
}

// ParseAny reads what Parse reads and, failing that, dates written out in the
// words of some two hundred locales. language is a BCP 47 tag or "". It is
// slower than Parse by far.
func ParseAny(s string, zone *time.Location, language string) (t time.Time, dayOnly, ok bool) {
	if t, dayOnly, ok = Parse(s, zone); ok {
		return t, dayOnly, ok
	}
	s = strings.Join(strings.Fields(s), " ")
	if s == "" || len(s) > maxLength || !digit.MatchString(s) {
		return time.Time{}, false, false
	}
	if zone == nil {
		zone = time.UTC
	}
	config := &dateparser.Configuration{
		DefaultTimezone: zone,
		StrictParsing:   true,
		DateOrder:       dateparser.DMY,
		// A fixed "now": only complete dates are taken, so it changes nothing,
		// and the reading of a page never depends on the day it is read.
		CurrentTime: time.Date(2000, 1, 1, 0, 0, 0, 0, zone),
	}
	if base, _, _ := strings.Cut(language, "-"); dateparser.IsKnownLocale(base) {
		config.Languages = []string{base}
	}
	d, err := dateparser.Parse(config, s)
	if err != nil || d.Time.IsZero() || !plausible(d.Time) || !year.MatchString(s) {
		return time.Time{}, false, false
	}
	if clock.MatchString(s) {
		return d.Time, false, true
	}
	y, m, day := d.Time.Date()
	return time.Date(y, m, day, 0, 0, 0, 0, zone), true, true
}

// maxLength bounds a date in bytes; longer strings are prose.
const maxLength = 120

var (
	digit = regexp.MustCompile(`\d`)
	year  = regexp.MustCompile(`\b(?:19|20)\d\d\b`)
	clock = regexp.MustCompile(`\d{1,2}:\d{2}\b`)
)

// plausible keeps times that a news agency can mean.
func plausible(t time.Time) bool { return t.Year() >= 1900 && t.Year() <= 2100 }

// parseEpoch reads seconds or milliseconds since 1970.
func parseEpoch(s string) (time.Time, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return time.Time{}, false
	}
	var t time.Time
	switch len(s) {
	case 10:
		t = time.Unix(n, 0)
	case 13:
		t = time.UnixMilli(n)
	default:
		return time.Time{}, false
	}
	return t, plausible(t)
}

// dayLayouts are the ways a day is written, once the time of day is cut off.
var dayLayouts = []string{
	"2006-01-02", "Mon, 2 Jan 2006", "2 Jan 2006", "2 January 2006", "Monday, 2 January 2006", "Mon, 2 January 2006",
	"Mon 2 Jan 2006", "Monday 2 January 2006", "January 2, 2006", "Jan 2, 2006", "Monday, January 2, 2006", "Mon, Jan 2, 2006",
	"Mon Jan 2 2006", "Mon, Jan 2 2006", "Jan 2 2006", "January 2 2006", "2-Jan-2006", "Mon, 2-Jan-2006", "Monday, 2-Jan-06",
	"2 Jan 06", "Mon, 2 Jan 06", "02.01.2006", "2.1.2006", "02-01-2006", "2006/01/02", "2006/1/2", "2006.01.02", "20060102", "2 Jan. 2006", "Jan. 2, 2006",
}
