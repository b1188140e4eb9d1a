package register

import (
	"maps"
	"strings"

	"github.com/dateline-news/dateline/news"
)

// soft is a field that reports word in many ways: venue, host, organizer. The
// wording that most stories share is its value, of two the earlier one.
type soft struct {
	wordings []*wording
	now      *wording
	pinned   bool
}

// wording is a name with its other spellings.
type wording struct {
	shown    string
	words    map[string]bool
	stories  map[string]bool
	evidence *Evidence
}

func (f *soft) shown() string {
	if f.now == nil {
		return ""
	}
	return f.now.shown
}

// hear takes what a story says; signal is true when it says that something
// changed.
func (f *soft) hear(name, story string, evidence *Evidence, signal bool) {
	if name == "" {
		return
	}
	w := f.wording(name, evidence)
	known := w.stories[story]
	w.stories[story] = true
	switch {
	case f.pinned || w == f.now:
	case f.now == nil, signal && !known, len(w.stories) > len(f.now.stories):
		f.now = w
	}
}

func (f *soft) pin(name string) {
	f.pinned, f.now = true, nil
	if name != "" {
		f.now = f.wording(name, nil)
		f.now.shown = name
	}
}

// wording finds the name among the wordings: the words of one are words of the
// other.
func (f *soft) wording(name string, evidence *Evidence) *wording {
	words := nameWords(name)
	for _, w := range f.wordings {
		if subset(words, w.words) || subset(w.words, words) {
			return w
		}
	}
	w := &wording{shown: name, words: words, stories: map[string]bool{}, evidence: evidence}
	f.wordings = append(f.wordings, w)
	return w
}

func nameWords(name string) map[string]bool {
	words := wordSet(strings.ReplaceAll(news.Fold(name), "-", " "))
	maps.DeleteFunc(words, func(w string, _ bool) bool { return unsaid[w] })
	return words
}

func subset(a, b map[string]bool) bool {
	for w := range a {
		if !b[w] {
			return false
		}
	}
	return len(a) > 0
}
