package iptc

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/dateline-news/dateline/ingest/charset"
	"github.com/dateline-news/dateline/ingest/page"
	"github.com/dateline-news/dateline/ingest/when"
	"github.com/dateline-news/dateline/news"
)

// ReadNinjs reads ninjs of versions 1 to 3: one object, an array of them, or
// one after the other. With items there may be an error too, of those that
// could not be read.
func ReadNinjs(data []byte, zone *time.Location) ([]Item, error) {
	text, _, err := charset.Decode(data, "")
	if err != nil {
		return nil, fmt.Errorf("%w (%w)", ErrUnknown, err)
	}
	r := reader{zone: zone}
	decoder := json.NewDecoder(strings.NewReader(text))
	damage, known := error(nil), false
	for damage == nil {
		var raw json.RawMessage
		err := decoder.Decode(&raw)
		if err == io.EOF {
			break
		}
		if err != nil {
			damage = fmt.Errorf("%w (%w)", ErrDamaged, err)
			break
		}
		for _, object := range objects(raw) {
			it, err := r.ninjs(object)
			if errors.Is(err, errNotNinjs) {
				continue
			}
			known = true
			if err != nil {
				damage = cmp.Or(damage, fmt.Errorf("%w (%w)", ErrDamaged, err))
				continue
			}
			r.add(it)
		}
	}
	switch {
	case len(r.items) > 0:
		return r.items, damage
	case damage != nil:
		return nil, damage
	case !known:
		return nil, ErrUnknown
	}
	return nil, ErrNoText
}

// objects are the objects of a JSON value.
func objects(raw json.RawMessage) []json.RawMessage {
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("[")) {
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) == nil {
			return list
		}
	}
	return []json.RawMessage{raw}
}

var errNotNinjs = errors.New("not ninjs")

// ninjsItem is what is read of an item; times and names vary by version.
type ninjsItem struct {
	URI             string         `json:"uri"`
	Type            string         `json:"type"`
	PubStatus       string         `json:"pubstatus"`
	VersionCreated  string         `json:"versioncreated"`
	FirstCreated    string         `json:"firstcreated"`
	ContentCreated  string         `json:"contentcreated"`
	Language        string         `json:"language"`
	Headline        string         `json:"headline"`
	Headlines       []roleValue    `json:"headlines"`
	Title           string         `json:"title"`
	Byline          string         `json:"byline"`
	By              string         `json:"by"`
	Bylines         []namedOrValue `json:"bylines"`
	Bodies          []roleValue    `json:"bodies"`
	Subject         []namedOrValue `json:"subject"`
	Subjects        []namedOrValue `json:"subjects"`
	Keywords        []string       `json:"keywords"`
	InfoSource      []namedOrValue `json:"infosource"`
	InfoSources     []namedOrValue `json:"infosources"`
	CopyrightHolder string         `json:"copyrightholder"`
	Genre           []namedOrValue `json:"genre"`
	Genres          []namedOrValue `json:"genres"`
	Signals         []namedOrValue `json:"signals"`
}

type roleValue struct {
	Role        string `json:"role"`
	Value       string `json:"value"`
	ContentType string `json:"contenttype"`
}

type namedOrValue struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Role  string `json:"role"`
}

func (r *reader) ninjs(raw json.RawMessage) (Item, error) {
	var in ninjsItem
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return Item{}, errNotNinjs
	}
	if fields["uri"] == nil || fields["text"] != nil {
		return Item{}, errNotNinjs
	}
	if err := json.Unmarshal(raw, &in); err != nil {
		return Item{}, err
	}
	report := &news.Report{
		Title:    oneLine(page.Text(cmp.Or(in.Headline, main(in.Headlines), in.Title))),
		Agency:   oneLine(cmp.Or(firstName(in.InfoSource), firstName(in.InfoSources), in.CopyrightHolder)),
		Section:  oneLine(cmp.Or(firstName(in.Genre), firstName(in.Genres))),
		Language: page.LanguageTag(in.Language),
		URL:      webAddress(in.URI),
		Status:   status(in.PubStatus),
	}
	report.Published = firstTime(r.zone, in.ContentCreated, in.FirstCreated, in.VersionCreated)
	if modified := firstTime(r.zone, in.VersionCreated); modified.After(report.Published) {
		report.Modified = modified
	}
	for _, signal := range in.Signals {
		if report.Status == "" && strings.Contains(strings.ToLower(signal.Name), "correct") {
			report.Status = news.StatusCorrected
		}
	}
	report.Byline = byline(cmp.Or(in.Byline, in.By))
	for _, b := range in.Bylines {
		report.Byline = append(report.Byline, byline(cmp.Or(b.Name, b.Value))...)
	}
	for _, s := range append(in.Subject, in.Subjects...) {
		report.Tags = appendNew(report.Tags, oneLine(cmp.Or(s.Name, s.Value)))
	}
	for _, k := range in.Keywords {
		report.Tags = appendNew(report.Tags, oneLine(k))
	}
	if in.Type == "" || in.Type == "text" || in.Type == "composite" {
		report.Text = ninjsText(in, fields)
	}
	return Item{GUID: in.URI, Report: report}, nil
}

// ninjsText is the body: in version 1 a property body_ and its format, later
// one of bodies.
func ninjsText(in ninjsItem, fields map[string]json.RawMessage) string {
	bodies := in.Bodies
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		format, ok := strings.CutPrefix(key, "body_")
		var value string
		if ok && json.Unmarshal(fields[key], &value) == nil {
			bodies = append(bodies, roleValue{Value: value, ContentType: format})
		}
	}
	best := ""
	for _, b := range bodies {
		text := plainText(b.Value)
		if strings.Contains(b.ContentType, "html") || strings.Contains(b.ContentType, "xml") || strings.HasPrefix(strings.TrimSpace(b.Value), "<") {
			text = page.Text(b.Value)
		}
		if len(text) > len(best) {
			best = text
		}
	}
	return best
}

func main(values []roleValue) string {
	first := ""
	for _, v := range values {
		if v.Role == "main" || v.Role == "headline" {
			return v.Value
		}
		first = cmp.Or(first, v.Value)
	}
	return first
}

func firstName(list []namedOrValue) string {
	for _, v := range list {
		if n := cmp.Or(v.Name, v.Value); n != "" {
			return n
		}
	}
	return ""
}

func firstTime(zone *time.Location, candidates ...string) time.Time {
	for _, c := range candidates {
		if t, _, ok := when.Parse(c, zone); ok {
			return t
		}
	}
	return time.Time{}
}
