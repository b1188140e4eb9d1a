package serve

import (
	"fmt"
	"math"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/serve/dashboard"
)

// worldMap is a part of the base map with markers, in plate carrée with the
// middle parallel true to scale. The image is static/world.svg: ten units a
// degree, 180°W 90°N at the origin.
type worldMap struct {
	Label       string
	ViewBox     string
	ImageX      string
	ImageY      string
	ImageWidth  string
	ImageHeight string
	Places      []mapPlace
	Unlocated   int // places named that no report says the coordinates of
}

type mapPlace struct {
	Name    string
	Count   int
	URL     string
	X, Y, R string
	Inside  bool
}

// mapWidth is the width of a drawn map.
const mapWidth = 800.0

// mostMarkers is how many places are marked on a map.
const mostMarkers = 60

// placesMap marks the places that are named most, each sized by how often.
func (sc *scope) placesMap() (*worldMap, error) {
	sc.panel.Of = string(query.Place)
	within := sc.days(sc.panel.Days, 0)
	found, err := sc.search(within, index.Request{Limit: index.MaxLimit / 5, Tallies: []index.Tally{
		{Facet: index.TallyEntity, Prefix: index.Ref(query.Place, ""), Size: mostMarkers},
	}})
	if err != nil {
		return nil, err
	}
	var list []count
	for _, c := range found.Tallies[0] {
		list = append(list, count{ref: c.Value, n: c.Count})
	}
	names, err := sc.names(within, list)
	if err != nil {
		return nil, err
	}
	located := locations(found.Hits)
	drawing := newMap(sc.panel.Title, *sc.panel.Map)
	for i, c := range list {
		at, ok := located[c.ref]
		if !ok {
			if at, ok, err = sc.locate(c.ref); err != nil {
				return nil, err
			}
		}
		if !ok {
			drawing.Unlocated++
			continue
		}
		_, id, _ := index.SplitRef(c.ref)
		drawing.mark(at, mapPlace{Name: names[i], Count: c.n, URL: entityURL("places", id)}, list[0].n)
	}
	return drawing.worldMap, nil
}

// spot is where a place lies, in degrees.
type spot struct{ lat, lon float64 }

func locations(hits []index.Hit) map[string]spot {
	located := map[string]spot{}
	for _, h := range hits {
		for _, p := range h.Report.Places {
			if at, ok := spotOf(p); ok {
				located[index.Ref(query.Place, p.ID)] = at
			}
		}
	}
	return located
}

func spotOf(p news.Place) (spot, bool) {
	if p.Lat == nil || p.Lon == nil {
		return spot{}, false
	}
	return spot{*p.Lat, *p.Lon}, true
}

// locate asks one report that names the place where it lies.
func (sc *scope) locate(ref string) (spot, bool, error) {
	found, err := sc.Archive.Search(sc.ctx, index.Request{Query: query.Term{Field: query.Entity, Value: ref}, Sort: index.ByPublished, Limit: 1})
	if err != nil {
		return spot{}, false, err
	}
	at, ok := locations(found.Hits)[ref]
	return at, ok, nil
}

// drawing is a map being drawn.
type drawing struct {
	*worldMap
	bounds dashboard.Bounds
	scale  float64 // of a degree of longitude
	tall   float64 // how much longer a degree of latitude is
	height float64
}

func newMap(label string, b dashboard.Bounds) *drawing {
	d := &drawing{bounds: b, worldMap: &worldMap{Label: label}}
	d.scale = mapWidth / (b.East - b.West)
	d.tall = 1 / math.Cos((b.North+b.South)/2*math.Pi/180)
	d.height = (b.North - b.South) * d.scale * d.tall
	d.ViewBox = fmt.Sprintf("0 0 %.0f %.0f", mapWidth, d.height)
	x, y := d.project(spot{lat: 90, lon: -180})
	d.ImageX, d.ImageY = fmt.Sprintf("%.1f", x), fmt.Sprintf("%.1f", y)
	d.ImageWidth, d.ImageHeight = fmt.Sprintf("%.1f", 360*d.scale), fmt.Sprintf("%.1f", 180*d.scale*d.tall)
	return d
}

func (d *drawing) project(s spot) (x, y float64) {
	return (s.lon - d.bounds.West) * d.scale, (d.bounds.North - s.lat) * d.scale * d.tall
}

// mark puts a place on the map; its area says how often it is named. One
// outside of the map is in the table alone.
func (d *drawing) mark(at spot, p mapPlace, most int) {
	x, y := d.project(at)
	p.Inside = x >= 0 && x <= mapWidth && y >= 0 && y <= d.height
	p.X, p.Y = fmt.Sprintf("%.1f", x), fmt.Sprintf("%.1f", y)
	p.R = fmt.Sprintf("%.1f", 4+14*math.Sqrt(float64(p.Count)/float64(max(most, 1))))
	d.Places = append(d.Places, p)
}
