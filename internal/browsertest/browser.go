// Package browsertest drives a real browser in tests: one headless Chromium
// for all tests of a package, a fresh profile for each page, and axe-core to
// judge what it shows. Nothing but loopback is reached by the browser.
package browsertest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// limit bounds every wait of a test, generously: a slow machine is no fault.
const limit = 90 * time.Second

// browser is the one of the test binary, started by the first page.
type browser struct {
	once sync.Once
	ctx  context.Context
	err  error
	stop []func()
}

var shared browser

// Run runs the tests of a package and ends the browser after them; a TestMain
// calls it.
func Run(m *testing.M) int {
	code := m.Run()
	for _, stop := range shared.stop {
		stop()
	}
	return code
}

// program returns the path of the browser, or "" where there is none.
func program() string {
	names := []string{"chromium", "chromium-browser", "google-chrome"}
	if named := os.Getenv("DATELINE_CHROMIUM"); named != "" {
		names = []string{named}
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// need skips a test whose tool is missing, and fails it in continuous
// integration, where nothing may be missing.
func need(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal("missing in continuous integration: " + what)
	}
	t.Skip("needs " + what)
}

// start starts the browser once.
func (b *browser) start(path string) (context.Context, error) {
	b.once.Do(func() {
		profile, err := os.MkdirTemp("", "dateline-browser-")
		if err != nil {
			b.err = err
			return
		}
		options := []chromedp.ExecAllocatorOption{
			chromedp.ExecPath(path), chromedp.UserDataDir(profile),
			chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU,
			chromedp.WSURLReadTimeout(limit),
			chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
			chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
			chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("disable-extensions", true),
			chromedp.Flag("disable-features", "BackForwardCache,Translate,OptimizationHints,MediaRouter"),
			chromedp.Flag("hide-scrollbars", true), chromedp.Flag("force-color-profile", "srgb"),
			// Names of hosts resolve to nothing, so that a page which asks for
			// something outside fails instead of getting it.
			chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"),
		}
		allocated, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
		ctx, stop := chromedp.NewContext(allocated)
		b.stop = []func(){stop, stopAllocator, func() { _ = os.RemoveAll(profile) }}
		b.ctx = ctx
		if err := chromedp.Run(ctx); err != nil {
			b.err = fmt.Errorf("starting %s: %w", path, err)
		}
	})
	return b.ctx, b.err
}
