package fetch

import (
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// newClient returns a client that connects only to addresses that allowed
// takes; nil takes all. It follows no redirects, keeps no cookies and uses no
// proxy, behind which addresses could not be checked.
func newClient(allowed func(netip.AddrPort) bool, resolver *net.Resolver) *http.Client {
	dialer := &net.Dialer{Timeout: 15 * time.Second, Resolver: resolver}
	if allowed != nil {
		// Invariant 10: no address is fetched that is not public unless its
		// source is marked local.
		dialer.Control = func(_, address string, _ syscall.RawConn) error {
			ap, err := netip.ParseAddrPort(address)
			if err != nil || !allowed(ap) {
				return &privateError{address}
			}
			return nil
		}
	}
	return &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext:            dialer.DialContext,
			ForceAttemptHTTP2:      true,
			DisableCompression:     true,
			MaxIdleConns:           100,
			MaxIdleConnsPerHost:    2,
			IdleConnTimeout:        60 * time.Second,
			TLSHandshakeTimeout:    15 * time.Second,
			MaxResponseHeaderBytes: 256 << 10,
		},
	}
}

// privateError is what the dialer returns for an address that is not allowed.
type privateError struct{ address string }

func (e *privateError) Error() string { return "private address " + e.address }

// reserved are the networks that no public site is on, beyond those that
// netip names: RFC 6890 and its registries. Those that embed an IPv4 address
// (NAT64, 6to4, Teredo) could be used to reach a private one.
var reserved = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("100::/64"),
	netip.MustParsePrefix("2001::/23"), netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("2002::/16"),
	netip.MustParsePrefix("fec0::/10"),
}

// isPublic reports whether an address is one of the public internet.
func isPublic(ap netip.AddrPort) bool {
	ip := ap.Addr().Unmap()
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() {
		return false
	}
	for _, p := range reserved {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}
