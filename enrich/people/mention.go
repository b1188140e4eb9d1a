package people

import (
	"slices"
	"strings"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/enrich/names"
	"github.com/dateline-news/dateline/enrich/places"
	"github.com/dateline-news/dateline/news"
)

// mention is a name in the text, [from,end) in words.
type mention struct {
	from, end int
	name      fullName
	gender    lexicon.Gender // as a form of address gives it
	roles     []role
	rank      string // "Lieutenant General"
	person    *person
	kind      string
}

// person is someone while the report is read.
type person struct {
	name     fullName
	gender   lexicon.Gender
	roles    []role
	mentions []*mention
	// full and short are the words at which full names and single names of the
	// person stand.
	full, short []int
}

// honorifics are the forms of address before a name.
var honorifics = map[string]lexicon.Gender{
	"mr": lexicon.Male, "mrs": lexicon.Female, "ms": lexicon.Female, "miss": lexicon.Female, "sir": lexicon.Male,
	"madam": lexicon.Female, "madame": lexicon.Female, "mme": lexicon.Female, "monsieur": lexicon.Male,
	"lord": lexicon.Male, "lady": lexicon.Female, "dame": lexicon.Female, "sheikh": lexicon.Male, "sheikha": lexicon.Female,
	"sister": lexicon.Female, "brother": lexicon.Male, "father": lexicon.Male, "seyyed": lexicon.Male, "sayyid": lexicon.Male,
	"dr": lexicon.Unknown, "hon": lexicon.Unknown, "excellency": lexicon.Unknown,
	"gen": lexicon.Unknown, "col": lexicon.Unknown, "maj": lexicon.Unknown, "capt": lexicon.Unknown, "lt": lexicon.Unknown,
	"adm": lexicon.Unknown, "sgt": lexicon.Unknown, "sen": lexicon.Unknown, "rep": lexicon.Unknown, "gov": lexicon.Unknown,
	"rev": lexicon.Unknown, "comrade": lexicon.Unknown, "ayatollah": lexicon.Male, "hojatoleslam": lexicon.Male,
}

// findNames gathers the names of people: the tagged ones, those that an office
// or a form of address announces, those that a common given name opens, and
// further occurrences of all of them.
func (d *document) findNames() {
	d.readFamilyFirst()
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
		d.addTagged(at, end)
	}
	for i := range d.words {
		if d.announced(i) || d.opensName(i) {
			d.addName(i, d.nameEnd(i))
		}
	}
	d.narrowShouted()
	d.repeatNames()
	slices.SortFunc(d.mentions, func(a, b *mention) int { return a.from - b.from })
	for k, m := range d.mentions {
		for i := m.from; i < m.end; i++ {
			d.mentionAt[i] = k
		}
	}
}

// addTagged adds a tagged name, extended over a given name before it and a
// hyphenated part after it that the tagger left out.
func (d *document) addTagged(i, end int) {
	for i > 0 && d.words[i-1].Capital && d.knownGiven(i-1) && d.sentence[i-1] == d.sentence[i] && d.nameWord(i-1) && !d.is(i-1, small) {
		i--
	}
	if i > 1 && d.words[i-1].Capital && d.sentence[i-2] == d.sentence[i] && d.isOffice(i-2) && d.nameWord(i-1) && !d.isHonorific(i-1) && !d.commonNoun(i-1, i) {
		i-- // "Chief Justice Iftikhar" before Mohammed Chaudhry
	}
	if d.hyphen(end - 1) {
		end-- // tagged up to the hyphen
	}
	if d.is(end-1, family) && end < len(d.words) && d.is(end, syllable) {
		end++ // Park, of Park In-young
	}
	for end < len(d.words) && d.hyphen(end) && (d.words[end+1].Capital || d.is(end+1, syllable)) {
		end += 2
	}
	if d.leftOver(end) {
		end++
	}
	for j := i; j < end; j++ {
		if d.words[j].Is("-", "–", "—", "--") && !d.hyphen(j) {
			return
		}
	}
	d.addName(i, end)
}

// leftOver reports whether word i is the last part of a name that was tagged
// up to it: a capitalised word with none after it, and nothing else.
func (d *document) leftOver(i int) bool {
	if i == 0 || i >= len(d.words) || d.sentence[i] != d.sentence[i-1] || !d.words[i-1].Capital || d.words[i].Upper {
		return false
	}
	closed := i+1 == len(d.words) || !d.words[i+1].Capital && !d.hyphen(i+1)
	return closed && d.nameWord(i) && !d.commonNoun(i, i+1)
}

// addName adds the words [i,end) as a name after trimming what is no part of
// one, unless they are taken or not a person's name.
func (d *document) addName(i, end int) {
	for i < end && (d.isTitle(i) || d.isOffice(i) || d.isHonorific(i) || !d.words[i].Letters || d.org[i] >= 0 || end-i > 2 && d.trimmable(i)) {
		i++
	}
	for end > i && (!d.words[end-1].Letters || d.words[end-1].Is("'s") || d.is(end-1, title) && !d.words[end-1].Capital) {
		end--
	}
	if i < end && d.plausible(i, end) {
		d.put(i, end)
	}
}

// put adds the words [i,end) as a name.
func (d *document) put(i, end int) {
	m := &mention{from: i, end: end, kind: news.MentionName}
	m.name = newName(d.words[i:end], d.phrase(i, end))
	if len(m.name.words) == 0 {
		return
	}
	for j := i; j > 0 && d.isHonorific(j-1) && m.gender == lexicon.Unknown; j-- {
		m.gender = honorifics[d.words[j-1].Fold]
	}
	for j := i; j < end; j++ {
		d.mentionAt[j] = len(d.mentions)
	}
	d.mentions = append(d.mentions, m)
}

// trimmable reports whether the first word of a longer name is rather the end
// of what stands before it.
func (d *document) trimmable(i int) bool {
	return !d.knownGiven(i) && (d.is(i, department|modifier|body|titleNoun) || d.place[i] >= 0)
}

// plausible reports whether the words can be a person's name where they stand.
func (d *document) plausible(i, end int) bool {
	if end-i > 9 || d.agency(i, end) {
		return false
	}
	for j := i; j < end; j++ {
		w := d.words[j]
		if d.mentionAt[j] >= 0 || d.org[j] >= 0 || w.Is(",", ";", "(", ")", "/", "\"", "“", "”") {
			return false
		}
		if d.place[j] >= 0 && (end-i == 1 || d.r.Places[d.place[j]].Kind == places.Site) {
			return false
		}
	}
	if end < len(d.words) && d.words[end].Is("/") && d.words[i].Upper && d.words[end-1].Upper {
		return false // an agency in a dateline
	}
	if i+1 == end && (d.is(i, small) || d.words[i].Upper && d.shouted(i)) {
		return false
	}
	return (d.words[i].Capital || d.words[end-1].Capital || d.uncapital) && (d.knownGiven(i) && !d.is(i, small) && !d.commonNoun(end-1, end) || !d.commonNoun(i, end))
}

func (d *document) shouted(i int) bool {
	return i > 0 && d.words[i-1].Upper || i+1 < len(d.words) && d.words[i+1].Upper
}

// agency reports whether the words are the name of the agency, which stands in
// brackets in the first line.
func (d *document) agency(i, end int) bool {
	name := d.phrase(i, end)
	if d.r.Agency == name || d.r.Dateline != nil && d.r.Dateline.Agency == name {
		return true
	}
	at := strings.Index(d.text[:min(len(d.text), 160)], "("+name)
	return at >= 0 && !strings.Contains(d.text[:at], "\n\n")
}

func (d *document) knownGiven(i int) bool { return d.is(i, givenName) }

// is reports whether word i has one of the roles.
func (d *document) is(i int, role lexicon.Role) bool { return d.roles[i]&role != 0 }

// commonNoun reports whether a word of [i,end) is the noun of an office or a
// body or a small word, which no name has.
func (d *document) commonNoun(i, end int) bool {
	for j := i; j < end; j++ {
		if d.is(j, department|modifier|body|small) {
			return true
		}
		if one, plural := strings.CutSuffix(d.words[j].Fold, "s"); plural && d.titles[one] {
			return true
		}
	}
	return false
}

const smallWords = `the a an all some any many most both each every this that these those it its he she we you his her their our
	in on at by for from with without under over after before during since until as if when while where why how what who which whom whose
	and or but not no yes also however meanwhile today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday
	january february march april june july august september october november december according there here then than to of
	another other several even still perhaps they them us him so such only just both either neither nor memorial cup prize award news street avenue square summit forum
	conference festival tournament championship league games treaty agreement act law`

// narrowShouted cuts names in capitals, as in headlines, to a name that the
// text has elsewhere.
func (d *document) narrowShouted() {
	named := map[string]*mention{} // by first word
	for _, m := range d.mentions {
		if !d.words[m.from].Upper && m.end-m.from > 1 {
			named[d.words[m.from].Fold] = m
		}
	}
	for _, m := range d.mentions {
		for i := m.from; i < m.end && d.words[m.from].Upper; i++ {
			o := named[d.words[i].Fold]
			if o == nil || i+o.end-o.from > m.end || !d.sameWords(i, o.from, o.end-o.from) {
				continue
			}
			d.resize(m, i, i+o.end-o.from)
			break
		}
	}
}

// placed reports whether word i is a place where it stands: "lives in Jordan",
// of Jordan Smith.
func (d *document) placed(i int) bool {
	return i > 0 && d.place[i] >= 0 && d.words[i-1].Is("in", "to", "from", "at", "near", "into", "across", "visited", "visit", "leave", "left", ",")
}

func (d *document) sameWords(i, j, n int) bool {
	for k := range n {
		if d.words[i+k].Fold != d.words[j+k].Fold {
			return false
		}
	}
	return true
}

// resize makes the mention that of the words [i,end).
func (d *document) resize(m *mention, i, end int) {
	for j := m.from; j < m.end; j++ {
		if j < i || j >= end {
			d.mentionAt[j] = -1
		}
	}
	m.from, m.end = i, end
	m.name = newName(d.words[i:end], d.phrase(i, end))
}

func (d *document) isTitle(i int) bool {
	if d.givenNotOffice(i) {
		return false
	}
	return d.is(i, title) || d.is(i, modifier) && d.given[d.words[i].Fold] == lexicon.Unknown && i+1 < len(d.words) && d.is(i+1, title)
}

func (d *document) isHonorific(i int) bool {
	return d.is(i, address) && d.words[i].Capital && (i == 0 || !d.words[i].Is("lady") || !d.words[i-1].Is("first"))
}

// announced reports whether an office or a form of address ends before word i
// and a capitalised word stands there.
func (d *document) announced(i int) bool {
	if i == 0 || !d.nameWord(i) || d.mentionAt[i] >= 0 || d.sentence[i] != d.sentence[i-1] {
		return false
	}
	before := d.words[i-1]
	if before.Is(",") && i > 1 && d.is(i-2, title) && d.nameEnd(i)-i >= 2 {
		end := d.nameEnd(i)
		return !d.commonNoun(i, end) && (end == len(d.words) || !d.words[end].Letters)
	}
	switch {
	case d.isHonorific(i - 1):
		return !d.words[i].Upper
	case d.commonNoun(i, i+1) || d.nameEnd(i)-i > 5 || d.words[i].Upper:
		return false
	case d.isOffice(i - 1):
		return true
	case d.is(i-1, titleNoun):
	case d.org[i-1] < 0 && d.place[i-1] < 0 && !before.Is(")") && !d.is(i-1, department|body):
		return false
	case d.nameEnd(i)-i < 2:
		return false
	}
	_, ok := d.officeEnding(max(d.bounds[d.sentence[i]], i-longestOffice), i)
	return ok
}

// opensName reports whether word i is a common given name before a further
// capitalised word.
func (d *document) opensName(i int) bool {
	if !d.knownGiven(i) || d.mentionAt[i] >= 0 || !d.nameWord(i) || d.words[i].Upper || i > 0 && d.words[i-1].Capital && d.org[i-1] < 0 && d.sentence[i-1] == d.sentence[i] {
		return false
	}
	n := d.nameEnd(i) - i
	return n >= 2 && n <= 4 && !d.commonNoun(i, i+n)
}

// nameWord reports whether word i can be part of a person's name.
func (d *document) nameWord(i int) bool {
	return d.words[i].Capital && d.org[i] < 0 && d.place[i] < 0 && (!d.is(i, title) || d.givenNotOffice(i)) && !d.is(i, modifier)
}

// nameEnd returns the end of the name that begins at word i.
func (d *document) nameEnd(i int) int {
	end := i
	for end < len(d.words) && end < i+5 && d.sentence[end] == d.sentence[i] && d.mentionAt[end] < 0 {
		joins := d.words[end].Is("-", "van", "von", "der", "den", "de", "la", "al", "el", "bin", "ibn", "oglu", "ogly", "qizi", "ben") &&
			end > i && end+1 < len(d.words) && (d.words[end+1].Capital || d.is(end+1, syllable))
		if !joins && !d.nameWord(end) && !d.is(end, syllable) {
			break
		}
		end++
	}
	return end
}

// repeatNames adds the further occurrences of the last words of the names
// found so far.
func (d *document) repeatNames() {
	surnames := map[string]int{} // the words of the surname by its first word
	for _, m := range d.mentions {
		for n := 1; n < m.end-m.from && n <= 4; n++ {
			tail := d.words[m.end-n]
			if (len(tail.Fold) > 2 || n > 1 && len(tail.Fold) == 2) && tail.Letters && (tail.Capital || d.uncapital) && !isInitial(tail.Fold) && !d.commonNoun(m.end-n, m.end-n+1) {
				surnames[tail.Fold] = max(surnames[tail.Fold], n)
			}
		}
		if first := d.words[m.from]; m.end-m.from > 1 && first.Capital && (len(first.Fold) > 2 || d.shortFamilyName(m.from)) && surnames[first.Fold] == 0 {
			surnames[first.Fold] = 1
		}
	}
	for i := range d.words {
		n, ok := surnames[d.words[i].Fold]
		if !ok || !d.words[i].Capital && !d.uncapital || d.mentionAt[i] >= 0 || d.org[i] >= 0 || d.placed(i) {
			continue
		}
		end := i + 1
		for end < len(d.words) && end < i+n && (d.hyphen(end) || d.hyphen(end-1) || d.words[end].Capital && surnames[d.words[end].Fold] > 0) {
			end++
		}
		if d.alone(i, end) {
			d.put(i, end)
		}
	}
}

// alone reports whether no further capitalised word stands beside [i,end).
func (d *document) alone(i, end int) bool {
	left := i == 0 || !d.words[i-1].Capital || d.sentence[i-1] != d.sentence[i] || d.is(i-1, title) || d.isHonorific(i-1) || d.org[i-1] >= 0
	right := end >= len(d.words) || !d.words[end].Capital || d.sentence[end] != d.sentence[i]
	return left && right
}
