package desk

import (
	"context"
	"strings"
	"time"

	"jobsieve/ledger"
	"jobsieve/work"
)

// Machines is who works on the ledger.
type Machines struct {
	// Shared says that several machines may: of a ledger in a file none is noted.
	Shared   bool      `json:"shared"`
	Machines []Machine `json:"machines" doc:"By their names."`
	// Others are the crawls that other processes hold, such as those of the command "run".
	Others []Held `json:"others" doc:"The crawls that other processes hold."`
	// CutOff are the sources whose crawl was cut off, and may be taken up again.
	CutOff []string `json:"cut_off" doc:"The sources whose crawl was cut off, and may be taken up again."`
	// Tasks is what is to be done, on all machines.
	Tasks Tasks `json:"tasks" doc:"What is to be done, on all machines. Of a ledger in a file it is not noted."`
}

// Machine is a machine that works on the ledger, and what it holds.
type Machine struct {
	ID      string    `json:"id"`
	Name    string    `json:"name" doc:"HOST:PID."`
	Version string    `json:"version" doc:"Of its program."`
	Roles   []string  `json:"roles" doc:"What it does."`
	Workers int       `json:"workers" doc:"How many sources it crawls at once."`
	Index   string    `json:"index" doc:"The kind of index that it keeps."`
	Started time.Time `json:"started"`
	// SeenAgo is how long ago it said last that it is there.
	SeenAgo  float64 `json:"seen_ago" doc:"How long ago it said last that it is there, in seconds."`
	Draining bool    `json:"draining" doc:"It begins nothing more."`
	Holds    []Held  `json:"holds" doc:"The crawls that it holds."`
}

// Held is a crawl that is held.
type Held struct {
	Source string `json:"source"`
	// By is the process that holds it.
	By    string    `json:"by" doc:"The process that holds it."`
	Since time.Time `json:"since"`
	// Until is when that ends, unless it is renewed; nil where it ends with its process.
	Until *time.Time `json:"until" doc:"When that ends, unless it is renewed; null where it ends with its process."`
}

// Quiet reports a machine that has not said for long that it is there: it was killed, stands
// still, or can't reach the ledger.
func (m *Machine) Quiet() bool { return m.SeenAgo > quietAfter.Seconds() }

// quietAfter is several times as long as machines take to say again that they are there.
const quietAfter = 30 * time.Second

// Machines says who works on the ledger.
func (d *Desk) Machines(ctx context.Context) (m *Machines, err error) {
	err = d.read(ctx, func(l *ledger.Ledger) error {
		m, err = machinesOf(ctx, l)
		return err
	})
	if err != nil {
		return nil, err
	}
	state, err := work.Look(ctx, d.ledger(), LongestTask)
	if err != nil {
		return nil, err
	}
	m.Tasks = tasksOf(&state, m.Machines)
	return m, nil
}

func machinesOf(ctx context.Context, l *ledger.Ledger) (*Machines, error) {
	all, err := l.Machines(ctx)
	if err != nil {
		return nil, err
	}
	claims, err := l.Claims(ctx)
	if err != nil {
		return nil, err
	}
	cutOff, err := l.Unended(ctx)
	if err != nil {
		return nil, err
	}
	m := &Machines{Shared: l.Shared(), Machines: []Machine{}, Others: []Held{}, CutOff: append([]string{}, cutOff...)}
	places := map[string]int{}
	for i := range all {
		places[all[i].ID] = i
		m.Machines = append(m.Machines, machineOf(&all[i]))
	}
	for i := range claims {
		held := heldOf(&claims[i])
		if place, ok := places[claims[i].Machine]; ok {
			m.Machines[place].Holds = append(m.Machines[place].Holds, held)
		} else {
			m.Others = append(m.Others, held)
		}
	}
	return m, nil
}

func machineOf(m *ledger.Machine) Machine {
	kind, _, _ := strings.Cut(m.Index, " ") // an embedded one's place is nobody else's business
	return Machine{
		ID: m.ID, Name: m.Name, Version: m.Version, Roles: append([]string{}, m.Roles...), Workers: m.Workers,
		Index: kind, Started: m.Started, SeenAgo: m.Ago.Seconds(), Draining: m.Draining, Holds: []Held{},
	}
}

func heldOf(c *ledger.Claim) Held {
	h := Held{Source: c.Source, By: c.Holder.String(), Since: c.Holder.Started}
	if !c.Until.IsZero() {
		h.Until = &c.Until
	}
	return h
}
