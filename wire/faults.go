package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// JetStream's error codes for want of room: of the server, of the account, of
// its memory and of its disk. 10077 is any fault of the store, told apart by
// its text.
const (
	codeNoResources     jetstream.ErrorCode = 10023
	codeAccountFull     jetstream.ErrorCode = 10002
	codeMemoryFull      jetstream.ErrorCode = 10028
	codeStorageFull     jetstream.ErrorCode = 10047
	codeStreamStoreFail jetstream.ErrorCode = 10077
	codeJetStreamDown   jetstream.ErrorCode = 10008
	codeWrongLast       jetstream.ErrorCode = 10071
)

// typed wraps err with the sentinel of this package that it amounts to.
func typed(err error) error {
	if sentinel := classify(err); sentinel != nil && !errors.Is(err, sentinel) {
		return fmt.Errorf("%w: %w", sentinel, err)
	}
	return err
}

// Typed is for errors of a bucket that KV opened: it wraps err with the error
// of this package that it amounts to, such as ErrFull, if there is one.
func Typed(err error) error { return typed(err) }

func classify(err error) error {
	var api *jetstream.APIError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, nats.ErrMaxPayload), errors.Is(err, jetstream.ErrStreamMessageExceedsMaximum):
		return ErrTooLarge
	case errors.Is(err, jetstream.ErrStreamNotFound), errors.Is(err, jetstream.ErrConsumerNotFound),
		errors.Is(err, jetstream.ErrBucketNotFound):
		return ErrNoStream
	case errors.As(err, &api) && isFull(api):
		return ErrFull
	case api != nil && api.ErrorCode == codeWrongLast:
		return ErrOutpaced
	}
	return nil
}

func isFull(err *jetstream.APIError) bool {
	switch err.ErrorCode {
	case codeNoResources, codeAccountFull, codeMemoryFull, codeStorageFull:
		return true
	case codeStreamStoreFail:
		text := err.Description
		return strings.Contains(text, "maximum") || strings.Contains(text, "no space left")
	}
	return false
}

// passing reports whether trying again can help by itself: the server is away
// or starting, or chooses a leader.
func passing(err error) bool {
	var api *jetstream.APIError
	switch {
	case errors.Is(err, ErrFull), errors.Is(err, nats.ErrConnectionClosed):
		return false
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, nats.ErrTimeout), errors.Is(err, nats.ErrNoResponders),
		errors.Is(err, jetstream.ErrNoStreamResponse), errors.Is(err, nats.ErrReconnectBufExceeded),
		errors.Is(err, nats.ErrConnectionReconnecting), errors.Is(err, nats.ErrDisconnected):
		return true
	case errors.As(err, &api):
		return api.ErrorCode == codeJetStreamDown || errors.Is(err, jetstream.ErrJetStreamNotEnabled)
	}
	return isNetwork(err)
}

func isNetwork(err error) bool {
	var network net.Error
	return errors.As(err, &network) || errors.Is(err, io.EOF)
}

// pause waits for d and reports whether ctx is still alive.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}

// redact hides passwords in a list of addresses.
func redact(addresses string) string {
	list := strings.Split(addresses, ",")
	for i, address := range list {
		if u, err := url.Parse(strings.TrimSpace(address)); err == nil {
			list[i] = u.Redacted()
		}
	}
	return strings.Join(list, ",")
}
