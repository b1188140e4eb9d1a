package wire

import (
	"crypto/rand"
	"encoding/hex"
	"strings"

	"github.com/nats-io/nats.go"
)

const headerTraceparent = "traceparent"

// traceparent returns the trace context of the headers, whatever the case of
// its name, or "" when there is none that W3C Trace Context, level 1, allows.
func traceparent(h nats.Header) string {
	for name, values := range h {
		if strings.EqualFold(name, headerTraceparent) && len(values) > 0 && validTrace(values[0]) {
			return values[0]
		}
	}
	return ""
}

// childTrace continues the trace of parent under a new span id, or starts a
// trace when parent is not a valid traceparent.
func childTrace(parent string) string {
	var id [24]byte
	rand.Read(id[:]) // never fails: see crypto/rand
	trace, flags := hex.EncodeToString(id[:16]), "01"
	if validTrace(parent) {
		trace, flags = parent[3:35], parent[53:55]
	}
	return "00-" + trace + "-" + hex.EncodeToString(id[16:]) + "-" + flags
}

// validTrace reports whether s is version-traceid-parentid-flags in lower-case
// hexadecimal with ids that are not all zero.
func validTrace(s string) bool {
	if len(s) < 55 || (len(s) > 55 && (s[:2] == "00" || s[55] != '-')) || s[:2] == "ff" {
		return false
	}
	for i, c := range []byte(s[:55]) {
		dash := i == 2 || i == 35 || i == 52
		hexDigit := '0' <= c && c <= '9' || 'a' <= c && c <= 'f'
		if dash != (c == '-') || !dash && !hexDigit {
			return false
		}
	}
	return strings.Trim(s[3:35], "0") != "" && strings.Trim(s[36:52], "0") != ""
}
