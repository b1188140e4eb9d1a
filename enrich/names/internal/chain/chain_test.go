package chain

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/enrich/names/internal/lexicon"
	"github.com/dateline-news/dateline/enrich/prose"
)

func emptyLexicon(t *testing.T) *lexicon.Lexicon {
	t.Helper()
	lex, err := lexicon.Open(string(lexicon.Contents{Grains: []lexicon.Clusters{{}}}.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return lex
}

func sentences(text string) [][]prose.Token { return prose.Group(text, prose.Tokens(text)) }

func TestSpelledNamesFollowTheRules(t *testing.T) {
	for kind := range Kinds {
		for n := 1; n < 5; n++ {
			labels := Spell([]Label{Outside}, kind, n)
			labels = Spell(labels, (kind+1)%Kinds, 1)
			if !labels[0].Opens() || !labels[len(labels)-1].Closes() {
				t.Errorf("%v begins or ends inside a name", labels)
			}
			for i := 1; i < len(labels); i++ {
				if !labels[i-1].Follows(labels[i]) {
					t.Errorf("%d may not follow %d in %v", labels[i], labels[i-1], labels)
				}
			}
			if got := labels[1].Kind(); got != kind {
				t.Errorf("kind of %d is %d, want %d", labels[1], got, kind)
			}
		}
	}
}

// TestDecodeKeepsToTheRules gives a model that loves the inside of names and
// sees that names are whole.
func TestDecodeKeepsToTheRules(t *testing.T) {
	const text = "Aydin Rahimov spoke. Nino Beridze and Baku listened."
	lex := emptyLexicon(t)
	var d Document
	d.Read(text, sentences(text), lex)
	rows := map[uint32]*[Labels]float32{}
	s := &d.Sentences[0]
	first, second := &[Labels]float32{}, &[Labels]float32{}
	*first, *second = [Labels]float32{1: 0.5, 2: 2}, [Labels]float32{3: 0.5, 2: 2}
	rows[d.Features(nil, s, 0)[1]] = first
	rows[d.Features(nil, s, 1)[1]] = second
	rows[d.Features(nil, s, 2)[1]] = &[Labels]float32{Outside: 3}
	p := Parameters{Rows: rows}
	var keys []uint32
	for key := range rows {
		keys = append(keys, key)
	}
	m, err := Open(string(p.Bytes(keys)))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, mention := range NewDecoder(m, lex).Decode(text, sentences(text)) {
		got = append(got, mention.Span.Of(text))
	}
	if diff := cmp.Diff([]string{"Aydin Rahimov"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestOpenRefusesDamage(t *testing.T) {
	p := Parameters{Rows: map[uint32]*[Labels]float32{7: {1: 1}}}
	whole := string(p.Bytes([]uint32{7}))
	for n := range len(whole) {
		if _, err := Open(whole[:n]); err == nil {
			t.Fatalf("the first %d bytes of %d opened", n, len(whole))
		}
	}
}

func TestRunsAreStretchesOfCapitals(t *testing.T) {
	const text = "Then the Bank of Georgia and officials met Lee."
	var d Document
	d.Read(text, sentences(text), emptyLexicon(t))
	var got []run
	for _, w := range d.Sentences[0].Words {
		got = append(got, w.run)
	}
	want := []run{{0, 5}, {0, 5}, {0, 5}, {0, 5}, {0, 5}, {}, {}, {}, {8, 9}, {}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(run{})); diff != "" {
		t.Error(diff)
	}
}

func TestOpenWordsAreThoseThatMayBeNamed(t *testing.T) {
	tests := map[string]string{
		"He met the chairman of the Bank of Georgia and left.":                  "Bank of Georgia",
		"A plane, a Boeing 787, landed.":                                        "Boeing 787",
		"She saw the 20th Century Fox films.":                                   "20th Century Fox",
		"Then the general al-Rashidi spoke.":                                    "al - Rashidi",
		"Then Roh Moo-hyun spoke in 2003.":                                      "Then Roh Moo - hyun",
		"the minister flew to baku today":                                       "the minister flew to baku today",
		"BAKU HOSTS TALKS":                                                      "BAKU HOSTS TALKS",
		"It gave Médecins sans Frontières nothing, said the paper":              "Médecins sans Frontières",
		"The Committee to Protect Journalists wept.":                            "The Committee to Protect Journalists",
		"Then 習近平 spoke.":                                                       "Then 習近平",
		"Then all went home, 12 of them by bus and on foot.":                    "",
		"Leaders of the Hague tribunal met on Monday, and he said \"The end\".": "Leaders of the Hague",
		"The Hague hosts The Beatles.":                                          "The Hague hosts The Beatles",
	}
	for text, want := range tests {
		var d Document
		d.Read(text, sentences(text), emptyLexicon(t))
		var got []string
		for i := range d.Sentences {
			s := &d.Sentences[i]
			for from, to := range s.Stretches() {
				for _, w := range s.Words[from:to] {
					got = append(got, w.Token.Of(text))
				}
			}
		}
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}

// TestReadForgetsTheTextBefore reads one text after another in one document
// and alone, and sees that features are the same.
func TestReadForgetsTheTextBefore(t *testing.T) {
	lex := emptyLexicon(t)
	keys := func(d *Document) (all []uint32) {
		for i := range d.Sentences {
			s := &d.Sentences[i]
			for from, to := range s.Stretches() {
				for j := from; j < to; j++ {
					all = d.Features(all, s, j)
				}
			}
		}
		return all
	}
	const first, second = "The State Customs Committee (SCC) of Azerbaijan met. SCC spoke.", "Then SCC officials met Azerbaijan's customs."
	var used, fresh Document
	used.Read(first, sentences(first), lex)
	used.Read(second, sentences(second), lex)
	fresh.Read(second, sentences(second), lex)
	if diff := cmp.Diff(keys(&fresh), keys(&used)); diff != "" {
		t.Error(diff)
	}
}

// TestScoresAreTheSumsOfWeights compares the scores of a word with those of
// its features one by one.
func TestScoresAreTheSumsOfWeights(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	p := Parameters{Rows: map[uint32]*[Labels]float32{}}
	var keys []uint32
	for key := range uint32(200) {
		row := new([Labels]float32)
		for l := range row {
			row[l] = random.Float32()*2 - 1
		}
		p.Rows[key] = row
		keys = append(keys, key)
	}
	m, err := Open(string(p.Bytes(keys)))
	if err != nil {
		t.Fatal(err)
	}
	var got [Labels]float32
	s := m.sum(append(keys, 1000, 2000))
	m.scores(&s, &got)
	for l, x := range got {
		var want float32
		for _, row := range p.Rows {
			want += row[l] - row[Outside]
		}
		if diff := x - want; diff > 1 || diff < -1 {
			t.Errorf("label %d scores %v, want %v", l, x, want)
		}
	}
}

func TestAgree(t *testing.T) {
	const per, org, loc = kindPerson, kindOrganization, kindLocation
	// one is a name of one word, two one of two words.
	one := func(kind int, word lexicon.Hash) Mention {
		return Mention{Kind: kind, words: 1, phrase: word, first: word, last: word}
	}
	two := func(kind int, first, last lexicon.Hash) Mention {
		return Mention{Kind: kind, words: 2, phrase: first.Then(last), first: first, last: last}
	}
	tests := map[string]struct {
		found []Mention
		want  []int
	}{
		"the commoner kind":           {[]Mention{one(loc, 5), one(org, 5), one(org, 5)}, []int{org, org, org}},
		"no votes, no change":         {[]Mention{one(loc, 5), one(org, 5), one(per, 6)}, []int{loc, org, per}},
		"surname":                     {[]Mention{two(per, 1, 2), one(org, 2)}, []int{per, per}},
		"company":                     {[]Mention{one(per, 1), two(org, 1, 2)}, []int{org, org}},
		"a place stays":               {[]Mention{one(loc, 1), two(org, 1, 2)}, []int{loc, org}},
		"company named like a person": {[]Mention{two(per, 3, 1), one(per, 1), two(org, 1, 2)}, []int{per, per, org}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			new(agreement).settle(test.found)
			var got []int
			for _, m := range test.found {
				got = append(got, m.Kind)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
