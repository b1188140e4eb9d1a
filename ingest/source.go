package ingest

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"
	_ "time/tzdata" // time zones work on machines that have no zone files

	"github.com/robfig/cron/v3"

	"github.com/dateline-news/dateline/ingest/feed"
	"github.com/dateline-news/dateline/ingest/page"
	"github.com/dateline-news/dateline/ingest/selector"
)

// The kinds of Source.
const (
	KindFeed    = "feed"    // RSS, Atom or JSON Feed
	KindSitemap = "sitemap" // a sitemap, best one of news, or an index of sitemaps
	KindListing = "listing" // an HTML page of links, read with selectors
	KindInbox   = "inbox"   // a folder of files: see package inbox
)

// Defaults of Source.
const (
	DefaultSchedule = "@every 10m"
	DefaultLimit    = 50
	DefaultRecheck  = 30 * time.Minute
	DefaultFloor    = 2 * time.Minute
	DefaultCeiling  = 3 * time.Hour
)

// Adaptive is the Schedule of a source that is polled in its own rhythm.
const Adaptive = "adaptive"

// Source is where an agency's reports come from, as a user configures it.
type Source struct {
	// Name is short and unique: letters, digits and hyphens.
	Name string `yaml:"name"`
	// Agency issues the reports; "" means Name. Two sources of one agency
	// that carry the same article make one report.
	Agency string `yaml:"agency"`
	// Kind is one of the Kind constants; "" means feed.
	Kind string `yaml:"kind"`
	// URL is the feed, the sitemap, the listing page, or the path of the folder.
	URL string `yaml:"url"`
	// Schedule is a cron expression of five fields, or of six with seconds
	// first, or @hourly, @every 10m and their like; or Adaptive, which learns
	// when the source has something new. An inbox has none.
	Schedule string `yaml:"schedule"`
	// Floor and Ceiling bound the time between two polls of an adaptive
	// source, Go durations; "" means DefaultFloor and DefaultCeiling.
	Floor   string `yaml:"floor"`
	Ceiling string `yaml:"ceiling"`
	// Jitter is by how much at most a poll comes later than its schedule says,
	// a Go duration, so that sources of one schedule are not polled in one
	// moment; it never takes more than half of the wait. "" means none.
	Jitter string `yaml:"jitter"`
	// Pace is the least time between two requests to the source's hosts, a Go
	// duration; "" means fetch.DefaultPace, or none where Local is set. A
	// slower Crawl-delay is followed all the same.
	Pace string `yaml:"pace"`
	// TimeZone is the IANA name of the zone of times that the source gives
	// without one, and of Schedule; "" means UTC.
	TimeZone string `yaml:"time_zone"`
	// Language is the BCP 47 tag of pages that name none.
	Language string `yaml:"language"`
	// Local allows loopback and private addresses and drops the pace, unless
	// Pace names one.
	Local bool `yaml:"local"`
	// Limit is how many items are read in one poll; the rest wait for the
	// next. 0 means DefaultLimit.
	Limit int `yaml:"limit"`
	// Recheck is how long after an item was read its page is asked for
	// changes, a Go duration; the wait then doubles, and ends two days after
	// the first reading. "" means DefaultRecheck, "never" switches it off.
	Recheck string `yaml:"recheck"`
	// Selectors read a listing page, Article its articles.
	Selectors feed.Selectors `yaml:"selectors"`
	Article   page.Selectors `yaml:"article"`
}

var sourceName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,62}$`)

// Validate reports everything that is wrong with the source, each fault with
// the key to change.
func (s Source) Validate() error {
	var faults []error
	fault := func(format string, args ...any) {
		faults = append(faults, fmt.Errorf("source %q: "+format, append([]any{s.Name}, args...)...))
	}
	if !sourceName.MatchString(s.Name) {
		fault("name: use letters, digits and hyphens, at most 63")
	}
	if strings.EqualFold(s.Name, SourcePush) {
		fault("name: it is the name of what agencies push; choose another")
	}
	if err := s.checkAddress(); err != nil {
		fault("%w", err)
	}
	if _, err := s.schedule(); err != nil {
		fault("%w", err)
	}
	if _, err := s.location(); err != nil {
		fault("%w", err)
	}
	if _, err := s.recheck(); err != nil {
		fault("%w", err)
	}
	for key, value := range map[string]string{"jitter": s.Jitter, "pace": s.Pace, "floor": s.Floor, "ceiling": s.Ceiling} {
		if err := checkDuration(key, value); err != nil {
			fault("%w", err)
		}
	}
	if s.floor() > s.ceiling() {
		fault("floor: %s is more than the ceiling of %s", s.floor(), s.ceiling())
	}
	if s.Limit < 0 {
		fault("limit: %d is less than nothing; leave it out for %d", s.Limit, DefaultLimit)
	}
	for key, sel := range s.selectors() {
		if err := selector.Check(sel); err != nil {
			fault("%s: %w", key, err)
		}
	}
	return errors.Join(faults...)
}

func (s Source) checkAddress() error {
	switch s.kind() {
	case KindInbox:
		if s.URL == "" {
			return errors.New("url: name the folder to watch")
		}
		return nil
	case KindListing:
		if s.Selectors.Item == "" {
			return errors.New("selectors.item: a listing needs the CSS selector of its entries, such as \".news-list li\"")
		}
	case KindFeed, KindSitemap:
	default:
		return fmt.Errorf("kind: %q is none of feed, sitemap, listing and inbox", s.Kind)
	}
	u, err := url.Parse(s.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return fmt.Errorf("url: %q is no web address; it begins with https:// or http://", s.URL)
	}
	return nil
}

// selectors returns the source's CSS selectors by their keys.
func (s Source) selectors() map[string]string {
	return map[string]string{
		"selectors.item": s.Selectors.Item, "selectors.link": s.Selectors.Link, "selectors.title": s.Selectors.Title,
		"selectors.date": s.Selectors.Date, "selectors.next": s.Selectors.Next,
		"article.title": s.Article.Title, "article.body": s.Article.Body, "article.date": s.Article.Date,
		"article.byline": s.Article.Byline, "article.image": s.Article.Image, "article.remove": s.Article.Remove,
	}
}

// Next returns when the source is polled after now, without its jitter. It is
// the zero time for an inbox, which is watched all the time, and the earliest
// time for an adaptive source.
func (s Source) Next(now time.Time) (time.Time, error) {
	switch {
	case s.kind() == KindInbox:
		return time.Time{}, nil
	case s.adaptive():
		return now.Add(s.floor()), nil
	}
	schedule, err := s.schedule()
	if err != nil {
		return time.Time{}, err
	}
	location, err := s.location()
	if err != nil {
		return time.Time{}, err
	}
	next := schedule.Next(now.In(location))
	if next.IsZero() {
		return time.Time{}, fmt.Errorf("schedule: %q never comes due", s.Schedule)
	}
	return next, nil
}

func (s Source) kind() string {
	if s.Kind == "" {
		return KindFeed
	}
	return s.Kind
}

func (s Source) agency() string {
	if s.Agency == "" {
		return s.Name
	}
	return s.Agency
}

func (s Source) limit() int {
	if s.Limit == 0 {
		return DefaultLimit
	}
	return s.Limit
}

const cronFields = cron.SecondOptional | cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow | cron.Descriptor

func (s Source) schedule() (cron.Schedule, error) {
	expression := s.Schedule
	if expression == "" || s.adaptive() {
		expression = DefaultSchedule
	}
	schedule, err := cron.NewParser(cronFields).Parse(expression)
	if err != nil {
		return nil, fmt.Errorf("schedule: %q is no schedule (%w); write five cron fields such as \"*/10 * * * *\", or \"@every 10m\", or \"adaptive\"", s.Schedule, err)
	}
	return schedule, nil
}

func (s Source) location() (*time.Location, error) {
	l, err := time.LoadLocation(s.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("time_zone: %q is no IANA zone; write one such as Asia/Baku", s.TimeZone)
	}
	return l, nil
}

// recheck returns the first wait before a page is asked for changes; 0 means
// never.
func (s Source) recheck() (time.Duration, error) {
	switch s.Recheck {
	case "":
		return DefaultRecheck, nil
	case "never":
		return 0, nil
	}
	d, err := time.ParseDuration(s.Recheck)
	if err != nil || d <= 0 {
		return 0, fmt.Errorf("recheck: %q is no duration; write one such as 30m, or never", s.Recheck)
	}
	return d, nil
}

// checkDuration takes a Go duration that is not negative, or "".
func checkDuration(key, value string) error {
	if value == "" {
		return nil
	}
	if d, err := time.ParseDuration(value); err != nil || d < 0 {
		return fmt.Errorf("%s: %q is no duration; write one such as 30s", key, value)
	}
	return nil
}

// duration is a value that checkDuration takes; 0 for "".
func duration(value string) time.Duration {
	d, err := time.ParseDuration(value)
	if err != nil {
		return 0
	}
	return d
}

func (s Source) jitter() time.Duration { return duration(s.Jitter) }

func (s Source) pace() time.Duration { return duration(s.Pace) }

func (s Source) adaptive() bool { return s.Schedule == Adaptive }

// floor and ceiling are as configured; a default gives way to the other.
func (s Source) floor() time.Duration {
	most := cmp.Or(duration(s.Ceiling), DefaultFloor)
	return cmp.Or(duration(s.Floor), min(DefaultFloor, most))
}

func (s Source) ceiling() time.Duration {
	return cmp.Or(duration(s.Ceiling), max(DefaultCeiling, duration(s.Floor)))
}
