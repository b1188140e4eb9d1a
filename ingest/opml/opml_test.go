package opml

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestReadFindsFeedsInFolders(t *testing.T) {
	const list = `<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body>
<outline text="Customs"><outline type="rss" text="One &amp; only" xmlUrl="https://example.org/rss" htmlUrl="https://example.org/"/>
<outline text="Deeper"><OUTLINE title="Two" text="no" xmlURL=" https://example.org/2 " language="az"/></outline></outline>
<outline text="One again" xmlUrl="https://example.org/rss"/><outline text="A link" type="link" url="https://example.org/"/></body></opml>`
	want := []Feed{{Title: "One & only", URL: "https://example.org/rss", Site: "https://example.org/"}, {Title: "Two", URL: "https://example.org/2", Language: "az"}}
	got, err := Read([]byte(list))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	got, err = Read([]byte(list[:strings.Index(list, "<outline text=\"One again")+20]))
	if diff := cmp.Diff(want, got); diff != "" || err == nil || !strings.Contains(err.Error(), "2 feeds before that were read") {
		t.Errorf("cut off: %v (-want +got):\n%s", err, diff)
	}
}

func TestWhatIsWrittenIsReadAgain(t *testing.T) {
	want := []Feed{{Title: `Quotes " & <marks>`, URL: "https://example.org/rss?a=1&b=2", Language: "en"}, {Title: "Two", URL: "https://example.org/2", Site: "https://example.org"}}
	var out bytes.Buffer
	if err := Write(&out, "Sources", want, time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	got, err := Read(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWhatIsNoList(t *testing.T) {
	for _, s := range []string{"", "hello", "<rss/>", "<opml><body/></opml>", strings.Repeat("<outline>", 500), "\x00\x01\x02"} {
		if got, err := Read([]byte(s)); !errors.Is(err, ErrNotOPML) {
			t.Errorf("%.30q: got %v, %v", s, got, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`<opml><body><outline text="a" xmlUrl="b"/></body></opml>`))
	f.Add([]byte(`<!DOCTYPE opml [<!ENTITY a "b">]><opml><outline xmlUrl="&a;">`))
	f.Fuzz(func(t *testing.T, data []byte) {
		feeds, err := Read(data)
		if err == nil && len(feeds) == 0 {
			t.Error("nothing and no error")
		}
	})
}
