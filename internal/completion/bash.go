package completion

import (
	"fmt"
	"strings"
)

func bash(name string, levels []level) string {
	var b strings.Builder
	fmt.Fprintf(&b, `# Completes %[1]s in bash: source <(%[1]s completion bash)
_%[1]s() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} at='' i commands='' flags=''
    [[ $cur == = ]] && cur=''
    [[ $prev == = ]] && prev=${COMP_WORDS[COMP_CWORD-2]}
    for ((i = 1; i < COMP_CWORD; i++)); do
        case "$at ${COMP_WORDS[i]}" in
            %[2]s) ((i++)) ;;
`, name, alternatives(" ", valued(levels)))
	entering(&b, levels)
	b.WriteString("        esac\n    done\n    COMPREPLY=()\n    case \"$at $prev\" in\n")
	for _, l := range levels {
		bashValues(&b, &l)
	}
	b.WriteString("    esac\n    case \"$at\" in\n")
	for _, l := range levels {
		fmt.Fprintf(&b, "        %s) commands=%s flags=%s ;;\n", quoted(l.path),
			quoted(strings.Join(names(l.words()), " ")), quoted(strings.Join(typed(l.flags), " ")))
	}
	fmt.Fprintf(&b, `    esac
    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "$flags" -- "$cur"))
    elif [[ $commands ]]; then
        COMPREPLY=($(compgen -W "$commands" -- "$cur"))
    fi
}
complete -o bashdefault -o default -F _%[1]s %[1]s
`, name)
	return b.String()
}

// bashValues completes the values of the flags of a level; where they are not known,
// files.
func bashValues(b *strings.Builder, l *level) {
	var others []flag
	for _, f := range l.flags {
		switch {
		case len(f.values) > 0:
			fmt.Fprintf(b, "        %s) COMPREPLY=($(compgen -W %s -- \"$cur\")); return ;;\n",
				alternatives(l.path+" ", typed([]flag{f})), quoted(strings.Join(f.values, " ")))
		case f.value:
			others = append(others, f)
		}
	}
	if len(others) > 0 {
		fmt.Fprintf(b, "        %s) return ;;\n", alternatives(l.path+" ", typed(others)))
	}
}

// alternatives is a pattern of texts that begin alike.
func alternatives(prefix string, texts []string) string {
	out := make([]string, len(texts))
	for i, s := range texts {
		out[i] = quoted(prefix + s)
	}
	return strings.Join(out, "|")
}
