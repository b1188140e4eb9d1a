//go:build !amd64

package chain

// prefetch does nothing where there is no code for the processor: the lines
// are waited for one after another.
func prefetch([]line, uint64, []uint32) {}
