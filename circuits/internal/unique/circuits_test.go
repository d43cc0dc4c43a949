package unique_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits"
	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/internal/unique"
	"github.com/genproof/genproof/circuits/rule"
	"github.com/genproof/genproof/circuits/statement"
)

var update = flag.Bool("update", false, "write the tables of testdata anew")

// No wire of a circuit has a choice. The table says why; it changes with a circuit or a lemma.
func TestCircuits_LeaveNoChoice(t *testing.T) {
	for _, id := range statement.CircuitsOf(statement.Groth16) {
		if id.Size.Name == "small" && !id.BindsDocument() {
			t.Run(id.String(), func(t *testing.T) { assertCircuit(t, id) })
		}
	}
}

func assertCircuit(t *testing.T, id statement.CircuitID) {
	t.Helper()
	system, placeholder := compiled(t, id)
	r := assertUnique(t, strings.ReplaceAll(id.String(), "/", "-"), system, placeholder)
	for _, p := range circuits.Proofs() {
		if p.Circuit != id.String() {
			continue
		}
		got := p
		got.Rows, got.Wires, got.Inputs = r.Rows, r.Wires, r.Inputs
		got.Proven, got.Axioms, got.Free, got.Unproven = r.Proven(), r.Axioms(), r.Free(), r.Unproven()
		if got != p {
			t.Errorf("%s: PROOFS has %+v, the proof is %+v", id, p, got)
		}
		return
	}
	t.Errorf("%s is not in PROOFS", id)
}

// compiled returns a circuit's system, and its placeholder.
func compiled(t *testing.T, id statement.CircuitID) (*cs.R1CS, frontend.Circuit) {
	t.Helper()
	var system constraint.ConstraintSystem
	var placeholder frontend.Circuit
	var err error
	switch id.Binding {
	case statement.Deck:
		placeholder = deck.Placeholder(id.Size)
		system, err = deck.Compile(id)
	case statement.Rule:
		placeholder = rule.Placeholder(id.Size)
		system, err = rule.Compile(id)
	default:
		placeholder = generation.Placeholder(id)
		system, err = generation.Compile(id)
	}
	if err != nil {
		t.Fatal(err)
	}
	return system.(*cs.R1CS), placeholder
}

// assertUnique proves a system and compares its table with testdata.
func assertUnique(t *testing.T, name string, system *cs.R1CS, placeholder frontend.Circuit) *unique.Report {
	t.Helper()
	places, err := circuittest.Places(placeholder)
	if err != nil {
		t.Fatal(err)
	}
	s, err := unique.New(system)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Prove(places)
	if err != nil {
		t.Fatal(err)
	}
	for i, place := range places {
		if strings.HasSuffix(place, "/AssertIsBoolean") != s.IsBooleanRow(i) && !strings.HasSuffix(place, "/sha256.assertCarry/rank1.AssertProduct") {
			t.Errorf("row %d is said to be %s", i, place)
		}
	}
	inputs := system.GetNbPublicVariables() + system.GetNbSecretVariables()
	if r.Rows != system.GetNbConstraints() || r.Inputs != inputs || r.Wires != inputs+system.GetNbInternalVariables() {
		t.Errorf("the report is of %d rows, %d wires and %d inputs, the system of others", r.Rows, r.Wires, r.Inputs)
	}
	if r.Unproven() > 0 {
		t.Errorf("%d wires may have a choice:\n%s", r.Unproven(), r)
	}
	assertGolden(t, name, r.String())
	return r
}

// assertGolden compares a table with testdata.
func assertGolden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}
