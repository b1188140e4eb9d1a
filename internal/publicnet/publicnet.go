// Package publicnet keeps connections that others ask for off private
// networks. The check is made at the moment of connecting, on the address
// that a name has then, so that no name can lead around it.
package publicnet

import (
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// Dialer returns a dialer that connects only to addresses that allowed takes;
// nil takes all. A nil resolver is the system's.
func Dialer(allowed func(netip.AddrPort) bool, resolver *net.Resolver) *net.Dialer {
	dialer := &net.Dialer{Timeout: 15 * time.Second, Resolver: resolver}
	if allowed != nil {
		// Invariant 10: nothing is sent to or fetched from an address that is
		// not public unless its source or channel is marked local.
		dialer.Control = func(_, address string, _ syscall.RawConn) error {
			ap, err := netip.ParseAddrPort(address)
			if err != nil || !allowed(ap) {
				return &PrivateError{address}
			}
			return nil
		}
	}
	return dialer
}

// NewClient returns a client that connects only to addresses that allowed
// takes; nil takes all. It follows no redirects, keeps no cookies and uses no
// proxy, behind which addresses could not be checked.
func NewClient(allowed func(netip.AddrPort) bool, resolver *net.Resolver) *http.Client {
	return &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext:            Dialer(allowed, resolver).DialContext,
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

// PrivateError is what a dialer returns for an address that is not allowed.
type PrivateError struct{ Address string }

func (e *PrivateError) Error() string { return "private address " + e.Address }

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

// IsPublic reports whether an address is one of the public internet.
func IsPublic(ap netip.AddrPort) bool {
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
