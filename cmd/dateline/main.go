// Command dateline ingests what news agencies publish, reads dates, people,
// organizations and events in it, and lets people search it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/dateline-news/dateline/internal/config"
)

// cli is the command line: one field a subcommand.
type cli struct {
	Run       runCommand       `cmd:"" help:"Run every stage in this process: poll, annotate, index and serve."`
	Ingest    ingestCommand    `cmd:"" help:"Run the stage that polls sources and publishes their reports."`
	Enrich    enrichCommand    `cmd:"" help:"Run the stage that annotates reports."`
	Index     indexCommand     `cmd:"" help:"Run the stage that writes reports to the archive, or rebuild the archive."`
	Alert     alertCommand     `cmd:"" help:"Run the stage that tells people what their rules find."`
	Serve     serveCommand     `cmd:"" help:"Run the stage that serves the pages and the API."`
	Search    searchCommand    `cmd:"" help:"Search a running Dateline."`
	Rules     rulesCommand     `cmd:"" help:"List, add, test and switch the alert rules of a running Dateline."`
	Export    exportCommand    `cmd:"" help:"Write all reports that match: ndjson, csv, ninjs, rss or ics."`
	Events    eventsCommand    `cmd:"" help:"List, show and override the events of a running Dateline."`
	Reprocess reprocessCommand `cmd:"" help:"Read the kept answers of publishers' servers again with this version's extractor."`
	Annotate  annotateCommand  `cmd:"" help:"Annotate reports: NDJSON in, NDJSON out."`
	Extract   extractCommand   `cmd:"" help:"Extract the article of an HTML page as a report."`
	Sources   sourcesCommand   `cmd:"" help:"List, check, add, preview and backfill sources; import and export OPML."`
	Config    configCommand    `cmd:"" help:"Check or show the configuration."`
	Users     usersCommand     `cmd:"" help:"Say who may see the pages, and change what."`
	Health    healthCommand    `cmd:"" help:"Ask a running process whether it is well; the exit code answers."`
	Version   versionCommand   `cmd:"" help:"Print the version."`
}

// terminal is what a subcommand talks to; tests replace it.
type terminal struct {
	in       io.Reader
	out, err io.Writer
	environ  []string
}

func main() {
	os.Exit(run(os.Args[1:], &terminal{os.Stdin, os.Stdout, os.Stderr, os.Environ()}))
}

// run parses the arguments and runs the subcommand. It returns the exit code:
// 0, 1 when the work failed, 2 when the command line is wrong.
func run(args []string, term *terminal) int {
	var c cli
	exited, code := false, 0
	parser, err := kong.New(&c,
		kong.Name("dateline"),
		kong.Description("News and press-release ingestion: scrape, annotate, index, search."),
		kong.UsageOnError(),
		kong.Writers(term.out, term.err),
		kong.Exit(func(n int) { exited, code = true, n }),
	)
	if err != nil {
		panic(err) // the struct tags above are wrong
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	switch {
	case exited: // --help
		return code
	case err != nil:
		fmt.Fprintf(term.err, "dateline: %v; see dateline --help\n", err)
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A second Ctrl-C ends the process at once.
	context.AfterFunc(ctx, stop)
	if err := command.Run(&invocation{ctx, term}); err != nil {
		if !errors.Is(err, errReported) {
			fmt.Fprintf(term.err, "dateline: %v\n", err)
		}
		return 1
	}
	return 0
}

// invocation is what every subcommand's Run gets.
type invocation struct {
	ctx context.Context
	*terminal
}

// errReported ends a command with exit code 1 and no further message.
var errReported = errors.New("reported")

// logger writes to standard error as the configuration says.
func (t *terminal) logger(c config.Log) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(c.Level)) // validated with the configuration
	options := &slog.HandlerOptions{Level: level}
	if c.Format == "json" {
		return slog.New(slog.NewJSONHandler(t.err, options))
	}
	return slog.New(slog.NewTextHandler(t.err, options))
}
