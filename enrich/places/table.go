package places

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"

	"github.com/dateline-news/dateline/enrich/lexicon"
)

//go:embed data/places.txt
var data string

// table is the gazetteer that the build command writes, read where it lies: a
// line for each place, an empty line, and the folded names in order.
type table struct {
	places []string
	names  []string
	// opens has a bit for the hash of each word that opens a name, so that few
	// of the others are searched for.
	opens [opensBits / 64]uint64
}

const opensBits = 1 << 20

// newTable cuts the data into its lines.
func newTable(data string) *table {
	head, tail, _ := strings.Cut(data, "\n\n")
	t := &table{places: strings.Split(head, "\n"), names: strings.Split(strings.TrimSuffix(tail, "\n"), "\n")}
	for _, name := range t.names {
		if end := strings.IndexAny(name, " \t"); end >= 0 {
			at := hash(name[:end])
			t.opens[at/64] |= 1 << (at % 64)
		}
	}
	return t
}

// hash is FNV-1a, cut to the number of a bit of opens.
func hash(word string) uint32 {
	h := uint32(2166136261)
	for i := range len(word) {
		h = (h ^ uint32(word[i])) * 16777619
	}
	return (h ^ h>>12) % opensBits
}

// entry reads the line of place i.
func (t *table) entry(i int) entry {
	f := strings.Split(t.places[i], "\t")
	e := entry{kind: f[0], id: "geonames:" + f[1], name: f[2], country: f[3], region: f[4]}
	if e.kind == "capital" {
		e.kind, e.capital = City, true
	}
	e.lat, _ = strconv.ParseFloat(f[5], 64)
	e.lon, _ = strconv.ParseFloat(f[6], 64)
	e.population, _ = strconv.Atoi(f[7])
	return e
}

// longestName is the number of words a name of the table has at most.
const longestName = 8

// longest returns the values of the longest name that begins at words[i], and
// the number of words it takes.
func (t *table) longest(words []lexicon.Word, i int) (n int, values []int32) {
	for first := range words[i].Forms() {
		if at := hash(first); t.opens[at/64]&(1<<(at%64)) == 0 {
			continue
		}
		if n, values = t.from(first, words, i); n > 0 {
			return n, values
		}
	}
	return 0, nil
}

func (t *table) from(key string, words []lexicon.Word, i int) (n int, values []int32) {
	for j := i + 1; ; j++ {
		at, _ := slices.BinarySearch(t.names, key)
		if at < len(t.names) && strings.HasPrefix(t.names[at], key) && t.names[at][len(key)] == '\t' {
			n, values = j-i, parseValues(t.names[at][len(key)+1:])
		}
		if j == len(words) || j == i+longestName {
			return n, values
		}
		longer, ok := t.step(key, &words[j])
		if !ok {
			return n, values
		}
		key = longer
	}
}

// step adds a form of the word to key, when a name begins like that.
func (t *table) step(key string, w *lexicon.Word) (string, bool) {
	for form := range w.Forms() {
		longer := key + " " + form
		at, _ := slices.BinarySearch(t.names, longer)
		if at < len(t.names) && strings.HasPrefix(t.names[at], longer) {
			return longer, true
		}
	}
	return "", false
}

// parseValues reads "12 340o".
func parseValues(s string) []int32 {
	var values []int32
	for field := range strings.FieldsSeq(s) {
		number, other := strings.CutSuffix(field, "o")
		v, err := strconv.Atoi(number)
		if err != nil {
			continue
		}
		f := mainName
		if other {
			f = otherName
		}
		values = append(values, int32(v)<<2|int32(f))
	}
	return values
}
