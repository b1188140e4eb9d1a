package body

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

var home, _ = url.Parse("https://agency.example/news/one")

func parse(t testing.TB, page string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// article is a page of our own with much of what surrounds articles.
const article = `<!doctype html><html><head><title>Officers train in the old port | Agency</title></head><body>
<nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<div class="layout"><div class="story-content"><h1>Officers train in the old port</h1>
<p>Batumi. 4 May. AGENCY/ A school for customs officers opened in the old port on Monday, the revenue service said, and forty officers from six countries began their first lessons there.</p>
<figure class="photo"><img src="a.jpg" alt=""><figcaption class="caption">The school in the old port. Photo: Agency</figcaption></figure>
<p>The lessons last for two weeks, said Nino Kapanadze, who leads the school, and they end with an examination on board of a container ship that lies in the harbour.</p>
<h2>Next year</h2>
<p>A second school is to be built at the land border, where nine in ten lorries are weighed today, and where the queues were longest in the winter.</p>
<ul><li>Two halls for the scales of the lorries</li><li>A kennel for the dogs of the narcotics unit</li></ul>
<p>The state has set aside three million for it, and the neighbours were asked to send their own teachers, the service added in its statement.</p>
</div>
<div class="newsletter-signup"><h3>Sign up for our newsletter</h3><p>The best of the week in your inbox.</p></div>
<div class="related-articles"><h3>Read more</h3><ul><li><a href="/2">Harbour gets a new crane</a></li><li><a href="/3">Lorries wait for days at the border</a></li></ul></div></div>
<footer><p>© Agency. All rights reserved.</p></footer></body></html>`

func TestFindTakesTheArticleAndLeavesWhatSurroundsIt(t *testing.T) {
	text := Find(parse(t, article), home)
	for _, want := range []string{"Batumi. 4 May. AGENCY/ A school", "said Nino Kapanadze", "Next year", "A kennel for the dogs", "the service added"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is lost", want)
		}
	}
	for _, surplus := range []string{"Home", "Photo: Agency", "newsletter", "new crane", "All rights"} {
		if strings.Contains(text, surplus) {
			t.Errorf("%q is taken", surplus)
		}
	}
}

func TestFindFindsNothingWhereNothingIs(t *testing.T) {
	for name, page := range map[string]string{
		"empty":      "",
		"no text":    "<html><body><div><img src=a.png></div></body></html>",
		"navigation": "<nav><a href=/>Home</a> <a href=/b>World</a></nav>",
	} {
		if text := Find(parse(t, page), home); text != "" {
			t.Errorf("%s: %q", name, text)
		}
	}
}

// A feature that the forest asks for and the page does not have would be a
// model of another describer.
func TestTheModelFitsTheFeatures(t *testing.T) {
	p := Read(parse(t, article), home)
	row := p.Features(0)
	if len(row) > rowSize {
		t.Errorf("%d features, with room for %d", len(row), rowSize)
	}
	highest := 0
	for _, tree := range model().Trees {
		for _, n := range tree.Nodes {
			highest = max(highest, n.Feature)
		}
	}
	if len(model().Trees) == 0 || highest >= len(row) {
		t.Errorf("%d trees ask for feature %d of %d", len(model().Trees), highest, len(row))
	}
}

func TestParagraphsKnowTheirLinks(t *testing.T) {
	found := blocks(parse(t, `<p>One <a href="/">two</a></p><p><a href="/">three</a></p>`))
	if len(found) != 2 || found[0].linked != len(" two") || found[1].linked != len("three") {
		t.Errorf("%+v", found)
	}
}

func BenchmarkFind(b *testing.B) {
	for _, size := range []int{1, 10, 100} {
		page := strings.Replace(article, "<ul><li>Two", strings.Repeat("<p>Nine in ten lorries are weighed, and the queues, which were long, are shorter now than they were.</p>", 20*size)+"<ul><li>Two", 1)
		b.Run(fmt.Sprintf("%dKB", len(page)/1024), func(b *testing.B) {
			b.SetBytes(int64(len(page)))
			for b.Loop() {
				Find(parse(b, page), home)
			}
		})
	}
}
