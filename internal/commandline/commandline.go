// Package commandline reads command lines more strictly than the library it uses
// for that.
package commandline

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/alecthomas/kong"
)

// Parse reads a command line. helped says that help was asked for and printed.
func Parse(parser *kong.Kong, args []string) (parsed *kong.Context, helped bool, err error) {
	parser.Exit = func(int) { helped = true; panic(helpShown{}) }
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(helpShown); !ok {
				panic(r)
			}
		}
	}()
	if parsed, err = parser.Parse(args); err == nil {
		err = check(parsed)
	} else if m := noValue.FindStringSubmatch(err.Error()); m != nil {
		err = fmt.Errorf("%s: expected a value, got none", m[1])
	}
	return parsed, false, err
}

// noValue is how the library says that a flag at the end has no value.
var noValue = regexp.MustCompile(`^(--[a-z-]+): (missing value|expected \w+ value but got "EOL")`)

// helpShown ends parsing after help was printed.
type helpShown struct{}

// check refuses what would be silently something else: a flag given twice, of
// which the last would count, and one whose value is empty, as an unset
// variable in a script makes it.
func check(parsed *kong.Context) error {
	given := map[*kong.Flag]bool{}
	for _, step := range parsed.Path {
		f := step.Flag
		if f == nil || f.IsBool() {
			continue
		}
		name := "--" + f.Name
		switch {
		case given[f] && !f.IsCumulative():
			return fmt.Errorf("%s is given twice; give it once", name)
		case isEmpty(f.Target.Interface()) && (f.Group == nil || f.Group.Key != "text"):
			return fmt.Errorf("%s: expected a value, got an empty one", name)
		}
		given[f] = true
	}
	return nil
}

// isEmpty reports an empty text, or a list with one.
func isEmpty(value any) bool {
	switch v := value.(type) {
	case string:
		return v == ""
	case []string:
		return len(v) == 0 || slices.Contains(v, "")
	case interface{ String() string }:
		return v.String() == ""
	}
	return false
}
