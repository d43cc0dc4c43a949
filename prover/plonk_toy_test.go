package prover_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"path/filepath"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	plonkbn254 "github.com/consensys/gnark/backend/plonk/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/scs"

	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/verifier/plonk"
)

// A toy has a statement's nine inputs; it knows a square root of each but the metadata.
type toy struct {
	statement.StatementVar
	Roots [7]frontend.Variable
}

func (c *toy) Define(api frontend.API) error {
	s := &c.StatementVar
	for i, input := range []frontend.Variable{s.Model, s.Policy, s.Template, s.Authority, s.Seeds, s.Beacon, s.Token} {
		api.AssertIsEqual(input, api.Mul(c.Roots[i], c.Roots[i]))
	}
	api.AssertIsDifferent(s.MetadataHigh, s.MetadataLow)
	return nil
}

// toyStatement is one that has roots.
func toyStatement() (s statement.Statement, assignment *toy) {
	a := &toy{}
	for i := range a.Roots {
		a.Roots[i] = i + 2
	}
	s.Model.SetUint64(4)
	s.Policy.SetUint64(9)
	s.Template.SetUint64(16)
	s.Authority.SetUint64(25)
	s.Seeds.SetUint64(36)
	s.Beacon.SetUint64(49)
	s.ID, s.Metadata = 64, [32]byte{1}
	a.StatementVar = statement.ValueOf(s)
	return s, a
}

func toyKeys(t *testing.T) *setup.PlonkKeys {
	t.Helper()
	compiled, err := frontend.Compile(ecc.BN254.ScalarField(), scs.NewBuilder, &toy{})
	if err != nil {
		t.Fatal(err)
	}
	store, err := setup.OpenStore(filepath.Join(t.TempDir(), "keys"))
	if err != nil {
		t.Fatal(err)
	}
	keys, err := store.PlonkKeys(t.Context(), &setup.Circuit{
		ID: "toy", CS: compiled, Constraints: compiled.GetNbConstraints(), PublicInputs: statement.NbInputs, Backend: statement.Plonk,
		Domain: ecc.NextPowerOfTwo(uint64(compiled.GetNbConstraints() + statement.NbInputs)),
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func TestProvePlonk_HidesTheWitnessAnewEachTime(t *testing.T) {
	keys := toyKeys(t)
	s, assignment := toyStatement()
	first, err := provePlonk(keys, s, assignment)
	if err != nil {
		t.Fatal(err)
	}
	second, err := provePlonk(keys, s, assignment)
	if err != nil {
		t.Fatal(err)
	}
	a, b := words(first), words(second)
	for i := range a {
		// S1 and S2 are the circuit's, at another point each time.
		if bytes.Equal(a[i], b[i]) {
			t.Errorf("word %d of two proofs of one witness is the same", i)
		}
	}
}

// provePlonk is Prove, decoded.
func provePlonk(keys *setup.PlonkKeys, s statement.Statement, assignment frontend.Circuit) (*plonk.Proof, error) {
	proof, err := prover.Prove(keys, s, assignment)
	if err != nil {
		return nil, err
	}
	return plonk.ParseProof(proof)
}

func words(p *plonk.Proof) (list [][]byte) {
	for b := p.Bytes(); len(b) > 0; b = b[32:] {
		list = append(list, b[:32])
	}
	return list
}

// same is a source of randomness that always says the same.
type same struct{}

func (same) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 1
	}
	return len(b), nil
}

// With the same randomness gnark's prover without statistical zero knowledge makes the same
// commitments to wires and permutation, and other ones to the quotient's shards.
func TestProvePlonk_BlindsTheQuotient(t *testing.T) {
	keys := toyKeys(t)
	s, assignment := toyStatement()
	w, err := frontend.NewWitness(assignment, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	honest := rand.Reader
	defer func() { rand.Reader = honest }()
	rand.Reader = same{}
	ours, err := provePlonk(keys, s, assignment)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := plonkbn254.Prove(keys.Circuit.CS.(*cs.SparseR1CS), keys.Proving, w)
	if err != nil {
		t.Fatal(err)
	}
	if [3]bn254.G1Affine{ours.L, ours.R, ours.O} != plain.LRO || ours.Z != plain.Z {
		t.Fatal("the randomness is not the same: the test shows nothing")
	}
	for i := range ours.H {
		if ours.H[i] == plain.H[i] {
			t.Errorf("shard %d of the quotient is not blinded", i)
		}
	}
}

func TestProvePlonk_RefusesWithoutQuotingTheWitness(t *testing.T) {
	keys := toyKeys(t)
	s, assignment := toyStatement()
	assignment.Roots[3] = 987654321
	if _, err := provePlonk(keys, s, assignment); err != prover.ErrNoProof {
		t.Errorf("a wrong witness: got %v, want ErrNoProof alone", err)
	}
	s, assignment = toyStatement()
	s.Seeds.SetUint64(37)
	if _, err := provePlonk(keys, s, assignment); !errors.Is(err, plonk.ErrInvalidProof) {
		t.Errorf("a proof of another statement: got %v", err)
	}
}
