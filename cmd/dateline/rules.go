package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/dateline-news/dateline/alert"
	"github.com/dateline-news/dateline/serve/client"
)

// rulesCommand is `dateline rules`.
type rulesCommand struct {
	List    rulesListCommand    `cmd:"" help:"List the rules."`
	Show    rulesShowCommand    `cmd:"" help:"Print a rule, and how it is."`
	Add     rulesAddCommand     `cmd:"" help:"Keep the rule of a file, in the place of one of the same name."`
	Test    rulesTestCommand    `cmd:"" help:"Say what a rule would have told, and whether search and matcher agree."`
	Enable  rulesEnableCommand  `cmd:"" help:"Switch a rule on."`
	Disable rulesDisableCommand `cmd:"" help:"Switch a rule off."`
	Snooze  rulesSnoozeCommand  `cmd:"" help:"Hold what a rule tells for a while."`
	Delete  rulesDeleteCommand  `cmd:"" help:"Delete a rule."`
	Log     rulesLogCommand     `cmd:"" help:"Say what a rule told, and what became of it."`
	Dead    rulesDeadCommand    `cmd:"" help:"List the messages that were given up, of a rule or of all."`
	Replay  rulesReplayCommand  `cmd:"" help:"Try again the messages of a rule that were given up."`
}

// askFlags are the flags of every command that asks a running Dateline.
type askFlags struct {
	Server string `help:"Where Dateline serves." default:"http://127.0.0.1:8080" env:"DATELINE_SERVER" placeholder:"URL"`
	Token  string `help:"API token." env:"DATELINE_TOKEN" placeholder:"TOKEN"`
	JSON   bool   `name:"json" help:"Write JSON."`
}

// call asks for a path below /api/v1/rules. The parts are names.
func (f askFlags) call(inv *invocation, method string, body []byte, into any, parts ...string) error {
	path := "/api/v1/rules"
	for _, part := range parts {
		path += "/" + url.PathEscape(part)
	}
	// A backtest of a big archive takes longer than a search.
	asked := client.New(f.Server, client.Options{Token: f.Token, HTTP: &http.Client{Timeout: 6 * time.Minute}})
	return asked.Call(inv.ctx, method, path, body, into)
}

// show writes a value as JSON, or as write does.
func (f askFlags) show(inv *invocation, value any, write func(io.Writer)) error {
	if !f.JSON {
		write(inv.out)
		return nil
	}
	encoder := json.NewEncoder(inv.out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

type rulesListCommand struct{ askFlags }

func (c *rulesListCommand) Run(inv *invocation) error {
	var rules []alert.View
	if err := c.call(inv, http.MethodGet, nil, &rules); err != nil {
		return err
	}
	return c.show(inv, rules, func(out io.Writer) {
		w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
		defer w.Flush()
		for _, r := range rules {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", r.Rule.Name, r.State, r.Origin, r.Rule.Description)
		}
	})
}

// ruleFlags are the flags of every command about one rule.
type ruleFlags struct {
	askFlags
	Name string `arg:"" help:"The rule's name."`
}

// change posts to the rule and shows what became of it.
func (f ruleFlags) change(inv *invocation, ask any, action string) error {
	body, err := json.Marshal(ask)
	if err != nil {
		return err
	}
	var view alert.View
	if err := f.call(inv, http.MethodPost, body, &view, f.Name, action); err != nil {
		return err
	}
	return f.show(inv, view, func(out io.Writer) { printRule(out, view) })
}

func printRule(out io.Writer, v alert.View) {
	fmt.Fprintf(out, "%s is %s", v.Rule.Name, v.State)
	if v.State == "snoozed" {
		fmt.Fprintf(out, " until %s", v.SnoozedUntil.Local().Format("2006-01-02 15:04"))
	}
	if v.CatchUp != nil {
		fmt.Fprintf(out, ", catching up from %s", v.CatchUp.From.Local().Format("2006-01-02 15:04"))
	}
	fmt.Fprintln(out)
	if v.Broken != "" {
		fmt.Fprintf(out, "broken: %s\n", v.Broken)
	}
}

type rulesShowCommand struct{ ruleFlags }

func (c *rulesShowCommand) Run(inv *invocation) error {
	var view alert.View
	if err := c.call(inv, http.MethodGet, nil, &view, c.Name); err != nil {
		return err
	}
	return c.show(inv, view, func(out io.Writer) {
		fmt.Fprintf(out, "# %s, from %s\n", view.State, view.Origin)
		for line := range strings.Lines(view.Broken) {
			fmt.Fprintf(out, "# broken: %s\n", strings.TrimSpace(line))
		}
		fmt.Fprint(out, view.YAML)
	})
}

type rulesAddCommand struct {
	askFlags
	File string `arg:"" help:"The rule as YAML or JSON; - for standard input."`
}

func (c *rulesAddCommand) Run(inv *invocation) error {
	source, err := readFile(inv, c.File)
	if err != nil {
		return err
	}
	var view alert.View
	if err := c.call(inv, http.MethodPost, source, &view); err != nil {
		return err
	}
	if err := c.show(inv, view, func(out io.Writer) { printRule(out, view) }); err != nil {
		return err
	}
	if view.Broken != "" {
		return errReported
	}
	return nil
}

func readFile(inv *invocation, file string) ([]byte, error) {
	if file == "-" {
		return io.ReadAll(inv.in)
	}
	return os.ReadFile(file)
}

type rulesTestCommand struct {
	askFlags
	Rule  string `arg:"" help:"The name of a rule, or a file with one; - for standard input."`
	Since string `help:"How far to look back: 30d, 24h, 2015-09-08." default:"30d"`
}

func (c *rulesTestCommand) Run(inv *invocation) error {
	ask := alert.TestRequest{Since: c.Since}
	parts := []string{c.Rule, "test"}
	if source, err := readFile(inv, c.Rule); err == nil {
		ask.YAML, parts = string(source), []string{"test"}
	} else if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	body, err := json.Marshal(ask)
	if err != nil {
		return err
	}
	var result alert.Backtest
	if err := c.call(inv, http.MethodPost, body, &result, parts...); err != nil {
		return err
	}
	if err := c.show(inv, result, func(out io.Writer) { printBacktest(out, result) }); err != nil {
		return err
	}
	if len(result.Disagreements) > 0 {
		return errReported
	}
	return nil
}

func printBacktest(out io.Writer, b alert.Backtest) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "day\tmatched\tstories\tmessages\t\n")
	for _, d := range b.Days {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t\n", d.Day, d.Matched, d.Notices, d.Messages)
	}
	fmt.Fprintf(w, "all\t%d\t%d\t%d\t\n", b.Matched, b.Notices, b.Messages)
	_ = w.Flush() // a terminal that went away
	for _, n := range b.Samples {
		fmt.Fprintf(out, "%s  %s\n", n.At.Format("2006-01-02 15:04"), n.Title)
		fmt.Fprintf(out, "                  matched by %s\n", strings.Join(n.MatchedBy, "; "))
	}
	fmt.Fprintf(out, "%d reports and %d changes of events looked at", b.Reports, b.Events)
	if len(b.Disagreements) == 0 {
		fmt.Fprintln(out, "; search and matcher agree")
		return
	}
	fmt.Fprintln(out, "; search and matcher disagree on:")
	for _, d := range b.Disagreements {
		fmt.Fprintf(out, "  %s: search %t, matcher %t\n", d.Report, d.Search, d.Matcher)
	}
}

type rulesEnableCommand struct {
	ruleFlags
	CatchUp bool `help:"Also look at what came while the rule was off."`
}

func (c *rulesEnableCommand) Run(inv *invocation) error {
	return c.change(inv, map[string]bool{"catch_up": c.CatchUp}, "enable")
}

type rulesDisableCommand struct{ ruleFlags }

func (c *rulesDisableCommand) Run(inv *invocation) error { return c.change(inv, struct{}{}, "disable") }

type rulesSnoozeCommand struct {
	ruleFlags
	Until string `arg:"" help:"4h, 2d, 2015-09-08; off ends a snooze."`
}

func (c *rulesSnoozeCommand) Run(inv *invocation) error {
	until := c.Until
	if until == "off" {
		until = ""
	}
	return c.change(inv, map[string]string{"until": until}, "snooze")
}

type rulesDeleteCommand struct{ ruleFlags }

func (c *rulesDeleteCommand) Run(inv *invocation) error {
	var gone struct{}
	if err := c.call(inv, http.MethodDelete, nil, &gone, c.Name); err != nil {
		return err
	}
	_, err := fmt.Fprintf(inv.out, "%s is deleted\n", c.Name)
	return err
}

type rulesLogCommand struct {
	ruleFlags
	Limit int `help:"At most this many notices, 1 to 500." default:"20"`
}

func (c *rulesLogCommand) Run(inv *invocation) error {
	var entries []alert.Entry
	asked := client.New(c.Server, client.Options{Token: c.Token})
	path := "/api/v1/rules/" + url.PathEscape(c.Name) + "/log?limit=" + strconv.Itoa(c.Limit)
	if err := asked.Call(inv.ctx, http.MethodGet, path, nil, &entries); err != nil {
		return err
	}
	return c.show(inv, entries, func(out io.Writer) {
		for _, e := range entries {
			fmt.Fprintln(out, e.Title)
			for _, line := range e.Story() {
				fmt.Fprintf(out, "  %s\n", line)
			}
		}
	})
}

type rulesReplayCommand struct{ ruleFlags }

func (c *rulesReplayCommand) Run(inv *invocation) error {
	var done alert.Replayed
	if err := c.call(inv, http.MethodPost, nil, &done, c.Name, "replay"); err != nil {
		return err
	}
	return c.show(inv, done, func(out io.Writer) { fmt.Fprintf(out, "%d messages are tried again\n", done.Replayed) })
}

type rulesDeadCommand struct {
	askFlags
	Name string `arg:"" optional:"" help:"The rule's name; all rules without it."`
}

func (c *rulesDeadCommand) Run(inv *invocation) error {
	path := "/api/v1/alerts/dead"
	if c.Name != "" {
		path = "/api/v1/rules/" + url.PathEscape(c.Name) + "/dead"
	}
	var dead []alert.DeadMessage
	if err := client.New(c.Server, client.Options{Token: c.Token}).Call(inv.ctx, http.MethodGet, path, nil, &dead); err != nil {
		return err
	}
	return c.show(inv, dead, func(out io.Writer) {
		for _, m := range dead {
			fmt.Fprintf(out, "%s  to %s, of %s\n", m.ID, m.Target, strings.Join(m.Rules, ", "))
			for _, title := range m.Notices {
				fmt.Fprintf(out, "  %s\n", title)
			}
			fmt.Fprintf(out, "  given up after %d tries since %s: %s\n", m.Attempts, m.First.Local().Format("2006-01-02 15:04"), m.Error)
		}
		if len(dead) == 0 {
			fmt.Fprintln(out, "no message was given up")
		}
	})
}
