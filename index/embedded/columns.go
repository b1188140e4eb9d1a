package embedded

import (
	"encoding/binary"
	"errors"
	"math"
	"time"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// row is what of one report is held in memory. It is never changed.
type row struct {
	id      string
	version int64
	// published and seen are in milliseconds since 1970, or unknown.
	published, seen int64
	// day is the day of publication in the agency's zone, in days since 1970,
	// or noDay.
	day int32
	// labels holds the keys of the values of all facets, one facet after the
	// other in the order of facets; ends says where each ends.
	labels []uint32
	ends   [facetCount]uint32
	// mentioned and event are the intervals of the two fields.
	mentioned, event []interval
	// points are where its places lie.
	points []index.Point
}

// unknown is a time that the report does not give; it comes before all others.
const unknown = math.MinInt64

// interval is half-open, in seconds since 1970 by the wall clock.
type interval struct{ from, to int64 }

// noDay is the day of a report without a time of publication.
const noDay = math.MinInt32

// facets is the order of row.labels, which is part of the schema.
var facets = index.StoredFacets()

const facetCount = 17

// values returns the keys of the values of a facet, given by its place in facets.
func (r *row) values(facet int) []uint32 {
	from := uint32(0)
	if facet > 0 {
		from = r.ends[facet-1]
	}
	return r.labels[from:r.ends[facet]]
}

// chunkSize is the number of rows that are copied to change one of them.
const chunkSize = 512

// columns holds the rows of all reports by key, 1 to len. A columns is never
// changed: searches go on reading one while the next is made from it.
type columns struct {
	chunks [][]*row
	len    int
}

func (c *columns) at(key int) *row {
	return c.chunks[(key-1)/chunkSize][(key-1)%chunkSize]
}

// with returns columns with rows added or replaced; new keys follow the last.
func (c *columns) with(rows map[int]*row) *columns {
	next := &columns{chunks: append([][]*row(nil), c.chunks...), len: c.len}
	copied := map[int]bool{}
	for key, r := range rows {
		chunk := (key - 1) / chunkSize
		for len(next.chunks) <= chunk {
			copied[len(next.chunks)] = true
			next.chunks = append(next.chunks, make([]*row, chunkSize))
		}
		if !copied[chunk] {
			copied[chunk] = true
			next.chunks[chunk] = append([]*row(nil), next.chunks[chunk]...)
		}
		next.chunks[chunk][(key-1)%chunkSize] = r
		next.len = max(next.len, key)
	}
	return next
}

// facetValues returns the values of a document in the order of facets.
func facetValues(d index.Document) [facetCount][]string {
	var values [facetCount][]string
	for i, f := range facets {
		if f == index.FacetStory && d.Report.Story == "" {
			continue // see view.story
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
			r.labels = append(r.labels, label(value))
		}
		r.ends[i] = uint32(len(r.labels))
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
		keys := r.values(i)
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
	for _, p := range r.points {
		b = binary.BigEndian.AppendUint64(b, math.Float64bits(p.Lat))
		b = binary.BigEndian.AppendUint64(b, math.Float64bits(p.Lon))
	}
	return b
}

var errShortRow = errors.New("the columns of a report are cut short")

func decodeRow(id string, version int64, b []byte) (*row, error) {
	d := decoder{b: b}
	r := &row{id: id, version: version, published: d.signed(), seen: d.signed(), day: int32(d.signed())}
	for i := range facets {
		r.labels = d.appendKeys(r.labels)
		r.ends[i] = uint32(len(r.labels))
	}
	r.mentioned, r.event = d.intervals(), d.intervals()
	for !d.short && len(d.b) >= 16 {
		r.points = append(r.points, index.Point{Lat: d.float(), Lon: d.float()})
	}
	if d.short || len(d.b) > 0 {
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
