package main

import (
	"os"
	"regexp"
	"testing"
	"time"

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
			address := freeAddress(t)
			env.Setenv("ADDRESS", address)
			env.Setenv("DATELINE_SERVER", "http://"+address)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"await": await},
	})
}

// await runs a command again and again until its output has the pattern:
// await PATTERN COMMAND ARGUMENT...
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: await PATTERN COMMAND ARGUMENT...")
	}
	pattern, err := regexp.Compile("(?m)" + args[0])
	ts.Check(err)
	for deadline := time.Now().Add(2 * limit); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if err := ts.Exec(args[1], args[2:]...); err == nil && pattern.MatchString(ts.ReadFile("stdout")) {
			return
		}
	}
	ts.Fatalf("the output never had %q; in the end it was\n%s%s", args[0], ts.ReadFile("stdout"), ts.ReadFile("stderr"))
}
