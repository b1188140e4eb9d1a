// Package canonical finds the one address under which a page is known, so
// that the same article met by two links is one report. It promises that a
// canonical address is absolute, http or https, and canonical itself.
package canonical

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	whatwg "github.com/nlnwa/whatwg-url/url"
)

// ErrAddress is the sentinel behind every error of this package: the address
// is not one of a web page.
var ErrAddress = errors.New("not a web address")

// URL returns the canonical form of address: lower-case scheme and host, no
// default port, no fragment, no user, dot segments resolved, percent-encoding
// in upper case and only where RFC 3986 needs it; parameters that say how the
// reader came or who is reading are removed; the address of a page made for
// phones (AMP, a mobile host) is that of the page itself. What may change the
// page that is meant (other parameters and their order, the trailing slash,
// the www) is left alone.
func URL(address string) (string, error) {
	u, err := parse("", address)
	if err != nil {
		return "", err
	}
	for inner, ok := unwrapAMP(u); ok; inner, ok = unwrapAMP(u) {
		u = inner
	}
	return clean(u)
}

// Resolve returns the canonical form of reference as a link on the page base.
func Resolve(base, reference string) (string, error) {
	u, err := Absolute(base, reference)
	if err != nil {
		return "", err
	}
	return URL(u)
}

// Absolute returns reference as an absolute address, as a browser on the page
// base would (WHATWG URL), without further change but that a stray percent
// sign is escaped and a fragment that cannot be read is left out.
func Absolute(base, reference string) (string, error) {
	u, err := parse(base, reference)
	if err != nil {
		return "", err
	}
	if whole := u.Href(false); fetchable(whole) {
		return whole, nil
	}
	return u.Href(true), nil
}

// fetchable reports whether Go's own client can read the address.
func fetchable(address string) bool {
	_, err := url.Parse(address)
	return err == nil
}

// SameSite reports whether two addresses have the same host, www aside.
func SameSite(a, b string) bool {
	u, errA := parse("", a)
	v, errB := parse("", b)
	return errA == nil && errB == nil && siteHost(u) == siteHost(v)
}

func siteHost(u *whatwg.Url) string {
	return desktopHost(strings.TrimPrefix(strings.TrimRight(u.Hostname(), "."), "www."))
}

// browser reads addresses as browsers do.
var browser = whatwg.NewParser(whatwg.WithPercentEncodeSinglePercentSign())

// parse reads reference on the page base, "" for none.
func parse(base, reference string) (u *whatwg.Url, err error) {
	if base == "" {
		u, err = browser.Parse(reference)
	} else {
		u, err = browser.ParseRef(base, reference)
	}
	if err != nil && base == "" {
		return nil, fmt.Errorf("%.200q: %w: want http:// or https:// and a host", reference, ErrAddress)
	}
	if err != nil {
		return nil, fmt.Errorf("%.200q: %w", reference, ErrAddress)
	}
	if u.Scheme() != "http" && u.Scheme() != "https" {
		return nil, fmt.Errorf("%.200q: %w: want http:// or https://", reference, ErrAddress)
	}
	if strings.Trim(u.Hostname(), ".") == "" {
		return nil, fmt.Errorf("%.200q: %w: it has no host", reference, ErrAddress)
	}
	if !fetchable(u.Href(true)) {
		return nil, fmt.Errorf("%.200q: %w", reference, ErrAddress)
	}
	return u, nil
}

func clean(u *whatwg.Url) (string, error) {
	host := desktopHost(strings.TrimRight(u.Hostname(), "."))
	if port := u.Port(); port != "" {
		host += ":" + port
	}
	address := u.Scheme() + "://" + host + cleanPath(u.Pathname())
	if query := cleanQuery(u.Query()); query != "" {
		address += "?" + query
	}
	// Without its trailing dot a host may be a number, or nothing at all.
	again, err := parse("", address)
	if err != nil {
		return "", err
	}
	return again.Href(false), nil
}

// cleanPath writes escapes alike and takes out session ids and what names the
// AMP form of a page.
func cleanPath(p string) string {
	p = normalEscapes(p)
	for before, after, ok := cutSession(p); ok; before, after, ok = cutSession(p) {
		_, rest, more := strings.Cut(after, "/")
		if p = before; more {
			p += "/" + rest
		}
	}
	p = folderSession.ReplaceAllString(p, "/")
	if plain := withoutAMP(p); strings.Trim(plain, "/") != "" {
		p = plain
	}
	if p == "" {
		return "/"
	}
	return p
}

var (
	pathSession = regexp.MustCompile(`(?i);jsessionid=`)
	// folderSession is how ASP.NET writes a session into the path.
	folderSession = regexp.MustCompile(`(?i)/\((?:[0-9a-z]{24}|(?:[a-z]\([0-9a-z]{24}\))+)\)/`)
)

func cutSession(path string) (before, after string, ok bool) {
	m := pathSession.FindStringIndex(path)
	if m == nil {
		return path, "", false
	}
	return path[:m[0]], path[m[1]:], true
}

// normalEscapes decodes escaped unreserved characters (RFC 3986, 6.2.2),
// writes the remaining escapes in upper case, and escapes what may not stand
// in an address as it is.
func normalEscapes(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			if c = unhex(s[i+1])<<4 | unhex(s[i+2]); isUnreserved(c) {
				b.WriteByte(c)
			} else {
				fmt.Fprintf(&b, "%%%02X", c)
			}
			i += 2
		case c == '%' || c <= ' ' || c >= 0x7F || strings.IndexByte("\"<>\\^`{|}[]", c) >= 0:
			fmt.Fprintf(&b, "%%%02X", c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	default:
		return c - 'a' + 10
	}
}

func isUnreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		c == '-' || c == '.' || c == '_' || c == '~'
}

// cleanQuery removes tracking parameters and keeps the order of the others,
// which some sites read.
func cleanQuery(raw string) string {
	if raw == "" {
		return ""
	}
	parts := slices.DeleteFunc(strings.Split(raw, "&"), func(p string) bool {
		name, value, _ := strings.Cut(strings.ToLower(p), "=")
		return p == "" || isTracking(name) || isSession(name, value) || isAMP(name, value)
	})
	for i := range parts {
		parts[i] = normalEscapes(parts[i])
	}
	return strings.Join(parts, "&")
}

// isTracking recognises parameters that say how the reader came to the page.
func isTracking(name string) bool {
	return strings.HasPrefix(name, "utm_") || strings.HasPrefix(name, "mtm_") || strings.HasPrefix(name, "pk_") ||
		strings.HasPrefix(name, "hsa_") || strings.HasPrefix(name, "at_") || slices.Contains(tracking, name)
}

var tracking = []string{
	"fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid", "ttclid", "igshid",
	"igsh", "mc_cid", "mc_eid", "_ga", "_gl", "_hsenc", "_hsmi", "mkt_tok", "oly_enc_id", "oly_anon_id", "vero_id",
	"wickedid", "s_cid", "ncid", "cmpid", "ocid", "smid", "xtor", "ito", "__twitter_impression", "ref_src", "ref_url",
	"from_feed", "feedtype", "spm", "fb_action_ids", "fb_action_types", "fb_source", "wt_mc", "wt.mc_id", "ftag",
}

// isSession recognises parameters that say who is reading.
func isSession(name, value string) bool {
	switch name {
	case "jsessionid", "phpsessid", "cfid", "cftoken":
		return true
	case "sid":
		return len(value) == 32 && strings.Trim(value, "0123456789abcdef") == ""
	}
	return strings.HasPrefix(name, "aspsessionid")
}
