package serve

import (
	"os"
	"os/exec"
	"testing"
)

// TestSchemathesis asks the running server what the document allows and what
// it does not (https://schemathesis.readthedocs.io). .ci/run installs the
// program where it can.
func TestSchemathesis(t *testing.T) {
	program := os.Getenv("DATELINE_SCHEMATHESIS")
	if program == "" {
		t.Skip("needs the program: pip install schemathesis; DATELINE_SCHEMATHESIS=schemathesis go test -run Schemathesis ./serve")
	}
	for _, seed := range []string{"1", "2"} {
		t.Run("seed "+seed, func(t *testing.T) {
			server := apiServer(t, func(o *Options) {
				withEverything(t)(o)
				o.Push.MaxReport = 1 << 20 // what it sends is refused for what it says, not for its length
			})
			run := exec.CommandContext(t.Context(), program, "run", server.URL+"/api/v1/openapi.json",
				"--checks", "all",
				// A query can be ill-formed in ways that no schema tells, and ids that
				// nothing has are well-formed.
				"--exclude-checks", "positive_data_acceptance",
				"--exclude-path", "/api/v1/alerts/live", // it never ends
				"--max-examples", "40", "--seed", seed, "--no-color", "--generation-database", "none", "--request-timeout", "60",
			)
			run.Dir = t.TempDir() // it leaves files where it runs
			out, err := run.CombinedOutput()
			if err != nil {
				t.Errorf("%v\n%s", err, out)
			}
			t.Logf("%s", out)
		})
	}
}
