// Package wiretest gives tests a bus of their own.
package wiretest

import (
	"log/slog"
	"testing"

	"github.com/dateline-news/dateline/wire"
)

// Bus returns a bus with its streams on an embedded server that lives as long
// as the test.
func Bus(t testing.TB) *wire.Bus {
	t.Helper()
	quiet := slog.New(slog.DiscardHandler)
	server, err := wire.StartServer(wire.ServerOptions{Dir: t.TempDir(), Logger: quiet})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Shutdown)
	bus, err := server.Connect(t.Context(), wire.Options{Name: "test", Logger: quiet})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(bus.Close)
	if err := bus.Setup(t.Context()); err != nil {
		t.Fatal(err)
	}
	return bus
}
