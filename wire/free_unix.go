//go:build unix

package wire

import "golang.org/x/sys/unix"

// freeBytes is what unprivileged programs may still write to the disk of dir.
func freeBytes(dir string) (uint64, error) {
	var stat unix.Statfs_t
	if err := unix.Statfs(dir, &stat); err != nil {
		return 0, err
	}
	return uint64(stat.Bavail) * uint64(stat.Bsize), nil
}
