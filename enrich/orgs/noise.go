package orgs

import (
	"strings"
	"unicode/utf8"
)

// bounds cuts a tagged name to the part after a dateline's slash ("KAVKAZ/
// Committee of ...") and after an article that begins a new name.
func (f *finder) bounds(i, end int) int {
	for k := i + 1; k < end-1; k++ {
		w := f.words[k]
		slash := w.Is("/") && w.Span.End < f.words[k+1].Span.Start
		if slash || w.Text == "The" {
			i = k + 1
		}
	}
	return i
}

// noBody reports whether the words [i,end), tagged as an organization, are
// none whatever stands beside them: a quantity of bodies, people in the
// plural, a faith or a nation, a field of work, a storm, a letter.
func (f *finder) noBody(i, end int) bool {
	first, last := f.words[i], f.words[end-1]
	switch {
	case utf8.RuneCountInString(first.Text) == 1 && i+1 == end:
		return true
	case f.is(i, determiner) && f.generic(i+1, end):
		return true // "All Customs"
	case f.pluralOffice(end-1) && f.head(i, end-1) < 0 && f.company(i, end) == 0:
		return true // "National Coordinators"
	case i+1 == end && (f.is(end-1, people) || f.commonHere(i)):
		return true
	case f.is(i, storm) || last.Is("month", "months", "decades"):
		return true
	}
	return f.generic(i, end) && f.head(i, end) < 0 || f.namesHolder(i, end)
}

// determiners open no name of one body.
const determiners = "all every each some many most both no other these those such several any our your their my his her its"

// storms are named as people are.
const storms = "cyclone hurricane typhoon storm tropical earthquake"

// peoples are the followers of faiths and the nations that have no country in
// countries.yaml.
const peoples = `islam islamic islamist islamists muslim muslims christian christians christianity jewish jew jews judaism orthodox
	catholic catholics protestant protestants buddhist buddhists buddhism hindu hindus hinduism sunni sunnis shia shi'ite shi'ites
	shiite shiites kurd kurds kurdish arab arabs tatar tatars chechen chechens tutsi hutu latino latinos western europeans african
	africans asian asians americans caucasian slavic turkic marxist communist communists socialist socialists republicans democrats
	mps meps airmen servicemen newsletter`

// generic reports whether all of the words [i,end) are nouns of bodies, of
// fields of work and their qualifiers: "Customs Authorities", "Human Rights".
func (f *finder) generic(i, end int) bool {
	for ; i < end; i++ {
		w := f.words[i]
		one, plural := strings.CutSuffix(w.Fold, "s")
		if !f.is(i, headNoun|workWord) && !(plural && f.g.is(one, headNoun)) && !w.Is("and", "of", "the", "for", "-", "authorities") {
			return false
		}
	}
	return true
}

// pluralOffice reports whether word i is the noun of an office in the plural.
func (f *finder) pluralOffice(i int) bool {
	w := f.words[i].Fold
	if one, ok := strings.CutSuffix(w, "men"); ok {
		return f.g.is(one+"man", officeNoun)
	}
	one, ok := strings.CutSuffix(w, "s")
	return ok && f.g.is(one, officeNoun) && !f.is(i, headNoun)
}

// commonHere reports whether word i has its capital from its place alone: it
// opens a sentence or follows a dateline, and the text has it in lower case
// elsewhere.
func (f *finder) commonHere(i int) bool {
	w := f.words[i]
	if w.Upper || i > 0 && !f.words[i-1].Is(".", "!", "?", "/", ":", "-", "–", "—", "\"", "“") {
		return false
	}
	if f.lower == nil {
		f.lower = make(map[string]bool, len(f.words)/2)
		for _, w := range f.words {
			if w.Letters && !w.Capital {
				f.lower[w.Fold] = true
			}
		}
	}
	return f.lower[w.Fold]
}

// namesHolder reports whether an office and the capitalised words of a person
// after it make up the end of [i,end): "Security Advisor Mowaffaq Rubaie".
func (f *finder) namesHolder(i, end int) bool {
	if f.head(i, end) >= 0 || f.company(i, end) > 0 {
		return false
	}
	for k := max(i+1, end-4); k+1 < end; k++ {
		if f.is(k, officeNoun) && f.words[k+1].Capital {
			return true
		}
	}
	return f.is(end-1, officeNoun) && end-i > 1 && !f.words[end-1].Is("commissioner", "coordinator", "general")
}
