package ledger

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"jobsieve/job"
)

// one makes a fault, and none of a nil error.
func one(key string, err error, mend Mend) []Fault {
	if err == nil {
		return nil
	}
	return []Fault{{Key: key, Why: err.Error(), Mend: mend}}
}

var errHash = errors.New("its hash is not that of what it says")

func (v *verifier) ofPosting(scan scanner) []Fault {
	var hash []byte
	r, err := scanRecord(func(dest ...any) error { return scan(append(dest, &hash)...) })
	// A date that was resolved at first sight says nothing about how today's was stated.
	if err == nil && !r.Forgotten && !bytes.Equal(hash, r.Posting.Hash(true)) &&
		!bytes.Equal(hash, r.Posting.Hash(false)) {
		return one(r.Key, errHash, MendRecrawl)
	}
	return one(r.Key, err, MendForget)
}

var (
	errNoSummary    = errors.New("there is none, so that tables lack the posting")
	errOtherSummary = errors.New("it is not what is made of the posting now")
	errKept         = errors.New("the posting was forgotten, and this was not")
)

func (v *verifier) ofSummary(scan scanner) []Fault {
	var packed sql.Null[[]byte]
	r, err := scanRecord(func(dest ...any) error { return scan(append(dest, &packed)...) })
	switch {
	case err != nil:
		return nil // a fault of the posting
	case r.Forgotten && !packed.Valid:
		return nil
	case r.Forgotten:
		return one(r.Key, errKept, MendForget)
	case !packed.Valid:
		return one(r.Key, errNoSummary, MendRestore)
	}
	s := r.Summary()
	if bytes.Equal(packed.V, s.AppendPacked(nil)) {
		return nil
	}
	if err := new(job.Unpacker).Unpack(packed.V, &s); errors.Is(err, job.ErrOtherForm) || err == nil && s.Role == "" {
		return nil // it is made anew when the posting is read again, or compared with others
	}
	return one(r.Key, errOtherSummary, MendReread)
}

// ofVersion looks at a version and at what follows it. The first need not be number 1: a
// posting that was forgotten and stored again has later ones.
func (v *verifier) ofVersion(scan scanner) []Fault {
	var source, id string
	var newest int64
	var forgotten bool
	var version, seen, next sql.NullInt64
	var body []byte
	err := scan(&source, &id, &newest, &forgotten, &version, &seen, &body, &next)
	key := Key(source, id)
	switch {
	case err != nil:
		return one(key, err, MendRestore)
	case !version.Valid && forgotten:
		v.at().Rows-- // it is no version
		return nil
	case !version.Valid:
		v.at().Rows--
		return one(key, fmt.Errorf("the posting has version %d, and no version is kept", newest), MendRestore)
	case forgotten:
		return one(key, errKept, MendForget)
	}
	faults := one(key, readable(version.Int64, newest, body), MendRestore)
	return append(faults, one(key, followed(version.Int64, newest, next), MendRestore)...)
}

// readable says what is wrong with the content of a version; the newest has the posting's.
func readable(version, newest int64, body []byte) error {
	if len(body) == 0 && version == newest {
		return nil
	}
	if len(body) == 0 {
		return fmt.Errorf("version %d has no content", version)
	}
	if err := new(content).unmarshal(body); err != nil {
		return fmt.Errorf("version %d: %w", version, err)
	}
	return nil
}

// followed says what is missing after a version.
func followed(version, newest int64, next sql.NullInt64) error {
	to := newest
	if next.Valid {
		to = next.Int64 - 1
	}
	switch {
	case version < to:
		return fmt.Errorf("after version %d nothing is kept up to version %d", version, to)
	case version > to:
		return fmt.Errorf("there is version %d, and the posting has version %d", version, newest)
	}
	return nil
}

func (v *verifier) ofReading(scan scanner) []Fault {
	var source, id string
	var newest, revision, until int64
	var body []byte
	var e Earlier
	err := scan(&source, &id, &newest, &revision, &until, &body)
	if err == nil {
		err = e.unpack(body)
	}
	if err == nil && revision >= newest {
		err = fmt.Errorf("it was replaced at revision %d, and the posting has revision %d", revision, newest)
	}
	return one(Key(source, id), err, MendRestore)
}

func (v *verifier) ofDelivery(scan scanner) []Fault {
	var source, id, target, refused string
	var newest, revision, at int64
	err := scan(&source, &id, &newest, &revision, &target, &at, &refused)
	if err == nil && revision > newest {
		err = fmt.Errorf("%s took revision %d, and the posting has revision %d", target, revision, newest)
	}
	return one(Key(source, id), err, MendRebuild)
}

func (v *verifier) ofRun(scan scanner) []Fault {
	var id, command, outcome string
	var pid, started int64
	var finished sql.NullInt64
	return one(id, scan(&id, &command, &pid, &started, &finished, &outcome), MendRestore)
}

func (v *verifier) ofReceipt(scan scanner) []Fault {
	var id int64
	var body []byte
	err := scan(&id, &body)
	if err == nil {
		err = json.Unmarshal(body, new(job.Receipt))
	}
	return one(strconv.FormatInt(id, 10), err, MendRestore)
}

func (v *verifier) ofCrawl(scan scanner) []Fault {
	var source string
	var n, attempt, run int64
	var ended bool
	var frontier []byte
	if err := scan(&source, &n, &ended, &attempt, &frontier, &run); err != nil {
		return one(source, err, MendRestore)
	}
	_, err := unpack(frontier)
	return one(source, err, MendRecrawl)
}

func (v *verifier) ofPage(scan scanner) []Fault {
	var source, url string
	var asked, fetched, status int64
	var body []byte
	err := scan(&source, &url, &asked, &fetched, &status, &body)
	if err == nil {
		_, err = unpack(body)
	}
	return one(source+" "+url, err, MendRecrawl)
}
