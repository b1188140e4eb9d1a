package quotes

import (
	"strings"
	"unicode/utf8"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/news"
)

// phrase is a range of words of the document.
type phrase = lexicon.Phrase

// document is the words of a report with what was found in them so far.
type document struct {
	*lexicon.Text
	text      string
	roles     []lexicon.Role // of each word
	paragraph []int32        // of each word
	// body is the first word after headline and dateline.
	body     int
	cues     []cue // in order of their words
	passages []passage
	// quoted is, for each word, one more than the passage it lies in, 0 for a
	// word outside quotation marks.
	quoted []int32
	// capitals are the words that are capitalized inside sentences: names.
	capitals map[string]bool
	// dialogue says that the text is a conversation, in which a new passage is
	// a new speaker's.
	dialogue bool
	// lowSingle says that the text opens quotations with ‚ and closes them with ‘.
	lowSingle bool
}

func newDocument(text string, t *lexicon.Text) *document {
	d := &document{Text: t, text: text, roles: roles.Of(t), paragraph: make([]int32, len(t.Words)), lowSingle: strings.Contains(text, "‚")}
	d.freeGivenNames()
	for i := 1; i < len(t.Words); i++ {
		d.paragraph[i] = d.paragraph[i-1]
		if d.breaksParagraph(i) {
			d.paragraph[i]++
		}
	}
	return d
}

// freeGivenNames takes months that are the given name of whoever is named next
// off the calendar: Jan Novak, June Park.
func (d *document) freeGivenNames() {
	for i := range d.Words {
		if d.roles[i]&calendarWord == 0 || !d.Words[i].Capital || i+1 >= len(d.Words) {
			continue
		}
		next := &d.Words[i+1]
		if next.Capital && !next.Upper && !d.has(i+1, calendarWord|preposition) && d.Is(i, "jan", "april", "may", "june", "august") && d.text[d.Words[i].Span.End:next.Span.Start] == " " {
			d.roles[i] &^= calendarWord
		}
	}
}

// breaksParagraph reports whether the line break before word i begins a
// paragraph: an empty line does, or a break between sentences.
func (d *document) breaksParagraph(i int) bool {
	gap := d.text[d.Words[i-1].Span.End:d.Words[i].Span.Start]
	if len(gap) < 2 && gap != "\n" {
		return false
	}
	feeds := strings.Count(gap, "\n")
	return feeds > 1 || feeds == 1 && d.Sentence[i] != d.Sentence[i-1]
}

// frontMatter marks the words of the dateline, which say nothing.
func (d *document) frontMatter(r *news.Report) {
	if r.Dateline == nil {
		return
	}
	for d.body < len(d.Words) && d.Words[d.body].Span.Start < r.Dateline.Span.End {
		d.body++
	}
}

// knownName reports whether word i is a name: it is capitalized inside a
// sentence somewhere in the text.
func (d *document) knownName(i int) bool {
	if d.capitals == nil {
		d.capitals = map[string]bool{}
		for k := 1; k < len(d.Words); k++ {
			if d.Words[k].Capital && d.Words[k-1].Letters && !d.has(k, pronoun) {
				d.capitals[d.Words[k].Fold] = true
			}
		}
	}
	return d.capitals[d.Words[i].Fold]
}

// before is the last rune before word i, a space at the start of the text.
func (d *document) before(i int) rune {
	r, n := utf8.DecodeLastRuneInString(d.text[:d.Words[i].Span.Start])
	if n == 0 {
		return ' '
	}
	return r
}

// after is the first rune after word i, a space at the end of the text.
func (d *document) after(i int) rune {
	r, n := utf8.DecodeRuneInString(d.text[d.Words[i].Span.End:])
	if n == 0 {
		return ' '
	}
	return r
}

// ends reports whether word i is a mark that ends a sentence.
func (d *document) ends(i int) bool {
	if i < 0 {
		return true
	}
	switch d.Words[i].Text[0] {
	case '.', '!', '?':
		return true
	}
	return strings.HasPrefix(d.Words[i].Text, "…")
}
