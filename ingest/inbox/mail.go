package inbox

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/jhillyerd/enmime/v2"

	"github.com/dateline-news/dateline/ingest/page"
	"github.com/dateline-news/dateline/ingest/when"
	"github.com/dateline-news/dateline/news"
)

// readMail takes the plain part of a message, else its HTML part; its subject
// as the title, its date as the time of publication, its sender as the byline.
func readMail(data []byte, opts Options) (*news.Report, error) {
	parser := enmime.NewParser(enmime.DisableTextConversion(true), enmime.SkipMalformedParts(true))
	mail, err := parser.ReadEnvelope(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w (%w)", ErrMail, err)
	}
	if mail.GetHeader("From") == "" && mail.GetHeader("Subject") == "" && mail.GetHeader("Date") == "" {
		return nil, ErrMail
	}
	text, err := decode([]byte(mail.Text))
	if err != nil {
		return nil, err
	}
	if text = strings.TrimSpace(text); text == "" {
		text = page.Text(mail.HTML)
	}
	if text == "" {
		return nil, ErrEmpty
	}
	r := &news.Report{Title: validText(mail.GetHeader("Subject")), Text: text}
	if t, _, ok := when.Parse(mail.GetHeader("Date"), opts.Location); ok {
		r.Published = t
	}
	if from, err := mail.AddressList("From"); err == nil {
		for _, a := range from {
			if name := validText(a.Name); name != "" {
				r.Byline = append(r.Byline, name)
			}
		}
	}
	return r, nil
}

// validText is s as one line of UTF-8.
func validText(s string) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " ")
}
