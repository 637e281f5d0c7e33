package completion

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"jobsieve/internal/sharedtest"
)

// commandLine is a command line with all that is completed.
type commandLine struct {
	Data   string `short:"d" help:"Data folder. It is made."`
	Report struct {
		Pay struct {
			Period string `enum:"year,month" default:"year" help:"The employer's \"period\": $1."`
			Out    string `help:"A file."`
		} `cmd:"" help:"Make a pay table."`
	} `cmd:"" help:"Make tables."`
	Shell struct {
		Name string `arg:"" enum:"bash,zsh"`
	} `cmd:"" help:"Choose."`
	Secret struct{} `cmd:"" hidden:""`
}

func script(t *testing.T, shell string) string {
	t.Helper()
	parser, err := kong.New(&commandLine{}, kong.Name("crawl"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := Script(shell, parser)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(text, "secret") {
		t.Errorf("%s completes a hidden command:\n%s", shell, text)
	}
	return text
}

// completed are lines, the last word of each begun, and what may stand there.
var completed = map[string]string{
	"crawl ":                      "report shell",
	"crawl rep":                   "report",
	"crawl -d report ":            "report shell",
	"crawl -d x report ":          "pay",
	"crawl report pay --peri":     "--period",
	"crawl report pay --period ":  "month year",
	"crawl report pay --period m": "month",
	"crawl report pay --da":       "--data",
	"crawl shell ":                "bash zsh",
	"crawl report pay --out ":     "",
}

// TestShells lets the shells that this machine has complete command lines.
func TestShells(t *testing.T) {
	for shell, ask := range map[string]string{
		"bash": `source "$1"; words=($2); [[ $2 == *" " ]] && words+=(""); COMP_WORDS=("${words[@]}")
COMP_CWORD=$((${#words[@]}-1)); _crawl; printf "%s\n" "${COMPREPLY[@]}"`,
		"fish": `source $argv[1]; complete -C "$argv[2]" | cut -f1`,
		"zsh": `compdef() { :; }; compadd() { shift; print -l -- ${(M)@:#$PREFIX*}; }; _files() { :; }
_describe() { [[ $1 == -o ]] && shift; local e; for e in ${(P)2}; do compadd -- ${e%%:*}; done; }
source "$1"; words=(${(z)2}); [[ $2 == *" " ]] && words+=(""); CURRENT=$#words; PREFIX=$words[CURRENT]; _crawl`,
	} {
		t.Run(shell, func(t *testing.T) {
			text := script(t, shell)
			path, err := exec.LookPath(shell)
			if err != nil {
				sharedtest.Missing(t, "shells", "completion is not tried in "+shell+": it is not on this machine (on Debian: apt-get install "+shell+")")
			}
			file := filepath.Join(t.TempDir(), "script")
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			for line, want := range completed {
				args := []string{"-c", ask, shell, file, line}
				if shell == "fish" {
					args = []string{"-N", "-c", ask, file, line}
				}
				c := exec.Command(path, args...)
				c.Dir = t.TempDir()
				out, err := c.CombinedOutput()
				if err != nil && want != "" {
					t.Errorf("%q: %v\n%s", line, err, out)
				}
				got := map[string]bool{}
				for _, w := range strings.Fields(string(out)) {
					got[w] = true
				}
				for _, w := range strings.Fields(want) {
					if !got[w] {
						t.Errorf("%q: %q is not offered, but %q", line, w, out)
					}
				}
				if len(got) != len(strings.Fields(want)) {
					t.Errorf("%q: offers %q, want %q", line, out, want)
				}
			}
		})
	}
}

// TestUnknownShell names the shells that are known.
func TestUnknownShell(t *testing.T) {
	parser, err := kong.New(&commandLine{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Script("tcsh", parser); err == nil || !strings.Contains(err.Error(), "expected one of bash, zsh, fish") {
		t.Errorf("%v", err)
	}
}
