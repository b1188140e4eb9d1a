package story

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func FuzzSketch(f *testing.F) {
	for _, text := range []string{
		terminal, "", "More follows.", "BAKU, 8 December – ", "東京の税関は月曜日に新しい貨物ターミナルを開いたと発表した。",
		"1.2.3.4.5.6.7.8.9.10.11.12.13.14", "a/b\n– c", "\xff\xfe –\xff",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := newSketch(text)
		read, err := decodeEntry(encoded(t, entry{Published: monday, Sketch: s}))
		if err != nil {
			t.Fatalf("the sketch of %q cannot be read back: %v", text, err)
		}
		if string(read.Sketch.bytes()) != string(s.bytes()) {
			t.Errorf("the sketch of %q is read back as another", text)
		}
		x := newIndex(window, 10)
		x.add(knownText{Report: "a", Story: "a", Published: monday, Sequence: 1, Arrived: monday, Sketch: s})
		if m, ok := x.find(s, monday); !s.empty() && len(s.shingles.values) >= minShingles && (!ok || m.Report != "a") {
			t.Errorf("%q is not a copy of itself", text)
		}
	})
}

func FuzzDecodeEntry(f *testing.F) {
	f.Add(encoded(f, entry{Story: "a", Published: monday, Seen: 3, Sketch: newSketch(terminal)}))
	f.Add([]byte(`{"sketch":"AQD/"}`))
	f.Add([]byte(`{"published":"0001-01-01T00:00:00Z","sketch":"AQAAAAA="}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := decodeEntry(data)
		if err != nil {
			return
		}
		x := newIndex(window, 10)
		x.add(knownText{Report: "a", Story: "a", Published: e.Published, Sequence: 1, Arrived: monday, Sketch: e.Sketch})
		x.find(e.Sketch, e.Published)
		again, err := readSketch(e.Sketch.bytes())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(e.Sketch.bytes()), string(again.bytes())); diff != "" {
			t.Error(diff)
		}
	})
}

func encoded(t testing.TB, e entry) []byte {
	t.Helper()
	data, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
