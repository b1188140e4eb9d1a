// Package charset turns the bytes of a page, a feed or a file into UTF-8 text.
// It promises valid UTF-8, whatever the bytes, and says which encoding it took
// them for.
//
// The order of evidence is: byte order mark, the encoding named in the HTTP
// header, valid UTF-8, the encoding named in the document itself, statistical
// detection. Valid UTF-8 stands before the document's own word because a page
// that is valid UTF-8 and says otherwise is nearly always a converted page
// with its old meta tag left in.
package charset

import (
	"bytes"
	"errors"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// ErrBinary is returned for bytes that are no text in any encoding.
var ErrBinary = errors.New("not a text: it contains binary data")

// Decode returns body as UTF-8 and the WHATWG name of the encoding it was
// read as. contentType is the Content-Type header, or "" where there is none.
// The byte order mark is not part of the text. The only error is ErrBinary.
func Decode(body []byte, contentType string) (text, name string, err error) {
	enc, name := find(body, contentType)
	if enc == nil {
		text = string(trimMark(body))
	} else {
		out, err := enc.NewDecoder().Bytes(body)
		if err != nil {
			out = body
		}
		text = string(trimMark(out))
	}
	text = Mend(strings.ToValidUTF8(text, "\uFFFD"))
	if isBinary(text) {
		return "", name, ErrBinary
	}
	return text, name, nil
}

// Mend returns text with the quotation marks, dashes and other characters of
// windows-1252 in the place of the control characters U+0080 to U+009F, which
// no text holds unless such a page was converted as if it were Latin-1.
func Mend(text string) string {
	if !strings.ContainsFunc(text, isC1) {
		return text
	}
	return strings.Map(func(r rune) rune {
		if !isC1(r) {
			return r
		}
		return charmap.Windows1252.DecodeByte(byte(r))
	}, text)
}

func isC1(r rune) bool { return r >= 0x80 && r <= 0x9F }

// find returns the encoding of body; a nil encoding is UTF-8.
func find(body []byte, contentType string) (encoding.Encoding, string) {
	switch {
	case bytes.HasPrefix(body, []byte{0xEF, 0xBB, 0xBF}):
		return nil, "utf-8"
	case bytes.HasPrefix(body, []byte{0xFE, 0xFF}):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "utf-16be"
	case bytes.HasPrefix(body, []byte{0xFF, 0xFE}):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "utf-16le"
	}
	valid := utf8.Valid(body)
	if enc, name, ok := lookup(headerLabel(contentType), valid); ok {
		return enc, name
	}
	if valid {
		return nil, "utf-8"
	}
	if enc, name, ok := lookup(documentLabel(body), valid); ok {
		return enc, name
	}
	return detect(body)
}

// lookup returns the encoding that label names. UTF-8 that is not valid is no
// evidence; a label of UTF-16 on bytes without NULs is a mistake.
func lookup(label string, valid bool) (encoding.Encoding, string, bool) {
	if label == "" {
		return nil, "", false
	}
	enc, name := charset.Lookup(label)
	switch {
	case enc == nil || name == "replacement":
		return nil, "", false
	case name == "utf-8":
		return nil, name, valid
	case strings.HasPrefix(name, "utf-16") && valid:
		return nil, "utf-8", true
	}
	return enc, name, true
}

func headerLabel(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return params["charset"]
}

// labelWindow is how much of a document is searched for its own word on its
// encoding; real pages name it later than the 1,024 bytes of the standard.
const labelWindow = 16 << 10

var xmlLabel = regexp.MustCompile(`^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`)

// documentLabel is a document's own word on its encoding, "" for none. Since
// the word could be read, it is not in UTF-16, whatever it says.
func documentLabel(body []byte) string {
	head := body[:min(len(body), labelWindow)]
	label := metaLabel(head)
	if m := xmlLabel.FindSubmatch(head); m != nil {
		label = string(m[1])
	}
	if strings.HasPrefix(strings.ToLower(label), "utf-16") {
		return "utf-8"
	}
	return label
}

// metaLabel is the encoding in the first meta tag that names one we know.
func metaLabel(head []byte) string {
	tags := html.NewTokenizer(bytes.NewReader(head))
	for {
		switch tags.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			tags.NextIsNotRawText() // the standard looks into scripts too
			name, more := tags.TagName()
			if string(name) != "meta" || !more {
				continue
			}
			label := labelOf(tags)
			if enc, _ := charset.Lookup(label); enc != nil {
				return label
			}
		}
	}
}

// labelOf reads the attributes of a meta tag (HTML, 13.2.3.2).
func labelOf(tags *html.Tokenizer) string {
	attributes := map[string]string{}
	for more := true; more; {
		var key, value []byte
		key, value, more = tags.TagAttr()
		if _, twice := attributes[string(key)]; !twice {
			attributes[string(key)] = string(value)
		}
	}
	if label := strings.TrimSpace(attributes["charset"]); label != "" {
		return label
	}
	if !strings.EqualFold(attributes["http-equiv"], "content-type") {
		return ""
	}
	return contentLabel(attributes["content"])
}

var charsetWord = regexp.MustCompile(`(?i)charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;"']+))`)

// contentLabel is the encoding in the content of a meta tag.
func contentLabel(content string) string {
	m := charsetWord.FindStringSubmatch(content)
	if m == nil {
		return ""
	}
	return strings.TrimSpace(m[1] + m[2] + m[3])
}

// detectWindow bounds the bytes that detection reads.
const detectWindow = 64 << 10

// detect guesses from the letters' frequencies. It has no certain answer, so
// it falls to windows-1252, which decodes everything.
func detect(body []byte) (encoding.Encoding, string) {
	sample := body[:min(len(body), detectWindow)]
	if mostlyUTF8(sample) {
		return nil, "utf-8"
	}
	detector := chardet.NewTextDetector()
	if bytes.IndexByte(sample, '<') >= 0 {
		detector = chardet.NewHtmlDetector()
	}
	if best, err := detector.DetectBest(sample); err == nil {
		if enc, name, ok := lookup(best.Charset, false); ok {
			return enc, name
		}
	}
	enc, name := charset.Lookup("windows-1252")
	return enc, name
}

// mostlyUTF8 recognises UTF-8 with a few broken bytes, such as a text that was
// cut in the middle of a character.
func mostlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		b = b[size:]
	}
	return good > 10*bad
}

// trimMark removes a byte order mark in UTF-8.
func trimMark(b []byte) []byte { return bytes.TrimPrefix(b, []byte("\uFEFF")) }

// isBinary reports whether text holds more control characters than a text
// with a stray one would.
func isBinary(text string) bool {
	control := 0
	head := text[:min(len(text), 4096)]
	for i := range len(head) {
		if c := head[i]; c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1A && c != 0x1B {
			control++
		}
	}
	return control > len(head)/50
}
