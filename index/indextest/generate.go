package indextest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/dateline-news/dateline/news"
)

// Generate makes a report for measurements, the same for the same i: about
// 2 kB of text, words as frequent as in a language (Zipf's law over 60,000
// words), people, organizations and places some of which stand in every tenth
// report and most in few, quotes, dates and now and then an event. Report i
// was published ten minutes after report i-1.
func Generate(i int) *news.Report {
	g := maker{rand.New(rand.NewPCG(uint64(i), 77))}
	at := time.Date(2006, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(i) * 10 * time.Minute)
	d := &draft{news.Report{
		ID: fmt.Sprintf("generated-%07d", i), Revision: 1, Source: fmt.Sprintf("source-%d", g.rank(40)),
		Agency: fmt.Sprintf("Agency %d", g.rank(30)), Language: []string{"en", "en", "en", "az", "ru"}[g.IntN(5)],
		Published: at, Seen: at.Add(time.Minute), Title: g.sentence(8), Story: fmt.Sprintf("story-%d", i-i%3),
	}}
	var text []string
	for range 5 {
		text = append(text, g.sentence(30)+" "+g.sentence(25))
	}
	d.Text = strings.Join(text, "\n\n")
	for range 1 + g.IntN(4) {
		name := fmt.Sprintf("%s %s", name1(g.rank(300)), name2(g.rank(20_000)))
		d.person(name, name[strings.Index(name, " ")+1:]).role([]string{"Chairman", "Minister", "Director", "Spokesman"}[g.rank(4)], fmt.Sprintf("Body %d", g.rank(5000)))
	}
	for range 1 + g.IntN(3) {
		n := g.rank(5000)
		d.org(fmt.Sprintf("Body %d", n), fmt.Sprintf("B%d", n))
	}
	for range 1 + g.IntN(3) {
		n := g.rank(3000)
		d.place(fmt.Sprintf("Town %d", n), []string{"AZ", "GE", "TR", "BE", "PH"}[n%5])
		lat, lon := float64(n%120)-60, float64(n%300)-150
		p := &d.Places[len(d.Places)-1]
		p.Lat, p.Lon = &lat, &lon
	}
	day := func(n int) string { return at.AddDate(0, 0, n).Format(time.DateOnly) }
	d.date(day(0), day(1)).date(day(g.IntN(60)), day(70))
	if g.IntN(3) == 0 {
		d.event(fmt.Sprintf("Conference %d", g.rank(2000)), day(30), day(33))
	}
	speaker := d.People[0]
	d.quote(text[1][:strings.Index(text[1], ".")], speaker.Name, speaker.ID)
	return &d.Report
}

type maker struct{ *rand.Rand }

// rank returns a number below n; the kth is about 1/k as frequent as the first.
func (g maker) rank(n int) int {
	return min(n-1, int(math.Exp(g.Float64()*math.Log(float64(n+1))))-1)
}

// sentence makes a sentence of n words.
func (g maker) sentence(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = Word(g.rank(60_000))
	}
	return strings.ToUpper(words[0][:1]) + strings.Join(words, " ")[1:] + "."
}

const consonants, vowels = "bdfgklmnprstvz", "aeiou"

// Word is the nth most frequent word of the reports that Generate makes.
func Word(n int) string {
	var b strings.Builder
	for n++; n > 0 || b.Len() < 4; n /= 70 {
		b.WriteByte(consonants[n%70/5])
		b.WriteByte(vowels[n%5])
	}
	return b.String()
}

func name1(n int) string { w := Word(n + 70_000); return strings.ToUpper(w[:1]) + w[1:] }
func name2(n int) string { w := Word(n + 400_000); return strings.ToUpper(w[:1]) + w[1:] + "ov" }
