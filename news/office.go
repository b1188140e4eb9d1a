package news

import (
	"slices"
	"strings"
	"unicode"
)

// SameOffice reports whether two roles name one office of a person in different
// words: "Chairman" and "chairman", "Chairwoman" and "chairperson",
// "Director-General" and "director general", "CEO" and "chief executive
// officer". Both must be held, or both be former, and their bodies must agree:
// they are one, or one role names none, or by its noun alone ("committee").
func SameOffice(a, b Role) bool {
	return a.Former == b.Former && a.Office() == b.Office() && bodiesAgree(a.Organization, b.Organization)
}

// Office is the title in the form in which offices are compared: in lower case,
// without hyphens and articles, the head of a body under one noun whoever holds
// it, and "acting" left out.
func (r Role) Office() string {
	var words []string
	for _, w := range officeWords(r.Title) {
		switch {
		case w == "the" || w == "acting":
			continue
		case chairs[w]:
			w = "chair"
		case strings.HasPrefix(w, "spokes"):
			w = "spokesperson"
		}
		words = append(words, w)
	}
	title := strings.Join(words, " ")
	if long, ok := shortOffices[title]; ok {
		return long
	}
	return title
}

// MoreSpecific reports whether a names its body better than b: with more words.
func MoreSpecific(a, b Role) bool {
	return len(officeWords(a.Organization)) > len(officeWords(b.Organization))
}

var chairs = map[string]bool{"chairman": true, "chairwoman": true, "chairperson": true, "chair": true}

// shortOffices are the short forms of offices, as officeWords gives them.
var shortOffices = map[string]string{
	"ceo": "chief executive", "chief executive officer": "chief executive", "cfo": "chief financial officer",
	"coo": "chief operating officer", "cto": "chief technology officer", "pm": "prime minister", "md": "managing director",
}

// bodiesAgree reports whether two names of bodies may be of one.
func bodiesAgree(a, b string) bool {
	long, short := officeWords(a), officeWords(b)
	if len(short) > len(long) {
		long, short = short, long
		a, b = b, a
	}
	switch {
	case len(short) == 0 || slices.Equal(long, short):
		return true
	case len(short) > 1:
		return false
	}
	return bodyNouns[short[0]] && slices.Contains(long, short[0])
}

// bodyNouns stand for a body that the text names elsewhere.
var bodyNouns = map[string]bool{
	"academy": true, "administration": true, "agency": true, "assembly": true, "association": true, "authority": true, "bank": true,
	"board": true, "bureau": true, "centre": true, "center": true, "chamber": true, "commission": true, "committee": true, "company": true,
	"council": true, "court": true, "customs": true, "delegation": true, "department": true, "directorate": true, "embassy": true,
	"federation": true, "foundation": true, "fund": true, "government": true, "group": true, "institute": true, "ministry": true,
	"museum": true, "office": true, "organization": true, "organisation": true, "parliament": true, "party": true, "police": true,
	"secretariat": true, "service": true, "union": true, "university": true,
}

// officeWords are the words of a title or of a body's name, folded.
func officeWords(s string) []string {
	return strings.FieldsFunc(Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' })
}
