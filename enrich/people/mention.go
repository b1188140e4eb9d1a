package people

import (
	"slices"
	"strings"

	"github.com/dateline-news/dateline/enrich/names"
	"github.com/dateline-news/dateline/news"
)

// mention is a name in the text, [from,end) in words.
type mention struct {
	from, end int
	name      fullName
	gender    gender // as a form of address gives it
	roles     []role
	person    *person
	kind      string
}

// person is someone while the report is read.
type person struct {
	name     fullName
	gender   gender
	roles    []role
	mentions []*mention
}

// honorifics are the forms of address before a name.
var honorifics = map[string]gender{
	"mr": male, "mrs": female, "ms": female, "miss": female, "sir": male, "madam": female, "madame": female, "mme": female,
	"dr": unknown, "prof": unknown, "lord": male, "lady": female, "dame": female, "hon": unknown, "excellency": unknown,
	"gen": unknown, "col": unknown, "maj": unknown, "capt": unknown, "lt": unknown, "adm": unknown, "sgt": unknown,
	"sen": unknown, "rep": unknown, "gov": unknown, "rev": unknown, "comrade": unknown,
}

// findNames gathers the names of people: the tagged ones, those that an office
// or a form of address announces, those that a common given name opens, and
// further occurrences of all of them.
func (d *document) findNames() {
	at := 0
	for _, n := range d.tagged {
		for at < len(d.words) && d.words[at].Span.End <= n.Span.Start {
			at++
		}
		if n.Kind != names.Person {
			continue
		}
		end := at
		for end < len(d.words) && d.words[end].Span.Start < n.Span.End {
			end++
		}
		d.addName(at, end)
	}
	for i := range d.words {
		if d.announced(i) || d.opensName(i) {
			d.addName(i, d.nameEnd(i))
		}
	}
	d.repeatNames()
	slices.SortFunc(d.mentions, func(a, b *mention) int { return a.from - b.from })
	for k, m := range d.mentions {
		for i := m.from; i < m.end; i++ {
			d.mentionAt[i] = k
		}
	}
}

// addName adds the words [i,end) as a name after trimming what is no part of
// one, unless they are taken or not a person's name.
func (d *document) addName(i, end int) {
	for i < end && (d.isTitle(i) || d.isHonorific(i) || !d.words[i].Letters) {
		i++
	}
	for end > i && (!d.words[end-1].Letters || d.words[end-1].Is("'s") || d.titles[d.words[end-1].Fold]) {
		end--
	}
	if i >= end || !d.plausible(i, end) {
		return
	}
	m := &mention{from: i, end: end, kind: news.MentionName}
	m.name = newName(d.words[i:end], d.phrase(i, end))
	if len(m.name.words) == 0 {
		return
	}
	if i > 0 {
		m.gender = honorifics[d.words[i-1].Fold]
	}
	for j := i; j < end; j++ {
		d.mentionAt[j] = len(d.mentions)
	}
	d.mentions = append(d.mentions, m)
}

// plausible reports whether the words can be a person's name where they stand.
func (d *document) plausible(i, end int) bool {
	if end-i > 7 {
		return false
	}
	for j := i; j < end; j++ {
		w := d.words[j]
		if d.mentionAt[j] >= 0 || d.org[j] >= 0 || w.Is(",", ";", "(", ")", "/") {
			return false
		}
		if d.place[j] >= 0 && end-i == 1 {
			return false
		}
	}
	return (d.words[i].Capital || d.words[end-1].Capital) && (d.knownGiven(i) || !d.commonNoun(i, end))
}

func (d *document) knownGiven(i int) bool {
	_, ok := d.given[d.words[i].Fold]
	return ok
}

// commonNoun reports whether a word of [i,end) is the noun of an office or a
// body or a small word, which no name has.
func (d *document) commonNoun(i, end int) bool {
	for j := i; j < end; j++ {
		w := d.words[j].Fold
		if d.departments[w] || d.modifiers[w] || smallWords[w] || d.titles[strings.TrimSuffix(w, "s")] && strings.HasSuffix(w, "s") {
			return true
		}
	}
	return false
}

var smallWords = wordSet(`the a an all some any many most both each every this that these those it its he she they we i you his her their our
	in on at by for from with without under over after before during since until as if when while where why how what who which
	and or but not no yes also however meanwhile today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday
	january february march april june july august september october november december according`)

func (d *document) isTitle(i int) bool {
	return d.titles[d.words[i].Fold] || d.modifiers[d.words[i].Fold] && d.given[d.words[i].Fold] == unknown && i+1 < len(d.words) && d.titles[d.words[i+1].Fold]
}

func (d *document) isHonorific(i int) bool {
	_, ok := honorifics[d.words[i].Fold]
	return ok && d.words[i].Capital
}

// announced reports whether an office or a form of address ends before word i
// and a capitalised word stands there.
func (d *document) announced(i int) bool {
	if i == 0 || !d.nameWord(i) || d.mentionAt[i] >= 0 || d.sentence[i] != d.sentence[i-1] {
		return false
	}
	if d.isHonorific(i - 1) {
		return true
	}
	return d.titles[d.words[i-1].Fold] && d.nameEnd(i)-i >= 1 && !d.departments[d.words[i].Fold]
}

// opensName reports whether word i is a common given name before a further
// capitalised word.
func (d *document) opensName(i int) bool {
	if _, ok := d.given[d.words[i].Fold]; !ok || d.mentionAt[i] >= 0 || !d.nameWord(i) {
		return false
	}
	n := d.nameEnd(i) - i
	return n >= 2 && n <= 4
}

// nameWord reports whether word i can be part of a person's name.
func (d *document) nameWord(i int) bool {
	w := d.words[i]
	return w.Capital && d.org[i] < 0 && d.place[i] < 0 && !d.titles[w.Fold] && !d.modifiers[w.Fold]
}

// nameEnd returns the end of the name that begins at word i.
func (d *document) nameEnd(i int) int {
	end := i
	for end < len(d.words) && end < i+5 && d.sentence[end] == d.sentence[i] && d.mentionAt[end] < 0 {
		joins := d.words[end].Is("-", "van", "von", "der", "den", "de", "la", "al", "el", "bin", "ibn", "oglu", "ogly", "qizi", "ben") &&
			end > i && end+1 < len(d.words) && d.words[end+1].Capital
		if !joins && !d.nameWord(end) {
			break
		}
		end++
	}
	return end
}

// repeatNames adds the further occurrences of the last words of the names
// found so far.
func (d *document) repeatNames() {
	surnames := map[string]bool{}
	for _, m := range d.mentions {
		if w := m.name.last(); len(w) > 2 && !isInitial(w) && len(m.name.words) > 1 {
			surnames[w] = true
		}
	}
	for i, w := range d.words {
		if w.Capital && d.mentionAt[i] < 0 && surnames[w.Fold] && d.org[i] < 0 {
			alone := (i == 0 || !d.words[i-1].Capital || d.sentence[i-1] != d.sentence[i] || d.titles[d.words[i-1].Fold] || d.isHonorific(i-1)) &&
				(i+1 == len(d.words) || !d.words[i+1].Capital || d.sentence[i+1] != d.sentence[i])
			if alone {
				d.addName(i, i+1)
			}
		}
	}
}
