package alert

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"
)

// unsubscribePath is where e-mail is unsubscribed from; a token follows.
const unsubscribePath = "/unsubscribe/"

// secret signs the tokens of unsubscription.
type secret []byte

// secretKey is where the secret is kept; no rule is called so.
const secretKey = "_unsubscribe"

// openSecret reads the secret that all processes share, or makes it.
func openSecret(ctx context.Context, kv jetstream.KeyValue) (secret, error) {
	fresh := make([]byte, 32)
	rand.Read(fresh) // never fails: see crypto/rand
	if _, err := kv.Create(ctx, secretKey, fresh); err == nil {
		return fresh, nil
	} else if !errors.Is(err, jetstream.ErrKeyExists) {
		return nil, fmt.Errorf("keep the key of unsubscriptions: %w", err)
	}
	entry, err := kv.Get(ctx, secretKey)
	if err != nil {
		return nil, fmt.Errorf("read the key of unsubscriptions: %w", err)
	}
	return entry.Value(), nil
}

// subscription is what a token ends.
type subscription struct {
	Rules   []string `json:"r"`
	Address string   `json:"a"`
}

// token names rules and an address so that nobody can make one for another.
func (s secret) token(rules []string, address string) string {
	body, err := json.Marshal(subscription{rules, address})
	if err != nil {
		panic(err) // two kinds of strings
	}
	return base64.RawURLEncoding.EncodeToString(append(s.sum(body), body...))
}

func (s secret) sum(body []byte) []byte {
	mac := hmac.New(sha256.New, s)
	mac.Write(body)
	return mac.Sum(nil)[:16]
}

var errToken = errors.New("the address of the unsubscription is not whole; use the link as it stands in the message")

func (s secret) read(token string) (subscription, error) {
	var sub subscription
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) < 16 || !hmac.Equal(raw[:16], s.sum(raw[16:])) {
		return sub, errToken
	}
	if err := json.Unmarshal(raw[16:], &sub); err != nil {
		return sub, errToken
	}
	return sub, nil
}
