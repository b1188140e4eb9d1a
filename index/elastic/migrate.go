package elastic

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"strconv"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/news"
)

// MigrateOptions say how Migrate works. The zero value is useful.
type MigrateOptions struct {
	// Progress is told now and then how many reports are copied, and of how
	// many; it may be nil.
	Progress func(done, of int)
	// Restart removes what a migration that was cut off has left. It must not
	// be set while another one runs.
	Restart bool
	// DeleteOld removes the old index at the end; without it the index stays,
	// written by nobody.
	DeleteOld bool
}

// Migrated says what a migration did.
type Migrated struct {
	// Old and New are the names of the indexes.
	Old, New string
	// Reports is the number of reports in the new one, and Past that of the
	// superseded revisions beside them.
	Reports, Past int
}

// The bounds of a migration.
const (
	// copyPage is how many reports are read at once.
	copyPage = 500
	// fewLeft is how many reports may be left to copy when writes are stopped.
	fewLeft = 1000
	// maxPasses bounds how often changes are caught up with before that.
	maxPasses = 20
)

// Migrate makes a new index with the schema of this program from the reports
// of the one in use, and puts it in its place. Searches go on in the old one
// until then. So do writes: what they change meanwhile is copied again and
// again until little is left; for that last part writes are refused, which
// makes every writer try again, and then both aliases move to the new index in
// one step. An error before that step leaves everything as it was.
//
// Invariant 6: the archive keeps the highest version; reports are copied under
// the versions they have.
func Migrate(ctx context.Context, o Options, m MigrateOptions) (Migrated, error) {
	o = o.withDefaults()
	client, err := newClient(o)
	if err != nil {
		return Migrated{}, err
	}
	defer client.Close(context.WithoutCancel(ctx))
	c := &cluster{transport: client, addresses: addresses(o), timeout: o.Timeout}
	n := namesOf(o.Name)
	past := &migration{MigrateOptions: m, options: o, cluster: c, names: n.past()}
	revisions, err := past.runIfThere(ctx)
	if err != nil {
		return Migrated{}, fmt.Errorf("migrate the index of %s: %w", past.names.read, past.names.explain(err))
	}
	mig := &migration{MigrateOptions: m, options: o, cluster: c, names: n}
	done, err := mig.run(ctx)
	if err != nil {
		return Migrated{}, fmt.Errorf("migrate the index of %s: %w", o.Name, n.explain(err))
	}
	done.Past = revisions.Reports
	return done, nil
}

// runIfThere migrates an index that archives of an earlier version lack.
func (m *migration) runIfThere(ctx context.Context) (Migrated, error) {
	err := m.cluster.do(ctx, esapi.IndicesGetAliasRequest{Name: []string{m.names.write}}, nil)
	var failed *serverError
	if errors.As(err, &failed) && failed.Status == http.StatusNotFound {
		return Migrated{}, nil
	}
	return m.run(ctx)
}

// migration is one migration under way.
type migration struct {
	MigrateOptions
	options  Options
	cluster  *cluster
	names    names
	old, new string
	// copied holds, by shard of the old index, the number of the last change
	// up to which all are copied.
	copied map[string]int
	// done and of count the reports copied.
	done, of int
}

func (m *migration) run(ctx context.Context) (_ Migrated, err error) {
	if err := m.begin(ctx); err != nil {
		return Migrated{}, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, m.abandon(context.WithoutCancel(ctx)))
		}
	}()
	if err := m.catchUp(ctx); err != nil {
		return Migrated{}, err
	}
	if err := m.cluster.do(ctx, esapi.IndicesAddBlockRequest{Index: []string{m.old}, Block: "write"}, nil); err != nil {
		return Migrated{}, fmt.Errorf("stop writes to %s: %w", m.old, err)
	}
	if _, err := m.pass(ctx); err != nil {
		return Migrated{}, err
	}
	count, err := m.compare(ctx)
	if err != nil {
		return Migrated{}, err
	}
	if err := m.swap(ctx); err != nil {
		return Migrated{}, err
	}
	return Migrated{Old: m.old, New: m.new, Reports: count}, m.finish(ctx)
}

// begin finds the old index and makes the new one.
func (m *migration) begin(ctx context.Context) error {
	var aliases map[string]struct{}
	err := m.cluster.do(ctx, esapi.IndicesGetAliasRequest{Name: []string{m.names.write}}, &aliases)
	var failed *serverError
	switch {
	case errors.As(err, &failed) && failed.Status == http.StatusNotFound:
		return fmt.Errorf("there is no index behind %s yet: start the index stage, which makes it, or correct the name elasticsearch.index", m.names.write)
	case err != nil:
		return fmt.Errorf("look up the index behind %s: %w", m.names.write, err)
	}
	if len(aliases) != 1 {
		return fmt.Errorf("the alias %s stands for %d indexes; leave it on the one that is to be written", m.names.write, len(aliases))
	}
	for name := range maps.Keys(aliases) {
		m.old = name
	}
	if m.new, err = nextName(m.old); err != nil {
		return err
	}
	s, err := newSchema()
	if err != nil {
		return err
	}
	if m.Restart {
		if err := m.abandon(ctx); err != nil {
			return err
		}
	}
	if err := putTemplate(ctx, m.cluster, m.names, s, m.options.Shards); err != nil {
		return fmt.Errorf("put the template: %w", err)
	}
	err = m.cluster.do(ctx, esapi.IndicesCreateRequest{Index: m.new}, nil)
	if errors.As(err, &failed) && failed.Type == "resource_already_exists_exception" {
		return fmt.Errorf("the index %s is there already: another migration runs, or one was cut off; when none runs, begin anew with --restart", m.new)
	}
	if err != nil {
		return fmt.Errorf("create index %s: %w", m.new, err)
	}
	m.copied = map[string]int{}
	return m.set(ctx, object{"refresh_interval": "-1"})
}

var numberedName = regexp.MustCompile(`^(.+-)(\d{6})$`)

// nextName is the name of the index after another.
func nextName(old string) (string, error) {
	parts := numberedName.FindStringSubmatch(old)
	if parts == nil {
		return "", fmt.Errorf("the index %s does not end in a number of six digits, so that its successor has no name", old)
	}
	n, err := strconv.Atoi(parts[2])
	return fmt.Sprintf("%s%06d", parts[1], n+1), err
}

// set changes settings of the new index.
func (m *migration) set(ctx context.Context, settings object) error {
	body, err := json.Marshal(object{"index": settings})
	if err != nil {
		return err
	}
	return m.cluster.do(ctx, esapi.IndicesPutSettingsRequest{Index: []string{m.new}, Body: bytes.NewReader(body)}, nil)
}

// catchUp copies until few changes are left.
func (m *migration) catchUp(ctx context.Context) error {
	for range maxPasses {
		n, err := m.pass(ctx)
		if err != nil || n <= fewLeft {
			return err
		}
	}
	return nil // the rest is copied while writers wait
}

// pass copies every report that was written since the pass before, and says
// how many those were.
func (m *migration) pass(ctx context.Context) (int, error) {
	upTo, err := m.checkpoints(ctx)
	if err != nil {
		return 0, err
	}
	if err := refreshIndex(ctx, m.cluster, m.old); err != nil {
		return 0, err
	}
	total := 0
	for shard, at := range upTo {
		since, known := m.copied[shard]
		if !known {
			since = -1
		}
		n, err := m.copyShard(ctx, shard, since)
		if err != nil {
			return total, err
		}
		m.copied[shard] = at
		total += n
	}
	return total, nil
}

// checkpoints returns, by shard, the number of the last change before which
// none is under way: once the index is refreshed, all up to it can be read.
func (m *migration) checkpoints(ctx context.Context) (map[string]int, error) {
	var stats struct {
		Indices map[string]struct {
			Primaries struct {
				Docs struct {
					Count int `json:"count"`
				} `json:"docs"`
			} `json:"primaries"`
			Shards map[string][]struct {
				Routing struct {
					Primary bool `json:"primary"`
				} `json:"routing"`
				SeqNo struct {
					LocalCheckpoint int `json:"local_checkpoint"`
				} `json:"seq_no"`
			} `json:"shards"`
		} `json:"indices"`
	}
	if err := m.cluster.do(ctx, esapi.IndicesStatsRequest{Index: []string{m.old}, Level: "shards"}, &stats); err != nil {
		return nil, fmt.Errorf("ask how far %s is written: %w", m.old, err)
	}
	upTo := map[string]int{}
	for shard, copies := range stats.Indices[m.old].Shards {
		for _, c := range copies {
			if c.Routing.Primary {
				upTo[shard] = c.SeqNo.LocalCheckpoint
			}
		}
	}
	if len(upTo) == 0 {
		return nil, fmt.Errorf("%w: no shard of %s is started", index.ErrUnavailable, m.old)
	}
	return upTo, nil
}

// versioned is a stored report as it is read back with its version.
type versioned struct {
	ID      string          `json:"_id"`
	Version int64           `json:"_version"`
	Source  stored          `json:"_source"`
	Sort    json.RawMessage `json:"sort"`
}

// copyShard copies the reports of one shard that changed since a number.
func (m *migration) copyShard(ctx context.Context, shard string, since int) (int, error) {
	body := object{
		"size": copyPage, "version": true, "_source": []string{"id", "report", "until"},
		"query": object{"range": object{"_seq_no": object{"gt": since}}},
		"sort":  []object{{"_seq_no": "asc"}},
	}
	total := 0
	for {
		page, of, err := m.read(ctx, shard, body)
		if err != nil {
			return total, err
		}
		if body["search_after"] == nil {
			m.of += of
		}
		if len(page) == 0 {
			return total, nil
		}
		if err := m.write(ctx, page); err != nil {
			return total, err
		}
		total += len(page)
		m.done += len(page)
		if m.Progress != nil {
			m.Progress(m.done, max(m.done, m.of))
		}
		body["search_after"] = page[len(page)-1].Sort
	}
}

// read reads a page of the old index.
func (m *migration) read(ctx context.Context, shard string, body object) (page []versioned, of int, err error) {
	encoded, err := json.Marshal(body)
	if err != nil {
		return nil, 0, err
	}
	partial := false
	var answer struct {
		Shards shards `json:"_shards"`
		Hits   struct {
			Total struct {
				Value int `json:"value"`
			} `json:"total"`
			Hits []versioned `json:"hits"`
		} `json:"hits"`
	}
	err = m.cluster.do(ctx, esapi.SearchRequest{
		Index: []string{m.old}, Preference: "_shards:" + shard, AllowPartialSearchResults: &partial,
		TrackTotalHits: body["search_after"] == nil, Body: bytes.NewReader(encoded),
	}, &answer)
	if err == nil {
		err = answer.Shards.err()
	}
	if err != nil {
		return nil, 0, fmt.Errorf("read %s: %w", m.old, err)
	}
	return answer.Hits.Hits, answer.Hits.Total.Value, nil
}

// write writes a page to the new index.
func (m *migration) write(ctx context.Context, page []versioned) error {
	outcomes := make([]error, len(page))
	var items []*item
	for i, v := range page {
		if v.Source.Report == nil && !v.isMark() {
			return fmt.Errorf("%s holds a document %q that is no report; delete it", m.old, v.ID)
		}
		it, err := rewritten(v, &outcomes[i])
		if err != nil {
			return fmt.Errorf("report %s cannot be written anew: %w", v.ID, err)
		}
		items = append(items, it)
	}
	s := &sender{
		cluster: m.cluster, alias: m.new, concrete: true, slots: newLimiter(m.options.InFlight),
		random: m.options.Random, wait: wait, logger: m.options.Logger,
	}
	s.send(ctx, items)
	for i, err := range outcomes {
		if err != nil && !errors.Is(err, index.ErrStale) {
			return fmt.Errorf("write report %s to %s: %w", page[i].ID, m.new, err)
		}
	}
	return nil
}

// rewritten is a stored document on its way to the new index.
func rewritten(v versioned, outcome *error) (*item, error) {
	if v.isMark() {
		return newMark(v.Source.ID, v.Version, outcome)
	}
	d := documentOf(v)
	if err := d.Check(); err != nil {
		return nil, err
	}
	if v.Source.Until != nil {
		return newPastItem(d, *v.Source.Until, outcome)
	}
	return newItem(d, outcome)
}

// isMark reports whether the document is the mark of a report.
func (v versioned) isMark() bool {
	return v.Source.Report == nil && v.Source.Until != nil && *v.Source.Until == never && v.ID == pastID(v.Source.ID, 0)
}

// documentOf is the document whose version is the one read.
func documentOf(v versioned) index.Document {
	base := news.DocumentVersion(v.Source.Report.Revision, 0)
	return index.Document{Report: v.Source.Report, Enricher: int(v.Version - base)}
}

// compare checks that both indexes hold the same number of documents, and
// returns the number of reports.
func (m *migration) compare(ctx context.Context) (int, error) {
	if err := refreshIndex(ctx, m.cluster, m.new); err != nil {
		return 0, err
	}
	all := object{"match_all": object{}}
	before, err := m.count(ctx, m.old, all)
	if err != nil {
		return 0, err
	}
	after, err := m.count(ctx, m.new, all)
	if err != nil {
		return 0, err
	}
	if before != after {
		return 0, fmt.Errorf("%s has %d reports and %s %d; nothing was changed, try again", m.old, before, m.new, after)
	}
	return m.count(ctx, m.new, object{"bool": object{"must_not": object{"term": object{"until": never}}}})
}

// count returns the number of documents of an index that match.
func (m *migration) count(ctx context.Context, name string, q object) (int, error) {
	body, err := json.Marshal(object{"query": q})
	if err != nil {
		return 0, err
	}
	var answer struct {
		Count  int    `json:"count"`
		Shards shards `json:"_shards"`
	}
	err = m.cluster.do(ctx, esapi.CountRequest{Index: []string{name}, Body: bytes.NewReader(body)}, &answer)
	if err == nil {
		err = answer.Shards.err()
	}
	if err != nil {
		return 0, fmt.Errorf("count the reports of %s: %w", name, err)
	}
	return answer.Count, nil
}

// swap moves both aliases in one step.
func (m *migration) swap(ctx context.Context) error {
	if err := m.set(ctx, object{"refresh_interval": nil}); err != nil {
		return fmt.Errorf("set up %s: %w", m.new, err)
	}
	actions := []object{}
	for _, alias := range []string{m.names.read, m.names.write} {
		actions = append(actions, object{"remove": object{"index": m.old, "alias": alias, "must_exist": true}})
	}
	actions = append(actions,
		object{"add": object{"index": m.new, "alias": m.names.read}},
		object{"add": object{"index": m.new, "alias": m.names.write, "is_write_index": true}},
	)
	body, err := json.Marshal(object{"actions": actions})
	if err != nil {
		return err
	}
	if err := m.cluster.do(ctx, esapi.IndicesUpdateAliasesRequest{Body: bytes.NewReader(body)}, nil); err != nil {
		return fmt.Errorf("move the aliases to %s: %w", m.new, err)
	}
	return nil
}

// finish removes the old index when that is wanted. The migration is done.
func (m *migration) finish(ctx context.Context) error {
	if !m.DeleteOld {
		return nil
	}
	if err := m.cluster.do(ctx, esapi.IndicesDeleteRequest{Index: []string{m.old}}, nil); err != nil {
		return fmt.Errorf("the new index is in use; delete the old one, %s, yourself: %w", m.old, err)
	}
	return nil
}

// abandon lets writes to the old index go on and removes the new one, unless
// that is in use.
func (m *migration) abandon(ctx context.Context) error {
	var aliases map[string]struct {
		Aliases map[string]struct{} `json:"aliases"`
	}
	err := m.cluster.do(ctx, esapi.IndicesGetAliasRequest{Index: []string{m.new}}, &aliases)
	var failed *serverError
	missing := errors.As(err, &failed) && failed.Status == 404
	if err != nil && !missing {
		return err
	}
	if len(aliases[m.new].Aliases) > 0 {
		return nil // the aliases have moved
	}
	body, err := json.Marshal(object{"index.blocks.write": nil})
	if err != nil {
		return err
	}
	err = m.cluster.do(ctx, esapi.IndicesPutSettingsRequest{Index: []string{m.old}, Body: bytes.NewReader(body)}, nil)
	if err != nil {
		return fmt.Errorf("let writes to %s go on: %w", m.old, err)
	}
	if missing {
		return nil
	}
	if err := m.cluster.do(ctx, esapi.IndicesDeleteRequest{Index: []string{m.new}}, nil); err != nil {
		return fmt.Errorf("remove %s: %w", m.new, err)
	}
	return nil
}
