package canonical

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/dateline-news/dateline/internal/corpustest"
)

// same is "" when an address came out as wanted. An address that is none of a
// web page must be refused, whatever others make of it.
func same(got string, err error, want string) string {
	switch isWeb := strings.HasPrefix(want, "http:") || strings.HasPrefix(want, "https:"); {
	case isWeb && err != nil:
		return fmt.Sprintf("%v, want %q", err, want)
	case isWeb && got != want:
		return fmt.Sprintf("got %q, want %q", got, want)
	case !isWeb && !errors.Is(err, ErrAddress):
		return fmt.Sprintf("got %q, want a refusal", got)
	}
	return ""
}

// TestBrowsersAddresses runs the cases that browsers are tested with.
func TestBrowsersAddresses(t *testing.T) {
	deviations := corpustest.Open(t, "testdata/deviations-browsers.txt")
	var cases []json.RawMessage
	if err := json.Unmarshal(corpustest.Read(t, "urls", "wpt-urltestdata.json.gz"), &cases); err != nil {
		t.Fatal(err)
	}
	for i, raw := range cases {
		var c struct {
			Input, Href string
			Base        *string
			Failure     bool
		}
		if json.Unmarshal(raw, &c) != nil {
			continue // a comment: a bare string
		}
		base := ""
		if c.Base != nil {
			base = *c.Base
		}
		got, err := Absolute(base, c.Input)
		deviations.Case(t, fmt.Sprintf("%d %+q on %+q", i, c.Input, base), same(got, err, c.Href))
	}
}

// csvCases reads the lines of a file of cases.
func csvCases(t *testing.T, file string, fields int) [][]string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(string(corpustest.Read(t, "urls", file))))
	r.Comment, r.TrimLeadingSpace, r.FieldsPerRecord = '#', true, fields
	var out [][]string
	for {
		record, err := r.Read()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, record)
	}
}

// TestCrawlersAddresses runs the cases of another crawler.
func TestCrawlersAddresses(t *testing.T) {
	deviations := corpustest.Open(t, "testdata/deviations-crawlers.txt")
	for i, c := range csvCases(t, "crawler-commons-weirdToNormalizedUrls.csv", 2) {
		got, err := URL(c[0])
		deviations.Case(t, fmt.Sprintf("normal %d %+q", i, c[0]), same(got, err, strings.TrimSpace(c[1])))
	}
	for i, c := range csvCases(t, "crawler-commons-invalidUrls.csv", 1) {
		got, err := URL(c[0])
		deviations.Case(t, fmt.Sprintf("invalid %d %+q", i, c[0]), same(got, err, ""))
	}
	for i, c := range csvCases(t, "crawler-commons-url-resolve.csv", 3) {
		got, err := Absolute(c[1], c[0])
		deviations.Case(t, fmt.Sprintf("resolve %d %+q on %+q", i, c[0], c[1]), same(got, err, c[2]))
	}
}

// pairs are the cases of a JSON object from address to address.
func pairs(t *testing.T, data []byte) map[string]string {
	t.Helper()
	var out map[string]string
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// asBytes undoes the writing of an address's bytes as characters of Latin-1.
func asBytes(s string) string {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		if r > 0xFF {
			return s
		}
		out = append(out, byte(r))
	}
	return string(out)
}

// TestArchivesAddresses runs the cases of the web archives. Their notion of
// one page (aggressive, surt) is wider than ours.
func TestArchivesAddresses(t *testing.T) {
	deviations := corpustest.Open(t, "testdata/deviations-archives.txt")
	each := func(set string, data []byte, of func(string) (string, error)) {
		cases := pairs(t, data)
		for _, in := range slices.Sorted(maps.Keys(cases)) {
			got, err := of(asBytes(in))
			want, _, _ := strings.Cut(cases[in], "#") // no address of ours has a fragment
			got, _, _ = strings.Cut(got, "#")
			deviations.Case(t, fmt.Sprintf("%s %+q", set, in), same(got, err, want))
		}
	}
	each("semantic_precise", corpustest.Read(t, "urls", "urlcanon-semantic_precise.json.gz"), URL)
	each("aggressive", corpustest.Read(t, "urls", "urlcanon-aggressive.json.gz"), URL)
	each("supplemental_whatwg", corpustest.Read(t, "urls", "urlcanon-supplemental_whatwg.json.gz"), func(s string) (string, error) { return Absolute("", s) })

	for _, set := range []string{"surt", "ssurt"} {
		var groups map[string]json.RawMessage
		if err := json.Unmarshal(corpustest.Read(t, "urls", "urlcanon-"+set+".json.gz"), &groups); err != nil {
			t.Fatal(err)
		}
		for _, name := range slices.Sorted(maps.Keys(groups)) {
			each(set+"/"+name, groups[name], URL)
		}
	}
}

// TestAddressesOfNumbersAndDots runs the archives' cases of parts of an
// address.
func TestAddressesOfNumbersAndDots(t *testing.T) {
	deviations := corpustest.Open(t, "testdata/deviations-parts.txt")
	var hosts map[string]*string
	if err := json.Unmarshal(corpustest.Read(t, "urls", "urlcanon-funky_ipv4.json.gz"), &hosts); err != nil {
		t.Fatal(err)
	}
	for _, in := range slices.Sorted(maps.Keys(hosts)) {
		want := "" // no number of a host
		if hosts[in] != nil {
			want = "http://" + *hosts[in] + "/"
		}
		got, err := URL("http://" + in + "/")
		if want == "" && err == nil && strings.Contains(got, in) {
			err = ErrAddress // taken for a name, which is no number either
		}
		deviations.Case(t, fmt.Sprintf("ipv4 %+q", in), same(got, err, want))
	}
	var dots map[string]map[string]string
	if err := json.Unmarshal(corpustest.Read(t, "urls", "urlcanon-path_dots.json.gz"), &dots); err != nil {
		t.Fatal(err)
	}
	for _, in := range slices.Sorted(maps.Keys(dots["special"])) {
		got, err := URL("http://example.org" + in)
		deviations.Case(t, fmt.Sprintf("dots %+q", in), same(got, err, "http://example.org"+dots["special"][in]))
	}
	var again []string
	if err := json.Unmarshal(corpustest.Read(t, "urls", "urlcanon-idempotence.json.gz"), &again); err != nil {
		t.Fatal(err)
	}
	for i, in := range again {
		once, err := URL(in)
		difference := ""
		if twice, _ := URL(once); err == nil && twice != once {
			difference = fmt.Sprintf("got %q, then %q", once, twice)
		}
		deviations.Case(t, fmt.Sprintf("again %d %+q", i, in), difference)
	}
	var parts map[string]struct{ Scheme, Host, Port string }
	if err := json.Unmarshal(corpustest.Read(t, "urls", "urlcanon-parsing.json.gz"), &parts); err != nil {
		t.Fatal(err)
	}
	for _, in := range slices.Sorted(maps.Keys(parts)) {
		deviations.Case(t, fmt.Sprintf("parse %+q", in), partsDiffer(in, parts[in].Scheme, parts[in].Host))
	}
}

// partsDiffer compares the scheme and the host, in lower case, of an address
// that is one of a web page.
func partsDiffer(in, scheme, host string) string {
	u, err := parse("", in)
	isWeb := strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")
	switch {
	case !isWeb && err == nil:
		return fmt.Sprintf("got %q, want a refusal", u.Href(false))
	case isWeb && err != nil:
		return err.Error()
	case isWeb && (u.Scheme() != strings.ToLower(scheme) || u.Hostname() != strings.ToLower(host)):
		return fmt.Sprintf("got %q and %q, want %q and %q", u.Scheme(), u.Hostname(), scheme, host)
	}
	return ""
}
