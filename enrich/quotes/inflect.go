package quotes

import (
	"iter"
	"strings"
)

// fields yields the space-separated words of s.
func fields(s string) iter.Seq[string] { return strings.FieldsSeq(s) }

// inflected spells out the forms of the words of saying. A word with forms of
// its own after slashes has them in place of those in -ed.
func inflected() map[string]force {
	forms := map[string]force{}
	add := func(form string, f force) {
		if forms[form] == 0 {
			forms[form] = f
		}
	}
	for _, group := range verbs {
		for entry := range fields(group.words) {
			parts := strings.Split(entry, "/")
			base := parts[0]
			add(base, group.force)
			add(third(base), group.force)
			add(participle(base), group.force)
			if len(parts) == 1 {
				add(past(base), group.force)
			}
			for _, p := range parts[1:] {
				add(p, group.force)
			}
		}
	}
	return forms
}

func third(base string) string {
	switch {
	case endsInConsonantY(base):
		return base[:len(base)-1] + "ies"
	case hasAnySuffix(base, "s", "sh", "ch", "x", "o"):
		return base + "es"
	}
	return base + "s"
}

func past(base string) string {
	switch {
	case strings.HasSuffix(base, "e"):
		return base + "d"
	case endsInConsonantY(base):
		return base[:len(base)-1] + "ied"
	case doubles(base):
		return base + base[len(base)-1:] + "ed"
	}
	return base + "ed"
}

func participle(base string) string {
	switch {
	case strings.HasSuffix(base, "ee"):
		return base + "ing"
	case strings.HasSuffix(base, "e"):
		return base[:len(base)-1] + "ing"
	case doubles(base):
		return base + base[len(base)-1:] + "ing"
	}
	return base + "ing"
}

func endsInConsonantY(w string) bool {
	return strings.HasSuffix(w, "y") && len(w) > 1 && !strings.ContainsRune("aeiou", rune(w[len(w)-2]))
}

// doubles reports whether the last consonant is doubled before an ending; it
// is in short words of one vowel between consonants (snap, quip, nod, sob).
func doubles(w string) bool {
	if len(w) < 3 || strings.ContainsRune("aeiouwxy", rune(w[len(w)-1])) {
		return false
	}
	vowels := 0
	for i := range len(w) {
		if strings.IndexByte("aeiou", w[i]) >= 0 {
			vowels++
		}
	}
	return vowels == 1 && strings.IndexByte("aeiou", w[len(w)-2]) >= 0 || strings.HasPrefix(w, "quip")
}

func hasAnySuffix(s string, suffixes ...string) bool {
	for _, suffix := range suffixes {
		if strings.HasSuffix(s, suffix) {
			return true
		}
	}
	return false
}
