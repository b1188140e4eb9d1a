package main

import (
	"strings"

	"github.com/dateline-news/dateline/enrich/names/internal/corpus"
	"github.com/dateline-news/dateline/news"
)

// compose fills one of the stock's texts in with names.
func (s *stock) compose() record {
	r := record{source: "composed", partial: true, weight: 1, part: everyModel}
	text := s.texts[s.IntN(len(s.texts))]
	names := map[string]string{}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, "{")
		b.WriteString(before)
		if !ok {
			break
		}
		slot, after, _ := strings.Cut(rest, "}")
		name := s.fill(names, slot)
		start := b.Len()
		b.WriteString(name)
		r.ents = append(r.ents, corpus.Name{Span: news.Span{Start: start, End: b.Len()}, Kind: slotKinds[slot[0]]})
		text = after
	}
	r.text = b.String()
	return r
}

var slotKinds = map[byte]int{'P': 0, 'p': 0, 'C': 1, 'c': 1, 'O': 1, 'o': 1, 'T': 1, 'L': 2, 'U': 2, 'X': 3, 'I': 3, 'M': 3}

// fill returns the name of a slot, the same for the same slot of a text.
func (s *stock) fill(names map[string]string, slot string) string {
	if name, ok := names[slot]; ok {
		return name
	}
	number := slot[1:]
	switch slot[0] {
	case 'P', 'p':
		names["P"+number], names["p"+number] = s.person()
	case 'C', 'c':
		names["C"+number], names["c"+number] = s.company()
	case 'O', 'o':
		names["O"+number], names["o"+number] = s.body()
	case 'T':
		names[slot] = s.team()
	case 'L':
		names[slot] = pick(s, s.places)
	case 'U':
		names[slot] = strings.ToUpper(pick(s, s.places))
	case 'I':
		names[slot] = pick(s, indexNames)
	case 'M':
		names[slot] = s.product()
	default:
		names[slot] = pick(s, nationalities)
	}
	return names[slot]
}
