package enrich

import (
	"strings"
	"testing"
	"time"

	"github.com/dateline-news/dateline/configs"
	"github.com/dateline-news/dateline/internal/agencytest"
	"github.com/dateline-news/dateline/news"
)

// FuzzAnnotate holds the whole chain to its promise: whatever the text, it
// ends, alters nothing, and every span is a range of the text on rune
// boundaries.
func FuzzAnnotate(f *testing.F) {
	annotator, err := New(configs.Files)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(agencytest.Ours().Text, "en")
	f.Add("ABC (CBA) is CBA (ABC). \"He said \"so\", on 8-10 September\n\n\" - noted the head of", "")
	f.Add("Bakı, 8 dekabr. Əliyev dedi ki, \u00a0“görüş” 2015-ci ildə\u0301 keçiriləcək.", "az")
	f.Fuzz(func(t *testing.T, text, language string) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		if text == "" {
			return
		}
		r := &news.Report{ID: "1", Text: text, Language: language, Published: time.Date(2014, 12, 8, 15, 0, 0, 0, time.UTC)}
		annotator.Annotate(r)
		if r.Text != text {
			t.Error("the text was altered")
		}
		if err := r.Validate(); err != nil {
			t.Error(err)
		}
	})
}
