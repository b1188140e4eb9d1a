package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/internal/agencytest"
)

// receivers are those of every kind of channel. Each takes the first message
// and never answers, so that whoever sent it cannot know.
type receivers struct {
	hooks *httptest.Server
	mail  net.Listener
	dead  chan struct{} // closed when nobody waits for an answer any more

	mu   sync.Mutex
	keys map[string][]string // by channel, of each message the key and what marks a repeat
}

func newReceivers(t *testing.T) *receivers {
	t.Helper()
	r := &receivers{dead: make(chan struct{}), keys: map[string][]string{}}
	r.hooks = httptest.NewServer(r)
	t.Cleanup(r.hooks.Close)
	var err error
	if r.mail, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return mailbox{r}, nil }))
	ended := make(chan struct{})
	go func() { defer close(ended); _ = server.Serve(r.mail) }()
	t.Cleanup(func() { _ = server.Close(); <-ended })
	return r
}

// take keeps what came, and holds back the answer to the first.
func (r *receivers) take(channel, key string) {
	r.mu.Lock()
	r.keys[channel] = append(r.keys[channel], key)
	first := len(r.keys[channel]) == 1
	r.mu.Unlock()
	if first {
		<-r.dead
	}
}

func (r *receivers) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	body, err := io.ReadAll(request.Body)
	if err != nil {
		return // the sender died
	}
	h := request.Header
	switch channel := strings.Trim(request.URL.Path, "/"); channel {
	case "hook":
		r.take(channel, h.Get("Webhook-Id"))
	case "phone":
		r.take(channel, h.Get("X-Sequence-Id")+" "+h.Get("X-Message-Id"))
	case "room":
		var said struct{ Text string }
		_ = json.Unmarshal(body, &said) // an empty text is not what is wanted
		r.take(channel, fmt.Sprint(strings.Contains(said.Text, "Ferry sails"), " repeat ", strings.Contains(said.Text, "may have come before")))
	}
}

type mailbox struct{ *receivers }

func (m mailbox) Reset()                               {}
func (m mailbox) Logout() error                        { return nil }
func (m mailbox) Mail(string, *smtp.MailOptions) error { return nil }
func (m mailbox) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (m mailbox) Data(data io.Reader) error {
	whole, err := io.ReadAll(data)
	if err != nil {
		return err
	}
	read, err := mail.ReadMessage(bytes.NewReader(whole))
	if err != nil {
		return err
	}
	m.take("mail", read.Header.Get("Message-Id"))
	return nil
}

// came wants as many messages of each channel.
func (r *receivers) came(each int) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, channel := range []string{"hook", "phone", "room", "mail"} {
		if n := len(r.keys[channel]); n != each {
			return fmt.Errorf("%s got %d messages, want %d: %v", channel, n, each, r.keys)
		}
	}
	return nil
}

// TestAMessageThatWasSentAndNotRecordedComesAgainUnderItsID kills Dateline
// when every channel has taken a message and none has answered. Each message
// comes once more, in a form by which its receiver can know it, and then no more.
func TestAMessageThatWasSentAndNotRecordedComesAgainUnderItsID(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for the messages of a dead process; run without -short")
	}
	t.Parallel() // most of the time it waits
	r := newReceivers(t)
	dir, data := t.TempDir(), t.TempDir()
	inbox, rules := filepath.Join(dir, "inbox"), filepath.Join(dir, "rules")
	for _, d := range []string{inbox, rules} {
		if err := os.Mkdir(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	_, port, err := net.SplitHostPort(r.mail.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(dir, "dateline.yaml")
	for file, content := range map[string]string{
		filepath.Join(rules, "ferries.yaml"): "name: ferries\nquery: ferry\nnotify: [hook, phone, room, 'mailto:desk@example.org']\n",
		config: fmt.Sprintf(`log: {level: warn}
alert:
  rules: %[1]s
  smtp: {host: 127.0.0.1, port: %[2]s, from: dateline@example.org, tls: none}
  channels:
    - {name: hook, kind: webhook, url: "%[3]s/hook", secrets: [whsec_%[4]s], local: true}
    - {name: phone, kind: ntfy, url: "%[3]s/phone", local: true}
    - {name: room, kind: slack, url: "%[3]s/room", local: true}
`, rules, port, r.hooks.URL, base64.StdEncoding.EncodeToString(make([]byte, 32))),
	} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	start := func() *process {
		return dateline(t, "run", "--config", config, "--data", data, "--inbox", inbox, "--listen", "127.0.0.1:0")
	}
	running := start()
	running.await(t, `page +(http://\S+)`)
	dropInto(t, inbox, seasonDispatch{slug: "ferry", agency: "Harbour", title: "Ferry sails", text: "The ferry left the port at noon.", published: time.Now().UTC()})
	agencytest.Eventually(t, limit, func() error { return r.came(1) })
	running.kill(t)
	close(r.dead)

	running = start()
	agencytest.Eventually(t, limit, func() error { return r.came(2) })
	server := running.await(t, `page +(http://\S+)`)
	agencytest.Eventually(t, limit, func() error { return nothingWaits(t.Context(), server) })
	running.interrupt(t)
	running = start() // what was recorded is not sent again
	server = running.await(t, `page +(http://\S+)`)
	agencytest.Eventually(t, limit, func() error { return nothingWaits(t.Context(), server) })
	running.interrupt(t)
	if err := r.came(2); err != nil {
		t.Fatal(err)
	}
	for channel, keys := range r.keys {
		if channel == "room" {
			continue
		}
		if !strings.Contains(keys[0], "msg_") || keys[0] != keys[1] {
			t.Errorf("the ids at %s are %q, want one that is the same twice", channel, keys)
		}
	}
	if a, b, _ := strings.Cut(r.keys["phone"][0], " "); a != b {
		t.Errorf("the phone's ids are %q and %q", a, b)
	}
	if diff := cmp.Diff([]string{"true repeat false", "true repeat true"}, r.keys["room"]); diff != "" {
		t.Errorf("the room, which has no id, got (-want +got):\n%s", diff)
	}
}
