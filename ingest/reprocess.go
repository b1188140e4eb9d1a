package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/dateline-news/dateline/ingest/fetch"
	"github.com/dateline-news/dateline/ingest/warc"
	"github.com/dateline-news/dateline/news"
)

// ReprocessOptions configure Reprocess.
type ReprocessOptions struct {
	// Options are those of Run: Bus, Sources, WARC and what bounds a page.
	Options
	// Source limits the work to the source of that name; "" means all.
	Source string
	// DryRun counts what would be published, and publishes nothing.
	DryRun bool
	// Progress is told now and then how many of how many pages are done.
	Progress func(done, of int)
}

// Reprocessed is what Reprocess did.
type Reprocessed struct {
	// Pages were read from the archive, the last answer for each item.
	// Published of them gave another article than before and are new revisions,
	// or would be with DryRun.
	Pages, Published int
	// Older pages were read again since, when nothing was archived; Foreign
	// ones are of sources that are no longer configured; Unread ones hold no
	// article that this version can read.
	Older, Foreign, Unread int
	// Damaged names the files that could be read only in part, with the reason.
	Damaged []string
}

// ErrNoArchive: the folder has no WARC files.
var ErrNoArchive = errors.New("there are no archived answers; switch on ingest.warc to keep those to come")

// Reprocess runs the extractor over the last archived answer for each item
// and publishes the articles that come out otherwise than before, as the next
// revisions of their reports. What it publishes is published once however
// often it runs, and it can be broken off at any moment.
func Reprocess(ctx context.Context, opts ReprocessOptions) (Reprocessed, error) {
	opts.Options = opts.withDefaults()
	state, err := openStore(ctx, opts.Bus, opts.Logger)
	if err != nil {
		return Reprocessed{}, fmt.Errorf("open the state of ingestion: %w", err)
	}
	files, err := archiveFiles(opts.WARC)
	if err != nil {
		return Reprocessed{}, err
	}
	p := &reprocess{ReprocessOptions: opts, desk: newDesk(opts.Options, state), last: map[string]*answer{}, runners: map[string]*runner{}}
	for i, file := range files {
		if err := p.look(ctx, i, file); err != nil {
			return p.done, err
		}
	}
	for i, file := range files {
		if err := p.extract(ctx, i, file); err != nil {
			return p.done, err
		}
	}
	return p.done, nil
}

// archiveFiles are the files of the archive in the order of their times.
func archiveFiles(dir string) ([]string, error) {
	var files []string
	for _, suffix := range []string{archiveSuffix, archiveSuffix + openSuffix} {
		found, err := filepath.Glob(filepath.Join(dir, "*"+suffix))
		if err != nil {
			return nil, fmt.Errorf("look through the WARC archive: %w", err)
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: %w", dir, ErrNoArchive)
	}
	slices.Sort(files)
	return files, nil
}

// answer is where the last answer for an item is.
type answer struct {
	file, record int
	date         time.Time
	// confirmed is when the server last said that it had not changed.
	confirmed time.Time
}

type reprocess struct {
	ReprocessOptions
	desk    *desk
	last    map[string]*answer
	runners map[string]*runner
	done    Reprocessed
}

// archived is an answer with what it was asked for.
type archived struct {
	asked
	*warc.Record
	status int
	number int
}

func (a *archived) key() string { return itemKey(a.Source, a.Item.Key()) }

// look notes the last answer for each item in a file.
func (p *reprocess) look(ctx context.Context, file int, path string) error {
	return p.each(ctx, path, true, func(a *archived) error {
		known := p.last[a.key()]
		switch {
		case a.status == http.StatusNotModified:
			if known != nil && a.Date.After(known.confirmed) {
				known.confirmed = a.Date
			}
		case known == nil || a.Date.After(known.date):
			p.last[a.key()] = &answer{file: file, record: a.number, date: a.Date, confirmed: a.Date}
		}
		return nil
	})
}

// extract reads the articles of a file's answers that are the last ones.
func (p *reprocess) extract(ctx context.Context, file int, path string) error {
	return p.each(ctx, path, false, func(a *archived) error {
		last := p.last[a.key()]
		if last == nil || last.file != file || last.record != a.number {
			return nil
		}
		if p.Progress != nil && p.done.Pages%100 == 0 {
			p.Progress(p.done.Pages, len(p.last))
		}
		p.done.Pages++
		return p.page(ctx, a, last)
	})
}

// each calls f with every answer in the file that was fetched for an item. A
// file that is damaged is read as far as it goes, and told of once.
func (p *reprocess) each(ctx context.Context, path string, tell bool, f func(*archived) error) error {
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		file, err = os.Open(strings.TrimSuffix(path, openSuffix)) // ended meanwhile
	}
	if err != nil {
		return fmt.Errorf("read the WARC archive: %w", err)
	}
	defer file.Close()
	damaged := func(err error) error {
		if tell {
			p.done.Damaged = append(p.done.Damaged, path+": "+err.Error())
		}
		return nil
	}
	reader, err := warc.NewReader(file, 2*p.desk.MaxBody+1<<20)
	if err != nil {
		return damaged(err)
	}
	var before *warc.Record
	for number := 0; ; number++ {
		record, err := reader.Next()
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return damaged(err)
		}
		if a := p.pair(before, record, number); a != nil {
			if err := f(a); err != nil {
				return err
			}
		}
		before = record
	}
}

// pair puts an answer and the record behind it together; nil when they are
// not an answer and what it was asked for.
func (p *reprocess) pair(response, metadata *warc.Record, number int) *archived {
	if response == nil || response.Type != warc.TypeResponse || metadata.Type != recordMetadata || metadata.URL != response.URL {
		return nil
	}
	a := &archived{Record: response, number: number}
	if err := json.Unmarshal(metadata.Block, &a.asked); err != nil || p.Source != "" && a.Source != p.Source {
		return nil
	}
	answer, err := response.Response(p.desk.MaxBody)
	if err != nil || !isAnswer(answer.Status) {
		return nil
	}
	a.status = answer.Status
	return a
}

// page extracts one page's article and publishes it if it is another one than
// before.
func (p *reprocess) page(ctx context.Context, a *archived, last *answer) error {
	r, err := p.runner(a.Source)
	if err != nil || r == nil {
		p.done.Foreign++
		return err
	}
	var known itemState
	if _, err := load(ctx, r.state.seen, a.key(), &known); err != nil {
		return err
	}
	// The archive keeps times exactly, and a request begins after its item
	// was taken up.
	if known.Read.After(last.confirmed) {
		p.done.Older++
		return nil
	}
	answer, err := a.Response(p.desk.MaxBody)
	if err != nil {
		return err // it was read a moment ago
	}
	resp := &fetch.Response{URL: a.URL, ContentType: answer.Header.Get("Content-Type"), Body: answer.Body}
	report, err := r.safely(a.Item, func() (*news.Report, error) { return r.extract(ctx, resp, a.Item, &known) })
	switch {
	case isOfItem(err):
		p.done.Unread++
		return nil
	case err != nil:
		return err
	case report.HashContent() == known.Hash:
		return nil
	}
	if p.DryRun {
		p.done.Published++
		return nil
	}
	return p.publish(ctx, r, report, a.key(), known)
}

func (p *reprocess) publish(ctx context.Context, r *runner, report *news.Report, key string, known itemState) error {
	before := r.now.Published
	if err := r.publishItem(ctx, report, &known); err != nil {
		return err
	}
	p.done.Published += r.now.Published - before
	return save(ctx, r.state.seen, key, known)
}

// runner is that of the source, or nil when there is no such source.
func (p *reprocess) runner(source string) (*runner, error) {
	if r, ok := p.runners[source]; ok {
		return r, nil
	}
	i := slices.IndexFunc(p.Sources, func(s Source) bool { return s.Name == source })
	if i < 0 {
		return nil, nil
	}
	r, err := newRunner(p.Sources[i], p.desk)
	p.runners[source] = r
	return r, err
}
