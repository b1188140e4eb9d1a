package alert

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// originFile begins the origin of a rule that was read from a file.
const originFile = "file "

// keepFiles keeps the rules of the files. A file that has not changed since
// is left alone, with all that was done to its rule; one that is gone leaves
// its rule switched off.
func (e *engine) keepFiles(ctx context.Context) error {
	if e.opts.Rules == nil {
		return nil
	}
	names, err := fs.Glob(e.opts.Rules, "*.yaml")
	if err != nil {
		return fmt.Errorf("read the rules: %w", err)
	}
	kept := map[string]bool{}
	for _, name := range names {
		source, err := fs.ReadFile(e.opts.Rules, name)
		if err != nil {
			return fmt.Errorf("read the rules: %w", err)
		}
		if err := e.keepFile(ctx, name, source, kept); err != nil {
			return err
		}
	}
	return e.switchOffGone(ctx, kept)
}

func (e *engine) keepFile(ctx context.Context, file string, source []byte, kept map[string]bool) error {
	name := ruleName(file, source)
	origin, sum := originFile+file, digest(string(source))
	kept[origin] = true
	have, err := e.store.Get(ctx, name)
	switch {
	case err == nil && have.Origin != "unknown" && (have.Origin != origin || have.Digest == sum):
		return nil // unchanged, or a rule of the same name that was made here
	case err != nil && !errors.Is(err, ErrNoRule):
		return err
	}
	stored, err := e.store.put(ctx, name, source, origin, sum)
	if err != nil {
		return fmt.Errorf("rule file %s: %w", file, err)
	}
	if stored.Broken != "" {
		e.log.Error("a rule is broken", "file", file, "rule", name, "error", stored.Broken)
	}
	return nil
}

// ruleName is the name that the rule gives itself, or, where it cannot be
// read, that of its file.
func ruleName(file string, source []byte) string {
	for line := range strings.Lines(string(source)) {
		if name, ok := strings.CutPrefix(line, "name:"); ok {
			name, _, _ = strings.Cut(name, "#")
			return strings.Trim(strings.TrimSpace(name), `"'`)
		}
	}
	return strings.TrimSuffix(path.Base(file), path.Ext(file))
}

func (e *engine) switchOffGone(ctx context.Context, kept map[string]bool) error {
	rules, err := e.store.List(ctx)
	if err != nil {
		return err
	}
	for _, s := range rules {
		if strings.HasPrefix(s.Origin, originFile) && !kept[s.Origin] && s.Enabled {
			e.log.Warn("the file of a rule is gone, so the rule is switched off", "rule", s.Rule.Name, "was", s.Origin)
			if _, err := e.store.Disable(ctx, s.Rule.Name); err != nil {
				return err
			}
		}
	}
	return nil
}
