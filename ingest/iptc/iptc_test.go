package iptc

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/news"
)

var baku = time.FixedZone("Asia/Baku", 4*3600)

const nitfBody = `<nitf %s><head><title>Heads meet</title><docdata management-status="usable"><doc-id id-string="agency-17"/><date.issue norm="20141208T172000+0400"/>
<doc.copyright holder="The Holder"/><key-list><keyword key="customs"/><keyword key="training"/><keyword key="customs"/></key-list></docdata>
<pubdata name="Agency Wire" position.section="Economy" ex-ref="https://example.org/17"/></head>
<body><body.head><hedline><hl1>Heads of training centres meet</hl1><hl2>In Baku</hl2></hedline><byline>By <person>Nina Orb</person><byttl>Staff writer</byttl></byline>
<distributor><org>Agency</org></distributor><dateline><location>BAKU</location>, <story.date norm="20141208">Dec. 8</story.date></dateline><abstract><p>Short.</p></abstract></body.head>
<body.content><block><p>The heads of the national <em>centres</em> met&nbsp;on Monday &amp; agreed.</p><hl2>What comes next</hl2><media><media-caption>A picture</media-caption></media><p>They meet again in Tbilisi.</p><ul><li>One</li><li>Two</li></ul></block></body.content>
<body.end><tagline>Edited by T. Quill</tagline></body.end></body></nitf>`

var nitfText = "BAKU, Dec. 8 – The heads of the national centres met on Monday & agreed.\n\nWhat comes next\n\nThey meet again in Tbilisi.\n\nOne\n\nTwo"

func nitf(attrs string) string { return fmt.Sprintf(nitfBody, attrs) }

func TestNITF(t *testing.T) {
	want := []Item{{GUID: "agency-17", Report: &news.Report{
		Title: "Heads of training centres meet", Section: "Economy", Agency: "Agency", Language: "en", URL: "https://example.org/17",
		Published: time.Date(2014, 12, 8, 17, 20, 0, 0, time.FixedZone("", 4*3600)), Byline: []string{"Nina Orb"}, Tags: []string{"customs", "training"}, Text: nitfText,
	}}}
	for name, data := range map[string]string{
		"plain":             nitf(`xml:lang="en"`),
		"with declarations": `<?xml version="1.0" encoding="utf-8"?><!DOCTYPE nitf SYSTEM "nitf-3-5.dtd">` + nitf(`xmlns="http://iptc.org/std/NITF/2006-10-18/" xml:lang="en"`),
	} {
		t.Run(name, func(t *testing.T) {
			got, err := ReadXML([]byte(data), baku)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// newsItem is an item of NewsML-G2 with that content and status.
func newsItem(guid, status, content string) string {
	return `<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="` + guid + `" version="2" xml:lang="en"><catalogRef href="http://example.org/catalog"/>
<itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:AG"><name>Agency</name></provider><versionCreated>2014-12-08T18:00:00+04:00</versionCreated><pubStatus qcode="stat:` + status + `"/></itemMeta>
<contentMeta><contentCreated>2014-12-08T17:20:00+04:00</contentCreated><by>By Nina Orb and T. Quill</by><dateline>BAKU, Dec 8 -</dateline><headline role="hld:sub">In Baku</headline><headline role="hld:main">Heads meet</headline>
<language tag="en"/><subject type="cpnat:abstract" qcode="medtop:04000000"><name xml:lang="en">economy</name></subject><keyword>customs</keyword></contentMeta>
<contentSet>` + content + `</contentSet></newsItem>`
}

const xhtml = `<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Not this</title></head><body><p>The heads met on Monday.</p><script>x</script><p>They meet again.</p></body></html></inlineXML>`

func TestNewsML(t *testing.T) {
	created := time.Date(2014, 12, 8, 17, 20, 0, 0, time.FixedZone("", 4*3600))
	want := func(text string) *news.Report {
		return &news.Report{Title: "Heads meet", Agency: "Agency", Language: "en", Published: created, Modified: created.Add(40 * time.Minute),
			Byline: []string{"Nina Orb", "T. Quill"}, Tags: []string{"economy", "customs"}, Text: text}
	}
	tests := []struct {
		name, content, text string
	}{
		{"XHTML", xhtml, "BAKU, Dec 8 - The heads met on Monday.\n\nThey meet again."},
		{"plain text", "<inlineData contenttype=\"text/plain\">BAKU (Agency) - The heads\nmet on Monday.\n\nThey meet again.</inlineData>", "BAKU (Agency) - The heads met on Monday.\n\nThey meet again."},
		{"HTML as text", `<inlineData contenttype="text/html">&lt;p&gt;The heads met.&lt;/p&gt;&lt;p&gt;They meet again.&lt;/p&gt;</inlineData>`, "BAKU, Dec 8 - The heads met.\n\nThey meet again."},
		{"a picture before it", `<remoteContent href="1.jpg"/>` + xhtml, "BAKU, Dec 8 - The heads met on Monday.\n\nThey meet again."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ReadXML([]byte(newsItem("urn:newsml:17", "usable", tt.content)), baku)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]Item{{"urn:newsml:17", want(tt.text)}}, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	t.Run("NITF inside", func(t *testing.T) {
		got, err := ReadXML([]byte(newsItem("urn:newsml:17", "usable", `<inlineXML contenttype="application/nitf+xml">`+nitf("")+`</inlineXML>`)), baku)
		if err != nil || len(got) != 1 || got[0].Report.Text != nitfText || got[0].Report.URL != "https://example.org/17" {
			t.Errorf("got %+v, %v", got, err)
		}
	})
}

func message(items ...string) string {
	return `<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2014-12-08T18:00:00Z</sent></header><itemSet>` + strings.Join(items, "\n") + `</itemSet></newsMessage>`
}

func guids(items []Item) string {
	var out []string
	for _, it := range items {
		out = append(out, it.GUID+" "+it.Report.Status)
	}
	return strings.Join(out, ", ")
}

func TestMessages(t *testing.T) {
	one, two := newsItem("1", "usable", xhtml), newsItem("2", "usable", xhtml)
	tests := []struct {
		name, data, want string
		err              error
	}{
		{"several items", message(one, two), "1 , 2 ", nil},
		{"a withdrawal", message(one, newsItem("2", "canceled", "")), "1 , 2 withdrawn", nil},
		{"a correction", strings.Replace(one, "<pubStatus", `<signal qcode="sig:correction"/><pubStatus`, 1), "1 corrected", nil},
		{"a picture", message(one, strings.Replace(two, "ninat:text", "ninat:picture", 1)), "1 ", nil},
		{"cut off in the second item", message(one, two)[:len(message(one, two))-300], "1 ", ErrDamaged},
		{"cut off in the first item", message(one)[:len(message(one))-300], "", ErrDamaged},
		{"nothing but pictures", message(newsItem("1", "usable", `<remoteContent href="1.jpg"/>`)), "", ErrNoText},
		{"another document", "<rss><channel/></rss>", "", ErrUnknown},
		{"no document", "hello", "", ErrUnknown},
		{"nothing", "", "", ErrUnknown},
		{"NITF that is cut off", nitf("")[:900], "", ErrDamaged},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ReadXML([]byte(tt.data), baku)
			if !errors.Is(err, tt.err) || guids(got) != tt.want {
				t.Errorf("got %q, %v, want %q, %v", guids(got), err, tt.want, tt.err)
			}
		})
	}
}

func TestEntitiesOfADocumentAreNotExpanded(t *testing.T) {
	const bomb = `<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
<nitf><body><body.content><p>One &b; two &f; three.</p></body.content></body></nitf>`
	got, err := ReadXML([]byte(bomb), nil)
	if err != nil || got[0].Report.Text != "One &b; two &f; three." {
		t.Errorf("got %+v, %v", got, err)
	}
	deep := "<nitf><body><body.content>" + strings.Repeat("<block>", 5000) + "x"
	if _, err := ReadXML([]byte(deep), nil); !errors.Is(err, ErrDamaged) {
		t.Errorf("deep nesting: %v", err)
	}
}

func TestNinjs(t *testing.T) {
	published := time.Date(2014, 12, 8, 13, 20, 0, 0, time.UTC)
	want := []Item{{"http://example.org/17", &news.Report{
		Title: "Heads meet", Agency: "Agency", Language: "en", URL: "http://example.org/17", Published: published, Modified: published.Add(time.Hour),
		Byline: []string{"Nina Orb"}, Tags: []string{"economy", "customs"}, Text: "The heads met.\n\nThey meet again.",
	}}}
	const common = `"uri":"http://example.org/17","type":"text","language":"en","firstcreated":"2014-12-08T13:20:00Z","versioncreated":"2014-12-08T14:20:00Z","keywords":["customs"],`
	for name, data := range map[string]string{
		"version 1, XHTML": `{` + common + `"headline":"Heads meet","byline":"By Nina Orb","infosource":[{"name":"Agency"}],"subject":[{"code":"x","name":"economy"}],"body_xhtml":"<div><p>The heads met.</p><p>They meet again.</p></div>"}`,
		"version 1, text":  `{` + common + `"headline":"Heads meet","byline":"Nina Orb","copyrightholder":"Agency","subject":[{"name":"economy"}],"body_text":"The heads met.\n\nThey meet\nagain."}`,
		"version 2":        `{` + common + `"headlines":[{"role":"sub","value":"No"},{"role":"main","value":"Heads meet"}],"by":"Nina Orb","infosources":[{"name":"Agency"}],"subjects":[{"name":"economy"}],"bodies":[{"contenttype":"text/html","value":"<p>The heads met.</p><p>They meet again.</p>"}]}`,
		"in an array":      `[{` + common + `"headline":"Heads meet","byline":"Nina Orb","infosource":[{"name":"Agency"}],"subject":[{"name":"economy"}],"body_html":"<p>The heads met.</p><p>They meet again.</p>"},{"uri":"2","type":"picture","body_text":"x"}]`,
	} {
		t.Run(name, func(t *testing.T) {
			got, err := ReadNinjs([]byte(data), nil)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestNinjsThatCannotBeRead(t *testing.T) {
	const one = `{"uri":"1","body_text":"The heads met."}`
	tests := []struct {
		name, data, want string
		err              error
	}{
		{"one after the other", one + "\n" + strings.Replace(one, "1", "2", 1), "1 , 2 ", nil},
		{"cut off", one + "\n" + one[:20], "1 ", ErrDamaged},
		{"a field of another type", one + `{"uri":"2","headline":7}`, "1 ", ErrDamaged},
		{"withdrawn", `{"uri":"1","pubstatus":"canceled"}`, "1 withdrawn", nil},
		{"corrected", `{"uri":"1","body_text":"x","signals":[{"name":"CORRECTION"}]}`, "1 corrected", nil},
		{"no text", `{"uri":"1","headline":"Only this"}`, "", ErrNoText},
		{"other JSON", `{"a":1}`, "", ErrUnknown},
		{"no JSON", "hello", "", ErrDamaged},
		{"nothing", "", "", ErrUnknown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ReadNinjs([]byte(tt.data), nil)
			if !errors.Is(err, tt.err) || guids(got) != tt.want {
				t.Errorf("got %q, %v, want %q, %v", guids(got), err, tt.want, tt.err)
			}
		})
	}
}

func FuzzXML(f *testing.F) {
	f.Add([]byte(nitf(`xml:lang="en"`)))
	f.Add([]byte(message(newsItem("1", "usable", xhtml), newsItem("2", "canceled", ""))))
	f.Add([]byte(`<!DOCTYPE nitf [<!ENTITY a "a">]><nitf><body><body.content><p>&a;`))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzItems(t, data, ReadXML) })
}

func FuzzNinjs(f *testing.F) {
	f.Add([]byte(`{"uri":"1","headline":"A","bodies":[{"contenttype":"text/html","value":"<p>x"}]}`))
	f.Add([]byte(`[{"uri":"1","body_text":"x","pubstatus":"canceled"},{"uri":`))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzItems(t, data, ReadNinjs) })
}

// fuzzItems: what is read is a valid report, whatever the bytes.
func fuzzItems(t *testing.T, data []byte, read func([]byte, *time.Location) ([]Item, error)) {
	items, err := read(data, time.UTC)
	if len(items) == 0 && err == nil {
		t.Error("nothing and no error")
	}
	for _, it := range items {
		it.Report.ID = "x"
		if err := it.Report.Validate(); err != nil {
			t.Error(err)
		}
	}
}

func BenchmarkReadXML(b *testing.B) {
	data := []byte(message(newsItem("1", "usable", xhtml), newsItem("2", "usable", `<inlineXML contenttype="application/nitf+xml">`+nitf("")+`</inlineXML>`)))
	for b.Loop() {
		if items, err := ReadXML(data, baku); err != nil || len(items) != 2 {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(2*b.N)/b.Elapsed().Seconds(), "items/s")
}
