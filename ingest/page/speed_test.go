package page

import (
	"testing"
)

// BenchmarkCorpus reads real pages as dateline and as the libraries do, in one
// run, for their ratio.
func BenchmarkCorpus(b *testing.B) {
	pages := corpusPages(b)
	for _, name := range []string{"dateline", "go-trafilatura", "go-readability"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				for i := 0; i < len(pages); i += 8 {
					predictPage(pages[i], extractors[name])
				}
			}
		})
	}
}
