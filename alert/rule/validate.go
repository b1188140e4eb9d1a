package rule

import (
	"errors"
	"fmt"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/index/register"
)

var nameForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// maxName is the length of a name.
const maxName = 64

// ValidName reports whether a rule can be called so.
func ValidName(name string) bool { return len(name) <= maxName && nameForm.MatchString(name) }

// MailTo begins a channel that is an address of e-mail.
const MailTo = "mailto:"

// Known is what a rule may refer to.
type Known struct {
	// Channels are the names of the configuration.
	Channels []string
	// Mail says that e-mail can be sent.
	Mail bool
	// Point returns where a place lies that near: names; nil knows none.
	Point Point
}

// Point returns where the place with a name lies.
type Point = func(name string) (lat, lon float64, ok bool)

// Read reads the rule's query: places are located, acronyms not yet expanded.
func (r Rule) Read(now time.Time, point Point) (query.Node, error) {
	node, err := query.Parse(r.Query, now, r.Location())
	if err != nil {
		return nil, err
	}
	if _, past := node.(query.AsOf); past {
		return nil, errors.New("asof: cannot stand in a rule, which waits for what is new; search with it instead")
	}
	if point == nil {
		point = func(string) (lat, lon float64, ok bool) { return 0, 0, false }
	}
	return query.Locate(node, point)
}

// Validate returns everything that is wrong with the rule, one fault a line.
func (r Rule) Validate(known Known, now time.Time) error {
	v := validation{rule: r, known: known, now: now}
	v.names()
	v.query()
	v.conditions()
	v.timing()
	v.channels()
	return errors.Join(v.faults...)
}

type validation struct {
	rule   Rule
	known  Known
	now    time.Time
	faults []error
}

func (v *validation) fault(format string, args ...any) {
	v.faults = append(v.faults, fmt.Errorf(format, args...))
}

func (v *validation) names() {
	if !ValidName(v.rule.Name) {
		v.fault("name: %q is not a name; use lower-case letters and digits with single hyphens between, 64 at most", v.rule.Name)
	}
	if v.rule.Group != "" && !ValidName(v.rule.Group) {
		v.fault("group: %q is not a name; use lower-case letters and digits with single hyphens between, 64 at most", v.rule.Group)
	}
}

func (v *validation) query() {
	if _, err := v.rule.Read(v.now, v.known.Point); err != nil {
		v.fault("query: %w", err)
	}
	if strings.TrimSpace(v.rule.Query) == "" && !v.rule.HasConditions() {
		v.fault("query: without a query and without a condition every report would be told; write * if that is wanted")
	}
}

func (v *validation) conditions() {
	r := v.rule
	for _, c := range r.When {
		if !slices.Contains(Changes(), c) {
			v.fault("when: nothing is called %q; use %s", c, list(Changes()))
		}
	}
	for _, c := range r.Urgent {
		if c != AllUrgent && !slices.Contains(Changes(), c) {
			v.fault("urgent: nothing is called %q; use %s, %s", c, list(Changes()), AllUrgent)
		}
	}
	if !r.Event.IsZero() && len(r.When) == 0 {
		v.fault("event: narrows the changes of `when`, which is empty; add when: [%s]", register.NewEdition)
	}
	for _, name := range slices.Concat(r.QuoteBy, r.RoleChanged) {
		if strings.TrimSpace(name) == "" {
			v.fault("quote_by, role_changed: a name is empty")
		}
	}
	v.spike()
	v.silence()
}

func (v *validation) spike() {
	s := v.rule.Spike
	if s == nil {
		return
	}
	window, baseline := time.Duration(s.Window), time.Duration(s.Baseline)
	switch {
	case window < time.Minute:
		v.fault("spike.window: %s is too short; the least is 1m", s.Window)
	case baseline < window:
		v.fault("spike.baseline: %s is shorter than the window of %s", s.Baseline, s.Window)
	case baseline > 90*24*time.Hour:
		v.fault("spike.baseline: %s is too long; the most is 90d", s.Baseline)
	}
	if s.Factor <= 1 {
		v.fault("spike.factor: %g is no rise; use more than 1, such as 3", s.Factor)
	}
	if s.Minimum < 1 {
		v.fault("spike.minimum: %d; use the least number of stories worth telling, such as 5", s.Minimum)
	}
}

func (v *validation) silence() {
	s := v.rule.Silence
	if s == nil {
		return
	}
	switch {
	case (s.Series == "") == (s.Source == ""):
		v.fault("silence: needs either series and by, or source and for")
	case s.Series != "":
		if _, err := time.Parse(time.DateOnly, s.By); err != nil {
			v.fault("silence.by: %q is not a day such as 2026-03-31", s.By)
		}
	case time.Duration(s.For) < time.Minute:
		v.fault("silence.for: %s is too short; the least is 1m", s.For)
	}
}

func (v *validation) timing() {
	r := v.rule
	if _, err := time.LoadLocation(r.TimeZone); err != nil {
		v.fault("time_zone: %q is not a zone such as Asia/Baku", r.TimeZone)
	}
	if r.Digest != "" {
		if _, err := cron.ParseStandard(r.Digest); err != nil {
			v.fault("digest: %q is not a cron schedule such as \"0 8 * * *\": %w", r.Digest, err)
		}
	}
	if t := r.Throttle; t != nil && (t.Most < 1 || time.Duration(t.Per) < time.Second) {
		v.fault("throttle: needs most, 1 or more, and per, such as 1h")
	}
	if r.Expires != "" {
		if _, err := time.Parse(time.DateOnly, r.Expires); err != nil {
			v.fault("expires: %q is not a day such as 2026-12-31", r.Expires)
		}
	}
	if q := r.Quiet; q != nil {
		v.quiet(q)
	}
}

func (v *validation) quiet(q *Quiet) {
	for _, at := range []string{q.From, q.To} {
		if _, err := time.Parse(clockForm, at); err != nil && (q.From != "" || q.To != "") {
			v.fault("quiet: %q is not a time of day such as 22:00", at)
		}
	}
	for _, d := range q.Days {
		if _, ok := weekdays[d]; !ok {
			v.fault("quiet.days: %q is not one of mon, tue, wed, thu, fri, sat, sun", d)
		}
	}
	switch {
	case q.From == "" && q.To == "" && len(q.Days) == 0:
		v.fault("quiet: needs from and to, such as 22:00 and 07:00, or days")
	case q.From == q.To && q.From != "":
		v.fault("quiet: from and to are the same time")
	case len(distinct(q.Days)) == len(weekdays):
		v.fault("quiet.days: every day is quiet, so that nothing would ever be delivered")
	}
}

func (v *validation) channels() {
	for _, name := range v.rule.Notify {
		v.channel("notify", name)
	}
	if v.rule.Owner != "" {
		v.channel("owner", v.rule.Owner)
	}
}

func (v *validation) channel(key, name string) {
	address, isMail := strings.CutPrefix(name, MailTo)
	if !isMail {
		if !slices.Contains(v.known.Channels, name) {
			v.fault("%s: no channel is called %q; the configuration (alert.channels) has %s", key, name, orNone(v.known.Channels))
		}
		return
	}
	if parsed, err := mail.ParseAddress(address); err != nil || parsed.Address != address {
		v.fault("%s: %q is not an address of e-mail", key, name)
	}
	if !v.known.Mail {
		v.fault("%s: %s needs a mail server; set alert.smtp in the configuration", key, name)
	}
}

func orNone(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}

func list(changes []Change) string {
	names := make([]string, len(changes))
	for i, c := range changes {
		names[i] = string(c)
	}
	return strings.Join(names, ", ")
}

func distinct(values []string) []string {
	values = slices.Clone(values)
	slices.Sort(values)
	return slices.Compact(values)
}
