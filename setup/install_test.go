package setup

import (
	"bytes"
	"context"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"

	"github.com/genproof/genproof/bundle/provenance"
	vgroth16 "github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/groth16/keytest"
)

var ceremony = &provenance.Provenance{Kind: provenance.Ceremony, Digest: [32]byte{1}, Contributors: 3, Beacon: "ethereum:1:22000000"}

func install(s *Store, k *Groth16Keys, p *provenance.Provenance, replace bool) (*Groth16Keys, error) {
	return auditAndInstall(s, k.Circuit, k.Proving, k.Verifying, p, replace)
}

func auditAndInstall(s *Store, c *Circuit, pk *groth16.ProvingKey, vk *vgroth16.VerifyingKey, p *provenance.Provenance, replace bool) (*Groth16Keys, error) {
	audited, err := Audit(context.Background(), c, pk, vk, p, nil)
	if err != nil {
		return nil, err
	}
	return s.InstallGroth16(context.Background(), audited, replace, nil)
}

func TestInstall_KeepsKeysAndTheirProvenance(t *testing.T) {
	made, _ := keysOf(t, openStore(t), compilePower(t, "toy/power", 4))
	s, ctx := openStore(t), context.Background()
	if _, err := install(s, made, ceremony, false); err != nil {
		t.Fatal(err)
	}
	loaded, phases := keysOf(t, s, made.Circuit)
	if phases.has(PhaseSetup) || loaded.Provenance != ceremony.String() || loaded.Verifying.Digest() != made.Verifying.Digest() {
		t.Fatalf("loaded %s, phases %v", loaded.Provenance, phases)
	}
	assertProves(t, loaded)
	if _, from, err := s.VerifyingKey(ctx, made.Circuit); err != nil || from != ceremony.String() {
		t.Errorf("verifying key: %q, %v", from, err)
	}
	if m, err := s.Lookup(ctx, made.Verifying.Digest()); err != nil || m.Provenance != ceremony.String() {
		t.Errorf("looked up: %v, %v", m, err)
	}
	assertTidy(t, s.Dir())
}

func TestInstall_ReplacesOnlyWhenTold(t *testing.T) {
	s, c := openStore(t), compilePower(t, "toy/power", 4)
	first, _ := keysOf(t, s, c)
	second, _ := keysOf(t, openStore(t), c)
	before := readFile(t, filepath.Join(s.Path(c.Digest), manifestFile))
	if _, err := install(s, second, ceremony, false); !errors.Is(err, ErrHasKeys) {
		t.Fatalf("got %v, want ErrHasKeys", err)
	}
	if kept, _ := keysOf(t, s, c); kept.Verifying.Digest() != first.Verifying.Digest() || !bytes.Equal(before, readFile(t, filepath.Join(s.Path(c.Digest), manifestFile))) {
		t.Fatal("the store's keys are others now")
	}
	if _, err := install(s, second, ceremony, true); err != nil {
		t.Fatal(err)
	}
	if now, _ := keysOf(t, s, c); now.Verifying.Digest() != second.Verifying.Digest() {
		t.Fatal("the store's keys are still the old ones")
	}
}

// times returns n times the point.
func times(p bn254.G1Affine, n int64) bn254.G1Affine {
	p.ScalarMultiplication(&p, big.NewInt(n))
	return p
}

func times2(p bn254.G2Affine, n int64) bn254.G2Affine {
	p.ScalarMultiplication(&p, big.NewInt(n))
	return p
}

// Each row changes sound keys so that one check alone can refuse them.
func TestInstall_RefusesBrokenKeys(t *testing.T) {
	c := compileToy(t, &mixed{})
	in := columnsOfCircuit(t, c)
	public := c.PublicInputs + 1
	free := slices.Index(in.c[public:], false)
	if free < 0 || !slices.Contains(in.c[:public], false) {
		t.Fatal("the toy circuit has no wire without C")
	}
	freePublic := slices.Index(in.c[:public], false)
	other, _ := keysOf(t, openStore(t), c)
	for _, tc := range []struct {
		name   string
		change func(k *Groth16Keys)
		want   string
	}{
		{"lint", func(k *Groth16Keys) { k.Verifying.Gamma = k.Verifying.Delta }, "verifying key: "},
		{"inputs", func(k *Groth16Keys) { k.Verifying.K = k.Verifying.K[:2] }, "verifying key: it has 1 public inputs, want 2"},
		{"another's proving key", func(k *Groth16Keys) { k.Proving = other.Proving }, "another verifying key"},
		{"roots of unity", func(k *Groth16Keys) { k.Proving.Domain.Generator.SetUint64(5) }, "roots of unity"},
		{"their inverse", func(k *Groth16Keys) { k.Proving.Domain.GeneratorInv.SetUint64(5) }, "roots of unity"},
		{"inverse of the coset", func(k *Groth16Keys) { k.Proving.Domain.FrMultiplicativeGenInv.SetUint64(1) }, "roots of unity"},
		{"coset", func(k *Groth16Keys) { k.Proving.Domain.FrMultiplicativeGen.SetUint64(1) }, "roots of unity"},
		{"inverse of the size", func(k *Groth16Keys) { k.Proving.Domain.CardinalityInv.SetUint64(1) }, "roots of unity"},
		{"A off the curve", func(k *Groth16Keys) { k.Proving.G1.A[0].Y.SetUint64(5) }, "point 0 A"},
		{"B off the curve", func(k *Groth16Keys) { k.Proving.G1.B[0].Y.SetUint64(5) }, "point 0 B"},
		{"K off the curve", func(k *Groth16Keys) { k.Proving.G1.K[1].Y.SetUint64(5) }, "point 1 K"},
		{"Z off the curve", func(k *Groth16Keys) { k.Proving.G1.Z[2].Y.SetUint64(5) }, "point 2 Z"},
		{"A at infinity", func(k *Groth16Keys) { k.Proving.G1.A[0].SetInfinity() }, "point 0 A"},
		{"Z at infinity", func(k *Groth16Keys) { k.Proving.G1.Z[0].SetInfinity() }, "point 0 Z"},
		{"B at infinity in G2", func(k *Groth16Keys) { k.Proving.G2.B[0].SetInfinity() }, "point 2 of beta, delta, B in G2"},
		{"beta at infinity in G1", func(k *Groth16Keys) { k.Proving.G1.Beta.SetInfinity() }, "point 1 of alpha"},
		{"B outside the subgroup", func(k *Groth16Keys) { k.Proving.G2.B[1] = keytest.Outside() }, "point 3 of beta, delta, B in G2"},
		{"coordinate not reduced", func(k *Groth16Keys) { addModulus(&k.Proving.G1.A[0].X) }, "point 0 A"},
		{"coordinate not reduced in G2", func(k *Groth16Keys) { addModulus(&k.Proving.G2.B[0].Y.A1) }, "point 2 of beta"},
		{"another in G2", func(k *Groth16Keys) { addModulus(&k.Proving.G2.B[0].X.A0) }, "point 2 of beta"},
		{"a third in G2", func(k *Groth16Keys) { addModulus(&k.Proving.G2.B[0].Y.A0) }, "point 2 of beta"},
		{"a fourth in G2", func(k *Groth16Keys) { addModulus(&k.Proving.G2.B[0].X.A1) }, "point 2 of beta"},
		{"beta in G1", func(k *Groth16Keys) { k.Proving.G1.Beta = times(k.Proving.G1.Beta, 2) }, "beta in G1 is not"},
		{"delta in G1", func(k *Groth16Keys) { k.Proving.G1.Delta = times(k.Proving.G1.Delta, 2) }, "delta in G1 is not"},
		{"B in G1", func(k *Groth16Keys) { k.Proving.G1.B[1] = times(k.Proving.G1.B[1], 2) }, "B in G1 is not"},
		{"B in G2", func(k *Groth16Keys) { k.Proving.G2.B[1] = times2(k.Proving.G2.B[1], 2) }, "B in G1 is not"},
		{"A", func(k *Groth16Keys) { k.Proving.G1.A[0] = times(k.Proving.G1.A[0], 2) }, "K does not follow"},
		{"private K", func(k *Groth16Keys) { k.Proving.G1.K[free] = times(k.Proving.G1.K[free], 2) }, "K does not follow"},
		{"public K", func(k *Groth16Keys) { k.Verifying.K[freePublic] = times(k.Verifying.K[freePublic], 2) }, "K does not follow"},
		{"gamma", func(k *Groth16Keys) { k.Verifying.Gamma = times2(k.Verifying.Gamma, 2) }, "K does not follow"},
		{"K at infinity", func(k *Groth16Keys) { k.Proving.G1.K[free].SetInfinity() }, "no point in K"},
		{"a point less in A", func(k *Groth16Keys) { k.Proving.NbInfinityA++; k.Proving.G1.A = k.Proving.G1.A[1:] }, "number of points is not that of its wires"},
		{"a point less in B", func(k *Groth16Keys) {
			pk := k.Proving
			pk.NbInfinityB++
			pk.G1.B, pk.G2.B = pk.G1.B[1:], pk.G2.B[1:]
		}, "number of points is not that of its wires"},
		{"places of A", func(k *Groth16Keys) { swapFlag(k.Proving.InfinityA) }, "A or B where"},
		{"places of B", func(k *Groth16Keys) { swapFlag(k.Proving.InfinityB) }, "A or B where"},
	} {
		k, _ := keysOf(t, openStore(t), c)
		tc.change(k)
		s := openStore(t)
		_, err := install(s, k, ceremony, false)
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %q", tc.name, err, tc.want)
		}
		if there, err := s.Has(c); there || err != nil {
			t.Errorf("%s: the store has the keys, %v", tc.name, err)
		}
	}
}

// swapFlag exchanges a wire that is there with one that is not.
func swapFlag(infinity []bool) {
	i := slices.Index(infinity, !infinity[0])
	infinity[0], infinity[i] = infinity[i], infinity[0]
}

// addModulus writes the same residue another way.
func addModulus(e *fp.Element) {
	sum := new(big.Int)
	for i := len(e) - 1; i >= 0; i-- {
		sum.Lsh(sum, 64).Add(sum, new(big.Int).SetUint64(e[i]))
	}
	sum.Add(sum, fp.Modulus())
	for i := range e {
		e[i] = new(big.Int).Rsh(sum, uint(64*i)).Uint64()
	}
}

func columnsOfCircuit(t *testing.T, c *Circuit) *columns {
	t.Helper()
	in, err := columnsOf(r1csOf(c))
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func TestInstall_RefusesAnotherCircuitsKeys(t *testing.T) {
	k, _ := keysOf(t, openStore(t), compilePower(t, "toy/power", 4))
	for name, c := range map[string]*Circuit{
		"another size":                       compilePower(t, "toy/power", 5),
		"the same size, with factors turned": compileToy(t, &turned{}),
	} {
		s := openStore(t)
		if _, err := auditAndInstall(s, c, k.Proving, k.Verifying, ceremony, false); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestInstall_RefusesProvenance(t *testing.T) {
	k, _ := keysOf(t, openStore(t), compilePower(t, "toy/power", 4))
	for name, p := range map[string]*provenance.Provenance{
		"none":            nil,
		"empty":           {},
		"universal":       {Kind: provenance.Universal, Digest: [32]byte{1}, Contributors: 3},
		"no contributors": {Kind: provenance.Ceremony, Digest: [32]byte{1}, Beacon: "ethereum:1:2"},
		"no beacon":       {Kind: provenance.Ceremony, Digest: [32]byte{1}, Contributors: 1},
		"another kind":    {Kind: "trusted"},
	} {
		if _, err := install(openStore(t), k, p, false); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, err := auditAndInstall(openStore(t), k.Circuit, nil, k.Verifying, ceremony, false); err == nil {
		t.Error("no proving key: accepted")
	}
	if _, err := auditAndInstall(openStore(t), k.Circuit, k.Proving, nil, ceremony, false); err == nil {
		t.Error("no verifying key: accepted")
	}
}

// TestKeys_AreRestored: whoever replaces keys may die between two renames.
func TestKeys_AreRestored(t *testing.T) {
	s, c := openStore(t), compilePower(t, "toy/power", 4)
	made, _ := keysOf(t, s, c)
	if err := os.Rename(s.Path(c.Digest), s.Path(c.Digest)+".old"); err != nil {
		t.Fatal(err)
	}
	if again, _ := keysOf(t, s, c); again.Verifying.Digest() != made.Verifying.Digest() {
		t.Error("new keys were made in the place of those that were being replaced")
	}
	if there, err := s.Has(c); err != nil || !there {
		t.Errorf("the keys are not in their place: %v", err)
	}
}
