package wire

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Reason says why a message went to DEAD.
type Reason string

// The reasons.
const (
	ReasonUndecodable Reason = "undecodable" // not a report this version can read
	ReasonPoison      Reason = "poison"      // the stage says that no try can help
	ReasonDeliveries  Reason = "deliveries"  // tried MaxDeliver times
)

// A dead letter has the body and the headers of the message it was, and these
// headers. Headers that instruct the server would act again on the letter, so
// they are kept under another name.
const (
	deadPrefix       = "Dateline-Dead-"
	headerReason     = deadPrefix + "Reason"
	headerError      = deadPrefix + "Error"
	headerStage      = deadPrefix + "Stage"
	headerStream     = deadPrefix + "Stream"
	headerSubject    = deadPrefix + "Subject"
	headerSequence   = deadPrefix + "Sequence"
	headerDeliveries = deadPrefix + "Deliveries"
	headerBuild      = deadPrefix + "Build"
	keptPrefix       = deadPrefix + "Header-"
	serverPrefix     = "Nats-"
)

// maxErrorText bounds the error in a dead letter, in bytes.
const maxErrorText = 2 << 10

// DeadLetter is a message of the DEAD stream.
type DeadLetter struct {
	// Sequence is the letter's place in DEAD; Time is when it came there.
	Sequence uint64
	Time     time.Time
	Reason   Reason
	Error    string
	// Stage is the durable consumer that gave the message up.
	Stage string
	// Stream, Subject and StreamSequence are where the message was.
	Stream         Stream
	Subject        string
	StreamSequence uint64
	Deliveries     int
	// Build is the version of the program that gave the message up.
	Build       string
	Traceparent string
	// Header and Body are those of the message.
	Header map[string][]string
	Body   []byte
}

// deadLetter publishes the message to DEAD, once however often it is tried.
func (b *Bus) deadLetter(ctx context.Context, c Consumer, m *Message, reason Reason, cause error) error {
	trace := m.Traceparent
	if trace == "" {
		trace = childTrace("")
	}
	header := buriedHeader(m.header)
	for name, value := range map[string]string{
		headerReason: string(reason), headerError: oneLine(cause.Error()), headerStage: c.Durable,
		headerStream: string(c.Stream), headerSubject: m.Subject, headerSequence: strconv.FormatUint(m.Sequence, 10),
		headerDeliveries: strconv.Itoa(m.Deliveries), headerBuild: oneLine(b.options.Build), headerTraceparent: trace,
	} {
		header[name] = []string{value}
	}
	msg := &nats.Msg{Subject: StreamDead.subject(c.Durable, sourceOf(m.Subject)), Header: header, Data: m.msg.Data()}
	_, err := b.publish(ctx, msg, deadID(c, m))
	return err
}

// deadID is the same for every try to bury a message. The time is part of it
// because a recreated stream counts from 1 again.
func deadID(c Consumer, m *Message) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%d\x00%d", c.Durable, c.Stream, m.Sequence, m.Time.UnixNano()))
	return "dead-" + hex.EncodeToString(sum[:16])
}

func buriedHeader(header nats.Header) nats.Header {
	buried := nats.Header{}
	for name, values := range header {
		switch {
		case strings.EqualFold(name, headerTraceparent):
		case hasPrefixFold(name, serverPrefix) || hasPrefixFold(name, deadPrefix):
			buried[keptPrefix+name] = values
		default:
			buried[name] = values
		}
	}
	return buried
}

// originalHeader undoes buriedHeader; the trace goes on.
func originalHeader(buried nats.Header) nats.Header {
	header := nats.Header{}
	for name, values := range buried {
		switch {
		case strings.HasPrefix(name, keptPrefix):
			header[strings.TrimPrefix(name, keptPrefix)] = values
		case !hasPrefixFold(name, deadPrefix) && !hasPrefixFold(name, serverPrefix):
			header[name] = values
		}
	}
	return header
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// oneLine makes text fit for a header.
func oneLine(text string) string {
	if len(text) > maxErrorText {
		text = text[:maxErrorText]
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}

// Dead returns the latest dead letters, at most limit, the latest first.
func (b *Bus) Dead(ctx context.Context, limit int) ([]DeadLetter, error) {
	stream, err := b.js.Stream(ctx, string(StreamDead))
	if err != nil {
		return nil, fmt.Errorf("read the dead letters: %w", typed(err))
	}
	state := stream.CachedInfo().State
	var letters []DeadLetter
	for seq := state.LastSeq; seq >= max(state.FirstSeq, 1) && len(letters) < limit; seq-- {
		msg, err := stream.GetMsg(ctx, seq)
		if errors.Is(err, jetstream.ErrMsgNotFound) { // replayed
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read dead letter %d: %w", seq, err)
		}
		letters = append(letters, letter(msg))
	}
	return letters, nil
}

func letter(msg *jetstream.RawStreamMsg) DeadLetter {
	h := msg.Header
	// Only this package writes to DEAD; what another has written there lists
	// with zeros.
	sequence, _ := strconv.ParseUint(h.Get(headerSequence), 10, 64)
	deliveries, _ := strconv.Atoi(h.Get(headerDeliveries))
	return DeadLetter{
		Sequence: msg.Sequence, Time: msg.Time, Reason: Reason(h.Get(headerReason)), Error: h.Get(headerError),
		Stage: h.Get(headerStage), Stream: Stream(h.Get(headerStream)), Subject: h.Get(headerSubject),
		StreamSequence: sequence, Deliveries: deliveries, Build: h.Get(headerBuild), Traceparent: traceparent(h),
		Header: originalHeader(h), Body: msg.Data,
	}
}

// Replay puts the message of the dead letter back on the stream it came from,
// where every consumer of the stream sees it again, and removes the letter. A
// second try after a crash does not put it there twice.
func (b *Bus) Replay(ctx context.Context, sequence uint64) error {
	stream, err := b.js.Stream(ctx, string(StreamDead))
	if err != nil {
		return fmt.Errorf("replay dead letter %d: %w", sequence, typed(err))
	}
	raw, err := stream.GetMsg(ctx, sequence)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return fmt.Errorf("replay dead letter %d: %w", sequence, ErrNoDeadLetter)
	}
	if err != nil {
		return fmt.Errorf("replay dead letter %d: %w", sequence, err)
	}
	dead := letter(raw)
	header := nats.Header(dead.Header)
	maps.DeleteFunc(header, func(name string, _ []string) bool { return hasPrefixFold(name, serverPrefix) })
	id := fmt.Sprintf("replay-%s-%d", raw.Header.Get(nats.MsgIdHdr), sequence)
	if _, err := b.publish(ctx, &nats.Msg{Subject: dead.Subject, Header: header, Data: dead.Body}, id); err != nil {
		return fmt.Errorf("replay dead letter %d to %s: %w", sequence, dead.Subject, err)
	}
	if err := stream.DeleteMsg(ctx, sequence); err != nil {
		return fmt.Errorf("remove dead letter %d after its replay: %w", sequence, err)
	}
	return nil
}
