package main

import (
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"jobsieve/config"
	"jobsieve/filter"
	"jobsieve/pipeline"
	"jobsieve/report"
)

// cli is the command line.
type cli struct {
	Config  string         `short:"c" placeholder:"FILE" help:"Configuration file (default jobsieve.yaml where it exists; JOBSIEVE_CONFIG)."`
	Data    string         `short:"d" placeholder:"DIR" help:"Data folder (default ./jobsieve-data; JOBSIEVE_DATA)."`
	Index   config.Address `placeholder:"embedded|URL" help:"Index: embedded, or the URL of an Elasticsearch (JOBSIEVE_INDEX)."`
	Rules   string         `placeholder:"DIR" help:"Folder of rules laid over the embedded ones (rules in the configuration)."`
	Verbose bool           `short:"v" help:"Log every page that is fetched and every posting that is stored or rejected."`

	PrintVersion kong.VersionFlag `name:"version" help:"Print the version."`

	Quickstart quickstartCmd `cmd:"" group:"start" help:"See it all at work: crawl the sample board, label, search, make a pay table."`
	Init       initCmd       `cmd:"" group:"start" help:"Write a commented jobsieve.yaml to begin with."`

	Run    runCmd    `cmd:"" group:"collect" help:"Crawl the sources once, store and index what they yield. For cron."`
	Serve  serveCmd  `cmd:"" group:"collect" help:"Crawl each source by its schedule until stopped; answer searches, health and metrics."`
	Import importCmd `cmd:"" group:"collect" help:"Store and index the postings in a file: JSON lines or CSV."`

	Reextract reextractCmd `cmd:"" group:"collect" help:"Read the pages of the last crawl again, after mending a selector."`

	Probe   probeCmd    `cmd:"" group:"collect" help:"Look at a page and write the source that reads its postings."`
	Sources sourcesCmds `cmd:"" group:"collect" help:"Try a source, and see how the sources are doing."`
	Runs    runsCmd     `cmd:"" group:"collect" help:"List what past runs did."`

	Search  searchCmd  `cmd:"" group:"look" help:"Search the postings."`
	New     newCmd     `cmd:"" group:"look" help:"List what is new to saved searches."`
	Saved   savedCmds  `cmd:"" group:"look" help:"List and forget saved searches."`
	Report  reportCmds `cmd:"" group:"look" help:"Make tables."`
	Export  exportCmd  `cmd:"" group:"look" help:"Write every posting with its facts, pay and label."`
	Explain explainCmd `cmd:"" group:"look" help:"Show why a posting has its label and pay."`
	Signals signalsCmd `cmd:"" group:"look" help:"List postings that may not be what they seem, and why."`

	Vacancies vacanciesCmds `cmd:"" group:"look" help:"See which postings are of the same vacancy, and correct that."`

	Classify classifyCmd `cmd:"" group:"text" help:"Label postings from JSON lines; store nothing."`
	Pay      payCmd      `cmd:"" group:"text" help:"Read the pay in texts; store nothing."`

	RuleBook rulesCmds   `cmd:"" name:"rules" group:"keep" help:"Look after the rules that give the labels."`
	Label    labelCmd    `cmd:"" group:"keep" help:"Correct the label of a stored posting by hand."`
	Relabel  relabelCmd  `cmd:"" group:"keep" help:"Read the stored postings again with today's rules."`
	Indexes  indexCmds   `cmd:"" name:"index" group:"keep" help:"Look after the index."`
	Forget   forgetCmd   `cmd:"" group:"keep" help:"Remove postings from the ledger and the index."`
	Backup   backupCmd   `cmd:"" group:"keep" help:"Back the ledger up to one file, while everything runs."`
	Restore  restoreCmd  `cmd:"" group:"keep" help:"Put the ledger of a backup in place, and rebuild the index from it."`
	Ledgers  ledgerCmds  `cmd:"" name:"ledger" group:"keep" help:"Move the ledger."`
	Verify   verifyCmd   `cmd:"" group:"keep" help:"Look at everything in the ledger and the index, and name what is wrong."`
	Prune    pruneCmd    `cmd:"" group:"keep" help:"Take out of the ledger what is older than the configuration keeps it."`
	Machines machinesCmd `cmd:"" group:"keep" help:"List the machines that share the ledger, what each holds, and what is to be done."`
	Drain    drainCmd    `cmd:"" group:"keep" help:"Tell a machine to begin nothing more, and wait until it may be stopped."`
	Health   healthCmd   `cmd:"" group:"keep" help:"Ask whether the daemon is healthy."`
	Token    tokenCmd    `cmd:"" group:"keep" help:"Make a token for somebody who may ask the daemon."`
	Settings configCmds  `cmd:"" name:"config" group:"keep" help:"Check the configuration."`

	Completion completionCmd `cmd:"" group:"keep" help:"Print a script for the completion of command lines in bash, zsh or fish."`
	Man        manCmd        `cmd:"" group:"keep" help:"Write the man pages."`
	Help       helpCmd       `cmd:"" group:"keep" help:"Show the help of a command."`
	Version    versionCmd    `cmd:"" group:"keep" help:"Print the version."`
	Docs       docsCmd       `cmd:"" hidden:"" help:"Write the generated references."`
}

// waitFlags say how to wait for what another process holds: the crawl of a
// source, the embedded index, the daemon's place. Writes to the ledger take a
// moment, and every command waits for them.
type waitFlags struct {
	Wait          time.Duration `default:"10s" help:"How long to wait for another run that crawls the same source or holds the index."`
	SkipIfRunning bool          `help:"Leave out what another run is doing or holds; the exit code is then 0."`
}

// wait is how long to wait.
func (w waitFlags) wait() time.Duration {
	if w.SkipIfRunning {
		return 0
	}
	return w.Wait
}

const description = `Collect public job postings, label each BPO, KPO or UNCLASSIFIED with the evidence for it, read the pay, and search it all.

Begin with "jobsieve quickstart". Then "jobsieve init", edit jobsieve.yaml, and "jobsieve run".

Exit codes: 0 done; 1 failed; 2 wrong usage or configuration; 3 done in part (the summary says what is missing); 75 another run is crawling the sources or holds the index.`

func newParser(c *cli, out, errOut io.Writer) (*kong.Kong, error) {
	for _, flags := range []*filter.Flags{
		&c.Search.Flags, &c.Report.Pay.Flags, &c.Report.Count.Flags, &c.Report.Disclosure.Flags, &c.Report.Trend.Flags,
		&c.Report.Skills.Flags, &c.Report.Labels.Flags, &c.Export.Flags, &c.Relabel.Flags, &c.Forget.Flags, &c.Signals.Flags,
	} {
		*flags = filter.NewFlags()
	}
	return kong.New(c,
		kong.Name("jobsieve"), kong.Description(description), kong.Writers(out, errOut),
		kong.Vars{
			"filters":   strings.Join(filter.Conditions(), ", "),
			"groupings": strings.Join(report.Groupings(), ", "),
			"signals":   signalNames(),
			"workers":   strconv.Itoa(pipeline.ParallelSources),
		},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: false, WrapUpperBound: 100}),
		kong.UsageOnError(), kong.Vars{"version": "jobsieve " + version},
		kong.ExplicitGroups([]kong.Group{
			{Key: "start", Title: "Begin"},
			{Key: "collect", Title: "Collect"},
			{Key: "look", Title: "Search and report"},
			{Key: "text", Title: "Read texts"},
			{Key: "keep", Title: "Maintain"},
		}),
	)
}
