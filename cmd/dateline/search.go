package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/dateline-news/dateline/serve/client"
)

type searchCommand struct {
	Query  []string `arg:"" help:"The query, such as: person:\"Aydin Aliyev\" event:2015-09" placeholder:"QUERY"`
	JSON   bool     `name:"json" help:"Write one JSON object with total and hits."`
	Server string   `help:"Where Dateline serves." default:"http://127.0.0.1:8080" env:"DATELINE_SERVER" placeholder:"URL"`
	Limit  int      `help:"At most this many hits, 1 to 500." default:"20"`
	Sort   string   `help:"relevance, published, seen or event." enum:"relevance,published,seen,event," default:""`
	Cursor string   `help:"Continue where the last answer's next left off." placeholder:"NEXT"`
	Token  string   `help:"API token." env:"DATELINE_TOKEN" placeholder:"TOKEN"`
}

func (c *searchCommand) Run(inv *invocation) error {
	if c.Limit < 1 {
		return fmt.Errorf("--limit %d: use a number of 1 to 500", c.Limit)
	}
	found, err := client.New(c.Server, client.Options{Token: c.Token}).Search(inv.ctx, client.SearchRequest{
		Query:  strings.Join(c.Query, " "),
		Limit:  c.Limit,
		Sort:   c.Sort,
		Cursor: c.Cursor,
	})
	if err != nil {
		return err
	}
	if c.JSON {
		encoder := json.NewEncoder(inv.out)
		encoder.SetEscapeHTML(false)
		return encoder.Encode(found)
	}
	return printHits(inv.out, found)
}

func printHits(w io.Writer, found *client.SearchResult) error {
	for _, h := range found.Hits {
		fmt.Fprintf(w, "%s  %s  %s\n", h.Anchor().Format("2006-01-02"), h.Agency, h.Headline())
		if h.URL != "" {
			fmt.Fprintf(w, "            %s\n", h.URL)
		}
	}
	if found.Truncated {
		fmt.Fprintln(w, "Some of these name more people, quotes or events than person:( ) and quote:( ) look at.")
	}
	_, err := fmt.Fprintf(w, "%d of %d\n", len(found.Hits), found.Total)
	return err
}
