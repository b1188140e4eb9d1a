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
		want   string
	}{
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
		{text: "Relations between Türkiye and Turkey's neighbours.", want: "Turkey TR country"},
	} {
		r := &news.Report{ID: "x", Text: test.text}
		found := g.Find(r, lexicon.Read(r), tag(test.text, names.Person, test.people...))
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

func BenchmarkNew(b *testing.B) {
	for range b.N {
		newGazetteer(b)
	}
}
