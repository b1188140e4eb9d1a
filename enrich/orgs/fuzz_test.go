package orgs_test

import (
	"testing"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/enrich/names/namestest"
	"github.com/dateline-news/dateline/internal/lineartest"
	"github.com/dateline-news/dateline/news"
)

// FuzzFind holds the finder to valid spans in order, whatever the bytes and
// the language.
func FuzzFind(f *testing.F) {
	g, tagger := newGazetteer(f), namestest.Tagger(f)
	for _, seed := range []string{
		"WCO (World Customs Organization) (WCO", "Academy of the State Customs Committee of Azerbaijan", "\"Shafag\" Public Union (SPU), the",
		"Committee of of the\xff Ministry — 's Growers' Association, Georgian (", "Dövlət Gömrük Komitəsinin sədri", "Министерства финансов ООН",
	} {
		f.Add(seed, "")
		f.Add(seed, "az")
	}
	f.Fuzz(func(t *testing.T, text, language string) {
		r := &news.Report{ID: "x", Text: text, Language: language}
		for _, o := range g.Find(r, lexicon.Read(r), tagger.Tag(text)) {
			end := 0
			for _, m := range o.Mentions {
				if !m.Span.Valid(text) || m.Span.Start < end {
					t.Fatalf("mention %v of %q is invalid or out of order in %q", m.Span, o.Name, text)
				}
				end = m.Span.End
			}
			if o.Name == "" || end == 0 {
				t.Fatalf("%+v has no name or no mention in %q", o, text)
			}
		}
	})
}

// hostile texts tempt the finder to look far from every word.
var hostile = map[string]string{
	"chained":    "Committee of the Committee for the Committee and ",
	"capitals":   "Alpha Beta Gamma ",
	"defined":    "Northern Ports Union (NPU) ",
	"undefined":  "NPU (Northern Ports Union ",
	"brackets":   "((((",
	"quoted":     "\"Alpha Beta \"",
	"countries":  "Azerbaijan Georgia's Republic of Turkey ",
	"known":      "World Customs Organization of the United Nations of Georgia ",
	"offices":    "Chairman of the Board of the Bank, ",
	"new names":  "Anders Berg Holding Group, ",
	"lower case": "world customs organization of the united nations ",
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
