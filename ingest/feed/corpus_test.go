package feed

import (
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/dateline-news/dateline/ingest/canonical"
	"github.com/dateline-news/dateline/ingest/page"
	"github.com/dateline-news/dateline/ingest/when"
	"github.com/dateline-news/dateline/internal/corpustest"
)

// corpusBase is the address the feeds of the corpora are read from.
const corpusBase = "http://base.example/"

// feedFiles are the feeds of all corpora by their paths.
func feedFiles(t *testing.T) map[string][]byte {
	files := map[string][]byte{}
	for _, set := range []string{"feedparser", "gofeed", "feed-rs", "crawler-commons-sitemaps"} {
		maps.Copy(files, corpustest.Tar(t, "feeds", set+".tar.gz"))
	}
	return files
}

// expected is what another reader says of an item; "" is nothing said.
type expected struct {
	ID, Title, Link, Published, Updated, Author string
}

// differences compares an item with what another reader says of it. A time or
// a name that only we find is a difference as well.
func differences(it Item, want expected) []string {
	var out []string
	differ := func(what, got, want string) {
		if got != want {
			out = append(out, fmt.Sprintf("%s: got %q, want %q", what, got, want))
		}
	}
	differ("title", it.Title, plain(want.Title))
	differ("link", it.URL, absolute(want.Link))
	if want.ID != "" {
		differ("id", it.GUID, want.ID)
	}
	differ("published", stamp(it.Published), want.Published)
	differ("updated", stamp(it.Updated), want.Updated)
	if !sameAuthor(it.Byline, want.Author) {
		differ("author", strings.Join(it.Byline, ", "), want.Author)
	}
	return out
}

func absolute(link string) string {
	u, err := canonical.Absolute(corpusBase, link)
	if err != nil || link == "" {
		return ""
	}
	return u
}

// mailbox is an address of e-mail as it stands beside an author's name.
var mailbox = regexp.MustCompile(`[\s(<]*(?:mailto:)?[\w.+-]+@[\w.-]+[)>\s]*`)

// sameAuthor compares names without the addresses beside them.
func sameAuthor(byline []string, want string) bool {
	name := strings.Trim(mailbox.ReplaceAllString(want, ""), " ()<>")
	return strings.Join(byline, ", ") == name || slices.Contains(byline, name)
}

// TestFeedsAreReadAsAnotherReaderDoes compares every feed of the corpora with
// the answers of another reader.
func TestFeedsAreReadAsAnotherReaderDoes(t *testing.T) {
	files := feedFiles(t)
	deviations := corpustest.Open(t, "testdata/deviations-answers.txt")
	type answer struct {
		File    string
		Title   string
		Entries []expected
	}
	corpustest.Lines(t, corpustest.Read(t, "feeds", "feedparser-answers.jsonl.gz"), func(a answer) {
		data, ok := files[a.File]
		if !ok {
			t.Fatalf("there is no feed %s", a.File)
		}
		list, err := parse(data, "", corpusBase, time.UTC)
		var diffs []string
		switch {
		case err != nil && len(a.Entries) > 0:
			diffs = append(diffs, err.Error())
		case err == nil && len(list.Items) != len(a.Entries):
			diffs = append(diffs, fmt.Sprintf("%d items, want %d", len(list.Items), len(a.Entries)))
		case err == nil:
			for i, want := range a.Entries {
				diffs = append(diffs, differences(list.Items[i], want)...)
			}
		}
		deviations.Case(t, a.File, strings.Join(diffs, "; "))
	})
}

// clause is a part of feedparser's expectations that speaks of an item's
// text: entries[0]['title'] == u'…'.
var clause = regexp.MustCompile(`entries\[(\d)\](?:\['(title|summary|description|link|id)(?:_detail)?'\](?:\['value'\])?|\['(content)'\]\[0\]\['value'\]) == u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")`)

var contentType = regexp.MustCompile(`(?m)^\s*Header:\s*Content-[Tt]ype:\s*(.*)$`)

// TestFeedsMeetTheirAuthorsExpectations reads what the authors of a test set
// wrote at the head of each file, as far as it speaks of an item's text. Text
// is compared as a reader sees it: without mark-up, which we never show.
func TestFeedsMeetTheirAuthorsExpectations(t *testing.T) {
	files := corpustest.Tar(t, "feeds", "feedparser.tar.gz")
	deviations := corpustest.Open(t, "testdata/deviations-expectations.txt")
	for _, name := range slices.Sorted(maps.Keys(files)) {
		_, rest, ok := strings.Cut(string(files[name]), "Expect:")
		if !ok {
			continue
		}
		line, _, _ := strings.Cut(rest, "\n")
		clauses := clause.FindAllStringSubmatch(line, -1)
		if len(clauses) == 0 {
			continue
		}
		header := ""
		if m := contentType.FindStringSubmatch(string(files[name])); m != nil {
			header = strings.TrimSpace(m[1])
		}
		deviations.Case(t, name, meets(files[name], header, clauses))
	}
}

func meets(data []byte, header string, clauses [][]string) string {
	list, err := parse(data, header, corpusBase, time.UTC)
	if err != nil {
		return err.Error()
	}
	var diffs []string
	for _, c := range clauses {
		n, _ := strconv.Atoi(c[1])
		if n >= len(list.Items) {
			return fmt.Sprintf("%d items", len(list.Items))
		}
		want, field := pythonString(c[4]), c[2]+c[3]
		if got, want := seen(list.Items[n], field), asSeen(field, want); got != want {
			diffs = append(diffs, fmt.Sprintf("%s: got %q, want %q", field, got, want))
		}
	}
	return strings.Join(diffs, "; ")
}

// seen is a field of an item as a reader sees it.
func seen(it Item, field string) string {
	switch field {
	case "title":
		return it.Title
	case "link":
		return it.URL
	case "id":
		return it.GUID
	case "content":
		return page.Text(it.Content)
	}
	if text := page.Text(it.Summary); text != "" {
		return text
	}
	return page.Text(it.Content)
}

func asSeen(field, want string) string {
	switch field {
	case "title":
		return plain(want)
	case "link":
		return absolute(want)
	case "id":
		return want
	}
	return page.Text(want)
}

// pythonString reads a string literal of Python.
func pythonString(s string) string {
	s = s[1 : len(s)-1]
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[s[i]]
		if n, err := strconv.ParseUint(s[min(i+1, len(s)):min(i+1+digits, len(s))], 16, 32); digits > 0 && err == nil {
			b.WriteRune(rune(n))
			i += digits
			continue
		}
		switch s[i] {
		case 'n':
			b.WriteByte('\n')
		case 't':
			b.WriteByte('\t')
		case 'r':
			b.WriteByte('\r')
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// TestFeedsOfTheLibrary compares with the models that the library's own tests
// expect, as far as they speak of items.
func TestFeedsOfTheLibrary(t *testing.T) {
	files := corpustest.Tar(t, "feeds", "gofeed.tar.gz")
	deviations := corpustest.Open(t, "testdata/deviations-library.txt")
	for _, name := range slices.Sorted(maps.Keys(files)) {
		feed, model := modelOf(name, files)
		if model == nil {
			continue
		}
		var want struct{ Items, Entries []map[string]any }
		if err := json.Unmarshal(model, &want); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		deviations.Case(t, name, matchesModel(feed, append(want.Items, want.Entries...)))
	}
}

// modelOf returns the feed of that name and the model it is to be read as.
func modelOf(name string, files map[string][]byte) (feed, model []byte) {
	base, extension := strings.TrimSuffix(name, path.Ext(name)), path.Ext(name)
	switch {
	case extension == ".xml":
		return files[name], files[base+".json"]
	case extension == ".json" && files[base+"_expected.json"] != nil:
		return files[name], files[base+"_expected.json"]
	}
	return nil, nil
}

func matchesModel(feed []byte, want []map[string]any) string {
	list, err := parse(feed, "", corpusBase, time.UTC)
	if err != nil {
		if len(want) == 0 {
			return ""
		}
		return err.Error()
	}
	if len(list.Items) != len(want) {
		return fmt.Sprintf("%d items, want %d", len(list.Items), len(want))
	}
	var diffs []string
	for i, model := range want {
		diffs = append(diffs, modelDifferences(list.Items[i], model)...)
	}
	return strings.Join(diffs, "; ")
}

func modelDifferences(it Item, model map[string]any) []string {
	var out []string
	differ := func(what, got, want string) {
		if want != "" && got != want {
			out = append(out, fmt.Sprintf("%s: got %q, want %q", what, got, want))
		}
	}
	text := func(keys ...string) string {
		for _, k := range keys {
			switch v := model[k].(type) {
			case string:
				return v
			case map[string]any:
				if s, ok := v["value"].(string); ok {
					return s
				}
			}
		}
		return ""
	}
	differ("title", it.Title, plain(text("title")))
	differ("link", it.URL, absolute(text("link", "url")))
	differ("id", it.GUID, text("guid", "id"))
	differ("content", page.Text(it.Content), page.Text(text("content", "content_html")))
	differ("summary", page.Text(it.Summary), page.Text(text("description", "summary")))
	for key, got := range map[string]time.Time{"published": it.Published, "updated": it.Updated} {
		if want, _, ok := when.Parse(text(key, "pubDate"), time.UTC); ok && !got.Equal(want) {
			differ(key, stamp(got), stamp(want))
		}
	}
	return out
}

// TestFeedsOfNewsrooms compares with the models of a third reader, whose set
// holds many real feeds.
func TestFeedsOfNewsrooms(t *testing.T) {
	files := corpustest.Tar(t, "feeds", "feed-rs.tar.gz")
	deviations := corpustest.Open(t, "testdata/deviations-newsrooms.txt")
	for _, name := range slices.Sorted(maps.Keys(files)) {
		model := files[strings.TrimSuffix(strings.TrimSuffix(name, ".xml"), ".json")+".serde.json"]
		if model == nil || strings.HasSuffix(name, ".serde.json") {
			continue
		}
		var want struct{ Entries []newsroomEntry }
		if err := json.Unmarshal(model, &want); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		list, err := parse(files[name], "", corpusBase, time.UTC)
		var diffs []string
		switch {
		case err != nil:
			diffs = append(diffs, err.Error())
		case len(list.Items) != len(want.Entries):
			diffs = append(diffs, fmt.Sprintf("%d items, want %d", len(list.Items), len(want.Entries)))
		default:
			for i, e := range want.Entries {
				diffs = append(diffs, e.differences(list.Items[i])...)
			}
		}
		deviations.Case(t, name, strings.Join(diffs, "; "))
	}
}

type newsroomEntry struct {
	Title, Summary *struct{ Content string }
	Links          []struct{ Href, Rel string }
	Published      string
}

func (e newsroomEntry) differences(it Item) []string {
	var out []string
	if e.Title != nil && it.Title != plain(e.Title.Content) {
		out = append(out, fmt.Sprintf("title: got %q, want %q", it.Title, plain(e.Title.Content)))
	}
	if e.Published != "" && stamp(it.Published) != stampOf(e.Published) {
		out = append(out, fmt.Sprintf("published: got %q, want %q", stamp(it.Published), e.Published))
	}
	var links []string
	for _, l := range e.Links {
		links = append(links, canonicalOf(l.Href))
	}
	if len(links) > 0 && !slices.Contains(links, canonicalOf(it.URL)) {
		out = append(out, fmt.Sprintf("link: got %q, want one of %q", it.URL, links))
	}
	return out
}

func canonicalOf(link string) string {
	u, err := canonical.Resolve(corpusBase, link)
	if err != nil {
		return link
	}
	return u
}

func stampOf(s string) string {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return s
	}
	return stamp(t)
}
