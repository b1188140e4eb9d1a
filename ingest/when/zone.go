package when

import (
	"regexp"
	"time"
)

var (
	// comment is what stands in brackets behind a time, mostly the zone's name.
	comment = regexp.MustCompile(`\s*\(([^)]*)\)$`)
	// utcOffset is UTC or GMT with an offset, as in "GMT+0400" or "UTC+4".
	utcOffset = regexp.MustCompile(`(?i)\b(?:UTC|GMT) ?([+-])(\d{1,2})(?::?(\d{2}))?\b`)
	// zoneName is a zone written as letters behind a time of day.
	zoneName = regexp.MustCompile(`(\d(?: ?[AaPp]\.?[Mm]\.?)?) ?\(?([A-Z]{2,5})\)?(?: (\d{4}))?$`)
)

// cutZone returns s without a zone's name behind its time of day, and that
// name.
func cutZone(s string) (rest, name string) {
	if m := comment.FindStringSubmatchIndex(s); m != nil {
		s, name = s[:m[0]], s[m[2]:m[3]]
	}
	if m := utcOffset.FindStringSubmatch(s); m != nil {
		offset := m[1] + pad(m[2]) + pad(m[3])
		return utcOffset.ReplaceAllString(s, offset), ""
	}
	m := zoneName.FindStringSubmatchIndex(s)
	if m == nil || s[m[4]:m[5]] == "AM" || s[m[4]:m[5]] == "PM" {
		return s, name
	}
	name = s[m[4]:m[5]]
	rest = s[:m[3]]
	if m[6] >= 0 { // "17:20:00 AZT 2014"
		rest += " " + s[m[6]:m[7]]
	}
	return rest, name
}

func pad(digits string) string { return ("00" + digits)[len(digits):] }

// namedZone returns the zone that a time on day is in when the agency names
// it so. A name that the source's own zone goes by, in summer or winter, is
// that zone (many sites write CET all year); then come the names that mean
// one zone alone; any other, such as AZT or IST, is the source's zone.
func namedZone(name string, day time.Time, source *time.Location) *time.Location {
	switch name {
	case "":
		return source
	case "UTC", "GMT", "UT":
		return time.UTC
	}
	for _, month := range []time.Month{time.January, time.July} {
		if own, _ := time.Date(day.Year(), month, 1, 0, 0, 0, 0, source).Zone(); own == name {
			return source
		}
	}
	if seconds, ok := zoneOffsets[name]; ok {
		return time.FixedZone(name, seconds)
	}
	return source
}

const hour = 3600

// zoneOffsets are the names with one meaning in practice, in seconds east of
// UTC: those of RFC 822 and the European ones. BST, IST, CST of China and
// their like are left out, since the source's zone knows better.
var zoneOffsets = map[string]int{
	"EST": -5 * hour, "EDT": -4 * hour, "CDT": -5 * hour, "MDT": -6 * hour, "PST": -8 * hour, "PDT": -7 * hour,
	"WET": 0, "WEST": hour, "CET": hour, "CEST": 2 * hour, "EET": 2 * hour, "EEST": 3 * hour, "MSK": 3 * hour,
	"JST": 9 * hour, "KST": 9 * hour, "NZST": 12 * hour, "NZDT": 13 * hour, "AEST": 10 * hour, "AEDT": 11 * hour,
}
