package places_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/configs"
	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/enrich/names"
	"github.com/dateline-news/dateline/enrich/places"
	"github.com/dateline-news/dateline/news"
)

func newGazetteer(t testing.TB) *places.Gazetteer {
	t.Helper()
	g, err := places.New(configs.Files)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// tag returns the spans of text marked as person, organization or location.
func tag(text string, kind names.Kind, phrases ...string) []names.Name {
	var found []names.Name
	for _, p := range phrases {
		if i := strings.Index(text, p); i >= 0 {
			found = append(found, names.Name{Span: news.Span{Start: i, End: i + len(p)}, Kind: kind})
		}
	}
	return found
}

func TestFindResolvesByContext(t *testing.T) {
	g := newGazetteer(t)
	for _, test := range []struct {
		text   string
		people []string
		places []string
		want   string
	}{
		{text: "the chairman met guests in tbilisi, georgia, and in nice.", places: []string{"tbilisi", "georgia"}, want: "Tbilisi GE city; Georgia GE country"},
		{text: "ALIYEV, ERDOGAN OPEN PIPELINE IN BAKU\n\nThe presidents opened it on Monday.", want: "Baku AZ city"},
		{text: "THE HEAD OF THE BANK IN BAKU SAID THE ROAD TO THE STATION WAS OPEN.", want: "Baku AZ city"},
		{text: "The meeting was held in Baku on Monday.", want: "Baku AZ city"},
		{text: "Azerbaijani and Georgian officials met in Tbilisi.", want: "Azerbaijan AZ country; Georgia GE country; Tbilisi GE city"},
		{text: "The office on Tbilisi Avenue in Baku reopened.", want: "Tbilisi Avenue AZ site; Baku AZ city"},
		{text: "Police in Atlanta, Georgia, arrested two men.", want: "Atlanta US city; Georgia US region"},
		{text: "Georgia and Armenia signed the protocol.", want: "Georgia GE country; Armenia AM country"},
		{text: "Georgia and Azerbaijan signed it in Washington, then in Paris, Texas.", want: "Georgia GE country; Azerbaijan AZ country; Washington US city; Paris US city; Texas US region"},
		{text: "Gömrük Komitəsinin sədri Aydın Əliyev Bakıda gələcək layihələr haqqında məlumat verib.", want: "Baku AZ city"},
		{text: "Michael Jordan spoke to reporters in Chicago.", people: []string{"Michael Jordan"}, want: "Chicago US city"},
		{text: "Reading is good for you, said Nice people.", want: ""},
		{text: "He lives in Paris, Texas, and works there.", want: "Paris US city; Texas US region"},
		{text: "Officials from Kiev and Tiflis came.", want: "Kyiv UA city; Tbilisi GE city"},
		{text: "Jordan Miller lives in Amman, Jordan.", people: []string{"Jordan Miller"}, want: "Amman JO city; Jordan JO country"},
		{text: "Bakıda Gürcüstanın naziri ilə görüş keçirilib, Tbilisidən gələn heyət Gəncəyə gedib.", want: "Baku AZ city; Georgia GE country; Tbilisi GE city; Ganja AZ city"},
		{text: "Министр Грузии прибыл в Баку из Тбилиси, сообщили в Москве.", want: "Georgia GE country; Baku AZ city; Tbilisi GE city; Moscow RU city"},
		{text: "Türkiye'nin Ankara kentinde Azerbaycan heyetiyle görüşüldü, İstanbul'da da toplantı yapıldı.", want: "Turkey TR country; Ankara TR city; Azerbaijan AZ country; Istanbul TR city"},
		// a port before a city that was once called so
		{text: "A ship with grain left for Baku. It had come from Poti.", want: "Baku AZ city; Poti GE city"},
		{text: "Cargo at the port of Poti rose.", want: "Poti GE city"},
		{text: "They met in Odessa and in Antioch.", want: "Odesa UA city; Antakya TR city"},
		// states and countries
		{text: "Police in Georgia arrested three men in Savannah.", want: "Georgia US region; Savannah US city"},
		{text: "Voters in Georgia and Florida go to the polls.", want: "Georgia US region; Florida US region"},
		{text: "Georgia's parliament and guests from Texas met.", want: "Georgia GE country; Texas US region"},
		{text: "They flew from Washington to Tbilisi; Georgia was glad.", want: "Washington US city; Tbilisi GE city; Georgia GE country"},
		{text: "Fires burned in Victoria and New South Wales, Australia.", want: "Victoria AU region; New South Wales AU region; Australia AU country"},
		// the city before the province of its name
		{text: "The railway from Kars to Tbilisi opened.", want: "Kars TR city; Tbilisi GE city"},
		{text: "Farmers in Kars province, Turkey, were glad.", want: "Kars TR region; Turkey TR country"},
		{text: "They grow tea in Lankaran and in Astara.", want: "Lankaran AZ city; Astara AZ city"},
		// what lies in what
		{text: "Clashes in Tripoli, in northern Lebanon, went on.", want: "Tripoli LB city; Lebanon LB country"},
		{text: "Militants attacked Tripoli, Libya's capital.", want: "Tripoli LY city; Libya LY country"},
		{text: "It was built in Alexandria, Virginia, not in Alexandria in Egypt.", want: "Alexandria US city; Virginia US region; Alexandria EG city; Egypt EG country"},
		{text: "It was stolen in Moscow, Idaho.", want: "Moscow US city; Idaho US region"},
		{text: "Police in Birmingham, Alabama, and in Birmingham in England.", want: "Birmingham US city; Alabama US region; Birmingham GB city; England GB region"},
		{text: "They met in San José, Costa Rica, and in San Jose, California.", want: "San José CR city; Costa Rica CR country; San Jose US city; California US region"},
		{text: "U.S. officials in Moscow and in Geneva spoke of the claims made in March. Then Florida, Texas and Ohio agreed.",
			want: "United States US country; Moscow RU city; Geneva CH city; Florida US region; Texas US region; Ohio US region"},
		{text: "They met in Santiago. Chile agreed.", want: "Santiago CL city; Chile CL country"},
		// towns that are also words or given names
		{text: "The gas plant in Mary, Turkmenistan, and the one in Batman, Turkey.", want: "Mary TM city; Turkmenistan TM country; Batman TR city; Turkey TR country"},
		{text: "A bus crashed near Van in eastern Turkey.", want: "Van TR city; Turkey TR country"},
		{text: "They spoke of Guba, Azerbaijan, and of Cuba.", want: "Quba AZ city; Azerbaijan AZ country; Cuba CU country"},
		{text: "Plants opened in Sumgait, in Ganja and in Osh; Nakhchivan has none.", want: "Sumgayit AZ city; Ganja AZ city; Osh KG city; Nakhchivan AZ region"},
		{text: "An earthquake was felt in Gyumri and in Nur-Sultan.", want: "Gyumri AM city; Astana KZ city"},
		{text: "Görüş Xankəndidə və Ağdam şəhərində keçirilib, heyət Şuşaya, Mingəçevirə və Naxçıvana gedəcək.",
			want: "Khankendi AZ city; Aghdam AZ city; Shusha AZ city; Mingachevir AZ city; Nakhchivan AZ region"},
		{text: "Груз шёл из Стамбула через Батуми в порт Поти, а поезд до поста Хоргос и в Ош опоздал.",
			want: "Istanbul TR city; Batumi GE city; Poti GE city; Khorgos KZ city; Osh KG city"},
		{text: "Kars, Van ve Batman'da kar yağdı; zirve Şuşa'da ve Batum'da yapılacak, heyet Brüksel'den gelecek.",
			want: "Kars TR city; Van TR city; Batman TR city; Shusha AZ city; Batumi GE city; Brussels BE city"},
		{text: "Ömer Bolat ile Ali Yerlikaya ve Mehmet Şimşek Ankara'da görüştü, toplantı için Meclis'e gidecek.", want: "Ankara TR city"},
		{text: "Relations between Türkiye and Turkey's neighbours.", want: "Turkey TR country"},
	} {
		r := &news.Report{ID: "x", Text: test.text}
		found := g.Find(r, lexicon.Read(r), append(tag(test.text, names.Person, test.people...), tag(test.text, names.Location, test.places...)...))
		r.Places = found
		if err := r.Validate(); err != nil {
			t.Error(err)
		}
		var got []string
		for _, p := range found {
			got = append(got, fmt.Sprint(p.Name, " ", p.Country, " ", p.Kind))
		}
		if diff := cmp.Diff(test.want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("%s\n%s", test.text, diff)
		}
	}
}

func TestSettleMakesCapitalsPlaces(t *testing.T) {
	g := newGazetteer(t)
	const text = "Astana hosts the forum, Ganja the cup. Sony sells it."
	r := &news.Report{ID: "x", Text: text}
	tagged := append(tag(text, names.Organization, "Astana"), tag(text, names.Organization, "Sony")...)
	settled := g.Settle(lexicon.Read(r), tagged)
	if settled[0].Kind != names.Location || settled[1].Kind != names.Organization {
		t.Errorf("settled as %s and %s", settled[0].Kind, settled[1].Kind)
	}
}

func BenchmarkNew(b *testing.B) {
	for range b.N {
		newGazetteer(b)
	}
}
