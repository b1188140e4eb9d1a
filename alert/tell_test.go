package alert

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/dateline-news/dateline/alert/channel"
	"github.com/dateline-news/dateline/alert/notice"
)

func TestAReportThatARuleFindsIsToldOnce(t *testing.T) {
	h := newHouse(t, nil)
	h.rule("name: ferries\nquery: ferry (port OR harbour)\nnotify: [desk]")
	h.start()
	first := dispatch("harbour", "1", "Ferry sails", "The ferry left the port at noon.\n\nNobody was late.")
	h.publish(first, dispatch("harbour", "2", "Rail strike", "Trains stand still."))
	wantTitles(t, h, "ferries: Ferry sails")
	// The same report again, as after a crash, and a later revision of it.
	edited := *first
	edited.Revision, edited.Text = 2, "The ferry left the port at one."
	edited.ContentHash = edited.HashContent()
	h.publish(&edited)
	wantTitles(t, h, "ferries: Ferry sails")

	n := h.hook.payloads()[0].Data.Notices[0]
	if n.Trigger != notice.Report || n.Text != "The ferry left the port at noon." || n.URL() != first.URL || strings.Join(n.MatchedBy, " ") != "ferry port" {
		t.Errorf("the notice is %+v", n)
	}
	h.eventually("the log says that it was sent", func() bool {
		entries := h.log("ferries")
		return len(entries) == 1 && entries[0].Deliveries["desk"].State == Sent
	})
	if story := strings.Join(h.log("ferries")[0].Story(), "\n"); !strings.Contains(story, "matched by ferry; port") || !strings.Contains(story, "desk: sent at") {
		t.Errorf("the log reads\n%s", story)
	}
}

func TestCopiesAddTheirSource(t *testing.T) {
	h := newHouse(t, nil)
	h.rule("name: ferries\nquery: ferry\nnotify: [desk]")
	h.start()
	for _, source := range []string{"harbour", "coast", "island"} {
		r := dispatch(source, source, "Ferry sails", "The ferry left.")
		r.Story = "story-1"
		h.publish(r)
	}
	wantTitles(t, h, "ferries: Ferry sails")
	h.eventually("all sources stand in the log", func() bool {
		entries := h.log("ferries")
		return len(entries) == 1 && len(entries[0].Sources) == 3
	})
}

func TestSeveralRulesOnOneItemAreOneMessage(t *testing.T) {
	h := newHouse(t, nil)
	h.rule("name: a\nquery: ferry\nnotify: [desk]", "name: b\nquery: port\nnotify: [desk]", "name: c\nquery: ferry\n", "name: d\nquery: train\nnotify: [desk]")
	h.start()
	h.publish(dispatch("harbour", "1", "Ferry sails", "The ferry left the port."), dispatch("harbour", "2", "Port closed", "The port is closed."))
	wantTitles(t, h, "a+b: Ferry sails", "b: Port closed")
	named := 0
	for _, rule := range []string{"a", "b"} {
		for _, e := range h.log(rule) {
			if e.Deliveries["desk"].State == Named {
				named++
			}
		}
	}
	if named != 1 {
		t.Errorf("%d notices were named in the message of another rule, want 1", named)
	}
}

func TestAFailedMessageIsTriedAgainWithTheSameID(t *testing.T) {
	h := newHouse(t, nil)
	h.hook.answer = func(try int) (int, http.Header) {
		switch {
		case try == 1:
			return http.StatusServiceUnavailable, http.Header{"Retry-After": {"1"}}
		case try < 4:
			return http.StatusInternalServerError, nil
		}
		return 0, nil
	}
	h.rule("name: ferries\nquery: ferry\nnotify: [desk]")
	h.start()
	began := time.Now()
	h.publish(dispatch("harbour", "1", "Ferry sails", "The ferry left."))
	wantTitles(t, h, "ferries: Ferry sails")
	ids := map[string]bool{}
	for _, header := range h.hook.tries {
		ids[header.Get("Webhook-Id")] = true
	}
	if len(h.hook.tries) != 4 || len(ids) != 1 {
		t.Errorf("%d tries with %d ids, want 4 with 1", len(h.hook.tries), len(ids))
	}
	if took := time.Since(began); took < time.Second {
		t.Errorf("the receiver asked for a second, and was tried within %s", took)
	}
	h.eventually("the log says how it went", func() bool {
		d := h.log("ferries")[0].Deliveries["desk"]
		return d.State == Sent && d.Attempts == 4
	})
}

func TestAMessageThatIsRefusedIsADeadLetterAndCanBeReplayed(t *testing.T) {
	h := newHouse(t, nil)
	h.hook.answer = func(try int) (int, http.Header) {
		if try == 1 {
			return http.StatusGone, nil
		}
		return 0, nil
	}
	h.rule("name: ferries\nquery: ferry\nnotify: [desk]")
	h.start()
	h.publish(dispatch("harbour", "1", "Ferry sails", "The ferry left."))
	h.eventually("the message is given up", func() bool {
		entries := h.log("ferries")
		return len(entries) == 1 && entries[0].Deliveries["desk"].State == Dead
	})
	n, err := h.service.Replay(t.Context(), "ferries")
	if n != 1 || err != nil {
		t.Fatalf("replayed %d, %v", n, err)
	}
	wantTitles(t, h, "ferries: Ferry sails")
	h.eventually("the log says that it was sent", func() bool { return h.log("ferries")[0].Deliveries["desk"].State == Sent })
	if _, err := h.service.Replay(t.Context(), "ferries"); err != ErrNothingDead {
		t.Errorf("a second replay: %v", err)
	}
}

func TestAPrivateAddressIsNotPostedToUnlessItsChannelIsLocal(t *testing.T) {
	h := newHouse(t, nil)
	h.options.Channels = h.channels(channel.Config{Name: "desk", Kind: channel.Webhook, URL: h.hook.server.URL, Secrets: []string{newSecret}})
	var err error
	if h.service, err = New(t.Context(), h.options); err != nil {
		t.Fatal(err)
	}
	h.rule("name: ferries\nquery: ferry\nnotify: [desk]")
	h.start()
	h.publish(dispatch("harbour", "1", "Ferry sails", "The ferry left."))
	h.eventually("the message is refused", func() bool {
		entries := h.log("ferries")
		return len(entries) == 1 && entries[0].Deliveries["desk"].State == Dead && strings.Contains(entries[0].Deliveries["desk"].Reason, "local: true")
	})
	if len(h.hook.tries) != 0 {
		t.Error("the private address was posted to")
	}
}
