package wire

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/nats-io/nats-server/v2/server"
)

// checkStreams compares the streams on disk with those the server has read.
// The server skips a stream it cannot read with a warning; going on would put
// an empty one in its place.
func (s *Server) checkStreams() error {
	account := s.nats.GlobalAccount().GetName()
	dir := filepath.Join(s.nats.StoreDir(), account, "streams")
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // a new store
	}
	if err != nil {
		return fmt.Errorf("read the message store: %w", err)
	}
	read, err := s.readStreams(account)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") || read[e.Name()] {
			continue
		}
		if err := s.unread(filepath.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// readStreams names the streams that the server serves.
func (s *Server) readStreams(account string) (map[string]bool, error) {
	detail, err := s.nats.JszAccount(&server.JSzOptions{Account: account, Streams: true})
	if err != nil {
		return nil, fmt.Errorf("list the streams of the message store: %w", err)
	}
	names := make(map[string]bool, len(detail.Streams))
	for _, stream := range detail.Streams {
		names[stream.Name] = true
	}
	return names, nil
}

// unread handles the directory of a stream that the server could not read: an
// empty one comes from a process killed while it made the stream, and goes;
// Setup makes it again.
func (s *Server) unread(dir string) error {
	if holdsMessages(dir) {
		return fmt.Errorf("%w: the stream in %s cannot be read (%s); restore it from a backup, or move it away to start with an empty one",
			ErrCorrupt, dir, s.log.about(filepath.Base(dir)))
	}
	if err := os.RemoveAll(dir); err != nil {
		return fmt.Errorf("remove the unfinished stream in %s: %w", dir, err)
	}
	return nil
}

// holdsMessages reports whether the directory of a stream has a message block.
func holdsMessages(dir string) bool {
	blocks, err := filepath.Glob(filepath.Join(dir, "msgs", "*.blk"))
	if err != nil {
		return true
	}
	for _, path := range blocks {
		if info, err := os.Stat(path); err != nil || info.Size() > 0 {
			return true
		}
	}
	return false
}
