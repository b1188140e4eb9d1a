package channel

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	netmail "net/mail"
	"os"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
)

// SMTP is the mail server that e-mail is handed to; without a Host there is
// no e-mail.
type SMTP struct {
	Host     string `yaml:"host"`
	Port     int    `yaml:"port"`
	User     string `yaml:"user"`
	Password string `yaml:"password"`
	From     string `yaml:"from"`
	// TLS is starttls (the default), tls from the first byte on, or none.
	TLS string `yaml:"tls"`
	// CA is a PEM file with the authority of the server's certificate.
	CA string `yaml:"ca"`
}

// The values of SMTP.TLS.
const (
	tlsStart    = "starttls"
	tlsImplicit = "tls"
	tlsNone     = "none"
)

// mailer hands messages to the mail server.
type mailer struct {
	smtp    SMTP
	options []mail.Option
	domain  string
	now     func() time.Time
}

func newMailer(s SMTP, now func() time.Time) (*mailer, error) {
	from, err := netmail.ParseAddress(s.From)
	if err != nil {
		return nil, fmt.Errorf("from: %q is not an address such as Dateline <dateline@example.org>", s.From)
	}
	m := &mailer{smtp: s, now: now, domain: from.Address[strings.LastIndexByte(from.Address, '@')+1:]}
	m.options = []mail.Option{mail.WithTimeout(sendTime), mail.WithHELO(m.domain)}
	if err := m.encrypt(); err != nil {
		return nil, err
	}
	if s.Port != 0 {
		m.options = append(m.options, mail.WithPort(s.Port))
	}
	if s.User != "" {
		m.options = append(m.options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.User), mail.WithPassword(s.Password))
	}
	return m, nil
}

func (m *mailer) encrypt() error {
	switch m.smtp.TLS {
	case "", tlsStart:
		m.options = append(m.options, mail.WithTLSPortPolicy(mail.TLSMandatory))
	case tlsImplicit:
		m.options = append(m.options, mail.WithSSLPort(false))
	case tlsNone:
		m.options = append(m.options, mail.WithTLSPortPolicy(mail.NoTLS))
	default:
		return fmt.Errorf("tls: %q is not %s, %s or %s", m.smtp.TLS, tlsStart, tlsImplicit, tlsNone)
	}
	if m.smtp.CA == "" {
		return nil
	}
	pem, err := os.ReadFile(m.smtp.CA)
	if err != nil {
		return fmt.Errorf("ca: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return fmt.Errorf("ca: %s holds no certificate", m.smtp.CA)
	}
	m.options = append(m.options, mail.WithTLSConfig(&tls.Config{RootCAs: pool, ServerName: m.smtp.Host, MinVersion: tls.VersionTLS12}))
	return nil
}

func checkAddresses(addresses []string) error {
	for _, a := range addresses {
		if parsed, err := netmail.ParseAddress(a); err != nil || parsed.Address != a {
			return fmt.Errorf("to: %q is not an address of e-mail", a)
		}
	}
	return nil
}

// mailbox is one address.
type mailbox struct {
	*mailer
	address string
}

func (b *mailbox) Send(ctx context.Context, m Message) error {
	message, err := b.compose(m)
	if err != nil {
		return &Failure{Err: err}
	}
	client, err := mail.NewClient(b.smtp.Host, b.options...)
	if err != nil {
		return &Failure{Err: err}
	}
	if err := client.DialAndSendWithContext(ctx, message); err != nil {
		return &Failure{Temporary: temporary(message, err), Unsure: unsure(err), Err: err}
	}
	return nil
}

// compose writes the message, with the same Message-ID on every try. Programs
// that list mail show a header of one-click unsubscription (RFC 8058) as a
// button.
func (b *mailbox) compose(m Message) (*mail.Msg, error) {
	message := mail.NewMsg()
	if err := message.From(b.smtp.From); err != nil {
		return nil, err
	}
	if err := message.To(b.address); err != nil {
		return nil, err
	}
	message.Subject(m.Subject)
	message.SetDateWithValue(b.now())
	message.SetMessageIDWithValue(m.ID + "@" + b.domain)
	message.SetGenHeader("Auto-Submitted", "auto-generated")
	message.SetGenHeader("List-Id", "Dateline alerts <"+m.Rules[0]+".alerts."+b.domain+">")
	if m.Unsubscribe != "" {
		message.SetGenHeader("List-Unsubscribe", "<"+m.Unsubscribe+">")
		message.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	}
	if m.Urgent {
		message.SetImportance(mail.ImportanceHigh)
	}
	message.SetBodyString(mail.TypeTextPlain, m.Text)
	message.AddAlternativeString(mail.TypeTextHTML, m.HTML)
	return message, nil
}

// temporary reports whether another try can help: an answer of 4xx, or no
// answer at all.
func temporary(message *mail.Msg, err error) bool {
	var send *mail.SendError
	if errors.As(err, &send) {
		return send.IsTemp() || send.ErrorCode() == 0
	}
	return !message.HasSendError() || message.SendErrorIsTemp()
}

// unsure reports whether the server may have taken the message: all of it was
// written, and no answer came.
func unsure(err error) bool {
	var send *mail.SendError
	return errors.As(err, &send) && send.Reason == mail.ErrSMTPDataClose && send.ErrorCode() == 0
}
