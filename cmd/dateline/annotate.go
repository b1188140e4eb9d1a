package main

import (
	"fmt"

	"github.com/dateline-news/dateline/configs"
	"github.com/dateline-news/dateline/enrich"
)

type annotateCommand struct {
	Gazetteers string `help:"A folder of gazetteers instead of the shipped ones." type:"existingdir" placeholder:"DIR"`
	Explain    bool   `help:"Write for a person what was read and why, instead of JSON."`
}

// Help is shown by --help after the flags.
func (*annotateCommand) Help() string {
	return `Each line of standard input is a report as JSON with at least "id", "text" and
"published", and where known "title", "source", "url" and "language". Each is
written to standard output, annotated, on a line of its own, in the same order.
A line that is not a report is an error with its number on standard error; the
rest goes on and the exit code is 1 at the end.`
}

func (c *annotateCommand) Run(inv *invocation) error {
	annotator, err := enrich.New(configs.FS(c.Gazetteers))
	if err != nil {
		return err
	}
	if c.Explain {
		return inv.stream(annotator.ExplainLine)
	}
	return inv.stream(annotator.AnnotateLine)
}

// stream transforms lines of standard input to lines of standard output.
func (inv *invocation) stream(transform enrich.Transform) error {
	err := enrich.Stream(inv.ctx, inv.in, inv.out, transform, func(bad *enrich.LineError) {
		fmt.Fprintf(inv.err, "dateline: %v\n", bad)
	})
	if err == enrich.ErrBadLines {
		return errReported
	}
	return err
}
