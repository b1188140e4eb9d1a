// Package wire moves reports between the stages over NATS JetStream, with an
// embedded server or a separate one.
//
// It promises at-least-once delivery: what Publish has acknowledged is on disk,
// and a consumer sees it until it is acknowledged or stands in the DEAD stream
// with the reason. Nothing is dropped on the way: an undecodable or poisonous
// message moves to DEAD whole, a full store refuses new messages (ErrFull) and
// never discards old ones. A message may come twice; the message id given to a
// publish keeps a second try out of the stream for 24 hours.
package wire

import (
	"errors"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Stream names a JetStream stream, one per stage.
type Stream string

// The streams.
const (
	StreamRaw     Stream = "RAW"     // raw.<source>: reports as they were extracted
	StreamReports Stream = "REPORTS" // reports.<source>: annotated reports
	StreamEvents  Stream = "EVENTS"  // events.<series>.<edition>: entries of the event register
	StreamAlerts  Stream = "ALERTS"  // alerts.<rule>
	StreamPolls   Stream = "POLLS"   // polls.<source>: sources whose poll is due, the last of each
	StreamDead    Stream = "DEAD"    // dead.<stage>.<source>: what no stage could take
)

// streams lists every stream in the order in which Setup makes them.
var streams = []Stream{StreamRaw, StreamReports, StreamEvents, StreamAlerts, StreamPolls, StreamDead}

// duplicateWindow is how long a stream remembers the ids of its messages.
const duplicateWindow = 24 * time.Hour

// The errors of this package; check them with errors.Is.
var (
	// ErrFull: the store has no room. Publishing again helps once there is
	// room; a stage pauses until then.
	ErrFull = errors.New("the message store is full; free disk space or raise its limit")
	// ErrTooLarge: the message exceeds the server's limit and will always do so.
	ErrTooLarge = errors.New("the message is larger than the server accepts")
	// ErrInUse: another process has the store directory open.
	ErrInUse = errors.New("the directory is in use by another process")
	// ErrCorrupt: the store directory holds streams that cannot be read.
	ErrCorrupt = errors.New("the message store is damaged")
	// ErrNoStream: a stream or consumer is missing; Setup makes the streams.
	ErrNoStream = errors.New("the streams are not set up")
	// ErrUndecodable: the message is not a report this version can read.
	ErrUndecodable = errors.New("undecodable message")
	// ErrOutpaced: another writer was first on the subject; read its last
	// message again and decide anew.
	ErrOutpaced = errors.New("another process wrote to the subject meanwhile")
	// ErrNoDeadLetter: the DEAD stream has no message of that sequence.
	ErrNoDeadLetter = errors.New("no such dead letter")
)

// Bus is a connection to the streams. It is safe for concurrent use.
type Bus struct {
	conn    *nats.Conn
	js      jetstream.JetStream
	options Options
}
