package access

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// The cost of a hash: 19 MiB and two passes, the least that OWASP's password
// storage cheat sheet recommends for Argon2id.
const (
	hashMemory = 19 << 10 // KiB
	hashPasses = 2
	hashLanes  = 1
	hashLength = 32
)

// shortest is the least number of characters of a password.
const shortest = 10

// hash returns the encoded Argon2id hash of a password.
func hash(password string) (string, error) {
	if utf8.RuneCountInString(password) < shortest {
		return "", fmt.Errorf("a password has %d characters or more", shortest)
	}
	if len(password) > 1<<10 {
		return "", errors.New("a password has 1024 bytes at most")
	}
	return encode(password), nil
}

func encode(password string) string {
	salt := make([]byte, 16)
	_, _ = rand.Read(salt) // never fails
	key := argon2.IDKey([]byte(password), salt, hashPasses, hashMemory, hashLanes, hashLength)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, hashMemory, hashPasses, hashLanes, b64.EncodeToString(salt), b64.EncodeToString(key))
}

// verify reports whether the password is the one that was hashed.
func verify(encoded, password string) bool {
	parts := strings.Split(encoded, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || len(password) > 1<<10 {
		return false
	}
	var memory, passes uint32
	var lanes uint8
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &lanes); err != nil || memory > 1<<20 || passes < 1 || passes > 100 || lanes < 1 {
		return false
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || len(want) < 16 {
		return false
	}
	got := argon2.IDKey([]byte(password), salt, passes, memory, lanes, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1
}

// nobody is the hash that is checked for a name that nobody has.
var nobody = sync.OnceValue(func() string { return encode(rand.Text()) })

// throttle slows down whoever guesses passwords of one name.
type throttle struct {
	now   func() time.Time
	mu    sync.Mutex
	tries map[string]*tries
}

type tries struct {
	failed int
	last   time.Time
}

// Five wrong passwords in a row close a name for a minute.
const (
	mostFailures = 5
	closedFor    = time.Minute
	mostNames    = 10_000
)

func (t *throttle) allow(name string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if one := t.tries[name]; one != nil && one.failed >= mostFailures && t.now().Sub(one.last) < closedFor {
		return ErrThrottled
	}
	return nil
}

func (t *throttle) fail(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.tries == nil || len(t.tries) > mostNames {
		t.tries = map[string]*tries{}
	}
	one := t.tries[name]
	if one == nil || t.now().Sub(one.last) >= closedFor {
		one = new(tries)
		t.tries[name] = one
	}
	one.failed++
	one.last = t.now()
}

func (t *throttle) succeed(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.tries, name)
}
