package serve_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"regexp"
	"testing"

	"github.com/dateline-news/dateline/internal/browsertest"
)

// mostWeight is the most that the first page may weigh with all it needs, in
// bytes as they are sent.
const mostWeight = 60 << 10

// weigh returns how many bytes an address takes as it is sent, and what it
// says.
func weigh(t *testing.T, address string) (int, string) {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept-Encoding", "gzip")
	r, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	counted := &counter{from: r.Body}
	var content io.Reader = counted
	if r.Header.Get("Content-Encoding") == "gzip" {
		if content, err = gzip.NewReader(counted); err != nil {
			t.Fatal(err)
		}
	}
	text, err := io.ReadAll(content)
	if err != nil {
		t.Fatal(err)
	}
	return counted.n, string(text)
}

type counter struct {
	from io.Reader
	n    int
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.n += n
	return n, err
}

func TestFirstPageIsLight(t *testing.T) {
	d := open(t, items())
	all, text := weigh(t, d.URL+"/")
	for _, asset := range regexp.MustCompile(`(?:href|src)="(/static/[^"]*)"`).FindAllStringSubmatch(text, -1) {
		n, _ := weigh(t, d.URL+asset[1])
		all += n
	}
	if all > mostWeight {
		t.Errorf("the first page weighs %d bytes, more than %d", all, mostWeight)
	}
	t.Logf("the first page weighs %d bytes in all", all)
}

// TestPagesDoNotShiftWhileTheyLoad asks the browser for the layout shifts that
// it saw.
func TestPagesDoNotShiftWhileTheyLoad(t *testing.T) {
	d := open(t, items(), shippedDashboards(t))
	for name, window := range map[string]browsertest.Options{"wide": {}, "360 px": {Width: 360, Height: 740}} {
		t.Run(name, func(t *testing.T) {
			p := see(t, window)
			for _, path := range []string{"/", "/?q=customs", "/reports/seminar", "/dashboards/desk"} {
				p.Goto(d.URL + path)
				p.Eval(`(() => {
					window.shifts = [];
					new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(e => e.value))).observe({type: "layout-shift", buffered: true});
					requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => { window.settled = true }, 100)));
					return true;
				})()`, nil)
				p.Await("window.settled")
				var shifts []float64
				p.Eval("window.shifts", &shifts)
				if len(shifts) > 0 {
					t.Errorf("%s shifts by %v", path, shifts)
				}
			}
		})
	}
}
