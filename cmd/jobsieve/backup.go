package main

import (
	"jobsieve/ledger"
)

type backupCmd struct {
	File      string `arg:"" help:"The backup to write; - is the standard output."`
	Overwrite bool   `help:"Replace a file that exists, once the new one is whole."`
	JSON      bool   `name:"json" help:"Print the backup's manifest as JSON."`
}

// Help says what is in it.
func (*backupCmd) Help() string {
	return `Writes the ledger as it is at one moment to one file, packed, while crawls, imports and the daemon go on. First the ledger is copied beside the file and the copy is checked: that takes as much room there as the ledger. Then it is packed, written, and read back; only a whole backup gets its name. The index is not in it, since it is made from the ledger.

The file's first line is its manifest, which "head -1 FILE" shows: when it was made, how much is in it,
the size and SHA-256 of the ledger. The ledger in it holds the pages of recent crawls as they were served,
so keep it from others.

  jobsieve backup /backup/jobsieve-$(date +%F)
  jobsieve backup - | ssh store 'cat > jobsieve-backup'`
}

// Run backs the ledger up.
func (cmd *backupCmd) Run(a *app) error {
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	if cmd.File == "-" {
		m, err := d.BackupTo(a.ctx, version, a.out)
		if err == nil && !cmd.JSON {
			a.showOn(a.err).Backup("the standard output", &m, "checked")
		}
		return err
	}
	m, err := d.Backup(a.ctx, version, cmd.File, cmd.Overwrite)
	if err != nil {
		return err
	}
	return cmd.tell(a, &m)
}

func (cmd *backupCmd) tell(a *app, m *ledger.Manifest) error {
	if cmd.JSON {
		return a.writeJSON(m)
	}
	a.show().Backup(cmd.File, m, "checked and read back")
	return nil
}
