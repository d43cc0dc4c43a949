// Package circuittest tests gadgets: that they accept what is true, that they refuse each
// lie by the row that owns it, and what they cost.
//
// "Not solved" says little: an assignment with a value missing is not solved either, nor is
// one whose lie breaks a hash on the way. So a [Circuit] is run in three ways. A recorder
// stands in for gnark's builder, computes with the assignment's values, goes on where a row
// does not hold, and notes which. The compiled R1CS, and the PLONK system, are solved by
// gnark itself and give the verdict that counts. [Circuit.AssertRefused] wants all of them
// to refuse and the rows that do to be those that the test names.
//
// # Owners
//
// A row is named by the calls that made it, from the circuit's Define to the method of
// frontend.API, with functions of this repository and gnark's std only:
//
//	generation.RootCircuit.Define/generation.TokenVar.assertToken/bits.Decompose/AssertIsBoolean
//
// A test names the owner of a row by some of these, one after the other, with or without
// package and type:
//
//	assertToken                          any row that assertToken makes, itself or deeper
//	assertToken/Decompose                one of its range checks
//	assertToken/AssertIsDifferent        the row that says id != 0, which it makes itself
//
// Names of functions say which clause a row is of, and survive what line numbers and row
// indices do not: a comment, another order, another size. Exactly as many rows as owners are
// named must refuse: one, unless a lie cannot help breaking more.
//
// A lie that no row refuses but another value's computation (a division by zero) is refused
// by the DivUnchecked row that has no solution.
package circuittest

import (
	"fmt"
	"math/big"
	"reflect"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/logger"
	"github.com/consensys/gnark/test"
)

// solvers log every refusal, and refusals are what the tests are for.
func init() { logger.Disable() }

// Field returns the order r of BN254's scalar field. Callers must not write to it.
func Field() *big.Int { return field }

var field = ecc.BN254.ScalarField()

// A Circuit is a circuit under test. Its systems are compiled when first asked for.
type Circuit struct {
	placeholder frontend.Circuit
	systems     [2]*System
	noPlonk     bool
	partial     bool
}

// New returns the circuit that a placeholder sizes. The placeholder is the Circuit's own
// from then on: pass a new one.
func New(placeholder frontend.Circuit) *Circuit { return &Circuit{placeholder: placeholder} }

// WithoutPlonk leaves the PLONK system out of all verdicts, for circuits that are tested
// in it elsewhere or whose number of gates makes it slow.
func (c *Circuit) WithoutPlonk() *Circuit {
	c.noPlonk = true
	return c
}

// Partial lets inputs be that no row needs, for a part of a gadget that is counted over the
// inputs of the whole. Of all others they are an error.
func (c *Circuit) Partial() *Circuit {
	c.partial = true
	return c
}

// Solve runs gnark's test engine, which is fast because it compiles nothing. It returns an
// error where the assignment is refused, by a row or because it is malformed.
func (c *Circuit) Solve(assignment frontend.Circuit, lies ...Lie) error {
	var options []test.TestEngineOption
	for _, l := range lies {
		options = append(options, l.engine())
	}
	return test.IsSolved(c.placeholder, assignment, field, options...)
}

// Accepts reports whether gnark's test engine takes the assignment.
func (c *Circuit) Accepts(assignment frontend.Circuit, lies ...Lie) bool {
	return c.Solve(assignment, lies...) == nil
}

// AssertAccepted fails unless every row holds in the recorder and every system is solved.
func (c *Circuit) AssertAccepted(t testing.TB, name string, assignment frontend.Circuit, lies ...Lie) {
	t.Helper()
	for _, row := range c.Record(t, assignment, lies...).Refused {
		t.Errorf("%s: refused by %s", name, row)
	}
	for _, s := range c.compiled(t) {
		if err := s.Solve(t, assignment, lies...); err != nil {
			t.Errorf("%s: %s: %v", name, s.kind, err)
		}
	}
}

// AssertRefused fails unless every system refuses the assignment, and exactly the rows of
// the owners do, in the order in which the circuit makes them. See the package comment for
// what an owner is.
func (c *Circuit) AssertRefused(t testing.TB, name string, assignment frontend.Circuit, owners []string, lies ...Lie) {
	t.Helper()
	if len(owners) == 0 {
		t.Fatalf("%s: the test names no owner", name)
	}
	refused := c.Record(t, assignment, lies...).Refused
	if !owned(refused, owners) {
		t.Errorf("%s: refused by\n\t%s\nwant\n\t%s", name, list(refused), strings.Join(owners, "\n\t"))
	}
	for _, s := range c.compiled(t) {
		if s.Solve(t, assignment, lies...) == nil {
			t.Errorf("%s: %s accepts", name, s.kind)
		}
	}
}

// AssertRows fails unless the circuit's R1CS has as many rows as want, and makes no
// Groth16 commitment.
func (c *Circuit) AssertRows(t testing.TB, name string, want int) {
	t.Helper()
	system := c.R1CS(t).system
	if got := system.GetNbConstraints(); got != want {
		t.Errorf("%s: %d rows, want %d", name, got, want)
	}
	if got := len(system.GetCommitments().CommitmentIndexes()); got != 0 {
		t.Errorf("%s: %d commitments, want none", name, got)
	}
}

// owned reports whether the rows are those of the owners, one each.
func owned(rows []Row, owners []string) bool {
	if len(rows) != len(owners) {
		return false
	}
	for i, row := range rows {
		if !row.IsOf(owners[i]) {
			return false
		}
	}
	return true
}

func list(rows []Row) string {
	const most = 12
	var lines []string
	for _, row := range rows[:min(len(rows), most)] {
		lines = append(lines, row.String())
	}
	if len(rows) > most {
		lines = append(lines, fmt.Sprintf("and %d more", len(rows)-most))
	}
	if len(rows) == 0 {
		lines = append(lines, "no row")
	}
	return strings.Join(lines, "\n\t")
}

// clone returns a shallow copy, whose Define may be run on other values.
func clone(c frontend.Circuit) frontend.Circuit {
	v := reflect.New(reflect.TypeOf(c).Elem())
	v.Elem().Set(reflect.ValueOf(c).Elem())
	return v.Interface().(frontend.Circuit)
}
