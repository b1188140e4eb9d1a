package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-news/dateline/index/analysis"
)

// kind is the kind of a lexeme.
type kind int

const (
	kindEnd kind = iota
	kindWord
	kindPhrase
	kindField // a name with its colon
	kindOpen
	kindClose
	kindAnd
	kindOr
	kindNot
)

// lexeme is a piece of a query.
type lexeme struct {
	kind kind
	text string
	// at and end bound the lexeme in the query, in bytes.
	at, end int
}

// quotationMarks open and close phrases alike.
const quotationMarks = "\"“”„«»"

// scan cuts a query into lexemes, the last of them of kindEnd. Words without
// a letter or a digit are left out, as they are when text is indexed.
func scan(query string) ([]lexeme, error) {
	var all []lexeme
	for at := 0; ; {
		at += len(query[at:]) - len(strings.TrimLeftFunc(query[at:], unicode.IsSpace))
		if at == len(query) {
			return append(all, lexeme{kind: kindEnd, at: at, end: at}), nil
		}
		l, err := scanOne(query, at, afterField(all, at))
		if err != nil {
			return nil, err
		}
		if l.kind != kindWord || l.text == "*" || afterField(all, at) || len(analysis.Words(l.text)) > 0 {
			all = append(all, l)
		}
		at = l.end
	}
}

func afterField(all []lexeme, at int) bool {
	return len(all) > 0 && all[len(all)-1].kind == kindField && all[len(all)-1].end == at
}

// scanOne reads the lexeme at query[at]; value says that it is the value of a
// field, in which colons and minus signs mean nothing.
func scanOne(query string, at int, value bool) (lexeme, error) {
	r, size := utf8.DecodeRuneInString(query[at:])
	switch {
	case r == '(':
		return lexeme{kindOpen, "(", at, at + 1}, nil
	case r == ')':
		return lexeme{kindClose, ")", at, at + 1}, nil
	case strings.ContainsRune(quotationMarks, r):
		return scanPhrase(query, at, at+size)
	case r == '-' && !value && startsOperand(query[at+1:]):
		return lexeme{kindNot, "-", at, at + 1}, nil
	}
	end := at + wordLength(query[at:])
	word := query[at:end]
	switch {
	case value:
		return lexeme{kindWord, word, at, end}, nil
	case word == "AND":
		return lexeme{kindAnd, word, at, end}, nil
	case word == "OR":
		return lexeme{kindOr, word, at, end}, nil
	case word == "NOT":
		return lexeme{kindNot, word, at, end}, nil
	}
	if name, _, ok := strings.Cut(word, ":"); ok && isFieldName(name) {
		return lexeme{kindField, name, at, at + len(name) + 1}, nil
	}
	return lexeme{kindWord, word, at, end}, nil
}

// startsOperand reports whether a minus sign before rest negates it.
func startsOperand(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return rest != "" && !unicode.IsSpace(r) && r != ')'
}

func scanPhrase(query string, at, start int) (lexeme, error) {
	length := strings.IndexAny(query[start:], quotationMarks)
	if length < 0 {
		return lexeme{}, &SyntaxError{Query: query, Offset: at, Message: "this quotation mark is never closed",
			Suggestion: "add one where the phrase ends"}
	}
	end := start + length
	_, size := utf8.DecodeRuneInString(query[end:])
	return lexeme{kindPhrase, query[start:end], at, end + size}, nil
}

// wordLength is the length of the word that s begins with.
func wordLength(s string) int {
	end := strings.IndexFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || r == '(' || r == ')' || strings.ContainsRune(quotationMarks, r)
	})
	if end < 0 {
		return len(s)
	}
	return end
}

func isFieldName(s string) bool {
	for _, r := range s {
		if !unicode.IsLetter(r) && r != '_' {
			return false
		}
	}
	return s != ""
}
