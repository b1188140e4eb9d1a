package query

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Near matches reports with a place at most Km kilometres from a point, on
// the surface of the globe. It is written as a place or as degrees north and
// east with the distance: near:Baku~50km, near:40.4,49.9~50km.
type Near struct {
	// Place is the name that the point was given by, or "" for degrees.
	Place    string
	Lat, Lon float64
	// Located says that Lat and Lon hold; a place that is named has none until
	// Locate finds it.
	Located bool
	Km      float64
}

// MaxKm is the greatest distance of Near, half way around the globe.
const MaxKm = 20_040

func (Near) node() {}

func (n Near) String() string {
	where := n.Place
	if where == "" {
		where = degrees(n.Lat) + "," + degrees(n.Lon)
	}
	if wordLength(where) != len(where) || strings.ContainsRune(where, '~') {
		where = quoted(where)
	}
	return "near:" + where + "~" + degrees(n.Km) + "km"
}

func degrees(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// nearField is the field of Near.
const nearField Field = "near"

const nearExamples = `as in near:Baku~50km, near:"New York"~30km or near:40.4,49.9~50km`

var (
	distanceForm = regexp.MustCompile(`^([0-9]{1,6}(?:\.[0-9]{1,6})?)(km|mi)$`)
	pointForm    = regexp.MustCompile(`^(-?[0-9]{1,3}(?:\.[0-9]{1,12})?),(-?[0-9]{1,3}(?:\.[0-9]{1,12})?)$`)
)

// kmPerMile is the international mile.
const kmPerMile = 1.609344

// near reads the value of near: and the distance after it.
func (p *parser) near(value lexeme) (Node, error) {
	where, distance, found := strings.Cut(value.text, "~")
	if value.kind == kindPhrase {
		where, found = value.text, false
		if rest := p.query[value.end:]; strings.HasPrefix(rest, "~") {
			distance, found = rest[1:wordLength(rest)], true
			if p.peek().at == value.end {
				p.next()
			}
		}
	}
	m := distanceForm.FindStringSubmatch(distance)
	if !found || m == nil {
		return nil, p.fault(value, "near: needs a place and a distance", nearExamples)
	}
	km, err := strconv.ParseFloat(m[1], 64)
	if m[2] == "mi" {
		km = math.Round(km*kmPerMile*1e6) / 1e6
	}
	if err != nil || km <= 0 || km > MaxKm {
		return nil, p.fault(value, fmt.Sprintf("the distance of near: is more than 0 and at most %d km", MaxKm), nearExamples)
	}
	n := Near{Place: where, Km: km}
	if point := pointForm.FindStringSubmatch(where); point != nil {
		n.Place, n.Located = "", true
		n.Lat, _ = strconv.ParseFloat(point[1], 64) // the form is that of a number
		n.Lon, _ = strconv.ParseFloat(point[2], 64)
		if math.Abs(n.Lat) > 90 || math.Abs(n.Lon) > 180 {
			return nil, p.fault(value, "there is no such point", "latitude goes from -90 to 90, longitude from -180 to 180")
		}
		return n, nil
	}
	if !hasWords(where) {
		return nil, p.fault(value, "near: needs a place and a distance", nearExamples)
	}
	return n, nil
}

// UnknownPlaceError says that a place of near: is not known.
type UnknownPlaceError struct{ Place string }

func (e *UnknownPlaceError) Error() string {
	return fmt.Sprintf("near: no place called %q is known; write its latitude and longitude, as in near:40.4,49.9~50km", e.Place)
}

// Locate returns the tree with the points of the places that Near names, as
// find knows them. The error is an *UnknownPlaceError.
func Locate(node Node, find func(name string) (lat, lon float64, ok bool)) (Node, error) {
	var unknown error
	located := replace(node, func(n Node) Node {
		near, ok := n.(Near)
		if !ok || near.Located {
			return n
		}
		if near.Lat, near.Lon, near.Located = find(near.Place); !near.Located && unknown == nil {
			unknown = &UnknownPlaceError{near.Place}
		}
		return near
	})
	if unknown != nil {
		return nil, unknown
	}
	return located, nil
}

// replace returns the tree with each leaf as change returns it.
func replace(node Node, change func(Node) Node) Node {
	all := func(nodes []Node) []Node {
		changed := make([]Node, len(nodes))
		for i, n := range nodes {
			changed[i] = replace(n, change)
		}
		return changed
	}
	switch n := node.(type) {
	case And:
		return And{all(n.Nodes)}
	case Or:
		return Or{all(n.Nodes)}
	case Not:
		return Not{replace(n.Node, change)}
	case AsOf:
		return within(n, func(inner Node) Node { return replace(inner, change) })
	case Expansion:
		return Expansion{replace(n.Node, change), all(n.Forms)}
	}
	return change(node)
}
