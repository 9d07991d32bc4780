// Writes what the type checker of the Go standard library says of every call in some packages, one JSON object a line.
//
//	go run calls.go SRC PACKAGE...
//
// SRC is the folder that import paths start in: $GOROOT/src, or the src folder of a GOPATH.
package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

type call struct {
	Path   string `json:"path"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	// The opening parenthesis, which is where golang.org/x/tools/cmd/callgraph says a call is.
	ParenLine   int    `json:"parenLine"`
	ParenColumn int    `json:"parenColumn"`
	Callee      string `json:"callee"`
	// Calls that the callee is reached through: 1 in the second call of a().b().
	Depth int `json:"depth"`
	// "function", "method", "literal", "interface", "value", "conversion" or "builtin"
	Kind       string `json:"kind"`
	TargetPath string `json:"targetPath,omitempty"`
	TargetLine int    `json:"targetLine,omitempty"`
	// Of an interface call: the methods that may run, as far as their types are declared in the packages loaded.
	Implementers []location `json:"implementers,omitempty"`
}

type location struct {
	Path string `json:"path"`
	Line int    `json:"line"`
}

type judge struct {
	src     string
	folders map[string]string
	fset    *token.FileSet
	info    *types.Info
	source  types.ImporterFrom
	judged  map[string]*types.Package
	files   []*ast.File
	named   []*types.Named
	methods map[*types.Func][]location
	out     *json.Encoder
}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: calls SRC PACKAGE...")
		os.Exit(2)
	}
	build.Default.CgoEnabled = false
	j := &judge{
		src:     real(os.Args[1]),
		folders: map[string]string{},
		fset:    token.NewFileSet(),
		methods: map[*types.Func][]location{},
		judged:  map[string]*types.Package{},
		out:     json.NewEncoder(os.Stdout),
		info: &types.Info{
			Uses:       map[*ast.Ident]types.Object{},
			Defs:       map[*ast.Ident]types.Object{},
			Types:      map[ast.Expr]types.TypeAndValue{},
			Selections: map[*ast.SelectorExpr]*types.Selection{},
		},
	}
	j.source = importer.ForCompiler(j.fset, "source", nil).(types.ImporterFrom)
	for _, path := range os.Args[2:] {
		j.judged[path] = nil
	}
	var packages []*types.Package
	for _, path := range os.Args[2:] {
		if loaded, err := j.ImportFrom(path, j.src, 0); err == nil {
			packages = append(packages, loaded)
		} else {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	j.collectNamed(packages)
	for _, file := range j.files {
		j.file(file)
	}
}

// ImportFrom loads every package that is judged once and with its bodies, also when another one imports it.
func (j *judge) ImportFrom(path, dir string, mode types.ImportMode) (*types.Package, error) {
	loaded, isJudged := j.judged[path]
	if !isJudged {
		return j.source.ImportFrom(path, dir, mode)
	}
	if loaded != nil {
		return loaded, nil
	}
	found, err := build.Import(path, j.src, 0)
	if err != nil {
		return nil, err
	}
	var parsed []*ast.File
	for _, name := range found.GoFiles {
		file, err := parser.ParseFile(j.fset, filepath.Join(found.Dir, name), nil, 0)
		if err != nil {
			return nil, err
		}
		parsed = append(parsed, file)
	}
	config := types.Config{Importer: from{j, found.Dir}, FakeImportC: true, Error: func(error) {}}
	checked, _ := config.Check(path, j.fset, parsed, j.info)
	j.judged[path] = checked
	j.files = append(j.files, parsed...)
	return checked, nil
}

// Imports are resolved from the folder of the package that has them, for the sake of vendored ones.
type from struct {
	judge *judge
	dir   string
}

func (f from) Import(path string) (*types.Package, error) {
	return f.judge.ImportFrom(path, f.dir, 0)
}

// The concrete types of all packages that were loaded.
func (j *judge) collectNamed(packages []*types.Package) {
	seen := map[string]bool{}
	var visit func(*types.Package)
	visit = func(p *types.Package) {
		if p == nil || seen[p.Path()] {
			return
		}
		seen[p.Path()] = true
		for _, name := range p.Scope().Names() {
			object, ok := p.Scope().Lookup(name).(*types.TypeName)
			if !ok || object.IsAlias() {
				continue
			}
			if named, ok := object.Type().(*types.Named); ok && !types.IsInterface(named) && named.TypeParams().Len() == 0 {
				j.named = append(j.named, named)
			}
		}
		for _, imported := range p.Imports() {
			visit(imported)
		}
	}
	for _, p := range packages {
		visit(p)
	}
}

func (j *judge) file(file *ast.File) {
	ast.Inspect(file, func(node ast.Node) bool {
		if expression, ok := node.(*ast.CallExpr); ok {
			j.call(expression)
		}
		return true
	})
}

func (j *judge) call(expression *ast.CallExpr) {
	at := j.fset.Position(expression.Pos())
	paren := j.fset.Position(expression.Lparen)
	c := call{Path: j.relative(at.Filename), Line: at.Line, Column: at.Column, ParenLine: paren.Line, ParenColumn: paren.Column}
	c.Callee, c.Depth = nameOf(expression.Fun, j.info)
	callee := unparen(expression.Fun)
	switch index := callee.(type) {
	case *ast.IndexExpr:
		if j.isFunction(index.X) {
			callee = index.X
		}
	case *ast.IndexListExpr:
		callee = index.X
	}
	j.target(&c, callee)
	j.out.Encode(c)
}

func (j *judge) isFunction(e ast.Expr) bool {
	switch e := unparen(e).(type) {
	case *ast.Ident:
		_, ok := j.info.Uses[e].(*types.Func)
		return ok
	case *ast.SelectorExpr:
		_, ok := j.info.Uses[e.Sel].(*types.Func)
		return ok
	}
	return false
}

func (j *judge) target(c *call, callee ast.Expr) {
	if value, ok := j.info.Types[callee]; ok {
		if value.IsType() {
			c.Kind = "conversion"
			return
		}
		if value.IsBuiltin() {
			c.Kind = "builtin"
			return
		}
	}
	var object types.Object
	switch callee := callee.(type) {
	case *ast.FuncLit:
		c.Kind = "literal"
		j.place(c, callee.Pos())
		return
	case *ast.Ident:
		object = j.info.Uses[callee]
	case *ast.SelectorExpr:
		object = j.info.Uses[callee.Sel]
	}
	function, ok := object.(*types.Func)
	if !ok {
		c.Kind = "value"
		return
	}
	receiver := function.Type().(*types.Signature).Recv()
	if receiver == nil {
		c.Kind = "function"
	} else if types.IsInterface(receiver.Type()) {
		c.Kind = "interface"
		c.Implementers = j.implementers(function, receiver.Type())
	} else {
		c.Kind = "method"
	}
	j.place(c, function.Pos())
}

func (j *judge) place(c *call, pos token.Pos) {
	at := j.fset.Position(pos)
	c.TargetPath, c.TargetLine = j.relative(at.Filename), at.Line
}

func (j *judge) implementers(method *types.Func, receiver types.Type) []location {
	if known, ok := j.methods[method]; ok {
		return known
	}
	wanted, ok := receiver.Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	found := map[location]bool{}
	for _, named := range j.named {
		pointer := types.NewPointer(named)
		if !types.Implements(pointer, wanted) {
			continue
		}
		object, _, _ := types.LookupFieldOrMethod(pointer, true, method.Pkg(), method.Name())
		if implementer, ok := object.(*types.Func); ok && !types.IsInterface(implementer.Type().(*types.Signature).Recv().Type()) {
			at := j.fset.Position(implementer.Pos())
			found[location{j.relative(at.Filename), at.Line}] = true
		}
	}
	locations := make([]location, 0, len(found))
	for l := range found {
		locations = append(locations, l)
	}
	sort.Slice(locations, func(a, b int) bool {
		if locations[a].Path != locations[b].Path {
			return locations[a].Path < locations[b].Path
		}
		return locations[a].Line < locations[b].Line
	})
	j.methods[method] = locations
	return locations
}

// Debian's GOROOT is a folder of links.
func (j *judge) relative(path string) string {
	folder, name := filepath.Split(path)
	known, ok := j.folders[folder]
	if !ok {
		known = real(folder)
		j.folders[folder] = known
	}
	if rest, err := filepath.Rel(j.src, known); err == nil && !strings.HasPrefix(rest, "..") {
		return filepath.ToSlash(filepath.Join(rest, name))
	}
	return path
}

func real(path string) string {
	if found, err := filepath.EvalSymlinks(path); err == nil {
		return found
	}
	return path
}

// The called name, and how many calls stand before it in the expression.
func nameOf(e ast.Expr, info *types.Info) (string, int) {
	name, depth := "", 0
	for {
		switch x := e.(type) {
		case *ast.ParenExpr:
			e = x.X
		case *ast.Ident:
			if name == "" {
				name = x.Name
			}
			return name, depth
		case *ast.SelectorExpr:
			if name == "" {
				name = x.Sel.Name
			}
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.IndexListExpr:
			e = x.X
		case *ast.SliceExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.UnaryExpr:
			e = x.X
		case *ast.TypeAssertExpr:
			e = x.X
		case *ast.CallExpr:
			if value := info.Types[unparen(x.Fun)]; !value.IsBuiltin() {
				depth++
			}
			if name == "" {
				name = "()"
			}
			e = x.Fun
		default:
			return name, depth
		}
	}
}

func unparen(e ast.Expr) ast.Expr {
	for {
		inner, ok := e.(*ast.ParenExpr)
		if !ok {
			return e
		}
		e = inner.X
	}
}
