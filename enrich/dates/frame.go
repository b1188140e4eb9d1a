package dates

import (
	"strings"
	"time"

	"github.com/dateline-news/dateline/news"
)

// reading is what an expression means: a TIMEX3 type and value and, where it
// has one, a half-open interval. Times are wall-clock times of the report's
// zone, held as UTC.
type reading struct {
	typ        string
	value      string
	start, end time.Time
	clock      bool // the ends are instants, not days
	grain      unit
	basis      string
	zone       *time.Location // of a clock time that names its zone
	shift      bool           // reached by counting from another date
	open       openEnd
}

// openEnd says which end of an interval the text leaves open.
type openEnd uint8

const (
	noStart openEnd = iota + 1
	noEnd
)

// dated reports whether the reading has an interval.
func (r *reading) dated() bool { return !r.start.IsZero() && r.end.After(r.start) }

// spec is an expression that has been recognized and not yet resolved.
type spec interface {
	resolve(f *frame) reading
}

// frame is what an expression is resolved against.
type frame struct {
	now       time.Time // wall clock at publication
	day       time.Time // its midnight
	known     bool      // there is a publication time or a dateline
	clock     bool      // its time of day is known
	zone      *time.Location
	basis     string
	narrative bool // the text tells of other years than that of publication
	timeless  bool // nothing in the text ties it to its publication
	tense     tense
	present   bool // a verb in the present leads to the expression: the exam is on Friday
	governed  bool // a verb in the past stands right before it: left on 20 December
	announces bool // a short text without a verb: it tells what is to come
	dayFirst  bool // the text is in a language that writes the day before the month
	chained   bool // no verb stands between the expression and the one before it
	last      reading
	lastText  string
	lastDay   reading // the last reading of a single day
	dayText   string
}

// The bases of news.Date.Basis that are not the text of a date.
const (
	basisExplicit    = "explicit"
	basisPublication = "publication"
	basisDateline    = "dateline"
)

// newFrame anchors on the publication time in its zone, else on the date of
// the dateline.
func newFrame(r *news.Report) *frame {
	f := &frame{zone: time.UTC, basis: basisPublication, dayFirst: r.Language != "" && r.Language != "und" && !strings.HasPrefix(r.Language, "en")}
	switch at := r.Anchor(); {
	case !at.IsZero():
		f.zone = at.Location()
		y, m, d := at.Date()
		f.now = time.Date(y, m, d, at.Hour(), at.Minute(), at.Second(), 0, time.UTC)
		f.clock = f.now.Hour()+f.now.Minute()+f.now.Second() != 0
		f.known = true
	case r.Dateline != nil && !r.Dateline.Date.IsZero():
		y, m, d := r.Dateline.Date.Time.Date()
		f.now = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
		f.known, f.basis = true, basisDateline
	}
	f.day = midnight(f.now)
	return f
}

// establish makes a reading the one that later expressions lean on.
func (f *frame) establish(r reading, text string) {
	if !r.dated() || r.typ == news.TypeDuration || r.typ == news.TypeSet {
		return
	}
	f.last, f.lastText = r, text
	if r.grain <= day || r.clock {
		f.lastDay, f.dayText = r, text
	}
}

// anchor is the day that "two days later" counts from: the last the text
// established, else the day of publication.
func (f *frame) anchor() (time.Time, string) {
	if f.last.dated() {
		return f.last.start, f.lastText
	}
	return f.day, f.basis
}

func midnight(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func date(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

// weekStart is the Monday of t's ISO week.
func weekStart(t time.Time) time.Time {
	return midnight(t).AddDate(0, 0, -(isoWeekday(t) - 1))
}

// isoWeekday counts from Monday, 1, to Sunday, 7.
func isoWeekday(t time.Time) int {
	if wd := int(t.Weekday()); wd != 0 {
		return wd
	}
	return 7
}

// truncate is the start of the unit that holds t.
func truncate(t time.Time, u unit) time.Time {
	y, m, d := t.Date()
	switch u {
	case second, minute, hour:
		return t
	case day, night:
		return date(y, int(m), d)
	case week, fortnight:
		return weekStart(t)
	case weekend:
		return weekStart(t).AddDate(0, 0, 5)
	case monthUnit:
		return date(y, int(m), 1)
	case quarter:
		return date(y, (int(m)-1)/3*3+1, 1)
	case half:
		return date(y, (int(m)-1)/6*6+1, 1)
	case seasonUnit:
		if m <= 2 {
			return date(y-1, 12, 1)
		}
		return date(y, int(m)/3*3, 1)
	case decade:
		return date(y/10*10, 1, 1)
	case century:
		return date(y/100*100, 1, 1)
	default:
		return date(y, 1, 1)
	}
}

// advance is t moved by n units.
func advance(t time.Time, u unit, n int) time.Time {
	n = max(min(n, 1_000_000), -1_000_000)
	switch u {
	case second:
		return t.Add(time.Duration(n) * time.Second)
	case minute:
		return t.Add(time.Duration(n) * time.Minute)
	case hour:
		return t.Add(time.Duration(n) * time.Hour)
	case day, night:
		return t.AddDate(0, 0, n)
	case week, weekend:
		return t.AddDate(0, 0, 7*n)
	case fortnight:
		return t.AddDate(0, 0, 14*n)
	case monthUnit:
		return addMonths(t, n)
	case quarter, seasonUnit:
		return addMonths(t, 3*n)
	case half:
		return addMonths(t, 6*n)
	case decade:
		return addMonths(t, 120*n)
	case century:
		return addMonths(t, 1200*n)
	default:
		return addMonths(t, 12*n)
	}
}

// addMonths keeps the day of the month, or takes the last day of a shorter one.
func addMonths(t time.Time, n int) time.Time {
	y, m, d := t.Date()
	first := time.Date(y, m+time.Month(n), 1, t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
	return first.AddDate(0, 0, min(d, daysIn(first.Year(), int(first.Month())))-1)
}

func daysIn(y, m int) int { return date(y, m+1, 0).Day() }

// validDay reports whether the day exists in some year, or in y when y is known.
func validDay(y, m, d int) bool {
	if y == 0 {
		y = 2000
	}
	return m >= 1 && m <= 12 && d >= 1 && d <= daysIn(y, m)
}
