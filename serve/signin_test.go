package serve_test

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/dateline-news/dateline/serve"
	"github.com/dateline-news/dateline/serve/access"
)

const password = "correct horse battery"

// clockwork is a clock that a test moves.
type clockwork struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clockwork) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clockwork) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// guarded serves to users only. It returns the file of users, too.
func guarded(t *testing.T, opts access.Options) (*desk, *access.Store) {
	t.Helper()
	if opts.File == "" {
		opts.File = filepath.Join(t.TempDir(), "access.yaml")
	}
	if opts.Now == nil {
		opts.Now = func() time.Time { return today }
	}
	guard, err := access.Open(opts)
	if err != nil {
		t.Fatal(err)
	}
	d := open(t, items()[:2], func(o *serve.Options) { o.Access = guard })
	return d, access.NewStore(opts.File)
}

// newGuard is a guard with an empty file.
func newGuard(t *testing.T) (*access.Guard, *access.Store) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "access.yaml")
	guard, err := access.Open(access.Options{File: file, Now: func() time.Time { return today }})
	if err != nil {
		t.Fatal(err)
	}
	return guard, access.NewStore(file)
}

// visitor is a browser without a window.
func visitor(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar}
}

func body(t *testing.T, r *http.Response, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func signIn(t *testing.T, c *http.Client, d *desk, name, password string) (*http.Response, string) {
	t.Helper()
	r, err := c.PostForm(d.URL+"/login", url.Values{"name": {name}, "password": {password}, "next": {"/reports/seminar"}})
	return r, body(t, r, err)
}

func mustAdd(t *testing.T, s *access.Store, name string, role access.Role) {
	t.Helper()
	if err := s.Add(name, role, password); err != nil {
		t.Fatal(err)
	}
}

func TestUserSignsInAndTheSessionOutlivesARestart(t *testing.T) {
	file := filepath.Join(t.TempDir(), "access.yaml")
	d, store := guarded(t, access.Options{File: file})
	mustAdd(t, store, "ayla", access.Reader)
	c := visitor(t)
	r, err := c.Get(d.URL + "/?q=customs")
	if text := body(t, r, err); !strings.Contains(text, "Sign in") || !strings.HasSuffix(r.Request.URL.String(), "next=%2F%3Fq%3Dcustoms") {
		t.Fatalf("a stranger sees %s:\n%s", r.Request.URL, text)
	}
	if r, text := signIn(t, c, d, "ayla", password); r.Request.URL.Path != "/reports/seminar" || !strings.Contains(text, "ayla") {
		t.Fatalf("after signing in: %s\n%s", r.Request.URL, text)
	}
	// Another process with the same file and key.
	guard, err := access.Open(access.Options{File: file, Now: func() time.Time { return today }})
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequest(http.MethodGet, "/", nil)
	u, _ := url.Parse(d.URL)
	for _, cookie := range c.Jar.Cookies(u) {
		request.AddCookie(cookie)
	}
	if who, ok := guard.Identify(request); !ok || who.Name != "ayla" || who.Role != access.Reader {
		t.Errorf("after a restart it is %+v, %v", who, ok)
	}
	if err := store.SetPassword("ayla", "another long password"); err != nil {
		t.Fatal(err)
	}
	r, err = c.Get(d.URL + "/")
	if body(t, r, err); r.Request.URL.Path != "/login" {
		t.Errorf("a session outlives the password at %s", r.Request.URL)
	}
}

func TestWrongPasswordsAreRefusedAndThenHeldBack(t *testing.T) {
	clock := &clockwork{now: today}
	d, store := guarded(t, access.Options{Now: clock.Now})
	mustAdd(t, store, "ayla", access.Reader)
	c := visitor(t)
	for range 5 {
		if r, _ := signIn(t, c, d, "ayla", "wrong"); r.StatusCode != http.StatusUnauthorized {
			t.Fatalf("a wrong password gives %d", r.StatusCode)
		}
	}
	if r, text := signIn(t, c, d, "ayla", password); r.StatusCode != http.StatusTooManyRequests || !strings.Contains(text, "wait") {
		t.Errorf("the sixth try gives %d", r.StatusCode)
	}
	clock.pass(time.Minute)
	if r, _ := signIn(t, c, d, "ayla", password); r.StatusCode != http.StatusOK {
		t.Errorf("a minute later the right one gives %d", r.StatusCode)
	}
	if r, _ := signIn(t, visitor(t), d, "nobody", password); r.StatusCode != http.StatusUnauthorized {
		t.Errorf("an unknown name gives %d", r.StatusCode)
	}
}

func TestSessionEnds(t *testing.T) {
	clock := &clockwork{now: today}
	d, store := guarded(t, access.Options{Now: clock.Now, SessionTime: time.Hour})
	mustAdd(t, store, "ayla", access.Reader)
	c := visitor(t)
	signIn(t, c, d, "ayla", password)
	clock.pass(time.Hour)
	r, err := c.Get(d.URL + "/")
	if body(t, r, err); r.Request.URL.Path != "/login" {
		t.Errorf("an hour later the session leads to %s", r.Request.URL)
	}
}

func TestRolesAllowWhatTheySay(t *testing.T) {
	d, store := guarded(t, access.Options{})
	tokens := map[access.Role]string{}
	for _, role := range []access.Role{access.Reader, access.Editor, access.Admin} {
		token, err := store.AddToken("t-"+string(role), role, "")
		if err != nil {
			t.Fatal(err)
		}
		tokens[role] = token
	}
	wall, err := store.AddToken("wall", access.Reader, "caspian")
	if err != nil {
		t.Fatal(err)
	}
	tokens["wall"] = wall
	for _, test := range []struct {
		method, path string
		token        access.Role
		want         int
	}{
		{"GET", "/api/v1/search", "", 401},
		{"GET", "/api/v1/search", "unknown", 401},
		{"GET", "/api/v1/search", access.Reader, 200},
		{"GET", "/", access.Reader, 200},
		{"POST", "/api/v1/anything", access.Reader, 403},
		{"POST", "/api/v1/anything", access.Editor, 404},
		{"POST", "/operator/anything", access.Editor, 403},
		{"POST", "/operator/anything", access.Admin, 404},
		{"GET", "/", "wall", 403},
		{"GET", "/api/v1/search", "wall", 403},
		{"GET", "/healthz", "", 200},
		{"GET", "/static/style.css", "", 200},
	} {
		request, err := http.NewRequest(test.method, d.URL+test.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if token := tokens[test.token]; token != "" {
			request.Header.Set("Authorization", "Bearer "+token)
		} else if test.token != "" {
			request.Header.Set("Authorization", "Bearer dl_"+string(test.token))
		}
		r, err := http.DefaultClient.Do(request)
		if body(t, r, err); r.StatusCode != test.want {
			t.Errorf("%s %s as %q gives %d, want %d", test.method, test.path, test.token, r.StatusCode, test.want)
		}
	}
	// A feed reader has the token in the address; it may only read.
	r, err := http.Get(d.URL + "/?token=" + tokens[access.Admin])
	if body(t, r, err); r.StatusCode != http.StatusOK {
		t.Errorf("a token in the address gives %d", r.StatusCode)
	}
}

func TestRequestsOfOtherSitesChangeNothing(t *testing.T) {
	d := open(t, items()[:1])
	for name, header := range map[string]http.Header{
		"fetched across sites": {"Sec-Fetch-Site": {"cross-site"}},
		"of another origin":    {"Origin": {"https://evil.example"}},
	} {
		request, err := http.NewRequest(http.MethodPost, d.URL+"/logout", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header = header
		r, err := http.DefaultClient.Do(request)
		if body(t, r, err); r.StatusCode != http.StatusForbidden {
			t.Errorf("%s: %d", name, r.StatusCode)
		}
	}
}

func TestLoopbackAnswersToItsOwnNamesAlone(t *testing.T) {
	d := open(t, items()[:1], func(o *serve.Options) { o.LoopbackOnly = true })
	for host, want := range map[string]int{"127.0.0.1:8080": 200, "localhost": 200, "[::1]:8080": 200, "evil.example": 421, "192.168.1.4:8080": 421} {
		request, err := http.NewRequest(http.MethodGet, d.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Host = host
		r, err := http.DefaultClient.Do(request)
		if body(t, r, err); r.StatusCode != want {
			t.Errorf("%s gives %d, want %d", host, r.StatusCode, want)
		}
	}
}

func TestSignInGoesOnToOurOwnPagesOnly(t *testing.T) {
	d, store := guarded(t, access.Options{})
	mustAdd(t, store, "ayla", access.Reader)
	for _, next := range []string{"https://evil.example", "//evil.example", `/\evil.example`, "javascript:alert(1)", "/\t/evil.example"} {
		c := visitor(t)
		c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		r, err := c.PostForm(d.URL+"/login", url.Values{"name": {"ayla"}, "password": {password}, "next": {next}})
		if body(t, r, err); r.Header.Get("Location") != "/" {
			t.Errorf("%q leads to %q", next, r.Header.Get("Location"))
		}
	}
}

func TestCookieIsKeptFromScriptsAndPlainHTTP(t *testing.T) {
	d, store := guarded(t, access.Options{URL: "https://news.example"})
	mustAdd(t, store, "ayla", access.Reader)
	c := visitor(t)
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	r, _ := signIn(t, c, d, "ayla", password)
	cookies := r.Cookies()
	if len(cookies) != 1 {
		t.Fatalf("cookies %v", cookies)
	}
	if one := cookies[0]; !one.Secure || !one.HttpOnly || one.SameSite != http.SameSiteLaxMode || one.Path != "/" || !strings.HasPrefix(one.Name, "__Host-") {
		t.Errorf("cookie %v", one)
	}
}

// signOn is an OpenID Connect provider that knows one person.
type signOn struct {
	*httptest.Server
	key    *rsa.PrivateKey
	nonce  string
	claims map[string]any
}

func newSignOn(t *testing.T) *signOn {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	p := &signOn{key: key, claims: map[string]any{"email": "ayla@news.example", "email_verified": true}}
	mux := http.NewServeMux()
	answer := func(w http.ResponseWriter, value any) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(value) // the client may have gone
	}
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{
			"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
			"id_token_signing_alg_values_supported": []string{"RS256"},
		})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: key.Public(), KeyID: "k", Algorithm: "RS256", Use: "sig"}}})
	})
	mux.HandleFunc("GET /authorize", func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		p.nonce = q.Get("nonce")
		http.Redirect(w, r, q.Get("redirect_uri")+"?"+url.Values{"state": {q.Get("state")}, "code": {"code-" + q.Get("code_challenge")}}.Encode(), http.StatusFound)
	})
	mux.HandleFunc("POST /token", func(w http.ResponseWriter, r *http.Request) {
		if r.PostFormValue("code_verifier") == "" || !strings.HasPrefix(r.PostFormValue("code"), "code-") {
			http.Error(w, `{"error":"invalid_grant"}`, http.StatusBadRequest)
			return
		}
		answer(w, map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": p.token(t)})
	})
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

func (p *signOn) token(t *testing.T) string {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: p.key}, (&jose.SignerOptions{}).WithHeader("kid", "k"))
	if err != nil {
		t.Error(err)
		return ""
	}
	claims := map[string]any{"iss": p.URL, "aud": "dateline", "sub": "1", "nonce": p.nonce, "iat": today.Unix(), "exp": today.Add(time.Hour).Unix()}
	for k, v := range p.claims {
		claims[k] = v
	}
	content, _ := json.Marshal(claims) // a map of strings and numbers
	signed, err := signer.Sign(content)
	if err != nil {
		t.Error(err)
		return ""
	}
	compact, _ := signed.CompactSerialize()
	return compact
}

func TestProviderSignsPeopleOnWithTheirRoles(t *testing.T) {
	provider := newSignOn(t)

	d, _ := guardedAt(t, access.OIDC{
		Issuer: provider.URL, ClientID: "dateline", ClientSecret: "s", Editors: []string{"ayla@news.example"}, Admins: []string{"root@news.example"},
	})
	for _, test := range []struct {
		name   string
		claims map[string]any
		want   string
	}{
		{"an editor", map[string]any{}, "(editor)"},
		{"an admin", map[string]any{"email": "root@news.example"}, "(admin)"},
		{"an address that is not verified", map[string]any{"email": "root@news.example", "email_verified": false}, "no role here"},
		{"somebody without a role", map[string]any{"email": "x@news.example"}, "no role here"},
		{"a token for another program", map[string]any{"aud": "other"}, "is not good"},
		{"a token that has ended", map[string]any{"exp": today.Add(-time.Hour).Unix()}, "is not good"},
		{"a token of another sign-on", map[string]any{"nonce": "other"}, "another sign-on"},
	} {
		t.Run(test.name, func(t *testing.T) {
			provider.claims = map[string]any{"email": "ayla@news.example", "email_verified": true}
			for k, v := range test.claims {
				provider.claims[k] = v
			}
			r, err := visitor(t).Get(d.URL + "/login/oidc?next=%2Freports%2Fseminar")
			if text := body(t, r, err); !strings.Contains(text, test.want) {
				t.Errorf("%s shows no %q:\n%s", r.Request.URL, test.want, text)
			}
		})
	}
	t.Run("an answer that nobody asked for", func(t *testing.T) {
		r, err := visitor(t).Get(d.URL + access.CallbackPath + "?code=code-x&state=x")
		if text := body(t, r, err); r.StatusCode != http.StatusForbidden || !strings.Contains(text, "begin again") {
			t.Errorf("gives %d:\n%s", r.StatusCode, text)
		}
	})
}

// guardedAt serves with sign-on at its own address, which it must know before
// it runs.
func guardedAt(t *testing.T, o access.OIDC) (*desk, *access.Store) {
	t.Helper()
	var inner http.Handler
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { inner.ServeHTTP(w, r) }))
	t.Cleanup(front.Close)
	file := filepath.Join(t.TempDir(), "access.yaml")
	guard, err := access.Open(access.Options{File: file, URL: front.URL, OIDC: o, Now: func() time.Time { return today }})
	if err != nil {
		t.Fatal(err)
	}
	d := open(t, items()[:2], func(opts *serve.Options) { opts.Access = guard; inner = serve.New(*opts) })
	return &desk{front, d.archive, nil}, access.NewStore(file)
}

func TestFileOfUsersThatIsDamagedLetsNobodyIn(t *testing.T) {
	file := filepath.Join(t.TempDir(), "access.yaml")
	store := access.NewStore(file)
	mustAdd(t, store, "ayla", access.Admin)
	for _, content := range []string{"users: [", "users:\n- name: a\n  role: king\n", "guests: []\n"} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := access.Open(access.Options{File: file, Now: time.Now}); err == nil || !strings.Contains(fmt.Sprint(err), file) {
			t.Errorf("%q gives %v", content, err)
		}
	}
}
