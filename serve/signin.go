package serve

import (
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/dateline-news/dateline/serve/access"
)

// admitted lets in who may come in, with what they may do. A request from
// another site that would change something is refused in any case.
func (s *server) admitted(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.refuse(w, r, http.StatusForbidden, "That came from another site", errors.New("a page of another site asked for a change; do it on Dateline's own page"))
	}))
	return protection.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.Push.knows(r) {
			next.ServeHTTP(w, r)
			return
		}
		if s.Access == nil {
			s.local(w, r, next)
			return
		}
		if public(r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		who, ok := s.Access.Identify(r)
		switch {
		case !ok:
			s.askToSignIn(w, r)
		case who.Dashboard != "" && !strings.HasPrefix(r.URL.Path, "/embed/"+url.PathEscape(who.Dashboard)):
			s.refuse(w, r, http.StatusForbidden, "That is not yours to see", errors.New("this token shows the dashboard "+who.Dashboard+" alone"))
		case !who.Role.May(needed(r)):
			s.refuse(w, r.WithContext(access.With(r.Context(), who)), http.StatusForbidden, "That is not yours to do", errors.New("it needs the role "+string(needed(r))+"; you have "+string(who.Role)))
		default:
			next.ServeHTTP(w, r.WithContext(access.With(r.Context(), who)))
		}
	}))
}

// local serves who needs no sign-in: people at this machine. A request under
// another name than the machine's own is one that a foreign page sent here by
// way of its own name, or came through a proxy that lets in anybody.
func (s *server) local(w http.ResponseWriter, r *http.Request, next http.Handler) {
	if s.LoopbackOnly && !isLoopback(r.Host) {
		s.refuse(w, r, http.StatusMisdirectedRequest, "Dateline is open to this machine alone",
			errors.New("it was asked for as "+r.Host+"; open it as 127.0.0.1 or localhost, or, to serve others, add users with `dateline users add`"))
		return
	}
	next.ServeHTTP(w, r)
}

func isLoopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// public reports whether a path is open to those who have not signed in. The
// right to unsubscribe is in the address that was mailed.
func public(path string) bool {
	return path == "/login" || path == "/logout" || path == "/login/oidc" || path == access.CallbackPath ||
		path == "/healthz" || path == "/readyz" || strings.HasPrefix(path, "/static/") || strings.HasPrefix(path, "/unsubscribe/")
}

// needed is the role that a request takes.
func needed(r *http.Request) access.Role {
	switch {
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		return access.Reader
	case strings.HasPrefix(r.URL.Path, searchesPath+"/"):
		return access.Reader // everybody's own; sharing asks for more
	case strings.HasPrefix(r.URL.Path, "/operator/") || strings.HasPrefix(r.URL.Path, "/api/v1/operator/"):
		return access.Admin
	}
	return access.Editor
}

// refuse tells a program or a person that it may not be.
func (s *server) refuse(w http.ResponseWriter, r *http.Request, status int, heading string, err error) {
	if strings.HasPrefix(r.URL.Path, "/api/") {
		s.problem(w, r, status, err)
		return
	}
	s.fault(w, r, status, heading, err)
}

func (s *server) askToSignIn(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/api/") || r.Header.Get("Authorization") != "" || r.URL.Query().Has("token") {
		w.Header().Set("WWW-Authenticate", `Bearer realm="Dateline"`)
		s.refuse(w, r, http.StatusUnauthorized, "That token is not known", errors.New("send a token as Authorization: Bearer TOKEN; an administrator makes one with `dateline users token NAME`"))
		return
	}
	next := "/"
	if r.Method == http.MethodGet {
		next = r.URL.RequestURI()
	}
	http.Redirect(w, r, "/login?"+url.Values{"next": {next}}.Encode(), http.StatusSeeOther)
}

// loginView is the page to sign in on.
type loginView struct {
	Next      string
	Name      string
	Problem   string
	Passwords bool
	OIDC      bool
}

func (s *server) loginPage(w http.ResponseWriter, r *http.Request) {
	if s.Access == nil {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return
	}
	s.showLogin(w, r, http.StatusOK, loginView{Next: ours(r.URL.Query().Get("next"))})
}

func (s *server) showLogin(w http.ResponseWriter, r *http.Request, status int, v loginView) {
	v.Passwords, v.OIDC = s.Access.HasPasswords(), s.Access.HasOIDC()
	s.show(w, r, status, "login", view{Title: "Sign in – Dateline", Page: v})
}

// ours is an address of ours to go on to, whatever was asked for.
func ours(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return "/"
	}
	return next
}

func (s *server) login(w http.ResponseWriter, r *http.Request) {
	if s.Access == nil {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
	name, next := r.PostFormValue("name"), ours(r.PostFormValue("next"))
	cookie, err := s.Access.Password(r.Context(), name, r.PostFormValue("password"))
	switch {
	case errors.Is(err, access.ErrThrottled):
		s.showLogin(w, r, http.StatusTooManyRequests, loginView{Next: next, Name: name, Problem: err.Error()})
	case errors.Is(err, access.ErrDenied):
		s.Logger.Warn("sign-in refused", "name", name, "from", r.RemoteAddr)
		s.showLogin(w, r, http.StatusUnauthorized, loginView{Next: next, Name: name, Problem: err.Error()})
	case err != nil:
		s.fault(w, r, http.StatusInternalServerError, "Signing in failed", err)
	default:
		http.SetCookie(w, cookie)
		http.Redirect(w, r, next, http.StatusSeeOther)
	}
}

func (s *server) logout(w http.ResponseWriter, r *http.Request) {
	if s.Access != nil {
		http.SetCookie(w, s.Access.SignOutCookie())
	}
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}

func (s *server) beginOIDC(w http.ResponseWriter, r *http.Request) {
	if s.Access == nil || !s.Access.HasOIDC() {
		s.notFound(w, r)
		return
	}
	address, cookie, err := s.Access.Begin(r.Context(), ours(r.URL.Query().Get("next")))
	if err != nil {
		s.fault(w, r, http.StatusBadGateway, "The sign-on service does not answer", err)
		return
	}
	http.SetCookie(w, cookie)
	http.Redirect(w, r, address, http.StatusSeeOther)
}

func (s *server) completeOIDC(w http.ResponseWriter, r *http.Request) {
	if s.Access == nil || !s.Access.HasOIDC() {
		s.notFound(w, r)
		return
	}
	cookie, next, err := s.Access.Complete(r)
	if err != nil {
		s.Logger.Warn("sign-on refused", "from", r.RemoteAddr, "error", err)
		s.showLogin(w, r, http.StatusForbidden, loginView{Next: "/", Problem: err.Error()})
		return
	}
	http.SetCookie(w, cookie)
	http.Redirect(w, r, next, http.StatusSeeOther)
}
