package agencytest

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"sync"
	"testing"
	"time"
)

// Console is an output that a test reads while a program writes it. The zero
// Console is ready to use.
type Console struct {
	mu      sync.Mutex
	content bytes.Buffer
	changed chan struct{}
}

// Write keeps what a program prints.
func (c *Console) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.changed != nil {
		close(c.changed)
		c.changed = nil
	}
	return c.content.Write(p)
}

// String is everything printed so far.
func (c *Console) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.content.String()
}

// Await returns the first group of the first match of pattern in the output,
// waiting for it until ctx is done.
func (c *Console) Await(ctx context.Context, pattern string) (string, error) {
	re := regexp.MustCompile(pattern)
	for {
		c.mu.Lock()
		found := re.FindStringSubmatch(c.content.String())
		if c.changed == nil {
			c.changed = make(chan struct{})
		}
		changed := c.changed
		c.mu.Unlock()
		if found != nil {
			return found[len(found)-1], nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return "", fmt.Errorf("the output never showed %s:\n%s", pattern, c)
		}
	}
}

// Eventually calls check, at short intervals, until it returns nil; it fails
// the test with check's last error when limit has passed.
func Eventually(t testing.TB, limit time.Duration, check func() error) {
	t.Helper()
	deadline := time.After(limit)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		err := check()
		if err == nil {
			return
		}
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("still after %v: %v", limit, err)
		}
	}
}
