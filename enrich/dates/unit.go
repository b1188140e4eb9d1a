package dates

import (
	"iter"
	"strings"
)

// unit is a unit of the calendar or the clock, finest first.
type unit uint8

const (
	noUnit unit = iota
	second
	minute
	hour
	night
	day
	weekend
	week
	fortnight
	monthUnit
	seasonUnit
	quarter
	half
	year
	decade
	century
)

// A part of the day, with the hours the TIMEX3 tag stands for.
const (
	partMorning = 1 + iota
	partAfternoon
	partEvening
	partNight
	partMidday
	partDaytime
	partLunch
	partTonight
	partSmallHours
)

// dayParts gives the TIMEX3 tag of each part of the day and its hours; a night
// ends at midnight, so that it stays within the day it is named after.
var dayParts = [...]struct {
	tag      string
	from, to int
}{
	partMorning:   {"MO", 6, 12},
	partAfternoon: {"AF", 12, 18},
	partEvening:   {"EV", 18, 24},
	partNight:     {"NI", 20, 24},
	partMidday:    {"MI", 12, 13},
	partDaytime:   {"DT", 6, 18},
	partLunch:     {"MI", 12, 13},
	partTonight:   {"NI", 18, 24},
	// TIMEX3 has no tag for the hours after midnight.
	partSmallHours: {"MO", 0, 6},
}

// seasons gives the TIMEX3 tag of each season and its first month (the
// meteorological seasons of the northern hemisphere).
var seasons = [...]struct {
	tag   string
	month int
}{1: {"SP", 3}, 2: {"SU", 6}, 3: {"FA", 9}, 4: {"WI", 12}}

// letter is the designator of the unit in an ISO 8601 duration, and whether
// it follows the T.
func (u unit) letter() (designator string, clock bool) {
	switch u {
	case second:
		return "S", true
	case minute:
		return "M", true
	case hour:
		return "H", true
	case day, night:
		return "D", false
	case week:
		return "W", false
	case weekend:
		return "WE", false
	case monthUnit:
		return "M", false
	case quarter:
		return "Q", false
	case decade:
		return "DE", false
	case century:
		return "CE", false
	default:
		return "Y", false
	}
}

func fields(s string) iter.Seq[string] { return strings.FieldsSeq(s) }
