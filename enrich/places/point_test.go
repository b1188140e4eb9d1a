package places_test

import (
	"math"
	"testing"

	"github.com/dateline-news/dateline/configs"
	"github.com/dateline-news/dateline/enrich/places"
)

func TestPointIsThatOfTheLargestPlaceOfTheName(t *testing.T) {
	g, err := places.New(configs.FS(""))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][2]float64{
		"Baku": {40.4, 49.9}, "baku": {40.4, 49.9}, "Bakı": {40.4, 49.9}, "New York": {40.7, -74}, "Paris": {48.9, 2.3}, "Georgia": {42, 43.5},
	} {
		lat, lon, ok := g.Point(name)
		if !ok || math.Abs(lat-want[0]) > 1 || math.Abs(lon-want[1]) > 1 {
			t.Errorf("%s lies at %v, %v (%t), want about %v", name, lat, lon, ok, want)
		}
	}
	for _, name := range []string{"", "Nowhereville", "Baku and Paris"} {
		if _, _, ok := g.Point(name); ok {
			t.Errorf("%q has a point", name)
		}
	}
}
