package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/dateline-news/dateline/serve/client"
)

// sourcesStatusCommand asks a running Dateline how its sources are doing.
type sourcesStatusCommand struct {
	JSON   bool   `name:"json" help:"Write JSON."`
	Server string `help:"Where Dateline serves." default:"http://127.0.0.1:8080" env:"DATELINE_SERVER" placeholder:"URL"`
	Token  string `help:"API token." env:"DATELINE_TOKEN" placeholder:"TOKEN"`
}

func (c *sourcesStatusCommand) Run(inv *invocation) error {
	sources, err := client.New(c.Server, client.Options{Token: c.Token}).Sources(inv.ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		encoder := json.NewEncoder(inv.out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(sources)
	}
	w := tabwriter.NewWriter(inv.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tLAST SUCCESS\tNEXT DUE\tLISTED\tPUBLISHED\tFAILING\tMISSING\tWHAT IS WRONG")
	for _, s := range sources {
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%d\t%s\t%s\t%s\n", s.Name, shortTime(s.LastSuccess), shortTime(s.NextDue),
			s.Items, s.Published, percent(s.ErrorRate), missing(s.Missing), wrong(s))
	}
	return w.Flush()
}

func shortTime(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.Local().Format("2006-01-02 15:04")
}

func percent(part float64) string { return fmt.Sprintf("%.0f%%", 100*part) }

// missing says which fields reports lack, and what part of them.
func missing(fields map[string]float64) string {
	var out []string
	for _, field := range slices.Sorted(maps.Keys(fields)) {
		out = append(out, field+" "+percent(fields[field]))
	}
	if out == nil {
		return "-"
	}
	return strings.Join(out, ", ")
}

// wrong says what needs somebody's attention, and then what is merely odd.
func wrong(s client.Source) string {
	var out []string
	for _, sentence := range []string{s.Error, s.Silent, s.Note} {
		if sentence != "" {
			out = append(out, sentence)
		}
	}
	if out == nil {
		return "-"
	}
	return strings.Join(out, "; ")
}
