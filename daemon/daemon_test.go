package daemon

import (
	"errors"
	"testing"

	"jobsieve/config"
	"jobsieve/indexer/chosen"
)

// TestSourceFaults lets two sources fail and one succeed.
func TestSourceFaults(t *testing.T) {
	d := &Daemon{Index: (&chosen.Index{Config: &config.Config{}}).Keep(nil, nil)}
	d.note("one", errors.New("fault one"))
	d.note("two", errors.New("fault two"))
	d.note("three", nil)
	d.note("two", nil)
	if err := d.healthy(); err == nil || err.Error() != "source one: fault one" {
		t.Errorf("%v", err)
	}
	d.note("one", nil)
	if err := d.healthy(); err != nil {
		t.Errorf("%v", err)
	}
}
