package people_test

import (
	"strings"
	"testing"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/news"
)

func TestFindLinksMentions(t *testing.T) {
	c := newChain(t)
	for _, test := range []struct{ name, text, want string }{
		{
			"title and surname",
			"Minister Farid Qasimli spoke first. Mr Qasimli said the road was open.",
			"farid-qasimli: Farid Qasimli | Qasimli",
		},
		{
			"spellings of one name",
			"Məmməd Əliyev, director of the museum, opened the show. Later Aliyev met guests.",
			"mammad-aliyev: Məmməd Əliyev | Aliyev",
		},
		{
			"surname alone is kept apart by the office",
			"President Karimli received the envoys on Monday.",
			"karimli--report: Karimli",
		},
		{
			"a given name that is a place elsewhere",
			"Jordan Smith, who lives in Jordan, met Lee. Smith was tired.",
			"jordan-smith: Jordan Smith | Smith; lee--report: Lee",
		},
		{
			"a family name first, and a given name that holds a small word",
			"Moon Seok-in flew to Baku. Moon will be received on Tuesday, and Moon Seok-in will speak.",
			"moon-seok-in: Moon Seok-in | Moon | Moon Seok-in",
		},
		{
			"a family name of two letters",
			"Xi Guoming came by train. Xi left by car.",
			"xi-guoming: Xi Guoming | Xi",
		},
		{
			"given names of one syllable, apart or joined",
			"Kim Chol Un and Kim Yo Chol travelled together. Kim Chol-un waited for her.",
			"kim-chol-un: Kim Chol Un | Kim Chol-un; kim-yo-chol: Kim Yo Chol",
		},
		{
			"called by the last of the given names",
			"On Monday the traders Nguyen Phu Khanh and Nguyen Van Loc spoke about the port. Khanh thanked Mr. Loc for the visit.",
			"nguyen-phu-khanh: Nguyen Phu Khanh | Khanh; nguyen-van-loc: Nguyen Van Loc | Loc",
		},
		{
			"a hyphen that joins no given name",
			"The Kim-led delegation left Tashkent. Park Chan Ho-led talks went on.",
			"park-chan-ho: Park Chan Ho",
		},
		{
			"text without capitals",
			"baku. chairman of the state customs committee aydin aliyev met guests in tbilisi. aliyev said customs was ready.",
			"aydin-aliyev: aydin aliyev | aliyev",
		},
		{
			"a pronoun outside a quotation does not mean who is named in it",
			"Association president Fiona McTavish welcomed the news. \"Parata-Wright has listened,\" she said.",
			"fiona-mctavish: Fiona McTavish | she; parata-wright--report: Parata-Wright",
		},
		{
			"a pronoun that opens the sentence means who is named after it",
			"Ivan Petrov opened the forum. In his remarks, Mr. Osmani thanked the hosts.",
			"ivan-petrov: Ivan Petrov; osmani--report: his | Osmani",
		},
		{
			"another language",
			"Nazir Elmar Məmmədov bu gün Bakıda keçirilən tədbirdə çıxış edib və gələcək planlardan danışıb.",
			"",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := c.annotate(test.text)
			if got := describe(r); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestFindReadsOffices(t *testing.T) {
	c := newChain(t)
	for _, test := range []struct{ text, want string }{
		{"Deputy Chairman of the State Customs Committee, customs service Lieutenant General Asgar Abdullazade spoke.", "Lieutenant General: Deputy Chairman, State Customs Committee"},
		{"Mr. Rashid Alibay, Acting Director General of the Agency for Civil Aviation, arrived on Monday.", "acting Acting Director General, Agency for Civil Aviation"},
		{"Minister of Foreign Affairs of Georgia Nikoloz Gabashvili will visit Vilnius.", "Minister of Foreign Affairs, Georgia"},
		{"Energy and Mines Minister Rosalia Huaman denied it.", "Energy and Mines Minister, "},
		{"The CEO and founder of Zenith Robotics, Kaori Fujita, said she would step down.", "founder, Zenith Robotics; CEO, Zenith Robotics"},
		{"\"We are ready,\" said Anna Lindholm, head of trade policy at the Confederation of Nordic Industry.", "head of trade policy, Confederation of Nordic Industry"},
		{"Chairman of the \"Shafag\" Public Union Sevda Karimli gave a speech.", "Chairman, Shafag Public Union"},
		{"Minister of Finance and Deputy Prime Minister Yermek Zhama spoke.", "Deputy Prime Minister, ; Minister of Finance, "},
		{"Rustam Aliev, until recently deputy minister of justice, left.", "former deputy minister of justice, "},
		{"Nermine Shawqi, who was appointed chairperson of the Customs Authority in May, spoke.", "chairperson, Customs Authority"},
		{"Kamal Heydar, who served as chairman of the State Ports Board, is in court.", "former chairman, State Ports Board"},
		{"Kamal Heydar was relieved of the post of chairman of the State Ports Board.", "former chairman, State Ports Board"},
		{"The group elected Abdel Duaik (Chad) as speaker and Mahmoud Zahar as faction leader.", "speaker, ; faction leader, "},
		{"Chairman of the State Ports Board Colonel-General Kamal Heydar spoke.", "Colonel-General: Chairman, State Ports Board"},
		{"Hilda Berg, who used to be the city's treasurer, left.", "former treasurer, city"},
		{"Nikoloz Samkharad chairs the Foreign Relations Committee.", "chair, Foreign Relations Committee"},
		{"Press secretary of the committee Elchin Bayram spoke.", "Press secretary, committee"},
		{"Chief Executive Officer (CEO) of the port Ali Ahmadov spoke.", "Chief Executive Officer, port"},
		{"Ambassador Extraordinary and Plenipotentiary of Azerbaijan to Georgia Faig Guliyev spoke.", "Ambassador Extraordinary and Plenipotentiary to Georgia, Azerbaijan"},
		{"UN Resident Coordinator in Azerbaijan Vladanka Andreeva spoke.", "Resident Coordinator, United Nations"},
		{"Jan Kov, State Secretary in the Ministry of Finance, spoke.", "State Secretary, Ministry of Finance"},
		{"Hilde Frafjord, until last year Norway's minister of justice, left.", "former minister of justice, Norway"},
		{"He thanked Japan Customs and its Director-General, Ms. Ayako Ejimura.", "Director-General, Japan Customs"},
		{"She met the deputies Artur Manukian and Anna Nersesova.", "deputy, ; deputy, "},
		{"Ruslan Cherkas, previously a department head at the tax service, left.", "former department head, tax service"},
		{"Pranab Kumar, Director of Compliance and Facilitation of the WCO, spoke.", "Director of Compliance and Facilitation, World Customs Organization"},
		{"Ashraf Tawadros, now an adviser to the finance minister, agreed.", "adviser to the finance minister, "},
		{"Chief Justice Iftikhar Chaudhry met Japan's Chief Cabinet Secretary Hiroyuki Hosoda.", "Chief Justice, ; Chief Cabinet Secretary, Japan"},
		{"They came to witness city mayor Hau Lung-bin, an Olympic champion.", "city mayor, ; champion, "},
		{"Even Administrator Charles Bolden said so.", "Administrator, "},
		{"Cabinet Secretary for Trade Moses Wanyonyi launched the port.", "Cabinet Secretary for Trade, "},
	} {
		r := c.annotate(test.text)
		var got []string
		for _, p := range r.People {
			for _, role := range p.Roles {
				office := role.Title + ", " + role.Organization
				if role.Rank != "" {
					office = role.Rank + ": " + office
				}
				if role.Acting {
					office = "acting " + office
				}
				if role.Former {
					office = "former " + office
				}
				got = append(got, office)
			}
		}
		if strings.Join(got, "; ") != test.want {
			t.Errorf("%s\ngot  %q\nwant %q", test.text, got, test.want)
		}
	}
}

func describe(r *news.Report) string {
	var people []string
	for _, p := range r.People {
		var mentions []string
		for _, m := range p.Mentions {
			mentions = append(mentions, m.Span.Of(r.Text))
		}
		people = append(people, p.ID+": "+strings.Join(mentions, " | "))
	}
	return strings.Join(people, "; ")
}

// FuzzFind holds the finders to valid spans on any text at all.
func FuzzFind(f *testing.F) {
	c := newChain(f)
	for _, seed := range []string{
		"", "Mr", "the chairman of", "Chairman of the Committee Aydin Aliyev , said", "A. B. - C, who heads the (WCO) of", "\xff\xfeJean\xc3-Michel",
		"MINISTER OF OF THE Əliyev's — him", "WCO (World Customs Organization) (WCO", "Presidents X Y and Z W met in Paris, Texas",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := c.annotate(strings.ToValidUTF8(text, "�"))
		if r.Text == "" {
			return
		}
		if err := r.Validate(); err != nil {
			t.Error(err)
		}
		for _, p := range r.People {
			for i := 1; i < len(p.Mentions); i++ {
				if p.Mentions[i].Span.Start < p.Mentions[i-1].Span.Start {
					t.Errorf("mentions of %s are out of order", p.Name)
				}
			}
		}
		c.annotate(text) // and no panic on bytes that are not UTF-8
	})
}

func BenchmarkFind(b *testing.B) {
	c := newChain(b)
	text := strings.Repeat("Chairman of the State Customs Committee Aydin Aliyev met in Baku with the WCO representative Roger Hermann. "+
		"Aliyev said that trade had grown by a tenth. According to him, the ministry of finance and the World Bank will help. ", 10)[:2048]
	tagged := c.tagger.Tag(text)
	b.ReportAllocs()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		r := &news.Report{ID: "report", Text: text}
		read := lexicon.Read(r)
		r.Organizations = c.orgs.Find(r, read, tagged)
		r.Places = c.places.Find(r, read, tagged)
		r.People = c.people.Find(r, read, tagged)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reports/s")
}

func BenchmarkChain(b *testing.B) {
	c := newChain(b)
	dispatches := readLabelled(b)
	b.ReportAllocs()
	bytes, n := 0, 0
	for b.Loop() {
		l := &dispatches[n%len(dispatches)]
		n++
		bytes += len(l.text)
		c.annotate(l.text)
	}
	b.ReportMetric(float64(bytes)/2048/b.Elapsed().Seconds(), "reports-of-2KB/s")
}
