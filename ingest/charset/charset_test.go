package charset

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
)

const (
	russian = "Сегодня в Москве открылся семинар таможенных инструкторов прикаспийских стран, сообщает агентство."
	turkish = "İstanbul'da gümrük eğitmenleri için düzenlenen seminer bugün başladı ve cuma günü sona erecek."
)

func encode(t *testing.T, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDecode(t *testing.T) {
	late := "<html><head>" + strings.Repeat("<!-- a long comment -->", 100) + `<meta charset="windows-1251"></head>`
	tests := []struct {
		name              string
		body              []byte
		contentType       string
		want, encodedName string
	}{
		{"UTF-8 without a word", []byte(russian), "text/html", russian, "utf-8"},
		{"UTF-8 that calls itself something else", []byte(`<meta charset="iso-8859-1">` + turkish), "text/html", `<meta charset="iso-8859-1">` + turkish, "utf-8"},
		{"byte order mark", []byte("\xEF\xBB\xBF" + russian), "text/html; charset=windows-1251", russian, "utf-8"},
		{"UTF-16", encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), russian), "", russian, "utf-16le"},
		{"the header's word", encode(t, charmap.Windows1254, turkish), "text/html; charset=windows-1254", turkish, "windows-1254"},
		{"Latin-5 by the header", encode(t, charmap.ISO8859_9, turkish), "text/html; charset=ISO-8859-9", turkish, "windows-1254"},
		{"the page's word, late in its head", encode(t, charmap.Windows1251, late+russian), "text/html", late + russian, "windows-1251"},
		{"an XML declaration", encode(t, charmap.KOI8R, `<?xml version="1.0" encoding="koi8-r"?>`+russian), "", `<?xml version="1.0" encoding="koi8-r"?>` + russian, "koi8-r"},
		{"no word at all", encode(t, charmap.Windows1251, russian), "", russian, "windows-1251"},
		{"a header that calls it UTF-8 by mistake", encode(t, charmap.Windows1251, russian), "text/html; charset=utf-8", russian, "windows-1251"},
		{"Japanese", encode(t, japanese.ShiftJIS, "税関の研修会が東京で開かれた。"), "text/html; charset=shift_jis", "税関の研修会が東京で開かれた。", "shift_jis"},
		{"UTF-8 cut in a letter", []byte(russian)[:len(russian)/2*2-1], "", strings.ToValidUTF8(russian[:len(russian)/2*2-1], "\uFFFD"), "utf-8"},
		{"an unknown word", []byte(russian), "text/html; charset=unknown-8bit", russian, "utf-8"},
		{"nothing", nil, "", "", "utf-8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, name, err := Decode(tt.body, tt.contentType)
			if err != nil || got != tt.want || name != tt.encodedName {
				t.Errorf("got %q as %s, %v\nwant %q as %s", got, name, err, tt.want, tt.encodedName)
			}
		})
	}
}

func TestBinary(t *testing.T) {
	if _, _, err := Decode([]byte("%PDF\x00\x01\x02\x03\x04"), ""); !errors.Is(err, ErrBinary) {
		t.Errorf("got %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(russian), "text/html; charset=utf-8")
	f.Add([]byte("\xff\xfe\x00"), "")
	f.Add([]byte("<?xml encoding='utf-16'?>\xe0"), "text/xml; charset=utf-7")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		if text, _, err := Decode(body, contentType); err == nil && !utf8.ValidString(text) {
			t.Error("not valid UTF-8")
		}
	})
}
