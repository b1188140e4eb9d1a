package when

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// clockTime is a time of day as it is written; offset is "", "Z" or like
// "+0400".
type clockTime struct {
	hour, minute, second int
	fraction             time.Duration
	offset               string
}

// timeOfDay is a time of day with what may follow it. The basic form of ISO
// 8601, "T172000", is the second alternative.
var timeOfDay = regexp.MustCompile(`(?i)(?:\bat\s+|[T\s,|/–-]|^)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9})\d*)?)?\s?([ap]\.?m\b\.?)?\s?(Z\b|[+-]\d{2}:?\d{2}\b|[+-]\d{2}\b)?` +
	`|T(\d{2})(\d{2})(\d{2})?(Z\b|[+-]\d{2}:?\d{2}\b)?$`)

// cutClock returns s without the time of day, and that time. What is left is
// one string, since the time may stand before, behind or amid the day.
func cutClock(s string) (day string, c clockTime, ok bool) {
	m := timeOfDay.FindStringSubmatchIndex(s)
	if m == nil {
		return s, c, false
	}
	group := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return s[m[2*i]:m[2*i+1]]
	}
	if group(1) != "" {
		c = clockTime{hour: number(group(1)), minute: number(group(2)), second: number(group(3)), offset: group(6)}
		c.fraction = time.Duration(number((group(4) + "000000000")[:9]))
		c.hour = halfDay(c.hour, group(5))
	} else {
		c = clockTime{hour: number(group(7)), minute: number(group(8)), second: number(group(9)), offset: group(10)}
	}
	if c.hour > 24 || c.minute > 59 || c.second > 60 {
		return s, clockTime{}, false
	}
	const separators = " ,|/–-"
	before, after := strings.TrimRight(s[:m[0]], separators), strings.TrimLeft(s[m[1]:], separators)
	return strings.TrimSpace(before + " " + after), c, true
}

// number reads decimal digits; "" is 0.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

func halfDay(hour int, half string) int {
	switch {
	case half == "" || hour > 12:
		return hour
	case strings.EqualFold(half[:1], "p"):
		return hour%12 + 12
	}
	return hour % 12
}

// zone is where the clock runs: at its own offset, else in the named zone.
func (c clockTime) zone(day time.Time, name string, source *time.Location) *time.Location {
	switch {
	case c.offset == "":
		return namedZone(name, day, source)
	case strings.EqualFold(c.offset, "Z"):
		return time.UTC
	}
	digits := strings.ReplaceAll(c.offset[1:], ":", "") + "00"
	seconds := number(digits[:2])*3600 + number(digits[2:4])*60
	if c.offset[0] == '-' {
		seconds = -seconds
	}
	if seconds == 0 {
		return time.UTC
	}
	return time.FixedZone("", seconds)
}

func inZone(day time.Time, c clockTime, zone *time.Location) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), c.hour, c.minute, c.second, int(c.fraction), zone)
}
