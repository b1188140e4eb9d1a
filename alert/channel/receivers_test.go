package channel

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/alert/notice"
	"github.com/dateline-news/dateline/configs"
	"github.com/dateline-news/dateline/news"
)

// message is one that says what a rule told of an event.
func message(t *testing.T) Message {
	t.Helper()
	m := Message{
		ID: "msg_1", Rules: []string{"picard"}, Link: "https://dateline.example/alerts/picard",
		Unsubscribe: "https://dateline.example/unsubscribe/token",
		Notices: []notice.Notice{{
			ID: "1", Rule: "picard", Title: "PICARD 2026: new edition – Tbilisi <GE>", Text: "It is held in Tbilisi & Batumi.", MatchedBy: []string{"new_edition"},
			Event: &notice.Event{
				ID: "picard-2026", Name: "PICARD", Start: news.Day(2026, 9, 29), End: news.Day(2026, 10, 2), Place: "Tbilisi", Host: "Georgia Revenue Service",
				Changes: []notice.Change{{Kind: "date_changed", Old: "May", New: "October"}},
			},
			Sources: []notice.Source{{Agency: "Kavkaz Press", URL: "https://kavkaz.example/1", Published: time.Date(2026, 3, 12, 11, 20, 0, 0, time.UTC)}},
		}},
	}
	templates, err := ParseTemplates(configs.Templates(""))
	if err != nil {
		t.Fatal(err)
	}
	if err := templates.Fill(&m); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestTheShippedTemplatesSayWhatThereIsToSay(t *testing.T) {
	m := message(t)
	want := `PICARD 2026: new edition – Tbilisi <GE>
date changed: May → October
when: 29 September – 1 October 2026
where: Tbilisi
host: Georgia Revenue Service

It is held in Tbilisi & Batumi.
Kavkaz Press, 12 March 2026 11:20 UTC: https://kavkaz.example/1
matched by: new_edition

Rule: picard
https://dateline.example/alerts/picard
No more of this: https://dateline.example/unsubscribe/token`
	if diff := cmp.Diff(want, m.Text); diff != "" {
		t.Error(diff)
	}
	if m.Subject != "PICARD 2026: new edition – Tbilisi <GE>" {
		t.Errorf("the subject is %q", m.Subject)
	}
	for _, want := range []string{"Tbilisi &lt;GE&gt;", "Tbilisi &amp; Batumi", `href="https://kavkaz.example/1"`} {
		if !strings.Contains(m.HTML, want) {
			t.Errorf("the HTML does not have %s:\n%s", want, m.HTML)
		}
	}
}

func TestATemplateOfOnesOwnStandsForTheShippedOne(t *testing.T) {
	own := fstest.MapFS{"subject.tmpl": {Data: []byte("Desk: {{(index .Notices 0).Title}}\nsecond line")}}
	templates, err := ParseTemplates(own, configs.Templates(""))
	if err != nil {
		t.Fatal(err)
	}
	m := message(t)
	if err := templates.Fill(&m); err != nil {
		t.Fatal(err)
	}
	if m.Subject != "Desk: PICARD 2026: new edition – Tbilisi <GE> second line" || !strings.Contains(m.Text, "where: Tbilisi") {
		t.Errorf("subject %q, text %q", m.Subject, m.Text)
	}
	broken := fstest.MapFS{"text.tmpl": {Data: []byte("{{.Nothing}}")}}
	if _, err := ParseTemplates(broken, configs.Templates("")); err == nil || !strings.Contains(err.Error(), "Nothing") {
		t.Errorf("a template with a mistake: %v", err)
	}
}

// mailServer is a real SMTP server that keeps what it gets.
type mailServer struct {
	smtp *smtp.Server
	port int

	mu     sync.Mutex
	got    []received
	refuse *smtp.SMTPError
}

type received struct {
	from string
	to   []string
	data []byte
}

func newMailServer(t *testing.T) *mailServer {
	s := &mailServer{}
	s.smtp = smtp.NewServer(s)
	s.smtp.AllowInsecureAuth = true
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.port = l.Addr().(*net.TCPAddr).Port
	ended := make(chan struct{})
	go func() { defer close(ended); _ = s.smtp.Serve(l) }()
	t.Cleanup(func() { _ = s.smtp.Close(); <-ended })
	return s
}

func (s *mailServer) NewSession(*smtp.Conn) (smtp.Session, error) {
	return &mailSession{server: s}, nil
}

type mailSession struct {
	server *mailServer
	mail   received
}

func (m *mailSession) Reset()        { m.mail = received{} }
func (m *mailSession) Logout() error { return nil }
func (m *mailSession) Mail(from string, _ *smtp.MailOptions) error {
	m.mail.from = from
	return nil
}
func (m *mailSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	m.server.mu.Lock()
	defer m.server.mu.Unlock()
	if m.server.refuse != nil {
		return m.server.refuse
	}
	m.mail.to = append(m.mail.to, to)
	return nil
}
func (m *mailSession) Data(r io.Reader) (err error) {
	m.mail.data, err = io.ReadAll(r)
	m.server.mu.Lock()
	defer m.server.mu.Unlock()
	m.server.got = append(m.server.got, m.mail)
	return err
}

func mailSet(t *testing.T, port int) *Set {
	t.Helper()
	set, err := NewSet(
		[]Config{{Name: "editors", Kind: Mail, To: []string{"Editor@example.org", "deputy@example.org"}}},
		Options{SMTP: SMTP{Host: "127.0.0.1", Port: port, From: "Dateline <dateline@example.org>", TLS: "none"}},
	)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestMailArrivesAsTextAndHTMLWithOneClickUnsubscription(t *testing.T) {
	server := newMailServer(t)
	set := mailSet(t, server.port)
	targets := set.Targets("editors")
	if diff := cmp.Diff([]string{"mailto:editor@example.org", "mailto:deputy@example.org"}, targets); diff != "" {
		t.Error(diff)
	}
	m := message(t)
	if err := set.Send(t.Context(), targets[0], m); err != nil {
		t.Fatal(err)
	}
	got := server.got[0]
	if got.from != "dateline@example.org" || len(got.to) != 1 || got.to[0] != "editor@example.org" {
		t.Errorf("from %s to %v", got.from, got.to)
	}
	read, err := mail.ReadMessage(bytes.NewReader(got.data))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(read.Header.Get("Subject"))
	if err != nil || subject != m.Subject {
		t.Errorf("subject %q, %v", subject, err)
	}
	for name, want := range map[string]string{
		"Message-Id": "<msg_1@example.org>", "List-Unsubscribe": "<https://dateline.example/unsubscribe/token>",
		"List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Auto-Submitted": "auto-generated",
	} {
		if got := read.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	kind, parameters, err := mime.ParseMediaType(read.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("content type %s, %v", kind, err)
	}
	var parts []string
	for reader := multipart.NewReader(read.Body, parameters["boundary"]); ; {
		part, err := reader.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(part) // quoted-printable is undone by the reader
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, strings.TrimSpace(strings.ReplaceAll(string(body), "\r\n", "\n")))
	}
	if diff := cmp.Diff([]string{m.Text, strings.TrimSpace(m.HTML)}, parts); diff != "" {
		t.Error(diff)
	}
}

func TestAMailServerSaysWhetherAnotherTryCanHelp(t *testing.T) {
	server := newMailServer(t)
	set := mailSet(t, server.port)
	for _, test := range []struct {
		code      int
		temporary bool
	}{{450, true}, {550, false}} {
		server.refuse = &smtp.SMTPError{Code: test.code, EnhancedCode: smtp.EnhancedCode{test.code / 100, 1, 1}, Message: "not now"}
		var failure *Failure
		if err := set.Send(t.Context(), "mailto:a@example.org", message(t)); !errors.As(err, &failure) || failure.Temporary != test.temporary {
			t.Errorf("%d: %v, temporary %v", test.code, err, failure != nil && failure.Temporary)
		}
	}
	_ = server.smtp.Close()
	var failure *Failure
	if err := set.Send(t.Context(), "mailto:a@example.org", message(t)); !errors.As(err, &failure) || !failure.Temporary {
		t.Errorf("no server: %v", err)
	}
}

// posted answers POSTs and keeps them.
func posted(t *testing.T, status int, header http.Header) (url string, got chan *http.Request, bodies chan string) {
	got, bodies = make(chan *http.Request, 10), make(chan string, 10)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		got <- r
		bodies <- string(body)
		for name, values := range header {
			w.Header()[name] = values
		}
		w.WriteHeader(status)
	}))
	t.Cleanup(s.Close)
	return s.URL, got, bodies
}

func setOf(t *testing.T, c Config) *Set {
	t.Helper()
	set, err := NewSet([]Config{c}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestSlackGetsTextThatIsEscaped(t *testing.T) {
	url, _, bodies := posted(t, http.StatusOK, nil)
	set := setOf(t, Config{Name: "room", Kind: Slack, URL: url, Local: true})
	if err := set.Send(t.Context(), "room", message(t)); err != nil {
		t.Fatal(err)
	}
	var body struct{ Text string }
	if err := json.Unmarshal([]byte(<-bodies), &body); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"*PICARD 2026: new edition – Tbilisi &lt;GE&gt;*\n", "Tbilisi &amp; Batumi", "<https://dateline.example/alerts/picard>"} {
		if !strings.Contains(body.Text, want) {
			t.Errorf("the text does not have %q:\n%s", want, body.Text)
		}
	}
}

func TestNtfyGetsPlainTextWithHeaders(t *testing.T) {
	url, got, bodies := posted(t, http.StatusOK, nil)
	set := setOf(t, Config{Name: "phone", Kind: Ntfy, URL: url, Token: "tk", Local: true})
	m := message(t)
	m.Urgent = true
	if err := set.Send(t.Context(), "phone", m); err != nil {
		t.Fatal(err)
	}
	r := <-got
	title, err := new(mime.WordDecoder).DecodeHeader(r.Header.Get("Title"))
	if err != nil || title != m.Subject {
		t.Errorf("title %q, %v", title, err)
	}
	for name, want := range map[string]string{"Tags": "picard", "Priority": "high", "Click": m.Link, "Authorization": "Bearer tk", "X-Message-Id": "msg_1"} {
		if got := r.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if body := <-bodies; body != m.Text {
		t.Errorf("the body is %q", body)
	}
}

func TestAnAnswerSaysWhetherAnotherTryCanHelp(t *testing.T) {
	for _, test := range []struct {
		status    int
		header    http.Header
		ok        bool
		temporary bool
		after     time.Duration
	}{
		{200, nil, true, false, 0},
		{202, nil, true, false, 0},
		{301, http.Header{"Location": {"https://elsewhere.example"}}, false, false, 0},
		{400, nil, false, false, 0},
		{404, nil, false, false, 0},
		{410, nil, false, false, 0},
		{408, nil, false, true, 0},
		{429, http.Header{"Retry-After": {"120"}}, false, true, 2 * time.Minute},
		{500, nil, false, true, 0},
		{503, http.Header{"Retry-After": {"9999999"}}, false, true, 24 * time.Hour},
	} {
		url, _, _ := posted(t, test.status, test.header)
		set := setOf(t, Config{Name: "room", Kind: Slack, URL: url, Local: true})
		err := set.Send(t.Context(), "room", message(t))
		var failure *Failure
		switch {
		case test.ok:
			if err != nil {
				t.Errorf("%d: %v", test.status, err)
			}
		case !errors.As(err, &failure) || failure.Temporary != test.temporary || failure.RetryAfter != test.after:
			t.Errorf("%d: %v, %+v", test.status, err, failure)
		}
	}
}

func TestTheAddressOfAHookIsNotTold(t *testing.T) {
	set := setOf(t, Config{Name: "room", Kind: Slack, URL: "http://127.0.0.1:1/services/SECRET", Local: true})
	err := set.Send(t.Context(), "room", message(t))
	if err == nil || strings.Contains(err.Error(), "SECRET") {
		t.Errorf("the error is %v", err)
	}
}

func TestMistakesOfChannelsAreTold(t *testing.T) {
	for _, test := range []struct {
		c    Config
		want string
	}{
		{Config{Name: "a", Kind: "pigeon"}, "is not webhook"},
		{Config{Name: "a b", Kind: Slack, URL: "https://a.example"}, "is not a name"},
		{Config{Name: "a", Kind: Webhook, URL: "https://a.example"}, "needs one to be signed with"},
		{Config{Name: "a", Kind: Webhook, URL: "https://a.example", Secrets: []string{"hunter2"}}, "base64 of 24 to 64"},
		{Config{Name: "a", Kind: Ntfy, URL: "ntfy.sh/topic"}, "is not an address"},
		{Config{Name: "a", Kind: Mail, To: []string{"a@example.org"}}, "set alert.smtp"},
		{Config{Name: "a", Kind: Webhook, URL: "https://a.example", SecretFiles: []string{"/does/not/exist"}}, "/does/not/exist"},
	} {
		_, err := NewSet([]Config{test.c}, Options{})
		if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%+v: error is %v, want one that says %q", test.c, err, test.want)
		}
	}
}

func TestTheBreakerLeavesATargetAloneAndTriesOneAtATime(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	b := &Breaker{Failures: 3, Pause: time.Minute, Longest: 3 * time.Minute}
	fail := func() {
		if _, ok := b.Allow("a", now); !ok {
			t.Fatalf("not allowed at %s", now)
		}
		b.Done("a", true, now)
	}
	for range 3 {
		fail()
	}
	for _, pause := range []time.Duration{time.Minute, 2 * time.Minute, 3 * time.Minute, 3 * time.Minute} {
		if again, ok := b.Allow("a", now); ok || again.Sub(now) != pause {
			t.Errorf("allowed %v, again in %s, want in %s", ok, again.Sub(now), pause)
		}
		if _, ok := b.Allow("b", now); !ok {
			t.Error("another target is not allowed")
		}
		now = now.Add(pause)
		if _, ok := b.Allow("a", now); !ok {
			t.Fatal("not allowed after the pause")
		}
		if _, ok := b.Allow("a", now); ok {
			t.Error("two tries at a time")
		}
		b.Done("a", true, now)
	}
	now = now.Add(3 * time.Minute)
	if _, ok := b.Allow("a", now); !ok {
		t.Fatal("not allowed after the pause")
	}
	b.Done("a", false, now)
	if _, ok := b.Allow("a", now); !ok {
		t.Error("not allowed after a success")
	}
}
