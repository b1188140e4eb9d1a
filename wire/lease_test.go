package wire

import (
	"context"
	"errors"
	"testing"
	"time"
)

// leaseTime is so long that half of it is much even on a busy machine.
const leaseTime = 3 * time.Second

func acquire(t *testing.T, bus *Bus, holder string) *Lease {
	t.Helper()
	lease, err := bus.AcquireLease(t.Context(), "scheduler", holder, leaseTime)
	if err != nil {
		t.Fatal(err)
	}
	return lease
}

func TestALeaseHasOneHolderAtATime(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	lease := acquire(t, bus, "a")
	ctx, cancel := context.WithTimeout(t.Context(), 2*leaseTime)
	defer cancel()
	if _, err := bus.AcquireLease(ctx, "scheduler", "b", leaseTime); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("b acquired a lease that a renews, error %v", err)
	}
	if err := lease.Context().Err(); err != nil {
		t.Errorf("a lost its lease: %v", err)
	}
	if err := lease.Release(t.Context()); err != nil {
		t.Error(err)
	}
	if lease.Context().Err() == nil {
		t.Error("the lease goes on after its release")
	}
}

func TestAReleasedLeaseIsFreeAtOnce(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	if err := acquire(t, bus, "a").Release(t.Context()); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	lease := acquire(t, bus, "b")
	defer lease.Release(t.Context())
	if took := time.Since(began); took > leaseTime/2 {
		t.Errorf("taking a released lease took %s", took)
	}
}

func TestALeaseThatIsNotRenewedIsTakenOverWithinItsTime(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	dying, die := context.WithCancel(t.Context())
	first, err := bus.AcquireLease(dying, "scheduler", "a", leaseTime)
	if err != nil {
		t.Fatal(err)
	}
	die() // no release
	<-first.ended
	began := time.Now()
	lease := acquire(t, bus, "b")
	defer lease.Release(t.Context())
	if took := time.Since(began); took > leaseTime+leaseTime/2 { // the half is for a busy machine
		t.Errorf("taken over after %s, want within %s", took, leaseTime)
	}
}

func TestAHolderThatComesBackTakesItsLeaseAtOnce(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	before := acquire(t, bus, "a")
	began := time.Now()
	after := acquire(t, bus, "a")
	defer after.Release(t.Context())
	if took := time.Since(began); took > leaseTime/2 {
		t.Errorf("a took its own lease after %s", took)
	}
	select {
	case <-before.Context().Done():
	case <-time.After(time.Minute):
		t.Error("the lease from before goes on")
	}
	if err := before.Release(t.Context()); err != nil {
		t.Errorf("releasing a lost lease: %v", err)
	}
	if err := after.Context().Err(); err != nil {
		t.Errorf("the release of the lost lease ended its successor: %v", err)
	}
}

func TestWorkUnderALeaseEndsWithItAndStartsOver(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	runs := make(chan context.Context, 10)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- bus.WithLease(ctx, "scheduler", "a", leaseTime, func(ctx context.Context) error {
			runs <- ctx
			<-ctx.Done()
			return nil
		})
	}()
	first := receiveFrom(t, "run", runs)
	kv, err := bus.KV(t.Context(), BucketLease)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := kv.Put(t.Context(), "scheduler", []byte(`{"holder":"b","term":"x","ttl_ms":300}`)); err != nil {
		t.Fatal(err)
	}
	receiveFrom(t, "end of the first run", first.Done())
	receiveFrom(t, "second run", runs)
	cancel()
	if err := receiveFrom(t, "end", ended); err != nil {
		t.Error(err)
	}
}
