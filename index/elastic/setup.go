package elastic

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/dateline-news/dateline/index"
)

// names are the names that one archive has in the cluster.
type names struct{ read, write, template, first string }

func namesOf(name string) names {
	return names{read: name, write: name + "-write", template: name, first: name + "-000001"}
}

// component is the name of the component template with the schema.
func (n names) component() string { return n.template + "-schema" }

// explain adds what to do to the errors that only an operator can mend.
func (n names) explain(err error) error {
	var failed *serverError
	if !errors.As(err, &failed) {
		return err
	}
	switch {
	case failed.Status == http.StatusUnauthorized:
		return advise(err, "check the user name and password, or the API key")
	case failed.Type == "cluster_block_exception":
		return advise(err, "the index does not take writes; see whether the disk is full or somebody set a block")
	case failed.Status == http.StatusForbidden:
		return advise(err, fmt.Sprintf("allow the user to read and write %s*", n.read))
	case failed.Type == "index_not_found_exception":
		return advise(err, fmt.Sprintf("the index behind %s and %s is gone; start the index stage again to create it", n.read, n.write))
	case failed.Status >= http.StatusInternalServerError:
		return advise(err, "the cluster has trouble of its own; see its log and what GET /_cluster/health answers")
	case failed.Type == "strict_dynamic_mapping_exception":
		return advise(err, "somebody changed the mapping of the index; "+n.rebuild())
	}
	return err
}

// advise adds advice to an error that another try can mend only when the
// advice was taken.
func advise(err error, advice string) error {
	return fmt.Errorf("%w: %s: %w", index.ErrUnavailable, advice, err)
}

func (n names) rebuild() string {
	return fmt.Sprintf("run `dateline index migrate`, which makes the index behind %s anew from the reports in it", n.write)
}

// setUp creates template, index and aliases unless they are there, and checks
// that the index has the schema of this program.
func setUp(ctx context.Context, c *cluster, n names, shards int) error {
	s, err := newSchema()
	if err != nil {
		return err
	}
	found, err := check(ctx, c, n, s)
	if err != nil || found {
		return err
	}
	if err := create(ctx, c, n, s, shards); err != nil {
		return fmt.Errorf("create index %s: %w", n.first, n.explain(err))
	}
	switch found, err = check(ctx, c, n, s); {
	case err != nil:
		return err
	case !found:
		return fmt.Errorf("elasticsearch: the index %s is there without the alias %s; add the alias, or delete the index", n.first, n.write)
	}
	return n.explain(started(ctx, c, n.write))
}

// check reports whether the index is there; it is an error when it is not
// one that this program can use.
func check(ctx context.Context, c *cluster, n names, s *schema) (found bool, err error) {
	var indexes map[string]struct {
		Aliases  map[string]struct{}
		Mappings struct {
			Meta struct {
				Schema string `json:"dateline_schema"`
			} `json:"_meta"`
		}
	}
	err = c.do(ctx, esapi.IndicesGetRequest{Index: []string{n.write}}, &indexes)
	var failed *serverError
	switch {
	case errors.As(err, &failed) && failed.Type == "index_not_found_exception":
		return false, nil
	case err != nil:
		return false, fmt.Errorf("look up index %s: %w", n.write, n.explain(err))
	case len(indexes) != 1:
		return false, fmt.Errorf("elasticsearch: the alias %s stands for %d indexes; leave it on the one that is to be written", n.write, len(indexes))
	}
	for name, ix := range indexes {
		if _, ok := ix.Aliases[n.read]; !ok || name == n.write {
			return false, fmt.Errorf("elasticsearch: the index %s does not have the aliases %s and %s; %s", name, n.read, n.write, n.rebuild())
		}
		if ix.Mappings.Meta.Schema != s.fingerprint {
			return false, fmt.Errorf("elasticsearch: the index %s has schema %q and this version of dateline needs %q; %s",
				name, ix.Mappings.Meta.Schema, s.fingerprint, n.rebuild())
		}
	}
	return true, nil
}

// create creates template and first index. The aliases come with the index
// in one step, so whoever is second finds all of it.
func create(ctx context.Context, c *cluster, n names, s *schema, shards int) error {
	if err := putTemplate(ctx, c, n, s, shards); err != nil {
		return err
	}
	aliases, err := json.Marshal(object{"aliases": object{n.read: object{}, n.write: object{"is_write_index": true}}})
	if err != nil {
		return fmt.Errorf("aliases: %w", err)
	}
	err = c.do(ctx, esapi.IndicesCreateRequest{Index: n.first, Body: bytes.NewReader(aliases)}, nil)
	var failed *serverError
	if errors.As(err, &failed) && failed.Type == "resource_already_exists_exception" {
		return nil
	}
	return err
}

// putTemplate puts the templates that new indexes are made with: a component
// with the schema, and the template of the indexes, which is made of it.
func putTemplate(ctx context.Context, c *cluster, n names, s *schema, shards int) error {
	component, err := json.Marshal(object{"template": object{"settings": object{"index": s.Settings}, "mappings": s.Mappings}})
	if err != nil {
		return fmt.Errorf("component template: %w", err)
	}
	if err := c.do(ctx, esapi.ClusterPutComponentTemplateRequest{Name: n.component(), Body: bytes.NewReader(component)}, nil); err != nil {
		return fmt.Errorf("put the component template %s: %w", n.component(), err)
	}
	template, err := json.Marshal(object{
		// The first character after the name keeps the pattern off the
		// indexes of archives whose name begins with this one.
		"index_patterns": []string{n.read + "-0*"},
		"priority":       500,
		"composed_of":    []string{n.component()},
		"template":       object{"settings": object{"index": object{"number_of_shards": shards}}},
	})
	if err != nil {
		return fmt.Errorf("index template: %w", err)
	}
	return c.do(ctx, esapi.IndicesPutIndexTemplateRequest{Name: n.template, Body: bytes.NewReader(template)}, nil)
}

// started waits until every shard of a new index can be asked: another process
// may have created it a moment ago.
func started(ctx context.Context, c *cluster, name string) error {
	var health struct {
		TimedOut bool `json:"timed_out"`
	}
	err := c.do(ctx, esapi.ClusterHealthRequest{Index: []string{name}, WaitForStatus: "yellow"}, &health)
	if err == nil && health.TimedOut {
		err = fmt.Errorf("%w: the shards of %s do not start; see the log of Elasticsearch", index.ErrUnavailable, name)
	}
	if err != nil {
		return fmt.Errorf("wait for index %s: %w", name, err)
	}
	return nil
}
