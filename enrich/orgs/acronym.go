package orgs

import (
	"cmp"
	"slices"
	"strings"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/enrich/names"
	"github.com/dateline-news/dateline/news"
)

// keepTagged adds the tagged organizations that no mention overlaps.
func (f *finder) keepTagged() {
	taken := f.taken()
	var kept [][2]int
	for _, n := range f.tagged {
		if n.Kind != names.Organization || taken.Overlaps(n.Span) {
			continue
		}
		at, end := f.wordsIn(n.Span)
		at = f.bounds(at, end)
		trimmed := f.trim(at, end)
		if trimmed < end {
			f.surnames[f.words[end-1].Fold] = true
		}
		if trimmed > at && !f.unlikely(at, trimmed) && !f.isField(at, trimmed) {
			kept = append(kept, [2]int{at, trimmed})
		}
	}
	for _, k := range kept {
		if f.trim(k[0], k[1]) == k[1] { // no surname that only a later name told
			f.add(k[0], k[1], f.listed(k[0], k[1]))
		}
	}
	f.sort()
}

// listed is the mention of a tagged name that may be in the gazetteer, though it
// is not written as there: in a text without capitals.
func (f *finder) listed(i, end int) mention {
	if end == i+1 {
		if agency := f.agencyOf(i); agency != nil {
			return mention{bodies: agency, country: -1}
		}
	}
	if n, values := f.g.acronyms.Longest(f.words, i); i+n == end {
		return mention{bodies: values, country: -1, acronym: true}
	}
	if n, values := f.g.names.Longest(f.words, i); i+n == end {
		return mention{bodies: values, country: -1}
	}
	return mention{country: -1}
}

// agencyOf is the agency of the dateline whose name word i is, written without
// the end of its address: Report, of REPORT.AZ.
func (f *finder) agencyOf(i int) []int32 {
	for _, m := range f.mentions[:min(len(f.mentions), 3)] {
		if strings.HasPrefix(news.Fold(m.span.Of(f.r.Text)), f.words[i].Fold+".") {
			return m.bodies
		}
	}
	return nil
}

// isField reports whether the words are the field of an office and no body:
// "Minister of Foreign Affairs of Georgia", "Director for International
// Affairs".
func (f *finder) isField(i, end int) bool {
	if f.words[end-1].Is("cabinet") && end < len(f.words) && f.words[end].Is("secretary", "minister") {
		return true // "Health Cabinet Secretary"
	}
	if i < 2 || f.head(i, end) >= 0 || f.company(i, end) > 0 {
		return false
	}
	before := f.words[i-2]
	switch {
	case f.words[i-1].Is("of"):
		return before.Is("minister", "secretary", "undersecretary", "ministers")
	case f.words[i-1].Is("for"):
		return f.is(i-2, officeNoun) && !before.Is("spokesman", "spokeswoman", "spokesperson")
	}
	return false
}

// trim cuts a tagged name after its head noun, which a person's name may
// follow ("Secretariat Roger Hermann"), and where a person's name begins.
func (f *finder) trim(i, end int) int {
	for k := i; k < end && end-i <= longestName; k++ {
		if f.personTagged(i, k, end) || k > i && k+1 < end && f.words[k].Is("and") && f.officeAt(k+1) {
			return k
		}
	}
	h := f.head(i, end)
	if h < 0 || h == end-1 || f.is(h, openerNoun) || f.joined(h+1) {
		return end
	}
	return h + 1
}

// personTagged reports whether the words [k,end) of the tagged name [i,end) are
// rather a person's: they close with the surname of someone the text speaks
// of, or an office stands before them.
func (f *finder) personTagged(i, k, end int) bool {
	parts := 1 // words, hyphenated ones as one
	for j := k; j < end; j++ {
		w := f.words[j]
		if f.is(j, headNoun|legalForm) || !w.Capital && !w.Is("-") {
			return false
		}
		if w.Capital && j > k && !f.hyphen(j-1) {
			parts++
		}
	}
	given := f.is(k, givenName)
	known := f.surnames[f.words[end-1].Fold]
	switch {
	case !f.words[k].Capital || parts > 3:
		return false
	case parts == 1:
		leftOver := end < len(f.words) && given && f.people.Overlaps(f.words[end].Span) && f.words[end].Span.Start-f.words[end-1].Span.End == 1
		return k > i && leftOver || k == i && known
	case known:
		return given || parts == 2
	}
	return (given || k == i) && f.officeBefore(k)
}

// officeBefore reports whether an office leads to word i: a title, and between
// it and the word none but the words of a body's name.
func (f *finder) officeBefore(i int) bool {
	if i > 1 && f.words[i-1].Is(",") && f.is(i-2, officeNoun) {
		return true
	}
	if i == 0 || f.words[i-1].Is("of", "for", "the", "and", "on", "with", "at") {
		return false // "Chief Executive Officer of Nordvind Energi"
	}
	for j := i - 1; j >= 0 && j > i-longestName; j-- {
		w := f.words[j]
		if f.is(j, officeNoun) {
			return true
		}
		if !w.Capital && !w.Is("of", "the", "for", "and", "on", "with", "(", ")", "'s", "-") {
			return false
		}
	}
	return false
}

func (f *finder) sort() {
	slices.SortStableFunc(f.mentions, func(a, b mention) int { return compareSpans(a.span, b.span) })
}

// compareSpans orders spans by where they begin, the longer one first.
func compareSpans(a, b news.Span) int {
	return cmp.Or(a.Start-b.Start, b.End-a.End)
}

// taken covers the mentions and the names of events.
func (f *finder) taken() *lexicon.Cover {
	spans := slices.Clone(f.blocked)
	for _, m := range f.mentions {
		spans = append(spans, m.span)
	}
	return lexicon.NewCover(spans)
}

// unlikely reports whether the words [i,end), tagged as an organization, are
// more probably something else: a country, an event, a lone noun.
func (f *finder) unlikely(i, end int) bool {
	first, last := f.words[i], f.words[end-1]
	for j := i + 1; j+1 < end; j++ {
		if f.words[j].Is("-", "–", "—", "--") && !f.hyphen(j) {
			return true // "Volga - Tatar"
		}
	}
	if f.noBody(i, end) {
		return true
	}
	switch {
	case !first.Letters, f.is(i, officeNoun), f.isEvent(end - 1):
		return true
	case end < len(f.words) && f.isEvent(end):
		return true
	case i+1 == end && f.is(end-1, headNoun|fieldOfWork):
		return true
	case f.fieldOfOffice(end):
		return true // "Philippine Defense Secretary"
	case end < len(f.words) && f.people.Overlaps(last.Span):
		return true
	}
	n, _ := f.g.countries.Longest(f.words, i)
	return n == end-i
}

// define reads the acronyms that the text defines in brackets, in either
// order, and adds their other occurrences.
func (f *finder) define() {
	f.defined = map[string]news.Span{}
	for i := range f.mentions {
		m := &f.mentions[i]
		next := f.after(m.span.End)
		if next == 0 || next+2 >= len(f.words) || f.words[next].Text != "(" {
			continue
		}
		short := f.words[next+1]
		if !short.Upper || !f.words[next+2].Is(")", ",", ";") || !f.standsFor(short.Text, m) {
			continue
		}
		if _, known := f.defined[short.Text]; !known {
			f.defined[short.Text] = m.span
		}
	}
	f.defineBefore()
	f.addDefined()
}

// standsFor reports whether short can be the acronym of the body that m names
// in full.
func (f *finder) standsFor(short string, m *mention) bool {
	return !m.acronym && (len(m.bodies) > 0 || initials(short, m.span.Of(f.r.Text)))
}

// after returns the index of the word after the one that ends at the offset, or
// 0.
func (f *finder) after(end int) int {
	i, found := slices.BinarySearchFunc(f.words, end, func(w lexicon.Word, end int) int { return w.Span.End - end })
	if !found {
		return 0
	}
	return i + 1
}

// defineBefore reads "WCO (World Customs Organization)".
func (f *finder) defineBefore() {
	for i := range f.mentions {
		m := &f.mentions[i]
		open := f.after(m.span.Start - 1)
		if open == 0 {
			open = f.after(m.span.Start) // "(" ends where the name begins
		}
		if open < 2 || f.words[open-1].Text != "(" {
			continue
		}
		short := f.words[open-2]
		if short.Upper && f.standsFor(short.Text, m) {
			f.defined[short.Text] = m.span
		}
	}
}

// addDefined adds the occurrences of defined acronyms that are no mention yet.
func (f *finder) addDefined() {
	taken := f.taken()
	for _, w := range f.words {
		if _, ok := f.defined[w.Text]; ok && !taken.Overlaps(w.Span) {
			f.mentions = append(f.mentions, mention{span: w.Span, country: -1, acronym: true, kind: news.MentionName})
		}
	}
}

// initials reports whether the letters of short are found in order at the
// beginnings of words of long, the first at the beginning.
func initials(short, long string) bool {
	words := strings.FieldsFunc(news.Fold(long), func(r rune) bool { return r == ' ' || r == '-' })
	letters := []rune(news.Fold(short))
	if len(letters) < 2 || len(words) == 0 || !strings.HasPrefix(words[0], string(letters[0])) {
		return false
	}
	i := 0
	for _, w := range words {
		if i < len(letters) && strings.HasPrefix(w, string(letters[i])) {
			i++
		}
	}
	return i >= len(letters)-1
}
