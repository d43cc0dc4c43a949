package drop

import (
	"fmt"
	"strings"
)

// Place is a position in one of the drop's files. Line and Column count from
// 1; a Line of 0 means the file as a whole.
type Place struct {
	File   string
	Line   int
	Column int
}

func (p Place) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// A Fault is something wrong in a drop's file: where, what, and what to do.
// Faults in files that hold hidden values (model, claims, receipts, secrets)
// name the place and never quote what stands there.
type Fault struct {
	Place   Place
	Problem string
	Remedy  string
}

func (f *Fault) Error() string {
	s := f.Place.String() + ": " + f.Problem
	if f.Remedy != "" {
		s += ": " + f.Remedy
	}
	return s
}

// fault makes a Fault at p. The remedy may be empty where the problem says it.
func fault(p Place, remedy, problem string, args ...any) *Fault {
	return &Fault{Place: p, Problem: fmt.Sprintf(problem, args...), Remedy: remedy}
}

// quoted lists names for a remedy: `"a", "b" or "c"`.
func quoted(names []string) string {
	if len(names) == 0 {
		return "nothing"
	}
	q := make([]string, len(names))
	for i, n := range names {
		q[i] = fmt.Sprintf("%q", n)
	}
	if len(q) == 1 {
		return q[0]
	}
	return strings.Join(q[:len(q)-1], ", ") + " or " + q[len(q)-1]
}
