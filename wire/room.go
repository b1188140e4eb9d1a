package wire

import (
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// defaultReserve is what the embedded server leaves free on its disk, in bytes.
const defaultReserve = 64 << 20

// room watches the disk of the embedded server. The server itself stops
// serving a stream for good at the first write that the disk refuses, so
// publishing is refused, with an error that callers know, while there is still
// a reserve; and should the disk fill up all the same, JetStream is started
// again once there is room.
type room struct {
	server  *Server
	config  *server.Options
	reserve uint64
	free    func(dir string) (uint64, error)
	every   time.Duration
	low     bool

	stop chan struct{}
	done sync.WaitGroup
}

func (s *Server) watchRoom(config *server.Options, options ServerOptions) *room {
	r := &room{
		server: s, config: config, reserve: defaultReserve, free: freeBytes, every: time.Second, stop: make(chan struct{}),
	}
	if options.Reserve > 0 {
		r.reserve = uint64(options.Reserve)
	}
	if options.free != nil {
		r.free, r.every = options.free, options.every
	}
	r.look()
	r.done.Go(r.run)
	return r
}

func (r *room) run() {
	ticker := time.NewTicker(r.every)
	defer ticker.Stop()
	for {
		select {
		case <-r.stop:
			return
		case <-ticker.C:
			r.look()
		}
	}
}

func (r *room) close() {
	close(r.stop)
	r.done.Wait()
}

func (r *room) look() {
	free, err := r.free(r.config.StoreDir)
	if err != nil {
		r.server.log.slog.Debug("cannot tell how full the disk is", "error", err)
		return
	}
	if low := free < r.reserve; low != r.low {
		r.refuse(low, free)
	}
	if !r.low && r.server.log.writeFailed() {
		r.restart()
	}
}

// refuse closes or opens the store for new messages.
func (r *room) refuse(low bool, free uint64) {
	limits := server.JetStreamAccountLimits{
		MaxMemory: -1, MaxStore: -1, MaxStreams: -1, MaxConsumers: -1, MaxAckPending: -1,
		MemoryMaxStreamBytes: -1, StoreMaxStreamBytes: -1,
	}
	log := r.server.log.slog
	if low {
		limits.MaxStore = 1
		log.Error("the disk is nearly full: nothing new is stored until there is room; free disk space",
			"directory", r.config.StoreDir, "free_bytes", free, "reserve_bytes", r.reserve)
	} else {
		log.Info("the disk has room again", "directory", r.config.StoreDir, "free_bytes", free)
	}
	if err := r.server.nats.GlobalAccount().UpdateJetStreamLimits(map[string]server.JetStreamAccountLimits{"": limits}); err != nil {
		log.Error("limit the message store", "error", err)
		return
	}
	r.low = low
}

// restart reads the streams from disk again.
func (r *room) restart() {
	log := r.server.log.slog
	log.Warn("starting jetstream again after failed writes")
	if err := r.server.nats.ShutdownJetStream(); err != nil {
		log.Error("stop jetstream", "error", err)
		return
	}
	err := r.server.nats.EnableJetStream(&server.JetStreamConfig{
		StoreDir: r.config.StoreDir, SyncAlways: true, Strict: true, CompressOK: true,
		MaxMemory: r.config.JetStreamMaxMemory, MaxStore: r.config.JetStreamMaxStore,
	})
	if err != nil {
		log.Error("start jetstream again; free disk space and restart", "error", err)
		return
	}
	r.server.log.forgetWrites()
}
