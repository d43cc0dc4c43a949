package subject

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/logger"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/statement"
)

func init() { logger.Disable() }

// pinned are constraints. Those of a gadget alone are in circuits/SPEC.md; what a subject
// adds is one row for each public output and each boolean, and for sha256 the start's 256
// bits, its two halves, and 66 rows for the last state's two loose words.
var pinned = map[string]int{
	"sha256/1": 15468 + 256 + 4 + 66, "sha256/2": 31266, "sha256/12": 185984,
	"poseidon/4": 264 + 1, "poseidon/8": 363 + 1, "poseidon/12": 459 + 1, "poseidon/16": 555 + 1,
	"policy/25": 5671, "policy/50": 9982,
	"draw/4": 12412, "draw/8": 24407 + 9,
	"receipt": 2401 + 264 + 555 + 16 + 1,
}

// TestPolicy_IsSPECs: with the standard size's 32 literals the subject is what SPEC §3.5
// counts, and two rows for each of 20 slots.
func TestPolicy_IsSPECs(t *testing.T) {
	s := Subject{define: func() frontend.Circuit { return newPolicy(32) }}
	system, err := s.Compile(r1cs.NewBuilder)
	if err != nil || system.GetNbConstraints() != 1665+5417+40+1 {
		t.Errorf("%v, %v", system, err)
	}
}

func TestGadgets_AreSatisfied(t *testing.T) {
	for _, s := range gadgets() {
		system, err := s.Compile(r1cs.NewBuilder)
		if err != nil {
			t.Fatal(err)
		}
		if got := system.GetNbConstraints(); got != pinned[s.Name] {
			t.Errorf("%s: %d constraints, want %d", s.Name, got, pinned[s.Name])
		}
		assignment, err := s.Assignment()
		if err != nil {
			t.Fatal(err)
		}
		solve(t, s.Name, system, assignment)
	}
}

func solve(t *testing.T, name string, system constraint.ConstraintSystem, assignment frontend.Circuit) {
	t.Helper()
	w, err := frontend.NewWitness(assignment, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	if err := system.IsSolved(w); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}

// TestSubjects_RefuseAnotherOutput: each gadget is bound to its public inputs.
func TestSubjects_RefuseAnotherOutput(t *testing.T) {
	for _, s := range gadgets() {
		if s.Name == "sha256/12" {
			continue // as sha256/2
		}
		system, err := s.Compile(r1cs.NewBuilder)
		if err != nil {
			t.Fatal(err)
		}
		for i := range system.GetNbPublicVariables() - 1 {
			assignment, err := s.Assignment()
			if err != nil {
				t.Fatal(err)
			}
			w, err := frontend.NewWitness(assignment, ecc.BN254.ScalarField())
			if err != nil {
				t.Fatal(err)
			}
			v := w.Vector().(fr.Vector)
			v[i].SetUint64(12345)
			if system.IsSolved(w) == nil {
				t.Errorf("%s: public input %d is free", s.Name, i)
			}
		}
	}
}

func TestDrop_FitsEveryCircuit(t *testing.T) {
	for _, s := range All() {
		if s.Circuit == nil {
			continue
		}
		d, err := NewDrop(t.TempDir(), *s.Circuit, "x")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Result(1, [20]byte{1}); err != nil {
			t.Error(err)
		}
	}
}

func TestNewDrop_TheSeedIsTheSecrets(t *testing.T) {
	roots := map[string]fr.Element{}
	for name, seed := range map[string]string{"a": "x", "b": "x", "c": "y"} {
		d, err := NewDrop(t.TempDir(), statement.DrawnBy(statement.Groth16)[1], seed)
		if err != nil {
			t.Fatal(err)
		}
		r, err := d.Result(1, [20]byte{})
		if err != nil {
			t.Fatal(err)
		}
		roots[name] = r.Root
	}
	if roots["a"] != roots["b"] || roots["a"] == roots["c"] {
		t.Error("equal seeds have equal tokens, others have others")
	}
}

func TestSetBeacon_IsTheDrops(t *testing.T) {
	d, err := NewDrop(t.TempDir(), statement.DrawnBy(statement.Groth16)[0], "x")
	if err != nil {
		t.Fatal(err)
	}
	b := &bundle.Beacon{ChainID: 1337, Contract: [20]byte{0xab}, Entropy: [32]byte{0xcd}}
	b.Value = b.Derive()
	if err := d.SetBeacon(b); err != nil || d.Beacon.Value != b.Value {
		t.Errorf("%v", err)
	}
	b.Value.SetUint64(1)
	d2, err := NewDrop(t.TempDir(), statement.DrawnBy(statement.Groth16)[0], "x")
	if err != nil {
		t.Fatal(err)
	}
	if err := d2.SetBeacon(b); err == nil {
		t.Error("a beacon that is not its contract's is taken")
	}
}

func TestFind_NamesSubjects(t *testing.T) {
	all, circuits := len(All()), 0
	for _, s := range All() {
		if s.Circuit != nil {
			circuits++
		}
	}
	if circuits < 8 {
		t.Errorf("%d circuits have a sample drop", circuits)
	}
	for _, c := range []struct {
		names []string
		want  int
	}{
		{[]string{"all"}, all}, {[]string{"circuits"}, circuits}, {[]string{"gadgets"}, all - circuits},
		{[]string{"cid/small", "circuits", "cid/small"}, circuits}, {[]string{"receipt", "art/small", "sha256/2"}, 3}, {nil, 0},
	} {
		if list, err := Find(c.names...); err != nil || len(list) != c.want {
			t.Errorf("%q: %d subjects, %v", c.names, len(list), err)
		}
	}
	if _, err := Find("circuits", "cid/tiny"); err == nil {
		t.Error("an unknown subject is found")
	}
	for _, u := range Units() {
		if list, err := Find(u.Small, u.Large); err != nil || len(list) != 2 {
			t.Errorf("%+v: %v", u, err)
		}
	}
}
