package wire

import (
	"strings"
	"unicode/utf8"

	"github.com/dateline-news/dateline/news"
)

// maxToken is the most bytes a subject token takes.
const maxToken = 100

// Token makes one subject token of a name, such as that of a source: its
// slug, at most 100 bytes, or "unknown" when nothing of the name is left.
func Token(name string) string {
	token := news.Slug(name)
	if len(token) > maxToken {
		cut := maxToken
		for !utf8.RuneStart(token[cut]) {
			cut--
		}
		token = strings.TrimSuffix(token[:cut], "-")
	}
	if token == "" {
		return "unknown"
	}
	return token
}

// subject is the subject of the stream's messages about the named thing.
func (s Stream) subject(names ...string) string {
	tokens := []string{strings.ToLower(string(s))}
	for _, name := range names {
		tokens = append(tokens, Token(name))
	}
	return strings.Join(tokens, ".")
}

// allSubjects matches every subject of the stream.
func (s Stream) allSubjects() string { return strings.ToLower(string(s)) + ".>" }

// sourceOf is the last token of a subject: the source for reports.
func sourceOf(subject string) string {
	return subject[strings.LastIndexByte(subject, '.')+1:]
}
