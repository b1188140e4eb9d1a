package serve_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/dateline-news/dateline/internal/browsertest"
)

var update = flag.Bool("update", false, "write the pictures of docs/ anew")

// TestPicturesOfThePages takes the pictures that the README shows:
//
//	go test ./serve -run Pictures -update
func TestPicturesOfThePages(t *testing.T) {
	d := open(t, items(), shippedDashboards(t))
	for name, picture := range map[string]struct {
		path   string
		window browsertest.Options
	}{
		"page.png":      {"/?q=customs+PICARD+OR+window", browsertest.Options{Width: 1440, Height: 900}},
		"report.png":    {"/reports/seminar", browsertest.Options{Width: 1200, Height: 860}},
		"dashboard.png": {"/dashboards/south-caucasus", browsertest.Options{Width: 1200, Height: 1000}},
		"calendar.png":  {"/events?month=2026-10", browsertest.Options{Width: 1200, Height: 900}},
		"person.png":    {"/people/levan-beridze", browsertest.Options{Width: 1200, Height: 800, Dark: true}},
		"phone.png":     {"/?q=customs", browsertest.Options{Width: 360, Height: 740}},
	} {
		t.Run(name, func(t *testing.T) {
			p := see(t, picture.window)
			p.Goto(d.URL + picture.path)
			file := filepath.Join(t.TempDir(), name)
			if *update {
				file = filepath.Join("..", "docs", name)
			}
			p.Screenshot(file)
			if info, err := os.Stat(file); err != nil || info.Size() < 10_000 {
				t.Errorf("the picture is too small to show anything: %v", err)
			}
		})
	}
}
