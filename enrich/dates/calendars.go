package dates

import (
	"math"
	"time"
)

// yearly gives the day of a holiday in a Gregorian year; ok is false in a
// year without it.
type yearly func(y int) (t time.Time, ok bool)

func fixedDay(m, d int) yearly {
	return func(y int) (time.Time, bool) { return date(y, m, d), true }
}

// nthWeekdayOf is the nth such weekday of a month, from its end when n is negative.
func nthWeekdayOf(m, wd, n int) yearly {
	return func(y int) (time.Time, bool) {
		return nthWeekday(period(date(y, m, 1), monthUnit), wd, n), true
	}
}

// shifted is a number of days from another holiday.
func shifted(on yearly, days int) yearly {
	return func(y int) (time.Time, bool) {
		t, ok := on(y)
		return t.AddDate(0, 0, days), ok
	}
}

// westernEaster is Easter Sunday by the Gregorian computus (Meeus, Astronomical
// Algorithms, chapter 8).
func westernEaster(y int) (time.Time, bool) {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return date(y, n/31, n%31+1), y > 1582
}

// orthodoxEaster is Easter Sunday by the Julian computus, as a Gregorian date.
func orthodoxEaster(y int) (time.Time, bool) {
	a, b, c := y%4, y%7, y%19
	d := (19*c + 15) % 30
	e := (2*a + 4*b - d + 34) % 7
	n := d + e + 114
	return date(y, n/31, n%31+1).AddDate(0, 0, y/100-y/400-2), y > 1582
}

// fromRataDie is the day with a number that counts from 1 January of year 1.
func fromRataDie(n int) time.Time { return time.Unix(int64(n-719163)*86400, 0).UTC() }

// islamicDay is a day of the Islamic calendar as it is reckoned for Mecca; a
// country that waits for the moon to be seen may differ by a day.
func islamicDay(m, d int) yearly {
	return func(y int) (time.Time, bool) {
		for hijri := (y-622)*33/32 - 1; hijri < (y-622)*33/32+4; hijri++ {
			if t := islamicMonth(hijri, m).AddDate(0, 0, d-1); t.Year() == y {
				return t, true
			}
		}
		return time.Time{}, false
	}
}

// islamicMonth is the first day of a month: the day after a new moon that
// comes before the afternoon in Mecca, else a day later. The tabular calendar
// says which new moon it is.
func islamicMonth(hijri, m int) time.Time {
	table := 227015 + 29*(m-1) + m/2 + 354*(hijri-1) + (3+11*hijri)/30
	moon := newMoonAfter(fromRataDie(table - 6))
	start := midnight(moon).AddDate(0, 0, 1)
	if moon.Hour() >= 12 {
		start = start.AddDate(0, 0, 1)
	}
	return start
}

// The months of the Hebrew calendar that holidays fall in.
const (
	nisan    = 1
	iyar     = 2
	sivan    = 3
	av       = 5
	tishri   = 7
	kislev   = 9
	shevat   = 11
	adar     = 12
	lastAdar = 14 // Adar, or Adar II in a leap year
)

// hebrewDay is the evening on which a day of the Hebrew calendar begins
// (Dershowitz and Reingold, Calendrical Calculations).
func hebrewDay(m, d int) yearly {
	return func(y int) (time.Time, bool) {
		h := y + 3760
		if m >= tishri && m < shevat {
			h++
		}
		n := hebrewNumber(h, m, d)
		return fromRataDie(n - 1), y > 0
	}
}

func hebrewLeap(y int) bool { return (7*y+1)%19 < 7 }

func hebrewElapsed(y int) int {
	months := (235*y - 234) / 19
	parts := 12084 + 13753*months
	d := 29*months + parts/25920
	if 3*(d+1)%7 < 3 {
		d++
	}
	return d
}

func hebrewNewYear(y int) int {
	before, now, after := hebrewElapsed(y-1), hebrewElapsed(y), hebrewElapsed(y+1)
	delay := 0
	switch {
	case after-now == 356:
		delay = 2
	case now-before == 382:
		delay = 1
	}
	return -1373428 + now + delay
}

func hebrewMonthLength(y, m int) int {
	length := hebrewNewYear(y+1) - hebrewNewYear(y)
	switch {
	case m == 2, m == 4, m == 6, m == 10, m == 13:
		return 29
	case m == adar && !hebrewLeap(y):
		return 29
	case m == 8 && length%10 != 5:
		return 29
	case m == kislev && length%10 == 3:
		return 29
	}
	return 30
}

func hebrewNumber(y, m, d int) int {
	months := 12
	if hebrewLeap(y) {
		months = 13
	}
	if m == lastAdar {
		m = months
	}
	n := hebrewNewYear(y) + d
	if m < tishri {
		for k := tishri; k <= months; k++ {
			n += hebrewMonthLength(y, k)
		}
		for k := nisan; k < m; k++ {
			n += hebrewMonthLength(y, k)
		}
		return n
	}
	for k := tishri; k < m; k++ {
		n += hebrewMonthLength(y, k)
	}
	return n
}

// chineseNewYear is the day in Beijing of the new moon between 21 January and
// 20 February.
func chineseNewYear(y int) (time.Time, bool) { return beijingNewMoon(date(y, 1, 21)), true }

// chineseDay is a day of the Chinese month whose new moon is the first at or
// after a day of the Gregorian year.
func chineseDay(m, d, dayOfMonth int) yearly {
	return func(y int) (time.Time, bool) {
		return beijingNewMoon(date(y, m, d)).AddDate(0, 0, dayOfMonth-1), true
	}
}

func beijingNewMoon(from time.Time) time.Time {
	t := newMoonAfter(from.Add(-8 * time.Hour))
	return midnight(t.Add(8 * time.Hour))
}

// The hours of Universal Time at which the lunar day decides a Hindu holiday.
const (
	atSunrise  = 1
	atNoon     = 7
	atEvening  = 13
	atMoonrise = 15
	atMidnight = 18
)

// tithiDay is a lunar day (1 to 30) of an amanta Hindu month (1 is Chaitra),
// as it stands at an hour of the day.
func tithiDay(month, tithi, hour int) yearly {
	return func(y int) (time.Time, bool) {
		moon, ok := hinduMonth(y, month)
		if !ok {
			return time.Time{}, false
		}
		start := midnight(moon).AddDate(0, 0, tithi-2)
		for k := range 4 {
			t := start.AddDate(0, 0, k)
			at := t.Add(time.Duration(hour) * time.Hour)
			e := elongation(julianDay(at))
			if n := int(e/12) + 1; n >= tithi && !(tithi == 1 && n > 15) {
				return t, true
			}
		}
		return start, true
	}
}

// hinduMonth is the new moon that begins a month of a Gregorian year: the last
// one with the sun in the sign that names the month.
func hinduMonth(y, month int) (time.Time, bool) {
	sign := float64((month + 10) % 12)
	start := date(y, 3, 1)
	if month >= 10 {
		start = date(y-1, 12, 1)
	}
	start = start.AddDate(0, 0, int(30.4*float64((month-1)%12)))
	if month >= 10 {
		start = date(y-1, 12, 1).AddDate(0, 0, 30*(month-10))
	}
	var last time.Time
	t := start.AddDate(0, 0, -32)
	for range 4 {
		t = newMoonAfter(t)
		sidereal := math.Mod(sunLongitude(julianDay(t))-ayanamsa(t.Year())+360, 360)
		if math.Floor(sidereal/30) == sign {
			last = t
		}
		t = t.AddDate(0, 0, 1)
	}
	return last, !last.IsZero()
}

// ayanamsa is how far the sidereal zodiac lies behind the tropical, in degrees
// (Lahiri).
func ayanamsa(y int) float64 { return 23.85 + float64(y-2000)*0.01397 }

func julianDay(t time.Time) float64 { return float64(t.Unix())/86400 + 2440587.5 }

// newMoonAfter is the first new moon at or after t, to within minutes.
func newMoonAfter(t time.Time) time.Time {
	jd := julianDay(t)
	jd += (360 - elongation(jd)) / 360 * 29.530588
	for range 6 {
		e := elongation(jd)
		if e > 180 {
			e -= 360
		}
		jd -= e / 360 * 29.530588
	}
	if jd < julianDay(t)-0.01 {
		return newMoonAfter(t.AddDate(0, 0, 3))
	}
	return time.Unix(int64((jd-2440587.5)*86400), 0).UTC()
}

// elongation is the longitude of the moon less that of the sun, in degrees.
func elongation(jd float64) float64 {
	return math.Mod(moonLongitude(jd)-sunLongitude(jd)+720, 360)
}

func sinDegrees(x float64) float64 { return math.Sin(x * math.Pi / 180) }

// sunLongitude is the apparent longitude of the sun in degrees (Meeus, low
// precision, chapter 25).
func sunLongitude(jd float64) float64 {
	t := (jd - 2451545) / 36525
	m := 357.52911 + 35999.05029*t
	l := 280.46646 + 36000.76983*t + (1.914602-0.004817*t)*sinDegrees(m) + 0.019993*sinDegrees(2*m) + 0.000289*sinDegrees(3*m) - 0.00569
	return math.Mod(math.Mod(l, 360)+360, 360)
}

// moonLongitude is the longitude of the moon in degrees, by the largest terms
// of Meeus, chapter 47.
func moonLongitude(jd float64) float64 {
	t := (jd - 2451545) / 36525
	l := 218.3164477 + 481267.88123421*t
	d := 297.8501921 + 445267.1114034*t
	m := 357.5291092 + 35999.0502909*t
	n := 134.9633964 + 477198.8675055*t
	f := 93.2720950 + 483202.0175233*t
	l += 6.288774*sinDegrees(n) + 1.274027*sinDegrees(2*d-n) + 0.658314*sinDegrees(2*d) + 0.213618*sinDegrees(2*n) -
		0.185116*sinDegrees(m) - 0.114332*sinDegrees(2*f) + 0.058793*sinDegrees(2*d-2*n) + 0.057066*sinDegrees(2*d-m-n) +
		0.053322*sinDegrees(2*d+n) + 0.045758*sinDegrees(2*d-m) - 0.040923*sinDegrees(m-n) - 0.034720*sinDegrees(d) -
		0.030383*sinDegrees(m+n) + 0.015327*sinDegrees(2*d-2*f) - 0.012528*sinDegrees(n+2*f) + 0.010980*sinDegrees(n-2*f) +
		0.010675*sinDegrees(4*d-n) + 0.010034*sinDegrees(3*n)
	return math.Mod(math.Mod(l, 360)+360, 360)
}
