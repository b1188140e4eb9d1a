package lexicon_test

import (
	"testing"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/news"
)

// FuzzRead holds the reading of a text to a language, words with valid spans in
// order, and sentences that together hold every word once.
func FuzzRead(f *testing.F) {
	f.Add("The head of the U.S. delegation.In Baku", "")
	f.Add("Bakıda\xff keçirilən tədbirdə\n\nnazir", "")
	f.Add("Türkiye'de Грузии ", "TR-tr")
	f.Fuzz(func(t *testing.T, text, language string) {
		r := &news.Report{Text: text, Language: language}
		read := lexicon.Read(r)
		if language == "" && read.Language == "" {
			t.Fatalf("%q has no language", text)
		}
		end := 0
		for _, w := range read.Words {
			if !w.Span.Valid(text) || w.Span.Start < end || w.Text != w.Span.Of(text) {
				t.Fatalf("word %q at %v of %q is invalid or out of order", w.Text, w.Span, text)
			}
			end = w.Span.End
		}
		next := 0
		for i, s := range read.Sentences {
			if s.Empty() || s.From != next || int(read.Sentence[s.From]) != i || int(read.Sentence[s.To-1]) != i {
				t.Fatalf("sentence %d of %q holds the words %v after word %d", i, text, s, next)
			}
			next = s.To
		}
		if next != len(read.Words) {
			t.Fatalf("sentences of %q hold %d words of %d", text, next, len(read.Words))
		}
	})
}
