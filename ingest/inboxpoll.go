package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/dateline-news/dateline/ingest/inbox"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/wire"
)

// fileState is what is known of a file of an inbox.
type fileState struct {
	Size    int64     `json:"size"`
	ModTime time.Time `json:"mtime"`
	Hash    string    `json:"hash"`
	// Report is the id of the report that the file's text belongs to.
	Report string `json:"report,omitempty"`
	Error  string `json:"error,omitempty"`
}

// textState says which report has a text, so that a second file with the
// same text is no second report.
type textState struct {
	Report string `json:"report"`
}

func fileKey(source, path string) string { return "file." + source + "." + shortHash(path) }
func textKey(agency, text string) string {
	return "text." + shortHash(strings.ToLower(agency)) + "." + inbox.TextHash(text)
}

// folderReader polls an inbox.
type folderReader struct {
	*runner
	folder *inbox.Folder
	limit  int64
	// faults are the sentences on the files that cannot be read, by path.
	faults map[string]string
}

// inboxPoll returns the poll of a folder.
func (r *runner) inboxPoll() (func(context.Context) error, error) {
	dir := r.source.URL
	if u, err := url.Parse(dir); err == nil && u.Scheme == "file" {
		dir = u.Path
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("source %q: url: %w", r.source.Name, err)
	}
	f := &folderReader{runner: r, folder: inbox.NewFolder(dir), limit: r.MaxBody, faults: map[string]string{}}
	return f.poll, nil
}

// maxFiles bounds the files of one poll, so that a pause can come between.
const maxFiles = 500

// poll reads the files that are new or changed.
func (f *folderReader) poll(ctx context.Context) error {
	ready, all, err := f.folder.Look(f.Now())
	if err != nil {
		return err
	}
	for _, file := range ready[:min(len(ready), maxFiles)] {
		if err := f.read(ctx, file); err != nil {
			return fmt.Errorf("file %s: %w", file.Path, err)
		}
	}
	f.now.Items, f.now.Note = len(all), ""
	f.now.Error = f.faultSentence(all)
	return f.pruneFiles(ctx, all)
}

// pruneFiles forgets the files that were taken out of the folder long ago.
func (f *folderReader) pruneFiles(ctx context.Context, all []inbox.File) error {
	there := map[string]bool{}
	for _, file := range all {
		there[fileKey(f.source.Name, file.Path)] = true
	}
	return f.prune(ctx, fileKey(f.source.Name, ""), func(e jetstream.KeyValueEntry) bool {
		return !there[e.Key()] && f.Now().Sub(e.Created()) > forgetAfter
	})
}

// faultSentence names the files that are there and cannot be read.
func (f *folderReader) faultSentence(all []inbox.File) string {
	var out []string
	there := map[string]bool{}
	for _, file := range all {
		there[file.Path] = true
		if fault := f.faults[file.Path]; fault != "" {
			out = append(out, "file "+file.Path+": "+fault)
		}
	}
	for path := range f.faults {
		if !there[path] {
			delete(f.faults, path)
		}
	}
	slices.Sort(out)
	if len(out) > 3 {
		out = append(out[:3], fmt.Sprintf("and %d more", len(out)-3))
	}
	return strings.Join(out, "; ")
}

// read publishes one file, unless it is known as it is.
func (f *folderReader) read(ctx context.Context, file inbox.File) error {
	key := fileKey(f.source.Name, file.Path)
	var known fileState
	if _, err := load(ctx, f.state.seen, key, &known); err != nil {
		return err
	}
	if known.Hash != "" && known.Size == file.Size && known.ModTime.Equal(file.ModTime) {
		f.fault(file, known.Error, false)
		f.folder.Done(file)
		return nil
	}
	if inbox.IsArchive(file.Path) {
		return f.readArchive(ctx, key, file)
	}
	data, err := f.contents(file)
	if err != nil && !errors.Is(err, inbox.ErrTooLarge) && !errors.Is(err, inbox.ErrKind) {
		// Not Done: permissions change without a trace in size and time.
		f.fault(file, err.Error(), true)
		return nil
	}
	next := fileState{Size: file.Size, ModTime: file.ModTime, Hash: shortHash(string(data)), Report: known.Report}
	if next.Hash != known.Hash || known.Error != "" {
		next, err = f.publishFile(ctx, file, data, err, next)
		if err != nil {
			return err
		}
	}
	if err := save(ctx, f.state.seen, key, next); err != nil {
		return err
	}
	f.fault(file, next.Error, true)
	f.folder.Done(file)
	return nil
}

func (f *folderReader) contents(file inbox.File) ([]byte, error) {
	if !inbox.Readable(file.Path) {
		return nil, inbox.ErrKind
	}
	return f.folder.Open(file, f.limit)
}

// publishFile publishes the reports in the file. Its error is one of the bus;
// what is wrong with the file goes into the returned state.
func (f *folderReader) publishFile(ctx context.Context, file inbox.File, data []byte, fault error, state fileState) (fileState, error) {
	var contents *inbox.Contents
	if fault == nil {
		contents, fault = inbox.Read(file.Path, data, f.readOptions())
	}
	if fault != nil {
		state.Error = fault.Error()
		return state, nil
	}
	state.Error = contents.Damage
	for _, report := range contents.Reports {
		before := report.ID
		if contents.One {
			before = state.Report
		}
		id, fault, err := f.publishReport(ctx, file, report, before)
		if err != nil {
			return state, err
		}
		state.Error = cmp.Or(state.Error, fault)
		if contents.One && id != "" {
			state.Report = id
		}
	}
	return state, nil
}

func (f *folderReader) readOptions() inbox.Options {
	return inbox.Options{
		Source: f.source.Name, Agency: f.source.agency(), Location: f.location, Language: f.source.Language, Selectors: f.source.Article,
	}
}

// publishReport publishes one report of a file, unless another file has
// brought its text. before is the report that it may be a new revision of: the
// one that the file held when it was read last, or the one of the agency's own
// name; "" for none. It returns the report's id, or what is wrong with it;
// its error is one of the bus.
func (f *folderReader) publishReport(ctx context.Context, file inbox.File, report *news.Report, before string) (id, fault string, err error) {
	key := textKey(report.Agency, report.Text)
	var known textState
	if _, err := load(ctx, f.state.seen, key, &known); err != nil {
		return "", "", err
	}
	withdrawn := report.Status == news.StatusWithdrawn
	if known.Report != "" && known.Report != before && !withdrawn {
		f.log.Info("the file repeats a known report", "file", file.Path, "report", known.Report)
		return known.Report, "", nil
	}
	if report.CanonicalURL == "" && before != "" {
		report.ID = before // the file was edited: the same report goes on
	}
	published, err := f.publish(ctx, report)
	if errors.Is(err, wire.ErrTooLarge) || errors.Is(err, news.ErrInvalid) {
		return "", err.Error(), nil
	}
	if err != nil {
		return "", "", err
	}
	if published {
		f.now.Published++
		f.now.LastPublished = f.Now()
	}
	if report.Text == "" {
		return report.ID, "", nil
	}
	return report.ID, "", save(ctx, f.state.seen, key, textState{Report: report.ID})
}

// roomEvery is after how many reports of an archive the stage behind is asked
// whether it keeps up.
const roomEvery = 100

// readArchive publishes the reports of an archive one after the other, since
// it may be longer than memory. After a crash it is read again from the
// beginning, and what was published is known.
func (f *folderReader) readArchive(ctx context.Context, key string, file inbox.File) error {
	in, err := f.folder.OpenArchive(file)
	if err != nil {
		f.fault(file, err.Error(), true)
		return nil
	}
	defer in.Close()
	next := fileState{Size: file.Size, ModTime: file.ModTime, Hash: "archive"}
	var busError error
	n := 0
	damage, err := inbox.ReadArchive(in, f.limit, f.readOptions(), func(report *news.Report) error {
		if n++; n%roomEvery == 0 && !f.waitForRoom(ctx) {
			busError = context.Cause(ctx)
			return busError
		}
		_, fault, err := f.publishReport(ctx, file, report, report.ID)
		next.Error = cmp.Or(next.Error, fault)
		busError = err
		return err
	})
	if busError != nil {
		return busError
	}
	if err != nil {
		damage = err.Error()
	}
	next.Error = cmp.Or(damage, next.Error)
	if err := save(ctx, f.state.seen, key, next); err != nil {
		return err
	}
	f.fault(file, next.Error, true)
	f.folder.Done(file)
	return nil
}

// fault keeps the sentence on a file for the status and logs a new one once.
func (f *folderReader) fault(file inbox.File, sentence string, log bool) {
	if sentence == "" {
		delete(f.faults, file.Path)
		return
	}
	if log && f.faults[file.Path] != sentence {
		f.log.Warn("a file of the inbox could not be read", "file", file.Path, "error", sentence)
	}
	f.faults[file.Path] = sentence
}
