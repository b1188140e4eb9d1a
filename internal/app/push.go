package app

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"sync"

	"github.com/dateline-news/dateline/ingest"
	"github.com/dateline-news/dateline/ingest/fetch"
	"github.com/dateline-news/dateline/serve"
	"github.com/dateline-news/dateline/serve/client"
	"github.com/dateline-news/dateline/wire"
)

// push takes reports that agencies push. What ingestion keeps is opened when
// the first one comes.
func (p *process) push() serve.Push {
	d := delivery{open: func(ctx context.Context) (*ingest.Receiver, error) {
		return ingest.NewReceiver(ctx, ingest.Options{Bus: p.bus, Now: p.Now, Logger: p.Logger})
	}}
	return serve.Push{Receive: d.receive, Token: p.Config.Push.Token, MaxReport: cmp.Or(p.Config.Ingest.MaxBody, fetch.DefaultMaxBody)}
}

type delivery struct {
	open     func(context.Context) (*ingest.Receiver, error)
	mu       sync.Mutex
	receiver *ingest.Receiver
}

func (d *delivery) receive(ctx context.Context, report []byte) (*client.Receipt, error) {
	receiver, err := d.opened(ctx)
	if err != nil {
		return nil, err
	}
	receipt, err := receiver.Receive(ctx, report)
	var wrong *ingest.DeliveryError
	switch {
	case errors.As(err, &wrong):
		return nil, &client.Problem{Status: http.StatusUnprocessableEntity, Detail: wrong.Error(), Field: wrong.Field}
	case errors.Is(err, wire.ErrTooLarge):
		return nil, &client.Problem{Status: http.StatusRequestEntityTooLarge, Detail: err.Error()}
	case err != nil:
		return nil, err
	}
	return &client.Receipt{ID: receipt.ID, Revision: receipt.Revision, Outcome: receipt.Outcome, Story: receipt.Story}, nil
}

// opened returns the receiver. It lives longer than the request that opens it.
func (d *delivery) opened(ctx context.Context) (*ingest.Receiver, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.receiver == nil {
		receiver, err := d.open(context.WithoutCancel(ctx))
		if err != nil {
			return nil, err
		}
		d.receiver = receiver
	}
	return d.receiver, nil
}
