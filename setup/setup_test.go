package setup

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/groth16"
	bn254groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/logger"

	"github.com/genproof/genproof/bundle/provenance"
	vgroth16 "github.com/genproof/genproof/verifier/groth16"
)

func TestMain(m *testing.M) {
	logger.Disable() // gnark logs to standard output
	commands := map[string]func(dir string) int{keysCommand: getKeys, holdCommand: holdLock}
	if len(os.Args) == 3 && commands[os.Args[1]] != nil {
		os.Exit(commands[os.Args[1]](os.Args[2]))
	}
	os.Exit(m.Run())
}

// A power is a toy circuit: I know X with X^N = Y, and Z is X + 1.
type power struct {
	X    frontend.Variable
	Y, Z frontend.Variable `gnark:",public"`

	n int
}

func (c *power) Define(api frontend.API) error {
	y := c.X
	for range c.n - 1 {
		y = api.Mul(y, c.X)
	}
	api.AssertIsEqual(c.Y, y)
	api.AssertIsEqual(c.Z, api.Add(c.X, 1))
	return nil
}

func newPower(id string, n int) (*Circuit, error) {
	compiled, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &power{n: n})
	if err != nil {
		return nil, err
	}
	return newCircuit(id, compiled.(*cs.R1CS))
}

func compilePower(t testing.TB, id string, n int) *Circuit {
	t.Helper()
	c, err := newPower(id, n)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func openStore(t testing.TB) *Store {
	t.Helper()
	s, err := OpenStore(filepath.Join(t.TempDir(), "keys"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A tape records the phases of a call.
type tape []Phase

func (p *tape) record(phase Phase, done, _ int64) {
	if done == 0 && (len(*p) == 0 || (*p)[len(*p)-1] != phase) {
		*p = append(*p, phase)
	}
}

func (p tape) has(phase Phase) bool {
	for _, q := range p {
		if q == phase {
			return true
		}
	}
	return false
}

func keysOf(t testing.TB, s *Store, c *Circuit) (*Groth16Keys, tape) {
	t.Helper()
	var phases tape
	keys, err := s.Groth16Keys(context.Background(), c, phases.record)
	if err != nil {
		t.Fatal(err)
	}
	return keys, phases
}

func assertProves(t *testing.T, k *Groth16Keys) {
	t.Helper()
	w, err := frontend.NewWitness(&power{X: 3, Y: 3 * 3 * 3 * 3, Z: 4}, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	proof, err := groth16.Prove(k.Circuit.CS, k.Proving, w)
	if err != nil {
		t.Fatal(err)
	}
	p := proof.(*bn254groth16.Proof)
	ours := &vgroth16.Proof{Ar: p.Ar, Bs: p.Bs, Krs: p.Krs}
	if err := k.Verifying.Verify([]fr.Element{fr.NewElement(81), fr.NewElement(4)}, ours); err != nil {
		t.Fatal(err)
	}
	if err := k.Verifying.Verify([]fr.Element{fr.NewElement(81), fr.NewElement(5)}, ours); !errors.Is(err, vgroth16.ErrInvalidProof) {
		t.Fatalf("another input: got %v, want ErrInvalidProof", err)
	}
}

func TestKeys_SecondCallReuses(t *testing.T) {
	s, c := openStore(t), compilePower(t, "toy/power", 4)
	made, phases := keysOf(t, s, c)
	if !phases.has(PhaseSetup) || !phases.has(PhaseWrite) {
		t.Fatalf("first call: phases %v, want a setup and a write", phases)
	}
	assertProves(t, made)

	loaded, phases := keysOf(t, s, c)
	if phases.has(PhaseSetup) || !phases.has(PhaseCheck) || !phases.has(PhaseLoad) {
		t.Fatalf("second call: phases %v, want a check and a load", phases)
	}
	if made.Verifying.Digest() != loaded.Verifying.Digest() || loaded.Provenance != provenance.UnsafeDevelopment {
		t.Fatal("second call: other keys")
	}
	assertProves(t, loaded)

	vk, from, err := s.VerifyingKey(context.Background(), c)
	if err != nil || vk.Digest() != made.Verifying.Digest() || from != provenance.UnsafeDevelopment {
		t.Fatalf("verifying key alone: %v", err)
	}
}

func TestVerifyingKey_MissingIsErrNoKeys(t *testing.T) {
	_, _, err := openStore(t).VerifyingKey(context.Background(), compilePower(t, "toy/power", 4))
	if !errors.Is(err, ErrNoKeys) || !strings.Contains(err.Error(), "genproof setup") {
		t.Fatalf("got %v, want ErrNoKeys and what to do", err)
	}
}

func TestLookup_FindsAKeyWithoutItsCircuit(t *testing.T) {
	s, ctx := openStore(t), context.Background()
	if _, err := s.Lookup(ctx, [32]byte{}); !errors.Is(err, ErrNoKeys) {
		t.Errorf("in an empty store: got %v, want ErrNoKeys", err)
	}
	a, _ := keysOf(t, s, compilePower(t, "toy/power", 4))
	b, _ := keysOf(t, s, compilePower(t, "toy/other", 5))
	for _, keys := range []*Groth16Keys{a, b} {
		m, err := s.Lookup(ctx, keys.Verifying.Digest())
		if err != nil || m.Circuit != keys.Circuit.ID || m.Provenance != provenance.UnsafeDevelopment {
			t.Errorf("%s: got %v, %v", keys.Circuit.ID, m, err)
		}
	}
	writeAll(t, filepath.Join(s.Path(a.Circuit.Digest), "vk"), b.Verifying.Bytes())
	if _, err := s.Lookup(ctx, a.Verifying.Digest()); !errors.Is(err, ErrNoKeys) {
		t.Errorf("its file is another's: got %v, want ErrNoKeys", err)
	}
	if _, err := s.Lookup(ctx, b.Verifying.Digest()); err != nil {
		t.Error(err)
	}
}

// turned is power with n = 4, but for the order of one product's factors: same sizes,
// another constraint system.
type turned struct {
	X    frontend.Variable
	Y, Z frontend.Variable `gnark:",public"`
}

func (c *turned) Define(api frontend.API) error {
	y := api.Mul(c.X, c.X)
	y = api.Mul(c.X, y)
	y = api.Mul(y, c.X)
	api.AssertIsEqual(c.Y, y)
	api.AssertIsEqual(c.Z, api.Add(c.X, 1))
	return nil
}

func compileToy(t *testing.T, circuit frontend.Circuit) *Circuit {
	t.Helper()
	compiled, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, circuit)
	if err != nil {
		t.Fatal(err)
	}
	c, err := newCircuit("toy/another", compiled.(*cs.R1CS))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// mixed has wires, public and private, that are factors only: X and Z are not in C.
type mixed struct {
	X    frontend.Variable
	Y, Z frontend.Variable `gnark:",public"`
}

func (c *mixed) Define(api frontend.API) error {
	w := api.Mul(c.Z, c.X)
	v := api.Mul(w, api.Add(c.X, 1))
	api.AssertIsEqual(c.Y, api.Mul(v, api.Add(w, c.Z)))
	return nil
}

func r1csOf(c *Circuit) *cs.R1CS { return c.CS.(*cs.R1CS) }
