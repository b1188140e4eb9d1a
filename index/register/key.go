package register

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/dateline-news/dateline/news"
)

// Key is what of a mention makes an event the one it is. It has neither date
// nor place, which may change.
type Key struct {
	// Series is the id of the series, or "" for an event of no known series,
	// which is known by Name, the folded words of its name.
	Series  string `json:"series,omitempty"`
	Name    string `json:"name,omitempty"`
	Kind    string `json:"kind"`
	Edition string `json:"edition,omitempty"`
	Year    int    `json:"year,omitempty"`
}

// keyOf returns the key of an event of the report. It reports false for an
// event that cannot be told from others: one of a series without edition and
// year, or one of no series whose name is not its own.
func keyOf(r *news.Report, e news.Event) (Key, bool) {
	k := Key{Series: e.Series, Kind: cmp.Or(e.Kind, "event"), Edition: news.Slug(e.Edition), Year: yearOf(e)}
	if k.Series != "" {
		if isPeriod(k.Edition) {
			k.Year = 0 // which it has in common with others
		}
		return k, k.Year != 0 || k.Edition != ""
	}
	// Editions of an event that no gazetteer knows are miscounted too often.
	k.Edition = ""
	k.Name = nameKey(r, e)
	return k, k.Name != "" && k.Year != 0
}

// periodForm is the edition of a series that has several in a year: 2026-03 in
// a monthly series, 2026-q1 in a quarterly one.
var periodForm = regexp.MustCompile(`^(\d{4})-(?:(0[1-9]|1[0-2])|q([1-4]))$`)

func isPeriod(edition string) bool { return periodForm.MatchString(edition) }

// shownPeriod writes such an edition as people do: March 2026, Q1 2026. It is
// "" for any other.
func shownPeriod(edition string) string {
	parts := periodForm.FindStringSubmatch(edition)
	switch {
	case parts == nil:
		return ""
	case parts[3] != "":
		return "Q" + parts[3] + " " + parts[1]
	}
	month, _ := strconv.Atoi(parts[2]) // two digits
	return time.Month(month).String() + " " + parts[1]
}

func yearOf(e news.Event) int {
	switch {
	case e.Year != 0:
		return e.Year
	case !e.Start.IsZero():
		return e.Start.Time.Year()
	}
	return 0
}

// id is the id of the record, made once it is known which year the edition was
// in: picard-2015-conference, cop-e29-conference where it is not known,
// board-2026-03-meeting where a year has several,
// other.caspian-customs-2015-forum for an event of no series.
func (k Key) id() string {
	names := k.subject()
	if k.Series == "" {
		return unnamed + "." + names[1]
	}
	return names[0] + "-" + names[1]
}

// unnamed stands for the series in the subject of an event that has none.
const unnamed = "other"

// subject is the names of the record's subject on the EVENTS stream.
func (k Key) subject() []string {
	series := cmp.Or(k.Series, unnamed)
	parts := []string{}
	if k.Series == "" {
		parts = append(parts, k.Name)
	}
	switch {
	case k.Year != 0:
		parts = append(parts, strconv.Itoa(k.Year))
	case isPeriod(k.Edition):
		parts = append(parts, k.Edition)
	default:
		parts = append(parts, "e"+k.Edition)
	}
	return []string{series, bounded(strings.Join(append(parts, news.Slug(k.Kind)), "-"))}
}

// longestName is how many bytes of a name are kept in an id.
const longestName = 90

// bounded cuts a long name and keeps it apart from others by a hash.
func bounded(name string) string {
	if len(name) <= longestName {
		return name
	}
	sum := sha256.Sum256([]byte(name))
	return strings.Trim(strings.ToValidUTF8(name[:longestName-17], ""), "-") + "-" + hex.EncodeToString(sum[:8])
}

// topic is what all editions of the event share.
func (k Key) topic() string {
	if k.Series != "" {
		return k.Series + "/" + k.Kind
	}
	return "/" + k.Name + "/" + k.Kind
}

// tags are what mentions of one event find each other by: the edition and the
// year.
func (k Key) tags() []string {
	var tags []string
	if k.Year != 0 {
		tags = append(tags, k.topic()+"/"+strconv.Itoa(k.Year))
	}
	if k.Edition != "" {
		tags = append(tags, k.topic()+"/e"+k.Edition)
	}
	return tags
}

// recurring are the kinds of events that recur under one name within a year.
var recurring = map[string]bool{
	"meeting": true, "visit": true, "ceremony": true, "hearing": true, "deadline": true, "training": true, "vote": true, "event": true, "": true,
}

// nameKey returns the words of an event's name that are its own, or "" when
// the name could be that of many events: too few words, or none but those of a
// body.
func nameKey(r *news.Report, e news.Event) string {
	if recurring[e.Kind] {
		return ""
	}
	var words []string
	own := 0
	bodies := bodyWords(r, e.Name)
	for _, w := range strings.FieldsFunc(e.Name, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
		folded := news.Fold(w)
		if folded == "" || unsaid[folded] || isNumber(folded) || kindNoun(folded, e.Kind) {
			continue
		}
		words = append(words, folded)
		first := []rune(w)[0]
		if unicode.IsUpper(first) && !bodies[folded] {
			own++
		}
	}
	if own < 2 {
		return ""
	}
	return news.Slug(strings.Join(words, " "))
}

// bodyWords are the words of the names of bodies that stand in the name.
func bodyWords(r *news.Report, name string) map[string]bool {
	words := map[string]bool{}
	folded := news.Fold(name)
	for _, o := range r.Organizations {
		for _, n := range append([]string{o.Name, o.Acronym}, o.Aliases...) {
			if n = news.Fold(n); n != "" && n != folded && strings.Contains(folded, n) {
				for w := range strings.FieldsSeq(n) {
					words[w] = true
				}
			}
		}
	}
	return words
}

// unsaid are words that say nothing of which event is meant.
var unsaid = wordSet(`the a an of on in for and at to by with its his her their this next annual regular upcoming forthcoming
	first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
	sixteenth seventeenth eighteenth nineteenth twentieth`)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

// isNumber reports whether the word is a number or an ordinal: 2015, 9th.
func isNumber(word string) bool {
	for _, ending := range []string{"st", "nd", "rd", "th"} {
		word = strings.TrimSuffix(word, ending)
	}
	return word == "" || !strings.ContainsFunc(word, func(c rune) bool { return !unicode.IsDigit(c) })
}

func kindNoun(word, kind string) bool { return word == kind || word == kind+"s" }

// editions tells which year each edition was in: that of the first report which
// gives both. An event that moves to another year stays what it was.
type editions map[string]int

// editionsOf reads the years of the editions of one topic off mentions in the
// order of their publication.
func editionsOf(topic string, readings []Reading) editions {
	years := editions{}
	for _, r := range inOrder(readings) {
		for _, m := range r.Mentions {
			k := m.Key
			if k.topic() == topic && k.Edition != "" && k.Year != 0 && years[k.Edition] == 0 {
				years[k.Edition] = k.Year
			}
		}
	}
	return years
}

// settled returns the key with the year of its edition, where it is known.
func (e editions) settled(k Key) Key {
	if year := e[k.Edition]; k.Edition != "" && year != 0 {
		k.Year = year
	}
	return k
}

// inOrder returns the readings in the order in which they were published.
func inOrder(readings []Reading) []Reading {
	sorted := slices.Clone(readings)
	slices.SortStableFunc(sorted, func(a, b Reading) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Report, b.Report), cmp.Compare(a.Revision, b.Revision))
	})
	return sorted
}

// topicOfTag is the topic of one of the tags of a Key.
func topicOfTag(tag string) string { return tag[:strings.LastIndexByte(tag, '/')] }

// keyOfTag is the key that has only this tag.
func keyOfTag(tag string) Key {
	var k Key
	at := strings.LastIndexByte(tag, '/')
	parts := strings.Split(tag[:at], "/")
	k.Kind = parts[len(parts)-1]
	if parts[0] != "" {
		k.Series = parts[0]
	} else {
		k.Name = parts[1]
	}
	if edition, ok := strings.CutPrefix(tag[at+1:], "e"); ok {
		k.Edition = edition
	} else {
		k.Year, _ = strconv.Atoi(tag[at+1:])
	}
	return k
}
