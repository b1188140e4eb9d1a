package wire

import (
	"context"
	"net"
	"strings"
	"testing"
	"time"
)

func TestConnectGivesUpOnAServerThatIsNotThere(t *testing.T) {
	t.Parallel()
	_, err := Connect(t.Context(), "nats://someone:secret@127.0.0.1:1", Options{Wait: 300 * time.Millisecond})
	if err == nil || !strings.Contains(err.Error(), "no nats server answers at nats://someone:xxxxx@127.0.0.1:1") {
		t.Errorf("error %v", err)
	}
}

func TestConnectWaitsForAServerThatStartsLate(t *testing.T) {
	t.Parallel()
	address := freeAddress(t)
	connected := make(chan error, 1)
	go func() {
		bus, err := Connect(context.Background(), "nats://"+address, Options{Wait: 10 * time.Second})
		if err == nil {
			bus.Close()
		}
		connected <- err
	}()
	startServer(t, ServerOptions{Listen: address})
	if err := receiveFrom(t, "connection", connected); err != nil {
		t.Error(err)
	}
}

// freeAddress is a loopback address that nothing listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func TestConsumersAndPublishersSurviveARestartOfTheServer(t *testing.T) {
	t.Parallel()
	options := ServerOptions{Dir: t.TempDir(), Listen: freeAddress(t)}
	server, err := StartServer(options)
	if err != nil {
		t.Fatal(err)
	}
	bus, err := Connect(t.Context(), server.URL(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(bus.Close)
	if err := bus.Setup(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := make(chan string, 10)
	c := fast(StreamRaw)
	c.Workers = 2
	consume(t, bus, c, func(_ context.Context, batch []*Message) []error {
		got <- batch[0].Report.ID
		return nil
	})
	publish(t, bus, StreamRaw, report(1))
	receiveFrom(t, "report before the restart", got)

	server.Shutdown()
	published := make(chan error, 1)
	go func() {
		_, err := bus.PublishReport(context.Background(), StreamRaw, report(2), Publish{})
		published <- err
	}()
	eventually(t, "the connection is lost", func() bool { return !bus.Connected() })
	startServer(t, options)
	if err := receiveFrom(t, "outcome of the publish", published); err != nil {
		t.Fatal(err)
	}
	for receiveFrom(t, "report after the restart", got) != report(2).ID {
	}
	eventually(t, "all is acknowledged", func() bool { return settled(t, bus, c) })
}

func TestAConsumerIsMadeAgainWhereTheServerLostIt(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	got := make(chan string, 10)
	consume(t, bus, fast(StreamRaw), func(_ context.Context, batch []*Message) []error {
		got <- batch[0].Report.ID
		return nil
	})
	publish(t, bus, StreamRaw, report(1))
	receiveFrom(t, "report", got)
	if err := bus.js.DeleteConsumer(t.Context(), string(StreamRaw), "stage"); err != nil {
		t.Fatal(err)
	}
	publish(t, bus, StreamRaw, report(2))
	for receiveFrom(t, "report", got) != report(2).ID {
	}
}
