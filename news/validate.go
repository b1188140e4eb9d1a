package news

import (
	"errors"
	"fmt"
	"unicode/utf8"
)

// ErrInvalid is the sentinel behind every error of Validate: trying again
// cannot help.
var ErrInvalid = errors.New("invalid report")

// Validate reports whether r can travel the pipeline: it has an id and a
// text, all of it is UTF-8, and every span is a range of the text on rune
// boundaries. The error wraps ErrInvalid and names the first fault.
func (r *Report) Validate() error {
	switch {
	case r.ID == "":
		return fmt.Errorf("%w: no id", ErrInvalid)
	case r.Text == "" && r.Status != StatusWithdrawn:
		return fmt.Errorf("%w: report %s has no text", ErrInvalid, r.ID)
	case !utf8.ValidString(r.Text) || !utf8.ValidString(r.Title):
		return fmt.Errorf("%w: report %s is not UTF-8", ErrInvalid, r.ID)
	}
	// Invariant 2: annotations point into a text that is never altered.
	var err error
	r.eachSpan(func(what string, s Span) {
		if err == nil && !s.Valid(r.Text) {
			err = fmt.Errorf("%w: report %s: %s has span [%d,%d) outside the text of %d bytes or inside a rune",
				ErrInvalid, r.ID, what, s.Start, s.End, len(r.Text))
		}
	})
	return err
}

// eachSpan calls visit with every span of the annotations.
func (r *Report) eachSpan(visit func(what string, s Span)) {
	if r.Dateline != nil {
		visit("dateline", r.Dateline.Span)
	}
	for _, d := range r.Dates {
		visit("date", d.Span)
	}
	for _, p := range r.People {
		visitMentions(p.Mentions, "person "+p.Name, visit)
		for _, role := range p.Roles {
			visit("role "+role.Title, role.Span)
		}
	}
	for _, o := range r.Organizations {
		visitMentions(o.Mentions, "organization "+o.Name, visit)
	}
	for _, p := range r.Places {
		visitMentions(p.Mentions, "place "+p.Name, visit)
	}
	for _, q := range r.Quotes {
		visit("quote", q.Span)
		if q.Speaker != nil && !q.Speaker.Span.IsZero() {
			visit("speaker", q.Speaker.Span)
		}
	}
	for _, e := range r.Events {
		visit("event "+e.Name, e.Span)
	}
}

func visitMentions(mentions []Mention, what string, visit func(string, Span)) {
	for _, m := range mentions {
		visit(what, m.Span)
	}
}
