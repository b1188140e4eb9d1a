package wire

import (
	"errors"
	"hash/fnv"
	"strconv"
	"time"

	"github.com/dateline-news/dateline/news"
)

// Poison says that no further try can help: the message goes to DEAD at once.
// A nil err stays nil.
func Poison(err error) error {
	if err == nil {
		return nil
	}
	return &poisonError{err}
}

type poisonError struct{ err error }

func (e *poisonError) Error() string { return e.err.Error() }
func (e *poisonError) Unwrap() error { return e.err }

// RetryAfter asks for the message again after d instead of the growing delay.
// A nil err stays nil.
func RetryAfter(err error, d time.Duration) error {
	if err == nil {
		return nil
	}
	return &retryError{err, d}
}

type retryError struct {
	err   error
	after time.Duration
}

func (e *retryError) Error() string { return e.err.Error() }
func (e *retryError) Unwrap() error { return e.err }

// Hold says that nothing is wrong with the message: what the handler needs is
// away or full. The message stays with the handler, which is called with it
// again after a growing delay, and nothing more is pulled meanwhile. That is
// no delivery more. A nil err stays nil; an error that wraps ErrFull holds
// without being asked to.
func Hold(err error) error {
	if err == nil {
		return nil
	}
	return &holdError{err}
}

type holdError struct{ err error }

func (e *holdError) Error() string { return e.err.Error() }
func (e *holdError) Unwrap() error { return e.err }

func isHold(outcome error) bool {
	var hold *holdError
	return errors.As(outcome, &hold) || errors.Is(outcome, ErrFull)
}

// isPoison reports whether the message can never be taken: the handler says
// so or cannot read it, or the report that came of it cannot be published.
func isPoison(outcome error) bool {
	var poison *poisonError
	return errors.As(outcome, &poison) || errors.Is(outcome, ErrUndecodable) || errors.Is(outcome, ErrTooLarge) || errors.Is(outcome, news.ErrInvalid)
}

// retryDelay is how long a failed message waits: what its outcome asks for,
// else twice as long after each delivery, from first to longest, with a
// quarter of jitter either way.
func retryDelay(outcome error, m *Message, first, longest time.Duration) time.Duration {
	var retry *retryError
	if errors.As(outcome, &retry) && retry.after > 0 {
		return retry.after
	}
	return grown(m.Deliveries, first, longest, m.scatter())
}

// grown is the delay after the nth failure; scatter, in [0,1), spreads it.
func grown(n int, first, longest time.Duration, scatter float64) time.Duration {
	delay := first
	for i := 1; i < n && delay < longest; i++ {
		delay *= 2
	}
	delay = min(delay, longest)
	return delay*3/4 + time.Duration(float64(delay)*scatter/2)
}

// scatter is a number in [0,1) that differs between the deliveries of a
// message and between messages, so that what failed together does not come
// back together. It is the same on every run.
func (m *Message) scatter() float64 {
	h := fnv.New64a()
	h.Write([]byte(strconv.FormatUint(m.Sequence, 10) + "/" + strconv.Itoa(m.Deliveries)))
	x := h.Sum64()
	x ^= x >> 33 // FNV leaves the high bits of short inputs alike
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	return float64(x>>11) / (1 << 53)
}
