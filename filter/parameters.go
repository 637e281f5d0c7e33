package filter

import (
	"reflect"
	"strings"

	"jobsieve/indexer"
)

// Parameter is one parameter of a filter, for whoever describes what can be asked.
type Parameter struct {
	Name, Help string
	// Closed are all values that it can have; nil where they are open.
	Closed []string
	// Several says that it may be given several times.
	Several bool
}

// Parameters are all that Parse reads, in the order of Names, each filter of a field with
// the one that leaves its values out after it.
func Parameters() (out []Parameter) {
	for _, name := range Names() {
		if field, ok := indexer.Fields.Filter(name); ok {
			p := Parameter{name, helpOf(field), field.Closed, true}
			out = append(out, p)
			p.Name, p.Help = notPrefix+name, "Leave out postings that have this: see "+name+"."
			out = append(out, p)
			continue
		}
		p := Parameter{Name: name, Help: flagHelp(name), Several: name == whereName}
		if s, ok := scalarOf(name); ok && s.flag.Help != "" {
			p.Help = s.flag.Help
		} else if ok {
			p.Closed = []string{"true", "false"}
		}
		out = append(out, p)
	}
	return out
}

// helpOf says what the filter of a field takes.
func helpOf(f *indexer.Field) string {
	if f.Flag.Help == "" {
		return f.Meaning
	}
	return f.Flag.Help
}

// flagHelp is the help of a flag that every command line has.
func flagHelp(name string) string {
	flags := reflect.TypeFor[Flags]()
	member, ok := flags.FieldByNameFunc(func(s string) bool { return strings.EqualFold(s, name) })
	if !ok {
		return ""
	}
	return strings.ReplaceAll(member.Tag.Get("help"), "${filters}", strings.Join(Conditions(), ", "))
}
