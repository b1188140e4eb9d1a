package alert

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/dateline-news/dateline/alert/notice"
	"github.com/dateline-news/dateline/index/analysis"
	"github.com/dateline-news/dateline/index/match"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// offices are the offices that a rule knows a person by.
type offices struct {
	Known []office `json:"known"`
}

// office is an office with the report that first gave it.
type office struct {
	Title        string    `json:"title"`
	Organization string    `json:"organization,omitempty"`
	Report       string    `json:"report"`
	Published    time.Time `json:"published,omitzero"`
	// First says that no office was known before: it is where watching began.
	First bool `json:"first,omitempty"`
}

func (o office) String() string {
	return strings.TrimSpace(strings.TrimSuffix(o.Title+", "+o.Organization, ", "))
}

// newRoles returns what the report tells of new offices of the people that
// the rule watches. The first office that is read of a person is where
// watching begins, and no news.
func (e *engine) newRoles(ctx context.Context, a *acting, s *match.Subject) ([]finding, error) {
	r := s.Report()
	var findings []finding
	for _, p := range r.People {
		if !a.watches(p) {
			continue
		}
		found, err := e.rolesOf(ctx, a, r, p)
		if err != nil {
			return nil, err
		}
		for _, o := range found {
			findings = append(findings, a.roleFinding(r, p, o, e.opts.Now()))
		}
	}
	return findings, nil
}

func (a *acting) watches(p news.Person) bool {
	only := match.New(&news.Report{People: []news.Person{p}})
	return slices.ContainsFunc(a.rule.RoleChanged, func(name string) bool {
		return only.Matches(query.Term{Field: query.Person, Value: name})
	})
}

func (a *acting) roleFinding(r *news.Report, p news.Person, o office, now time.Time) finding {
	n := notice.Notice{
		Trigger: notice.RoleChanged, Item: "role:" + p.ID + "/" + officeKey(o),
		Title: p.Name + ": " + o.String(), Text: sentenceOf(r, p, o),
		MatchedBy: []string{"role_changed " + p.Name}, Sources: []notice.Source{notice.SourceOf(r)}, At: now,
	}
	return a.finding(n)
}

// sentenceOf is the paragraph that gives the office.
func sentenceOf(r *news.Report, p news.Person, o office) string {
	for _, role := range p.Roles {
		if role.Title == o.Title && role.Organization == o.Organization {
			begin := strings.LastIndex(r.Text[:role.Span.Start], "\n\n") + 1
			text, _, _ := strings.Cut(strings.TrimSpace(r.Text[begin:]), "\n\n")
			return clip(text, maxPassage)
		}
	}
	return ""
}

// rolesOf adds the offices that the report gives the person to those known,
// and returns the news among them: also those that this report brought when
// it came before.
func (e *engine) rolesOf(ctx context.Context, a *acting, r *news.Report, p news.Person) ([]office, error) {
	key := "role." + a.rule.Name + "." + digest(p.ID)
	for {
		var known offices
		revision, err := e.state.read(ctx, key, &known)
		if err != nil {
			return nil, err
		}
		changed := known.add(r, p)
		if changed {
			written, err := swap(ctx, e.state.kv, key, known, revision)
			if err != nil {
				return nil, fmt.Errorf("keep the offices of %s: %w", p.Name, err)
			}
			if !written {
				continue
			}
		}
		return known.broughtBy(r.ID), nil
	}
}

func (o *offices) add(r *news.Report, p news.Person) bool {
	begins, changed := len(o.Known) == 0, false
	for _, role := range p.Roles {
		if role.Former || strings.TrimSpace(role.Title) == "" {
			continue
		}
		one := office{Title: role.Title, Organization: role.Organization, Report: r.ID, Published: r.Anchor(), First: begins}
		if !slices.ContainsFunc(o.Known, func(have office) bool { return sameOffice(have, one) }) {
			o.Known = append(o.Known, one)
			changed = true
		}
	}
	return changed
}

// broughtBy are the offices that are news of the report.
func (o *offices) broughtBy(report string) []office {
	var found []office
	for _, have := range o.Known {
		if have.Report == report && !have.First {
			found = append(found, have)
		}
	}
	return found
}

// sameOffice reports whether two ways to name an office may mean one: the
// words of one title stand in the other, and no two bodies contradict.
func sameOffice(a, b office) bool {
	return within(analysis.Words(a.Title), analysis.Words(b.Title)) &&
		(a.Organization == "" || b.Organization == "" || within(analysis.Words(a.Organization), analysis.Words(b.Organization)))
}

// within reports whether the shorter list of words stands in the longer.
func within(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a) > 0 && !slices.ContainsFunc(a, func(w string) bool { return !slices.Contains(b, w) })
}

func officeKey(o office) string {
	return news.Slug(o.Title) + "/" + news.Slug(o.Organization)
}

// states keeps what conditions remember from report to report.
type states struct{ kv jetstream.KeyValue }

// read reads a state; revision 0 says that there is none.
func (s states) read(ctx context.Context, key string, into any) (revision uint64, err error) {
	entry, err := s.kv.Get(ctx, key)
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read %s: %w", key, err)
	}
	if err := json.Unmarshal(entry.Value(), into); err != nil {
		return 0, fmt.Errorf("read %s: %w", key, err)
	}
	return entry.Revision(), nil
}
