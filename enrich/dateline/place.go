package dateline

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// place reads a city, with the region or country after a comma: BAKU,
// Azerbaijan. The result is the city alone.
func (s *scanner) place() (string, int) {
	city, next := s.capitalRun(s.pos, 4)
	if next == 0 || notPlace[strings.ToLower(strings.Fields(city)[0])] || notPlace[strings.ToLower(city)] {
		return "", 0
	}
	after := s.skip(next)
	if after >= s.end {
		if s.inner {
			return titled(city), next
		}
		return "", 0
	}
	if strings.IndexByte(".,(/:-;|[", s.text[after]) < 0 && !isDash(s.text[after:]) {
		return "", 0
	}
	switch s.text[after] {
	case '[': // New Delhi [India]
		if _, end := s.capitalRun(after+1, 3); end > 0 && end < s.end && s.text[end] == ']' {
			next = end + 1
		}
	case ',':
		if name, end := s.region(after + 1); end > 0 {
			if countries[strings.ToLower(city)] && !countries[strings.ToLower(name)] {
				city = name
			}
			next = end
		}
	case '/':
		if _, end := s.capitalRun(after+1, 3); end > 0 && !s.inner {
			next = end
		}
	}
	return titled(city), next
}

// countries are names that some agencies set before the city.
var countries = map[string]bool{
	"azerbaijan": true, "armenia": true, "georgia": true, "turkey": true, "türkiye": true, "iran": true, "russia": true, "ukraine": true,
	"kazakhstan": true, "uzbekistan": true, "turkmenistan": true, "kyrgyzstan": true, "tajikistan": true, "belarus": true, "moldova": true,
	"poland": true, "germany": true, "france": true, "italy": true, "spain": true, "belgium": true, "switzerland": true, "austria": true,
	"united kingdom": true, "uk": true, "usa": true, "united states": true, "china": true, "japan": true, "india": true, "pakistan": true,
	"iraq": true, "syria": true, "israel": true, "egypt": true, "qatar": true, "uae": true, "saudi arabia": true, "hungary": true, "romania": true,
	"bulgaria": true, "greece": true, "serbia": true, "netherlands": true, "latvia": true, "lithuania": true, "estonia": true,
}

// region reads the country after the city when another element or the end of
// the dateline follows it.
func (s *scanner) region(i int) (string, int) {
	i = s.skip(i)
	for _, d := range s.dates {
		if d.Span.Start >= i {
			if d.Span.Start == i {
				return "", 0
			}
			break
		}
	}
	if _, n := s.agency(i); n > 0 {
		return "", 0
	}
	name, next := s.capitalRun(i, 4)
	if strings.HasPrefix(s.text[i:s.end], "D.C.") {
		name, next = "D.C.", i+len("D.C.")
	}
	if next == 0 {
		return "", 0
	}
	after := s.skip(next)
	if after >= s.end || strings.IndexByte(".,(/:;", s.text[after]) < 0 && !isDash(s.text[after:]) {
		return "", 0
	}
	if name == strings.ToUpper(name) && len(name) > 4 && s.text[after] != ',' && s.text[after] != '(' && !countries[strings.ToLower(name)] {
		return "", 0
	}
	return name, next
}

// notPlace are words that open a sentence or a byline, never a place.
var notPlace = map[string]bool{
	"the": true, "a": true, "an": true, "by": true, "today": true, "yesterday": true, "on": true, "in": true, "at": true, "this": true,
	"january": true, "february": true, "march": true, "april": true, "may": true, "june": true, "july": true, "august": true,
	"september": true, "october": true, "november": true, "december": true, "monday": true, "tuesday": true, "wednesday": true,
	"thursday": true, "friday": true, "saturday": true, "sunday": true, "breaking": true, "update": true, "exclusive": true,
	"president": true, "minister": true, "photo": true, "video": true, "source": true, "published": true, "date": true, "however": true,
	"meanwhile": true, "according": true, "mr": true, "mrs": true, "dr": true, "analysis": true, "opinion": true, "interview": true,
}

// particles may stand inside a place name in lower case.
var particles = map[string]bool{"de": true, "la": true, "le": true, "of": true, "el": true, "am": true, "an": true, "der": true, "del": true, "di": true, "do": true, "upon": true, "sur": true, "al": true, "aux": true, "and": true}

// capitalRun reads up to most words that start with a capital, with the
// particles between them.
func (s *scanner) capitalRun(i, most int) (string, int) {
	start, end := s.skip(i), 0
	j := start
	for n := 0; n < most; n++ {
		k := s.wordEnd(j)
		if k == j {
			break
		}
		w := s.text[j:k]
		first, _ := utf8.DecodeRuneInString(w)
		switch {
		case unicode.IsUpper(first):
			end = k
		case end > 0 && particles[w]:
		default:
			n = most
			continue
		}
		if strings.EqualFold(w, "St") && k < s.end && s.text[k] == '.' {
			k++
		}
		j = s.skip(k)
		if j == k && !strings.HasSuffix(s.text[:k], ".") {
			break
		}
	}
	if end == 0 {
		return "", 0
	}
	return s.text[start:end], end
}

// wordEnd is the end of the letters at i, with hyphens and apostrophes inside.
func (s *scanner) wordEnd(i int) int {
	for i < s.end {
		r, n := utf8.DecodeRuneInString(s.text[i:])
		if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) {
			if (r == '-' || r == '\'' || r == '’') && i+n < s.end {
				if next, _ := utf8.DecodeRuneInString(s.text[i+n:]); unicode.IsLetter(next) {
					i += n
					continue
				}
			}
			break
		}
		i += n
	}
	return i
}

// titled writes a name set in capitals as names are written: NUR-SULTAN is
// Nur-Sultan.
func titled(name string) string {
	if name != strings.ToUpper(name) || utf8.RuneCountInString(name) <= 2 {
		return name
	}
	var b strings.Builder
	inside := false
	for _, r := range name {
		if inside {
			b.WriteRune(unicode.ToLower(r))
		} else {
			b.WriteRune(r)
		}
		inside = unicode.IsLetter(r)
	}
	words := strings.Split(b.String(), " ")
	for i, w := range words {
		if low := strings.ToLower(w); i > 0 && particles[low] {
			words[i] = low
		}
	}
	return strings.Join(words, " ")
}
