package wire

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// A lease is renewed every third of its time. Whoever waits for it looks
// twenty times per lease time and takes over when it has seen no renewal for
// nine tenths; the holder gives up a little before that. No clocks of
// different machines are compared.
const (
	renewals     = 3
	looks        = 20
	holdTenths   = 8
	silentTenths = 9
)

// Lease says that its holder, and no other, should do a job. It is not a
// fence: a holder that stalls may go on for a moment after it lost the lease,
// and what it does twice must be harmless.
type Lease struct {
	kv       jetstream.KeyValue
	key      string
	value    []byte
	ttl      time.Duration
	held     context.Context
	cancel   context.CancelFunc
	ended    chan struct{}
	revision uint64 // owned by the renewing goroutine until ended is closed
	lost     bool
	once     sync.Once
}

type leaseRecord struct {
	Holder string `json:"holder"`
	// Term tells the terms of one holder apart.
	Term string `json:"term"`
	// Milliseconds is the lease time, 0 once the lease was given back.
	Milliseconds int64 `json:"ttl_ms"`
}

// AcquireLease waits until the lease is free, or has not been renewed for
// ttl, and takes it for the holder. It renews it until Release, the end of
// ctx, or the loss of the lease to another holder. A holder that comes back
// under the same name, after a crash, takes its lease at once. The ttl is at
// least 100 milliseconds.
func (b *Bus) AcquireLease(ctx context.Context, name, holder string, ttl time.Duration) (*Lease, error) {
	ttl = max(ttl, 100*time.Millisecond)
	kv, err := b.KV(ctx, BucketLease)
	if err != nil {
		return nil, fmt.Errorf("lease %s: %w", name, err)
	}
	value, err := json.Marshal(leaseRecord{Holder: holder, Term: rand.Text(), Milliseconds: ttl.Milliseconds()})
	if err != nil {
		return nil, fmt.Errorf("lease %s: %w", name, err)
	}
	l := &Lease{kv: kv, key: Token(name), value: value, ttl: ttl, ended: make(chan struct{})}
	taken, err := l.take(ctx, holder)
	if err != nil {
		return nil, fmt.Errorf("lease %s: %w", name, err)
	}
	l.held, l.cancel = context.WithCancel(ctx)
	go l.renew(l.held, taken)
	return l, nil
}

// take waits for the lease and returns when it was taken.
func (l *Lease) take(ctx context.Context, holder string) (time.Time, error) {
	var seen uint64
	var since time.Time
	for {
		began := time.Now()
		revision, record, err := l.look(ctx)
		if revision != seen || since.IsZero() {
			seen, since = revision, began
		}
		term := time.Duration(record.Milliseconds) * time.Millisecond
		free := revision == 0 || record.Holder == holder || began.Sub(since) >= term*silentTenths/10
		if err == nil && free {
			l.revision, err = l.write(ctx, revision)
			if err == nil {
				return began, nil
			}
		}
		if err != nil && !passing(err) && !errors.Is(err, jetstream.ErrKeyExists) && !errors.Is(err, jetstream.ErrKeyRevisionMismatch) {
			return time.Time{}, typed(err)
		}
		if !pause(ctx, l.ttl/looks) {
			return time.Time{}, context.Cause(ctx)
		}
	}
}

// look reads the lease; revision 0 says that there is none.
func (l *Lease) look(ctx context.Context) (uint64, leaseRecord, error) {
	var record leaseRecord
	entry, err := l.kv.Get(ctx, l.key)
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return 0, record, nil
	}
	if err != nil {
		return 0, record, err
	}
	// A record that is not ours to read counts as given back.
	_ = json.Unmarshal(entry.Value(), &record)
	return entry.Revision(), record, nil
}

// write stores the lease over the revision, 0 being none.
func (l *Lease) write(ctx context.Context, over uint64) (uint64, error) {
	if over == 0 {
		return l.kv.Create(ctx, l.key, l.value)
	}
	return l.kv.Update(ctx, l.key, l.value, over)
}

// renew keeps the lease until ctx ends or the lease is lost.
func (l *Lease) renew(ctx context.Context, renewed time.Time) {
	defer close(l.ended)
	defer l.cancel()
	for pause(ctx, l.ttl/renewals) {
		began := time.Now()
		deadline := renewed.Add(l.ttl * holdTenths / 10)
		try, cancel := context.WithDeadline(ctx, deadline)
		err := l.renewOnce(try)
		cancel()
		switch {
		case err == nil:
			renewed = began
		case ctx.Err() != nil:
			return
		case errors.Is(err, errLeaseTaken) || !time.Now().Before(deadline):
			l.lost = true
			return
		}
	}
}

var errLeaseTaken = errors.New("another holder has the lease")

// renewOnce writes the lease again. A renewal whose answer got lost leaves a
// later revision with our own record, which is still ours.
func (l *Lease) renewOnce(ctx context.Context) error {
	revision, err := l.write(ctx, l.revision)
	if err == nil {
		l.revision = revision
		return nil
	}
	entry, found := l.kv.Get(ctx, l.key)
	if found != nil {
		return err
	}
	switch {
	case string(entry.Value()) != string(l.value):
		return errLeaseTaken
	case entry.Revision() == l.revision:
		return err
	}
	l.revision = entry.Revision()
	return nil
}

// Context ends with the lease: when it is lost or released, or with the
// context it was acquired under.
func (l *Lease) Context() context.Context { return l.held }

// Release gives the lease back so that another holder can take it at once.
func (l *Lease) Release(ctx context.Context) error {
	var err error
	l.once.Do(func() {
		l.cancel()
		<-l.ended
		if l.lost {
			return
		}
		err = l.kv.Delete(ctx, l.key, jetstream.LastRevision(l.revision))
	})
	if err != nil {
		return fmt.Errorf("release lease %s: %w", l.key, err)
	}
	return nil
}

// WithLease runs f while it holds the lease, as AcquireLease has it, and
// starts over when the lease is lost. The context of f ends with the lease.
// WithLease returns when f returns on its own or ctx ends.
func (b *Bus) WithLease(ctx context.Context, name, holder string, ttl time.Duration, f func(ctx context.Context) error) error {
	for {
		lease, err := b.AcquireLease(ctx, name, holder, ttl)
		if err != nil {
			return err
		}
		err = f(lease.Context())
		// ctx may be over: giving the lease back is worth a moment still.
		release, stop := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		if fault := lease.Release(release); fault != nil {
			b.options.Logger.Warn("the lease runs out by itself", "lease", name, "error", fault)
		}
		stop()
		if !lease.lost || ctx.Err() != nil {
			return err
		}
		b.options.Logger.Warn("lease lost, waiting for it", "lease", name)
	}
}
