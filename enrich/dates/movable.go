package dates

import "time"

// nearWorkday is a day of the year, moved to the nearest workday.
func nearWorkday(m, d int) yearly {
	return func(y int) (time.Time, bool) {
		t := date(y, m, d)
		switch isoWeekday(t) {
		case 6:
			t = t.AddDate(0, 0, -1)
		case 7:
			t = t.AddDate(0, 0, 1)
		}
		return t, true
	}
}

// kingsDay is 27 April in the Netherlands, the day before when that is a Sunday.
func kingsDay(y int) (time.Time, bool) {
	t := date(y, 4, 27)
	if isoWeekday(t) == 7 {
		t = t.AddDate(0, 0, -1)
	}
	return t, true
}

// parsiNewYear follows a year of 365 days without leap days.
func parsiNewYear(y int) (time.Time, bool) {
	shift := (y - 2016) / 4
	if y < 2016 {
		shift = (y - 2019) / 4
	}
	return date(y, 8, 17).AddDate(0, 0, -shift), true
}

// earthHour is the last Saturday of March, a week earlier when that is the
// eve of Easter.
func earthHour(y int) (time.Time, bool) {
	t := nthWeekday(period(date(y, 3, 1), monthUnit), 6, -1)
	if e, ok := westernEaster(y); ok && e.Sub(t) == 24*time.Hour {
		t = t.AddDate(0, 0, -7)
	}
	return t, true
}

func lastFridayOfRamadan(y int) (time.Time, bool) {
	end, ok := islamicDay(10, 1)(y)
	return nthAfter(end, 5, -1), ok
}

// hebrewFast is a fast that is put off by a day when it falls on a Sabbath.
func hebrewFast(m, d int) yearly {
	return func(y int) (time.Time, bool) {
		t, ok := hebrewDay(m, d)(y)
		if isoWeekday(t) == 5 {
			t = t.AddDate(0, 0, 1)
		}
		return t, ok
	}
}

// yomHaShoah is 27 Nisan, moved off the days beside the Sabbath.
func yomHaShoah(y int) (time.Time, bool) {
	t, ok := hebrewDay(nisan, 27)(y)
	switch isoWeekday(t) {
	case 4:
		t = t.AddDate(0, 0, -1)
	case 6:
		t = t.AddDate(0, 0, 1)
	}
	return t, ok
}

// israelIndependence is 5 Iyar, moved off the days beside the Sabbath.
func israelIndependence(y int) (time.Time, bool) {
	t, ok := hebrewDay(iyar, 5)(y)
	switch isoWeekday(t) {
	case 4:
		t = t.AddDate(0, 0, -1)
	case 5:
		t = t.AddDate(0, 0, -2)
	case 7:
		t = t.AddDate(0, 0, 1)
	}
	return t, ok
}

// onam is the day in the solar month Chingam on which the moon stands in the
// lunar mansion Shravana.
func onam(y int) (time.Time, bool) {
	for t := date(y, 8, 17); t.Before(date(y, 9, 18)); t = t.AddDate(0, 0, 1) {
		jd := julianDay(t.Add(atSunrise * time.Hour))
		mansion := int((moonLongitude(jd) - ayanamsa(y) + 360) / (360.0 / 27))
		if mansion%27 == 21 {
			return t, true
		}
	}
	return time.Time{}, false
}
