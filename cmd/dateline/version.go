package main

import (
	"fmt"
	"runtime/debug"
)

type versionCommand struct{}

func (*versionCommand) Run(inv *invocation) error {
	fmt.Fprintln(inv.out, "dateline", version())
	return nil
}

// version is what the Go toolchain recorded of the build.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}
