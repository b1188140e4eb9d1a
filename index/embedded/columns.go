package embedded

import (
	"encoding/binary"
	"errors"
	"maps"
	"math"
	"slices"
	"time"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// row is what of one report is held in memory.
type row struct {
	id      string
	version int64
	// published and seen are in milliseconds since 1970, or unknown.
	published, seen int64
	// until is when a later revision was seen; index.Forever for the last one.
	until int64
	// past says that a later revision has superseded it.
	past bool
	// day is the day of publication in the agency's zone, in days since 1970,
	// or noDay.
	day int32
	// story is the label of the story, or noStory; see batch.storyOf.
	story uint32
	// labels holds the keys of the values of each facet, in the order of facets.
	labels [facetCount][]uint32
	// mentioned and event are the intervals of the two fields.
	mentioned, event []interval
	// points are where its places lie.
	points []index.Point
	// title and text count the words of the two.
	title, text uint32
	// words are the words of both; the postings keep them and not the block.
	words []use
}

// unknown is a time that the report does not give; it comes before all others.
const unknown = math.MinInt64

// interval is half-open, in seconds since 1970 by the wall clock.
type interval struct{ from, to int64 }

// noDay is the day of a report without a time of publication.
const noDay = math.MinInt32

// noStory is the story of a report of which no copy is known.
const noStory = math.MaxUint32

// facets is the order of row.labels, which is part of the schema.
var facets = index.StoredFacets()

const facetCount = 17

// blockSize is the number of rows that are copied to change one of them.
const blockSize = 512

// block holds the rows of blockSize keys field by field, so that a search that
// looks at one field of many reports reads memory in order.
type block struct {
	n               int
	ids             [blockSize]string
	versions        [blockSize]int64
	published, seen [blockSize]int64
	untils          [blockSize]int64
	past            [blockSize]bool
	days            [blockSize]int32
	stories         [blockSize]uint32
	labels          [facetCount]ragged[uint32]
	mentioned       ragged[interval]
	event           ragged[interval]
	points          ragged[index.Point]
	title, text     [blockSize]uint32
}

// bounds are the first and the last of the known times of a block, from when
// there is one.
type bounds struct {
	known       bool
	first, last int64
}

func (b *bounds) add(t int64) {
	switch {
	case t == unknown:
	case !b.known:
		*b = bounds{true, t, t}
	default:
		b.first, b.last = min(b.first, t), max(b.last, t)
	}
}

// blockTimes are the bounds of the times of a block.
type blockTimes struct{ published, seen bounds }

func (t *blockTimes) add(published, seen int64) {
	t.published.add(published)
	t.seen.add(seen)
}

// times returns the bounds of the times of the rows.
func (b *block) times() (t blockTimes) {
	for i := range b.n {
		t.add(b.published[i], b.seen[i])
	}
	return t
}

// ragged holds for each row of a block a number of values.
type ragged[T any] struct {
	ends [blockSize]uint32
	all  []T
}

// of returns the values of the i-th row.
func (r *ragged[T]) of(i int) []T {
	from := uint32(0)
	if i > 0 {
		from = r.ends[i-1]
	}
	return r.all[from:r.ends[i]:r.ends[i]]
}

func (r *ragged[T]) set(i int, values []T) {
	r.all = append(r.all, values...)
	r.ends[i] = uint32(len(r.all))
}

// add appends a row.
func (b *block) add(r *row) {
	i := b.n
	b.n++
	b.ids[i], b.versions[i], b.published[i], b.seen[i] = r.id, r.version, r.published, r.seen
	b.untils[i], b.past[i] = r.until, r.past
	b.days[i], b.stories[i] = r.day, r.story
	for f := range b.labels {
		b.labels[f].set(i, r.labels[f])
	}
	b.mentioned.set(i, r.mentioned)
	b.event.set(i, r.event)
	b.points.set(i, r.points)
	b.title[i], b.text[i] = r.title, r.text
}

// row returns the i-th row, without its words.
func (b *block) row(i int) *row {
	r := &row{
		id: b.ids[i], version: b.versions[i], published: b.published[i], seen: b.seen[i],
		until: b.untils[i], past: b.past[i], day: b.days[i], story: b.stories[i],
		mentioned: b.mentioned.of(i), event: b.event.of(i), points: b.points.of(i),
		title: b.title[i], text: b.text[i],
	}
	for f := range b.labels {
		r.labels[f] = b.labels[f].of(i)
	}
	return r
}

// columns holds the rows of all reports by key, 1 to len. A columns is never
// changed: searches go on reading one while the next is made from it.
type columns struct {
	blocks []*block
	len    int
	// times are those of the blocks, beside each other.
	times []blockTimes
	// present holds the keys of the last revisions.
	present *set
	// postings are the words of all reports. How many words the last revisions
	// have, and how many of those have a stem, lengths and spreads say.
	postings postings
	lengths  lengths
	spreads  spreads
}

// newColumns returns columns without a report, for the words of a lexicon.
func newColumns(l *lexicon) *columns {
	first := &block{}
	first.add(&row{published: unknown, seen: unknown}) // keys begin at 1
	return &columns{
		blocks: []*block{first}, times: make([]blockTimes, 1), present: newSet(0),
		postings: make(postings, len(l.words)), spreads: make(spreads, len(l.stems)),
	}
}

// of returns the block of a key and the place of its row in it.
func (c *columns) of(key int) (b *block, i int) { return c.blocks[key/blockSize], key % blockSize }

func (c *columns) row(key int) *row { return c.blocks[key/blockSize].row(key % blockSize) }

func (c *columns) id(key int) string { return c.blocks[key/blockSize].ids[key%blockSize] }

func (c *columns) published(key int) int64 { return c.blocks[key/blockSize].published[key%blockSize] }

// values returns the labels of a report in a facet, given by its place in facets.
func (c *columns) values(key, facet int) []uint32 {
	return c.blocks[key/blockSize].labels[facet].of(key % blockSize)
}

// knownAt reports whether the revision with the key was the last one known
// just before a moment, in milliseconds since 1970.
func (c *columns) knownAt(key int, at int64) bool {
	b, i := c.of(key)
	return index.Known(b.seen[i], b.untils[i], at)
}

// with returns columns with rows added or replaced; new keys follow the last.
func (c *columns) with(rows map[int]*row) *columns {
	next := &columns{blocks: slices.Clone(c.blocks), times: slices.Clone(c.times), len: c.len, present: c.present.clone(), lengths: c.lengths}
	changed := map[int]bool{}
	for key, r := range rows {
		if !r.past {
			next.present.grow(key)
			next.present.add(key)
		}
		changed[key/blockSize] = true
		next.len = max(next.len, key)
		if key <= c.len {
			next.lengths.remove(c.row(key))
		}
		next.lengths.add(r)
	}
	next.present.grow(next.len)
	for _, at := range slices.Sorted(maps.Keys(changed)) {
		made := c.remake(at, next.len, rows)
		if at < len(next.blocks) {
			next.blocks[at], next.times[at] = made, made.times()
		} else {
			next.blocks, next.times = append(next.blocks, made), append(next.times, made.times())
		}
	}
	return next
}

// remake makes the block at a place anew, with the rows up to the key last.
func (c *columns) remake(at, last int, rows map[int]*row) *block {
	made := &block{}
	for key := at * blockSize; key < (at+1)*blockSize && key <= last; key++ {
		switch fresh, ok := rows[key]; {
		case ok:
			made.add(fresh)
		default:
			made.add(c.row(key))
		}
	}
	return made
}

// add appends the row of the next key while the columns are not yet shared.
func (c *columns) add(r *row) {
	c.len++
	c.present.grow(c.len)
	if c.len%blockSize == 0 {
		c.blocks, c.times = append(c.blocks, &block{}), append(c.times, blockTimes{})
	}
	c.blocks[c.len/blockSize].add(r)
	c.times[c.len/blockSize].add(r.published, r.seen)
	c.lengths.add(r)
	if !r.past {
		c.present.add(c.len)
	}
}

// facetValues returns the values of a document in the order of facets.
func facetValues(d index.Document) [facetCount][]string {
	var values [facetCount][]string
	for i, f := range facets {
		if f == index.FacetStory && d.Report.Story == "" {
			continue // see batch.storyOf
		}
		values[i] = index.FacetValues(d.Report, f)
	}
	return values
}

// newRow makes the row of a document; label gives the key of a facet value.
func newRow(d index.Document, values [facetCount][]string, label func(string) uint32) *row {
	r := &row{
		id:        d.Report.ID,
		version:   d.Version(),
		published: milliseconds(d.Report.Published),
		seen:      milliseconds(d.Report.Seen),
		until:     index.Forever,
		day:       noDay,
		mentioned: intervals(d.Report, query.Mentioned),
		event:     intervals(d.Report, query.EventTime),
	}
	r.points = index.Points(d.Report)
	if days := index.Days(d.Report, query.Published); len(days) > 0 {
		r.day = dayNumber(days[0])
	}
	for i := range facets {
		for _, value := range values[i] {
			r.labels[i] = append(r.labels[i], label(value))
		}
	}
	return r
}

func milliseconds(t time.Time) int64 {
	if t.IsZero() {
		return unknown
	}
	return t.UnixMilli()
}

func intervals(r *news.Report, f query.Field) []interval {
	var all []interval
	for _, i := range index.Intervals(r, f) {
		all = append(all, interval{i.From.Unix(), i.To.Unix()})
	}
	return all
}

// encode writes what decodeRow reads.
func (r *row) encode() []byte {
	b := binary.AppendVarint(nil, r.published)
	b = binary.AppendVarint(b, r.seen)
	b = binary.AppendVarint(b, int64(r.day))
	for i := range facets {
		keys := r.labels[i]
		b = binary.AppendUvarint(b, uint64(len(keys)))
		for _, k := range keys {
			b = binary.AppendUvarint(b, uint64(k))
		}
	}
	for _, all := range [][]interval{r.mentioned, r.event} {
		b = binary.AppendUvarint(b, uint64(len(all)))
		for _, i := range all {
			b = binary.AppendVarint(b, i.from)
			b = binary.AppendVarint(b, i.to)
		}
	}
	b = binary.AppendUvarint(b, uint64(len(r.points)))
	for _, p := range r.points {
		b = binary.BigEndian.AppendUint64(b, math.Float64bits(p.Lat))
		b = binary.BigEndian.AppendUint64(b, math.Float64bits(p.Lon))
	}
	b = binary.AppendUvarint(b, uint64(r.title))
	b = binary.AppendUvarint(b, uint64(r.text))
	last := uint32(0)
	for _, u := range r.words {
		b = append(binary.AppendUvarint(b, uint64(u.word-last)), u.uses...)
		last = u.word
	}
	return b
}

var errShortRow = errors.New("the columns of a report are cut short")

func decodeRow(id string, version int64, b []byte) (*row, error) {
	d := decoder{b: b}
	r := &row{id: id, version: version, published: d.signed(), seen: d.signed(), day: int32(d.signed()), until: index.Forever}
	for i := range facets {
		r.labels[i] = d.appendKeys(nil)
	}
	r.mentioned, r.event = d.intervals(), d.intervals()
	for range d.count() {
		r.points = append(r.points, index.Point{Lat: d.float(), Lon: d.float()})
	}
	r.title, r.text = uint32(d.unsigned()), uint32(d.unsigned())
	r.words = d.words()
	if d.short {
		return nil, errShortRow
	}
	return r, nil
}

// decoder reads integers off b until one is missing.
type decoder struct {
	b     []byte
	short bool
}

func (d *decoder) signed() int64 {
	v, n := binary.Varint(d.b)
	d.skip(n)
	return v
}

func (d *decoder) unsigned() uint64 {
	v, n := binary.Uvarint(d.b)
	d.skip(n)
	return v
}

// count reads the number of items that follow, each of at least one byte.
func (d *decoder) count() int {
	v, n := binary.Uvarint(d.b)
	d.skip(n)
	if v > uint64(len(d.b)) {
		d.short = true
		return 0
	}
	return int(v)
}

func (d *decoder) skip(n int) {
	if n <= 0 {
		d.b, d.short = nil, true
		return
	}
	d.b = d.b[n:]
}

func (d *decoder) float() float64 {
	if len(d.b) < 8 {
		d.skip(0)
		return 0
	}
	f := math.Float64frombits(binary.BigEndian.Uint64(d.b))
	d.b = d.b[8:]
	return f
}

func (d *decoder) appendKeys(keys []uint32) []uint32 {
	for range d.count() {
		v, size := binary.Uvarint(d.b)
		d.skip(size)
		keys = append(keys, uint32(v))
	}
	return keys
}

// words reads what follows to the end. The uses stay where they are.
func (d *decoder) words() []use {
	all := make([]use, 0, len(d.b)/4)
	word := uint64(0)
	for len(d.b) > 0 {
		word += d.unsigned()
		u := firstUses(d.b)
		d.skip(len(u))
		if u == nil || !u.places().whole() {
			d.short = true
			break
		}
		all = append(all, use{uint32(word), u})
	}
	return all
}

func (d *decoder) intervals() []interval {
	n := d.count()
	if n == 0 {
		return nil
	}
	all := make([]interval, n)
	for i := range all {
		all[i] = interval{d.signed(), d.signed()}
	}
	return all
}
