package job

import "time"

// Want says who wants a slot of a host.
type Want struct {
	// Gap is the least time between the slot before, whoever took it, and this one.
	Gap time.Duration
	// Keeps is how long after this slot the next one begins, at the earliest.
	Keeps time.Duration
	// Mine is when the last slot that the asker took began, zero for none. If nobody has
	// taken one since, this one begins now: the asker itself knows when its answer came.
	Mine time.Time
	// Most is how long the asker can wait for the slot.
	Most time.Duration
}

// Slot is the right to send a host one request when it begins.
type Slot struct {
	// Begins is when it does; zero where it was not taken, since it is too far off.
	Begins time.Time
	// Wait is how long it is until then.
	Wait time.Duration
	// Condition is how the host does.
	Condition Condition
}

// Condition is how a host does.
type Condition struct {
	// Failures are the pages in a row that could not be fetched. Those of processes
	// that fail at the same moment may count once.
	Failures int
	// Rest is how long it is still left alone; Why, read on from its name.
	Rest time.Duration
	Why  string
}

// RobotsFile is what came of asking for a robots.txt.
type RobotsFile struct {
	// Found says that there is one; Text is what it says.
	Found bool
	Text  []byte
	// Fault is why it could not be fetched, empty where that is known; Faults is how
	// many times in a row.
	Fault  string
	Faults int
	// Until is when it is asked for again.
	Until time.Time
}
