package charset

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html/charset"

	"github.com/dateline-news/dateline/internal/corpustest"
)

// letters are bytes that say something else in every encoding, and nothing in
// UTF-8, so that the page's own word on its encoding decides.
const letters = "\n<p>\xC4\xE3\xBA\xC3\xB1\xA1\xBD\xF0</p>"

// TestEncodingsOfPages runs the cases of finding a page's encoding. Ours is
// another order of evidence (valid UTF-8 wins), so what is compared is the
// text that comes out.
func TestEncodingsOfPages(t *testing.T) {
	deviations := corpustest.Open(t, "testdata/deviations.txt")
	files := corpustest.Tar(t, "charset", "html5lib-encoding.tar.gz")
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if path.Ext(name) != ".dat" {
			continue
		}
		for i, c := range strings.Split("\n"+string(files[name]), "\n#data\n")[1:] {
			data, label, ok := strings.Cut(c, "\n#encoding\n")
			if !ok {
				t.Fatalf("%s: case %d has no encoding", name, i)
			}
			label = strings.TrimSpace(label)
			id := fmt.Sprintf("%s/%s %d", path.Base(path.Dir(name)), path.Base(name), i+1)
			deviations.Case(t, id, readsAs(t, []byte(data), label))
			if !strings.EqualFold(label, "utf-8") { // in which they would be no letters
				deviations.Case(t, id+" with letters", readsAs(t, []byte(data+letters), label))
			}
		}
	}
	deviations.Case(t, "chardet/test_big5.txt", readsAs(t, files["html5lib-encoding/encoding/chardet/test_big5.txt"], "big5"))
}

// readsAs compares our text of the bytes with the one of the encoding.
func readsAs(t *testing.T, data []byte, label string) string {
	enc, _ := charset.Lookup(label)
	if enc == nil {
		t.Fatalf("there is no encoding %q", label)
	}
	want, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		t.Fatal(err)
	}
	got, name, err := Decode(data, "")
	if err != nil {
		return err.Error()
	}
	if got != strings.TrimPrefix(string(want), "\uFEFF") {
		return fmt.Sprintf("read as %s, want %s", name, label)
	}
	return ""
}
