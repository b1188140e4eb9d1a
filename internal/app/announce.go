package app

import (
	"cmp"
	"fmt"
	"strings"
	"text/tabwriter"
)

// announce tells a person what runs, where the page is, what is polled and
// on what schedule.
func (p *process) announce() {
	w := tabwriter.NewWriter(p.Out, 0, 0, 2, ' ', 0)
	defer w.Flush()
	if l := p.listeners.pages; l != nil {
		fmt.Fprintf(w, "page\thttp://%s\n", l.Addr())
	}
	if l := p.listeners.health; l != nil {
		fmt.Fprintf(w, "health\thttp://%s/readyz\n", l.Addr())
	}
	fmt.Fprintf(w, "stages\t%s\n", joinStages(p.Stages))
	fmt.Fprintf(w, "streams\t%s\n", cmp.Or(p.Config.NATS.URL, "embedded, in "+p.Config.Data))
	if p.archive != nil {
		e := p.Config.Elasticsearch
		fmt.Fprintf(w, "archive\t%s\n", cmp.Or(e.URL+e.CloudID, "embedded, in "+p.Config.Data))
	}
	if p.has(Ingest) {
		p.announceSources(w)
	}
	if len(p.Stages) > 0 {
		fmt.Fprintln(w, "Ctrl-C stops, after what is in flight is safe.")
	}
}

func (p *process) announceSources(w *tabwriter.Writer) {
	fmt.Fprintf(w, "config\t%s\n", p.Config.Origin)
	for _, s := range p.Config.AllSources() {
		fmt.Fprintf(w, "polls\t%s\t%s\t%s\n", s.Name, s.URL, cmp.Or(s.Schedule, "now and whenever a file comes"))
	}
}

func joinStages(stages []Stage) string {
	var names []string
	for _, s := range stages {
		names = append(names, string(s))
	}
	return strings.Join(names, ", ")
}
