package api

import (
	"bytes"
	"cmp"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"

	"jobsieve/internal/sharedtest"
)

// TestDescribed has Schemathesis walk through the API by its document: whatever is asked,
// no answer is a fault of the program, and each is as the document says. What is refused
// although its form is right is left out: a filter has a grammar that no schema tells.
func TestDescribed(t *testing.T) {
	python := cmp.Or(os.Getenv("JOBSIEVE_PYTHON"), "python3")
	if err := exec.CommandContext(t.Context(), python, "-c", "import schemathesis").Run(); err != nil {
		sharedtest.Missing(t, "analysts", python+" lacks schemathesis: install .ci/requirements.txt, and set "+
			"JOBSIEVE_PYTHON to the Python that has it")
	}
	d := board(t)
	withRuns(t, d)
	server := httptest.NewServer(newClient(t, d).mux)
	defer server.Close()
	walk := exec.CommandContext(t.Context(), python, "-m", "schemathesis.cli", "run", server.URL+Base+"/openapi.json",
		"--url", server.URL+Base, "--max-examples", "10", "--seed", "17", "--exclude-checks", "positive_data_acceptance",
		"--request-timeout", "60", "--no-color", "--generation-database", "none")
	walk.Dir = t.TempDir()
	var out bytes.Buffer
	walk.Stdout, walk.Stderr = &out, &out
	if err := walk.Run(); err != nil {
		t.Errorf("%v\n%s", err, &out)
	}
	t.Log(out.String())
}
