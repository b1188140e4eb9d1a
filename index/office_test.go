package index_test

import (
	"testing"

	"github.com/dateline-news/dateline/index"
)

func TestTitlesOfOfficesAreWrittenAlike(t *testing.T) {
	for want, spellings := range map[string][]string{
		"Chairman":           {"chairman", "Chairman", "CHAIRMAN"},
		"Deputy Chairman":    {"deputy chairman", "Deputy chairman", "DEPUTY CHAIRMAN"},
		"Head of the Office": {"head of the office", "Head Of The Office"},
		"Secretary-General":  {"secretary-general", "Secretary-general", "SECRETARY-GENERAL"},
		"Editor-in-Chief":    {"editor-in-chief", "Editor-In-Chief"},
		"CEO":                {"CEO"},
		"EU Commissioner":    {"EU commissioner", "EU Commissioner"},
		"Председатель":       {"председатель", "Председатель"},
		"Əməkdaş":            {"əməkdaş"},
		"თავმჯდომარე":        {"თავმჯდომარე"},
		"The First Lady":     {"the First Lady"},
		"":                   {""},
		" - ":                {" - "},
	} {
		for _, spelling := range spellings {
			if got := index.OfficeTitle(spelling); got != want {
				t.Errorf("%q is written %q, want %q", spelling, got, want)
			}
			if got := index.OfficeTitle(want); got != want {
				t.Errorf("%q is written %q the second time", want, got)
			}
		}
	}
}
