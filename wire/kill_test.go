package wire

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"
)

// The test runs its own binary again as a process that publishes, consumes and
// keeps state until it is killed.
func TestWhatWasAcknowledgedSurvivesKills(t *testing.T) {
	t.Parallel()
	if dir := os.Getenv("DATELINE_KILLED_PUBLISHER"); dir != "" {
		publishUntilKilled(t, dir)
		return
	}
	const kills = 6
	dir := t.TempDir()
	acknowledged := map[string]bool{}
	next := 0
	for range kills {
		process := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
		process.Env = append(os.Environ(), "DATELINE_KILLED_PUBLISHER="+dir, "DATELINE_FIRST="+strconv.Itoa(next))
		output, err := process.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := process.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(output)
		for lines.Scan() {
			var n int
			if _, err := fmt.Sscanf(lines.Text(), "acknowledged %d", &n); err != nil {
				t.Fatalf("the publisher says: %s", lines.Text())
			}
			if len(acknowledged) == next {
				time.AfterFunc(rand.N(150*time.Millisecond), func() { _ = process.Process.Kill() })
			}
			acknowledged[report(n).ID] = true
		}
		if err := process.Wait(); err == nil || process.ProcessState.Exited() {
			t.Fatalf("the publisher ended by itself: %v", err)
		}
		next = len(acknowledged)
	}
	expectAll(t, openBus(t, startServer(t, ServerOptions{Dir: dir})), acknowledged)
}

// expectAll reads RAW from the start: each report that was acknowledged once,
// and at most those of the last moment besides.
func expectAll(t *testing.T, bus *Bus, acknowledged map[string]bool) {
	t.Helper()
	seen := map[string]int{}
	c := Consumer{Stream: StreamRaw, Durable: "auditor", Batch: 500}
	stop := consume(t, bus, c, func(_ context.Context, batch []*Message) []error {
		for _, m := range batch {
			seen[m.Report.ID]++
		}
		return nil
	})
	eventually(t, "all is read", func() bool { return settled(t, bus, c) })
	stop()
	for id := range acknowledged {
		if seen[id] != 1 {
			t.Errorf("report %s is there %d times", id, seen[id])
		}
	}
	t.Logf("%d reports acknowledged, %d in the stream", len(acknowledged), len(seen))
}

func publishUntilKilled(t *testing.T, dir string) {
	first, err := strconv.Atoi(os.Getenv("DATELINE_FIRST"))
	if err != nil {
		t.Fatal(err)
	}
	bus := openBus(t, startServer(t, ServerOptions{Dir: dir}))
	kv, err := bus.KV(t.Context(), BucketPoll)
	if err != nil {
		t.Fatal(err)
	}
	consume(t, bus, fast(StreamRaw), func(context.Context, []*Message) []error { return nil })
	for n := first; ; n++ {
		publish(t, bus, StreamRaw, report(n))
		fmt.Println("acknowledged", n)
		if _, err := kv.Put(t.Context(), fmt.Sprint("source", n%5), []byte(strconv.Itoa(n))); err != nil {
			t.Fatal(err)
		}
		if _, err := bus.PutOriginal(t.Context(), fmt.Append(nil, "page ", n)); err != nil {
			t.Fatal(err)
		}
	}
}
