package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"

	"golang.org/x/term"

	"github.com/dateline-news/dateline/internal/config"
	"github.com/dateline-news/dateline/serve/access"
)

// usersCommand is `dateline users`. What it changes counts at once, for
// running processes too.
type usersCommand struct {
	Add      usersAddCommand      `cmd:"" help:"Add somebody who signs in by password; it is asked for, or read from standard input."`
	List     usersListCommand     `cmd:"" help:"List users and tokens."`
	Role     usersRoleCommand     `cmd:"" help:"Give somebody another role."`
	Password usersPasswordCommand `cmd:"" help:"Give somebody another password, and end the sessions."`
	SignOut  usersSignOutCommand  `cmd:"" help:"End all sessions of somebody."`
	Token    usersTokenCommand    `cmd:"" help:"Make a token for a program, or for embedding one dashboard; it is shown once."`
	Remove   usersRemoveCommand   `cmd:"" help:"Remove a user or a token."`
}

func (inv *invocation) users(c common) (*access.Store, error) {
	loaded, err := inv.load(c, func(*config.Config) {})
	if err != nil {
		return nil, err
	}
	return access.NewStore(loaded.AccessFile()), nil
}

// named is what the commands about one user have in common.
type named struct {
	common
	Name string `arg:"" help:"The name to sign in with."`
}

// change does something with the store and says what came of it.
func (n named) change(inv *invocation, did string, f func(*access.Store) error) error {
	store, err := inv.users(n.common)
	if err != nil {
		return err
	}
	if err := f(store); err != nil {
		return err
	}
	fmt.Fprintf(inv.out, "%s %s\n", n.Name, did)
	return nil
}

type usersAddCommand struct {
	named
	Role string `help:"reader, editor or admin." enum:"reader,editor,admin" default:"reader"`
}

func (c *usersAddCommand) Run(inv *invocation) error {
	return c.change(inv, "may sign in as "+c.Role, func(s *access.Store) error {
		password, err := inv.password()
		if err != nil {
			return err
		}
		return s.Add(c.Name, access.Role(c.Role), password)
	})
}

type usersRoleCommand struct {
	named
	Role string `arg:"" help:"reader, editor or admin." enum:"reader,editor,admin"`
}

func (c *usersRoleCommand) Run(inv *invocation) error {
	return c.change(inv, "is "+c.Role+" now", func(s *access.Store) error { return s.SetRole(c.Name, access.Role(c.Role)) })
}

type usersPasswordCommand struct{ named }

func (c *usersPasswordCommand) Run(inv *invocation) error {
	return c.change(inv, "has a new password; the sessions have ended", func(s *access.Store) error {
		password, err := inv.password()
		if err != nil {
			return err
		}
		return s.SetPassword(c.Name, password)
	})
}

type usersSignOutCommand struct{ named }

func (c *usersSignOutCommand) Run(inv *invocation) error {
	return c.change(inv, "is signed out everywhere", func(s *access.Store) error { return s.SignOut(c.Name) })
}

type usersRemoveCommand struct{ named }

func (c *usersRemoveCommand) Run(inv *invocation) error {
	return c.change(inv, "is removed", func(s *access.Store) error { return s.Remove(c.Name) })
}

type usersTokenCommand struct {
	named
	Role      string `help:"reader, editor or admin." enum:"reader,editor,admin" default:"reader"`
	Dashboard string `help:"The one dashboard that the token shows." placeholder:"NAME"`
}

func (c *usersTokenCommand) Run(inv *invocation) error {
	store, err := inv.users(c.common)
	if err != nil {
		return err
	}
	role := access.Role(c.Role)
	if c.Dashboard != "" {
		role = access.Reader
	}
	token, err := store.AddToken(c.Name, role, c.Dashboard)
	if err != nil {
		return err
	}
	fmt.Fprintln(inv.out, token)
	return nil
}

type usersListCommand struct{ common }

func (c *usersListCommand) Run(inv *invocation) error {
	store, err := inv.users(c.common)
	if err != nil {
		return err
	}
	list, err := store.Read()
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(inv.out, 0, 0, 2, ' ', 0)
	for _, u := range list.Users {
		fmt.Fprintf(w, "user\t%s\t%s\n", u.Name, u.Role)
	}
	for _, t := range list.Tokens {
		fmt.Fprintf(w, "token\t%s\t%s\t%s\n", t.Name, t.Role, t.Dashboard)
	}
	return w.Flush()
}

// password asks a person twice without showing what is typed; from a program
// it reads one line.
func (t *terminal) password() (string, error) {
	file, ok := t.in.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		line, err := bufio.NewReader(t.in).ReadString('\n')
		if err != nil && line == "" {
			return "", errors.New("no password: give it on standard input")
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	var typed [2]string
	for i, prompt := range []string{"Password: ", "Once more: "} {
		fmt.Fprint(t.err, prompt)
		line, err := term.ReadPassword(int(file.Fd()))
		fmt.Fprintln(t.err)
		if err != nil {
			return "", fmt.Errorf("reading the password: %w", err)
		}
		typed[i] = string(line)
	}
	if typed[0] != typed[1] {
		return "", errors.New("the two passwords differ; nothing was changed")
	}
	return typed[0], nil
}
