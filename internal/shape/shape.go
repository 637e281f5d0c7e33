// Package shape measures how code is built: how long its functions are and how
// much they branch, how long its conditions and lines are, how much of it is
// tests, and how much of what it exports is documented.
package shape

import (
	"bufio"
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// The bounds for hand-written code other than tests.
const (
	mostBranches   = 15
	mostParts      = 5   // of a condition joined by && and ||
	mostCharacters = 120 // of a line
)

// Fault is one place that goes over a bound.
type Fault struct {
	File string // relative to the root
	Line int
	What string
}

func (f Fault) String() string { return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.What) }

// Shape is what was counted.
type Shape struct {
	// Functions are the lines of each function, sorted.
	Functions []int
	// Branching is how many functions have more branches than they should,
	// Packed how many conditions more parts, Long how many lines are too long.
	Branching, Packed, Long int
	// Lines are those of code, Tests those of tests and of what only tests use.
	Lines, Tests int
	// Exported counts exported names, Documented those with a comment.
	Exported, Documented int
	// Faults are the places over a bound, by file and line.
	Faults []Fault
}

// Of counts the Go files under a folder; hidden ones and testdata are left out.
func Of(root string) (*Shape, error) {
	s := &Shape{}
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			if path != root && (strings.HasPrefix(name, ".") || name == "testdata") {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(name) != ".go" {
			return nil
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		return s.file(path, filepath.ToSlash(rel))
	})
	slices.Sort(s.Functions)
	return s, err
}

func (s *Shape) file(path, name string) error {
	body, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	lines := bytes.Count(body, []byte("\n"))
	if strings.HasSuffix(name, "_test.go") || bytes.Contains(body, []byte("\n\t\"testing\"\n")) {
		s.Tests += lines
		return nil
	}
	s.Lines += lines
	s.longLines(name, body)
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, path, body, parser.ParseComments)
	if err != nil {
		return err
	}
	at := func(n ast.Node) int { return set.Position(n.Pos()).Line }
	for _, d := range f.Decls {
		s.exported(d)
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Body == nil {
			continue
		}
		s.Functions = append(s.Functions, set.Position(fn.End()).Line-at(fn)+1)
		if n := branches(fn.Body); n > mostBranches && !reasoned(fn) {
			s.Branching++
			const format = "%s has %d branches; at most %d, or a reason beside it"
			s.fault(name, at(fn), format, fn.Name.Name, n, mostBranches)
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		x, ok := n.(*ast.BinaryExpr)
		if !ok || !logical(x.Op) {
			return true
		}
		if n := parts(x); n > mostParts {
			s.Packed++
			s.fault(name, at(x), "a condition of %d parts; at most %d: name them, or make them a table", n, mostParts)
		}
		return false
	})
	return nil
}

func (s *Shape) fault(file string, line int, format string, args ...any) {
	s.Faults = append(s.Faults, Fault{file, line, fmt.Sprintf(format, args...)})
}

// longLines counts lines that are too long, except for struct tags and texts in
// backquotes, which can't be broken.
func (s *Shape) longLines(name string, body []byte) {
	sc := bufio.NewScanner(bytes.NewReader(body))
	sc.Buffer(nil, 1<<20)
	for line := 1; sc.Scan(); line++ {
		text := strings.ReplaceAll(sc.Text(), "\t", "    ")
		if n := utf8.RuneCountInString(text); n > mostCharacters && !strings.Contains(text, "`") && !unbroken(text) {
			s.Long++
			s.fault(name, line, "a line of %d characters; at most %d", n, mostCharacters)
		}
	}
}

// unbroken reports a line of help or of a generated text that is within
// backquotes that began before it: it has no code in it.
func unbroken(text string) bool { return !strings.ContainsAny(text, "(){}=:\"") }

// reasoned reports a function whose comment gives the reason for its branches.
func reasoned(fn *ast.FuncDecl) bool {
	return fn.Doc != nil && strings.Contains(fn.Doc.Text(), "branches")
}

// branches counts the ways through a function: each condition, loop, case and
// part of a condition is one more.
func branches(body *ast.BlockStmt) int {
	n := 1
	ast.Inspect(body, func(node ast.Node) bool {
		switch x := node.(type) {
		case *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt, *ast.CaseClause, *ast.CommClause:
			n++
		case *ast.BinaryExpr:
			if logical(x.Op) {
				n++
			}
		}
		return true
	})
	return n
}

func logical(op token.Token) bool { return op == token.LAND || op == token.LOR }

// parts counts what a condition joins.
func parts(e ast.Expr) int {
	switch x := e.(type) {
	case *ast.ParenExpr:
		return parts(x.X)
	case *ast.UnaryExpr:
		return parts(x.X)
	case *ast.BinaryExpr:
		if logical(x.Op) {
			return parts(x.X) + parts(x.Y)
		}
	}
	return 1
}

// exported counts exported names at the top of a file.
func (s *Shape) exported(d ast.Decl) {
	count := func(name *ast.Ident, docs ...*ast.CommentGroup) {
		if !name.IsExported() {
			return
		}
		s.Exported++
		if slices.ContainsFunc(docs, func(d *ast.CommentGroup) bool { return d != nil }) {
			s.Documented++
		}
	}
	switch d := d.(type) {
	case *ast.FuncDecl:
		count(d.Name, d.Doc)
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				count(spec.Name, spec.Doc, d.Doc)
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					count(name, spec.Doc, spec.Comment, d.Doc)
				}
			}
		}
	}
}

// Quantile gives the lines of the function at q, 0 ≤ q ≤ 1, of all sorted.
func (s *Shape) Quantile(q float64) int {
	if len(s.Functions) == 0 {
		return 0
	}
	return s.Functions[int(q*float64(len(s.Functions)-1))]
}

// Table shows the counts.
func (s *Shape) Table() string {
	var b strings.Builder
	row := func(what, format string, args ...any) {
		fmt.Fprintf(&b, "%-46s %s\n", what, fmt.Sprintf(format, args...))
	}
	share := func(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }
	row("functions", "%d", len(s.Functions))
	row("lines of a function, median / p95 / max", "%d / %d / %d", s.Quantile(0.5), s.Quantile(0.95), s.Quantile(1))
	row(fmt.Sprintf("functions with more than %d branches", mostBranches),
		"%d (%.1f %%)", s.Branching, share(s.Branching, len(s.Functions)))
	row(fmt.Sprintf("conditions of more than %d parts", mostParts), "%d", s.Packed)
	row(fmt.Sprintf("lines over %d characters", mostCharacters), "%d (%.1f %%)", s.Long, share(s.Long, s.Lines))
	row("test lines to code lines", "%.2f (%d to %d)", float64(s.Tests)/float64(max(s.Lines, 1)), s.Tests, s.Lines)
	row("exported names documented", "%.0f %%", share(s.Documented, s.Exported))
	return b.String()
}
