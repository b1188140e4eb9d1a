// Package canonical finds the one address under which a page is known, so
// that the same article met by two links is one report. It promises that a
// canonical address is absolute, http or https, and canonical itself.
package canonical

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/idna"
)

// ErrAddress is the sentinel behind every error of this package: the address
// is not one of a web page.
var ErrAddress = errors.New("not a web address")

// URL returns the canonical form of address: lower-case scheme and host, no
// default port, no fragment, no user, dot segments resolved, percent-encoding
// in upper case and only where needed, tracking parameters removed. What may
// change the page that is meant (other parameters and their order, the
// trailing slash, the www) is left alone.
func URL(address string) (string, error) {
	u, err := parse(address)
	if err != nil {
		return "", err
	}
	return clean(u), nil
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
// base would, without further change.
func Absolute(base, reference string) (string, error) {
	ref, err := url.Parse(strings.TrimSpace(reference))
	if err != nil {
		return "", fmt.Errorf("link %.200q: %w", reference, ErrAddress)
	}
	if base != "" {
		b, err := url.Parse(base)
		if err != nil {
			return "", fmt.Errorf("page %.200q: %w", base, ErrAddress)
		}
		ref = b.ResolveReference(ref)
	}
	if _, err := parse(ref.String()); err != nil {
		return "", err
	}
	return ref.String(), nil
}

// SameSite reports whether two addresses have the same host, www aside.
func SameSite(a, b string) bool {
	u, errA := parse(a)
	v, errB := parse(b)
	return errA == nil && errB == nil && siteHost(u) == siteHost(v)
}

func siteHost(u *url.URL) string {
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	for _, mobile := range []string{"m.", "amp.", "mobile."} {
		if rest, ok := strings.CutPrefix(host, mobile); ok && strings.Contains(rest, ".") {
			return rest
		}
	}
	return host
}

func parse(address string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return nil, fmt.Errorf("%.200q: %w", address, ErrAddress)
	}
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("%.200q: %w: want http:// or https://", address, ErrAddress)
	}
	if strings.Trim(u.Hostname(), ".") == "" {
		return nil, fmt.Errorf("%.200q: %w: it has no host", address, ErrAddress)
	}
	return u, nil
}

func clean(u *url.URL) string {
	c := url.URL{Scheme: u.Scheme, Host: cleanHost(u)}
	setPath(&c, cleanPath(u))
	c.RawQuery = cleanQuery(u.RawQuery)
	return c.String()
}

func cleanHost(u *url.URL) string {
	host := strings.ToLower(strings.TrimRight(u.Hostname(), "."))
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		host = ascii
	}
	if ip, err := netip.ParseAddr(host); err == nil && ip.Is6() {
		host = "[" + ip.String() + "]"
	}
	port := u.Port()
	if port == "" || port == "80" && u.Scheme == "http" || port == "443" && u.Scheme == "https" {
		return host
	}
	return host + ":" + port
}

// cleanPath decodes what need not be encoded and resolves dot segments.
func cleanPath(u *url.URL) string {
	p := normalEscapes(u.EscapedPath())
	if p == "" {
		return "/"
	}
	if strings.Contains(p, "/.") {
		slash := strings.HasSuffix(p, "/") || strings.HasSuffix(p, "/.") || strings.HasSuffix(p, "/..")
		p = path.Clean(p)
		if slash && p != "/" {
			p += "/"
		}
	}
	if !strings.HasPrefix(p, "/") {
		p = "/" + p
	}
	return p
}

func setPath(u *url.URL, escaped string) {
	plain, err := url.PathUnescape(escaped)
	if err != nil {
		plain = escaped
	}
	u.Path, u.RawPath = plain, escaped
}

// normalEscapes decodes escaped unreserved characters (RFC 3986, 6.2.2),
// writes the remaining escapes in upper case, and escapes spaces, control
// characters and what is not ASCII.
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
		case c <= ' ' || c >= 0x7F:
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
		name, _, _ := strings.Cut(p, "=")
		return p == "" || isTracking(strings.ToLower(name))
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
