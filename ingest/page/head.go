package page

import (
	"strings"

	"github.com/dateline-news/dateline/ingest/when"
	"github.com/dateline-news/dateline/news"
)

// maxHead is how many paragraphs of the page's head are looked for.
const maxHead = 4

// withoutHead drops from the beginning of text what the page prints above the
// article and the report has elsewhere: the title, the date, the byline. A
// dateline has words of the article behind it and stays. The text is never
// left empty, and one that the source's own selector chose is not touched.
func (p *reading) withoutHead(text string, r *news.Report) string {
	if p.opts.Selectors.Body != "" {
		return text
	}
	rest := text
	for range maxHead {
		first, after, more := strings.Cut(rest, "\n\n")
		if !more || !p.isHead(first, r) {
			break
		}
		rest = after
	}
	return rest
}

func (p *reading) isHead(paragraph string, r *news.Report) bool {
	if r.Title != "" && sameName(paragraph, r.Title) {
		return true
	}
	if len(paragraph) > maxHeadLine {
		return false
	}
	if _, _, ok := when.Parse(paragraph, p.opts.Location); ok {
		return true
	}
	name := bylinePrefix.ReplaceAllString(paragraph, "")
	for _, b := range r.Byline {
		if sameName(name, b) {
			return true
		}
	}
	return false
}

// maxHeadLine is the longest date or byline, in bytes.
const maxHeadLine = 100
