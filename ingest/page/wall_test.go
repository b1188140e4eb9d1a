package page

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// proseOf makes prose of n words and more.
func proseOf(words int) string {
	return strings.Repeat("The ferry left the port of the capital in the early morning. ", words/12+1)
}

// articleBehind is an article's page with a head of its own and something
// behind the text.
func articleBehind(linked string, words int, behind string) string {
	return fmt.Sprintf(`<html><head><title>The ferry sails again</title><meta property="og:type" content="article"><script type="application/ld+json">
{"@type":"NewsArticle","headline":"The ferry sails again"%s}</script></head><body><nav><a href="/">Home</a></nav><article><h1>The ferry sails again</h1><p>%s</p>%s</article></body></html>`,
		linked, proseOf(words), behind)
}

func TestWalls(t *testing.T) {
	const offer = `<div class="paywall-box"><p>Subscribe to continue reading. Already a subscriber? Sign in.</p></div>`
	tests := []struct {
		name, html, address string
		want                error
	}{
		{"a challenge", `<html><head><title>Just a moment...</title></head><body><h1>example.org</h1><p>Checking your browser before accessing example.org. Please enable JavaScript and cookies to continue.</p>
<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/x.js"></script></body></html>`, "", ErrBotWall},
		{"a refusal", `<html><head><title>Access Denied</title></head><body><h1>Access Denied</h1>You don't have permission to access "http://example.org/a" on this server.<p>Reference #18.2d351ab8</body></html>`, "", ErrBotWall},
		{"a captcha", `<html><head><title>Please verify</title></head><body><p>We have detected unusual traffic from your network. Tell us that you are not a robot.</p><div class="g-recaptcha"></div></body></html>`, "", ErrBotWall},
		{"a captcha in German", `<html><head><title>Sicherheitsabfrage</title></head><body><p>Bitte bestätigen Sie, dass Sie ein Mensch und kein Roboter sind.</p></body></html>`, "", ErrBotWall},
		{"consent", `<html><head><title>Before you continue</title></head><body><h1>Before you continue</h1><p>We use cookies and data to deliver and maintain services.</p><form><button>Accept all</button><button>Reject all</button></form></body></html>`, "", ErrConsentWall},
		{"consent on a host of its own", `<html><head><title>Example</title></head><body><p>We and our partners use cookies for the purposes below, some on the ground of legitimate interest.</p></body></html>`, "https://consent.example.org/?continue=x", ErrConsentWall},
		{"consent or payment", `<html><head><title>Zeitung</title></head><body><h1>Weiter mit Werbung</h1><p>Mit Ihrer Einwilligung verwenden wir und Dritte Cookies und Tracking.</p><button>Zustimmen</button></body></html>`, "", ErrConsentWall},
		{"a teaser", articleBehind(`,"isAccessibleForFree":false`, 40, offer), "", ErrPaywall},
		{"a teaser, in words", articleBehind(`,"isAccessibleForFree":"False"`, 40, "<p>Dieser Artikel ist nur für Abonnenten.</p>"), "", ErrPaywall},
		{"a teaser that says nothing", articleBehind("", 40, offer), "", ErrPaywall},
		{"the first part of what it says there is", articleBehind(`,"isAccessibleForFree":false,"wordCount":1200`, 300, ""), "", ErrPaywall},
		{"all of an article that is not free", articleBehind(`,"isAccessibleForFree":false`, 500, offer), "", nil},
		{"all of it, by its count", articleBehind(`,"isAccessibleForFree":false,"wordCount":"90"`, 80, ""), "", nil},
		{"a short article that is not free", articleBehind(`,"isAccessibleForFree":false`, 60, ""), "", nil},
		{"a short article with a banner", articleBehind("", 60, `<div id="banner">We use cookies. <button>Accept all</button> <button>Manage options</button> with our partners</div>`), "", nil},
		{"an article on captchas", articleBehind("", 90, "<p>Many sites ask whether you are not a robot by a captcha.</p>"), "", nil},
		{"an article", articleBehind("", 200, ""), "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.address == "" {
				tt.address = "https://example.org/a"
			}
			_, err := Extract([]byte(tt.html), tt.address, Options{})
			if !errors.Is(err, tt.want) || err != nil && !errors.Is(err, ErrWall) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

func TestLeadImage(t *testing.T) {
	for name, tt := range map[string]struct{ head, selector, want string }{
		"JSON-LD":             {`<script type="application/ld+json">{"@type":"NewsArticle","image":[{"@type":"ImageObject","url":"/a.jpg"}]}</script>`, "", "https://example.org/a.jpg"},
		"OpenGraph":           {`<meta property="og:image" content="https://img.example.org/a.jpg">`, "", "https://img.example.org/a.jpg"},
		"the source's own":    {`<meta property="og:image" content="https://img.example.org/a.jpg">`, "figure img@src", "https://example.org/b.jpg"},
		"no address":          {`<meta property="og:image" content="javascript:alert(1)">`, "none@src", "https://example.org/b.jpg"},
		"data in its place":   {`<meta property="og:image" content="data:image/png;base64,AA">`, "none@src", "https://example.org/b.jpg"},
		"nothing in the head": {"", "", "https://example.org/b.jpg"},
	} {
		html := "<html><head>" + tt.head + "</head><body><article><figure><img src=b.jpg></figure><p>" + proseOf(100) + "</p></article></body></html>"
		r, err := Extract([]byte(html), "https://example.org/a", Options{Selectors: Selectors{Image: tt.selector}})
		if err != nil {
			t.Fatal(err)
		}
		if r.Image != tt.want {
			t.Errorf("%s: got %q, want %q", name, r.Image, tt.want)
		}
	}
}
