package enrich

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/news"
)

func upper(line []byte) ([]byte, error) {
	if bytes.HasPrefix(line, []byte("bad")) {
		return nil, errors.New("no good")
	}
	return bytes.ToUpper(line), nil
}

func TestStreamKeepsTheOrderAndReportsBadLinesByNumber(t *testing.T) {
	var in, want strings.Builder
	for i := range 500 {
		if i%7 == 3 {
			fmt.Fprintf(&in, "bad %d\n", i)
			continue
		}
		fmt.Fprintf(&in, "line %d\n", i)
		fmt.Fprintf(&want, "LINE %d\n", i)
	}
	var out strings.Builder
	var bad []int
	err := Stream(context.Background(), strings.NewReader(in.String()), &out, upper, func(e *LineError) { bad = append(bad, e.Line) })
	if !errors.Is(err, ErrBadLines) {
		t.Errorf("error is %v, want ErrBadLines", err)
	}
	if diff := cmp.Diff(want.String(), out.String()); diff != "" {
		t.Error(diff)
	}
	if len(bad) != 71 || bad[0] != 4 || bad[1] != 11 {
		t.Errorf("bad lines %v", bad)
	}
}

func TestStreamSkipsBlankLinesAndTakesALastLineWithoutNewline(t *testing.T) {
	var out strings.Builder
	if err := Stream(context.Background(), strings.NewReader("\n a \r\n\n  \nb"), &out, upper, nil); err != nil {
		t.Fatal(err)
	}
	if out.String() != "A\nB\n" {
		t.Errorf("got %q", out.String())
	}
}

// TestStreamAnswersEachLineAtOnce holds a conversation: the next line is only
// sent once the one before it was answered.
func TestStreamAnswersEachLineAtOnce(t *testing.T) {
	questions, ask := io.Pipe()
	answers, reply := io.Pipe()
	done := make(chan error, 1)
	go func() {
		done <- Stream(t.Context(), questions, reply, upper, nil)
		reply.Close()
	}()
	buf := make([]byte, 64)
	for i := range 5 {
		fmt.Fprintf(ask, "line %d\n", i)
		n, err := answers.Read(buf)
		if err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprintf("LINE %d\n", i); string(buf[:n]) != want {
			t.Fatalf("got %q, want %q", buf[:n], want)
		}
	}
	ask.Close()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

func TestDecodeLine(t *testing.T) {
	for _, test := range []struct{ name, line, fault string }{
		{"not JSON", `{"id":`, "not a JSON object"},
		{"a list", `[1]`, "not a JSON object"},
		{"no id", `{"text":"a"}`, "no id"},
		{"no text", `{"id":"1"}`, "no text"},
		{"a time that is none", `{"id":"1","text":"a","published":"yesterday"}`, "not a report"},
		{"a number for text", `{"id":"1","text":5}`, "not a report"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, _, err := decodeLine([]byte(test.line))
			if err == nil || !strings.Contains(err.Error(), test.fault) {
				t.Errorf("error is %v, want one that says %q", err, test.fault)
			}
		})
	}
}

func TestDecodeLineKeepsForeignFieldsAndDropsOldAnnotations(t *testing.T) {
	r, rest, err := decodeLine([]byte(`{"z":{"a":1},"id":"1","text":"Today.","published":"2014-12-08","dates":[{"span":[0,5],"text":"Today","type":"DATE","start":null,"end":null}],"note":"kept"}`))
	if err != nil {
		t.Fatal(err)
	}
	if string(rest) != `,"note":"kept","z":{"a":1}}` {
		t.Errorf("rest is %s", rest)
	}
	want := &news.Report{ID: "1", Text: "Today.", Published: time.Date(2014, 12, 8, 0, 0, 0, 0, time.UTC)}
	if diff := cmp.Diff(want, r); diff != "" {
		t.Error(diff)
	}
}

func FuzzDecodeLine(f *testing.F) {
	f.Add([]byte(`{"id":"1","text":"a","x":1}`))
	f.Add([]byte(`{"id":"1","text":"\ud800","published":"2014-12-08T10:00:00"}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		r, rest, err := decodeLine(line)
		if err != nil {
			return
		}
		out, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if !json.Valid(append(out[:len(out)-1], rest...)) {
			t.Errorf("%q and %q do not join", out, rest)
		}
	})
}
