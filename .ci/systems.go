// Command systems type-checks this module and its tests as they are on other
// systems:
//
//	go run .ci/systems.go windows darwin
//
// What a file uses that is not there on a system is found, as a compiler would
// find it. It takes seconds: what the module imports is read for its
// declarations alone, and nothing is compiled.
package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

func main() {
	failed := false
	from := sources{token.NewFileSet(), map[string]*ast.File{}}
	for _, system := range os.Args[1:] {
		n, err := check(system, from)
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", system, err)
			failed = true
			continue
		}
		fmt.Printf("%s: %d packages\n", system, n)
	}
	if failed {
		os.Exit(1)
	}
}

// A listed package is one as go list tells of it; those it imports came before.
type listed struct {
	ImportPath, Dir, Name string
	GoFiles               []string
	ImportMap             map[string]string // as written -> as listed
	Module                *struct{ Main bool }
}

// check reads every package, and gives the number of ours.
func check(system string, from sources) (int, error) {
	list := exec.Command("go", "list", "-deps", "-test",
		"-json=ImportPath,Dir,Name,GoFiles,ImportMap,Module", "./...")
	list.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=0")
	list.Stderr = os.Stderr
	out, err := list.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := list.Start(); err != nil {
		return 0, err
	}
	done := map[string]*types.Package{"unsafe": types.Unsafe}
	ours, faults := 0, 0
	for in := json.NewDecoder(out); ; {
		var p listed
		if err := in.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			return 0, err
		}
		if p.ImportPath == "unsafe" || filepath.Ext(p.ImportPath) == ".test" && p.Name == "main" {
			continue // nobody's source
		}
		mine := p.Module != nil && p.Module.Main
		pkg, errs := read(p, mine, done, from)
		done[p.ImportPath] = pkg
		if !mine {
			continue // whether others build is found where we use them
		}
		ours++
		for _, err := range errs {
			faults++
			fmt.Fprintf(os.Stderr, "%s: %v\n", system, err)
		}
	}
	if err := list.Wait(); err != nil {
		return 0, err
	}
	if faults > 0 {
		return 0, fmt.Errorf("%d errors", faults)
	}
	return ours, nil
}

// sources are the files that were parsed: most are of each system, and of a package and
// its test.
type sources struct {
	set   *token.FileSet
	files map[string]*ast.File // by path
}

// parse is a file as it was parsed, or is now.
func (s sources) parse(name string) (*ast.File, error) {
	if f := s.files[name]; f != nil {
		return f, nil
	}
	f, err := parser.ParseFile(s.set, name, nil, parser.SkipObjectResolution)
	if err == nil {
		s.files[name] = f
	}
	return f, err
}

// read type-checks one package; of whole, also the bodies of its functions.
func read(p listed, whole bool, done map[string]*types.Package, from sources) (*types.Package, []error) {
	var errs []error
	var files []*ast.File
	for _, name := range p.GoFiles {
		if !filepath.IsAbs(name) {
			name = filepath.Join(p.Dir, name)
		}
		f, err := from.parse(name)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		files = append(files, f)
	}
	c := types.Config{
		Importer:         imported{p.ImportMap, done},
		IgnoreFuncBodies: !whole,
		Sizes:            types.SizesFor("gc", "amd64"),
		Error:            func(err error) { errs = append(errs, err) },
	}
	pkg, _ := c.Check(p.ImportPath, from.set, files, nil)
	return pkg, errs
}

// imported are the packages that one may import.
type imported struct {
	as   map[string]string
	done map[string]*types.Package
}

func (i imported) Import(path string) (*types.Package, error) {
	if to, ok := i.as[path]; ok {
		path = to
	}
	if p := i.done[path]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("no package %s", path)
}
