package terminal

import (
	"os"
	"path/filepath"
	"strings"
)

// CommandLine gives a command line of this program that works as it is printed.
func CommandLine(args ...string) string {
	return self() + " " + Typed(args...)
}

// Typed gives words as they are typed at a shell.
func Typed(words ...string) string {
	var parts []string
	for _, word := range words {
		parts = append(parts, quote(word))
	}
	return strings.Join(parts, " ")
}

// self is how this program was called, so that people can be shown how to call it
// again.
func self() string {
	path, err := os.Executable()
	if err != nil {
		return "jobsieve"
	}
	if strings.Contains(path, string(filepath.Separator)+"go-build") {
		return "go run ./cmd/jobsieve"
	}
	if strings.ContainsRune(os.Args[0], filepath.Separator) {
		return os.Args[0]
	}
	return "jobsieve"
}

// quote writes an argument for a shell.
func quote(s string) string {
	if s != "" && !strings.ContainsAny(s, " \t\n'\"\\$&|;<>()*?[]{}#!~`") {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
