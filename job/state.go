package job

// State says whether a posting can still be applied for, as far as is known.
type State string

// The states.
const (
	StateOpen   State = "open"   // its source showed it, and nothing has shown since that it is over
	StateClosed State = "closed" // something shows that it is over
	// StateUnknown is that of a posting that came with a file, that its source no longer
	// reaches, or whose source was not read for long.
	StateUnknown State = "unknown"
)

// States lists every state.
var States = []State{StateOpen, StateClosed, StateUnknown}

// Cause says why a posting has its state.
type Cause string

// The causes.
const (
	CauseSeen    Cause = "seen"          // its source shows it, after it did not
	CauseGone    Cause = "gone"          // its page is gone, leads elsewhere, or says that it is over
	CauseOver    Cause = "valid_through" // the last day on which it can be applied for is past
	CauseMissed  Cause = "missed"        // complete crawls did not find it any more
	CauseBeyond  Cause = "beyond"        // crawls no longer come to where it was: its source shows the newest only
	CauseUnread  Cause = "unread"        // its source was not read well for long
	CauseInAFile Cause = "file"          // a file has it, crawled after it was closed
)

// StateBegun gives the state that a posting had at first, by the first one that it turned
// to, which is empty for none, and the one that it has now.
func StateBegun(first, now State) State {
	switch first {
	case "":
		return now
	case StateOpen:
		return StateUnknown
	}
	return StateOpen
}
