package canonical

import (
	"regexp"
	"slices"
	"strings"

	whatwg "github.com/nlnwa/whatwg-url/url"
	"golang.org/x/net/publicsuffix"
)

// desktopHost returns the host of the site whose pages for phones are at
// host, which is host itself for any other.
func desktopHost(host string) string {
	for _, mobile := range []string{"m.", "amp.", "mobile."} {
		rest, ok := strings.CutPrefix(host, mobile)
		if !ok {
			continue
		}
		if _, err := publicsuffix.EffectiveTLDPlusOne(rest); err == nil {
			return desktopHost(rest)
		}
	}
	return host
}

// unwrapAMP returns the page that an address of a cache of AMP pages stands
// for.
func unwrapAMP(u *whatwg.Url) (*whatwg.Url, bool) {
	host, path := u.Hostname(), u.Pathname()
	switch {
	case host == "cdn.ampproject.org" || strings.HasSuffix(host, ".cdn.ampproject.org"):
		kind, rest, ok := strings.Cut(strings.TrimPrefix(path, "/"), "/")
		if !ok || kind != "c" && kind != "v" {
			return nil, false
		}
		path = rest
	case strings.HasPrefix(path, "/amp/") && (host == "google.com" || strings.HasPrefix(host, "www.google.")):
		path = strings.TrimPrefix(path, "/amp/")
	default:
		return nil, false
	}
	scheme := "http://"
	if rest, ok := strings.CutPrefix(path, "s/"); ok {
		scheme, path = "https://", rest
	}
	if !strings.Contains(strings.SplitN(path, "/", 2)[0], ".") {
		return nil, false
	}
	inner, err := parse("", scheme+path+u.Search())
	return inner, err == nil
}

// withoutAMP takes out of a path what names the AMP form of its page.
func withoutAMP(path string) string {
	for _, form := range ampForms {
		if form.MatchString(path) {
			return withoutAMP(form.ReplaceAllString(path, "$1$2"))
		}
	}
	return path
}

var ampForms = []*regexp.Regexp{
	regexp.MustCompile(`^(.+?)[/.]amp$`),
	regexp.MustCompile(`^(.+?/)amp/$`),
	regexp.MustCompile(`^(.+?)\.amp(\.html)$`),
	regexp.MustCompile(`^/amp(/.+)$`),
}

// isAMP recognises parameters that ask for the AMP form of a page; names and
// values are in lower case.
func isAMP(name, value string) bool {
	switch name {
	case "amp":
		return slices.Contains([]string{"", "1", "true", "yes"}, value)
	case "outputtype", "output", "view", "format":
		return value == "amp"
	}
	return false
}
