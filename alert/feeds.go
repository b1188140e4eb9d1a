package alert

import (
	"html/template"
	"net/http"
	"strings"

	"github.com/dateline-news/dateline/alert/feed"
	"github.com/dateline-news/dateline/alert/notice"
)

// feedLength is the most notices of a feed, and calendarLength of a calendar.
const feedLength, calendarLength = 50, 500

func (s *Service) feedOf(r *http.Request, limit int) (feed.Feed, error) {
	name := r.PathValue("name")
	stored, err := s.store.Get(r.Context(), name)
	if err != nil {
		return feed.Feed{}, err
	}
	entries, err := s.Log(r.Context(), name, limit)
	if err != nil {
		return feed.Feed{}, err
	}
	f := feed.Feed{Rule: name, Description: stored.Rule.Description, URL: s.base(r) + "/alerts/" + name, Now: s.opts.Now()}
	for _, e := range entries {
		if e.Trigger != notice.Broken {
			f.Notices = append(f.Notices, e.Notice)
		}
	}
	return f, nil
}

// base is the address of the server: as it is configured, else as the reader
// called it.
func (s *Service) base(r *http.Request) string {
	if s.opts.URL != "" {
		return strings.TrimSuffix(s.opts.URL, "/")
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}

func (s *Service) rss(w http.ResponseWriter, r *http.Request) {
	s.writeFeed(w, r, "application/rss+xml; charset=utf-8", feed.Feed.RSS)
}

func (s *Service) atom(w http.ResponseWriter, r *http.Request) {
	s.writeFeed(w, r, "application/atom+xml; charset=utf-8", feed.Feed.Atom)
}

func (s *Service) writeFeed(w http.ResponseWriter, r *http.Request, kind string, write func(feed.Feed) (string, error)) {
	f, err := s.feedOf(r, feedLength)
	if err == nil {
		var text string
		if text, err = write(f); err == nil {
			w.Header().Set("Content-Type", kind)
			_, _ = w.Write([]byte(text)) // the reader may have gone
			return
		}
	}
	s.problem(w, r, err)
}

func (s *Service) calendar(w http.ResponseWriter, r *http.Request) {
	f, err := s.feedOf(r, calendarLength)
	if err != nil {
		s.problem(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	_, _ = w.Write([]byte(f.Calendar())) // the reader may have gone
}

// unsubscribePage asks a person, and tells what was done. A program posts at
// once (RFC 8058).
var unsubscribePage = template.Must(template.New("unsubscribe").Parse(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Unsubscribe</title><link rel="stylesheet" href="/static/style.css"></head>
<body><main id="main">
{{if .Done}}<h1>Unsubscribed</h1><p>{{.Address}} gets no more messages of {{range $i, $r := .Rules}}{{if $i}}, {{end}}{{$r}}{{end}}.</p>
{{else}}<h1>Unsubscribe?</h1><p>{{.Address}} would get no more messages of {{range $i, $r := .Rules}}{{if $i}}, {{end}}{{$r}}{{end}}.</p>
<form method="post"><button>Unsubscribe</button></form>{{end}}
</main></body></html>
`))

type unsubscribeView struct {
	Done    bool
	Rules   []string
	Address string
}

// askUnsubscribe changes nothing: programs follow links to look at them.
func (s *Service) askUnsubscribe(w http.ResponseWriter, r *http.Request) {
	sub, err := s.secret.read(r.PathValue("token"))
	if err != nil {
		s.problem(w, r, mistake(err))
		return
	}
	s.showUnsubscribe(w, unsubscribeView{Rules: sub.Rules, Address: sub.Address})
}

func (s *Service) unsubscribe(w http.ResponseWriter, r *http.Request) {
	rules, address, err := s.Unsubscribe(r.Context(), r.PathValue("token"))
	if err != nil {
		s.problem(w, r, err)
		return
	}
	s.showUnsubscribe(w, unsubscribeView{Done: true, Rules: rules, Address: address})
}

func (s *Service) showUnsubscribe(w http.ResponseWriter, v unsubscribeView) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if err := unsubscribePage.Execute(w, v); err != nil {
		s.log.Debug("the reader went away", "error", err)
	}
}
