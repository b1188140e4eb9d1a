package channel

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/dateline-news/dateline/alert/notice"
)

// webhook posts JSON signed as Standard Webhooks has it
// (https://www.standardwebhooks.com), version 1, symmetric keys.
type webhook struct {
	poster
	secrets []string
}

// Payload is the body of a webhook.
type Payload struct {
	Type string `json:"type"`
	// Timestamp is when the first of the notices came up.
	Timestamp time.Time   `json:"timestamp"`
	Data      PayloadData `json:"data"`
}

// PayloadData is what a Payload tells.
type PayloadData struct {
	Rules   []string        `json:"rules"`
	Title   string          `json:"title"`
	Text    string          `json:"text"`
	Link    string          `json:"link,omitempty"`
	Notices []notice.Notice `json:"notices"`
}

// payloadType is the Payload.Type of alerts.
const payloadType = "alert"

func (w *webhook) Send(ctx context.Context, m Message) error {
	body, err := json.Marshal(Payload{
		Type: payloadType, Timestamp: first(m.Notices),
		Data: PayloadData{m.Rules, m.Subject, m.Text, m.Link, m.Notices},
	})
	if err != nil {
		return &Failure{Err: fmt.Errorf("write the webhook: %w", err)}
	}
	now := strconv.FormatInt(w.now().Unix(), 10)
	signatures, err := sign(w.secrets, m.ID, now, body)
	if err != nil {
		return &Failure{Err: err}
	}
	return w.post(ctx, http.Header{
		"Content-Type":      {"application/json"},
		"Webhook-Id":        {m.ID},
		"Webhook-Timestamp": {now},
		"Webhook-Signature": {signatures},
	}, body)
}

func first(notices []notice.Notice) time.Time {
	var at time.Time
	for _, n := range notices {
		if at.IsZero() || n.At.Before(at) {
			at = n.At
		}
	}
	return at.UTC()
}

// sign returns a signature by each secret, with spaces between.
func sign(secrets []string, id, timestamp string, body []byte) (string, error) {
	var signatures []string
	for _, secret := range secrets {
		key, err := signingKey(secret)
		if err != nil {
			return "", err
		}
		mac := hmac.New(sha256.New, key)
		fmt.Fprintf(mac, "%s.%s.%s", id, timestamp, body)
		signatures = append(signatures, "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	}
	return strings.Join(signatures, " "), nil
}

// signingKey reads a secret; its error does not repeat it.
func signingKey(secret string) ([]byte, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil || len(key) < 24 || len(key) > 64 {
		return nil, fmt.Errorf("secrets: one is not whsec_ and base64 of 24 to 64 bytes")
	}
	return key, nil
}
