package elastic

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/elastic/go-elasticsearch/v8/esapi"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/rangetable"

	"github.com/dateline-news/dateline/index/analysis"
)

// analyze returns the terms that an analyzer of the index makes of text.
func analyze(t *testing.T, a *Archive, analyzer, text string) []string {
	t.Helper()
	body, err := json.Marshal(object{"analyzer": analyzer, "text": text})
	if err != nil {
		t.Fatal(err)
	}
	var answer struct {
		Tokens []struct {
			Token    string
			Position int
		}
	}
	if err := a.cluster.do(t.Context(), esapi.IndicesAnalyzeRequest{Index: a.names.read, Body: bytes.NewReader(body)}, &answer); err != nil {
		t.Fatal(err)
	}
	terms := []string{}
	for i, token := range answer.Tokens {
		if token.Position != i {
			t.Fatalf("word %d, %q, has position %d", i, token.Token, token.Position)
		}
		terms = append(terms, token.Token)
	}
	return terms
}

// agree compares the analysis of text in the cluster with our own.
func agree(t *testing.T, a *Archive, text string) (words int) {
	t.Helper()
	for _, chunk := range chunks(text, 20_000) {
		tokens := analysis.Tokens(chunk)
		terms, folded := []string{}, []string{}
		for _, token := range tokens {
			terms, folded = append(terms, token.Term), append(folded, token.Folded)
		}
		if diff := cmp.Diff(folded, analyze(t, a, "folded", chunk)); diff != "" {
			t.Errorf("folded words of %.60q (-ours +theirs):\n%s", chunk, diff)
		}
		if diff := cmp.Diff(terms, analyze(t, a, "stemmed", chunk)); diff != "" {
			t.Errorf("terms of %.60q (-ours +theirs):\n%s", chunk, diff)
		}
		words += len(tokens)
	}
	return words
}

// chunks cuts text at spaces into pieces of about size bytes: the index makes
// at most 10,000 terms of one request.
func chunks(text string, size int) []string {
	var all []string
	for len(text) > size {
		at := strings.LastIndexAny(text[:size], " \n")
		if at <= 0 {
			at = size
		}
		all = append(all, text[:at])
		text = text[at:]
	}
	return append(all, text)
}

func TestWordsAreThoseOfPackageAnalysis(t *testing.T) {
	a := open(t)
	for name, text := range map[string]string{
		"empty":         "",
		"punctuation":   " … -- ''! '",
		"English":       "REPORT.AZ/ The WCO's members' vote; Committee.In addition, O'Brien's 'quoted' vitamin s, 's Hertogenbosch, rock'n'roll'S 8.12.2014 1,500 $3.5m a_b x@y.org C++",
		"possessives":   "a's's 's's's b'sc d's-e f'S's g’s",
		"Azerbaijani":   "Əliyev ƏLİYEV Aydın IĞDIR İGDİR Şəki şəkər çörək Gömrük öküz üzüm Nəqliyyatın rəqəmsallaşması haqqında görüş keçirildi",
		"Turkish":       "İstanbul ISPARTA ılık Dışişleri Bakanlığı gümrük müşavirliği ağaç çiğ köşk ÇALIŞMALAR I\u0307zmir",
		"Russian":       "Алиев съёмка ЁЛКА Йод объезд таможенный комитет провёл совещание И\u0306од и\u0306 ста\u0301рый е\u0308лка",
		"Ukrainian":     "Їжак ґанок Європа І\u0308жак і\u0308",
		"other Latin":   "Straße STRAẞE ØRSTED Łódź Þór Ærø œuvre ĳ ǆ ŉ ſ ﬃ ｗｃｏ ２０１５ ª º Ⅷ ½ ①",
		"Greek":         "ΑΘΗΝΑΣ Αθήνας οδός ΐ ᾳ",
		"Arabic":        "مُحَمَّد الجمارك ١٢٣",
		"Hebrew":        "מֶכֶס המכס",
		"Indic":         "सीमा शुल्क কাস্টমস ศุลกากร",
		"Chinese":       "世界海关组织 会议。関税 회의",
		"Armenian":      "Հայաստան և ՄԱՔՍԱՅԻՆ",
		"Georgian":      "საბაჟო ᲡᲐᲑᲐᲟᲝ",
		"beyond BMP":    "𝒜𝓁𝒾 𐐀𐐨 😀 a😀b 𠮷野家",
		"invisible":     "capa\u00adcity zero\u200dwidth \u200erun\u200f \ufeffmark a\u2060b a\u00a0b a\u2028b a\u0000b",
		"not UTF-8":     "a\xffb \xc3",
		"marks":         "e\u0301 \u0301alone a\u0301\u0302\u0303b \u0307 x\u0338",
		"long words":    strings.Repeat("й", 500) + " " + strings.Repeat("x", 99) + "ing " + strings.Repeat("running", 30) + " " + strings.Repeat("9", 101),
		"short":         "a is as be by ies s ss es ed ing sing",
		"mixed letters": "covid19s g20s b2bing naïvely résumés Caféing",
	} {
		t.Run(name, func(t *testing.T) { agree(t, a, text) })
	}
}

// TestGeneratedWordsAreThoseOfPackageAnalysis compares words of every shape
// that Porter's rules look at: endings upon stems, and letters at random.
func TestGeneratedWordsAreThoseOfPackageAnalysis(t *testing.T) {
	long(t)
	a := open(t)
	random := rand.New(rand.NewPCG(7, 11))
	pick := func(of []string) string { return of[random.IntN(len(of))] }
	starts := strings.Fields("a b cr e f gl h i j kn l m n o p qu r s t u v w x y z th sh str sch oa ee ai ou y")
	middles := strings.Fields("a e i o u y ea oo ai at ol iv er ent ack ill ass izz ogg utt yy ay ey oy ion abl tt ll ss zz bb dd ff gg")
	ends := strings.Fields(`s es ies sses ss ed eed ing ingly y e le ational tional enci anci izer abli bli alli entli eli ousli ization ation ator
		alism iveness fulness ousness aliti iviti biliti logi icate ative alize iciti ical ful ness al ance ence er ic able ible ant ement ment
		ent ion sion tion ou ism ate iti ous ive ize l ll edly ings ers ability ously`)
	var text strings.Builder
	for _, end := range ends {
		text.WriteString(end + " " + pick(ends) + end + " ")
	}
	for range 20_000 {
		text.WriteString(pick(starts))
		for range random.IntN(3) {
			text.WriteString(pick(middles))
			if random.IntN(2) == 0 {
				text.WriteString(pick(starts))
			}
		}
		for range 1 + random.IntN(2) {
			text.WriteString(pick(ends))
		}
		text.WriteByte(' ')
	}
	letters := []rune("abcdeghilmnorstuyzəıİIğŞçöüАбЁй'’-.’s0 1\u0301\u0306")
	for range 30_000 {
		text.WriteRune(letters[random.IntN(len(letters))])
	}
	t.Logf("%d words agree", agree(t, a, text.String()))
}

// TestEveryLetterIsFoldedAsPackageAnalysisDoes goes through all scripts but
// those of East Asia. What is a letter depends on the Unicode version of the
// server's Java; 13 is the one of Java 17, the oldest that it runs on.
func TestEveryLetterIsFoldedAsPackageAnalysisDoes(t *testing.T) {
	long(t)
	a := open(t)
	var text strings.Builder
	known := rangetable.Assigned("13.0.0")
	for r := rune(' '); r < 0x2E80; r++ {
		if !unicode.Is(known, r) {
			continue
		}
		text.WriteRune(r)
		text.WriteString("x ")
	}
	agree(t, a, text.String())
}

// TestTextsOfAgenciesAreAnalyzedAlike reads whatever texts lie beside the
// module.
func TestTextsOfAgenciesAreAnalyzedAlike(t *testing.T) {
	long(t)
	a := open(t)
	shared := filepath.Join("..", "..", "..", "shared")
	files, err := filepath.Glob(filepath.Join(shared, "corpora", "*", "*.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	dispatches, err := filepath.Glob(filepath.Join(shared, "dispatches", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, dispatches...)
	if len(files) == 0 {
		t.Skip("there are no texts in ../shared beside the module")
	}
	words := 0
	for _, f := range files {
		words += agree(t, a, beginning(t, f, 400_000))
	}
	t.Logf("%d words of %d files agree", words, len(files))
}

// beginning returns the first n bytes of a file, unpacked.
func beginning(t *testing.T, name string, n int64) string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	b, err := io.ReadAll(io.LimitReader(r, n))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
