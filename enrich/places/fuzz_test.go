package places_test

import (
	"testing"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/enrich/names/namestest"
	"github.com/dateline-news/dateline/internal/lineartest"
	"github.com/dateline-news/dateline/news"
)

// FuzzFind holds the finder to places with valid spans in order and a point on
// the globe, whatever the bytes and the language.
func FuzzFind(f *testing.F) {
	g, tagger := newGazetteer(f), namestest.Tagger(f)
	for _, seed := range []string{
		"Paris, Texas and Georgia, in", "Tbilisi Avenue 5, Baku\xff, Jordan's", "BAKU PARIS NEW YORK", "Bakıda Gürcüstanın",
		"Грузии, Баку и Москве", "Georgians, Turks and\u00a0New\n\nZealanders",
	} {
		f.Add(seed, "")
		f.Add(seed, "ru")
	}
	f.Fuzz(func(t *testing.T, text, language string) {
		r := &news.Report{ID: "x", Text: text, Language: language}
		for _, p := range g.Find(r, lexicon.Read(r), tagger.Tag(text)) {
			end := 0
			for _, m := range p.Mentions {
				if !m.Span.Valid(text) || m.Span.Start < end {
					t.Fatalf("mention %v of %q is invalid or out of order in %q", m.Span, p.Name, text)
				}
				end = m.Span.End
			}
			if p.Name == "" || end == 0 {
				t.Fatalf("%+v has no name or no mention in %q", p, text)
			}
			if p.Lat != nil && (*p.Lat < -90 || *p.Lat > 90 || *p.Lon < -180 || *p.Lon > 180) {
				t.Fatalf("%q lies at %v, %v", p.Name, *p.Lat, *p.Lon)
			}
		}
	})
}

// hostile texts tempt the finder to look far from every word.
var hostile = map[string]string{
	"listed":    "Paris, Texas, ",
	"joined":    "Georgia and Azerbaijan and ",
	"sites":     "Tbilisi Avenue and Baku Street, ",
	"broken":    "New York City New ",
	"demonyms":  "Georgians Turkish New Zealanders ",
	"shouted":   "BAKU PARIS TEXAS ",
	"ambiguous": "Springfield, ",
	"tagged":    "Anders Jordan met Georgia Paris. ",
}

func TestTimeIsLinearInTheText(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time; run without -short")
	}
	g, tagger := newGazetteer(t), namestest.Tagger(t)
	lineartest.Check(t, hostile, 40_000, func(text string) func() {
		r := &news.Report{ID: "x", Text: text}
		known, tagged := lexicon.Read(r), tagger.Tag(text)
		return func() { g.Find(r, known, tagged) }
	})
}
