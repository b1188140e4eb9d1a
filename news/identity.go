package news

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// ReportID is the id of the report that agency published under key: its
// canonical URL, or its guid where it has no URL. The same pair gives the
// same id on every machine.
//
// Invariant 1: a report has one id for ever.
func ReportID(agency, key string) string {
	return digest(strings.ToLower(strings.TrimSpace(agency)), key)
}

// HashContent returns the hash of what a reader of the report sees: title and
// text, in Unicode NFC and with runs of white space as one space. A report
// whose hash changes is a new revision.
func (r *Report) HashContent() string {
	return digest(NormalSpace(r.Title), NormalSpace(r.Text), r.Status)
}

// MessageID is the Nats-Msg-Id of a report's revision: a second try after a
// crash has the same id, while an edit from A to B and back to A has three.
//
// Invariant 4: a second try is the same message.
func MessageID(id string, previousRevision int, contentHash string) string {
	return digest(id, strconv.Itoa(previousRevision), contentHash)
}

// DocumentVersion orders the documents of one report: revision first, then
// the version of the enricher that annotated it (0 to 999,999).
func DocumentVersion(revision, enricher int) int64 {
	return int64(revision)*1_000_000 + int64(enricher)
}

// RevisionOf returns the revision of a document with the version.
func RevisionOf(version int64) int { return int(version / 1_000_000) }

// NormalSpace returns s in Unicode NFC, trimmed, each run of white space as
// one space.
func NormalSpace(s string) string {
	if normal(s) {
		return s
	}
	return strings.Join(strings.Fields(norm.NFC.String(s)), " ")
}

// normal reports whether s is ASCII with single spaces between its words alone.
func normal(s string) bool {
	before := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c >= utf8.RuneSelf || c == ' ' && before == ' ' {
			return false
		}
		before = c
	}
	return s == "" || before != ' '
}

// Slug returns the lower-case letters and digits of s, folded to ASCII where
// a letter decomposes to one, with one hyphen between words.
func Slug(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case r >= utf8.RuneSelf && unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			if r < utf8.RuneSelf {
				b.WriteByte(byte(r))
			} else if a, ok := slugLetters[r]; ok {
				b.WriteString(a)
			} else {
				b.WriteRune(r)
			}
		case r == '\'' || r == '’':
		default:
			gap = true
		}
	}
	return b.String()
}

// slugLetters are letters without a Unicode decomposition that readers expect
// to find under a plain Latin one.
var slugLetters = map[rune]string{
	'ə': "a", 'ı': "i", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ß': "ss", 'æ': "ae", 'œ': "oe",
}

func digest(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
