package sitemap

import (
	"strings"
	"testing"
)

func BenchmarkParse(b *testing.B) {
	const n = 2000
	plain := newsHead + strings.Repeat(newsOne, n) + newsFoot
	for name, data := range map[string][]byte{"plain": []byte(plain), "gzip": gzipped(b, plain)} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(plain)))
			for b.Loop() {
				if s, err := Parse(data, "", base, baku); err != nil || len(s.Items) != n {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "pages/s")
		})
	}
}
