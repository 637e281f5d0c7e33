// Package strictyaml reads YAML that people write, and finds all its faults at
// once: unknown keys, repeated keys, values of the wrong kind, each
// with its file, line and key and what was expected there.
package strictyaml

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"sort"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Fault is one thing that is wrong in a file.
type Fault struct {
	File string
	Line int // from 1; 0 where the whole file is meant
	// Key is the path of the key, such as sources[2].list.url; empty where
	// there is none.
	Key     string
	Message string
}

func (f Fault) Error() string {
	s := f.File
	if f.Line > 0 {
		s += fmt.Sprintf(":%d", f.Line)
	}
	if f.Key != "" {
		s += ": " + f.Key
	}
	return s + ": " + f.Message
}

// Faults are all faults of some files.
type Faults []Fault

func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// Sort orders faults by file, line and key.
func (fs Faults) Sort() {
	sort.SliceStable(fs, func(i, j int) bool {
		if fs[i].File != fs[j].File {
			return fs[i].File < fs[j].File
		}
		return fs[i].Line < fs[j].Line
	})
}

// File is a file that was read, with the faults found so far.
type File struct {
	Name   string
	Faults Faults
	root   yaml.Node
}

// Read decodes data into v, a pointer to a struct whose fields have yaml tags.
// The faults of form are in the result; a file that isn't YAML at all leaves v
// as it was.
func Read(name string, data []byte, v any) *File {
	f := &File{Name: name}
	if err := yaml.Load(data, &f.root, yaml.WithUniqueKeys(false)); err != nil {
		f.syntax(err)
		return f
	}
	if len(f.root.Content) == 0 { // an empty file
		return f
	}
	f.duplicates(f.root.Content[0], "")
	err := f.root.Load(v, yaml.WithKnownFields(), yaml.WithUniqueKeys(false))
	var all *yaml.LoadErrors
	switch {
	case errors.As(err, &all):
		for _, e := range all.Errors {
			f.form(e, reflect.TypeOf(v))
		}
	case err != nil:
		f.syntax(err)
	}
	return f
}

var position = regexp.MustCompile(`at L(\d+)\.C\d+: (.*)`)

func (f *File) syntax(err error) {
	line, message := 0, err.Error()
	if m := position.FindStringSubmatch(message); m != nil {
		_, _ = fmt.Sscan(m[1], &line)
		message = m[2]
	}
	if strings.Contains(message, "unknown anchor") { // the text may be a password that begins with *
		message = "a text that begins with * is taken for an alias; put it in quotes"
	}
	message = "not YAML: " + message + "; check indentation (spaces, no tabs), quotes and colons"
	f.Faults = append(f.Faults, Fault{f.Name, line, "", message})
}

// duplicates finds keys that are repeated in one mapping.
func (f *File) duplicates(n *yaml.Node, path string) {
	switch n.Kind {
	case yaml.MappingNode:
		first := map[string]int{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			k := n.Content[i]
			if line, twice := first[k.Value]; twice {
				message := fmt.Sprintf("is given twice, first in line %d; keep one", line)
				f.Faults = append(f.Faults, Fault{f.Name, k.Line, join(path, k.Value), message})
			}
			first[k.Value] = k.Line
			f.duplicates(n.Content[i+1], join(path, k.Value))
		}
	case yaml.SequenceNode:
		for i, c := range n.Content {
			f.duplicates(c, fmt.Sprintf("%s[%d]", path, i+1))
		}
	}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

var (
	unknownField = regexp.MustCompile(`field (.*) not found in type (\S+)`)
	wrongKind    = regexp.MustCompile("cannot construct !!(\\w+)(?: `(.*)`)? into (.+)")
)

// form notes a fault of form that the decoder found.
func (f *File) form(e *yaml.LoadError, top reflect.Type) {
	message := e.Error()
	line := 0
	if m := position.FindStringSubmatch(message); m != nil {
		_, _ = fmt.Sscan(m[1], &line)
		message = m[2]
	}
	fault := Fault{File: f.Name, Line: line, Key: f.pathAt(line, ""), Message: message}
	if m := unknownField.FindStringSubmatch(message); m != nil {
		keys := keysOf(top, m[2], map[reflect.Type]bool{})
		fault.Key = f.pathAt(line, m[1])
		fault.Message = "unknown key; " + Expected(m[1], keys)
	} else if m := wrongKind.FindStringSubmatch(message); m != nil {
		fault.Message = fmt.Sprintf("expected %s, got %s", kindName(m[3]), got(m[1], m[2]))
	}
	f.Faults = append(f.Faults, fault)
}

// tagNames say what a value with a tag of YAML is.
var tagNames = map[string]string{
	"str": "the text", "int": "the number", "float": "the number", "bool": "",
	"seq": "a list", "map": "a mapping", "null": "nothing",
}

func got(tag, value string) string { return strings.TrimSpace(tagNames[tag] + " " + value) }

func kindName(goType string) string {
	switch {
	case goType == "bool":
		return "true or false"
	case strings.HasPrefix(goType, "int"), strings.HasPrefix(goType, "uint"):
		return "a whole number"
	case strings.HasPrefix(goType, "float"):
		return "a number"
	case goType == "string":
		return "a text"
	case strings.HasPrefix(goType, "[]"):
		return "a list"
	}
	return "a mapping"
}

// keysOf gives the keys of the struct type called name within t.
func keysOf(t reflect.Type, name string, seen map[reflect.Type]bool) []string {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || seen[t] {
		return nil
	}
	seen[t] = true
	if t.String() == name {
		return tags(t)
	}
	for i := range t.NumField() {
		if keys := keysOf(t.Field(i).Type, name, seen); keys != nil {
			return keys
		}
	}
	return nil
}

func tags(t reflect.Type) []string {
	var keys []string
	for i := range t.NumField() {
		field := t.Field(i)
		tag, options, _ := strings.Cut(field.Tag.Get("yaml"), ",")
		switch {
		case options == "inline":
			keys = append(keys, tags(field.Type)...)
		case tag != "" && tag != "-":
			keys = append(keys, tag)
		}
	}
	return keys
}

// Expected says which words were expected in place of got, with the one that
// is most like it.
func Expected(got string, words []string) string {
	words = slices.Sorted(slices.Values(words))
	s := "expected one of " + strings.Join(words, ", ")
	if near := Nearest(got, words); near != "" {
		s += fmt.Sprintf("; did you mean %q?", near)
	}
	return s
}

// Nearest gives the word most like got, empty where none is.
func Nearest(got string, words []string) string {
	most := max(1, len(got)/3)
	if len(got) > 3 {
		most = max(2, most)
	}
	best, least := "", 1+most
	for _, w := range words {
		if d := distance(strings.ToLower(got), strings.ToLower(w)); d < least {
			best, least = w, d
		}
	}
	return best
}

// distance is the number of letters to change, add or leave out.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
