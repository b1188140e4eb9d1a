package wire

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/gofrs/flock"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

const (
	// maxPayload is the largest message the embedded server takes, in bytes:
	// the text of a book with its annotations.
	maxPayload = 8 << 20
	// maxMemory bounds what memory the server may set aside for streams; ours
	// are all on disk.
	maxMemory = 64 << 20
	startWait = 10 * time.Second
	// unbounded is the limit of a store that only the disk bounds, in bytes.
	// The server's own estimate counts what is free at the start, and would
	// refuse all messages for good after a start on a full disk.
	unbounded = 1 << 50
)

// ServerOptions say how to run the embedded server.
type ServerOptions struct {
	// Dir is the directory of the store. It is made when missing; one process
	// at a time can have it open.
	Dir string
	// Listen is an address such as 127.0.0.1:4222 on which other processes can
	// connect, without a password; "" opens no port, and port 0 picks a free one.
	Listen string
	// MaxStore bounds the store in bytes; 0 leaves that to the disk.
	MaxStore int64
	// Reserve is what is left free on the disk, in bytes, 0 means 64 MiB; with
	// less, publishing is refused with ErrFull until there is room again.
	Reserve int64
	Logger  *slog.Logger

	// free stands in for the disk in tests, looked at every so often.
	free  func(dir string) (uint64, error)
	every time.Duration
}

// Server is an embedded nats-server with JetStream. Each write is on disk
// before it is acknowledged.
type Server struct {
	nats *server.Server
	lock *flock.Flock
	log  *serverLog
	room *room
}

// StartServer starts the embedded server and returns when it is ready. It
// fails with ErrInUse when another process has the directory open, and with
// ErrCorrupt when a stream in it cannot be read.
func StartServer(options ServerOptions) (*Server, error) {
	config, err := options.nats()
	if err != nil {
		return nil, err
	}
	lock, err := lockDir(options.Dir)
	if err != nil {
		return nil, err
	}
	s := &Server{lock: lock, log: newServerLog(options.Logger)}
	if err := s.start(config); err != nil {
		s.Shutdown()
		return nil, err
	}
	s.room = s.watchRoom(config, options)
	return s, nil
}

func (o ServerOptions) nats() (*server.Options, error) {
	if o.Dir == "" {
		return nil, errors.New("the embedded nats server needs a directory for its store")
	}
	if o.MaxStore <= 0 {
		o.MaxStore = unbounded
	}
	config := &server.Options{
		ServerName: "dateline", JetStream: true, StoreDir: o.Dir, SyncAlways: true, MaxPayload: maxPayload,
		JetStreamMaxMemory: maxMemory, JetStreamMaxStore: o.MaxStore, DisableJetStreamBanner: true,
		NoSigs: true, DontListen: o.Listen == "",
	}
	if o.Listen == "" {
		return config, nil
	}
	host, port, err := net.SplitHostPort(o.Listen)
	if err != nil {
		return nil, fmt.Errorf("address to listen on: %w; want host:port", err)
	}
	config.Host = host
	if config.Port, err = strconv.Atoi(port); err != nil {
		return nil, fmt.Errorf("address to listen on %q: the port is not a number", o.Listen)
	}
	if config.Port == 0 {
		config.Port = server.RANDOM_PORT
	}
	return config, nil
}

// lockDir makes the directory and keeps other processes out of it.
func lockDir(dir string) (*flock.Flock, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the directory of the message store; choose one that can be written: %w", err)
	}
	lock := flock.New(filepath.Join(dir, "lock"))
	locked, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock the message store; choose a directory that can be written: %w", err)
	}
	if !locked {
		return nil, fmt.Errorf("message store %s: %w; stop that process or choose another directory", dir, ErrInUse)
	}
	return lock, nil
}

func (s *Server) start(config *server.Options) error {
	if err := checkBlocks(config.StoreDir); err != nil {
		return err
	}
	ns, err := server.NewServer(config)
	if err != nil {
		return fmt.Errorf("configure the nats server: %w", err)
	}
	s.nats = ns
	ns.SetLoggerV2(s.log, false, false, false)
	ns.Start()
	if err := s.log.failure(); err != nil {
		return fmt.Errorf("start the nats server with its store in %s: %w", config.StoreDir, err)
	}
	if !ns.ReadyForConnections(startWait) {
		return fmt.Errorf("the nats server with its store in %s is not ready after %s", config.StoreDir, startWait)
	}
	return s.checkStreams()
}

// URL is the address other processes connect to, "" when no port is open.
func (s *Server) URL() string {
	if s.nats.Addr() == nil {
		return ""
	}
	return s.nats.ClientURL()
}

// Connect connects in process, without a port.
func (s *Server) Connect(ctx context.Context, options Options) (*Bus, error) {
	return connect(ctx, "", options.withDefaults(), nats.InProcessServer(s.nats))
}

// Shutdown stops the server and releases its directory. Connections are to be
// closed before.
func (s *Server) Shutdown() {
	if s.room != nil {
		s.room.close()
	}
	if s.nats != nil {
		s.nats.Shutdown()
		s.nats.WaitForShutdown()
	}
	if err := s.lock.Unlock(); err != nil {
		s.log.slog.Warn("unlock the message store", "error", err)
	}
}
