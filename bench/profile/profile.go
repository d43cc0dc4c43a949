// Package profile tells where a circuit's constraints go.
//
// gnark records the call stack of each constraint that a circuit's Define makes. Here the
// functions on a stack become the parts of circuits/SPEC.md: its clauses, and in them
// their gadgets. Every constraint is in exactly one place, so the tree adds up.
package profile

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/consensys/gnark/constraint"
	gnark "github.com/consensys/gnark/profile"
	"github.com/google/pprof/profile"

	"github.com/genproof/genproof/bench/record"
)

// other is the part of a part that no gadget has a name for.
const other = "other"

// one keeps two profiles apart: gnark's recorder is the process's.
var one sync.Mutex

// Of returns the tree of the constraints that compile makes. The process must compile
// nothing else meanwhile.
func Of(name string, compile func() (constraint.ConstraintSystem, error)) (record.Node, error) {
	one.Lock()
	defer one.Unlock()
	dir, err := os.MkdirTemp("", "genproof-profile-")
	if err != nil {
		return record.Node{}, fmt.Errorf("profiling %s: %w", name, err)
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "pprof") // gnark gives its profile to nothing but a file
	session := gnark.Start(gnark.WithPath(file), gnark.WithoutOperations())
	system, err := compile()
	session.Stop()
	if err != nil {
		return record.Node{}, err
	}
	stacks, err := read(file)
	if err != nil {
		return record.Node{}, fmt.Errorf("profiling %s: %w", name, err)
	}
	root := tree(name, stacks)
	if root.Constraints != system.GetNbConstraints() {
		return root, fmt.Errorf("profiling %s: %d constraints were recorded, the circuit has %d", name, root.Constraints, system.GetNbConstraints())
	}
	return root, nil
}

// read returns the stack of each constraint, the outermost function first.
func read(file string) ([][]string, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	p, err := profile.Parse(f)
	if err != nil {
		return nil, err
	}
	stacks := make([][]string, 0, len(p.Sample))
	for _, s := range p.Sample {
		var stack []string
		for _, l := range slices.Backward(s.Location) {
			for _, line := range slices.Backward(l.Line) {
				stack = append(stack, short(line.Function.SystemName))
			}
		}
		stacks = append(stacks, stack)
	}
	complete(stacks)
	return stacks, nil
}

// complete gives stacks that are cut their outer functions. gnark records twenty, and
// PLONK's builder calls itself for each term of a long sum. Constraints come in the order
// in which they are made, a sum's outermost first, so the whole stack before that goes
// through the outermost function that is left is that of the same sum; or, where the
// outermost were made before and are used again, that of the same gadget, nearly always.
func complete(stacks [][]string) {
	for i, stack := range stacks {
		if i == 0 || len(stack) > 0 && strings.HasSuffix(stack[0], ".Define") {
			continue
		}
		before := stacks[i-1] // whole by now
		at := len(before)
		if len(stack) > 0 {
			at = len(before) - 1
			for at > 0 && before[at] != stack[0] {
				at--
			}
		}
		stacks[i] = append(slices.Clone(before[:at]), stack...)
	}
}

// short leaves out the path before a function's package.
func short(function string) string { return function[strings.LastIndex(function, "/")+1:] }

// partsOf returns the parts that a stack goes through, the widest first. A part that
// calls itself by another function is one.
func partsOf(stack []string) (parts []string) {
	whole := ""
	for _, function := range stack {
		name := clauses[function]
		if name != "" {
			whole = "" // so it is not a row of the circuit's own
		} else if name = gadgets[function]; name == "" {
			whole += circuits[function]
		}
		if name != "" && (len(parts) == 0 || parts[len(parts)-1] != name) {
			parts = append(parts, name)
		}
	}
	if whole != "" {
		return append([]string{whole}, parts...)
	}
	return parts
}

func tree(name string, stacks [][]string) record.Node {
	root := record.Node{Name: name}
	for _, stack := range stacks {
		add(&root, partsOf(stack))
	}
	finish(&root)
	return root
}

// add counts a constraint for n and, in it, for the first of the parts.
func add(n *record.Node, parts []string) {
	n.Constraints++
	if len(parts) == 0 {
		return
	}
	i := slices.IndexFunc(n.Children, func(c record.Node) bool { return c.Name == parts[0] })
	if i < 0 {
		i = len(n.Children)
		n.Children = append(n.Children, record.Node{Name: parts[0]})
	}
	add(&n.Children[i], parts[1:])
}

// finish names what is left of each part, and puts the largest first.
func finish(n *record.Node) {
	rest := n.Constraints
	for i := range n.Children {
		finish(&n.Children[i])
		rest -= n.Children[i].Constraints
	}
	if rest > 0 && len(n.Children) > 0 {
		n.Children = append(n.Children, record.Node{Name: other, Constraints: rest})
	}
	slices.SortStableFunc(n.Children, func(a, b record.Node) int { return b.Constraints - a.Constraints })
}

// Find returns the part at a path of names below n, nil if there is none.
func Find(n *record.Node, path ...string) *record.Node {
	for _, name := range path {
		i := slices.IndexFunc(n.Children, func(c record.Node) bool { return c.Name == name })
		if i < 0 {
			return nil
		}
		n = &n.Children[i]
	}
	return n
}
