package ledger

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// connectPatience is how long a connection to a server may take, unless the locator says
// so itself with connect_timeout.
const connectPatience = 10 * time.Second

// session is how every connection to a server is set, unless the locator says otherwise.
var session = map[string]string{
	// A process that is stopped, or a machine that is gone, holds nothing for long.
	"idle_in_transaction_session_timeout": "60s",
	"tcp_keepalives_idle":                 "30",
	"tcp_keepalives_interval":             "10",
	"tcp_keepalives_count":                "3",
	"jit":                                 "off", // the queries are small
}

// errAt is the fault of a locator whose password would be taken for a part of the host.
var errAt = errors.New("the ledger's locator can't be read: it has more than one @ before the database; " +
	"write that of a password as %40, or keep the password in ~/.pgpass")

// errMode is the fault of a locator by which texts would be sent as the server's own text,
// which holds UTF-8 alone and takes \x for the beginning of bytes.
var errMode = errors.New("the ledger's locator asks for default_query_exec_mode=exec or simple_protocol, which would " +
	"change the texts of postings; expected cache_describe, which needs no prepared statements either")

// readLocator reads the locator of a database. Its error shows no password.
func readLocator(locator string) (*pgx.ConnConfig, error) {
	_, rest, _ := strings.Cut(locator, "://")
	if i := strings.IndexAny(rest, "/?"); i >= 0 {
		rest = rest[:i]
	}
	if strings.Count(rest, "@") > 1 {
		return nil, errAt
	}
	config, err := pgx.ParseConfig(locator)
	if err != nil {
		return nil, fmt.Errorf("the ledger's locator can't be read: %w; "+
			"expected postgres://HOST:PORT/DATABASE", err)
	}
	if mode := config.DefaultQueryExecMode; mode == pgx.QueryExecModeExec || mode == pgx.QueryExecModeSimpleProtocol {
		return nil, errMode
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectPatience
	}
	for name, value := range session {
		if _, ok := config.RuntimeParams[name]; !ok {
			config.RuntimeParams[name] = value
		}
	}
	config.RuntimeParams["application_name"] = applicationName()
	return config, nil
}

// longestName is how long the name of an application may be on a server, in bytes.
const longestName = 63

// applicationName is by what a server calls this process: the beginning of its name.
func applicationName() string {
	name := processName()
	return name[:min(len(name), longestName)]
}

// processName names this process: its number, its machine and its command, which holds no
// secrets.
func processName() string { return plainly(fmt.Sprintf("%d %s %s", os.Getpid(), hostName(), Command)) }

// hostName is the name of this machine.
func hostName() string {
	host, err := os.Hostname()
	if err != nil {
		return "unknown"
	}
	return host
}

// plainly gives a text in plain ASCII.
func plainly(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, s)
}

// holderNamed reads what processName wrote.
func holderNamed(name string, started time.Time) Holder {
	number, rest, _ := strings.Cut(name, " ")
	host, command, _ := strings.Cut(rest, " ")
	pid, err := strconv.Atoi(number)
	if err != nil {
		return Holder{Command: "an unknown program", Started: started}
	}
	return Holder{PID: pid, Command: command + " on " + host, Started: started}
}

// idleConns is how many connections to a server stay open while nothing is asked.
const idleConns = 5

// connectServer makes a way to a server, with settings of its own for each connection. Once
// known says that the server was there, a connection waits for it while it is started anew.
func connectServer(config *pgx.ConnConfig, known *atomic.Bool, settings map[string]string) *sql.DB {
	own := config.Copy()
	for name, value := range settings {
		own.RuntimeParams[name] = value
	}
	db := sql.OpenDB(byteConnector{stdlib.GetConnector(*own), known})
	db.SetMaxOpenConns(maxConns)
	db.SetMaxIdleConns(idleConns)
	db.SetConnMaxIdleTime(time.Minute)
	return db
}

// ServerConfig gives how to connect to the database at a locator; nil where it is a folder.
func ServerConfig(locator string) (*pgx.ConnConfig, error) {
	e, err := engineAt(locator)
	if err != nil {
		return nil, err
	}
	if p, ok := e.(*postgres); ok {
		return p.config.Copy(), nil
	}
	return nil, nil
}
