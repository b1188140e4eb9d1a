// Package selector reads values out of HTML by the CSS selectors that a
// user writes in a source. A selector may end in "@name" to mean an attribute
// of the element rather than its text: "time@datetime".
package selector

import (
	"fmt"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
)

// Check returns nil when selector can be used, or an error that says what is
// wrong with it.
func Check(selector string) error {
	css, attribute, has := cut(selector)
	if has && attribute == "" {
		return fmt.Errorf("selector %q: name an attribute after the @, as in time@datetime", selector)
	}
	if css == "" {
		return nil
	}
	if _, err := cascadia.ParseGroup(css); err != nil {
		return fmt.Errorf("selector %q: %w", selector, err)
	}
	return nil
}

// Value returns the text of the first element within s that selector finds,
// its white space folded; or, for "selector@name", its attribute. An empty
// selector before the @ means s itself.
func Value(s *goquery.Selection, selector string) string {
	if values := Values(s, selector); len(values) > 0 {
		return values[0]
	}
	return ""
}

// Values returns what Value returns for every element that is not empty.
func Values(s *goquery.Selection, selector string) []string {
	css, attribute, has := cut(selector)
	found := s
	if css != "" {
		found = s.Find(css)
	}
	var out []string
	found.Each(func(_ int, e *goquery.Selection) {
		if v := valueOf(e, attribute, has); v != "" {
			out = append(out, v)
		}
	})
	return out
}

func valueOf(e *goquery.Selection, attribute string, has bool) string {
	if !has {
		return Text(e)
	}
	v, _ := e.Attr(attribute)
	return strings.TrimSpace(v)
}

// Text returns the text of s, its white space folded.
func Text(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

// HasAttribute reports whether selector ends in "@name".
func HasAttribute(selector string) bool {
	_, _, has := cut(selector)
	return has
}

func cut(selector string) (css, attribute string, has bool) {
	i := strings.LastIndexByte(selector, '@')
	if i < 0 || strings.ContainsAny(selector[i:], `]"'`) {
		return strings.TrimSpace(selector), "", false
	}
	return strings.TrimSpace(selector[:i]), strings.TrimSpace(selector[i+1:]), true
}
