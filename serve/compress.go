package serve

import (
	"net/http"

	"github.com/klauspost/compress/gzhttp"
)

// compressible are the kinds of answers that shrink. Event streams are not
// among them: each event leaves at once.
var compressible = []string{
	"text/html", "text/css", "text/javascript", "text/plain", "text/csv", "text/calendar", "image/svg+xml",
	"application/json", "application/problem+json", "application/x-ndjson", "application/rss+xml", "application/atom+xml", "application/feed+json",
}

// compressed sends what shrinks with gzip to those who take it. No answer
// holds a secret beside what a reader chose, so its length tells nothing.
func compressed(next http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.ContentTypes(compressible), gzhttp.MinSize(1024))
	if err != nil {
		panic(err) // the options above are wrong
	}
	return wrap(next)
}
