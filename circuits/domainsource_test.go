package circuits_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestDomains_AreThoseOfTheSource reads every call of a hash, in plain Go and in circuits, of
// all that ships.
func TestDomains_AreThoseOfTheSource(t *testing.T) {
	witnessed := map[string]bool{}
	computed := map[string]bool{ // tags that are no constant of poseidon where they are used
		"eddsa tag/5/1":  true, // the caller's: claim's is Eddsa
		"eddsa tag/0/1":  true, // of the caller's tag, if it is not Eddsa
		"deck tagOf/5/1": true, // one of each size
	}
	for _, path := range sources(t) {
		pkg := filepath.Base(filepath.Dir(path))
		for _, method := range []string{"Hash", "HashVar", "Squeeze", "SqueezeVar"} {
			for _, call := range callsOf(t, path, "poseidon."+method) {
				tag, in, out := domainOf(call, method)
				name, isConstant := strings.CutPrefix(tag, "poseidon.")
				if !isConstant {
					if !computed[pkg+" "+tag+"/"+in+"/"+out] {
						t.Errorf("%s: a hash under %s, of %s inputs", path, tag, in)
					}
					continue
				}
				use := entry(kebab(name), in, out, pkg)
				if use == "" {
					t.Errorf("%s: %s/%s/%s is no use of package %s", path, kebab(name), in, out, pkg)
				}
				witnessed[use] = true
			}
		}
		for _, call := range callsOf(t, path, "poseidon.EitherVar") { // of three inputs, or of two
			for i, in := range []string{"3", "2"} {
				name := call.Args[2+i].(*ast.SelectorExpr).Sel.Name
				if entry(kebab(name), in, "1", pkg) == "" {
					t.Errorf("%s: %s/%s/1 is no use of package %s", path, kebab(name), in, pkg)
				}
			}
		}
	}
	for domain := range domains {
		if tag, _, _ := strings.Cut(domain, "/"); !witnessed[domain] && tag != "eddsa" && !strings.HasPrefix(tag, "deck-") {
			t.Errorf("no source hashes %s", domain)
		}
	}
}

// domainOf is what a call says of its domain: n where only running it would tell.
func domainOf(call *ast.CallExpr, method string) (tag, in, out string) {
	args, in, out := call.Args, "n", "1"
	if strings.HasSuffix(method, "Var") {
		args = args[1:] // the API
	}
	switch e := args[0].(type) {
	case *ast.SelectorExpr:
		tag = e.X.(*ast.Ident).Name + "." + e.Sel.Name
	case *ast.CallExpr:
		tag = e.Fun.(*ast.Ident).Name
	case *ast.Ident:
		tag = e.Name
	}
	if args = args[1:]; strings.HasPrefix(method, "Squeeze") {
		args, out = args[1:], "n"
	}
	if !call.Ellipsis.IsValid() {
		in = strconv.Itoa(len(args))
	}
	return tag, in, out
}

// kebab is the tag of a variable: DeckSmall is deck-small.
func kebab(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && r >= 'A' && r <= 'Z' {
			b.WriteByte('-')
		}
		b.WriteString(strings.ToLower(string(r)))
	}
	return b.String()
}

// sources are the repository's Go files, without tests, measurements and poseidon itself.
func sources(t *testing.T) (paths []string) {
	t.Helper()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch name := d.Name(); {
		case err != nil:
			return err
		case d.IsDir() && (name == "testdata" || name == "bench" || name == "node_modules" || name == "poseidon" || strings.HasPrefix(name, ".") && name != ".."):
			return filepath.SkipDir
		case strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go"):
			paths = append(paths, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// callsOf returns a file's calls of a function: name, or package.name.
func callsOf(t *testing.T, path, function string) (calls []*ast.CallExpr) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	pkg, name, isForeign := strings.Cut(function, ".")
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		switch f := call.Fun.(type) {
		case *ast.SelectorExpr:
			if x, ok := f.X.(*ast.Ident); ok && isForeign && x.Name == pkg && f.Sel.Name == name {
				calls = append(calls, call)
			}
		case *ast.Ident:
			if !isForeign && f.Name == function {
				calls = append(calls, call)
			}
		}
		return true
	})
	return calls
}
