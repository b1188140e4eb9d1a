//go:build !race

package ingest

// raceDetector says that the race detector is on, which multiplies memory.
const raceDetector = false
