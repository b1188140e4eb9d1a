package main

import (
	"strings"

	"github.com/dateline-news/dateline/enrich/names/internal/corpus"
	"github.com/dateline-news/dateline/news"
)

// How many of the documents get a copy of each kind.
const (
	shareRenamed = 0.2
	shareLower   = 0.05
	shareUpper   = 0.05
	shareDirty   = 0.08
)

// vary returns altered copies of some of the records: with other people and
// companies, in one case, and with the spaces of hasty typing.
func (s *stock) vary(records []record) []record {
	var out []record
	for i := range records {
		r := &records[i]
		if s.chance(shareRenamed) {
			out = append(out, s.rename(r))
		}
		if s.chance(shareLower) {
			out = append(out, rewrite(r, sameLength(strings.ToLower), sameLength(strings.ToLower)))
		}
		if s.chance(shareUpper) {
			out = append(out, rewrite(r, sameLength(strings.ToUpper), sameLength(strings.ToUpper)))
		}
		if s.chance(shareDirty) {
			out = append(out, rewrite(r, s.smear, keep))
		}
	}
	return out
}

func keep(s string) string { return s }

// sameLength applies f where it leaves the length in bytes as it is.
func sameLength(f func(string) string) func(string) string {
	return func(s string) string {
		if t := f(s); len(t) == len(s) {
			return t
		}
		return s
	}
}

// rewrite applies gap to the text between the names and name to each name.
func rewrite(r *record, gap, name func(string) string) record {
	return rewriteNames(r, gap, func(e corpus.Name) string { return name(e.Span.Of(r.text)) })
}

func rewriteNames(r *record, gap func(string) string, name func(corpus.Name) string) record {
	out := *r
	out.ents = nil
	var b strings.Builder
	at := 0
	for _, e := range r.ents {
		if e.Span.Start < at {
			continue
		}
		b.WriteString(gap(r.text[at:e.Span.Start]))
		start := b.Len()
		b.WriteString(name(e))
		out.ents = append(out.ents, corpus.Name{Span: news.Span{Start: start, End: b.Len()}, Kind: e.Kind})
		at = e.Span.End
	}
	b.WriteString(gap(r.text[at:]))
	out.text = b.String()
	return out
}

// smear drops spaces after full stops and puts some before commas.
func (s *stock) smear(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == ',' && s.chance(0.2):
			b.WriteString(" ,")
		case text[i] == ' ' && i > 1 && text[i-1] == '.' && text[i-2] >= 'a' && text[i-2] <= 'z' && s.chance(0.3):
		default:
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

// rename gives the people of a document other names, and companies in the
// company of business words.
func (s *stock) rename(r *record) record {
	renamed := map[string]string{}
	for _, e := range r.ents {
		name := e.Span.Of(r.text)
		if e.Kind != 0 || !strings.Contains(name, " ") || renamed[name] != "" {
			continue
		}
		full, family := s.person()
		renamed[name] = full
		last := name[strings.LastIndexByte(name, ' ')+1:]
		if renamed[last] == "" {
			renamed[last] = family
		}
	}
	return rewriteNames(r, keep, func(e corpus.Name) string {
		name := e.Span.Of(r.text)
		if e.Kind == 0 && renamed[name] == "" {
			_, renamed[name] = s.person()
		}
		if e.Kind == 1 && renamed[name] == "" && s.business(r.text, e.Span) {
			full, short := s.company()
			renamed[name] = full
			if !strings.Contains(name, " ") {
				renamed[name] = short
			}
		}
		if e.Kind > 1 || renamed[name] == "" {
			return name
		}
		return renamed[name]
	})
}

// business reports whether words of business stand near the span.
func (s *stock) business(text string, span news.Span) bool {
	near := text[max(0, span.Start-60):min(len(text), span.End+60)]
	for _, word := range []string{"compan", "shares", "airline", "maker", "chief executive", "CEO", "firm", "giant", "bank", "profit", "corporation"} {
		if strings.Contains(near, word) {
			return true
		}
	}
	return false
}
