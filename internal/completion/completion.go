// Package completion writes what shells need to complete command lines of a
// program: a script for bash, zsh or fish, made from the definition of its command
// line. The script stands alone: it does not start the program.
package completion

import (
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// Shells are those that there is a script for.
var Shells = []string{"bash", "zsh", "fish"}

// Script gives the script of a shell, which completes the commands and flags that
// people see, the values of flags that know theirs, and files elsewhere.
func Script(shell string, parser *kong.Kong) (string, error) {
	levels := levelsOf(parser.Model.Node, "", nil)
	name := parser.Model.Name
	switch shell {
	case "bash":
		return bash(name, levels), nil
	case "zsh":
		return zsh(name, levels), nil
	case "fish":
		return fish(name, levels), nil
	}
	return "", fmt.Errorf("unknown shell %q: expected one of %s", shell, strings.Join(Shells, ", "))
}

// level is the program or one of its commands: what may follow.
type level struct {
	path     string // "report pay"; "" is the program
	commands []word
	values   []word // those of its first argument, where they are known
	flags    []flag
}

// words are what stands after the command without a flag.
func (l *level) words() []word { return slices.Concat(l.commands, l.values) }

// word is something that can be typed, with what it does.
type word struct{ name, help string }

// flag is a flag of a level: its own or one of a level above.
type flag struct {
	word
	short  string
	value  bool     // it takes one
	values []string // those that it takes, where they are known
}

func levelsOf(n *kong.Node, path string, above []flag) []level {
	l := level{path: path, flags: slices.Clone(above)}
	for _, f := range n.Flags {
		if f.Hidden {
			continue
		}
		own := flag{word: word{"--" + f.Name, sentence(f.Help)}, value: !f.IsBool() && !f.IsCounter()}
		if f.Short != 0 {
			own.short = "-" + string(f.Short)
		}
		if f.Enum != "" {
			own.values = strings.Split(f.Enum, ",")
		}
		l.flags = append(l.flags, own)
	}
	if len(n.Positional) > 0 && n.Positional[0].Enum != "" {
		for v := range strings.SplitSeq(n.Positional[0].Enum, ",") {
			l.values = append(l.values, word{name: v})
		}
	}
	var below []level
	for _, c := range n.Children {
		if c.Hidden {
			continue
		}
		l.commands = append(l.commands, word{c.Name, sentence(c.Help)})
		below = append(below, levelsOf(c, strings.TrimSpace(path+" "+c.Name), l.flags)...)
	}
	return append([]level{l}, below...)
}

// sentence is the first sentence of a help, in one line.
func sentence(help string) string {
	first, _, _ := strings.Cut(strings.Join(strings.Fields(help), " "), ". ")
	return strings.TrimSuffix(first, ".")
}

// quoted writes a text for all three shells.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// names are the names of words.
func names(words []word) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w.name
	}
	return out
}

// typed are the flags as they can be typed.
func typed(flags []flag) (out []string) {
	for i := range flags {
		out = append(out, flags[i].name)
		if flags[i].short != "" {
			out = append(out, flags[i].short)
		}
	}
	return out
}

// valued are the flags of the program itself that take a value: what follows one is
// no command.
func valued(levels []level) []string {
	var out []flag
	for _, f := range levels[0].flags {
		if f.value {
			out = append(out, f)
		}
	}
	return typed(out)
}

// entering writes, for bash and zsh, the cases of words that lead from a level to one
// below it.
func entering(b *strings.Builder, levels []level) {
	for _, l := range levels {
		for _, c := range l.commands {
			at := l.path + " " + c.name
			fmt.Fprintf(b, "            %s) at=%s ;;\n", quoted(at), quoted(strings.TrimSpace(at)))
		}
	}
}
