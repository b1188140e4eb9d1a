package nearest

import "testing"

func TestWordFindsWhatWasMeant(t *testing.T) {
	known := []string{"listen", "person", "place", "published"}
	for _, test := range []struct {
		word string
		most int
		want string
	}{
		{"lisen", 2, "listen"},
		{"presno", 2, "person"},
		{"pace", 2, "place"},
		{"listen", 0, "listen"},
		{"listens", 0, ""},
		{"weather", 3, ""},
		{"", 2, ""},
	} {
		if got := Word(test.word, known, test.most); got != test.want {
			t.Errorf("%q within %d edits is %q, want %q", test.word, test.most, got, test.want)
		}
	}
}
