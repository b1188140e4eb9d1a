package pubdate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dateline-news/dateline/ingest/when"
	"github.com/dateline-news/dateline/news"
)

// candidate is a day with all that speaks for it.
type candidate struct {
	day
	said [kinds]int
	// stamps are the times that fall on it.
	stamps []moment
	seen   []sight
}

// moment is a time that the page's mark-up names.
type moment struct {
	kind    Kind
	time    time.Time
	dayOnly bool
	// zoned says that it names its offset, universal that this is UTC.
	zoned, universal bool
}

// sight is a day that readers see.
type sight struct {
	written
	place
	block  int
	length int // of the block
	// published and modified say what the words before it call it.
	published, modified bool
}

func (d day) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day) }

func (d day) number() int {
	return int(time.Date(d.year, time.Month(d.month), d.day, 12, 0, 0, 0, time.UTC).Unix() / 86400)
}

func dayOf(t time.Time) day {
	y, m, d := t.Date()
	return day{y, int(m), d}
}

type gatherer struct {
	opts  Options
	page  *Page
	byDay map[day]*candidate
	// title is the number of the block that is the headline, or -1.
	title int
}

// mostDays bounds the days of one page: the first that it names are kept.
const mostDays = 60

// at is the candidate of a day, or nil when there are too many.
func (g *gatherer) at(d day) *candidate {
	c := g.byDay[d]
	if c == nil && d.plausible() && len(g.page.days) < mostDays {
		c = &candidate{day: d}
		g.byDay[d] = c
		g.page.days = append(g.page.days, c)
	}
	return c
}

func (g *gatherer) gather(root *html.Node) {
	w := readBlocks(root)
	g.title = titleBlock(w, g.opts.Title)
	if g.opts.Location == nil {
		g.opts.Location = g.offset(w)
		g.page.opts.Location = g.opts.Location
	}
	for _, n := range g.opts.Named {
		g.stamp(n.Kind, n.Value)
	}
	for _, s := range w.stamps {
		if s.comment || s.footer || s.kind == TimeElement && (s.aside || s.nav) {
			continue
		}
		g.stamp(s.kind, s.value)
	}
	g.scripts(root)
	g.address()
	g.text(w)
	g.page.finish(w, g.title)
}

// nearTitle is how many blocks behind the headline the time of publication is
// looked for.
const nearTitle = 20

// offset is the publisher's, where readers see near the headline the time of
// day that the metadata gives in UTC, shifted by hours or half hours; nil
// where they do not.
func (g *gatherer) offset(w *walker) *time.Location {
	var stamps []time.Time
	for _, n := range g.opts.Named {
		if t, dayOnly, ok := when.Parse(n.Value, farEast); ok && !dayOnly && t.Location() == time.UTC {
			stamps = append(stamps, t)
		}
	}
	if len(stamps) == 0 {
		return nil
	}
	for _, b := range w.blocks[max(g.title, 0):min(len(w.blocks), max(g.title, 0)+nearTitle)] {
		for _, found := range findWritten(b.text, g.opts.Language) {
			if found.hour < 0 {
				continue
			}
			for _, t := range stamps {
				if offset, ok := shift(t, found.time(time.UTC)); ok {
					return time.FixedZone("", int(offset/time.Second))
				}
			}
		}
	}
	return nil
}

// shift is the offset at which a clock shows local at the time t.
func shift(t, local time.Time) (time.Duration, bool) {
	d := local.Sub(t.Truncate(time.Minute))
	if d%(30*time.Minute) != 0 || d < westernmost || d > easternmost {
		return 0, false
	}
	return d, true
}

// stamp notes a time of the mark-up.
func (g *gatherer) stamp(kind Kind, value string) {
	m := moment{kind: kind}
	var ok bool
	zone := g.opts.Location
	if m.time, m.dayOnly, ok = when.Parse(value, zone); ok {
		if !m.dayOnly {
			elsewhere, _, _ := when.Parse(value, farEast)
			m.zoned = elsewhere.Equal(m.time)
		}
	} else if found := findWritten(value, g.opts.Language); len(found) > 0 {
		m.time, m.dayOnly = g.in(found[0])
	} else {
		return
	}
	if _, offset := m.time.Zone(); m.zoned && offset == 0 {
		m.universal = true
		if zone != nil {
			m.time = m.time.In(zone)
		}
	}
	if c := g.at(dayOf(m.time)); c != nil {
		c.said[kind]++
		c.stamps = append(c.stamps, m)
	}
}

// farEast is a zone that nothing is published in, to tell the times that name
// theirs.
var farEast = time.FixedZone("", 14*3600+1)

// in is the time that was written, in the publisher's zone.
func (g *gatherer) in(w written) (t time.Time, dayOnly bool) {
	return w.time(g.opts.Location), w.hour < 0
}

func (w written) time(zone *time.Location) time.Time {
	if zone == nil {
		zone = time.UTC
	}
	return time.Date(w.year, time.Month(w.month), w.day.day, max(w.hour, 0), w.minute, 0, 0, zone)
}

// scriptNames are the names of the time of publication in data for scripts.
var scriptNames = []string{`"datePublished"`, `"publishedAt"`, `"published_at"`, `"publishDate"`, `"publicationDate"`, `"pubDate"`, `"publish_date"`,
	`"publishedDate"`, `"published_date"`, `"firstPublished"`, `"page_publish_date"`, `"article_date"`}

// longestValue is how far behind its name a value may end.
const longestValue = 60

// scripts reads the data for scripts.
func (g *gatherer) scripts(n *html.Node) {
	if n.Type == html.ElementNode && n.DataAtom == atom.Script {
		if !strings.Contains(attribute(n, "type"), "ld+json") && n.FirstChild != nil {
			g.script(n.FirstChild.Data)
		}
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		g.scripts(c)
	}
}

func (g *gatherer) script(text string) {
	for _, name := range scriptNames {
		_, rest, found := strings.Cut(text, name)
		if !found {
			continue
		}
		rest = strings.TrimLeft(rest[:min(len(rest), longestValue)], " :\t\n")
		if value, ok := strings.CutPrefix(rest, `"`); ok {
			if end := strings.IndexByte(value, '"'); end > 0 {
				g.stamp(ScriptPublished, value[:end])
			}
		}
	}
}

func (g *gatherer) address() {
	if g.opts.URL == nil {
		return
	}
	if d := dayInAddress(g.opts.URL.Path); d.day > 0 {
		if c := g.at(d); c != nil {
			c.said[Address]++
		}
	}
}

// Words that stand before a date and say what it is of.
var (
	publishedWords = []string{"publish", "posted", "veröffentlicht", "erschienen", "erstellt", "publié", "publicado", "pubblicato", "gepubliceerd", "opublikowano",
		"опубликован", "yayın", "written", "created", "first", "datum", "date", "vom", "am ", "dated", "online seit", "publicerad", "publisert", "julkaistu", "dərc", "nəşr", "issued", "eingestellt"}
	modifiedWords = []string{"updated", "update", "modified", "aktualisiert", "stand", "geändert", "mis à jour", "mise à jour", "modifié", "actualizado", "aggiornato",
		"atualizado", "bijgewerkt", "обновлен", "güncelle", "edited", "reviewed", "revised", "zuletzt", "last", "uppdaterad", "oppdatert", "päivitetty", "yenilən"}
)

// before is how much of the text before a date says what it is of, in bytes.
const before = 40

// text looks for dates among what readers see.
func (g *gatherer) text(w *walker) {
	for i, b := range w.blocks {
		for _, found := range findWritten(b.text, g.opts.Language) {
			if strings.Contains(b.text, "©") && b.footer {
				continue
			}
			c := g.at(found.day)
			if c == nil {
				continue
			}
			lead := strings.ToLower(b.text[max(0, min(found.at, len(b.text))-before):min(found.at, len(b.text))])
			if lead == "" && i > 0 && len(w.blocks[i-1].text) <= before {
				lead = strings.ToLower(w.blocks[i-1].text)
			}
			c.said[Visible]++
			c.seen = append(c.seen, sight{
				written: found, place: b.place, block: i - g.title, length: len(b.text),
				published: containsAny(lead, publishedWords), modified: containsAny(lead, modifiedWords),
			})
		}
	}
}

// titleBlock is the number of the block that is the headline, or -1.
func titleBlock(w *walker, title string) int {
	slug := news.Slug(title)
	if slug != "" {
		same := func(b block) bool { return len(b.text) < 2*len(title)+20 && news.Slug(b.text) == slug }
		if w.heading >= 0 && w.heading < len(w.blocks) && same(w.blocks[w.heading]) {
			return w.heading
		}
		if i := slices.IndexFunc(w.blocks, same); i >= 0 {
			return i
		}
	}
	return w.heading
}

// time is the candidate's time, by the stamp that says most of it.
func (p *Page) time(c *candidate) (t time.Time, dayOnly bool) {
	var best *moment
	for i := range c.stamps {
		m := &c.stamps[i]
		if best == nil || cmp.Or(compareBool(best.dayOnly, m.dayOnly), compareBool(!best.zoned, !m.zoned), cmp.Compare(m.rank(), best.rank())) > 0 {
			best = m
		}
	}
	if best != nil && !best.dayOnly {
		return best.time, false
	}
	if m := p.across(c); m != nil {
		return *m, false
	}
	if best == nil {
		for _, s := range c.seen {
			if s.hour >= 0 && s.sound() {
				return s.time(p.opts.Location), false
			}
		}
	}
	return written{day: c.day, hour: -1}.time(p.opts.Location), true
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// rank orders the kinds by how well they say the time of publication.
func (m *moment) rank() int {
	for i, k := range []Kind{LinkedModified, MetaModified, ItemModified, TimeModified, LinkedOther, ScriptPublished, TimeElement, MetaDate, LinkedCreated, TimePublished, ItemPublished, MetaPublished, LinkedPublished} {
		if m.kind == k {
			return i
		}
	}
	return 0
}

// across is the time in UTC that falls on the candidate's day where the
// publisher is, though on another one in UTC. Its offset is that of the time
// of day that readers see, else the least that makes it that day.
func (p *Page) across(c *candidate) *time.Time {
	for _, other := range p.days {
		for _, m := range other.stamps {
			if !m.universal || m.dayOnly || p.opts.Location != nil || !m.kind.published() {
				continue
			}
			offset, ok := offsetTo(m.time, c)
			if !ok {
				continue
			}
			t := m.time.In(time.FixedZone("", int(offset/time.Second)))
			return &t
		}
	}
	return nil
}

func (k Kind) published() bool {
	switch k {
	case LinkedPublished, LinkedCreated, MetaPublished, MetaDate, ItemPublished, TimePublished, TimeElement, ScriptPublished:
		return true
	}
	return false
}

// The offsets from UTC that people live at.
const (
	westernmost = -12 * time.Hour
	easternmost = 14 * time.Hour
)

// offsetTo is the offset at which t falls on the candidate's day.
func offsetTo(t time.Time, c *candidate) (time.Duration, bool) {
	for _, s := range c.seen {
		if s.hour < 0 {
			continue
		}
		if offset, ok := shift(t, s.time(time.UTC)); ok {
			return offset, true
		}
	}
	start := time.Date(c.year, time.Month(c.month), c.day.day, 0, 0, 0, 0, time.UTC)
	switch offset := start.Sub(t); {
	case offset > 0 && offset <= easternmost: // the day begins later
		return ceilHour(offset), ceilHour(offset) <= easternmost
	case offset+24*time.Hour <= 0: // it was over
		offset = -ceilHour(-(offset + 24*time.Hour) + time.Second)
		return offset, offset >= westernmost
	}
	return 0, false
}

func ceilHour(d time.Duration) time.Duration { return (d + time.Hour - 1).Truncate(time.Hour) }
