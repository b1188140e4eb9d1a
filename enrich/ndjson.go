package enrich

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"runtime"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/dateline-news/dateline/news"
)

// MaxLine is the longest line, in bytes, that Stream reads as a report.
const MaxLine = 64 << 20

// ErrBadLines is returned by Stream when it came to the end of its input but
// had to leave out some lines, each of which it reported.
var ErrBadLines = errors.New("some lines are not reports")

// LineError says what is wrong with one line of an NDJSON input.
type LineError struct {
	Line int // from 1
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

func (e *LineError) Unwrap() error { return e.Err }

// Transform reads one line of input and returns one line of output without
// its newline.
type Transform func(line []byte) ([]byte, error)

// Stream applies transform to every line of r that is not blank, on all cores,
// and writes the results to w in the order of the input, each as soon as
// those before it are written. A line whose transform fails, or that is longer
// than MaxLine, is passed to bad, and the rest goes on; Stream then returns
// ErrBadLines. Memory is bounded by a few lines per core.
func Stream(ctx context.Context, r io.Reader, w io.Writer, transform Transform, bad func(*LineError)) error {
	type result struct {
		line int
		out  []byte
		err  error
	}
	workers := runtime.GOMAXPROCS(0)
	queue := make(chan chan result, 4*workers)
	group, ctx := errgroup.WithContext(ctx)
	slots := make(chan struct{}, workers)

	group.Go(func() error {
		defer close(queue)
		return eachLine(r, func(n int, line []byte, err error) error {
			done := make(chan result, 1)
			select {
			case queue <- done:
			case <-ctx.Done():
				return ctx.Err()
			}
			if err != nil {
				done <- result{line: n, err: err}
				return nil
			}
			slots <- struct{}{}
			go func() {
				defer func() { <-slots }()
				out, err := transform(line)
				done <- result{n, out, err}
			}()
			return nil
		})
	})

	failed := false
	group.Go(func() error {
		out := bufio.NewWriterSize(w, 1<<16)
		for done := range queue {
			var res result
			select {
			case res = <-done:
			default: // nothing to do but wait: let the reader have what is there
				if err := out.Flush(); err != nil {
					return fmt.Errorf("writing: %w", err)
				}
				res = <-done
			}
			if res.err != nil {
				failed = true
				bad(&LineError{res.line, res.err})
			} else {
				out.Write(res.out)
				out.WriteByte('\n')
			}
			if len(queue) == 0 {
				if err := out.Flush(); err != nil {
					return fmt.Errorf("writing: %w", err)
				}
			}
		}
		return out.Flush()
	})
	if err := group.Wait(); err != nil {
		return err
	}
	if failed {
		return ErrBadLines
	}
	return nil
}

// eachLine calls visit with the number and content of each line of r that is
// not blank; the content is not reused.
func eachLine(r io.Reader, visit func(n int, line []byte, err error) error) error {
	in := bufio.NewReaderSize(r, 1<<16)
	for n := 1; ; n++ {
		line, tooLong, err := readLine(in)
		if err != nil && err != io.EOF {
			return fmt.Errorf("reading line %d: %w", n, err)
		}
		end := err == io.EOF
		switch trimmed := bytes.TrimSpace(line); {
		case tooLong:
			if err := visit(n, nil, fmt.Errorf("longer than %d bytes", MaxLine)); err != nil {
				return err
			}
		case len(trimmed) > 0:
			if err := visit(n, trimmed, nil); err != nil {
				return err
			}
		}
		if end {
			return nil
		}
	}
}

func readLine(in *bufio.Reader) (line []byte, tooLong bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if len(line)+len(part) > MaxLine {
			tooLong, line = true, nil
		}
		if !tooLong {
			line = append(line, part...)
		}
		if err != bufio.ErrBufferFull {
			return line, tooLong, err
		}
	}
}

// AnnotateLine reads a report from one line of JSON, annotates it and returns
// it as one line. Fields that are not a report's are kept as they are. A time
// may be a bare date or lack its zone; it is then read as UTC.
func (a *Annotator) AnnotateLine(line []byte) ([]byte, error) {
	r, rest, err := decodeLine(line)
	if err != nil {
		return nil, err
	}
	a.Annotate(r)
	out, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("encoding report %s: %w", r.ID, err)
	}
	return append(out[:len(out)-1], rest...), nil
}

// decodeLine returns the report and the tail of its JSON object: the fields
// that are not a report's, each after a comma, and the closing brace.
func decodeLine(line []byte) (*news.Report, []byte, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(line, &fields); err != nil {
		return nil, nil, fmt.Errorf("not a JSON object: %w", err)
	}
	var known, rest bytes.Buffer
	known.WriteByte('{')
	for _, name := range sortedKeys(fields) {
		buf := &rest
		value := fields[name]
		if reportFields[name] {
			buf = &known
			if reportTimes[name] {
				value = completeTime(value)
			}
		}
		key, _ := json.Marshal(name) // a string always encodes
		if buf.Len() != 1 || buf == &rest {
			buf.WriteByte(',')
		}
		buf.Write(key)
		buf.WriteByte(':')
		buf.Write(value)
	}
	known.WriteByte('}')
	rest.WriteByte('}')

	r := new(news.Report)
	if err := json.Unmarshal(known.Bytes(), r); err != nil {
		return nil, nil, fmt.Errorf("not a report: %w", err)
	}
	r.ClearAnnotations()
	if err := r.Validate(); err != nil {
		return nil, nil, err
	}
	return r, rest.Bytes(), nil
}

// completeTime gives a JSON string that holds a date, or a time without its
// zone, the rest of RFC 3339; it returns any other value unchanged.
func completeTime(value json.RawMessage) json.RawMessage {
	var s string
	if json.Unmarshal(value, &s) != nil {
		return value
	}
	if s == "" {
		return json.RawMessage("null")
	}
	for _, layout := range []string{time.DateOnly, "2006-01-02T15:04", "2006-01-02T15:04:05", time.DateTime} {
		if t, err := time.Parse(layout, s); err == nil {
			return json.RawMessage(`"` + t.Format(time.RFC3339Nano) + `"`)
		}
	}
	return value
}

var reportTimes = map[string]bool{"published": true, "modified": true, "seen": true}

// reportFields are the JSON names of news.Report.
var reportFields = func() map[string]bool {
	names := map[string]bool{}
	for f := range reflect.TypeFor[news.Report]().Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		names[name] = true
	}
	return names
}()
