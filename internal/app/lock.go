package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/gofrs/flock"
)

// lockData makes the data folder ours until unlock is called. The operating
// system drops the lock when the process ends, however it ends.
func lockData(dir string) (unlock func(), err error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("making the data folder: %w; choose another with --data DIR", err)
	}
	path := filepath.Join(dir, "lock")
	lock := flock.New(path, flock.SetPermissions(0o640))
	locked, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("locking the data folder %s: %w; choose another with --data DIR", dir, explainDisk(err))
	}
	if !locked {
		return nil, fmt.Errorf("the data folder %s is in use by another dateline%s: stop that one, or choose another folder with --data DIR", dir, holder(path))
	}
	// The process number is for the message above alone; a full disk must not
	// keep a pipeline that can still read from starting.
	_ = os.WriteFile(path, fmt.Appendf(nil, "%d\n", os.Getpid()), 0o640)
	return func() { _ = lock.Unlock() }, nil
}

func holder(path string) string {
	content, err := os.ReadFile(path)
	pid := strings.TrimSpace(string(content))
	if err != nil || pid == "" {
		return ""
	}
	return " (process " + pid + ")"
}

// explainDisk says in words what a full disk is.
func explainDisk(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fmt.Errorf("the disk is full, free some space and start again: %w", err)
	}
	return err
}
