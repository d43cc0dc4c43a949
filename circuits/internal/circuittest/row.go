package circuittest

import (
	"runtime"
	"slices"
	"strings"
)

// module starts the import paths whose functions name rows; std are gnark's gadgets, of
// which a few are used.
const (
	module = "github.com/genproof/genproof/circuits/"
	std    = "github.com/consensys/gnark/std/"
	own    = module + "internal/circuittest.(*recorder)"
)

// A Row is a row of a constraint system, by the calls that made it.
type Row struct {
	Index int // among the recorder's rows
	path  []string
}

// String returns the path, from Define to the method of frontend.API.
func (r Row) String() string { return strings.Join(r.path, "/") }

// IsOf reports whether the owner, calls of the path one after the other with slashes
// between, made the row.
func (r Row) IsOf(owner string) bool {
	parts := strings.Split(owner, "/")
	for i := range len(r.path) - len(parts) + 1 {
		if slices.EqualFunc(r.path[i:i+len(parts)], parts, isCalled) {
			return true
		}
	}
	return false
}

// isCalled reports whether name is "package.Type.Function", or ends in it after a dot.
func isCalled(full, name string) bool { return full == name || strings.HasSuffix(full, "."+name) }

// callers returns the stack of a row that the recorder is making.
func callers() []uintptr {
	pcs := make([]uintptr, 48)
	return pcs[:runtime.Callers(3, pcs)]
}

// pathOf names the calls of a stack, the outermost first. What is called Define and all
// that is below it counts; method is how frontend.API was asked for the row.
func pathOf(stack []uintptr, method string) []string {
	path := []string{method}
	frames := runtime.CallersFrames(stack)
	for {
		frame, more := frames.Next()
		if name := shorten(frame.Function); name != "" {
			path = append(path, name)
		}
		if !more || strings.HasSuffix(frame.Function, ".Define") {
			break
		}
	}
	if len(path) > 1 && path[1] == "rank1.AssertProduct" {
		path = path[1:] // the equation of a product is one row
	}
	slices.Reverse(path)
	return path
}

// shorten returns "package.Type.Function", or nothing for a function that names no row.
func shorten(function string) string {
	ours := strings.HasPrefix(function, module) && !strings.HasPrefix(function, own)
	if !ours && !strings.HasPrefix(function, std) {
		return ""
	}
	name := function[strings.LastIndex(function, "/")+1:]
	name = strings.NewReplacer("(*", "", ")", "").Replace(name)
	if i := strings.Index(name, ".func"); i > 0 {
		name = name[:i]
	}
	return strings.TrimSuffix(name, "[...]")
}
