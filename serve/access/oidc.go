package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// OIDC configures sign-on by an OpenID Connect provider.
type OIDC struct {
	Issuer       string
	ClientID     string
	ClientSecret string
	// Claim is the claim of the ID token that roles are given by: email or a
	// list of groups; "" means email.
	Claim string
	// Readers, Editors and Admins are the values of the claim that give each
	// role; * stands for everybody whom the provider lets in.
	Readers, Editors, Admins []string
	// HTTP reaches the provider; nil means http.DefaultClient.
	HTTP *http.Client
}

// CallbackPath is where the provider sends people back to.
const CallbackPath = "/login/oidc/callback"

// provider is asked for its endpoints once, when it is first needed: a
// provider that is down does not keep Dateline from starting.
type provider struct {
	options Options
	mu      sync.Mutex
	known   *oidc.Provider
}

func newProvider(opts Options) (*provider, error) {
	u, err := url.Parse(opts.URL)
	switch {
	case opts.URL == "" || err != nil || u.Host == "":
		return nil, errors.New("access.url: sign-on by OIDC needs the address that people reach the pages under, such as https://news.example")
	case opts.OIDC.ClientID == "":
		return nil, errors.New("access.oidc.client_id: the provider gives one to each application; register Dateline there")
	case len(opts.OIDC.Readers)+len(opts.OIDC.Editors)+len(opts.OIDC.Admins) == 0:
		return nil, errors.New("access.oidc: name who comes in under readers, editors or admins; * is everybody")
	}
	return &provider{options: opts}, nil
}

func (p *provider) context(ctx context.Context) context.Context {
	if p.options.OIDC.HTTP == nil {
		return ctx
	}
	return oidc.ClientContext(ctx, p.options.OIDC.HTTP)
}

func (p *provider) discover(ctx context.Context) (*oidc.Provider, *oauth2.Config, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.known == nil {
		// The keys are fetched again later, so not with the context of a request.
		found, err := oidc.NewProvider(p.context(context.WithoutCancel(ctx)), p.options.OIDC.Issuer)
		if err != nil {
			return nil, nil, fmt.Errorf("asking %s for its endpoints: %w", p.options.OIDC.Issuer, err)
		}
		p.known = found
	}
	return p.known, &oauth2.Config{
		ClientID: p.options.OIDC.ClientID, ClientSecret: p.options.OIDC.ClientSecret,
		Endpoint: p.known.Endpoint(), RedirectURL: strings.TrimSuffix(p.options.URL, "/") + CallbackPath,
		Scopes: []string{oidc.ScopeOpenID, "email", "profile"},
	}, nil
}

// attempt is what a browser keeps while somebody is at the provider.
type attempt struct {
	State    string `json:"s"`
	Nonce    string `json:"n"`
	Verifier string `json:"v"`
	Next     string `json:"to"`
	Ends     int64  `json:"e"`
}

const (
	attemptCookie = "dateline_signon"
	attemptTime   = 10 * time.Minute
)

// HasOIDC reports whether people can sign on by a provider.
func (g *Guard) HasOIDC() bool { return g.oidc != nil }

// Begin returns where to send somebody who signs on, and the cookie to be
// sent along; next is where they want to go.
func (g *Guard) Begin(ctx context.Context, next string) (address string, cookie *http.Cookie, err error) {
	_, config, err := g.oidc.discover(ctx)
	if err != nil {
		return "", nil, err
	}
	a := attempt{rand.Text(), rand.Text(), oauth2.GenerateVerifier(), next, g.options.Now().Add(attemptTime).Unix()}
	address = config.AuthCodeURL(a.State, oidc.Nonce(a.Nonce), oauth2.S256ChallengeOption(a.Verifier))
	return address, &http.Cookie{
		Name: attemptCookie, Value: g.sign("signon", a), Path: CallbackPath, MaxAge: int(attemptTime.Seconds()),
		HttpOnly: true, Secure: g.secure(), SameSite: http.SameSiteLaxMode,
	}, nil
}

// Complete takes somebody back from the provider: it returns the cookie of a
// session and where to go.
func (g *Guard) Complete(r *http.Request) (cookie *http.Cookie, next string, err error) {
	var a attempt
	kept, err := r.Cookie(attemptCookie)
	if err != nil || !g.open("signon", kept.Value, &a) || g.options.Now().After(time.Unix(a.Ends, 0)) {
		return nil, "", errors.New("the sign-on took too long or began in another browser; begin again")
	}
	values := r.URL.Query()
	if subtle.ConstantTimeCompare([]byte(values.Get("state")), []byte(a.State)) != 1 {
		return nil, "", errors.New("the answer belongs to another sign-on; begin again")
	}
	if refused := values.Get("error"); refused != "" {
		return nil, "", fmt.Errorf("the provider refused: %s %s", refused, values.Get("error_description"))
	}
	name, role, err := g.oidc.identify(r.Context(), values.Get("code"), a)
	if err != nil {
		return nil, "", err
	}
	return g.cookie(session{Name: name, Role: role}), a.Next, nil
}

// identify exchanges the code for an ID token and reads who it speaks of.
func (p *provider) identify(ctx context.Context, code string, a attempt) (name string, role Role, err error) {
	known, config, err := p.discover(ctx)
	if err != nil {
		return "", "", err
	}
	ctx = p.context(ctx)
	token, err := config.Exchange(ctx, code, oauth2.VerifierOption(a.Verifier))
	if err != nil {
		return "", "", fmt.Errorf("the provider did not take its own code: %w", err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := known.Verifier(&oidc.Config{ClientID: p.options.OIDC.ClientID, Now: p.options.Now}).Verify(ctx, raw)
	if err != nil {
		return "", "", fmt.Errorf("the provider's ID token is not good: %w", err)
	}
	if id.Nonce != a.Nonce {
		return "", "", errors.New("the ID token belongs to another sign-on; begin again")
	}
	claims := map[string]any{}
	if err := id.Claims(&claims); err != nil {
		return "", "", fmt.Errorf("the provider's ID token is not good: %w", err)
	}
	name = nameOf(claims, id.Subject)
	if role = p.options.OIDC.role(claims); role == "" {
		return "", "", fmt.Errorf("%s is known to the provider, but has no role here; ask an administrator", name)
	}
	return name, role, nil
}

func nameOf(claims map[string]any, subject string) string {
	for _, claim := range []string{"preferred_username", "email", "name"} {
		if s, ok := claims[claim].(string); ok && s != "" {
			return s
		}
	}
	return subject
}

// role is the highest that the claims give, "" for none.
func (o OIDC) role(claims map[string]any) Role {
	values := o.values(claims)
	has := func(wanted []string) bool {
		return slices.ContainsFunc(wanted, func(w string) bool { return w == "*" || slices.Contains(values, w) })
	}
	switch {
	case has(o.Admins):
		return Admin
	case has(o.Editors):
		return Editor
	case has(o.Readers):
		return Reader
	}
	return ""
}

// values are those of the claim. An address of e-mail that the provider does
// not say it has verified is nobody's.
func (o OIDC) values(claims map[string]any) []string {
	claim := o.Claim
	if claim == "" || claim == "email" {
		claim = "email"
		if verified, _ := claims["email_verified"].(bool); !verified {
			return nil
		}
	}
	switch v := claims[claim].(type) {
	case string:
		return []string{v}
	case []any:
		var list []string
		for _, one := range v {
			if s, ok := one.(string); ok {
				list = append(list, s)
			}
		}
		return list
	}
	return nil
}
