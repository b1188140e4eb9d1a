package alert

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/dateline-news/dateline/alert/notice"
	"github.com/dateline-news/dateline/index/match"
)

func TestProcessesShareTheWorkAndTellOnce(t *testing.T) {
	h := newHouse(t, nil)
	h.rule("name: ferries\nquery: ferry\nnotify: [desk]", "name: ports\nquery: port\nnotify: [desk]")
	h.start()
	second := h.options
	second.Holder = "second"
	service, err := New(t.Context(), second)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- service.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	const stories, copies = 25, 4
	var want []string
	for n := range stories {
		title := fmt.Sprintf("Ferry %02d", n)
		for c := range copies {
			r := dispatch(fmt.Sprint("source", c), fmt.Sprintf("%d-%d", n, c), title, "The ferry left the port.")
			r.Story = fmt.Sprint("story", n)
			h.publish(r)
		}
		want = append(want, "ferries+ports: "+title)
	}
	wantTitles(t, h, want...)
	h.eventually("every source stands in the log", func() bool {
		entries := h.log("ferries")
		return len(entries) == stories && !slices.ContainsFunc(entries, func(e Entry) bool { return len(e.Sources) != copies })
	})
}

func TestAStageThatIsStoppedAndStartedTellsEverythingOnce(t *testing.T) {
	h := newHouse(t, nil)
	h.rule("name: ferries\nquery: ferry\nnotify: [desk]")
	h.hook.answer = func(try int) (int, http.Header) {
		if try%3 == 0 {
			return http.StatusServiceUnavailable, nil
		}
		return 0, nil
	}
	var want []string
	for n := range 40 {
		title := fmt.Sprintf("Ferry %02d", n)
		h.publish(dispatch("harbour", fmt.Sprint(n), title, "The ferry left."))
		want = append(want, "ferries: "+title)
	}
	for round := range 4 { // each goes as far as it comes
		service, err := New(t.Context(), h.options)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- service.Run(ctx) }()
		tries := 8 * (round + 1)
		h.eventually("some tries", func() bool { h.hook.mu.Lock(); defer h.hook.mu.Unlock(); return len(h.hook.tries) >= tries })
		cancel()
		if err := <-ended; err != nil {
			t.Fatal(err)
		}
	}
	h.start()
	wantTitles(t, h, want...)
}

func TestANoticeThatWasClaimedBeforeACrashIsTold(t *testing.T) {
	h := newHouse(t, nil)
	h.rule("name: ferries\nquery: ferry\nnotify: [desk]")
	r := dispatch("harbour", "1", "Ferry sails", "The ferry left.")
	stored, err := h.service.store.Get(t.Context(), "ferries")
	if err != nil {
		t.Fatal(err)
	}
	a, _, err := compile(stored, stored.Rule, nil, nil, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	n := a.found(match.New(r), notice.Report, time.Now()).Notice
	if mine, err := h.service.claims.claim(t.Context(), n, "1@1@"+r.ContentHash); err != nil || !mine {
		t.Fatalf("claimed %v, %v", mine, err)
	}
	h.publish(r)
	h.start()
	wantTitles(t, h, "ferries: Ferry sails")
}

func TestTasksThatACrashLeftBesideTheirMessageAreNotSentTwice(t *testing.T) {
	night := tonight()
	h, c := clocked(t, night)
	h.rule("name: ferries\nquery: ferry\nnotify: [desk]\nquiet: {from: '22:00', to: '07:00'}")
	c.set(night)
	stop := h.start()
	h.publish(dispatch("harbour", "1", "Ferry one", "The ferry left."), dispatch("harbour", "2", "Ferry two", "The ferry left."))
	h.eventually("both are held", func() bool {
		entries := h.log("ferries")
		return len(entries) == 2 && entries[0].Deliveries["desk"].State == Held && entries[1].Deliveries["desk"].State == Held
	})
	stop()
	// The message was kept, and the process died before it took the tasks away.
	m := task{Target: "desk", Group: "rule ferries", Rules: []string{"ferries"}, First: night, Due: night.Add(8 * time.Hour)}
	for _, e := range h.log("ferries") {
		m.Members = append(m.Members, member{"ferries", e.ID})
		m.Replaces = append(m.Replaces, messageID("desk", "ferries", e.ID))
	}
	m.ID = messageID("desk", m.Replaces...)
	if _, err := swap(t.Context(), h.service.outbox.kv, taskPrefix+m.ID, m, 0); err != nil {
		t.Fatal(err)
	}
	c.set(night.Add(9 * time.Hour))
	service, err := New(t.Context(), h.options)
	if err != nil {
		t.Fatal(err)
	}
	h.service = service
	h.start()
	wantTitles(t, h, "ferries: 2 alerts: ferries")
	h.eventually("the outbox is empty", func() bool {
		status, err := h.service.outbox.kv.Status(t.Context())
		keys, keysErr := h.service.outbox.kv.Keys(t.Context())
		return err == nil && status != nil && (keysErr != nil || len(keys) == 0)
	})
	wantTitles(t, h, "ferries: 2 alerts: ferries")
}
