package story

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// pagesDir holds real pages with their articles; it lies beside the checkout
// and is no part of it.
var pagesDir = filepath.Join("..", "..", "..", "shared", "corpora", "extract")

// article is the text of a real page.
type article struct {
	ID, URL, Domain, Body string
}

func (a article) paragraphs() []string {
	return strings.FieldsFunc(a.Body, func(r rune) bool { return r == '\n' })
}

// held reports whether the article is of the half that the bounds were not
// chosen on.
func (a article) held() bool {
	h := fnv.New32a()
	h.Write([]byte(a.ID))
	return h.Sum32()%2 == 1
}

// articles returns the texts of the pages that have them, each once.
func articles(t testing.TB) []article {
	t.Helper()
	var out []article
	seen := map[string]bool{}
	for _, set := range []string{"fundus", "fundus-eval", "scrapinghub", "wcxb"} {
		for _, a := range readArticles(t, set) {
			a.Body = strings.TrimSpace(a.Body)
			opening := strings.Join(words(a.Body)[:min(12, len(words(a.Body)))], " ")
			if len(words(a.Body)) < 60 || seen[opening] {
				continue
			}
			seen[opening] = true
			out = append(out, a)
		}
	}
	return out
}

func readArticles(t testing.TB, set string) []article {
	t.Helper()
	f, err := os.Open(filepath.Join(pagesDir, set, "manifest.jsonl.gz"))
	if err != nil {
		t.Skip("the shared pages are not beside this checkout:", pagesDir)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var out []article
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var a article
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		out = append(out, a)
	}
	return out
}

// edit makes a copy of an article as another publisher would; it draws words
// and phrases from the pool.
type edit struct {
	name string
	make func(r *rand.Rand, a article, pool []string) string
}

var edits = []edit{
	{"as it is", func(_ *rand.Rand, a article, _ []string) string { return a.Body }},
	{"cut to 70-50 %", func(r *rand.Rand, a article, _ []string) string { return cut(a.Body, 0.5+0.2*r.Float64()) }},
	{"cut to 50-25 %", func(r *rand.Rand, a article, _ []string) string { return cut(a.Body, 0.25+0.25*r.Float64()) }},
	{"re-headlined, own lead", func(r *rand.Rand, a article, pool []string) string {
		return phrase(r, pool, 9) + "\n\n" + phrase(r, pool, 25) + ".\n\n" + a.Body
	}},
	{"reordered", func(r *rand.Rand, a article, _ []string) string { return reorder(r, a) }},
	{"re-bylined", func(r *rand.Rand, a article, pool []string) string { return rebyline(r, a.Body, pool) }},
	{"10 % of words changed", func(r *rand.Rand, a article, pool []string) string { return change(r, a.Body, pool, 0.1) }},
	{"20 % of words changed", func(r *rand.Rand, a article, pool []string) string { return change(r, a.Body, pool, 0.2) }},
	{"30 % of words changed", func(r *rand.Rand, a article, pool []string) string { return change(r, a.Body, pool, 0.3) }},
	{"cut to half, 15 % changed, re-bylined", func(r *rand.Rand, a article, pool []string) string {
		return rebyline(r, change(r, cut(a.Body, 0.5), pool, 0.15), pool)
	}},
	{"reordered, 20 % changed, re-bylined", func(r *rand.Rand, a article, pool []string) string {
		return rebyline(r, change(r, reorder(r, a), pool, 0.2), pool)
	}},
}

// cut keeps the first part of the words, with the paragraphs they stand in.
func cut(text string, part float64) string {
	at := int(float64(len(text)) * part)
	if i := strings.IndexAny(text[at:], " \n"); i >= 0 {
		at += i
	}
	return text[:at]
}

func reorder(r *rand.Rand, a article) string {
	list := a.paragraphs()
	if len(list) < 3 {
		list = strings.SplitAfter(a.Body, ". ")
	}
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return strings.Join(list, "\n\n")
}

func rebyline(r *rand.Rand, text string, pool []string) string {
	return fmt.Sprintf("%s, %d December (%s) — %s\n\n(Reporting by %s; editing by %s)",
		strings.ToUpper(phrase(r, pool, 1)), 1+r.IntN(30), strings.ToUpper(phrase(r, pool, 1)), text, phrase(r, pool, 2), phrase(r, pool, 2))
}

// change replaces, drops or adds a part of the words.
func change(r *rand.Rand, text string, pool []string, part float64) string {
	var out []string
	for _, word := range strings.Fields(text) {
		if r.Float64() >= part {
			out = append(out, word)
			continue
		}
		switch r.IntN(6) {
		case 0:
		case 1:
			out = append(out, word, phrase(r, pool, 1))
		default:
			out = append(out, phrase(r, pool, 1))
		}
	}
	return strings.Join(out, " ")
}

func phrase(r *rand.Rand, pool []string, n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = pool[r.IntN(len(pool))]
	}
	return strings.Join(out, " ")
}

// pair is two reports that look alike and are not one story.
type pair struct{ kind, first, second string }

// strangers makes pairs out of the articles and of templates.
func strangers(r *rand.Rand, list []article) []pair {
	var out []pair
	for i, a := range list {
		b, c := list[(i+7)%len(list)], list[(i+19)%len(list)]
		footer := cut(c.Body, min(1, 500/float64(len(c.Body))))
		short := func(x article) string { return cut(x.Body, min(1, 1100/float64(len(x.Body)))) }
		quoted := b.paragraphs()[r.IntN(len(b.paragraphs()))]
		if len(quoted)*5 < len(b.Body) {
			out = append(out, pair{"quotes a paragraph", b.Body, short(a) + "\n\n" + quoted + "\n\n" + a.Body[len(short(a)):]})
		}
		out = append(out, pair{"shares a footer of 80 words", short(a) + "\n\n" + footer, short(b) + "\n\n" + footer})
		if next, n := nextIssue(r, a.Body); n >= 5 && n*16 >= len(words(a.Body)) {
			out = append(out, pair{"real text, other figures", a.Body, next})
		}
	}
	for range 40 {
		for i, issue := range routines {
			out = append(out, pair{fmt.Sprint("routine report ", i), issue(r), issue(r)})
		}
	}
	return out
}

var number = regexp.MustCompile(`[0-9]+`)

// nextIssue changes every figure but the years.
func nextIssue(r *rand.Rand, text string) (string, int) {
	n := 0
	return number.ReplaceAllStringFunc(text, func(s string) string {
		if !isFigure(s) {
			return s
		}
		n++
		other := []byte(s)
		for string(other) == s {
			for i := range other {
				other[i] = byte('1' + r.IntN(9))
			}
		}
		return string(other)
	}), n
}

// routines are reports that come every day with other figures.
var routines = []func(*rand.Rand) string{
	func(r *rand.Rand) string {
		var b strings.Builder
		fmt.Fprintf(&b, "BAKU, %d December. The central bank has set the official exchange rates of foreign currencies against the manat for %d December 2014.\n\n", 1+r.IntN(28), 1+r.IntN(28))
		for _, c := range []string{"US dollar", "euro", "pound sterling", "Russian rouble", "Turkish lira", "Georgian lari", "Swiss franc"} {
			fmt.Fprintf(&b, "One %s is worth %d.%04d manats today. ", c, r.IntN(3), r.IntN(10000))
		}
		b.WriteString("\n\nThe rates are used by banks in the settlement of customs duties and are published every working day before ten in the morning.")
		return b.String()
	},
	func(r *rand.Rand) string {
		low, night := 2+r.IntN(8), r.IntN(6)
		return fmt.Sprintf("The National Hydrometeorology Department has announced the weather forecast for %d December. Short rain is expected in Baku and on the Absheron peninsula in the morning, and a north-west wind will blow in the daytime. The temperature will be %d to %d degrees at night and %d to %d degrees in the daytime. Air pressure will fall from %d to %d millimetres, and relative humidity will be %d to %d per cent. In the regions fog is expected in some places, with %d to %d degrees at night and %d to %d in the daytime.",
			1+r.IntN(28), night, night+2, low+3, low+6, 755+r.IntN(20), 755+r.IntN(20), 60+r.IntN(30), 70+r.IntN(30), r.IntN(5), 2+r.IntN(5), 7+r.IntN(5), 10+r.IntN(6))
	},
	func(r *rand.Rand) string {
		return fmt.Sprintf("Die Aktien in Frankfurt haben am Handelsschluss fester tendiert. Der Leitindex stieg um %d,%02d Prozent auf %d,%02d Punkte, der Index der mittleren Werte gewann %d,%02d Prozent auf %d,%02d Zähler. An der Spitze standen die Papiere des Chemiekonzerns mit einem Plus von %d,%d Prozent. Der Euro wurde am Abend mit 1,%04d Dollar gehandelt. Die Rendite der zehnjährigen Bundesanleihe lag bei %d,%03d Prozent.",
			r.IntN(3), r.IntN(100), 9000+r.IntN(900), r.IntN(100), r.IntN(3), r.IntN(100), 16000+r.IntN(900), r.IntN(100), 1+r.IntN(7), r.IntN(10), r.IntN(10000), r.IntN(3), r.IntN(1000))
	},
	func(r *rand.Rand) string {
		return fmt.Sprintf("Землетрясение магнитудой %d,%d произошло сегодня на западе страны. Подземные толчки были зарегистрированы в %d часов %d минут по местному времени, очаг залегал на глубине %d километров. По сообщению сейсмологической службы, сила толчков в эпицентре составила до %d баллов. Пострадавших и разрушений нет. За сутки служба зарегистрировала %d слабых толчков.",
			3+r.IntN(3), r.IntN(10), r.IntN(24), r.IntN(60), 5+r.IntN(60), 2+r.IntN(4), 3+r.IntN(90))
	},
	func(r *rand.Rand) string {
		return fmt.Sprintf("The State Customs Committee transferred %d.%d million manats to the state budget in the past week, %d.%d per cent more than in the week before. Duties on imports brought %d.%d million and value added tax %d.%d million manats, the committee's press service said. Since the beginning of the year the committee has transferred %d million manats to the budget, which is %d.%d per cent of the forecast.",
			20+r.IntN(30), r.IntN(10), 1+r.IntN(9), r.IntN(10), 3+r.IntN(9), r.IntN(10), 15+r.IntN(20), r.IntN(10), 800+r.IntN(900), 60+r.IntN(50), r.IntN(10))
	},
}

// vocabulary is the words that changes are made with.
func vocabulary(list []article) []string {
	var out []string
	for _, a := range list {
		out = append(out, strings.Fields(a.Body)...)
	}
	return slices.Clip(out)
}
