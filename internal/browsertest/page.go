package browsertest

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Options say what kind of browser a page is seen with; the zero value is a
// wide window with JavaScript, in light mode.
type Options struct {
	Width, Height int // 0 means 1280 by 900
	NoScript      bool
	Dark          bool
}

// Page is a tab with a profile of its own. Its methods fail the test when the
// browser cannot do what they ask.
type Page struct {
	t      testing.TB
	ctx    context.Context
	opts   Options
	mu     sync.Mutex
	faults []string
	asked  []string
}

// Open opens a tab that is closed with the test.
func Open(t testing.TB, opts Options) *Page {
	t.Helper()
	path := program()
	if path == "" {
		need(t, "Chromium: apt-get install chromium, or name it in DATELINE_CHROMIUM")
	}
	parent, err := shared.start(path)
	if err != nil {
		t.Fatal(err)
	}
	tab, err := newTab(parent)
	if err != nil {
		t.Fatalf("opening a tab: %v", err)
	}
	ctx, cancel := chromedp.NewContext(parent, chromedp.WithTargetID(tab))
	t.Cleanup(cancel)
	p := &Page{t: t, ctx: ctx, opts: opts}
	chromedp.ListenTarget(ctx, p.listen)
	if opts.Width == 0 {
		opts.Width, opts.Height = 1280, 900
	}
	scheme := "light"
	if opts.Dark {
		scheme = "dark"
	}
	// A tab lives as long as the context of its first Run, so that has no deadline.
	if err := chromedp.Run(ctx); err != nil {
		t.Fatalf("opening a tab: %v", err)
	}
	p.do("setting up the tab",
		network.Enable(), runtime.Enable(),
		emulation.SetDeviceMetricsOverride(int64(opts.Width), int64(opts.Height), 1, opts.Width < 500),
		emulation.SetScriptExecutionDisabled(opts.NoScript), emulation.SetFocusEmulationEnabled(true),
		emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
		}),
	)
	return p
}

// newTab opens a window with a profile of its own: cookies and storage are not
// those of another test.
func newTab(browser context.Context) (target.ID, error) {
	ctx, cancel := context.WithTimeout(browser, limit)
	defer cancel()
	ctx = cdp.WithExecutor(ctx, chromedp.FromContext(browser).Browser)
	profile, err := target.CreateBrowserContext().Do(ctx)
	if err != nil {
		return "", err
	}
	return target.CreateTarget("about:blank").WithBrowserContextID(profile).WithNewWindow(true).Do(ctx)
}

// listen notes what a good page never causes: dialogs, uncaught errors,
// breaches of its content policy; and every address that is asked for.
func (p *Page) listen(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *page.EventJavascriptDialogOpening:
		p.faults = append(p.faults, "a dialog opened: "+e.Message)
		go func() { _ = chromedp.Run(p.ctx, page.HandleJavaScriptDialog(false)) }() // the tab may be closing
	case *runtime.EventExceptionThrown:
		p.faults = append(p.faults, "an exception: "+e.ExceptionDetails.Error())
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.APITypeError {
			p.faults = append(p.faults, fmt.Sprintf("an error on the console: %v", e.Args))
		}
	case *network.EventRequestWillBeSent:
		p.asked = append(p.asked, e.Request.URL)
	}
}

// Faults are the dialogs and script errors so far.
func (p *Page) Faults() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.faults...)
}

// Asked are the addresses that the page has asked for.
func (p *Page) Asked() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.asked...)
}

func (p *Page) do(what string, actions ...chromedp.Action) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, limit)
	defer cancel()
	if err := chromedp.Run(ctx, actions...); err != nil {
		p.t.Fatalf("%s: %v", what, err)
	}
}

// Goto opens the address and waits until it has loaded.
func (p *Page) Goto(address string) {
	p.t.Helper()
	p.do("opening "+address, chromedp.Navigate(address))
}

// Eval puts the value of a JavaScript expression, asked from outside of the
// page, into the value that into points to.
func (p *Page) Eval(expression string, into any) {
	p.t.Helper()
	p.do("evaluating "+expression, chromedp.Evaluate(expression, into))
}

// Await waits until a JavaScript expression is true.
func (p *Page) Await(expression string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, limit)
	defer cancel()
	tick := time.NewTicker(25 * time.Millisecond)
	defer tick.Stop()
	for {
		var held bool
		// While a page gives way to another there is nothing to ask.
		err := chromedp.Run(ctx, chromedp.Evaluate("Boolean("+expression+")", &held))
		if held {
			return
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			var at string
			_ = chromedp.Run(p.ctx, chromedp.Location(&at))
			p.t.Fatalf("on %s it never held that %s (last error: %v)", at, expression, err)
		}
	}
}

// Location is the address of the page.
func (p *Page) Location() string {
	p.t.Helper()
	var at string
	p.do("asking for the address", chromedp.Location(&at))
	return at
}

// Text is what a person reads in the first element that matches.
func (p *Page) Text(selector string) string {
	p.t.Helper()
	var text string
	p.Eval(fmt.Sprintf("document.querySelector(%s)?.innerText ?? ''", quote(selector)), &text)
	return text
}

// Count is the number of elements that match.
func (p *Page) Count(selector string) int {
	p.t.Helper()
	var n int
	p.Eval(fmt.Sprintf("document.querySelectorAll(%s).length", quote(selector)), &n)
	return n
}

// Follow clicks the first element that matches and waits for the page that
// comes of it.
func (p *Page) Follow(selector string) {
	p.t.Helper()
	p.Eval("window.leaving = true", nil)
	p.Click(selector)
	p.Await(`window.leaving === undefined && document.readyState === "complete"`)
}

// Click clicks the first element that matches, which must be there to see.
func (p *Page) Click(selector string) {
	p.t.Helper()
	var problem string
	p.Eval(fmt.Sprintf(`(() => {
		const e = document.querySelector(%s);
		if (!e) return "is not on the page";
		if (!e.checkVisibility()) return "cannot be seen";
		e.click();
		return "";
	})()`, quote(selector)), &problem)
	if problem != "" {
		p.t.Fatalf("clicking on %s: %s %s", p.Location(), selector, problem)
	}
}

// Type writes text into a field.
func (p *Page) Type(selector, text string) {
	p.t.Helper()
	p.Eval(fmt.Sprintf(`(() => { const e = document.querySelector(%s); e.focus(); e.value = ""; return true })()`, quote(selector)), nil)
	p.do("typing into "+selector, chromedp.SendKeys(selector, text, chromedp.ByQuery))
}

// Press presses a key wherever the focus is.
func (p *Page) Press(key string) {
	p.t.Helper()
	names := map[string]string{"Enter": kb.Enter, "Escape": kb.Escape, "Tab": kb.Tab}
	if named, ok := names[key]; ok {
		key = named
	}
	p.do("pressing "+key, chromedp.KeyEvent(key))
}

// Back goes back as the browser's button does.
func (p *Page) Back() {
	p.t.Helper()
	before := p.Location()
	p.Eval("history.back()", nil)
	p.Await("location.href !== " + quote(before) + ` && document.readyState === "complete"`)
}

// Screenshot writes what the window shows to a PNG file.
func (p *Page) Screenshot(file string) {
	p.t.Helper()
	var png []byte
	p.do("taking a picture", chromedp.CaptureScreenshot(&png))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(file, png, 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// CheckQuiet fails the test when the page opened a dialog, threw an error, or
// asked for anything but addresses below base.
func (p *Page) CheckQuiet(base string) {
	p.t.Helper()
	for _, fault := range p.Faults() {
		p.t.Errorf("%s: %s", p.Location(), fault)
	}
	for _, address := range p.Asked() {
		if !strings.HasPrefix(address, base) && !strings.HasPrefix(address, "about:") && !strings.HasPrefix(address, "chrome") && !strings.HasPrefix(address, "data:") {
			p.t.Errorf("%s asks for %s", p.Location(), address)
		}
	}
}

// CheckFits fails the test when the page is wider than its window.
func (p *Page) CheckFits() {
	p.t.Helper()
	var over string
	p.Eval(`(() => {
		const wide = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= wide) return '';
		const e = [...document.querySelectorAll('body *')].find(e => e.getBoundingClientRect().right > wide + 1 && !e.closest('.scroll'));
		return document.documentElement.scrollWidth + ' of ' + wide + ': ' + (e ? e.outerHTML.slice(0, 200) : '');
	})()`, &over)
	if over != "" {
		p.t.Errorf("%s is wider than the window: %s", p.Location(), over)
	}
}

func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always encodes
	}
	return string(b)
}
