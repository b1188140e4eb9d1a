package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the test binary be the program: scripts and tests run it again
// under the name dateline.
func TestMain(m *testing.M) {
	if os.Getenv(asDateline) != "" {
		main()
	}
	testscript.Main(m, map[string]func(){"dateline": main})
}

// asDateline is set in the environment of a test binary that is to be the
// program.
const asDateline = "DATELINE_TEST_IS_DATELINE"

// TestScripts runs the sessions at a terminal in testdata.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			return nil
		},
	})
}
