package main

import (
	"errors"

	"jobsieve/desk"
	"jobsieve/ledger"
	"jobsieve/web"
)

type newCmd struct {
	Names []string `arg:"" optional:"" name:"name" help:"The saved searches; all of them where none is named."`
	Keep  bool     `help:"Look, but don't mark as looked at: the next look lists the same."`
	JSON  bool     `name:"json" help:"Print a JSON line for each saved search: name, question, postings."`
	RSS   bool     `name:"rss" help:"Write RSS of the newest postings of one saved search, whether they are new or not; marks nothing."`
}

// Help says what is new.
func (*newCmd) Help() string {
	return `Lists what was first seen since the last look, in that order, and marks it as looked at once it is written. A posting that was known before is not new, however it is changed, labelled or read. What waits for the index stays for the next look, and so does what came after it.

  jobsieve search voice process --city Pune --save pune-voice
  jobsieve new
  jobsieve new pune-voice --keep
  jobsieve new --json | jq -r '.name as $n | .postings[] | [$n, .title, .url] | @tsv'
  jobsieve new pune-voice --rss > pune-voice.rss`
}

// Run lists what is new.
func (cmd *newCmd) Run(a *app) error {
	if cmd.RSS && (len(cmd.Names) != 1 || cmd.JSON || cmd.Keep) {
		return usage("--rss: expected the name of one saved search with it, and neither --json nor --keep")
	}
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	return a.withStored(d, func(l *ledger.Ledger) error {
		all, err := a.savedNamed(l, cmd.Names...)
		if err != nil {
			return err
		}
		if cmd.RSS {
			return cmd.feed(a, d, l, &all[0])
		}
		if len(all) == 0 {
			a.note("jobsieve: no search is saved; \"%s\" saves one", a.command("search", "…", "--save", "NAME"))
		}
		for i := range all {
			err = errors.Join(err, cmd.look(a, d, l, &all[i]))
		}
		return err
	})
}

// look lists what is new to a saved search, and marks it once it is written.
func (cmd *newCmd) look(a *app, d *desk.Desk, l *ledger.Ledger, s *ledger.SavedSearch) error {
	now := a.now()
	news, err := d.News(a.ctx, l, s, s.Seen)
	if err != nil {
		return err
	}
	a.tellLacking(d, news.Lack)
	if news.Waiting > 0 || news.Missing > 0 {
		a.note("%s: what the index lacks, and what came after it, is kept for the next look", s.Name)
	}
	if cmd.JSON {
		err = a.writeJSON(news)
	} else {
		err = a.show().News(news)
	}
	if err != nil || cmd.Keep {
		return err
	}
	if _, err := a.out.Write(nil); err != nil {
		return err
	}
	return l.LookedAt(a.ctx, s, news.UpTo, now)
}

// feed writes RSS of a saved search.
func (*newCmd) feed(a *app, d *desk.Desk, l *ledger.Ledger, s *ledger.SavedSearch) error {
	news, err := d.Newest(a.ctx, l, s, web.MostInFeed)
	if err != nil {
		return err
	}
	a.tellLacking(d, news.Lack)
	return web.WriteFeed(a.out, news, d.Config.Listen)
}
