package notice

import (
	"testing"

	"github.com/dateline-news/dateline/news"
)

func TestStatus(t *testing.T) {
	const corrected, withdrawn = news.StatusCorrected, news.StatusWithdrawn
	for _, tc := range []struct{ title, text, want string }{
		{"CORRECTION: Port opened in May, not March", "", corrected},
		{"CORRECTED-Port opens on the northern border", "", corrected},
		{"UPDATE 2-CORRECTED-Port opens on the northern border", "", corrected},
		{"REFILE-UPDATE 1-Port opens", "", corrected},
		{"(Corrected) Port opens", "", corrected},
		{"[CORRECTION] Port opens", "", corrected},
		{"Port opens on the northern border (corrected)", "", corrected},
		{"Port opens on the northern border - CORRECTED", "", corrected},
		{"Port opens", "(Corrects the name in the third paragraph)\n\nThe port opened.", corrected},
		{"Port opens", "CORRECTION: the port opened in May.", corrected},
		{"ACHTUNG - Berichtigung: Hafen eröffnet", "", corrected},
		{"DÜZƏLİŞ: Liman açıldı", "", corrected},
		{"ИСПРАВЛЕНО: Порт открыт", "", corrected},
		{"Rectificatif : le port a ouvert", "", corrected},
		{"WITHDRAWN: Port opens", "", withdrawn},
		{"STORY WITHDRAWN - Port opens", "", withdrawn},
		{"KILL: Port opens", "", withdrawn},
		{"*** MANDATORY KILL *** Port opens", "", withdrawn},
		{"Advisory: Retraction: port", "", withdrawn},
		{"Port opens", "This story has been withdrawn because its source was mistaken.", withdrawn},
		{"Port opens", "Editors, please note that the above report was withdrawn.", withdrawn},
		{"CORRECTED: Port opens", "WITHDRAWN: wrong port", withdrawn},
		{"Withdrawn", "", withdrawn},

		{"UPDATE 1-Port opens on the northern border", "", ""},
		{"Correction officers go on strike", "", ""},
		{"Corrections department names a head", "", ""},
		{"Kill the bill, say farmers", "", ""},
		{"Kill Bill: the film that made a star", "", ""},
		{"Withdrawn candidate returns", "", ""},
		{"Troops withdrawn from the border", "The troops were withdrawn on Monday.", ""},
		{"Market correction: what analysts expect", "", ""},
		{"Port opens - minister", "", ""},
		{"Recall", "The drug was withdrawn from the market.", ""},
		{"", "", ""},
	} {
		if got := Status(&news.Report{Title: tc.title, Text: tc.text}); got != tc.want {
			t.Errorf("status of %q, %q is %q, want %q", tc.title, tc.text, got, tc.want)
		}
	}
}

func FuzzStatus(f *testing.F) {
	f.Add("CORRECTED-UPDATE 1-Port", "(Corrects the name)\nText")
	f.Add("((((", "----\xff")
	f.Add("UPDATE 1-UPDATE 2-UPDATE 3-", "–")
	f.Fuzz(func(t *testing.T, title, text string) {
		switch got := Status(&news.Report{Title: title, Text: text}); got {
		case "", news.StatusCorrected, news.StatusWithdrawn:
		default:
			t.Errorf("status %q", got)
		}
	})
}
