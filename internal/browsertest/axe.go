package browsertest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// axe-core is a test tool from npm: fetched once into the user's cache, and
// used only when it is the very file that was reviewed.
const (
	axeVersion = "4.14.1"
	axeSum     = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
)

var axeSource = sync.OnceValues(loadAxe)

func loadAxe() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	dir := filepath.Join(cache, "dateline", "axe-core-"+axeVersion)
	file := filepath.Join(dir, "package", "axe.min.js")
	content, err := os.ReadFile(file)
	if err != nil {
		if err := fetchAxe(dir); err != nil {
			return "", err
		}
		if content, err = os.ReadFile(file); err != nil {
			return "", err
		}
	}
	sum := sha256.Sum256(content)
	if hex.EncodeToString(sum[:]) != axeSum {
		return "", fmt.Errorf("%s is not axe-core %s as reviewed; remove the folder and run the test again", file, axeVersion)
	}
	return string(content), nil
}

// fetchAxe unpacks the package into dir, whole or not at all: tests of other
// packages may do the same at the same time.
func fetchAxe(dir string) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return err
	}
	work, err := os.MkdirTemp(filepath.Dir(dir), "fetch-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	for _, command := range [][]string{
		{"npm", "pack", "--silent", "axe-core@" + axeVersion},
		{"tar", "-xzf", "axe-core-" + axeVersion + ".tgz"},
	} {
		c := exec.Command(command[0], command[1:]...)
		c.Dir = work
		if out, err := c.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", strings.Join(command, " "), err, out)
		}
	}
	if err := os.Rename(work, dir); err != nil {
		if _, there := os.Stat(filepath.Join(dir, "package")); there == nil {
			return nil // another test was first
		}
		return err
	}
	return nil
}

// requireAxe skips the test where axe-core cannot be fetched.
func requireAxe(t testing.TB) string {
	t.Helper()
	source, err := axeSource()
	if err != nil {
		need(t, "axe-core "+axeVersion+" from npm: "+err.Error())
	}
	return source
}

// CheckAccessible fails the test with every breach of WCAG 2.2 A and AA that
// axe-core finds on the page. It is asked for nothing else, which is most of its
// work. A page seen without JavaScript is not judged:
// axe-core cannot run there, and its HTML is that of the same page with it.
func (p *Page) CheckAccessible() {
	p.t.Helper()
	if p.opts.NoScript {
		return
	}
	source := requireAxe(p.t)
	p.do("loading axe-core", chromedp.ActionFunc(func(ctx context.Context) error {
		_, exception, err := runtime.Evaluate(source).Do(ctx)
		if err == nil && exception != nil {
			return exception
		}
		return err
	}))
	var found []string
	p.do("judging "+p.Location(), chromedp.Evaluate(`axe.run(document, {
		runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
		resultTypes: ['violations'], selectors: false, iframes: false, preload: false,
	}).then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.failureSummary + '\n    ' + n.html.slice(0, 300))))`,
		&found, func(e *runtime.EvaluateParams) *runtime.EvaluateParams { return e.WithAwaitPromise(true) }))
	for _, violation := range found {
		p.t.Errorf("%s: %s", p.Location(), violation)
	}
}
