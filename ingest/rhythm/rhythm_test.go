package rhythm

import (
	"math/rand/v2"
	"testing"
	"time"
)

var monday = time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC)

// every returns a rhythm of times that lie so far apart, the last at now.
func every(gap time.Duration, n int) (r Rhythm, now time.Time) {
	for i := range n {
		now = monday.Add(time.Duration(i) * gap)
		r.Note(now)
	}
	return r, now
}

func TestTheWaitFollowsTheGapsBetweenNews(t *testing.T) {
	const floor, ceiling = time.Minute, 6 * time.Hour
	for gap, want := range map[time.Duration]time.Duration{
		20 * time.Minute: 10 * time.Minute, 2 * time.Hour: time.Hour, 5 * time.Minute: 150 * time.Second,
	} {
		r, now := every(gap, 100)
		got := r.Wait(now, time.UTC, floor, ceiling)
		// The hours of the day shift it a little where there are days to see.
		if got < want*3/4 || got > want*5/4 {
			t.Errorf("news every %s: wait %s, want about %s", gap, got, want)
		}
	}
}

func TestTheWaitStaysBetweenFloorAndCeiling(t *testing.T) {
	const floor, ceiling = 10 * time.Minute, 2 * time.Hour
	var fresh Rhythm
	if got := fresh.Wait(monday, time.UTC, floor, ceiling); got != 15*time.Minute {
		t.Errorf("nothing known: wait %s", got)
	}
	fast, now := every(3*time.Minute, 100)
	if got := fast.Wait(now, time.UTC, floor, ceiling); got != floor {
		t.Errorf("fast: wait %s, want %s", got, floor)
	}
	slow, now := every(48*time.Hour, 20)
	if got := slow.Wait(now, time.UTC, floor, ceiling); got != ceiling {
		t.Errorf("slow: wait %s, want %s", got, ceiling)
	}
}

func TestASourceThatDriesUpIsAskedLessAndLess(t *testing.T) {
	r, now := every(10*time.Minute, 40)
	last := time.Duration(0)
	for range 6 {
		wait := r.Wait(now, time.UTC, time.Minute, 24*time.Hour)
		if wait <= last {
			t.Errorf("%s after the last news: wait %s, before %s", now.Sub(monday), wait, last)
		}
		last, now = wait, now.Add(12*time.Hour)
	}
}

// office is a source with news about every 15 minutes from 9 to 17 in Baku.
func office(days int) (r Rhythm, zone *time.Location) {
	zone = time.FixedZone("", 4*3600)
	random := rand.New(rand.NewPCG(1, 2))
	for day := range days {
		for m := 9 * 60; m < 17*60; m += 5 + random.IntN(20) {
			r.Note(time.Date(2026, 3, 9+day, 0, m, 0, 0, zone))
		}
	}
	return r, zone
}

func TestTheWaitKnowsTheHoursThatASourceKeeps(t *testing.T) {
	r, zone := office(14)
	at := func(hour int) time.Duration {
		return r.Wait(time.Date(2026, 3, 23, hour, 0, 0, 0, zone), zone, time.Minute, 12*time.Hour)
	}
	if day, night := at(12), at(22); night < 3*day {
		t.Errorf("at noon the wait is %s, at night %s", day, night)
	}
	// At night the wait does not sleep into the day.
	if early := at(7); early > 3*time.Hour {
		t.Errorf("at seven in the morning the wait is %s", early)
	}
}

func TestUnusualSilenceIsToldFromTheUsual(t *testing.T) {
	steady, steadyNow := every(20*time.Minute, 60)
	hours, zone := office(10)
	lastEvening := time.Date(2026, 3, 18, 17, 0, 0, 0, zone)
	weekly, weeklyNow := every(7*24*time.Hour, 12)
	young, youngNow := every(time.Minute*5, 5)
	for name, tt := range map[string]struct {
		rhythm Rhythm
		now    time.Time
		want   bool
	}{
		"a steady source an hour late":       {steady, steadyNow.Add(time.Hour), false},
		"a steady source half a day late":    {steady, steadyNow.Add(12 * time.Hour), true},
		"an office at night":                 {hours, lastEvening.Add(12 * time.Hour), false},
		"an office that stays closed":        {hours, lastEvening.Add(40 * time.Hour), true},
		"a weekly bulletin after five weeks": {weekly, weeklyNow.Add(5 * 7 * 24 * time.Hour), false},
		"a weekly bulletin after ten weeks":  {weekly, weeklyNow.Add(10 * 7 * 24 * time.Hour), true},
		"a source that is hardly known":      {young, youngNow.Add(30 * 24 * time.Hour), false},
	} {
		if silence, got := tt.rhythm.Silent(tt.now, time.FixedZone("", 4*3600)); got != tt.want {
			t.Errorf("%s: silent for %s: %v, want %v", name, silence, got, tt.want)
		}
	}
}

func TestABurstIsOneAndTheLatestTimesAreKept(t *testing.T) {
	var r Rhythm
	for i := range 50 {
		r.Note(monday.Add(time.Duration(i%5) * 10 * time.Second))
	}
	if len(r.Arrivals) != 1 {
		t.Errorf("a burst counts as %d", len(r.Arrivals))
	}
	for i := range 3 * most {
		r.Note(monday.Add(time.Duration(i) * time.Hour))
		r.Note(monday.Add(time.Duration(i-20) * time.Hour)) // out of order
	}
	if n := len(r.Arrivals); n != most {
		t.Errorf("%d times are kept, want %d", n, most)
	}
	if first := r.first(); first.Before(monday.Add(2*most*time.Hour - time.Hour)) {
		t.Errorf("the first time that is kept is %s", first)
	}
	if usual := r.Usual(); usual != time.Hour {
		t.Errorf("usual gap %s", usual)
	}
}
