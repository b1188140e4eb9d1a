package canonical

import (
	"errors"
	"testing"
)

func TestURL(t *testing.T) {
	for in, want := range map[string]string{
		"https://Example.ORG":                                                 "https://example.org/",
		"HTTP://example.org:80/a/../b/./c/":                                   "http://example.org/b/c/",
		"https://example.org:443/a#top":                                       "https://example.org/a",
		"https://example.org:8443/a":                                          "https://example.org:8443/a",
		"https://user:pass@example.org/a":                                     "https://example.org/a",
		"https://example.org/a?utm_source=x&id=7&utm_medium=rss":              "https://example.org/a?id=7",
		"https://example.org/a?fbclid=1":                                      "https://example.org/a",
		"https://example.org/a?b=2&a=1":                                       "https://example.org/a?b=2&a=1",
		"https://example.org/%7Enews/%e3%81%82":                               "https://example.org/~news/%E3%81%82",
		"https://example.org/a%2fb":                                           "https://example.org/a%2Fb",
		"https://example.org/ə":                                               "https://example.org/%C9%99",
		"https://bücher.example/":                                             "https://xn--bcher-kva.example/",
		"  https://example.org./a \n":                                         "https://example.org/a",
		"https://[2001:DB8::1]/":                                              "https://[2001:db8::1]/",
		"https://www.example.org/a/":                                          "https://www.example.org/a/",
		"https://example.org/%zz":                                             "https://example.org/%25zz",
		"https:\\\\example.org\\a":                                            "https://example.org/a",
		"https://example.org/a;jsessionid=E85F;JSESSIONID=2/b":                "https://example.org/a/b",
		"https://example.org/a?PHPSESSID=9682&id=7":                           "https://example.org/a?id=7",
		"https://example.org/a?sid=7":                                         "https://example.org/a?sid=7",
		"https://m.example.org/a":                                             "https://example.org/a",
		"https://amp.m.example.co.uk/a":                                       "https://example.co.uk/a",
		"https://m.co.uk/a":                                                   "https://m.co.uk/a",
		"https://example.org/news/7/amp/":                                     "https://example.org/news/7/",
		"https://example.org/news/7/amp/amp":                                  "https://example.org/news/7",
		"https://example.org/news/7.amp.html?outputType=amp":                  "https://example.org/news/7.html",
		"https://example.org/amp/news/7?amp&id=1":                             "https://example.org/news/7?id=1",
		"https://example.org/amp":                                             "https://example.org/amp",
		"https://example.org/amp/":                                            "https://example.org/amp/",
		"https://example-org.cdn.ampproject.org/c/s/example.org/news/7?amp=1": "https://example.org/news/7",
		"https://www.google.com/amp/s/m.example.org/news/7":                   "https://example.org/news/7",
	} {
		got, err := URL(in)
		if err != nil || got != want {
			t.Errorf("URL(%q) = %q, %v, want %q", in, got, err, want)
		}
		if again, err := URL(got); err != nil || again != got {
			t.Errorf("URL(%q) is not canonical itself: %q, %v", got, again, err)
		}
	}
}

func TestURLRefuses(t *testing.T) {
	for _, in := range []string{"", "example.org/a", "ftp://example.org", "javascript:void(0)", "mailto:a@example.org", "https://", "http://[::1", "https://...", "https://exa mple.org/"} {
		if got, err := URL(in); !errors.Is(err, ErrAddress) {
			t.Errorf("URL(%q) = %q, %v", in, got, err)
		}
	}
}

func TestResolve(t *testing.T) {
	tests := []struct{ base, reference, want string }{
		{"https://example.org/en/news", "a?utm_source=x", "https://example.org/en/a"},
		{"https://example.org/en/", "../a", "https://example.org/a"},
		{"https://example.org/en/", "//other.example/a", "https://other.example/a"},
		{"", "https://example.org/a", "https://example.org/a"},
	}
	for _, tt := range tests {
		if got, err := Resolve(tt.base, tt.reference); err != nil || got != tt.want {
			t.Errorf("Resolve(%q, %q) = %q, %v, want %q", tt.base, tt.reference, got, err, tt.want)
		}
	}
}

func TestSameSite(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"https://www.example.org/a", "http://example.org/b", true},
		{"https://m.example.org/a", "https://example.org/a", true},
		{"https://example.org/a", "https://other.example/a", false},
		{"https://m.org/", "https://org/", false},
		{"nothing", "nothing", false},
	}
	for _, tt := range tests {
		if got := SameSite(tt.a, tt.b); got != tt.want {
			t.Errorf("SameSite(%q, %q) = %v", tt.a, tt.b, got)
		}
	}
}

func FuzzURL(f *testing.F) {
	for _, s := range []string{"https://Example.ORG/a/../b?utm_source=x#y", "http://[::1]:80/%7e", "https://bücher.example/?a=%C3%A4"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := URL(s)
		if err != nil {
			return
		}
		if again, err := URL(got); err != nil || again != got {
			t.Errorf("URL(%q) = %q, whose canonical form is %q, %v", s, got, again, err)
		}
	})
}

func BenchmarkURL(b *testing.B) {
	for b.Loop() {
		if _, err := URL("https://www.Example.org/en/news/../2014/12/08/heads-meet.amp.html?utm_source=rss&id=7#top"); err != nil {
			b.Fatal(err)
		}
	}
}
