package feed

import (
	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/rss"
)

// newParser returns a parser that keeps what the library's own translation
// loses.
func newParser() *gofeed.Parser {
	p := gofeed.NewParser()
	p.RSSTranslator = &translator{}
	return p
}

// translator is the library's, but tells guids that are addresses from those
// that only look like one.
type translator struct{ gofeed.DefaultRSSTranslator }

// opaqueGUID marks an item whose guid is no address, in gofeed.Item.Custom.
const opaqueGUID = "dateline:opaque-guid"

// Translate implements gofeed.Translator.
func (t *translator) Translate(feed any) (*gofeed.Feed, error) {
	out, err := t.DefaultRSSTranslator.Translate(feed)
	from, ok := feed.(*rss.Feed)
	if err != nil || !ok || len(from.Items) != len(out.Items) {
		return out, err
	}
	for i, it := range from.Items {
		if it.GUID == nil || it.GUID.IsPermalink != "false" {
			continue
		}
		if out.Items[i].Custom == nil {
			out.Items[i].Custom = map[string]string{}
		}
		out.Items[i].Custom[opaqueGUID] = "true"
	}
	return out, nil
}
