package people

import (
	"strings"

	"github.com/dateline-news/dateline/enrich/lexicon"
)

// eastAsian are common family names that are written first: Chinese, Korean,
// Vietnamese and some Japanese ones.
var eastAsian = lexicon.Set(`li wang zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie
	han tang feng yu dong xiao cheng cao yuan deng fu shen zeng peng lu su jiang cai jia ding wei xue ye yan pan dai xia zhong
	tian ren fan fang shi yao tan liao xiong jin hao kong bai cui kang mao qiu qin gu hou shao meng long wan qian hua xi wen ni tsai
	kim lee park choi jung jeong kang cho yoon jang lim han oh seo shin kwon hwang ahn song ryu hong moon bae baek yun ri pak roh
	chung choe choo ban ko koh noh suh sohn nam ha min paik paek yeo joo
	nguyen tran pham hoang vo dang bui do ngo duong vu luong truong dinh huynh phan trinh abe kishida suga`)

// homographs are family names of two letters that are everyday words.
var homographs = lexicon.Set("do he ha oh ko")

// readFamilyFirst looks for names with the family name first and takes what
// words of them mean elsewhere from their given names: Moon Jae-in, Kim Jong
// Un.
func (d *document) readFamilyFirst() {
	for i := 0; i+2 < len(d.words); i++ {
		if !d.is(i, family) || !d.words[i].Capital || d.sentence[i+2] != d.sentence[i] || !d.words[i+1].Capital || !monosyllable(d.words[i+1].Fold) {
			continue
		}
		last := i + 2
		if d.hyphen(i + 2) {
			last = i + 3
		}
		w := &d.words[last]
		if !monosyllable(w.Fold) || w.Upper && !d.words[i].Upper || last == i+2 && !w.Capital || last == i+3 && ledBy[w.Fold] {
			continue
		}
		for j := i + 1; j <= last; j++ {
			d.roles[j] &^= small | modifier | department | body
		}
		d.roles[last] |= syllable
		if last == i+3 {
			d.roles[i+1] |= syllable
		}
	}
}

// shortFamilyName reports whether word i is a family name of two letters that
// is read as one wherever it stands with a capital: Xi, Li.
func (d *document) shortFamilyName(i int) bool {
	return d.is(i, family) && len(d.words[i].Fold) == 2 && !homographs[d.words[i].Fold]
}

// ledBy are words that a hyphen joins to any name.
var ledBy = lexicon.Set("led run born")

// monosyllable reports whether a folded word has one group of vowels, as the
// syllables of given names in East Asia.
func monosyllable(word string) bool {
	groups, vowel := 0, false
	for _, r := range word {
		if r < 'a' || r > 'z' {
			return false
		}
		was := vowel
		vowel = strings.ContainsRune("aeiouy", r)
		if vowel && !was {
			groups++
		}
	}
	return groups == 1 && len(word) <= 6
}

// givenApart is the given names of a name with the family name first, written
// as one word; syllables says that they stand as single syllables. It is not ok
// for other names.
func givenApart(n fullName) (given string, syllables, ok bool) {
	if len(n.words) < 2 || !eastAsian[n.words[0]] {
		return "", false, false
	}
	syllables = true
	for _, w := range n.words[1:] {
		for part := range strings.SplitSeq(w, "-") {
			syllables = syllables && monosyllable(part)
			given += part
		}
	}
	return given, syllables, true
}

// sameFamilyFirst compares two names with the family name first; it is not
// decided for others.
func sameFamilyFirst(a, b fullName) (one, decided bool) {
	givenA, syllablesA, okA := givenApart(a)
	givenB, syllablesB, okB := givenApart(b)
	if !okA || !okB || !same(a.words[0], b.words[0]) {
		return false, false
	}
	if givenA == givenB {
		return true, true
	}
	return false, syllablesA && syllablesB
}
