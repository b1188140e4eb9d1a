package alert

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/dateline-news/dateline/wire"
)

// BenchmarkPublishToWebhook publishes 50 reports a second, each of which a
// rule finds, and measures the time from before the publish until the webhook
// has the message.
func BenchmarkPublishToWebhook(b *testing.B) {
	const pace = 20 * time.Millisecond
	h := newHouse(b, nil)
	h.rule("name: ferries\nquery: ferry\nnotify: [desk]")
	var mu sync.Mutex
	var arrivals []time.Time
	h.hook.answer = func(int) (int, http.Header) {
		mu.Lock()
		defer mu.Unlock()
		arrivals = append(arrivals, time.Now())
		return 0, nil
	}
	h.start()
	h.settled()
	published := map[string]time.Time{}
	ticker := time.NewTicker(pace)
	defer ticker.Stop()
	b.ResetTimer()
	for i := range b.N {
		<-ticker.C
		title := fmt.Sprint("Ferry ", i)
		published[title] = time.Now()
		if _, err := h.bus.PublishReport(b.Context(), wire.StreamReports, dispatch("harbour", fmt.Sprint(i), title, "The ferry left the port."), wire.Publish{Enricher: 1}); err != nil {
			b.Fatal(err)
		}
	}
	h.eventually("every message", func() bool { return len(h.hook.payloads()) == b.N })
	b.StopTimer()
	var took []time.Duration
	for i, p := range h.hook.payloads() { // kept in the order in which they arrived
		took = append(took, arrivals[i].Sub(published[p.Data.Title]))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Milliseconds()), "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Milliseconds()), "p99-ms")
	b.ReportMetric(float64(took[len(took)-1].Milliseconds()), "max-ms")
}
