package dates_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// tally counts as the corpus's scorer does: a prediction matches a gold
// expression it overlaps, one to one, exact spans first.
type tally struct {
	gold, pred, relaxed  int
	valueGold, valuePred int
	value                int
}

func f1(right, pred, gold int) float64 {
	if right == 0 {
		return 0
	}
	p, r := float64(right)/float64(pred), float64(right)/float64(gold)
	return 200 * p * r / (p + r)
}

func (c *tally) relaxedF1() float64 { return f1(c.relaxed, c.pred, c.gold) }
func (c *tally) valueF1() float64   { return f1(c.value, c.valuePred, c.valueGold) }

func (c *tally) document(d goldDocument, found []prediction) {
	found = slices.DeleteFunc(found, func(p prediction) bool {
		kind := p.date.Type
		if strings.HasSuffix(p.date.Value, "_REF") {
			kind = "REF"
		}
		return slices.Contains(d.Ignore, kind) && !slices.ContainsFunc(d.Expr, func(g goldExpression) bool { return overlap(g, p) > 0 })
	})
	c.gold += len(d.Expr)
	c.pred += len(found)
	c.valuePred += len(found)
	for _, g := range d.Expr {
		if !g.NoValue {
			c.valueGold++
		}
	}
	for g, p := range pairs(d.Expr, found) {
		c.relaxed++
		switch {
		case d.Expr[g].NoValue:
			c.valuePred--
		case sameValue(d.Expr[g], found[p]):
			c.value++
		}
	}
}

func overlap(g goldExpression, p prediction) int { return min(g.End, p.end) - max(g.Start, p.start) }

// pairs matches gold with predicted expressions.
func pairs(gold []goldExpression, found []prediction) map[int]int {
	type pair struct{ length, g, p int }
	var candidates []pair
	for i, g := range gold {
		for j, p := range found {
			switch o := overlap(g, p); {
			case g.Start == p.start && g.End == p.end:
				candidates = append(candidates, pair{-1 << 30, i, j})
			case o > 0:
				candidates = append(candidates, pair{-o, i, j})
			}
		}
	}
	slices.SortStableFunc(candidates, func(a, b pair) int { return a.length - b.length })
	out, used := map[int]int{}, map[int]bool{}
	for _, c := range candidates {
		if _, ok := out[c.g]; !ok && !used[c.p] {
			out[c.g], used[c.p] = c.p, true
		}
	}
	return out
}

// meaning is a value in a form that can be compared.
type meaning struct {
	start, end time.Time // of an interval; zero where it is open
	interval   bool
	clock      bool
	tag        string // of a season or part of the day
	text       string // of a duration, in canonical form, or of anything else
}

func sameValue(g goldExpression, p prediction) bool {
	var gold []meaning
	if g.StartTime != "" || g.EndTime != "" {
		gold = append(gold, between(g.StartTime, g.EndTime))
	}
	if g.Value != "" {
		gold = append(gold, valueOf(g.Value))
	}
	for _, a := range g.Alt {
		gold = append(gold, between(a[0], a[1]))
	}
	var got []meaning
	if start := p.date.Start.String(); start != "" {
		got = append(got, between(start, p.date.End.String()))
	}
	if v := p.date.Value; v != "" {
		if m := valueOf(v); len(got) == 0 || !m.interval {
			got = append(got, m)
		}
	}
	for _, a := range gold {
		for _, b := range got {
			if same(a, b) {
				return true
			}
		}
	}
	return false
}

func same(g, p meaning) bool {
	if g.interval != p.interval {
		return false
	}
	if !g.interval {
		return g.text == p.text
	}
	if !g.clock {
		if p.clock {
			p.start = floorDay(p.start)
			if d := floorDay(p.end); d != p.end {
				p.end = d.AddDate(0, 0, 1)
			}
		}
		return g.start.Equal(p.start) && g.end.Equal(p.end)
	}
	if g.tag != "" && p.tag != "" {
		return g.tag == p.tag && g.start.Equal(p.start)
	}
	if !g.start.Truncate(time.Minute).Equal(p.start.Truncate(time.Minute)) {
		return false
	}
	if g.end.Truncate(time.Minute).Equal(p.end.Truncate(time.Minute)) {
		return true
	}
	return p.clock && !g.end.IsZero() && g.end.Sub(g.start) <= time.Hour && p.end.Sub(p.start) <= time.Hour
}

func floorDay(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

func between(start, end string) meaning {
	m := meaning{interval: true}
	if start != "" {
		a, ok := instantOf(start)
		if !ok {
			return meaning{text: start + "/" + end}
		}
		m.start, m.clock = a.start, a.clock
	}
	if end != "" {
		b, ok := instantOf(end)
		if !ok {
			return meaning{text: start + "/" + end}
		}
		m.end, m.clock = b.start, m.clock || b.clock
	}
	return m
}

func valueOf(v string) meaning {
	if d, ok := canonicalDuration(v); ok {
		return meaning{text: d}
	}
	if a, b, ok := strings.Cut(v, "/"); ok {
		from, ok1 := instantOf(a)
		to, ok2 := instantOf(b)
		switch {
		case ok1 && ok2:
			return meaning{interval: true, start: from.start, end: to.end, clock: from.clock || to.clock}
		case ok1 && (b == "" || b == ".."):
			return meaning{interval: true, start: from.start, clock: from.clock}
		case ok2 && (a == "" || a == ".."):
			return meaning{interval: true, end: to.end, clock: to.clock}
		}
		return meaning{text: v}
	}
	if m, ok := instantOf(v); ok {
		return m
	}
	return meaning{text: v}
}

var durationPart = regexp.MustCompile(`([\d.]+)(DE|CE|WE|[YMWDQHS])`)

// canonicalDuration writes a duration in months and seconds.
func canonicalDuration(v string) (string, bool) {
	if !strings.HasPrefix(v, "P") || strings.HasSuffix(v, "_REF") || len(v) < 3 {
		return "", false
	}
	if strings.Contains(v, "X") {
		return v, true
	}
	days, clock, _ := strings.Cut(v[1:], "T")
	months, seconds := 0.0, 0.0
	monthsIn := map[string]float64{"Y": 12, "M": 1, "Q": 3, "DE": 120, "CE": 1200}
	secondsIn := map[string]float64{"W": 7 * 86400, "D": 86400, "WE": 2 * 86400}
	for _, m := range durationPart.FindAllStringSubmatch(days, -1) {
		n, _ := strconv.ParseFloat(m[1], 64)
		months += n * monthsIn[m[2]]
		seconds += n * secondsIn[m[2]]
	}
	for _, m := range durationPart.FindAllStringSubmatch(clock, -1) {
		n, _ := strconv.ParseFloat(m[1], 64)
		seconds += n * map[string]float64{"H": 3600, "M": 60, "S": 1}[m[2]]
	}
	return strconv.FormatFloat(months, 'f', 3, 64) + "+" + strconv.FormatFloat(seconds, 'f', 1, 64), true
}

var (
	zoneForm    = regexp.MustCompile(`(\d)(Z|[+-]\d\d:?\d\d)$`)
	clockForm   = regexp.MustCompile(`^(\d{4})-(\d\d)-(\d\d)[T ](\d\d)(?::?(\d\d)(?::?(\d\d)(?:\.\d+)?)?)?$`)
	dayForm     = regexp.MustCompile(`^(\d{4})-(\d\d)-(\d\d)(?:T(MO|MI|AF|EV|NI|DT))?$`)
	monthForm   = regexp.MustCompile(`^(\d{4})-(\d\d)(?:-XX)?$`)
	weekForm    = regexp.MustCompile(`^(\d{4})-W(\d\d)(-WE)?$`)
	partForm    = regexp.MustCompile(`^(\d{4})-?(Q[1-4]|H[12]|SP|SU|FA|AU|WI)$`)
	yearForm    = regexp.MustCompile(`^(\d{4})(?:-XX)*$`)
	decadeForm  = regexp.MustCompile(`^(\d{3})X?$`)
	centuryForm = regexp.MustCompile(`^(\d{2})(?:XX)?$`)
)

var partHours = map[string][2]int{"MO": {6, 12}, "MI": {12, 13}, "AF": {12, 18}, "EV": {18, 24}, "NI": {20, 28}, "DT": {6, 18}}

// yearPartMonths gives the first month of a part of a year and its length.
var yearPartMonths = map[string][2]int{
	"Q1": {1, 3}, "Q2": {4, 3}, "Q3": {7, 3}, "Q4": {10, 3}, "H1": {1, 6}, "H2": {7, 6},
	"SP": {3, 3}, "SU": {6, 3}, "FA": {9, 3}, "AU": {9, 3}, "WI": {12, 3},
}

func instantOf(v string) (meaning, bool) {
	v = strings.TrimSpace(v)
	if strings.Contains(v, "T") {
		v = zoneForm.ReplaceAllString(v, "$1")
	}
	day := func(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }
	whole := func(start, end time.Time) (meaning, bool) {
		return meaning{interval: true, start: start, end: end}, true
	}
	n := func(s string) int { i, _ := strconv.Atoi(s); return i }
	if m := clockForm.FindStringSubmatch(v); m != nil {
		start := day(n(m[1]), n(m[2]), n(m[3])).Add(time.Duration(n(m[4]))*time.Hour + time.Duration(n(m[5]))*time.Minute + time.Duration(n(m[6]))*time.Second)
		width := time.Hour
		if m[5] != "" {
			width = time.Minute
		}
		return meaning{interval: true, start: start, end: start.Add(width), clock: true}, true
	}
	if m := dayForm.FindStringSubmatch(v); m != nil {
		start := day(n(m[1]), n(m[2]), n(m[3]))
		if h, ok := partHours[m[4]]; ok {
			return meaning{interval: true, start: start.Add(time.Duration(h[0]) * time.Hour), end: start.Add(time.Duration(h[1]) * time.Hour), clock: true, tag: m[4]}, true
		}
		return whole(start, start.AddDate(0, 0, 1))
	}
	if m := monthForm.FindStringSubmatch(v); m != nil && n(m[2]) >= 1 && n(m[2]) <= 12 {
		return whole(day(n(m[1]), n(m[2]), 1), day(n(m[1]), n(m[2])+1, 1))
	}
	if m := weekForm.FindStringSubmatch(v); m != nil {
		first := day(n(m[1]), 1, 4)
		start := first.AddDate(0, 0, -(int(first.Weekday())+6)%7+7*(n(m[2])-1))
		if m[3] != "" {
			return whole(start.AddDate(0, 0, 5), start.AddDate(0, 0, 7))
		}
		return whole(start, start.AddDate(0, 0, 7))
	}
	if m := partForm.FindStringSubmatch(v); m != nil {
		p := yearPartMonths[m[2]]
		return whole(day(n(m[1]), p[0], 1), day(n(m[1]), p[0]+p[1], 1))
	}
	for form, width := range map[*regexp.Regexp]int{yearForm: 1, decadeForm: 10, centuryForm: 100} {
		if m := form.FindStringSubmatch(v); m != nil && n(m[1]) > 0 {
			return whole(day(n(m[1])*width, 1, 1), day((n(m[1])+1)*width, 1, 1))
		}
	}
	return meaning{}, false
}
