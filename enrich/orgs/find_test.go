package orgs_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/configs"
	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/enrich/names"
	"github.com/dateline-news/dateline/enrich/orgs"
	"github.com/dateline-news/dateline/news"
)

func newGazetteer(t testing.TB) *orgs.Gazetteer {
	t.Helper()
	g, err := orgs.New(configs.Files)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// describe writes each organization with its mentions.
func describe(r *news.Report, found []news.Organization) string {
	var b strings.Builder
	for _, o := range found {
		fmt.Fprintf(&b, "%s", o.Name)
		if o.Acronym != "" {
			fmt.Fprintf(&b, " [%s]", o.Acronym)
		}
		if o.Country != "" {
			fmt.Fprintf(&b, " %s", o.Country)
		}
		b.WriteString(":")
		for i, m := range o.Mentions {
			if i > 0 {
				b.WriteString(" |")
			}
			fmt.Fprintf(&b, " %s", m.Span.Of(r.Text))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// TestFindInOtherLanguages looks bodies up where the text is not English.
func TestFindInOtherLanguages(t *testing.T) {
	g := newGazetteer(t)
	for _, test := range []struct{ language, text, want string }{
		{"az", "Dövlət Gömrük Komitəsinin sədri Gürcüstan Gəlirlər Xidmətinin heyəti ilə görüşüb.",
			"State Customs Committee of Azerbaijan [SCC] AZ: Dövlət Gömrük Komitəsinin\nRevenue Service of Georgia GE: Gəlirlər Xidmətinin\n"},
		{"az", "Konfransda UNICEF, BMT-nin və Dünya Bankının nümayəndələri çıxış edib.",
			"United Nations Children's Fund [UNICEF]: UNICEF\nUnited Nations [UN]: BMT\nWorld Bank [WB]: Dünya Bankının\n"},
		{"az", "Səhiyyə Nazirliyi məlumat yayıb.", "Ministry of Health of Azerbaijan AZ: Səhiyyə Nazirliyi\n"},
		{"ru", "Председатель Государственного таможенного комитета Азербайджана прибыл в Минск.",
			"State Customs Committee of Azerbaijan [SCC] AZ: Государственного таможенного комитета\n"},
		{"ru", "Министерство иностранных дел Грузии, ООН и ЕЭК выступили с заявлением.",
			"Ministry of Foreign Affairs of Georgia [MFA] GE: Министерство иностранных дел\nUnited Nations [UN]: ООН\nEurasian Economic Commission [EEC]: ЕЭК\n"},
		{"tr", "AB Komisyonu sözcüsü konuştu; Sağlık Bakanlığı AB'ye yanıt verdi.",
			"European Commission [EC]: AB Komisyonu\nMinistry of Health of Turkey TR: Sağlık Bakanlığı\nEuropean Union [EU]: AB'ye\n"},
		{"az", "Dövlət Gömrük Komitəsinin sədri BMT-nin nümayəndəsi ilə görüşüb.", "State Customs Committee of Azerbaijan [SCC] AZ: Dövlət Gömrük Komitəsinin\nUnited Nations [UN]: BMT\n"},
		{"ru", "Глава Всемирной таможенной организации прибыл по приглашению ООН.", "World Customs Organization [WCO]: Всемирной таможенной организации\nUnited Nations [UN]: ООН\n"},
		{"tr", "Dünya Gümrük Örgütü'nün toplantısına NATO da katıldı.", "World Customs Organization [WCO]: Dünya Gümrük Örgütü'nün\nNorth Atlantic Treaty Organization [NATO]: NATO\n"},
		{"en", "Blood group AB is rare, said the AI.", ""},
	} {
		r := &news.Report{ID: "x", Text: test.text, Language: test.language}
		r.Organizations = g.Find(r, lexicon.Read(r), nil)
		if err := r.Validate(); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(test.want, describe(r, r.Organizations)); diff != "" {
			t.Errorf("%s\n%s", test.text, diff)
		}
	}
}

// TestFindLeavesOutWhatIsNoBody tells the finder that phrases are organizations,
// as a tagger may take them for.
func TestFindLeavesOutWhatIsNoBody(t *testing.T) {
	g := newGazetteer(t)
	for _, test := range []struct {
		text, tagged, want string
	}{
		{"All Customs must apply the framework.", "All Customs", ""},
		{"The National Coordinators of the network met.", "National Coordinators", ""},
		{"Tbilisi. AGENDA.GE/ Officers seized amber.", "AGENDA.GE/ Officers", ""},
		{"Tbilisi. 4 May. KAVKAZ/ Committee of Ports met.", "KAVKAZ/ Committee of Ports", "Committee of Ports"},
		{"Baku. Report on the seminar is out. The report is long.", "Report", ""},
		{"Baku. REPORT.AZ/ The port opened. Report informs that it is large.", "Report", "REPORT.AZ"},
		{"Then Report wrote to Sony about it.", "Report", "Report"},
		{"They spoke of Human Rights and Islam.", "Human Rights", ""},
		{"They spoke of Human Rights and Islam.", "Islam", ""},
		{"Then National Security Advisor Mowaffaq Rubaie left.", "National Security Advisor Mowaffaq Rubaie", ""},
		{"Then New Zealand Police Minister Hemi Parata left.", "New Zealand Police", ""},
		{"The Conference of Heads of Training Centers opened.", "Conference of Heads of Training Centers", ""},
		{"It was hit by Cyclone Nargis.", "Cyclone Nargis", ""},
		{"He runs Harbour Watch and Deputy Chair Ann Lee left.", "Harbour Watch and Deputy Chair", "Harbour Watch"},
		{"The union Doctors Without Borders wrote.", "Doctors Without Borders", "Doctors Without Borders"},
	} {
		r := &news.Report{ID: "x", Text: test.text}
		start := strings.Index(test.text, test.tagged)
		tagged := []names.Name{{Span: news.Span{Start: start, End: start + len(test.tagged)}, Kind: names.Organization}}
		var got []string
		for _, o := range g.Find(r, lexicon.Read(r), tagged) {
			if o.Name != "Sony" {
				got = append(got, o.Name)
			}
		}
		if diff := cmp.Diff(test.want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("%s (%s)\n%s", test.text, test.tagged, diff)
		}
	}
}

func TestFind(t *testing.T) {
	g := newGazetteer(t)
	for _, test := range []struct{ text, want string }{
		{
			"THE WCO SAID THAT GEORGIA WILL OPEN A NEW POST FOR THE PRESS.",
			"World Customs Organization [WCO]: WCO\n",
		},
		{
			"The Northern Ports Union (NPU) met. The NPU said so. The Harbour Pilots League (HPL) met the NPU. The HPL agreed.",
			"Northern Ports Union [NPU]: Northern Ports Union | NPU | NPU | NPU\nHarbour Pilots League [HPL]: Harbour Pilots League | HPL | HPL\n",
		},
		{
			"The World Customs Organization (WCO) met. The WCO said the organization would act.",
			"World Customs Organization [WCO]: World Customs Organization | WCO | WCO | organization\n",
		},
		{
			"Chairman of Azerbaijan State Customs Committee Aydin Aliyev spoke. The head of the committee left.",
			"State Customs Committee of Azerbaijan [SCC] AZ: Azerbaijan State Customs Committee | committee\n",
		},
		{
			"Today WCO held the Conference of Heads of National Training Centers on growth.",
			"World Customs Organization [WCO]: WCO\n",
		},
		{
			"The Academy of the State Customs Committee opened in Baku.",
			"Academy of the State Customs Committee of Azerbaijan AZ: Academy of the State Customs Committee\nState Customs Committee of Azerbaijan [SCC] AZ: State Customs Committee\n",
		},
		{
			"The Caspian Grain Union (CGU) was founded. CGU has ten members.",
			"Caspian Grain Union [CGU]: Caspian Grain Union | CGU | CGU\n",
		},
		{
			"The Georgian Foreign Ministry protested. The Ministry of Foreign Affairs of Armenia replied.",
			"Ministry of Foreign Affairs of Georgia [MFA] GE: Georgian Foreign Ministry\nMinistry of Foreign Affairs of Armenia [MFA] AM: Ministry of Foreign Affairs of Armenia\n",
		},
		{
			"Chairman of the \"Shafag\" Public Union Sevda Karimli and \"Azerkosmos\" OJSC signed it.",
			"Shafag Public Union: \"Shafag\" Public Union\nAzerkosmos OJSC: \"Azerkosmos\" OJSC\n",
		},
		{ // the country of a guest is not that of the host's body
			"The Ministry of Finance received the US Ambassador. The ministry agreed.",
			"Ministry of Finance: Ministry of Finance | ministry\n",
		},
		{ // an acronym of two bodies is left open, and settled by the name of one
			"The ICC met on Monday.",
			"ICC: ICC\n",
		},
		{ // a council of the United Nations, and one of the country at home in the text
			"The envoy told the UN that the Security Council would meet.",
			"United Nations [UN]: UN\nUnited Nations Security Council: Security Council\n",
		},
		{
			"Azerbaijan's Security Council met in Baku, Azerbaijan said.",
			"National Security Council of Azerbaijan AZ: Azerbaijan's Security Council\n",
		},
		{
			"The International Criminal Court opened a case. The ICC met on Monday.",
			"International Criminal Court [ICC]: International Criminal Court | ICC\n",
		},
		{
			"The Growers' Association of Georgia wrote to Polish customs officers.",
			"Growers' Association of Georgia: Growers' Association of Georgia\n",
		},
	} {
		r := &news.Report{ID: "x", Text: test.text}
		r.Organizations = g.Find(r, lexicon.Read(r), nil)
		if err := r.Validate(); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(test.want, describe(r, r.Organizations)); diff != "" {
			t.Errorf("%s\n%s", test.text, diff)
		}
	}
}

func TestAcronyms(t *testing.T) {
	found := map[string]string{}
	for _, a := range newGazetteer(t).Acronyms() {
		found[a.Short] = a.Long
	}
	if found["WCO"] != "World Customs Organization" {
		t.Errorf("WCO stands for %q", found["WCO"])
	}
}

// TestAcronymsThatDefineEachOtherEnd holds a text against itself: each side is
// given as the meaning of the other.
func TestAcronymsThatDefineEachOtherEnd(t *testing.T) {
	g := newGazetteer(t)
	for _, text := range []string{
		"The ABC (CBA) met. The CBA (ABC) met. ABC and CBA met again.",
		"The AB (AB) met. AB met.",
		"The ABC (BCA) met the BCA (CAB) and the CAB (ABC).",
		"WCO (WTO) and WTO (WCO) met, and the WCO (WCO).",
	} {
		r := &news.Report{ID: "1", Text: text}
		var tagged []names.Name
		for _, word := range regexp.MustCompile(`[A-Z]{2,}`).FindAllStringIndex(text, -1) {
			tagged = append(tagged, names.Name{Span: news.Span{Start: word[0], End: word[1]}, Kind: names.Organization})
		}
		g.Find(r, lexicon.Read(r), tagged)
	}
}
