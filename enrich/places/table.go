package places

import (
	_ "embed"
	"math/bits"
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
	// openings is a hash table, in which a collision goes to the next slot: it
	// finds the names that a word opens without a search through all of them.
	openings []opening
}

// opening is the range of the names that one word opens, empty in a free slot,
// and the hash of the word.
type opening struct{ hash, from, end uint32 }

// newTable cuts the data into its lines.
func newTable(data string) *table {
	head, tail, _ := strings.Cut(data, "\n\n")
	t := &table{places: strings.Split(head, "\n"), names: strings.Split(strings.TrimSuffix(tail, "\n"), "\n")}
	t.openings = make([]opening, 1<<bits.Len(uint(len(t.names)*3/2)))
	for from := 0; from < len(t.names); {
		first := opener(t.names[from])
		end := from + 1
		for end < len(t.names) && opens(first, t.names[end]) {
			end++
		}
		*t.opening(first) = opening{lexicon.Hash(first), uint32(from), uint32(end)}
		from = end
	}
	return t
}

// opener is the first word of a name.
func opener(name string) string {
	end := strings.IndexAny(name, " \t")
	return name[:max(end, 0)]
}

// opening is the slot of the word, or the free one where it would be.
func (t *table) opening(word string) *opening {
	h := lexicon.Hash(word)
	for i := h; ; i++ {
		o := &t.openings[int(i)&(len(t.openings)-1)]
		if o.end == 0 || o.hash == h && opens(word, t.names[o.from]) {
			return o
		}
	}
}

// opens reports whether the word is the opener of a name.
func opens(word, name string) bool {
	after, ok := strings.CutPrefix(name, word)
	return ok && (after[0] == ' ' || after[0] == '\t')
}

// entry reads the line of place i.
func (t *table) entry(i int) entry {
	rest := t.places[i]
	field := func() (f string) {
		f, rest, _ = strings.Cut(rest, "\t")
		return f
	}
	e := entry{kind: field(), id: "geonames:" + field(), name: field(), country: field(), region: field()}
	if e.kind == "capital" {
		e.kind, e.capital = City, true
	}
	e.lat, _ = strconv.ParseFloat(field(), 64)
	e.lon, _ = strconv.ParseFloat(field(), 64)
	e.population, _ = strconv.Atoi(field())
	return e
}

// longestName is the number of words a name of the table has at most.
const longestName = 8

// longest returns the values of the longest name that begins at words[i], and
// the number of words it takes.
func (t *table) longest(words []lexicon.Word, i int) (n int, values []int32) {
	for first := range words[i].Forms() {
		o := t.opening(first)
		if n, values = t.among(t.names[o.from:o.end], first, words, i); n > 0 {
			return n, values
		}
	}
	return 0, nil
}

// among is longest among names that begin with the word key.
func (t *table) among(names []string, key string, words []lexicon.Word, i int) (n int, values []int32) {
	for j := i + 1; len(names) > 0; j++ {
		if after, ok := strings.CutPrefix(names[0], key); ok && after[0] == '\t' {
			n, values = j-i, parseValues(after[1:])
			names = names[1:]
		}
		if j == len(words) || j == i+longestName {
			break
		}
		key, names = step(key, names, &words[j])
	}
	return n, values
}

// step adds a form of the word to key and returns the names from the first that
// begins like that, none when none does.
func step(key string, names []string, w *lexicon.Word) (string, []string) {
	if len(names) == 0 {
		return key, nil
	}
	for form := range w.Forms() {
		longer := key + " " + form
		at, _ := slices.BinarySearch(names, longer)
		if at < len(names) && strings.HasPrefix(names[at], longer) {
			return longer, names[at:]
		}
	}
	return key, nil
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
