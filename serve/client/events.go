package client

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"github.com/dateline-news/dateline/index/register"
)

// EventList is a page of events.
type EventList struct {
	Events []*register.Record `json:"events"`
	// Next is the cursor of the next page, absent on the last.
	Next string `json:"next,omitempty"`
}

// EventOverride is what an analyst asks for: a value of a field, or, of a
// revocation, only who and why.
type EventOverride struct {
	Field  string `json:"field,omitempty"`
	Value  string `json:"value,omitempty"`
	By     string `json:"by"`
	Reason string `json:"reason"`
}

// Events lists events. The parameters are q, series, kind, status, country,
// place, from, to, limit and cursor.
func (c *Client) Events(ctx context.Context, parameters url.Values) (*EventList, error) {
	var list EventList
	return &list, c.get(ctx, "/api/v1/events?"+parameters.Encode(), &list)
}

// Event returns an event with all of its evidence.
func (c *Client) Event(ctx context.Context, id string) (*register.Dossier, error) {
	var event register.Dossier
	return &event, c.get(ctx, "/api/v1/events/"+url.PathEscape(id), &event)
}

// OverrideEvent sets a value of an event over what reports say.
func (c *Client) OverrideEvent(ctx context.Context, id string, o EventOverride) (*register.Record, error) {
	return c.changeEvent(ctx, "/api/v1/events/"+url.PathEscape(id)+"/overrides", struct {
		EventOverride
		Value string `json:"value"` // an empty one is told, too
	}{o, o.Value})
}

// RevokeOverride takes an override of an event back.
func (c *Client) RevokeOverride(ctx context.Context, id, override string, o EventOverride) (*register.Record, error) {
	return c.changeEvent(ctx, "/api/v1/events/"+url.PathEscape(id)+"/overrides/"+url.PathEscape(override)+"/revoke", EventOverride{By: o.By, Reason: o.Reason})
}

func (c *Client) changeEvent(ctx context.Context, path string, o any) (*register.Record, error) {
	body, err := json.Marshal(o)
	if err != nil {
		return nil, fmt.Errorf("encode the override: %w", err)
	}
	var record register.Record
	return &record, c.Call(ctx, http.MethodPost, path, body, &record)
}
