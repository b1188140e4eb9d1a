package page

import (
	"regexp"
	"slices"
	"strings"

	"github.com/dateline-news/dateline/ingest/selector"
	"github.com/dateline-news/dateline/news"
)

// byline is the names of the writers, without the agency's own.
func (p *reading) byline(agency string) []string {
	if sel := p.opts.Selectors.Byline; sel != "" {
		return cleanNames(selector.Values(p.doc.Selection, sel), agency)
	}
	for _, names := range [][]string{
		p.linked.authors,
		selector.Values(p.doc.Selection, `meta[name="author" i]@content`),
		selector.Values(p.doc.Selection, `meta[property="article:author" i]@content`),
		{p.meta("parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl")},
		selector.Values(p.doc.Selection, `[itemprop="author"] [itemprop="name"]`),
		selector.Values(p.doc.Selection, `[rel="author"]`),
	} {
		if names = cleanNames(names, agency); len(names) > 0 {
			return names
		}
	}
	return p.printedByline(agency)
}

// printedByline is a byline as readers see it. Since classes of that name
// hold much else, it counts only where it has the shape of names.
func (p *reading) printedByline(agency string) []string {
	for _, sel := range []string{".byline", "[class*=\"byline\"]", ".author-name", ".author a", ".author", "[class*=\"author-name\"]", "[class*=\"author\"] a"} {
		found := selector.Values(p.doc.Find("article, main, body").First(), sel)
		names := cleanNames(found[:min(len(found), 3)], agency)
		if len(names) > 0 && !slices.ContainsFunc(names, func(n string) bool { return !personShape.MatchString(n) }) {
			return names
		}
	}
	return nil
}

var (
	bylinePrefix = regexp.MustCompile(`(?i)^(?:by|von|par|por|da|di|text|autor|author|written by)\s*:?\s+`)
	nameJoin     = regexp.MustCompile(`\s*;\s*|\s+(?:and|und|et|y|e|&)\s+`)
	inBrackets   = regexp.MustCompile(`\s*\([^)]*\)`)
	webName      = regexp.MustCompile(`(?i)@|://|\bwww\.|^[a-z0-9-]+\.[a-z]{2,}$`)
	// personShape is two to four capitalised words.
	personShape = regexp.MustCompile(`^\p{Lu}[\p{L}.'’-]*(?: (?:van|von|de|der|den|da|di|al|bin|ten|le|la|\p{Lu}[\p{L}.'’-]*)){1,3}$`)
)

// longestName bounds a name, in bytes; longer ones are prose.
const longestName = 100

// cleanNames splits joint bylines and drops addresses, the agency's name and
// repetitions.
func cleanNames(bylines []string, agency string) []string {
	var out []string
	for _, b := range bylines {
		b = bylinePrefix.ReplaceAllString(news.NormalSpace(inBrackets.ReplaceAllString(b, "")), "")
		for _, n := range nameJoin.Split(b, -1) {
			for _, n := range splitCommas(n) {
				if n == "" || len(n) > longestName || webName.MatchString(n) || sameName(n, agency) || slices.Contains(out, n) {
					continue
				}
				out = append(out, n)
			}
		}
	}
	return out
}

// splitCommas splits a list of names, but not a name from its title or place.
func splitCommas(s string) []string {
	parts := strings.Split(s, ",")
	for i := range parts {
		if parts[i] = strings.TrimSpace(parts[i]); !personShape.MatchString(parts[i]) {
			return []string{s}
		}
	}
	return parts
}
