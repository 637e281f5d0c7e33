package completion

import (
	"fmt"
	"strings"
)

func fish(name string, levels []level) string {
	var b strings.Builder
	fmt.Fprintf(&b, `# Completes %[1]s in fish: %[1]s completion fish > ~/.config/fish/completions/%[1]s.fish
function __%[1]s_at
    set -l at ''
    set -l skip 0
    for word in (commandline -opc)[2..-1]
        if test $skip = 1
            set skip 0
            continue
        end
        switch "$at $word"
            case %[2]s
                set skip 1
`, name, strings.ReplaceAll(alternatives(" ", valued(levels)), "|", " "))
	for _, l := range levels {
		for _, c := range l.commands {
			fmt.Fprintf(&b, "            case %s\n                set at %s\n", quoted(l.path+" "+c.name),
				quoted(strings.TrimSpace(l.path+" "+c.name)))
		}
	}
	b.WriteString("        end\n    end\n    test \"$at\" = \"$argv[1]\"\nend\n")
	for _, l := range levels {
		at := fmt.Sprintf("complete -c %s -n %s", name, quoted("__"+name+"_at "+fishQuoted(l.path)))
		for _, c := range l.words() {
			fmt.Fprintf(&b, "%s -f -a %s -d %s\n", at, c.name, fishQuoted(c.help))
		}
		for _, f := range l.flags {
			fmt.Fprintf(&b, "%s -l %s", at, strings.TrimPrefix(f.name, "--"))
			if f.short != "" {
				fmt.Fprintf(&b, " -s %s", strings.TrimPrefix(f.short, "-"))
			}
			switch {
			case len(f.values) > 0:
				fmt.Fprintf(&b, " -x -a %s", quoted(strings.Join(f.values, " ")))
			case f.value:
				b.WriteString(" -r")
			}
			fmt.Fprintf(&b, " -d %s\n", fishQuoted(f.help))
		}
	}
	return b.String()
}

// fishQuoted writes a text between double quotes, as it may stand within single ones.
func fishQuoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, `$`, `\$`).Replace(s) + `"`
}
