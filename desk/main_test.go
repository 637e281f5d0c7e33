package desk

import (
	"os"
	"testing"

	"jobsieve/internal/estest"
)

func TestMain(m *testing.M) { os.Exit(estest.Main(m)) }
