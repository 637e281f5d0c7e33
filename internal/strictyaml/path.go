package strictyaml

import (
	"fmt"

	"go.yaml.in/yaml/v4"
)

// Fault notes a fault at a path of keys (string) and list places (int, from
// 0); the line is that of the deepest part of it that exists.
func (f *File) Fault(message string, path ...any) {
	key := ""
	for _, p := range path {
		switch p := p.(type) {
		case string:
			key = join(key, p)
		case int:
			key += fmt.Sprintf("[%d]", p+1)
		}
	}
	f.Faults = append(f.Faults, Fault{f.Name, f.Line(path...), key, message})
}

// Line gives the line of the deepest part of a path that exists.
func (f *File) Line(path ...any) int {
	if len(f.root.Content) == 0 {
		return 0
	}
	n := f.root.Content[0]
	line := n.Line
	for _, p := range path {
		next, at := child(n, p)
		if next == nil {
			break
		}
		n, line = next, at
	}
	return line
}

// Tag gives the YAML tag of what is at a path, such as !!int; empty where there
// is nothing, or null.
func (f *File) Tag(path ...any) string {
	if len(f.root.Content) == 0 {
		return ""
	}
	n := f.root.Content[0]
	for _, p := range path {
		if n, _ = child(n, p); n == nil {
			return ""
		}
	}
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Tag == "!!null" {
		return ""
	}
	return n.Tag
}

func child(n *yaml.Node, p any) (*yaml.Node, int) {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	switch p := p.(type) {
	case string:
		for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == p {
				return n.Content[i+1], n.Content[i].Line
			}
		}
		return merged(n, p)
	case int:
		if n.Kind == yaml.SequenceNode && p < len(n.Content) {
			return n.Content[p], n.Content[p].Line
		}
	}
	return nil, 0
}

// merged looks for a key in the mappings that a mapping takes in (<<).
func merged(n *yaml.Node, key string) (*yaml.Node, int) {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value != "<<" {
			continue
		}
		from := []*yaml.Node{n.Content[i+1]}
		if from[0].Kind == yaml.SequenceNode {
			from = from[0].Content
		}
		for _, m := range from {
			if found, line := child(m, key); found != nil {
				return found, line
			}
		}
	}
	return nil, 0
}

// pathAt gives the path of the key in a line; with that name, unless name is
// empty.
func (f *File) pathAt(line int, name string) string {
	if len(f.root.Content) == 0 {
		return name
	}
	if path := search(f.root.Content[0], "", line, name); path != "" {
		return path
	}
	return name
}

func search(n *yaml.Node, path string, line int, name string) string {
	switch n.Kind {
	case yaml.MappingNode:
		return searchMapping(n, path, line, name)
	case yaml.SequenceNode:
		return searchList(n, path, line, name)
	}
	return ""
}

func searchMapping(n *yaml.Node, path string, line int, name string) string {
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		here := join(path, k.Value)
		if k.Line == line && (name == k.Value || name == "" && !mappingBeside(k, v)) {
			return here
		}
		if found := search(v, here, line, name); found != "" {
			return found
		}
	}
	return ""
}

// mappingBeside reports a key with a mapping, or what is neither a text nor a
// list, in its line: then the keys of the mapping are meant.
func mappingBeside(k, v *yaml.Node) bool {
	return v.Line == k.Line && v.Kind != yaml.ScalarNode && v.Kind != yaml.SequenceNode
}

func searchList(n *yaml.Node, path string, line int, name string) string {
	for i, c := range n.Content {
		here := fmt.Sprintf("%s[%d]", path, i+1)
		if found := search(c, here, line, name); found != "" {
			return found
		}
		if c.Kind == yaml.ScalarNode && c.Line == line && name == "" {
			return here
		}
	}
	return ""
}
