// Package subject is what a benchmark measures: the circuits of the product, and each
// gadget alone, with assignments that satisfy them.
package subject

import (
	"fmt"
	"slices"
	"strings"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/circuits/statement"
)

// A Subject is a circuit to measure.
type Subject struct {
	Name    string                  // cid/small, sha256/2
	Circuit *statement.CircuitID    // nil for a gadget alone
	define  func() frontend.Circuit // a placeholder
	assign  func() (frontend.Circuit, error)
}

// All lists every subject: the circuits that have a sample drop, smaller ones first, then the gadgets.
func All() []Subject {
	var list []Subject
	for _, id := range statement.DrawnBy(statement.Groth16) {
		if !hasDrop(id) {
			continue
		}
		list = append(list, Subject{Name: id.String(), Circuit: &id, define: func() frontend.Circuit { return generation.Placeholder(id) }})
	}
	return append(list, gadgets()...)
}

// Find returns the subjects of the given names; "circuits", "gadgets" and "all" are those.
func Find(names ...string) ([]Subject, error) {
	all := All()
	var list []Subject
	for _, name := range names {
		before := len(list)
		for _, s := range all {
			if s.Name == name || name == "all" || name == "circuits" && s.Circuit != nil || name == "gadgets" && s.Circuit == nil {
				list = append(list, s)
			}
		}
		if len(list) == before {
			return nil, fmt.Errorf("there is nothing to measure by the name %.40q; there are all, circuits, gadgets, %s", name, strings.Join(namesOf(all), ", "))
		}
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(s Subject) bool {
		again := seen[s.Name]
		seen[s.Name] = true
		return again
	}), nil
}

func namesOf(list []Subject) (names []string) {
	for _, s := range list {
		names = append(names, s.Name)
	}
	return names
}

// Compile compiles the subject for a backend's arithmetisation, as the product compiles
// its circuits: no linear form is cut in pieces.
func (s *Subject) Compile(builder frontend.NewBuilder) (constraint.ConstraintSystem, error) {
	system, err := frontend.Compile(ecc.BN254.ScalarField(), builder, s.define(), frontend.WithCompressThreshold(0))
	if err != nil {
		return nil, fmt.Errorf("compiling %s: %w", s.Name, err)
	}
	return system, nil
}

// Assignment returns one that satisfies a gadget. The circuits' need a drop: see [Drop].
func (s *Subject) Assignment() (frontend.Circuit, error) {
	if s.assign == nil {
		panic("subject: the assignment of a circuit comes from its drop")
	}
	return s.assign()
}

// A Unit is what one more of something costs: the difference of two subjects.
type Unit struct {
	Name         string // of the gadget
	Of           string // one more of what
	Small, Large string // subjects
	Steps        int    // that Large has more than Small
}

// Units lists the gadgets that grow by a unit.
func Units() []Unit {
	return []Unit{
		{"sha256", "block", "sha256/1", "sha256/2", 1},
		{"policy", "literal", "policy/25", "policy/50", 25}, // an element of code holds 25
		{"draw", "layer", "draw/4", "draw/8", 4},            // an element of randomness, four draws
	}
}
