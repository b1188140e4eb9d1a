package pubdate

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// day is a day of the calendar.
type day struct{ year, month, day int }

// written is a day as it stands in a text, with the time of day beside it.
type written struct {
	day
	at, end int // bytes of the text
	// hour is -1 where no time of day stands there.
	hour, minute int
	// ambiguous says that day and month could be the other way round, and
	// swapped that this is that other way.
	ambiguous, swapped bool
}

var (
	yearFirst  = regexp.MustCompile(`((?:19|20)\d\d)\s?(?:[-/.|年]|년)\s?(\d{1,2})\s?(?:[-/.|月]|월)\s?(\d{1,2})`)
	numbers    = regexp.MustCompile(`(\d{1,2})\s?([./|-])\s?(\d{1,2})\s?[./|-]\s?((?:19|20)\d\d|\d\d)`)
	dayFirst   = regexp.MustCompile(`(\d{1,2})(?:st|nd|rd|th|er|º|ª|-го)?[\s.,/|-]{0,3}(?:de |d['’]|of |di )?([\p{L}\p{M}]{2,20})[\s.,/|-]{0,3}(?:de |del )?((?:19|20)\d\d)`)
	monthFirst = regexp.MustCompile(`([\p{L}\p{M}]{3,20})[\s./-]{1,3}(\d{1,2})(?:st|nd|rd|th)?[\s.,/|-]{1,3}((?:19|20)\d\d)`)
	yearMonth  = regexp.MustCompile(`((?:19|20)\d\d)[\s.,-]{1,3}(?:m\. |gada )?([\p{L}\p{M}]{3,20})[\s.]{1,2}(\d{1,2})`)
	timeBeside = regexp.MustCompile(`(?i)(\d{1,2})\s?(?:[:h]|uhr)\s?(\d{2})?(?:\s?([ap])\.?m\b)?`)
)

// findWritten returns the complete dates in s, in their order. language is a
// BCP 47 tag or "".
func findWritten(s, language string) []written {
	if !mayHoldDate(s) {
		return nil
	}
	s = westernDigits(s)
	var out []written
	taken := func(at, end int) bool {
		for _, w := range out {
			if at < w.end && w.at < end {
				return true
			}
		}
		return false
	}
	add := func(m []int, year, month, d int, ambiguous bool) {
		w := written{day: day{year, month, d}, at: m[0], end: m[1], ambiguous: ambiguous}
		if insideNumber(s, m[0], m[1]) || !w.plausible() || taken(m[0], m[1]) {
			return
		}
		w.hour, w.minute = clockBeside(s, w)
		out = append(out, w)
		if ambiguous {
			w.month, w.day.day, w.swapped = w.day.day, w.month, true
			out = append(out, w)
		}
	}
	for _, m := range yearFirst.FindAllStringSubmatchIndex(s, -1) {
		add(m, part(s, m, 1), part(s, m, 2), part(s, m, 3), false)
	}
	for _, m := range numbers.FindAllStringSubmatchIndex(s, -1) {
		d, month, year := part(s, m, 1), part(s, m, 3), part(s, m, 4)
		if m[9]-m[8] == 2 {
			year += 2000
		}
		ambiguous := d <= 12 && month <= 12 && d != month
		if month > 12 || ambiguous && s[m[4]] == '/' && monthsComeFirst(language) {
			d, month = month, d
		}
		add(m, year, month, d, ambiguous)
	}
	for _, m := range dayFirst.FindAllStringSubmatchIndex(s, -1) {
		add(m, part(s, m, 3), monthOf(s[m[4]:m[5]], language), part(s, m, 1), false)
	}
	for _, m := range monthFirst.FindAllStringSubmatchIndex(s, -1) {
		add(m, part(s, m, 3), monthOf(s[m[2]:m[3]], language), part(s, m, 2), false)
	}
	for _, m := range yearMonth.FindAllStringSubmatchIndex(s, -1) {
		add(m, part(s, m, 1), monthOf(s[m[4]:m[5]], language), part(s, m, 3), false)
	}
	return out
}

// mayHoldDate is a quick look for enough digits.
func mayHoldDate(s string) bool {
	digits := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			if digits++; digits >= 4 {
				return true
			}
		}
	}
	return false
}

// westernDigits writes the digits of all scripts as 0 to 9.
func westernDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf || !unicode.Is(unicode.Nd, r) {
			return r
		}
		zero := r
		for zero > 0 && unicode.Is(unicode.Nd, zero-1) && r-zero < 9 {
			zero--
		}
		return '0' + (r-zero)%10
	}, s)
}

func part(s string, m []int, i int) int {
	n, err := strconv.Atoi(s[m[2*i]:m[2*i+1]])
	if err != nil {
		return 0
	}
	return n
}

// insideNumber reports whether a longer number, such as a price or an
// address, goes on beside s[at:end].
func insideNumber(s string, at, end int) bool {
	isDigit := func(i int) bool { return i >= 0 && i < len(s) && '0' <= s[i] && s[i] <= '9' }
	if isDigit(at-1) || isDigit(end) {
		return true
	}
	return at > 0 && strings.IndexByte("./-", s[at-1]) >= 0 && isDigit(at-2)
}

// plausible keeps days since the first web pages.
func (d day) plausible() bool {
	return d.year >= 1991 && d.year <= 2100 && d.month >= 1 && d.month <= 12 && d.day >= 1 && d.day <= 31
}

// monthsComeFirst: 3/4/2020 is the fourth of March.
func monthsComeFirst(language string) bool {
	return language == "" || language == "en" || strings.EqualFold(language, "en-US")
}

// beside is how far from a date, in bytes, its time of day is looked for.
const beside = 30

func clockBeside(s string, w written) (hour, minute int) {
	after := s[w.end:min(len(s), w.end+beside)]
	before := s[max(0, w.at-beside/2):w.at]
	for _, text := range []string{after, before} {
		for _, m := range timeBeside.FindAllStringSubmatch(text, -1) {
			hour, minute := atoi(m[1]), atoi(m[2])
			switch {
			case strings.EqualFold(m[3], "p"):
				hour = hour%12 + 12
			case strings.EqualFold(m[3], "a"):
				hour %= 12
			}
			if hour < 24 && minute < 60 {
				return hour, minute
			}
		}
	}
	return -1, 0
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

var (
	fullAddress  = regexp.MustCompile(`(?:^|[^\d])((?:19|20)\d\d)[/_.-](\d{1,2})[/_.-](\d{1,2})(?:[^\d]|$)`)
	tightAddress = regexp.MustCompile(`(?:^|[^\d])((?:19|20)\d\d)/?(\d\d)/?(\d\d)(?:[^\d]|$)`)
	monthAddress = regexp.MustCompile(`/((?:19|20)\d\d)[/_-](\d\d?)(?:[^\d]|$)`)
	dayAddress   = regexp.MustCompile(`(?:^|[^\d])(\d{1,2})[._-](\d{1,2})[._-]((?:19|20)\d\d)(?:[^\d]|$)`)
	wordAddress  = regexp.MustCompile(`/((?:19|20)\d\d)/([a-z]{3,9})/(\d{1,2})(?:[^\d]|$)`)
)

// dayInAddress is the day that the path of a page's address names; its day is
// 0 where it names a month alone, and its year where it names neither.
func dayInAddress(path string) day {
	for _, p := range []*regexp.Regexp{fullAddress, tightAddress} {
		if m := p.FindStringSubmatch(path); m != nil {
			if d := (day{atoi(m[1]), atoi(m[2]), atoi(m[3])}); d.plausible() {
				return d
			}
		}
	}
	if m := dayAddress.FindStringSubmatch(path); m != nil {
		if d := (day{atoi(m[3]), atoi(m[2]), atoi(m[1])}); d.plausible() {
			return d
		}
	}
	if m := wordAddress.FindStringSubmatch(path); m != nil {
		if d := (day{atoi(m[1]), monthOf(m[2], "en"), atoi(m[3])}); d.plausible() {
			return d
		}
	}
	if m := monthAddress.FindStringSubmatch(path); m != nil {
		if d := (day{atoi(m[1]), atoi(m[2]), 1}); d.plausible() {
			d.day = 0
			return d
		}
	}
	return day{}
}
