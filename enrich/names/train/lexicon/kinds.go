package main

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/dateline-news/dateline/enrich/names/internal/lexicon"
)

// The words that tell what a title is the name of, by its last words and by
// its first.
var (
	bodyEnds = set("company corporation corp corp. inc inc. ltd ltd. limited llc plc co co. group holdings holding bank bancorp airlines " +
		"airways airline motors industries enterprises systems technologies electronics pharmaceuticals laboratories petroleum energy " +
		"telecom communications insurance partners ventures broadcasting newspaper times gazette herald tribune university college " +
		"institute academy school party association federation confederation union committee commission council ministry agency authority " +
		"bureau department foundation society organization organisation club f.c. fc a.f.c. f.k. parliament assembly senate army navy " +
		"police brigade regiment battalion squadron court church orchestra band choir hospital museum records studios press publishing " +
		"ag gmbh s.a. n.v. oyj asa")
	bodyStarts = set("ministry university department bank institute academy association federation council committee commission bureau " +
		"office union society")
	placeEnds = set("river lake mountain mountains hills county island islands district province village town city township municipality " +
		"parish bay gulf sea strait valley park street avenue road bridge castle airport station peninsula desert canyon forest beach " +
		"glacier peak pass creek oblast raion governorate prefecture canton commune rayon region square palace dam reservoir")
	placeStarts = set("lake mount port fort cape")
	workEnds    = set("film album song soundtrack series novel book award awards prize cup championship championships trophy festival war " +
		"games olympics election elections massacre rebellion uprising revolution treaty agreement tour discography episode single ep " +
		"magazine comics trilogy saga")
	workStarts = set("battle siege treaty list history economy culture politics")
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// votes count for each list.
type votes map[lexicon.Mask]int

// winner is the list with more than half of the votes, or 0.
func (v votes) winner() lexicon.Mask {
	total := 0
	for _, n := range v {
		total += n
	}
	for mask, n := range v {
		if 2*n > total {
			return mask
		}
	}
	return 0
}

// namebook knows which words are given names and which are surnames.
type namebook struct{ given, family map[string]bool }

// Of the titles of two words that begin or end with a word, how many must
// there be, and which share must tell of people, for it to be a name.
const (
	commonName  = 4
	givenShare  = 0.6
	familyShare = 0.35
	bookRounds  = 3
)

// learnNames finds the names of people in titles of two words, from given
// names that are known: what often follows them is a surname, and what often
// stands before a surname is a given name.
func learnNames(t *titles, known iter.Seq[string]) namebook {
	b := namebook{map[string]bool{}, map[string]bool{}}
	for name := range known {
		b.given[name] = true
	}
	type pair struct{ first, last string }
	var pairs []pair
	for title := range t.all {
		if first, last, ok := strings.Cut(title, "_"); ok && isWord(first) && isWord(last) {
			pairs = append(pairs, pair{first, last})
		}
	}
	for range bookRounds {
		lasts, firsts := map[string][2]int{}, map[string][2]int{}
		for _, p := range pairs {
			lasts[p.last] = count(lasts[p.last], b.given[p.first])
		}
		addNames(b.family, lasts, familyShare)
		for _, p := range pairs {
			firsts[p.first] = count(firsts[p.first], b.family[p.last])
		}
		addNames(b.given, firsts, givenShare)
	}
	return b
}

func count(c [2]int, yes bool) [2]int {
	c[0]++
	if yes {
		c[1]++
	}
	return c
}

func addNames(into map[string]bool, counts map[string][2]int, share float64) {
	for word, c := range counts {
		if c[1] >= commonName && float64(c[1]) >= share*float64(c[0]) {
			into[word] = true
		}
	}
}

// isWord reports whether s is of letters alone, hyphens and apostrophes among
// them, and has more than two.
func isWord(s string) bool {
	for i := range len(s) {
		if (s[i] < 'a' || s[i] > 'z') && (i == 0 || s[i] != '-' && s[i] != '\'') {
			return false
		}
	}
	return len(s) > 2
}

// kindOf returns the list that a title belongs on by its words alone, or 0.
// The name before a comma is a place when what follows is one of areas.
func (b namebook) kindOf(title string, areas map[string]bool) lexicon.Mask {
	if _, area, ok := strings.Cut(title, ",_"); ok {
		if areas[area] {
			return lexicon.Place
		}
		return 0
	}
	words := strings.Split(strings.TrimPrefix(title, "the_"), "_")
	if len(words) < 2 {
		return 0
	}
	first, last := words[0], words[len(words)-1]
	switch {
	case workEnds[last] || workStarts[first]:
		return lexicon.Work
	case bodyEnds[last] || bodyStarts[first]:
		return lexicon.Body
	case placeEnds[last] || placeStarts[first]:
		return lexicon.Place
	case b.given[first] && b.family[last] && b.middles(words[1:len(words)-1]):
		return lexicon.Person
	}
	return 0
}

func (b namebook) middles(words []string) bool {
	for _, w := range words {
		initial := len(w) == 2 && w[1] == '.' || len(w) == 1
		if !initial && !b.given[w] && !b.family[w] && !particles[w] {
			return false
		}
	}
	return true
}

var particles = set("de da di del van von der den al el bin ibn ben la le du dos")

// listTitles puts titles on lists: a title by its words, and the titles of one
// article that have no telling words by those that do ("boeing" by "boeing
// company").
func listTitles(t *titles, b namebook, areas map[string]bool, into map[lexicon.Hash]lexicon.Mask) {
	of := map[string]votes{}
	kinds := map[string]lexicon.Mask{}
	for title := range t.all {
		kind := b.kindOf(title, areas)
		if kind == 0 {
			continue
		}
		kinds[title] = kind
		article := title
		if a, ok := t.article[title]; ok {
			article = a
		}
		if of[article] == nil {
			of[article] = votes{}
		}
		of[article][kind]++
	}
	for title := range t.all {
		kind := kinds[title]
		if kind == 0 {
			article := title
			if a, ok := t.article[title]; ok {
				article = a
			}
			kind = of[article].winner()
		}
		name, _, _ := strings.Cut(title, ",_")
		if kind != 0 {
			list(name, kind, into)
		}
	}
	for name := range b.given {
		list(name, lexicon.GivenName, into)
	}
	for name := range b.family {
		list(name, lexicon.Surname, into)
	}
}

// list puts a name on a list.
func list(name string, kind lexicon.Mask, into map[lexicon.Hash]lexicon.Mask) {
	words := phraseWords(strings.ReplaceAll(name, "_", " "))
	if len(words) == 0 || len(words) > longestPhrase {
		return
	}
	h := lexicon.Hash(0)
	for _, w := range words {
		h = h.Then(w)
	}
	into[h] |= kind
}

// listAll puts the names on a list.
func listAll(names []string, kind lexicon.Mask, into map[lexicon.Hash]lexicon.Mask) {
	for _, name := range names {
		list(name, kind, into)
	}
}

func sorted(m map[string]bool) []string { return slices.Sorted(maps.Keys(m)) }
