package ingest

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/dateline-news/dateline/ingest/feed"
	"github.com/dateline-news/dateline/ingest/fetch"
)

// round is what happens in one poll.
type round struct {
	// reads and rechecks are how many pages may still be fetched, until ends.
	reads, rechecks int
	ends            time.Time
	// hosts are those that items were to be fetched from.
	hosts map[string]*hostRound
	// waiting counts the items that are left for the next poll, gone those
	// that are retired, failed those that could not be read.
	waiting, gone, failed int
	fault                 error
}

// hostRound is how a host does in a poll.
type hostRound struct {
	// silent counts the requests in a row that it did not answer.
	silent int
	// rest is how long it asks to be left alone; it is asked nothing more.
	rest time.Duration
	// left says that it is asked nothing more in this poll.
	left bool
}

// maxSilent is how many requests in a row a host may leave without an answer
// before it is asked nothing more in a poll.
const maxSilent = 3

func newRound(reads int, ends time.Time) *round {
	return &round{reads: reads, rechecks: maxRechecks, ends: ends, hosts: map[string]*hostRound{}}
}

// admits reports whether the item may still be fetched in this poll, and
// counts it if so.
func (ro *round) admits(item feed.Item, why reason, now time.Time) bool {
	left := &ro.reads
	if why == recheck {
		left = &ro.rechecks
	}
	if *left == 0 || now.After(ro.ends) || ro.host(item.URL).left {
		return false
	}
	*left--
	return true
}

// wait notes an item that is left for the next poll. One that is only looked
// at for changes is not missed.
func (ro *round) wait(why reason) {
	if why != recheck {
		ro.waiting++
	}
}

// rests notes how the item's host answered, and reports whether the item must
// wait because its host asks to be left alone.
func (ro *round) rests(item feed.Item, err error) bool {
	h := ro.host(item.URL)
	switch {
	case errors.Is(err, fetch.ErrBusy):
		var e *fetch.Error
		errors.As(err, &e)
		h.left, h.rest = true, max(h.rest, e.RetryAfter)
		ro.waiting++
		return true
	case errors.Is(err, fetch.ErrTimeout), errors.Is(err, fetch.ErrUnreachable):
		h.silent++
		h.left = h.silent >= maxSilent
	default:
		h.silent = 0
	}
	return false
}

func (ro *round) host(address string) *hostRound {
	name := hostOf(address)
	if ro.hosts[name] == nil {
		ro.hosts[name] = &hostRound{}
	}
	return ro.hosts[name]
}

// restOf is how long the host of the address asks to be left alone.
func (ro *round) restOf(address string) time.Duration { return ro.host(address).rest }

// again is the shortest time after which a host that asked for peace may be
// asked for the items that wait; 0 when none did.
func (ro *round) again() time.Duration {
	shortest := time.Duration(0)
	for _, h := range ro.hosts {
		if h.rest > 0 && (shortest == 0 || h.rest < shortest) {
			shortest = h.rest
		}
	}
	return shortest
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}

// sentence says what could not be read; "" when all could.
func (ro *round) sentence() string {
	switch ro.failed {
	case 0:
		return ""
	case 1:
		return "1 item could not be read: " + sentence(ro.fault)
	}
	return fmt.Sprintf("%d items could not be read, the first: %s", ro.failed, sentence(ro.fault))
}

// note says what is left for later, and what for ever; "" for nothing.
func (ro *round) note() string {
	var notes []string
	if ro.waiting > 0 {
		notes = append(notes, count(ro.waiting, "item waits for a later poll", "items wait for a later poll"))
	}
	if ro.gone > 0 {
		notes = append(notes, count(ro.gone, "item is gone and is not asked for again", "items are gone and are not asked for again"))
	}
	return joinNotes(notes...)
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// joinNotes joins the sentences that say something.
func joinNotes(notes ...string) string {
	var out []string
	for _, n := range notes {
		if n != "" {
			out = append(out, n)
		}
	}
	return strings.Join(out, "; ")
}
