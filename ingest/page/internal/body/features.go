package body

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// describer turns the blocks of one page into the features by which the
// forest tells the article from what surrounds it: what the two extractors
// took, the shape of the text, its place in the page, the classes around it,
// and the same of its neighbours and of the blocks of the same make.
type describer struct {
	blocks []block
	places []*place
	// wholes are hashes of the blocks' words.
	wholes []uint64
	base   []base
	// makes are the blocks of one path, by the path and how far up it begins.
	makes map[makeKey]*tally
	// main is the path to the element that holds most of the article, and
	// first and last its blocks.
	main        []uint64
	first, last int
	title       uint64
	lengths     [2]float64
	// repeats is how often a block's text stood further up.
	repeats []int
}

// base is what the neighbours of a block know of it.
type base struct {
	words         float64
	first, second float64
	linked        float64
	sentence      float64
}

type makeKey struct {
	up   int
	path uint64
}

type tally struct{ words, first, second, blocks float64 }

// levels is how many levels up blocks of one make are counted.
const levels = 4

func newDescriber(found []block, first, second, title string) *describer {
	d := &describer{
		blocks: found, makes: map[makeKey]*tally{}, title: hashAll(hashWords(title)),
		lengths: [2]float64{float64(max(len(first), 1)), float64(max(len(second), 1))},
	}
	d.read(newCoverage(first), newCoverage(second))
	d.findMain()
	return d
}

func (d *describer) read(first, second *coverage) {
	reader := placeReader{map[*html.Node]*place{}, map[*html.Node]int{}}
	seen := map[uint64]int{}
	for _, b := range d.blocks {
		words := hashWords(b.text)
		whole := hashAll(words)
		p := reader.read(b.within)
		n := base{
			words: float64(len(words)), first: first.of(words), second: second.of(words),
			linked: float64(b.linked) / float64(len(b.text)), sentence: flag(endsSentence(b.text)),
		}
		for up := range levels {
			path, ok := p.path(up)
			if !ok {
				break
			}
			t := d.makes[makeKey{up, path}]
			if t == nil {
				t = &tally{}
				d.makes[makeKey{up, path}] = t
			}
			t.words += n.words
			t.first += n.words * n.first
			t.second += n.words * n.second
			t.blocks++
		}
		d.places, d.base = append(d.places, p), append(d.base, n)
		d.wholes, d.repeats = append(d.wholes, whole), append(d.repeats, seen[whole])
		seen[whole]++
	}
}

// findMain looks where both extractors, or else one, took text.
func (d *describer) findMain() {
	taken := d.taken(func(b base) bool { return b.first > .5 && b.second > .5 })
	if len(taken) == 0 {
		taken = d.taken(func(b base) bool { return b.first > .5 || b.second > .5 })
	}
	if len(taken) == 0 {
		d.last = len(d.blocks)
		return
	}
	d.first, d.last = taken[0], taken[len(taken)-1]
	words, all := map[uint64]float64{}, 0.0
	for _, i := range taken {
		all += d.base[i].words
		for _, path := range d.places[i].paths {
			words[path] += d.base[i].words
		}
	}
	for _, i := range taken {
		for depth, path := range d.places[i].paths {
			if words[path] >= .6*all && depth >= len(d.main) {
				d.main = d.places[i].paths[:depth+1]
			}
		}
	}
}

// taken are the blocks of some length that pass.
func (d *describer) taken(pass func(base) bool) (is []int) {
	for i, b := range d.base {
		if b.words >= 5 && pass(b) {
			is = append(is, i)
		}
	}
	return is
}

// shared is how many levels the block's path has in common with the main one.
func (d *describer) shared(p *place) int {
	n := 0
	for n < len(d.main) && n < len(p.paths) && d.main[n] == p.paths[n] {
		n++
	}
	return n
}

// cues are words that stand around articles rather than in them.
var cues = []string{
	"©", "copyright", "all rights", "read more", "sign up", "subscri", "newsletter", "follow us", "photo", "image", "getty", "reuters", "advert",
	"share", "click", "comment", "cookie", "related", "see also", "lire aussi", "lesen sie", "mehr zum", "leia", "also read", "posted", "updated",
	"published", "written by", "min read", "tag:", "tags:", "source:", "foto", "bild", "facebook", "twitter",
}

func hasCue(text string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc(cues, func(cue string) bool { return strings.Contains(text, cue) })
}

// longestCue is the longest block, in bytes, in which a cue says anything.
const longestCue = 600

// row appends the features of a block to x.
func (d *describer) row(x []float32, i int) []float32 {
	b, n, p := d.blocks[i], d.base[i], d.places[i]
	size, total, shared := float64(len(b.text)), float64(len(d.blocks)), d.shared(p)
	digits, upper, commas := count(b.text)
	x = add(x, math.Log1p(n.words), math.Log1p(size), n.first, n.second, n.linked, float64(d.repeats[i]),
		flag(n.words > 0 && d.wholes[i] == d.title),
		commas/max(1, n.words), digits/size, upper/size, n.sentence, flag(strings.HasSuffix(b.text, ":")),
		flag(len(b.text) <= longestCue && hasCue(b.text)), flag(beginsAsList(b.text)))
	before, after := float64(max(0, d.first-i)), float64(max(0, i-d.last))
	x = add(x, float64(i-d.first)/total, float64(d.last-i)/total, min(20, before), min(20, after),
		float64(len(d.main)-shared), float64(len(p.paths)-shared), float64(len(p.paths)), float64(p.sibling),
		d.lengths[0]/(d.lengths[0]+d.lengths[1]), math.Log(d.lengths[0]), math.Log(d.lengths[1]), total)
	for up := range levels {
		t := tally{}
		if path, ok := p.path(up); ok {
			t = *d.makes[makeKey{up, path}]
		}
		x = add(x, math.Log1p(t.words), t.first/max(1, t.words), t.second/max(1, t.words), t.blocks)
	}
	for _, j := range [...]int{i - 2, i - 1, i + 1, i + 2} {
		if j < 0 || j >= len(d.base) {
			x = add(x, -1, -1, -1, -1, -1, -1)
			continue
		}
		o := d.base[j]
		x = add(x, math.Log1p(o.words), o.first, o.second, o.linked, o.sentence, flag(d.places[j].tag() == p.tag()))
	}
	for _, tag := range ownTags {
		x = add(x, flag(p.tag() == tag))
	}
	for tag := range outerTags {
		x = add(x, flag(p.inside&(1<<tag) != 0))
	}
	near, far, below := p.hints(0, 2), p.hints(2, 6), p.hints(0, len(p.paths)-shared+1)
	for h := range hints {
		bit := uint32(1) << h
		x = add(x, flag(near&bit != 0), flag(far&bit != 0), flag(below&bit != 0))
	}
	return x
}

func add(x []float32, values ...float64) []float32 {
	for _, v := range values {
		x = append(x, float32(v))
	}
	return x
}

// rowSize is room for all features.
const rowSize = 192

func flag(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func count(s string) (digits, upper, commas float64) {
	for _, r := range s {
		switch {
		case r == ',':
			commas++
		case unicode.IsDigit(r):
			digits++
		case unicode.IsUpper(r):
			upper++
		}
	}
	return digits, upper, commas
}

func endsSentence(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…\"”»’)", last)
}

func beginsAsList(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("©([*•–—>|-", first)
}

// hashWords returns a hash of each word of the text, folded in case.
func hashWords(text string) []uint64 {
	var words []uint64
	h, open := uint64(offset64), false
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || r == '_' {
			h, open = mix(h, uint64(unicode.ToLower(r))), true
			continue
		}
		if open {
			words = append(words, h)
			h, open = offset64, false
		}
	}
	if open {
		words = append(words, h)
	}
	return words
}

// The constants of the FNV-1a hash.
const (
	offset64 = 14695981039346656037
	prime64  = 1099511628211
)

func mix(h, v uint64) uint64 { return (h ^ v) * prime64 }

func hashAll(words []uint64) uint64 {
	h := uint64(offset64)
	for _, w := range words {
		h = mix(h, w)
	}
	return h
}

// shingle is how many words in a row are looked for.
const shingle = 3

// coverage says how much of a block stands in a text.
type coverage struct {
	shingles, paragraphs map[uint64]bool
}

func newCoverage(text string) *coverage {
	c := &coverage{map[uint64]bool{}, map[uint64]bool{}}
	var all []uint64
	for paragraph := range strings.SplitSeq(text, "\n") {
		words := hashWords(paragraph)
		c.paragraphs[hashAll(words)] = true
		all = append(all, words...)
	}
	for i := range len(all) - shingle + 1 {
		c.shingles[hashAll(all[i:i+shingle])] = true
	}
	return c
}

// of returns the share of the words, 0 to 1, that stand in the text in their
// order; of fewer than a shingle only a whole paragraph does.
func (c *coverage) of(words []uint64) float64 {
	switch {
	case len(words) == 0:
		return 0
	case c.paragraphs[hashAll(words)]:
		return 1
	case len(words) < shingle:
		return 0
	}
	found := 0
	n := len(words) - shingle + 1
	for i := range n {
		if c.shingles[hashAll(words[i:i+shingle])] {
			found++
		}
	}
	return float64(found) / float64(n)
}

// place is where a block stands in the page: an element, and those around it.
type place struct {
	// paths are those of the elements around it, the root first; elements of
	// the same tags and names all the way up have the same path.
	paths []uint64
	// tags and marks are those of the elements around it, innermost first.
	tags  []string
	marks []uint32
	// inside has a bit for each of outerTags that is among the tags.
	inside  uint32
	sibling int
}

func (p *place) tag() string {
	if len(p.tags) == 0 {
		return ""
	}
	return p.tags[0]
}

// path is that of the element so many levels up.
func (p *place) path(up int) (uint64, bool) {
	if up >= len(p.paths) {
		return 0, false
	}
	return p.paths[len(p.paths)-1-up], true
}

// hints are those of the elements from so many levels up to so many.
func (p *place) hints(from, to int) (bits uint32) {
	for i := from; i < min(to, len(p.marks)); i++ {
		bits |= p.marks[i]
	}
	return bits
}

// The tags that say something of the text they hold directly, or at any
// depth.
var (
	ownTags = []string{"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "div", "td", "th", "blockquote", "figcaption", "pre", "dd", "dt",
		"section", "article", "body", "ul", "header", "footer", "figure", "aside", "details", "summary", "address"}
	outerTags = []string{"nav", "footer", "aside", "header", "form", "figure", "article", "main", "table", "ul", "ol", "blockquote",
		"section", "li", "details"}
)

// hints are parts of the names that pages give their elements, one meaning a
// line.
var hints = [][]string{
	{"nav", "menu", "breadcrumb"},
	{"foot"},
	{"head", "masthead"},
	{"side", "rail", "widget"},
	{"relat", "recommend", "more-", "also", "popular", "trending", "teaser", "promo", "most"},
	{"share", "social", "follow", "twitter", "facebook"},
	{"comment", "disqus", "discuss"},
	{"caption", "credit", "figure", "image", "photo", "media", "gallery", "video", "embed", "player"},
	{"newsletter", "subscri", "signup", "sign-up", "paywall", "premium", "regwall", "cta"},
	{"advert", "sponsor", "banner", "-ad-", "ads"},
	{"author", "byline", "bio"},
	{"tag", "topic", "keyword", "categor"},
	{"meta", "date", "time", "publish"},
	{"article", "story", "content", "body", "post", "entry", "text", "main", "prose"},
	{"lead", "intro", "summary", "standfirst", "deck", "dek", "subtitle", "kicker", "abstract", "description"},
	{"box", "note", "disclaim", "copyright", "legal"},
	{"list", "item", "card", "grid", "feed", "stream"},
	{"cookie", "consent", "gdpr", "modal", "popup", "overlay", "dialog"},
	{"toc", "contents", "jump"},
	{"hidden", "hide", "sr-only", "screen-reader", "visually"},
	{"quote", "pull"},
	{"ecipe", "ingredient"},
}

// naming are the attributes that name an element's part in the page.
var naming = map[string]bool{
	"class": true, "id": true, "role": true, "itemprop": true, "data-testid": true, "aria-label": true, "data-component": true,
}

// placeReader reads each element once.
type placeReader struct {
	known map[*html.Node]*place
	// siblings is how many elements stand before one under the same parent.
	siblings map[*html.Node]int
}

func (r *placeReader) read(n *html.Node) *place {
	if n == nil || n.Type != html.ElementNode {
		return &place{}
	}
	if p := r.known[n]; p != nil {
		return p
	}
	outer, names := r.read(n.Parent), namesOf(n)
	path := uint64(offset64)
	if len(outer.paths) > 0 {
		path = outer.paths[len(outer.paths)-1]
	}
	for _, c := range []byte(n.Data + "|" + names) {
		path = mix(path, uint64(c))
	}
	p := &place{
		paths: append(slices.Clip(outer.paths), path),
		tags:  append([]string{n.Data}, outer.tags...),
		marks: append([]uint32{marksOf(names)}, outer.marks...), inside: outer.inside,
	}
	if at := slices.Index(outerTags, n.Data); at >= 0 {
		p.inside |= 1 << at
	}
	p.sibling = r.sibling(n)
	r.known[n] = p
	return p
}

func (r *placeReader) sibling(n *html.Node) int {
	if n.Parent == nil {
		return 0
	}
	if _, ok := r.siblings[n]; !ok {
		i := 0
		for s := range n.Parent.ChildNodes() {
			if s.Type == html.ElementNode {
				r.siblings[s] = i
				i++
			}
		}
	}
	return r.siblings[n]
}

func namesOf(n *html.Node) string {
	var names strings.Builder
	for _, a := range n.Attr {
		if naming[a.Key] {
			names.WriteByte(' ')
			names.WriteString(strings.ToLower(a.Val))
		}
	}
	return names.String()
}

func marksOf(names string) (bits uint32) {
	if names == "" {
		return 0
	}
	for h, parts := range hints {
		for _, part := range parts {
			if strings.Contains(names, part) {
				bits |= 1 << h
				break
			}
		}
	}
	return bits
}
