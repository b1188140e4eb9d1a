package alert

import (
	"context"
	"fmt"
	"slices"

	"github.com/dateline-news/dateline/alert/notice"
	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
)

// A notice of an event names the reports that brought the change. Copies of
// them change nothing in the register, and are added here: those that came
// before the notice out of the archive, later ones as they come.

// awaited are the notices, by their keys in the log, that copies of a story
// belong to.
type awaited struct {
	Notices []string `json:"notices"`
}

// copiesPrefix begins the keys of awaited copies in the log; no rule's name does.
const copiesPrefix = "_copies."

// mostCopies bounds the copies of a story that are looked up.
const mostCopies = 100

// addCopies adds the copies of the stories that brought a change to each of
// the findings, and awaits those to come.
func (e *engine) addCopies(ctx context.Context, findings []finding, changes []register.Change) error {
	if len(findings) == 0 {
		return nil
	}
	for _, story := range storiesOf(changes) {
		found, err := e.opts.Archive.Search(ctx, index.Request{
			Query: query.Term{Field: query.Story, Value: story}, Sort: index.BySeen, Limit: mostCopies,
		})
		if err != nil {
			return fmt.Errorf("look for copies of story %s: %w", story, err)
		}
		for i := range findings {
			for _, h := range slices.Backward(found.Hits) { // the earliest first
				findings[i].AddSource(notice.SourceOf(h.Report))
			}
			if err := e.await(ctx, story, logKey(findings[i].Rule, findings[i].ID)); err != nil {
				return err
			}
		}
	}
	return nil
}

// storiesOf are the stories of the reports that brought the changes.
func storiesOf(changes []register.Change) []string {
	var stories []string
	for _, c := range changes {
		for _, ev := range c.Evidence {
			if ev.Story != "" && !slices.Contains(stories, ev.Story) {
				stories = append(stories, ev.Story)
			}
		}
	}
	return stories
}

func (e *engine) await(ctx context.Context, story, key string) error {
	for {
		var a awaited
		revision, err := states(e.claims).read(ctx, copiesPrefix+digest(story), &a)
		if err != nil || slices.Contains(a.Notices, key) {
			return err
		}
		a.Notices = append(a.Notices, key)
		written, err := swap(ctx, e.claims.kv, copiesPrefix+digest(story), a, revision)
		if err != nil {
			return fmt.Errorf("await copies of story %s: %w", story, err)
		}
		if written {
			return nil
		}
	}
}

// addCopy adds the report to the notices of events that its story brought.
func (e *engine) addCopy(ctx context.Context, r *news.Report) error {
	if r.Story == "" {
		return nil
	}
	var a awaited
	if _, err := states(e.claims).read(ctx, copiesPrefix+digest(r.Story), &a); err != nil {
		return err
	}
	for _, key := range a.Notices {
		if _, err := e.claims.update(ctx, key, func(have *record) { have.AddSource(notice.SourceOf(r)) }); err != nil {
			return err
		}
	}
	return nil
}
