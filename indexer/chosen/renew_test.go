package chosen

import (
	"context"
	"errors"
	"testing"
	"time"

	"jobsieve/indexer"
	"jobsieve/indexer/conformance"
)

// older is an index of an older layout.
type older struct {
	conformance.Memory
	next *memory
	err  error
}

func (o *older) Renew(context.Context) (indexer.Index, error) { return o.next, o.err }

// An index of an older layout takes nothing more: one of today's is filled beside
// it and takes its place.
func TestOlderLayoutIsFilledBeside(t *testing.T) {
	l := stored(t, 3)
	ix := &older{Memory: conformance.Memory{Name: "ix:old"}, next: &memory{Memory: conformance.Memory{Name: "ix:new"}}}
	if d := deliver(t, l, ix); d.Delivered != 3 || d.Waiting != 0 {
		t.Errorf("%+v", d)
	}
	if ix.Deliveries() != 0 || ix.next.Deliveries() == 0 || !ix.next.placed || ix.next.discarded {
		t.Errorf("%d and %d deliveries, placed %v, discarded %v", ix.Deliveries(), ix.next.Deliveries(), ix.next.placed, ix.next.discarded)
	}
	if target, err := l.LastTarget(t.Context(), "ix:"); target != "ix:new" || err != nil {
		t.Errorf("delivered to %s: %v", target, err)
	}
}

// Where the other can't be made, or can't be filled, documents wait.
func TestOlderLayoutThatCantBeRenewed(t *testing.T) {
	for name, ix := range map[string]*older{
		"not made":   {next: nil, err: errors.New("it is away")},
		"not filled": {next: &memory{Memory: conformance.Memory{Name: "ix:new", Err: errors.New("it is away")}}},
	} {
		t.Run(name, func(t *testing.T) {
			l := stored(t, 3)
			d, err := Deliver(t.Context(), l, ix, time.Now, nil)
			if err == nil || d.Waiting != 3 || ix.Deliveries() != 0 {
				t.Errorf("%+v, %d deliveries: %v", d, ix.Deliveries(), err)
			}
		})
	}
}
