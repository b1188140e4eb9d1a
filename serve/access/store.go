package access

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/goccy/go-yaml"
	"github.com/gofrs/flock"
)

// User is somebody who signs in by password.
type User struct {
	Name     string `yaml:"name"`
	Role     Role   `yaml:"role"`
	Password string `yaml:"password"`
	// Generation grows when the sessions of before must end.
	Generation int `yaml:"generation"`
}

// Token lets a program in, or shows one dashboard inside another page.
type Token struct {
	Name      string `yaml:"name"`
	Role      Role   `yaml:"role"`
	Dashboard string `yaml:"dashboard,omitempty"`
	Sum       string `yaml:"sum"`
}

// List is everything that the file holds.
type List struct {
	Users  []User  `yaml:"users"`
	Tokens []Token `yaml:"tokens"`
}

func (l *List) user(name string) User {
	for _, u := range l.Users {
		if u.Name == name {
			return u
		}
	}
	return User{}
}

// Store keeps users and tokens in a YAML file, which any process may change:
// what it says counts from the next request on.
type Store struct {
	file string
	mu   sync.Mutex
	seen time.Time
	size int64
	list *List
}

// NewStore returns the store of a file, which may not exist yet.
func NewStore(file string) *Store { return &Store{file: file} }

// Read returns what the file holds.
func (s *Store) Read() (*List, error) { return s.read() }

// read returns what the file holds, reading it only when it has changed. The
// list is shared and must not be changed.
func (s *Store) read() (*List, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	info, err := os.Stat(s.file)
	if errors.Is(err, fs.ErrNotExist) {
		s.list = nil
		return &List{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the users: %w", err)
	}
	if s.list != nil && info.ModTime().Equal(s.seen) && info.Size() == s.size {
		return s.list, nil
	}
	list, err := load(s.file)
	if err != nil {
		return nil, err
	}
	s.list, s.seen, s.size = list, info.ModTime(), info.Size()
	return list, nil
}

func load(file string) (*List, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading the users: %w", err)
	}
	list := new(List)
	if err := yaml.UnmarshalWithOptions(content, list, yaml.Strict()); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("the users in %s cannot be read: %w; mend the file, or move it away and add the users again", file, err)
	}
	for _, u := range list.Users {
		if _, err := ParseRole(string(u.Role)); err != nil {
			return nil, fmt.Errorf("%s: user %q: %w", file, u.Name, err)
		}
	}
	for _, t := range list.Tokens {
		if _, err := ParseRole(string(t.Role)); err != nil {
			return nil, fmt.Errorf("%s: token %q: %w", file, t.Name, err)
		}
	}
	return list, nil
}

// Add makes a user.
func (s *Store) Add(name string, role Role, password string) error {
	if err := checkName(name); err != nil {
		return err
	}
	hashed, err := hash(password)
	if err != nil {
		return err
	}
	return s.change(func(l *List) error {
		if l.user(name).Name != "" {
			return fmt.Errorf("there is a user %q already; change the password with `dateline users password %s`", name, name)
		}
		l.Users = append(l.Users, User{Name: name, Role: role, Password: hashed, Generation: 1})
		return nil
	})
}

func checkName(name string) error {
	if name == "" || len(name) > 100 || strings.ContainsFunc(name, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }) {
		return fmt.Errorf("the name %q cannot be used; take letters, digits and signs without spaces, 100 bytes at most", name)
	}
	return nil
}

// SetPassword gives a user another password and ends the user's sessions.
func (s *Store) SetPassword(name, password string) error {
	hashed, err := hash(password)
	if err != nil {
		return err
	}
	return s.changeUser(name, func(u *User) { u.Password, u.Generation = hashed, u.Generation+1 })
}

// SetRole gives a user another role, at once.
func (s *Store) SetRole(name string, role Role) error {
	return s.changeUser(name, func(u *User) { u.Role = role })
}

// SignOut ends all sessions of a user.
func (s *Store) SignOut(name string) error {
	return s.changeUser(name, func(u *User) { u.Generation++ })
}

func (s *Store) changeUser(name string, f func(*User)) error {
	return s.change(func(l *List) error {
		for i := range l.Users {
			if l.Users[i].Name == name {
				f(&l.Users[i])
				return nil
			}
		}
		return fmt.Errorf("there is no user %q; `dateline users list` shows all", name)
	})
}

// Remove takes a user or a token out, and so ends what came by it.
func (s *Store) Remove(name string) error {
	return s.change(func(l *List) error {
		before := len(l.Users) + len(l.Tokens)
		l.Users = slices.DeleteFunc(l.Users, func(u User) bool { return u.Name == name })
		l.Tokens = slices.DeleteFunc(l.Tokens, func(t Token) bool { return t.Name == name })
		if len(l.Users)+len(l.Tokens) == before {
			return fmt.Errorf("there is no user or token %q; `dateline users list` shows all", name)
		}
		return nil
	})
}

// AddToken makes a token and returns it; it is not kept and cannot be shown
// again. With a dashboard, it shows that one alone.
func (s *Store) AddToken(name string, role Role, dashboard string) (token string, err error) {
	if err := checkName(name); err != nil {
		return "", err
	}
	token = "dl_" + rand.Text()
	return token, s.change(func(l *List) error {
		if slices.ContainsFunc(l.Tokens, func(t Token) bool { return t.Name == name }) {
			return fmt.Errorf("there is a token %q already; remove it first with `dateline users remove %s`", name, name)
		}
		l.Tokens = append(l.Tokens, Token{Name: name, Role: role, Dashboard: dashboard, Sum: sumOf(token)})
		return nil
	})
}

// change reads the file, changes the list and writes it whole or not at all.
// Another process that does the same waits.
func (s *Store) change(f func(*List) error) error {
	if err := os.MkdirAll(filepath.Dir(s.file), 0o750); err != nil {
		return fmt.Errorf("keeping the users: %w", err)
	}
	lock := flock.New(s.file + ".lock")
	if err := lock.Lock(); err != nil {
		return fmt.Errorf("keeping the users: %w", err)
	}
	defer func() { _ = lock.Unlock() }()
	list, err := load(s.file)
	if errors.Is(err, fs.ErrNotExist) {
		list, err = new(List), nil
	}
	if err != nil {
		return err
	}
	if err := f(list); err != nil {
		return err
	}
	content, err := yaml.Marshal(list)
	if err != nil {
		return fmt.Errorf("keeping the users: %w", err)
	}
	return writeFile(s.file, append([]byte("# Made by `dateline users`.\n"), content...))
}

// writeFile replaces a file that only its owner may read.
func writeFile(file string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+"-")
	if err != nil {
		return fmt.Errorf("writing %s: %w", file, err)
	}
	defer func() { _ = os.Remove(f.Name()) }() // gone once it is renamed
	_, err = io.Copy(f, bytes.NewReader(content))
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", file, err)
	}
	return nil
}
