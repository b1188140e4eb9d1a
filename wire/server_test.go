package wire

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"golang.org/x/sync/errgroup"
)

func TestTheServerOpensNoPortUnlessAsked(t *testing.T) {
	t.Parallel()
	if url := startServer(t, ServerOptions{}).URL(); url != "" {
		t.Errorf("the server listens on %s", url)
	}
	server := startServer(t, ServerOptions{Listen: "127.0.0.1:0"})
	bus, err := Connect(t.Context(), server.URL(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	bus.Close()
}

func TestAStoreInUseIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	startServer(t, ServerOptions{Dir: dir})
	_, err := StartServer(ServerOptions{Dir: dir})
	if !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), dir) {
		t.Errorf("error %v, want ErrInUse that names %s", err, dir)
	}
}

func TestAStartThatCannotSucceedSaysWhy(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	for name, test := range map[string]struct {
		options ServerOptions
		want    string
	}{
		"no directory":           {ServerOptions{}, "needs a directory"},
		"directory under a file": {ServerOptions{Dir: filepath.Join(file, "store")}, "choose one that can be written"},
		"directory is a file":    {ServerOptions{Dir: file}, "choose one that can be written"},
		"port in use":            {ServerOptions{Dir: t.TempDir(), Listen: busy.Addr().String()}, "address already in use"},
		"address without a port": {ServerOptions{Dir: t.TempDir(), Listen: "localhost"}, "want host:port"},
		"port is a word":         {ServerOptions{Dir: t.TempDir(), Listen: "localhost:nats"}, "not a number"},
	} {
		t.Run(name, func(t *testing.T) {
			server, err := StartServer(test.options)
			if err == nil {
				server.Shutdown()
			}
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one that says %q", err, test.want)
			}
		})
	}
}

// storeWith makes a store that holds the reports on RAW and none elsewhere.
func storeWith(t *testing.T, reports ...int) (dir, streamDir string) {
	t.Helper()
	dir = t.TempDir()
	server, err := StartServer(ServerOptions{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Shutdown()
	bus := openBus(t, server)
	for _, n := range reports {
		publish(t, bus, StreamRaw, report(n))
	}
	bus.Close()
	return dir, filepath.Join(dir, "jetstream", "$G", "streams")
}

func TestAStoreSurvivesItsServer(t *testing.T) {
	t.Parallel()
	dir, _ := storeWith(t, 1)
	bus := openBus(t, startServer(t, ServerOptions{Dir: dir}))
	if n := backlog(t, bus, fast(StreamRaw)); n != 1 {
		t.Errorf("%d messages, want 1", n)
	}
	got, err := bus.PublishReport(t.Context(), StreamRaw, report(1), Publish{})
	if err != nil || !got.Duplicate {
		t.Errorf("second publish: %+v, error %v; the ids are to be remembered", got, err)
	}
}

func TestADamagedStreamIsNotReplacedByAnEmptyOne(t *testing.T) {
	t.Parallel()
	dir, streams := storeWith(t, 1)
	meta := filepath.Join(streams, "RAW", "meta.inf")
	if err := os.WriteFile(meta, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the first refusal leaves all as it was
		_, err := StartServer(ServerOptions{Dir: dir})
		if !errors.Is(err, ErrCorrupt) || !strings.Contains(err.Error(), filepath.Join(streams, "RAW")) {
			t.Fatalf("error %v, want ErrCorrupt that names the stream's directory", err)
		}
	}
}

func TestADamagedBlockIsReportedAndNotCutOff(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		damage func(block []byte) []byte
		want   error
	}{
		"a flipped bit up in the block": {func(b []byte) []byte { b[100] ^= 4; return b }, ErrCorrupt},
		"a length out of range":         {func(b []byte) []byte { b[2] = 0xff; b[3] = 0x7f; return b }, ErrCorrupt},
		"a record torn at the end":      {func(b []byte) []byte { return b[:len(b)-7] }, nil},
		"a record of zeros at the end":  {func(b []byte) []byte { return append(b, make([]byte, 600)...) }, nil},
		"no damage":                     {func(b []byte) []byte { return b }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			dir, streams := storeWith(t, 1, 2, 3)
			path := filepath.Join(streams, "RAW", "msgs", "1.blk")
			block, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			damaged := test.damage(block)
			if err := os.WriteFile(path, damaged, 0o600); err != nil {
				t.Fatal(err)
			}
			server, err := StartServer(ServerOptions{Dir: dir})
			if err == nil {
				server.Shutdown()
			}
			if !errors.Is(err, test.want) {
				t.Errorf("error %v, want %v", err, test.want)
			}
			if after, _ := os.ReadFile(path); test.want != nil && !bytes.Equal(after, damaged) {
				t.Error("the damaged block was changed")
			}
		})
	}
}

func FuzzReadRecords(f *testing.F) {
	f.Add([]byte{30, 0, 0, 0})
	f.Add(append([]byte{30, 0, 0, 0x80}, make([]byte, 40)...))
	f.Fuzz(func(t *testing.T, block []byte) {
		sound, _, err := readRecords(block, "RAW-1")
		if err != nil || sound < 0 || sound > len(block) {
			t.Fatalf("%d of %d bytes are sound, error %v", sound, len(block), err)
		}
	})
}

func TestAStreamHalfMadeWhenKilledIsMadeAgain(t *testing.T) {
	t.Parallel()
	dir, streams := storeWith(t, 1)
	if err := os.Remove(filepath.Join(streams, "EVENTS", "meta.sum")); err != nil {
		t.Fatal(err)
	}
	bus := openBus(t, startServer(t, ServerOptions{Dir: dir}))
	if _, err := bus.js.Stream(t.Context(), string(StreamEvents)); err != nil {
		t.Error(err)
	}
}

func TestSetupInTwoProcessesAtOnceAndAgain(t *testing.T) {
	t.Parallel()
	server := startServer(t, ServerOptions{})
	var group errgroup.Group
	for range 4 {
		bus, err := server.Connect(t.Context(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer bus.Close()
		group.Go(func() error { return bus.Setup(t.Context()) })
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	bus := openBus(t, server)
	for _, s := range streams {
		stream, err := bus.js.Stream(t.Context(), string(s))
		if err != nil {
			t.Fatal(err)
		}
		c := stream.CachedInfo().Config
		if c.Storage != jetstream.FileStorage || c.Retention != jetstream.LimitsPolicy || c.Discard != jetstream.DiscardNew || c.Duplicates != 24*time.Hour {
			t.Errorf("stream %s is %+v", s, c)
		}
	}
	for _, bucket := range []string{BucketPoll, BucketSeen, BucketLease, BucketRules, BucketDeliveries} {
		if _, err := bus.KV(t.Context(), bucket); err != nil {
			t.Error(err)
		}
	}
}

func TestSetupKeepsWhatTheOperatorSet(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	limit(t, bus, StreamRaw, 1<<20)
	if err := bus.Setup(t.Context()); err != nil {
		t.Fatal(err)
	}
	stream, err := bus.js.Stream(t.Context(), string(StreamRaw))
	if err != nil {
		t.Fatal(err)
	}
	if got := stream.CachedInfo().Config.MaxBytes; got != 1<<20 {
		t.Errorf("the stream's limit became %d bytes", got)
	}
}

// limit bounds the stream, as an operator may.
func limit(t *testing.T, bus *Bus, s Stream, bytes int64) {
	t.Helper()
	stream, err := bus.js.Stream(t.Context(), string(s))
	if err != nil {
		t.Fatal(err)
	}
	config := stream.CachedInfo().Config
	config.MaxBytes = bytes
	if _, err := bus.js.UpdateStream(t.Context(), config); err != nil {
		t.Fatal(err)
	}
}

// disk is a disk whose free space a test sets.
type disk struct{ free atomic.Uint64 }

func (d *disk) freeBytes(string) (uint64, error) { return d.free.Load(), nil }

func TestAFullDiskRefusesMessagesUntilThereIsRoom(t *testing.T) {
	t.Parallel()
	var disk disk
	disk.free.Store(1 << 30)
	bus := openBus(t, startServer(t, ServerOptions{free: disk.freeBytes, every: 5 * time.Millisecond}))
	publish(t, bus, StreamRaw, report(1))
	n := 1
	next := func() error {
		n++
		_, err := bus.PublishReport(t.Context(), StreamRaw, report(n), Publish{})
		return err
	}
	disk.free.Store(1 << 20)
	eventually(t, "publishing fails with ErrFull", func() bool { return errors.Is(next(), ErrFull) })
	disk.free.Store(1 << 30)
	eventually(t, "publishing works again", func() bool { return next() == nil })
}

func TestConsumersSurviveAWriteThatTheDiskRefused(t *testing.T) {
	t.Parallel()
	var disk disk
	disk.free.Store(1 << 30)
	server := startServer(t, ServerOptions{free: disk.freeBytes, every: 5 * time.Millisecond})
	bus := openBus(t, server)
	got := make(chan string, 10)
	consume(t, bus, fast(StreamRaw), func(_ context.Context, batch []*Message) []error {
		got <- batch[0].Report.ID
		return nil
	})
	publish(t, bus, StreamRaw, report(1))
	receiveFrom(t, "report", got)
	server.log.Errorf("Filestore [RAW] Critical write error: no space left on device")
	eventually(t, "jetstream was started again", func() bool { return !server.log.writeFailed() })
	publish(t, bus, StreamRaw, report(2))
	for receiveFrom(t, "report", got) != report(2).ID {
	}
}

func TestOriginalsAreKeptByContent(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	page := []byte(strings.Repeat("<p>Ferry</p>", 50_000))
	first, err := bus.PutOriginal(t.Context(), page)
	if err != nil {
		t.Fatal(err)
	}
	second, err := bus.PutOriginal(t.Context(), page)
	if err != nil || second != first {
		t.Errorf("the same page is kept as %s and %s, error %v", first, second, err)
	}
	reader, err := bus.Original(t.Context(), first)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	got := new(strings.Builder)
	if _, err := io.Copy(got, reader); err != nil || got.String() != string(page) {
		t.Errorf("read %d bytes, error %v; want %d", got.Len(), err, len(page))
	}
}
