// Package chain is a linear-chain model of names: what a document's words look
// like, how labels score and which labels are the best together. Training and
// tagging share it, so that both see the same features.
package chain

// Label marks the place of a word in a name: outside, or the beginning,
// inside, last or unit (only) word of a name of one kind.
type Label uint8

// Outside is the label of words that are in no name.
const Outside Label = 0

// Kinds is the number of kinds of names: PER, ORG, LOC, MISC in that order.
const Kinds = 4

// The kinds that agreement within a document tells apart.
const (
	kindPerson       = 0
	kindOrganization = 1
	kindLocation     = 2
)

// Labels is the number of labels.
const Labels = 1 + 4*Kinds

const (
	begin = iota
	inside
	last
	unit
)

// Spell appends the labels of a name of n words.
func Spell(to []Label, kind, n int) []Label {
	base := Label(1 + 4*kind)
	if n == 1 {
		return append(to, base+unit)
	}
	to = append(to, base+begin)
	for range n - 2 {
		to = append(to, base+inside)
	}
	return append(to, base+last)
}

// Kind returns the kind of the label's name, or -1 for Outside.
func (l Label) Kind() int {
	if l == Outside {
		return -1
	}
	return int(l-1) / 4
}

func (l Label) place() int { return int(l-1) % 4 }

// Opens reports whether no name goes on into the label from the word before.
func (l Label) Opens() bool {
	return l == Outside || l.place() == begin || l.place() == unit
}

// Closes reports whether no name goes on from the label into the next word.
func (l Label) Closes() bool {
	return l == Outside || l.place() == last || l.place() == unit
}

// Follows reports whether next may come after l.
func (l Label) Follows(next Label) bool {
	if l.Closes() {
		return next.Opens()
	}
	return !next.Opens() && l.Kind() == next.Kind()
}
