package ats

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// listed is an address from a public list.
type listed struct {
	address  string
	platform string // as the list says
	kind     string // board, or page for the careers page of an employer whose board is on the platform
	list     string // the repository that has the list
	first    string // what was recognised at first contact: a platform, as recognisedAs names it
}

// score counts addresses: all, those that were recognised as what the list says, and
// those that were recognised as something else.
type score struct{ all, right, wrong int }

// notRead comes before the name of a platform that is known and not read.
const notRead = "not read: "

// add counts an address on a platform by what it is recognised as. The names of platforms
// that are not read have that of their maker too, which lists leave out. That a platform
// which is read can't be read at such an address is neither right nor wrong.
func (s *score) add(platform, as string) {
	s.all++
	name, known := strings.CutPrefix(as, notRead)
	_, read := Find(platform)
	switch {
	case as == platform, known && !read && strings.Contains(name, platform):
		s.right++
	case as != "-" && !strings.Contains(name, platform):
		s.wrong++
	}
}

const boardsHead = `# Boards recognised by their address

Written by the tests of ` + "`crawler/ats`" + ` with ` + "`-update`" + `.

Addresses of employers' boards and careers pages were drawn from public lists, every n-th of each, before it was known which
of them are recognised; [addresses.tsv](../crawler/ats/testdata/addresses.tsv) has each with its list. What was recognised at
first contact stands there and is never computed again; afterwards the misses may teach, and today's figures are no test.
Only the address counts here; ` + "`probe`" + ` also reads the page behind it, and what that links to and loads. A platform that is
not read is recognised where it is named, with what to do.

Careers pages are at employers' own hosts, mostly, and their lists say which platform is behind them; few of them can be known
by their addresses. Those that are recognised as another lead to a board that the employer had beside that platform, or before.

`

// TestAddresses writes which addresses of public lists are recognised.
func TestAddresses(t *testing.T) {
	t.Parallel()
	tables := map[string]map[string]*[2]score{}
	for _, l := range listedAddresses(t) {
		table, row := l.row()
		if tables[table] == nil {
			tables[table] = map[string]*[2]score{}
		}
		for _, name := range []string{"**all**", row} {
			if tables[table][name] == nil {
				tables[table][name] = &[2]score{}
			}
			tables[table][name][0].add(l.platform, l.first)
			tables[table][name][1].add(l.platform, recognisedAs(l.address))
		}
	}
	var b strings.Builder
	b.WriteString(boardsHead)
	for _, title := range slices.Sorted(maps.Keys(tables)) {
		fmt.Fprintf(&b, "## %s\n\n| | addresses | at first contact | as another | today | as another |\n"+
			"|---|---|---|---|---|---|\n", title)
		for _, name := range slices.Sorted(maps.Keys(tables[title])) {
			first, today := tables[title][name][0], tables[title][name][1]
			fmt.Fprintf(&b, "| %s | %d | %d | %d | %d | %d |\n",
				name, first.all, first.right, first.wrong, today.right, today.wrong)
		}
		b.WriteString("\n")
	}
	path := filepath.Join("..", "..", "docs", "scoreboard-boards.md")
	got := strings.TrimSuffix(b.String(), "\n")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if diff := cmp.Diff(string(want), got); diff != "" || err != nil {
		t.Errorf("run go test ./crawler/ats -run Addresses -args -update: (-want +got), %v:\n%s", err, diff)
	}
}

// row says where an address is counted.
func (l *listed) row() (table, row string) {
	_, read := Find(l.platform)
	switch {
	case l.kind == "page":
		return "Careers pages", l.list
	case read:
		return "Boards on platforms that are read", l.platform
	}
	return "Boards on platforms that are not read", l.platform
}

// recognisedAs names the platform that an address is recognised as; - for none.
func recognisedAs(address string) string {
	if b, ok := Recognise(address); ok {
		return b.Platform
	}
	if u := RecogniseUnread(address); u != nil {
		return notRead + strings.ToLower(u.Name)
	}
	return "-"
}

func listedAddresses(t *testing.T) (all []listed) {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", "addresses.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(strings.TrimSpace(string(body)), "\n") {
		f := strings.Split(line, "\t")
		if len(f) != 5 {
			t.Fatalf("addresses.tsv:%d: %d fields, expected address, platform, kind, list, first", i+1, len(f))
		}
		all = append(all, listed{f[0], f[1], f[2], f[3], f[4]})
	}
	return all
}
