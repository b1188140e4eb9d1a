package wire

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type tide struct {
	Port   string `json:"port"`
	Metres int    `json:"metres"`
}

func publishTides(t *testing.T, bus *Bus, tides ...tide) {
	t.Helper()
	for i, v := range tides {
		body, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		id := fmt.Sprint(v.Port, v.Metres, i)
		if _, err := bus.Append(t.Context(), StreamAlerts, []string{v.Port}, body, Append{MessageID: id, Unordered: true}); err != nil {
			t.Fatal(err)
		}
	}
}

func tideOf(t *testing.T, m *Message) tide {
	t.Helper()
	var v tide
	if err := json.Unmarshal(m.Body, &v); err != nil {
		t.Errorf("body %q: %v", m.Body, err)
	}
	return v
}

func TestReadEndsWithWhatTheStreamHas(t *testing.T) {
	bus := newBus(t)
	read := func(r Reading) []tide {
		r.Stream = StreamAlerts
		var got []tide
		if err := bus.Read(t.Context(), r, func(m *Message) error { got = append(got, tideOf(t, m)); return nil }); err != nil {
			t.Fatal(err)
		}
		return got
	}
	if got := read(Reading{}); got != nil {
		t.Errorf("an empty stream has %v", got)
	}
	publishTides(t, bus, tide{"leith", 1}, tide{"oban", 2}, tide{"leith", 3})
	for _, test := range []struct {
		name string
		ask  Reading
		want []tide
	}{
		{"all", Reading{}, []tide{{"leith", 1}, {"oban", 2}, {"leith", 3}}},
		{"one subject", Reading{Names: []string{"leith"}}, []tide{{"leith", 1}, {"leith", 3}}},
		{"after a sequence", Reading{After: 1}, []tide{{"oban", 2}, {"leith", 3}}},
		{"after the last", Reading{After: 3}, nil},
	} {
		if diff := cmp.Diff(test.want, read(test.ask)); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

func TestReadFollowsUntilItIsStopped(t *testing.T) {
	bus := newBus(t)
	ctx, cancel := context.WithCancel(t.Context())
	got := make(chan tide, 10)
	ended := make(chan error, 1)
	go func() {
		ended <- bus.Read(ctx, Reading{Stream: StreamAlerts, Follow: true}, func(m *Message) error {
			got <- tideOf(t, m)
			return nil
		})
	}()
	publishTides(t, bus, tide{"leith", 1})
	<-got
	publishTides(t, bus, tide{"oban", 2})
	if v := <-got; v != (tide{"oban", 2}) {
		t.Errorf("followed with %v", v)
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
}
