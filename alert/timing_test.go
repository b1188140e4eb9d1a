package alert

import (
	"sync"
	"testing"
	"time"
)

// clock is a clock that a test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// tonight is 23:00 of a day to come, in UTC: what is published by the real
// clock comes before, and rules made by this one look at it.
func tonight() time.Time {
	y, m, d := time.Now().UTC().Date()
	return time.Date(y, m, d, 23, 0, 0, 0, time.UTC)
}

// clocked is a house with a clock that rules began to look long before.
func clocked(t *testing.T, now time.Time) (*house, *clock) {
	c := &clock{now: now.AddDate(0, 0, -2)}
	h := newHouse(t, func(o *Options) { o.Now = c.Now })
	return h, c
}

func TestWhatComesInQuietHoursIsDeliveredTogetherAtTheirEnd(t *testing.T) {
	night := tonight()
	h, c := clocked(t, night)
	h.rule("name: ferries\nquery: ferry\nnotify: [desk]\nquiet: {from: '22:00', to: '07:00'}\nurgent: []",
		"name: strikes\nquery: strike\nnotify: [desk]\nquiet: {from: '22:00', to: '07:00'}\nurgent: [all]")
	c.set(night)
	h.start()
	h.publish(dispatch("harbour", "1", "Ferry sails", "The ferry left."), dispatch("harbour", "2", "Ferry returns", "The ferry is back."),
		dispatch("harbour", "3", "Strike", "A strike began."))
	wantTitles(t, h, "strikes: Urgent: Strike")
	h.eventually("both ferries are held", func() bool {
		entries := h.log("ferries")
		return len(entries) == 2 && entries[0].Deliveries["desk"].State == Held && entries[1].Deliveries["desk"].State == Held
	})
	// A copy that comes in the night adds its source to what is held.
	copied := dispatch("coast", "4", "Ferry sails, too", "The ferry left.")
	copied.Story = "1"
	h.publish(copied)
	h.settled()
	c.set(night.Add(8 * time.Hour))
	h.nudge()
	wantTitles(t, h, "ferries: 2 alerts: ferries", "strikes: Urgent: Strike")
	for _, p := range h.hook.payloads() {
		if p.Data.Rules[0] != "ferries" {
			continue
		}
		sources := 0
		for _, n := range p.Data.Notices {
			sources += len(n.Sources)
		}
		if len(p.Data.Notices) != 2 || sources != 3 {
			t.Errorf("the morning's message has %d notices of %d sources, want 2 of 3", len(p.Data.Notices), sources)
		}
	}
}

// nudge makes the scheduler look at the clock: it sleeps until the time that
// a moved clock has passed already.
func (h *house) nudge() {
	h.t.Helper()
	if _, err := h.service.outbox.kv.Put(h.t.Context(), taskPrefix+"nudge", []byte(`{"id":"nudge","target":"none","dead":true}`)); err != nil {
		h.t.Fatal(err)
	}
}

func TestDigestsJoinTheRulesOfAGroup(t *testing.T) {
	night := tonight()
	h, c := clocked(t, night)
	h.rule("name: ferries\nquery: ferry\nnotify: [desk]\ndigest: 0 8 * * *\ngroup: sea", "name: ports\nquery: port\nnotify: [desk]\ndigest: 0 8 * * *\ngroup: sea",
		"name: rails\nquery: train\nnotify: [desk]\ndigest: 0 8 * * *")
	c.set(night)
	h.start()
	h.publish(dispatch("harbour", "1", "Ferry sails", "The ferry left."), dispatch("harbour", "2", "Port closed", "The port is closed."),
		dispatch("harbour", "3", "Train late", "The train is late."))
	h.eventually("three notices are held", func() bool { return len(h.log("ferries"))+len(h.log("ports"))+len(h.log("rails")) == 3 })
	h.settled()
	if got := h.hook.titles(); len(got) != 0 {
		t.Errorf("before the digest came %q", got)
	}
	c.set(night.Add(9*time.Hour + time.Minute))
	h.nudge()
	wantTitles(t, h, "ferries+ports: 2 alerts: ferries, ports", "rails: Train late")
}

func TestAThrottleHoldsWhatIsTooMuch(t *testing.T) {
	night := tonight()
	h, c := clocked(t, night)
	h.rule("name: ferries\nquery: ferry\nnotify: [desk]\nthrottle: {most: 2, per: 1h}")
	c.set(night)
	h.start()
	for _, id := range []string{"1", "2", "3", "4", "5"} {
		h.publish(dispatch("harbour", id, "Ferry "+id, "The ferry left."))
		h.settled()
	}
	wantTitles(t, h, "ferries: Ferry 1", "ferries: Ferry 2")
	c.set(night.Add(time.Hour + time.Second))
	h.nudge()
	wantTitles(t, h, "ferries: Ferry 1", "ferries: Ferry 2", "ferries: 3 alerts: ferries")
}

// awaitSnoozed waits until the snooze of the rule of ferries holds a notice.
func awaitSnoozed(h *house) {
	h.eventually("the notice is held", func() bool {
		entries := h.log("ferries")
		return len(entries) == 1 && entries[0].Deliveries["desk"].Reason == "snooze"
	})
}

func TestASnoozedRuleTellsAtTheEnd(t *testing.T) {
	night := tonight()
	h, c := clocked(t, night)
	h.rule("name: ferries\nquery: ferry\nnotify: [desk]")
	c.set(night)
	if _, err := h.service.Snooze(t.Context(), "ferries", night.Add(4*time.Hour)); err != nil {
		t.Fatal(err)
	}
	h.start()
	h.publish(dispatch("harbour", "1", "Ferry sails", "The ferry left."))
	awaitSnoozed(h)
	// Snoozed for longer while it is held.
	if _, err := h.service.Snooze(t.Context(), "ferries", night.Add(8*time.Hour)); err != nil {
		t.Fatal(err)
	}
	c.set(night.Add(5 * time.Hour))
	h.nudge()
	h.eventually("the notice is held for longer", func() bool {
		return h.log("ferries")[0].Deliveries["desk"].Due.Equal(night.Add(8 * time.Hour))
	})
	c.set(night.Add(9 * time.Hour))
	h.nudge()
	wantTitles(t, h, "ferries: Ferry sails")
}

func TestWhatASnoozeHeldComesWhenItIsEnded(t *testing.T) {
	h := newHouse(t, nil)
	h.rule("name: ferries\nquery: ferry\nnotify: [desk]")
	if _, err := h.service.Snooze(t.Context(), "ferries", time.Now().Add(24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	h.start()
	h.publish(dispatch("harbour", "1", "Ferry sails", "The ferry left."))
	awaitSnoozed(h)
	if _, err := h.service.Snooze(t.Context(), "ferries", time.Time{}); err != nil {
		t.Fatal(err)
	}
	wantTitles(t, h, "ferries: Ferry sails")
}

func TestARuleIsSwitchedOnFromNowOrCatchesUp(t *testing.T) {
	h := newHouse(t, nil)
	h.rule("name: now\nquery: ferry\nnotify: [desk]", "name: all\nquery: ferry\nnotify: [desk]")
	h.start()
	for _, name := range []string{"now", "all"} {
		if _, err := h.service.Disable(t.Context(), name); err != nil {
			t.Fatal(err)
		}
	}
	h.publish(dispatch("harbour", "1", "Ferry sails", "The ferry left."), dispatch("harbour", "2", "Train late", "The train is late."))
	h.settled()
	for name, catchUp := range map[string]bool{"now": false, "all": true} {
		if _, err := h.service.Enable(t.Context(), name, catchUp); err != nil {
			t.Fatal(err)
		}
	}
	wantTitles(t, h, "all: Ferry sails")
	h.eventually("the rule has caught up", func() bool {
		v, err := h.service.Rule(t.Context(), "all")
		return err == nil && v.CatchUp == nil
	})
	h.publish(dispatch("harbour", "3", "Ferry back", "The ferry is back."))
	wantTitles(t, h, "all: Ferry sails", "all+now: Ferry back")
}

func TestARuleThatEndedTellsNothing(t *testing.T) {
	h := newHouse(t, nil)
	h.rule("name: ended\nquery: ferry\nnotify: [desk]\nexpires: 2020-01-01", "name: going\nquery: ferry\nnotify: [desk]")
	h.start()
	h.publish(dispatch("harbour", "1", "Ferry sails", "The ferry left."))
	wantTitles(t, h, "going: Ferry sails")
}
