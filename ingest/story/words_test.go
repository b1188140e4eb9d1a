package story

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWords(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		want       []string
	}{
		{"folded", "Müller’s Café, nr. 5: 1.7034", []string{"mullers", "cafe", "nr", "5", "1", "7034"}},
		{"a dateline with a dash", "BAKU, 8 December (One) — The port opened", []string{"the", "port", "opened"}},
		{"a dateline with slashes", "Baku. 8 December. ONE.AZ / By Correspondent / The port opened", []string{"the", "port", "opened"}},
		{"a dateline with a hyphen", "WARSAW - The port opened", []string{"the", "port", "opened"}},
		{"no dateline", "The north-west port opened", []string{"the", "north", "west", "port", "opened"}},
		{"a dash in a later line", "The port opened\nSo – they say", []string{"the", "port", "opened", "so", "they", "say"}},
		{"no spaces", "東京港", []string{"東京", "京港"}},
		{"nothing", " – ", nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, words(tc.text)); diff != "" {
				t.Errorf("words of %q (-want +got):\n%s", tc.text, diff)
			}
		})
	}
}
