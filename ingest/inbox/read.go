// Package inbox reads reports from files that people and programs drop in a
// folder: .txt, .html and .eml; .xml in NewsML-G2 or NITF and .json in ninjs,
// as agencies deliver them; .warc and .warc.gz, as crawlers write them. It
// promises to leave the files alone, and the text of a .txt file as it is, but
// for its header, its line ends and the white space around it.
//
// A .txt file may begin with a header, which ends at an empty line:
//
//	title: Customs heads meet in Baku
//	date: 2014-12-08
//	agency: REPORT.AZ
//	url: https://example.org/news/1
//
//	BAKU, December 8. ...
//
// The keys are title, date, agency (or source), url, byline, section, tags
// and language; lines of --- may stand around the header. In place of a
// header, or after it, the text may begin with the word date and a day, as in
// "date 2014-12-08 BAKU. ...". Both are taken off the text.
package inbox

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/dateline-news/dateline/ingest/canonical"
	"github.com/dateline-news/dateline/ingest/charset"
	"github.com/dateline-news/dateline/ingest/iptc"
	"github.com/dateline-news/dateline/ingest/page"
	"github.com/dateline-news/dateline/news"
)

// What can be wrong with a file, for errors.Is. None of it passes by itself.
var (
	ErrKind     = errors.New("only .txt, .html, .htm, .eml, .xml, .json, .warc and .warc.gz files are read; convert it or move it elsewhere")
	ErrTooLarge = errors.New("it is too large for a report; raise ingest.max_body if it is one")
	ErrEmpty    = errors.New("it holds no text; write the report into it")
	ErrNotText  = errors.New("it is not a text; save it as UTF-8")
	ErrMail     = errors.New("it is not a readable e-mail; save the message again with all its headers")
)

// Options say what is known of the folder.
type Options struct {
	// Source and Agency are put into the reports; a file's header may name
	// another agency.
	Source, Agency string
	// Location is the zone of times that name none; nil means UTC.
	Location *time.Location
	// Language is the BCP 47 tag of the folder's reports, "" to look.
	Language string
	// Selectors read the .html files.
	Selectors page.Selectors
}

// Contents are the reports in a file.
type Contents struct {
	Reports []*news.Report
	// Damage says what of the file could not be read, "" when all was.
	Damage string
	// One says that files of this kind hold one report, which goes on when
	// the file is edited.
	One bool
}

// Read returns the reports in a file, at least one. A report's id is that of
// its URL where it names one, else of the agency's own name for it, else of its
// text, so that two files with the same text are one report. The reports have
// no revision and no time seen.
func Read(name string, data []byte, opts Options) (*Contents, error) {
	if opts.Location == nil {
		opts.Location = time.UTC
	}
	var r *news.Report
	var err error
	switch extension(name) {
	case ".txt":
		r, err = readText(data, opts)
	case ".html", ".htm":
		r, err = readHTML(data, opts)
	case ".eml":
		r, err = readMail(data, opts)
	case ".xml":
		return readItems(iptc.ReadXML, data, opts)
	case ".json":
		return readItems(iptc.ReadNinjs, data, opts)
	default:
		err = ErrKind
	}
	if err != nil {
		return nil, err
	}
	return &Contents{Reports: []*news.Report{Complete(r, "", opts)}, One: true}, nil
}

// readItems reads a file of an agency's own format.
func readItems(read func([]byte, *time.Location) ([]iptc.Item, error), data []byte, opts Options) (*Contents, error) {
	items, err := read(data, opts.Location)
	if len(items) == 0 {
		return nil, err
	}
	out := &Contents{}
	if err != nil {
		out.Damage = err.Error()
	}
	for _, it := range items {
		out.Reports = append(out.Reports, Complete(it.Report, it.GUID, opts))
	}
	return out, nil
}

// Complete sets what every report has: agency, language, id and content hash,
// where it has none of its own. guid is the agency's own
// name for the report, "" for none.
func Complete(r *news.Report, guid string, opts Options) *news.Report {
	r.Source = opts.Source
	if r.Agency == "" {
		r.Agency = opts.Agency
	}
	if r.Language == "" {
		r.Language = opts.Language
	}
	if r.Language == "" {
		r.Language = page.DetectLanguage(r.Text)
	}
	key := "text:" + TextHash(r.Text)
	if guid != "" {
		key = "guid:" + guid
	}
	if u, err := canonical.URL(r.URL); err == nil {
		r.CanonicalURL, key = u, u
	}
	r.ID = news.ReportID(r.Agency, key)
	r.ContentHash = r.HashContent()
	return r
}

// TextHash is the same for texts that differ in white space alone.
func TextHash(text string) string {
	sum := sha256.Sum256([]byte(news.NormalSpace(text)))
	return hex.EncodeToString(sum[:16])
}

func readText(data []byte, opts Options) (*news.Report, error) {
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	r := &news.Report{}
	text, err = takeHeader(text, r, opts.Location)
	if err != nil {
		return nil, err
	}
	text = takeDate(text, r, opts.Location)
	if r.Text = strings.TrimSpace(text); r.Text == "" {
		return nil, ErrEmpty
	}
	return r, nil
}

// decode returns the text of a file with LF line ends.
func decode(data []byte) (string, error) {
	text, _, err := charset.Decode(data, "")
	if err != nil {
		return "", fmt.Errorf("%w (%w)", ErrNotText, err)
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(text), nil
}

// readHTML takes the article of the page or, since the file was put there to
// be read, all of its text.
func readHTML(data []byte, opts Options) (*news.Report, error) {
	r, err := page.Extract(data, "", page.Options{
		Source: opts.Source, Agency: opts.Agency, Location: opts.Location, Language: opts.Language, Selectors: opts.Selectors,
	})
	if err == nil {
		r.URL = r.CanonicalURL
		return r, nil
	}
	if !errors.Is(err, page.ErrNoArticle) || len(bytes.TrimSpace(data)) == 0 {
		return nil, ErrEmpty
	}
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	if text = page.Text(text); text == "" {
		return nil, ErrEmpty
	}
	return &news.Report{Text: text}, nil
}
