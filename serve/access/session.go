package access

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// session is what the cookie of somebody who has signed in says.
type session struct {
	Name string `json:"n"`
	// Generation is the user's at sign-in.
	Generation int `json:"g,omitempty"`
	// Role is set for who came by OIDC, whom the file does not know.
	Role Role  `json:"r,omitempty"`
	Ends int64 `json:"e"` // Unix seconds
}

// sessionKey returns the configured key, or the one beside the file, which is
// made when there is none.
func sessionKey(opts Options) ([]byte, error) {
	const length = 32
	if len(opts.Key) > 0 {
		if len(opts.Key) < length {
			return nil, fmt.Errorf("access.session_key: %d bytes are too few; use %d or more", len(opts.Key), length)
		}
		return opts.Key, nil
	}
	file := filepath.Join(filepath.Dir(opts.File), "session.key")
	key, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		key, err = makeKey(file, length)
	}
	switch {
	case err != nil:
		return nil, fmt.Errorf("the key of sessions: %w", err)
	case len(key) < length:
		return nil, fmt.Errorf("%s is too short to sign sessions; remove it", file)
	}
	return key, nil
}

// makeKey makes the file, unless another process has just done so.
func makeKey(file string, length int) ([]byte, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		return nil, err
	}
	lock := flock.New(file + ".lock")
	if err := lock.Lock(); err != nil {
		return nil, err
	}
	defer func() { _ = lock.Unlock() }()
	if key, err := os.ReadFile(file); err == nil {
		return key, nil
	}
	key := make([]byte, length)
	_, _ = rand.Read(key) // never fails
	return key, writeFile(file, key)
}

// sign returns the value with a message authentication code, for one use.
func (g *Guard) sign(use string, value any) string {
	body, err := json.Marshal(value)
	if err != nil {
		panic(err) // our own structs always encode
	}
	b64 := base64.RawURLEncoding
	return b64.EncodeToString(body) + "." + b64.EncodeToString(g.code(use, body))
}

func (g *Guard) code(use string, body []byte) []byte {
	mac := hmac.New(sha256.New, g.key)
	mac.Write([]byte(use + "\x00"))
	mac.Write(body)
	return mac.Sum(nil)
}

// open reads what sign made.
func (g *Guard) open(use, signed string, into any) bool {
	left, right, ok := strings.Cut(signed, ".")
	if !ok {
		return false
	}
	body, err := base64.RawURLEncoding.DecodeString(left)
	if err != nil {
		return false
	}
	code, err := base64.RawURLEncoding.DecodeString(right)
	if err != nil || !hmac.Equal(code, g.code(use, body)) {
		return false
	}
	return json.Unmarshal(body, into) == nil
}

func (g *Guard) secure() bool { return strings.HasPrefix(g.options.URL, "https://") }

func (g *Guard) cookieName() string {
	if g.secure() {
		return "__Host-dateline" // a browser takes it from this host over TLS alone
	}
	return "dateline"
}

func (g *Guard) cookie(s session) *http.Cookie {

	age := int(g.options.SessionTime.Seconds())
	s.Ends = g.options.Now().Add(g.options.SessionTime).Unix()
	return &http.Cookie{
		Name: g.cookieName(), Value: g.sign("session", s), Path: "/", MaxAge: age,
		HttpOnly: true, Secure: g.secure(), SameSite: http.SameSiteLaxMode,
	}
}

// SignOutCookie ends the session of the browser that gets it.
func (g *Guard) SignOutCookie() *http.Cookie {
	return &http.Cookie{Name: g.cookieName(), Path: "/", MaxAge: -1, HttpOnly: true, Secure: g.secure(), SameSite: http.SameSiteLaxMode}
}

func (g *Guard) bySession(r *http.Request) (Identity, bool) {
	cookie, err := r.Cookie(g.cookieName())
	if err != nil {
		return Identity{}, false
	}
	var s session
	if !g.open("session", cookie.Value, &s) || !g.options.Now().Before(time.Unix(s.Ends, 0)) {
		return Identity{}, false
	}
	if s.Role != "" {
		return Identity{Name: s.Name, Role: s.Role, Session: true}, g.oidc != nil
	}
	list, err := g.store.read()
	if err != nil {
		return Identity{}, false
	}
	u := list.user(s.Name)
	if u.Name == "" || u.Generation != s.Generation {
		return Identity{}, false
	}
	return Identity{Name: u.Name, Role: u.Role, Session: true}, true
}
