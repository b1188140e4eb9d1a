package main

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/dateline-news/dateline/internal/agencytest"
)

// TestFullDiskHoldsNewsBackAndLosesNone fills the disk under a running
// pipeline, in two steps: down to the reserve, and to the last byte. It says
// so, polls no more, serves what it has, and takes in what waited when there is
// room.
func TestFullDiskHoldsNewsBackAndLosesNone(t *testing.T) {
	if testing.Short() {
		t.Skip("fills a disk of 128 MB; run without -short")
	}
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=128m"); err != nil {
		t.Skipf("needs a small disk of its own, so run it as root: mount: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	site := agencytest.New(item("before"))
	defer site.Close()
	running := dateline(t, "run", "--config", configure(t, site, ""), "--data", filepath.Join(disk, "data"), "--listen", "127.0.0.1:0")
	server := running.await(t, `page +(http://\S+)`)
	onlyOne(t, server, "before")

	for _, left := range []int{32 << 20, 0} {
		name := fmt.Sprintf("left%d", left)
		ballast := filepath.Join(disk, name)
		fill(t, disk, ballast, left)
		running.await(t, `(?s)disk is (nearly )?full`)
		site.Put(item(name))
		onlyOne(t, server, "before") // what it has is served
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
		onlyOne(t, server, name)
	}
	running.interrupt(t)
}

// fill writes a file until only left bytes are free on the disk.
func fill(t *testing.T, disk, file string, left int) {
	t.Helper()
	var stat syscall.Statfs_t
	if err := syscall.Statfs(disk, &stat); err != nil {
		t.Fatal(err)
	}
	size := int(stat.Bavail)*int(stat.Bsize) - left
	err := os.WriteFile(file, make([]byte, max(size, 0)), 0o600)
	if err != nil && left > 0 {
		t.Fatal(err)
	}
}
