package chain

// prefetch asks the processor for the homes of the keys among lines, of which
// the first are homes, and does not wait for them.
//
//go:noescape
func prefetch(lines []line, homes uint64, keys []uint32)
