package when

import (
	"regexp"
	"strings"
	"time"
)

// zoneName is a trailing zone written as letters, with an optional comment.
var zoneName = regexp.MustCompile(`^(.*\d(?::\d\d|\.\d\d)?(?: ?[AaPp][Mm])?(?:[.,]\d+)?) ?\(?([A-Za-z]{1,5})\)?$`)

// offsetComment is an offset with the zone's name in brackets behind it.
var offsetComment = regexp.MustCompile(`([+-]\d{2}:?\d{2}) ?\([^)]*\)$`)

// utcOffset is UTC or GMT with an offset, as in "GMT+0400" or "UTC+4".
var utcOffset = regexp.MustCompile(`(?i)\b(?:UTC|GMT) ?([+-]\d{1,2})(?::?(\d{2}))?$`)

// cutZone returns s without a zone name at its end, and that name.
func cutZone(s string) (rest, name string) {
	s = offsetComment.ReplaceAllString(s, "$1")
	if m := utcOffset.FindStringSubmatchIndex(s); m != nil {
		return s[:m[0]] + offset(s, m), ""
	}
	m := zoneName.FindStringSubmatch(s)
	if m == nil {
		return s, ""
	}
	switch name := strings.ToUpper(m[2]); name {
	case "AM", "PM":
		return s, ""
	case "Z":
		return strings.TrimSpace(m[1]), "UTC"
	default:
		if strings.HasSuffix(s, "T") && name == "T" {
			return s, ""
		}
		return strings.TrimSpace(m[1]), name
	}
}

// offset writes the offset that utcOffset found as -0700.
func offset(s string, m []int) string {
	hours, minutes := s[m[2]:m[3]], "00"
	if m[4] >= 0 {
		minutes = s[m[4]:m[5]]
	}
	if len(hours) == 2 {
		hours = hours[:1] + "0" + hours[1:]
	}
	return hours + minutes
}

// resolve reads the wall clock of t in the zone that the agency named. A name
// that the source's own zone goes by, in summer or winter, is that zone (many
// sites write CET all year); then come the names that mean one zone alone;
// any other, such as AZT or IST, is the source's zone.
func resolve(t time.Time, name string, zone *time.Location) time.Time {
	switch name {
	case "":
		return t
	case "UTC", "GMT", "UT":
		return at(t, time.UTC)
	}
	for _, month := range []time.Month{time.January, time.July} {
		if own, _ := time.Date(t.Year(), month, 1, 0, 0, 0, 0, zone).Zone(); own == name {
			return at(t, zone)
		}
	}
	if seconds, ok := zoneOffsets[name]; ok {
		return at(t, time.FixedZone(name, seconds))
	}
	return at(t, zone)
}

func at(t time.Time, zone *time.Location) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), zone)
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
