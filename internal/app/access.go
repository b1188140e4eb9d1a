package app

import (
	"fmt"
	"net"
	"time"

	"github.com/dateline-news/dateline/serve/access"
)

// openAccess reads who may see the pages. Where nobody is configured the pages
// are open to this machine, and are not served to any other.
func (p *process) openAccess() error {
	c := p.Config.Access
	guard, err := access.Open(access.Options{
		File:        p.Config.AccessFile(),
		Key:         []byte(c.SessionKey),
		URL:         c.URL,
		SessionTime: time.Duration(c.SessionHours) * time.Hour,
		OIDC: access.OIDC{
			Issuer: c.OIDC.Issuer, ClientID: c.OIDC.ClientID, ClientSecret: c.OIDC.ClientSecret,
			Claim: c.OIDC.Claim, Readers: c.OIDC.Readers, Editors: c.OIDC.Editors, Admins: c.OIDC.Admins,
		},
		Now: p.Now,
	})
	if err != nil {
		return err
	}
	err = guard.Configured()
	if err == nil {
		p.access = guard
		return nil
	}
	if loopback(p.listeners.pages.Addr()) {
		return nil
	}
	return fmt.Errorf("the pages would be open to everybody at %s: %w, or serve this machine alone with --listen 127.0.0.1:8080", p.Config.Listen, err)
}

func loopback(a net.Addr) bool {
	tcp, ok := a.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}
