package inbox

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/dateline-news/dateline/ingest/page"
	"github.com/dateline-news/dateline/ingest/warc"
	"github.com/dateline-news/dateline/news"
)

// ErrNoPages: the archive holds no page with an article.
var ErrNoPages = errors.New("none of its records holds an article; write an archive of article pages")

// ReadArchive extracts the article of every page in a WARC file and hands it
// to visit, in the file's order; an error of visit ends the reading. Pages
// longer than maxBody bytes and those without an article are passed over.
// damage says what of the file could not be read, "" when all was. The agency
// of a report is the page's publisher, else its host.
func ReadArchive(file io.Reader, maxBody int64, opts Options, visit func(*news.Report) error) (damage string, err error) {
	if opts.Location == nil {
		opts.Location = time.UTC
	}
	records, err := warc.NewReader(file, maxBody+maxBody/8)
	if err != nil {
		return "", err
	}
	found := 0
	for {
		record, err := records.Next()
		if err == io.EOF {
			break
		}
		if err != nil && found == 0 {
			return "", err
		}
		if err != nil {
			return fmt.Sprintf("%v; %d reports before that were read", err, found), nil
		}
		r := archived(record, maxBody, opts)
		if r == nil {
			continue
		}
		found++
		if err := visit(Complete(r, "", opts)); err != nil {
			return "", err
		}
	}
	if found == 0 {
		return "", ErrNoPages
	}
	return "", nil
}

// archived is the report of a record, nil for one without an article.
func archived(record *warc.Record, maxBody int64, opts Options) *news.Report {
	answer, err := record.Response(maxBody)
	if err != nil || answer.Status != http.StatusOK || !isPage(answer.Header.Get("Content-Type")) {
		return nil
	}
	r, err := page.Extract(answer.Body, answer.URL, page.Options{
		Source: opts.Source, ContentType: answer.Header.Get("Content-Type"),
		Location: opts.Location, Language: opts.Language, Selectors: opts.Selectors,
	})
	if err != nil {
		return nil
	}
	if u, err := url.Parse(r.URL); r.Agency == "" && err == nil {
		r.Agency = strings.TrimPrefix(u.Hostname(), "www.")
	}
	return r
}

func isPage(contentType string) bool {
	return contentType == "" || strings.Contains(strings.ToLower(contentType), "html")
}
