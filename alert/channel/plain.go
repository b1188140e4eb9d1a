package channel

import (
	"context"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"strings"
)

// slack posts what Slack, Mattermost, Rocket.Chat and others take as an
// incoming webhook.
type slack struct{ poster }

// maxSlackText is the length at which Slack cuts a text, in bytes.
const maxSlackText = 38_000

func (s *slack) Send(ctx context.Context, m Message) error {
	text := "*" + slackText(m.Subject) + "*\n" + slackText(m.Text)
	if m.Link != "" {
		text += "\n<" + slackText(m.Link) + ">"
	}
	if m.Repeat {
		text = repeated + "\n" + text
	}
	body, err := json.Marshal(map[string]string{"text": clip(text, maxSlackText)})
	if err != nil {
		return &Failure{Err: fmt.Errorf("write the message: %w", err)}
	}
	return s.post(ctx, http.Header{"Content-Type": {"application/json"}}, body)
}

// repeated heads a message that may have come before: incoming webhooks of
// Slack have no key by which a second try is known.
const repeated = "_This may have come before: whether an earlier try arrived is not known._"

// slackText escapes the three characters that Slack gives a meaning.
func slackText(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// ntfy posts plain text with headers, as ntfy.sh takes it; another receiver
// can read the body alone.
type ntfy struct {
	poster
	token string
}

// maxNtfyText is the length above which ntfy makes an attachment of a text.
const maxNtfyText = 4000

func (n *ntfy) Send(ctx context.Context, m Message) error {
	header := http.Header{
		"Content-Type": {"text/plain; charset=utf-8"},
		"Title":        {mime.BEncoding.Encode("utf-8", m.Subject)},
		"Tags":         {strings.Join(m.Rules, ",")},
		// By it ntfy (from 2.16 on) puts a second try in the place of the first.
		"X-Sequence-Id": {m.ID},
		// Not of ntfy: by it any other receiver knows a second try.
		"X-Message-Id": {m.ID},
	}
	if m.Urgent {
		header.Set("Priority", "high")
	}
	if m.Link != "" {
		header.Set("Click", m.Link)
	}
	if n.token != "" {
		header.Set("Authorization", "Bearer "+n.token)
	}
	return n.post(ctx, header, []byte(clip(m.Text, maxNtfyText)))
}

// clip cuts a text between runes.
func clip(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
