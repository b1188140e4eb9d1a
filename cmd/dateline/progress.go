package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// progressBar shows how far work has come: on a terminal in one line that is
// written anew, else in a line every so often.
type progressBar struct {
	w        io.Writer
	now      func() time.Time
	terminal bool
	began    time.Time
	last     time.Time
	width    int
}

func newProgressBar(w io.Writer, now func() time.Time) *progressBar {
	f, ok := w.(*os.File)
	if ok {
		info, err := f.Stat()
		ok = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	return &progressBar{w: w, now: now, terminal: ok, began: now()}
}

// How often the bar is written, on a terminal and elsewhere.
const (
	barStep  = 100 * time.Millisecond
	lineStep = 10 * time.Second
)

// show tells that so many of what is known so far are done.
func (b *progressBar) show(done, of int, note string) {
	now := b.now()
	step := lineStep
	if b.terminal {
		step = barStep
	}
	if now.Sub(b.last) < step && done != of || of == 0 {
		return
	}
	b.last = now
	line := fmt.Sprintf("%s %d of %d, %s%s", bar(done, of), done, of, left(now.Sub(b.began), done, of), note)
	if !b.terminal {
		fmt.Fprintln(b.w, line)
		return
	}
	if runes := []rune(line); len(runes) > barWidth {
		line = string(runes[:barWidth-1]) + "…"
	}
	n := len([]rune(line))
	fmt.Fprint(b.w, "\r", line, strings.Repeat(" ", max(b.width-n, 0)))
	b.width = n
}

// barWidth is the longest line on a terminal, in characters.
const barWidth = 110

// bar is the part that is done as twenty signs.
func bar(done, of int) string {
	full := 20 * min(done, of) / max(of, 1)
	return "[" + strings.Repeat("=", full) + strings.Repeat(" ", 20-full) + "]"
}

// left is how long the rest will take if it goes on as before.
func left(taken time.Duration, done, of int) string {
	if done == 0 || done >= of {
		return ""
	}
	rest := taken / time.Duration(done) * time.Duration(of-done)
	return fmt.Sprintf("about %s left, ", rest.Round(time.Second))
}

// end leaves the line that was written last.
func (b *progressBar) end() {
	if b.terminal && b.width > 0 {
		fmt.Fprintln(b.w)
	}
}
