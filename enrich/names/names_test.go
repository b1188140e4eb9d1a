package names_test

import (
	"testing"

	"github.com/dateline-news/dateline/enrich/names"
)

func FuzzTag(f *testing.F) {
	tagger, err := names.New()
	if err != nil {
		f.Fatal(err)
	}
	f.Add("BAKU: Mr. Rashid Mammadov of the State Committee.In Tbilisi, the WCO's head")
	f.Add("a\x80.\xffB of Of\n\nOf of")
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, name := range tagger.Tag(text) {
			if !name.Span.Valid(text) || name.Span.Start < end {
				t.Fatalf("%v of %q is invalid or out of order", name, text)
			}
			end = name.Span.End
		}
	})
}
