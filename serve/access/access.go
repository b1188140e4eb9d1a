// Package access says who may see and do what: users with passwords, tokens
// for programs and embedded dashboards, and sign-on by an OpenID Connect
// provider. Passwords are kept as Argon2id hashes and tokens as SHA-256 sums;
// sessions are signed cookies, which outlive a restart and need no store.
package access

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Role is what somebody may do.
type Role string

// The roles; each may do what those before it may.
const (
	Reader Role = "reader" // see everything
	Editor Role = "editor" // and change rules
	Admin  Role = "admin"  // and operate the pipeline
)

var roles = []Role{Reader, Editor, Admin}

// ParseRole reads the name of a role.
func ParseRole(name string) (Role, error) {
	if !slices.Contains(roles, Role(name)) {
		return "", fmt.Errorf("no role is called %q; use reader, editor or admin", name)
	}
	return Role(name), nil
}

// May reports whether the role allows what needs the other.
func (r Role) May(needed Role) bool {
	return slices.Index(roles, r) >= slices.Index(roles, needed) && slices.Contains(roles, r)
}

// Identity is who asks.
type Identity struct {
	Name string // "" where nobody has to sign in
	Role Role
	// Dashboard is the only dashboard that a token for embedding shows.
	Dashboard string
	// Session says that it came by a cookie, and can sign out.
	Session bool
}

type contextKey struct{}

// With returns a context that carries who asks.
func With(ctx context.Context, i Identity) context.Context {
	return context.WithValue(ctx, contextKey{}, i)
}

// From returns who asks; where nobody has to sign in, an admin without a name.
func From(ctx context.Context) Identity {
	if i, ok := ctx.Value(contextKey{}).(Identity); ok {
		return i
	}
	return Identity{Role: Admin}
}

// Identified reports whether it is known who asks.
func Identified(ctx context.Context) bool {
	_, ok := ctx.Value(contextKey{}).(Identity)
	return ok
}

// The errors of this package; check them with errors.Is.
var (
	// ErrDenied: the name or the password is wrong.
	ErrDenied = errors.New("the name or the password is not right")
	// ErrThrottled: too many wrong passwords; waiting helps.
	ErrThrottled = errors.New("too many tries; wait a minute and try again")
	// ErrNone: nobody could sign in.
	ErrNone = errors.New("nobody can sign in")
)

// Options configure Open.
type Options struct {
	// File holds users and tokens; it may not exist yet.
	File string
	// Key signs sessions, 32 bytes at least; when empty, one is made and kept
	// beside File.
	Key []byte
	// URL is where people reach the pages; with https, cookies are sent over
	// TLS alone.
	URL string
	// SessionTime is how long a session lasts, 0 means a week.
	SessionTime time.Duration
	// OIDC is off while its Issuer is empty.
	OIDC OIDC
	Now  func() time.Time
}

// Guard knows who may come in. It is safe for concurrent use.
type Guard struct {
	options  Options
	store    *Store
	key      []byte
	throttle throttle
	hashing  chan struct{} // bounds the memory that hashing takes
	oidc     *provider
}

// Open reads the users. The provider of OIDC, if any, is asked for its
// endpoints when the first person signs in by it.
func Open(opts Options) (*Guard, error) {
	if opts.SessionTime == 0 {
		opts.SessionTime = 7 * 24 * time.Hour
	}
	g := &Guard{options: opts, store: NewStore(opts.File), hashing: make(chan struct{}, 2)}
	g.throttle.now = opts.Now
	if _, err := g.store.read(); err != nil {
		return nil, err
	}
	var err error
	if g.key, err = sessionKey(opts); err != nil {
		return nil, err
	}
	if opts.OIDC.Issuer != "" {
		if g.oidc, err = newProvider(opts); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// Configured returns nil when somebody can come in, else an error that wraps
// ErrNone and says what to do.
func (g *Guard) Configured() error {
	list, err := g.store.read()
	switch {
	case err != nil:
		return err
	case len(list.Users) == 0 && len(list.Tokens) == 0 && g.oidc == nil:
		return fmt.Errorf("%w: make a first user with `dateline users add NAME --role admin`, or configure access.oidc", ErrNone)
	}
	return nil
}

// Identify returns who asks, by bearer token, by the parameter token (for
// feeds and embedded dashboards, whose readers can send no header) or by the
// cookie of a session.
func (g *Guard) Identify(r *http.Request) (Identity, bool) {
	if scheme, token, ok := strings.Cut(r.Header.Get("Authorization"), " "); ok && strings.EqualFold(scheme, "Bearer") {
		return g.byToken(strings.TrimSpace(token))
	}
	if token := r.URL.Query().Get("token"); token != "" && r.Method == http.MethodGet {
		i, ok := g.byToken(token)
		i.Role = Reader
		return i, ok
	}
	return g.bySession(r)
}

// byToken finds the token by its sum, so that nothing is compared with what
// the asker sent.
func (g *Guard) byToken(token string) (Identity, bool) {
	list, err := g.store.read()
	if err != nil {
		return Identity{}, false
	}
	sum := sumOf(token)
	for _, t := range list.Tokens {
		if t.Sum == sum {
			return Identity{Name: t.Name, Role: t.Role, Dashboard: t.Dashboard}, true
		}
	}
	return Identity{}, false
}

func sumOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// Password checks a password and returns the cookie of a new session.
func (g *Guard) Password(ctx context.Context, name, password string) (*http.Cookie, error) {
	if err := g.throttle.allow(name); err != nil {
		return nil, err
	}
	select {
	case g.hashing <- struct{}{}:
		defer func() { <-g.hashing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	list, err := g.store.read()
	if err != nil {
		return nil, err
	}
	u := list.user(name)
	// A name that nobody has takes as long as one that somebody has.
	if !verify(cmp.Or(u.Password, nobody()), password) || u.Name == "" {
		g.throttle.fail(name)
		return nil, ErrDenied
	}
	g.throttle.succeed(name)
	return g.cookie(session{Name: u.Name, Generation: u.Generation}), nil
}

// HasPasswords reports whether anybody signs in by password.
func (g *Guard) HasPasswords() bool {
	list, err := g.store.read()
	return err == nil && len(list.Users) > 0
}
