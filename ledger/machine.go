package ledger

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Machine is a process that works on the ledger for as long as it runs.
type Machine struct {
	// ID tells machines apart; Join makes it.
	ID string
	// Name is how people call it: HOST:PID where it is joined without one.
	Name    string
	Version string // of its program
	// Roles are what it does, a word each.
	Roles []string
	// Workers is how many sources it crawls at once.
	Workers int
	// Index is the index that it keeps.
	Index string
	// Started is when it joined; Ago is how long ago it said last that it is there. Both
	// are by the clock of the ledger's database.
	Started time.Time
	Ago     time.Duration
	// Draining says that it begins nothing more.
	Draining bool
}

// A machine says that it is there every beat. One that has not said so for goneAfter is
// dropped by whoever joins.
const (
	beat      = 5 * time.Second
	goneAfter = 10 * time.Minute
)

// tryFor is how long one try to say that a machine is there, or that a lease goes on, may
// take: several fit into a lease.
const tryFor = 4 * time.Second

// Membership is a machine's being there. It ends with Leave.
type Membership struct {
	ledger   *Ledger
	machine  Machine
	draining atomic.Bool
	cancel   context.CancelFunc
	beats    sync.WaitGroup
}

// Join notes that a machine is there, and goes on to say so until Leave. Crawls that are
// claimed through this ledger meanwhile are the machine's.
func (l *Ledger) Join(ctx context.Context, m Machine) (*Membership, error) {
	m.ID = rand.Text()
	if m.Name == "" {
		m.Name = fmt.Sprintf("%s:%d", hostName(), os.Getpid())
	}
	joined := &Membership{ledger: l, machine: m}
	err := l.engine.aside(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM machine WHERE seen < "+l.engine.clock()+" - $1",
			goneAfter.Milliseconds())
		if err != nil {
			return err
		}
		return joined.enter(ctx, tx)
	})
	if err != nil {
		return nil, fmt.Errorf("join the machines of the ledger: %w", err)
	}
	l.machine.set(m.ID)
	going, cancel := context.WithCancel(context.WithoutCancel(ctx))
	joined.cancel = cancel
	joined.beats.Go(func() { joined.beatUntil(going) })
	return joined, nil
}

// membership is the ID of the machine that a ledger was joined as, empty for none.
type membership struct{ of atomic.Value }

func (m *membership) set(id string) { m.of.Store(id) }

func (m *membership) id() string {
	id, _ := m.of.Load().(string)
	return id
}

// enter writes the machine's row.
func (m *Membership) enter(ctx context.Context, tx *sql.Tx) error {
	clock := m.ledger.engine.clock()
	_, err := tx.ExecContext(ctx, `INSERT INTO machine (id, name, version, roles, workers, keeps, started, seen, draining)
		VALUES ($1, $2, $3, $4, $5, $6, `+clock+", "+clock+", $7)", m.machine.ID, plainly(m.machine.Name),
		plainly(m.machine.Version), plainly(strings.Join(m.machine.Roles, " ")), m.machine.Workers,
		plainly(m.machine.Index), m.draining.Load())
	return err
}

// beatUntil says that the machine is there until the context ends. A beat that fails is
// made up by the next.
func (m *Membership) beatUntil(ctx context.Context) {
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		trying, cancel := context.WithTimeout(ctx, tryFor)
		_ = m.beat(trying)
		cancel()
	}
}

// beat says that the machine is there, and learns whether it is to drain. One that was away
// for so long that it was dropped comes back.
func (m *Membership) beat(ctx context.Context) error {
	return m.ledger.engine.aside(ctx, func(tx *sql.Tx) error {
		var draining bool
		err := tx.QueryRowContext(ctx, "UPDATE machine SET seen = "+m.ledger.engine.clock()+
			" WHERE id = $1 RETURNING draining", m.machine.ID).Scan(&draining)
		if errors.Is(err, sql.ErrNoRows) {
			return m.enter(ctx, tx)
		}
		if err == nil {
			m.draining.Store(draining)
		}
		return err
	})
}

// ID is what tells the machine from others.
func (m *Membership) ID() string { return m.machine.ID }

// Draining says that the machine is to begin nothing more, as of its last beat.
func (m *Membership) Draining() bool { return m.draining.Load() }

// Leave notes that the machine is not there any more.
func (m *Membership) Leave(ctx context.Context) error {
	m.cancel()
	m.beats.Wait()
	m.ledger.machine.set("")
	ctx, cancel := context.WithTimeout(ctx, connectPatience)
	defer cancel()
	err := m.ledger.engine.aside(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM machine WHERE id = $1", m.machine.ID)
		return err
	})
	if err != nil {
		return fmt.Errorf("leave the machines of the ledger: %w", err)
	}
	return nil
}

// Machines gives the machines that are there, by their names. One that was killed is among
// them until it is dropped: Ago tells.
func (l *Ledger) Machines(ctx context.Context) (machines []Machine, err error) {
	rows, err := l.engine.db().QueryContext(ctx, `SELECT id, name, version, roles, workers, keeps, started,
		`+l.engine.clock()+" - seen, draining FROM machine ORDER BY name, id")
	if err != nil {
		return nil, fmt.Errorf("read which machines there are: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var m Machine
		var roles string
		var started, ago int64
		if err := rows.Scan(&m.ID, &m.Name, &m.Version, &roles, &m.Workers, &m.Index, &started, &ago,
			&m.Draining); err != nil {
			return nil, fmt.Errorf("read which machines there are: %w", err)
		}
		m.Roles, m.Started = strings.Fields(roles), time.UnixMilli(started)
		m.Ago = max(0, time.Duration(ago)*time.Millisecond)
		machines = append(machines, m)
	}
	return machines, rows.Err()
}

// ErrNoMachine says that there is no machine of a name.
var ErrNoMachine = errors.New("there is no such machine")

// ErrDraining says that a machine is to begin nothing more.
var ErrDraining = errors.New("this machine is draining: it begins no crawl")

// Drain tells the machines of a name or ID to begin nothing more, or to begin again: from now
// on they can claim no crawl, and each learns why with its next beat. Its error is
// ErrNoMachine where there is none.
func (l *Ledger) Drain(ctx context.Context, name string, draining bool) error {
	err := l.engine.aside(ctx, func(tx *sql.Tx) error {
		var n int
		err := tx.QueryRowContext(ctx, "SELECT count(*) FROM machine WHERE id = $1 OR name = $1", name).Scan(&n)
		if err == nil && n == 0 {
			return ErrNoMachine
		}
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE machine SET draining = $2 WHERE id = $1 OR name = $1", name, draining)
		return err
	})
	if err != nil {
		return fmt.Errorf("drain the machine %s: %w", name, err)
	}
	return nil
}

// Shared reports a ledger on a server, which several machines may share.
func (l *Ledger) Shared() bool { return l.engine.shared() }
