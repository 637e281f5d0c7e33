package completion

import (
	"fmt"
	"strings"
)

func zsh(name string, levels []level) string {
	var b strings.Builder
	fmt.Fprintf(&b, `#compdef %[1]s
# Completes %[1]s in zsh: put it into a folder of $fpath as _%[1]s, or source <(%[1]s completion zsh)
_%[1]s() {
    local at='' prev=$words[CURRENT-1] i
    local -a commands flags
    for ((i = 2; i < CURRENT; i++)); do
        case "$at $words[i]" in
            %[2]s) ((i++)) ;;
`, name, alternatives(" ", valued(levels)))
	entering(&b, levels)
	b.WriteString("        esac\n    done\n    case \"$at $prev\" in\n")
	for _, l := range levels {
		for _, f := range l.flags {
			switch at := alternatives(l.path+" ", typed([]flag{f})); {
			case len(f.values) > 0:
				fmt.Fprintf(&b, "        %s) compadd -- %s; return ;;\n", at, strings.Join(f.values, " "))
			case f.value:
				fmt.Fprintf(&b, "        %s) _files; return ;;\n", at)
			}
		}
	}
	b.WriteString("    esac\n    case \"$at\" in\n")
	for _, l := range levels {
		var flags []word
		for _, f := range l.flags {
			flags = append(flags, f.word)
			if f.short != "" {
				flags = append(flags, word{f.short, f.help})
			}
		}
		fmt.Fprintf(&b, "        %s)\n            commands=(%s)\n            flags=(%s) ;;\n", quoted(l.path),
			described(l.words()), described(flags))
	}
	fmt.Fprintf(&b, `    esac
    if [[ $words[CURRENT] == -* ]]; then
        _describe -o flag flags
    elif (($#commands)); then
        _describe command commands
    else
        _files
    fi
}
if [[ $funcstack[1] == _%[1]s ]]; then
    _%[1]s "$@"
else
    compdef _%[1]s %[1]s
fi
`, name)
	return b.String()
}

// described writes words with their helps as zsh's _describe takes them.
func described(words []word) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = quoted(strings.ReplaceAll(w.name, ":", `\:`) + ":" + w.help)
	}
	return strings.Join(out, " ")
}
