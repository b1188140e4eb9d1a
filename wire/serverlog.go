package wire

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
)

// serverLog passes the embedded server's log on and remembers the fatal
// faults, which the server reports nowhere else, and the latest warnings,
// which say why a stream could not be read.
type serverLog struct {
	slog *slog.Logger

	mu       sync.Mutex
	fatal    error
	warnings []string
	unsaved  bool
}

// keptWarnings bounds the warnings that are remembered.
const keptWarnings = 20

func newServerLog(log *slog.Logger) *serverLog {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &serverLog{slog: log.With("component", "nats-server")}
}

// failure is the first fatal fault, or nil.
func (l *serverLog) failure() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.fatal
}

// about returns the warnings that speak of name.
func (l *serverLog) about(name string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var lines []string
	for _, w := range l.warnings {
		if strings.Contains(w, name) {
			lines = append(lines, w)
		}
	}
	return strings.Join(lines, "; ")
}

func (l *serverLog) Noticef(format string, v ...any) { l.slog.Debug(line(format, v)) }
func (l *serverLog) Debugf(string, ...any)           {}
func (l *serverLog) Tracef(string, ...any)           {}

func (l *serverLog) Warnf(format string, v ...any) {
	l.remember(line(format, v))
	l.slog.Warn(line(format, v))
}

func (l *serverLog) Errorf(format string, v ...any) {
	l.remember(line(format, v))
	l.slog.Error(line(format, v))
}

// Fatalf does not end the process: StartServer returns the fault.
func (l *serverLog) Fatalf(format string, v ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fatal == nil {
		l.fatal = errors.New(line(format, v))
	}
}

func (l *serverLog) remember(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.warnings) == keptWarnings {
		l.warnings = l.warnings[1:]
	}
	l.warnings = append(l.warnings, text)
	if strings.Contains(strings.ToLower(text), "critical write error") || strings.Contains(text, "will be DISABLED") {
		l.unsaved = true
	}
}

// writeFailed reports whether the server gave up a stream, or all of
// JetStream, because the disk refused a write.
func (l *serverLog) writeFailed() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.unsaved
}

func (l *serverLog) forgetWrites() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.unsaved = false
}

func line(format string, v []any) string { return strings.TrimSpace(fmt.Sprintf(format, v...)) }
