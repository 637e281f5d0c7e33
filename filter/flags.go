package filter

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"jobsieve/indexer"
	"jobsieve/job"
)

// Flags are the flags of a command line that choose postings: each is a parameter
// of a filter. The tags are those of the library that reads command lines. NewFlags
// makes them; the zero value has none of Named.
type Flags struct {
	// Named are the flags that have the name of a parameter: a pointer to a struct
	// with a text, or a list of texts, for each.
	Named  any      `embed:""`
	Exact  bool     `help:"The words are only words: nothing is read into them."`
	Open   bool     `help:"Postings that are open: a crawl saw them, and nothing has shown since that they are over."`
	Closed bool     `help:"Postings that are closed."`
	All    bool     `help:"Postings of every state. search leaves closed ones out unless it is given this, --closed or posting_state; it has those whose state is unknown, which postings from files are."`
	Where  []string `sep:"none" placeholder:"CONDITION" help:"A condition such as 'city in (Pune, Mumbai) and pay >= 15000/month'. It can ask for ${filters}."`
	Not    []string `sep:"none" placeholder:"FILTER=VALUE" help:"Leave out postings that have the value."`
}

// NewFlags makes the flags of today's indexer.Fields, none of them given.
func NewFlags() Flags {
	var members []reflect.StructField
	for i := range indexer.Fields {
		if f := &indexer.Fields[i]; f.Filter != "" && f.Flag.Help != "" {
			members = append(members, member(len(members), f.Filter, f.Flag, reflect.TypeFor[[]string]()))
		}
	}
	for i := range scalars {
		s := &scalars[i]
		if s.flag.Help == "" {
			continue
		}
		members = append(members, member(len(members), s.name, s.flag, reflect.TypeFor[string]()))
	}
	return Flags{Named: reflect.New(reflect.StructOf(members)).Interface()}
}

// member is the flag of a parameter, as one of the members of a struct.
func member(n int, parameter string, f indexer.Flag, values reflect.Type) reflect.StructField {
	tag := fmt.Sprintf("parameter:%q name:%q help:%q", parameter, flagName(parameter), f.Help)
	if f.Value != "" {
		tag += fmt.Sprintf(" placeholder:%q", f.Value)
	}
	if f.Whole {
		tag += ` sep:"none"`
	}
	return reflect.StructField{Name: "Flag" + strconv.Itoa(n), Type: values, Tag: reflect.StructTag(tag)}
}

func flagName(parameter string) string { return strings.ReplaceAll(parameter, "_", "-") }

// named are the parameters that have a flag of their own, with what was given.
func (f *Flags) named() url.Values {
	out := url.Values{}
	if f.Named == nil {
		return out
	}
	for member, value := range reflect.ValueOf(f.Named).Elem().Fields() {
		name := member.Tag.Get("parameter")
		switch v := value.Interface().(type) {
		case []string:
			out[name] = slices.Clone(v)
		case string:
			out[name] = []string{v}
		}
	}
	return out
}

// Filter makes the filter of the flags and of words to search for. Its error names
// all faults by the flags that gave them.
func (f *Flags) Filter(book Book, words string) (Filter, error) {
	params, err := f.Params(words)
	if err != nil {
		return Filter{}, err
	}
	out, err := Parse(params, book)
	var faults Faults
	if errors.As(err, &faults) {
		return out, errors.New(strings.Join(f.ByFlag(faults, words), "\n"))
	}
	return out, err
}

// Params gives the parameters that the flags and the words are, as Parse reads them.
func (f *Flags) Params(words string) (url.Values, error) {
	params := f.named()
	params.Add("text", words)
	for name, on := range map[string]bool{"exact": f.Exact, "open": f.Open, "closed": f.Closed, "all": f.All} {
		if on {
			params.Set(name, "true")
		}
	}
	for _, text := range f.Where {
		if name, values, ok := plainValues(text); ok {
			params[name] = append(params[name], values...)
			continue
		}
		params.Add(whereName, text)
	}
	for _, text := range f.Not {
		name, value, ok := strings.Cut(text, "=")
		if !ok || name == "" || value == "" {
			return nil, fmt.Errorf("--not: expected FILTER=VALUE, got %q", text)
		}
		params.Add(notPrefix+name, value)
	}
	if words != "" && len(given(params["text"])) > 1 {
		return nil, errors.New("--text: the words are given as arguments too; expected them once")
	}
	return params, nil
}

// plainForm is one FILTER=VALUE.
var plainForm = regexp.MustCompile(`^\s*([A-Za-z_-]+)\s*=\s*([^=\s].*)$`)

// joins are the words between conditions.
var joins = regexp.MustCompile(`(?i)(^|\s|\))(and|or)(\s|\(|$)`)

// plainValues takes a condition apart that is one parameter and its value, or several
// with commas as its flag has them: it is that parameter, so that several values of one
// filter are each as good.
func plainValues(condition string) (name string, values []string, ok bool) {
	m := plainForm.FindStringSubmatch(condition)
	if m == nil {
		return "", nil, false
	}
	name, value := strings.ReplaceAll(strings.ToLower(m[1]), "-", "_"), m[2]
	field, isField := indexer.Fields.Filter(name)
	_, isScalar := scalarOf(name)
	switch {
	case name == "text":
		return name, []string{value}, true
	case !isField && !isScalar:
		return "", nil, false
	}
	p := parser{text: value}
	if literal, isQuoted, ok := p.literal(false); isQuoted {
		return name, []string{literal}, ok && p.next() == ""
	}
	values = []string{value}
	if isField && !field.Flag.Whole {
		values = strings.Split(value, ",")
	}
	return name, values, !joins.MatchString(value)
}

// ByFlag names each fault by the flag that gave it, or by the words.
func (f *Flags) ByFlag(faults Faults, words string) []string {
	named := f.named()
	lines := make([]string, len(faults))
	for i, fault := range faults {
		name, excluded := strings.CutPrefix(fault.Field, notPrefix)
		values, isFlag := named[name]
		flag := "--where " + name
		switch {
		case excluded:
			flag = "--not " + name
		case name == whereName:
			flag = "--where"
		case name == "all" && f.All:
			flag = "--all"
		case name == "text" && words != "":
			flag = "the words"
		case isFlag && len(values) > 0:
			flag = "--" + flagName(name)
		}
		lines[i] = flag + ": " + fault.Problem()
	}
	return lines
}

// Args gives the flags that make the filter.
func (f *Filter) Args() (args []string) {
	today := NewFlags()
	named, values := today.named(), f.Values()
	if len(f.Where) > 0 {
		args = append(args, "--where", oneCondition(f.Where))
		delete(values, whereName)
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		for _, v := range values[name] {
			field, excluded := strings.CutPrefix(name, notPrefix)
			_, isFlag := named[field]
			switch {
			case name == "exact", name == "all":
				args = append(args, "--"+name)
			case name == stateName && v != string(job.StateUnknown):
				args = append(args, "--"+v)
			case excluded:
				args = append(args, "--not", field+"="+v)
			case isFlag && strings.HasPrefix(v, "-"): // else it would be a flag itself
				args = append(args, "--"+flagName(field)+"="+v)
			case isFlag:
				args = append(args, "--"+flagName(field), v)
			default:
				args = append(args, "--where", field+"="+v)
			}
		}
	}
	return args
}

// oneCondition writes conditions as one, with brackets where it would be a parameter
// without them.
func oneCondition(all []string) string {
	if len(all) == 1 {
		if _, _, isPlain := plainValues(all[0]); isPlain {
			return "(" + all[0] + ")"
		}
		return all[0]
	}
	parts := slices.Clone(all)
	for i, c := range parts {
		if joins.MatchString(c) {
			parts[i] = "(" + c + ")"
		}
	}
	return strings.Join(parts, " and ")
}
